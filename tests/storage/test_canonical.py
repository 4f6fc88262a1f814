"""One fact has one spelling, and nothing but that spelling is read."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.cash import FloatReceived
from reliefdesk.domain.money import Money
from reliefdesk.errors import BugError
from reliefdesk.storage import canonical
from reliefdesk.storage.canonical import NotCanonicalError
from tests.storage.floats import a_float

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Every kind of value that an event may hold."""

    name: str
    amount: Money
    on: date
    at: datetime
    many: tuple[str, ...]
    known: bool
    nothing: str | None = None


SAMPLES = st.builds(
    Sample,
    name=TEXTS,
    amount=st.integers(-(2**53), 2**53).map(Money),
    on=st.dates(),
    at=st.datetimes(timezones=st.just(UTC)),
    many=st.lists(TEXTS, max_size=4).map(tuple),
    known=st.booleans(),
    nothing=st.none() | TEXTS,
)
ONE = Sample(
    name="䶮𬱖",
    amount=Money(243000),
    on=date(2021, 7, 1),
    at=datetime(2021, 7, 1, tzinfo=UTC),
    many=("乙", "甲"),
    known=True,
)


@given(SAMPLES)
def test_what_is_written_reads_back_and_writes_the_same(sample: Sample) -> None:
    text = canonical.encode(sample)
    assert canonical.decode(text, Sample) == sample
    assert canonical.encode(canonical.decode(text, Sample)) == text


@given(SAMPLES)
def test_the_bytes_are_those_of_sorted_json_without_blanks(sample: Sample) -> None:
    text = canonical.encode(sample)
    oracle = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # JSON of the standard library writes U+007F and the like as they are, as we do.
    assert json.loads(text) == json.loads(oracle)
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert canonical.encode(canonical.decode_content(text)) == text


def test_the_spelling_is_fixed_for_ever() -> None:
    assert canonical.encode(ONE) == (
        '{"amount":243000,"at":"2021-07-01T00:00:00Z","known":true,"many":["乙","甲"],'
        '"name":"䶮𬱖","nothing":null,"on":"2021-07-01"}'
    )


@pytest.mark.parametrize(
    "value",
    [
        {"a": 1.0},
        {"a": 2**53 + 1},
        {"金额": 1},
        {1: "a"},
        {"a": "\ud800"},
        {"a": datetime(2021, 7, 1, tzinfo=timezone(timedelta(hours=8)))},
        {"a": object()},
        replace(ONE, amount=Money(2**53 + 1)),
    ],
)
def test_what_has_no_single_spelling_is_a_bug(value: object) -> None:
    with pytest.raises(BugError):
        canonical.encode(value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(":", ": ", 1),
        lambda text: text[:-1] + ',"zz":1}',
        lambda text: text.replace('"amount":101', '"amount":101.0'),
        lambda text: text.replace('"amount":101', '"amount":"101"'),
        lambda text: text.replace('"amount":101', '"amount":true'),
        lambda text: text.replace('"amount":101', '"amount":1,"amount":101'),
        lambda text: text.replace("虚", "\\u865a"),
        lambda text: text[:-1],
        lambda _text: "[]",
    ],
)
def test_another_spelling_is_refused(spoil: object) -> None:
    assert callable(spoil)
    text = spoil(canonical.encode(a_float(1)))
    with pytest.raises(NotCanonicalError):
        canonical.decode(text, FloatReceived)


@pytest.mark.parametrize("text", ['{"a": 1}', "[1]", "{", '{"a":1,"a":1}'])
def test_content_of_any_version_is_read_as_strictly(text: str) -> None:
    with pytest.raises(NotCanonicalError):
        canonical.decode_content(text)


def test_content_that_does_not_fit_its_type_is_refused() -> None:
    with pytest.raises(NotCanonicalError):
        canonical.convert({"name": 1}, Sample)


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_instants_sort_as_their_texts_do(one: datetime, other: datetime) -> None:
    texts = canonical.instant_text(one), canonical.instant_text(other)
    if min(one.year, other.year) >= 1000:
        assert (one < other) == (texts[0] < texts[1])
        assert canonical.read_instant(texts[0]) == one


def test_an_instant_elsewhere_is_a_bug() -> None:
    with pytest.raises(BugError):
        canonical.instant_text(datetime(2021, 7, 1, tzinfo=timezone(timedelta(hours=8))))
