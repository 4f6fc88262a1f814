"""Claims about single cells of foreign sheets: understood surely, or refused with the reason."""

import math
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.identity import check_character, comparison_key, read_document
from reliefdesk.domain.import_cells import (
    Cell,
    Read,
    address,
    is_empty,
    read_amount,
    read_day,
    read_number,
    read_person_name,
    read_text,
)
from reliefdesk.domain.money import Money
from reliefdesk.domain.problems import Level, Problem

TODAY = date(2021, 12, 31)
GOOD = "640181198506179976"


def code(read: Read[Any]) -> str:
    assert read.value is None
    problem: Problem | None = read.problem
    assert problem is not None
    return problem.code


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [(0, 0, "A1"), (6, 2, "C7"), (0, 25, "Z1"), (9, 26, "AA10"), (0, 701, "ZZ1"), (0, 702, "AAA1")],
)
def test_an_address_is_that_of_the_sheet(row: int, column: int, name: str) -> None:
    assert address(row, column) == name


@pytest.mark.parametrize("cell", [None, "", " ", "\u3000\n", "\xa0"])
def test_blanks_are_empty(cell: Cell) -> None:
    assert is_empty(cell)
    assert read_text(cell) == ""


def test_zero_is_not_empty() -> None:
    assert not is_empty(0.0)


@pytest.mark.parametrize("cell", ["6.40181E+17", "6.40181e17", " 6E+17 ", "6.40181198506179E+17"])
def test_a_number_in_scientific_notation_is_refused(cell: str) -> None:
    assert code(read_number(cell, today=TODAY)) == "imports.scientific"


@pytest.mark.parametrize("cell", [6.40181198506179e17, 1e15, -1e15, math.inf, math.nan, 10**17])
def test_a_number_that_lost_digits_is_refused(cell: float) -> None:
    assert code(read_number(cell, today=TODAY)) == "imports.digits_lost"


@pytest.mark.parametrize("cell", [True, date(2021, 1, 1), time(1, 2), 12.5, -3.0, timedelta(1)])
def test_what_is_no_number_of_a_document_is_refused(cell: Cell) -> None:
    assert code(read_number(cell, today=TODAY)) == "imports.number_kind"


def test_a_number_of_fifteen_digits_survives_as_a_number() -> None:
    assert read_number(620102781121951.0, today=TODAY).value == (
        "620102781121951",
        "620102197811219512",
    )


@pytest.mark.parametrize("cell", [GOOD, f" '{GOOD}", f"\u3000{GOOD}\n", GOOD.translate({48: "０"})])
def test_a_good_number_is_taken_with_its_key(cell: str) -> None:
    assert read_number(cell, today=TODAY).value == (GOOD, GOOD)


def test_a_wrong_digit_is_named_and_a_doubtful_century_is_warned_about() -> None:
    assert code(read_number(GOOD[:-1] + "5", today=TODAY)) == "identity.check_digit"
    read = read_number("620102011121997", today=TODAY)
    assert read.value is not None
    assert read.problem is not None
    assert read.problem.level is Level.WARNING


@st.composite
def eighteen(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1850, 1, 1), date(2030, 1, 1)))
    first = f"{draw(st.integers(0, 999_999)):06d}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    last: str = draw(st.sampled_from([check_character(first), *"0123456789Xx*"]))
    return first + last


@pytest.mark.parametrize(
    ("born", "reason"),
    [("20300101", "identity.born_later"), ("19850230", "identity.date"), ("18500101", "")],
)
def test_a_birth_day_that_cannot_be_is_named_and_a_very_old_one_warned_about(
    born: str, reason: str
) -> None:
    first = f"640181{born}001"
    read = read_number(first + check_character(first), today=TODAY)
    assert read.problem is not None
    assert read.problem.code == (reason or "identity.very_old")
    assert (read.value is None) == bool(reason)


