"""Days and instants are understood as clerks type them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.day_text import add_months, day_words, instant_words, read_day, read_instant

TODAY = date(2021, 9, 17)
NOW = datetime(2021, 9, 17, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "20210701",
        "7-1",
        "7.1",
        "7/1",
        "7月1日",
        "2021.7.1",
        "2021-07-01",
        "2021年7月1日",
        "２０２１．７．１",
    ],
)
def test_every_usual_spelling_is_the_first_of_july(text: str) -> None:
    assert read_day(text, TODAY) == date(2021, 7, 1)


@pytest.mark.parametrize(
    "text", ["", "7", "2021", "2021-13-01", "2-30", "昨天", "7-1-", "0000-1-1"]
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize(
    "text", ["7-1 14:30", "7-1 1430", "2021-07-01 14:30", "20210701 14点30", "7月1日 14：30"]
)
def test_a_day_with_its_time_is_an_instant_of_shanghai(text: str) -> None:
    assert read_instant(text, NOW) == datetime(2021, 7, 1, 6, 30, tzinfo=UTC)


def test_a_time_alone_is_today_and_a_day_alone_is_no_instant() -> None:
    assert read_instant("8:05", NOW) == datetime(2021, 9, 17, 0, 5, tzinfo=UTC)
    assert read_instant("7-1", NOW) is None


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_what_the_box_writes_it_reads_again(day: date) -> None:
    assert read_day(day.isoformat(), TODAY) == day


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-30, 30))
def test_a_month_step_keeps_the_day_or_takes_the_last_one(day: date, months: int) -> None:
    stepped = add_months(day, months)
    assert stepped.day == day.day or add_months(stepped, 1).day >= stepped.day
    assert (stepped.year * 12 + stepped.month) - (day.year * 12 + day.month) == months


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read_day(text, TODAY)
    read_instant(text, NOW)


def test_the_reading_says_the_weekday() -> None:
    assert day_words(date(2021, 7, 1)) == "2021年7月1日 周四"
    assert instant_words(datetime(2021, 7, 1, 6, 30, tzinfo=UTC)) == "2021年7月1日 周四 14:30"
