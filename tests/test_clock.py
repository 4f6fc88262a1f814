"""Time stands where it is put; ids rise, whatever the clock does."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.clock import (
    CountedIds,
    FixedClock,
    SystemClock,
    SystemIds,
    shanghai_day,
    shanghai_time,
)
from reliefdesk.errors import BugError

NOON = datetime(2021, 7, 1, 4, 0, tzinfo=UTC)
INSTANTS = st.datetimes(
    min_value=datetime.fromisoformat("1992-01-01"),
    max_value=datetime.fromisoformat("2200-01-01"),
    timezones=st.just(UTC),
)


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    clock = FixedClock(NOON)
    assert clock.now() == clock.now() == NOON
    clock.advance(timedelta(minutes=5))
    assert clock.now() == NOON + timedelta(minutes=5)
    clock.set(NOON)
    assert clock.now() == NOON


def test_an_instant_without_an_offset_is_a_bug() -> None:
    with pytest.raises(BugError):
        FixedClock(datetime.fromisoformat("2021-07-01"))


def test_a_fixed_clock_answers_in_utc_whatever_it_was_given() -> None:
    local = NOON.astimezone(timezone(timedelta(hours=8)))
    assert FixedClock(local).now().utcoffset() == timedelta(0)


def test_the_system_clock_is_aware_and_does_not_stand() -> None:
    first = SystemClock().now()
    assert first.utcoffset() == timedelta(0)
    assert SystemClock().now() >= first


def test_a_day_begins_at_midnight_in_shanghai() -> None:
    assert shanghai_day(datetime(2021, 6, 30, 15, 59, 59, tzinfo=UTC)) == date(2021, 6, 30)
    assert shanghai_day(datetime(2021, 6, 30, 16, 0, tzinfo=UTC)) == date(2021, 7, 1)


@given(INSTANTS)
def test_local_time_is_the_same_instant(at: datetime) -> None:
    assert shanghai_time(at) == at
    assert shanghai_time(at).replace(tzinfo=None) == at.replace(tzinfo=None) + timedelta(hours=8)


@given(st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=50))
def test_ids_rise_even_while_the_clock_goes_back(moves: list[int]) -> None:
    clock = FixedClock(NOON)
    ids = SystemIds(clock)
    made = []
    for milliseconds in moves:
        clock.advance(timedelta(milliseconds=milliseconds))
        made.append(ids.new())
    assert all(before < after for before, after in pairwise(made))


def test_an_id_is_a_uuid_of_version_7_that_tells_its_millisecond() -> None:
    made = UUID(SystemIds(FixedClock(NOON)).new())
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == int(NOON.timestamp() * 1000)


def test_threads_never_get_the_same_id() -> None:
    ids = SystemIds(FixedClock(NOON))
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.extend(ids.new() for _ in range(500)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000


def test_counted_ids_repeat_and_rise() -> None:
    first, second = CountedIds(), CountedIds()
    made = [first.new() for _ in range(300)]
    assert made == [second.new() for _ in range(300)]
    assert made == sorted(made)
    assert CountedIds(start=300).new() == first.new()
    assert UUID(made[0]).version == 7


def test_counted_ids_do_not_run_over() -> None:
    with pytest.raises(BugError):
        CountedIds(start=2**48).new()