@given(eighteen() | st.text("0123456789Xx Ｘ", max_size=19))
def test_the_quick_look_at_a_number_says_what_the_full_reading_says(text: str) -> None:
    full = read_document(text.strip(), today=TODAY)
    read = read_number(text, today=TODAY)
    if "imports." in (read.problem.code if read.problem else ""):
        return
    assert (read.value is not None) == full.valid
    if read.value is not None:
        assert read.value == (full.number, comparison_key(full))
        assert (read.problem is None) == (not full.problems)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("2,430.50", 243050),
        ("￥2430", 243000),
        (2430.5, 243050),
        (2000, 200000),
        (2000.0, 200000),
        (1e5, 10000000),
        (0.1 + 0.2, 30),
        (72.35, 7235),
    ],
)
def test_an_amount_is_understood_exactly(cell: Cell, fen: int) -> None:
    assert read_amount(cell).value == Money(fen)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (12.345, "amount.three_decimals"),
        ("12.345", "amount.three_decimals"),
        (0.0, "amount.zero"),
        (-2000.0, "amount.zero"),
        ("约两千", "amount.not_a_number"),
        (1e300, "amount.too_large"),
        (date(2021, 3, 1), "imports.amount_kind"),
        (True, "imports.amount_kind"),
        (math.nan, "imports.amount_kind"),
        (math.inf, "imports.amount_kind"),
    ],
)
def test_an_amount_that_is_none_is_refused(cell: Cell, reason: str) -> None:
    assert code(read_amount(cell)) == reason


@given(st.integers(1, 99_999_999_999))
def test_every_amount_of_a_sheet_comes_in_to_the_fen(fen: int) -> None:
    assert read_amount(fen / 100).value == Money(fen)


@pytest.mark.parametrize(
    "cell",
    [
        date(2021, 3, 1),
        datetime(2021, 3, 1, 9, 30),  # noqa: DTZ001 - sheets know no zones
        "2021-3-1",
        "2021.03.01",
        "2021/3/1",
        "2021年3月1日",
        "2021 年 3 月 1 日",
        "20210301",
        "2021-03-01 00:00:00",
        20210301.0,
        20210301,
    ],
)
def test_a_day_is_understood_in_every_spelling(cell: Cell) -> None:
    assert read_day(cell, today=TODAY).value == date(2021, 3, 1)


def test_a_day_number_is_refused_with_the_day_it_may_mean() -> None:
    read = read_day(44256.0, today=TODAY)
    assert code(read) == "imports.day_number"
    assert read.problem is not None
    assert read.problem.facts == {"text": "44256", "day": date(2021, 3, 1)}


@pytest.mark.parametrize(
    "cell",
    ["三月", "2021-13-1", "20211301", "3-1", True, time(1), 0.0, -5.0, 3e6, math.nan, "2021"],
)
def test_a_day_that_is_none_is_refused(cell: Cell) -> None:
    assert code(read_day(cell, today=TODAY)) == "imports.day_unreadable"


@pytest.mark.parametrize("cell", ["2022-1-1", date(2022, 1, 1), 20220101.0])
def test_a_day_to_come_is_refused(cell: Cell) -> None:
    assert code(read_day(cell, today=TODAY)) == "imports.day_later"


def test_a_name_is_kept_as_written_and_a_number_is_none() -> None:
    assert read_person_name("张 三").value == "张 三"
    mended = read_person_name("阿拉坦•巴特尔")
    assert mended.value == "阿拉坦·巴特尔"
    assert mended.problem is not None
    assert code(read_person_name(12.0)) == "imports.name_kind"
    assert code(read_person_name("张3")) == "names.character"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (True, "是"),
        (False, "否"),
        (date(2021, 3, 1), "2021-03-01"),
        (datetime(2021, 3, 1, 9, 30), "2021-03-01 09:30"),  # noqa: DTZ001
        (" 新华街道 ", "新华街道"),
        (7, "7"),
    ],
)
def test_any_cell_reads_as_text(cell: Cell, text: str) -> None:
    assert read_text(cell) == text


CELLS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=30)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@given(CELLS)
def test_no_cell_raises(cell: Cell) -> None:
    read_number(cell, today=TODAY)
    read_amount(cell)
    read_day(cell, today=TODAY)
    read_person_name(cell)
    read_text(cell)
    is_empty(cell)
