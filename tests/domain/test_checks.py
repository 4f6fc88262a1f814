"""The draw of a spot check: enough of every office, every stratum, the same for anybody."""

import hashlib
import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.checks import (
    CheckLine,
    ListError,
    PercentError,
    SeedError,
    Way,
    draw,
    list_text,
    read_list,
    stratum_of,
    stratum_words,
)
from reliefdesk.domain.money import Money

SEED = hashlib.sha256(b"chain head").hexdigest()
OFFICES = ("150302003", "150302007", "150303103")
STRATA = [stratum_of(way, Money(fen)) for way in Way for fen in (100_000, 100_001, 300_001)]


def a_line(number: int, office: str, stratum: str) -> CheckLine:
    return CheckLine(case_no=f"AJ-{office}-2021-{number:06d}", office=office, stratum=stratum)


LINES = st.lists(
    st.builds(a_line, st.integers(1, 400), st.sampled_from(OFFICES), st.sampled_from(STRATA)),
    unique_by=lambda line: line.case_no,
)
SEEDS = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(lines=LINES, seed=SEEDS, percent=st.integers(30, 100))
def test_every_office_gives_its_share_and_every_stratum_a_case(
    lines: list[CheckLine], seed: str, percent: int
) -> None:
    drawn = set(draw(seed, lines, percent).drawn)
    strata = {(line.office, line.stratum) for line in lines}
    chosen = [line for line in lines if line.case_no in drawn]
    assert len(chosen) == len(drawn)
    assert {(line.office, line.stratum) for line in chosen} == strata
    for office, count in Counter(line.office for line in lines).items():
        share = sum(line.office == office for line in chosen)
        least = max(len({s for o, s in strata if o == office}), -(-count * percent // 100))
        assert share == least  # never more than the rule asks for
        assert share * 100 >= count * percent


@given(lines=LINES, seed=SEEDS, turn=st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(
    lines: list[CheckLine], seed: str, turn: random.Random
) -> None:
    other = list(lines)
    turn.shuffle(other)
    assert draw(seed, other) == draw(seed, lines)
    assert list_text(other) == list_text(lines)
    assert read_list(list_text(lines)) == draw(seed, lines).lines


@given(lines=LINES, seed=SEEDS)
def test_an_office_can_redo_its_part_without_the_lines_of_the_others(
    lines: list[CheckLine], seed: str
) -> None:
    drawn = draw(seed, lines).drawn
    apart = [draw(seed, [line for line in lines if line.office == each]) for each in OFFICES]
    assert sorted(no for each in apart for no in each.drawn) == list(drawn)


def test_a_stranger_with_the_recipe_alone_draws_the_same() -> None:
    lines = [a_line(number, OFFICES[number % 3], STRATA[number % 5]) for number in range(90)]
    text = list_text(lines).decode()
    rows = [row.split("\t") for row in text.split("\n")[:-1]]
    found: list[str] = []
    for office in sorted({row[1] for row in rows}):
        own = [row for row in rows if row[1] == office]
        own.sort(key=lambda row: hashlib.sha256(SEED.encode() + row[0].encode()).digest())
        firsts = [row[0] for at, row in enumerate(own) if row[2] not in [r[2] for r in own[:at]]]
        wanted = (len(own) * 30 + 99) // 100
        rest = [row[0] for row in own if row[0] not in firsts]
        found += firsts + rest[: max(0, wanted - len(firsts))]
    assert draw(SEED, lines).drawn == tuple(sorted(found))
    assert draw(SEED, lines).list_hash == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(("count", "wanted"), [(0, 0), (1, 1), (4, 2), (10, 3), (11, 4)])
def test_shares_are_rounded_up(count: int, wanted: int) -> None:
    lines = [a_line(number, OFFICES[0], "cash-1") for number in range(count)]
    assert len(draw(SEED, lines).drawn) == wanted


def test_another_seed_draws_other_cases() -> None:
    lines = [a_line(number, OFFICES[0], "cash-1") for number in range(100)]
    assert draw(SEED, lines).drawn != draw(SEED[::-1], lines).drawn


def test_a_share_below_the_notice_and_a_seed_of_another_shape_are_refused() -> None:
    for percent in (29, 101):
        with pytest.raises(PercentError):
            draw(SEED, [], percent)
    for seed in ("", SEED.upper(), SEED[:-1], f"{SEED}\n", "g" * 64):
        with pytest.raises(SeedError):
            draw(seed, [])


@pytest.mark.parametrize("change", ["\n", " \t1\tcash-1\n", "X\t1\n", "A\t\tcash-1\n", "A\t1\tx"])
def test_a_text_that_is_not_exactly_a_list_is_refused(change: str) -> None:
    good = list_text([a_line(1, OFFICES[0], "cash-1")])
    with pytest.raises(ListError):
        read_list(good + change.encode())
    with pytest.raises(ListError):
        read_list(good + good)
    with pytest.raises(ListError):
        read_list(b"\xff" + good)


def test_a_stratum_says_way_and_size() -> None:
    line = a_line(1, OFFICES[0], stratum_of(Way.CASH, Money(100_001)))
    assert line.stratum == "现金-2"
    assert stratum_words(line.stratum) == "现金，1,000元以上至3,000元"
    assert stratum_words(replace(line, stratum="zelle-9").stratum) == "zelle-9"
