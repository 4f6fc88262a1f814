"""Working days: the published tables decide, a missing year refuses, every bad line is named."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk import reference, wording
from reliefdesk.domain.workdays import (
    WORKDAYS_MAX,
    CalendarMissingError,
    Workdays,
    WorkdaysCountError,
    read_calendar,
)

WORKDAYS = Workdays(reference.shipped_calendars())
DAYS = st.dates(date(2004, 1, 1), date(2025, 6, 1))


@pytest.mark.parametrize(
    ("count", "due"), [(10, date(2021, 10, 8)), (5, date(2021, 9, 26)), (0, date(2021, 9, 17))]
)
def test_working_days_after_a_friday_before_two_feasts(count: int, due: date) -> None:
    assert WORKDAYS.add(date(2021, 9, 17), count) == due


def test_the_shipped_tables_hold_and_cover_2004_to_2026() -> None:
    assert WORKDAYS.years == tuple(range(2004, 2027))
    assert [table.problems for table in reference.shipped_calendars() if table.problems] == []


def test_a_year_without_a_table_is_refused_by_name() -> None:
    with pytest.raises(CalendarMissingError) as refusal:
        WORKDAYS.add(date(2026, 12, 30), 5)
    assert refusal.value.facts == {"year": 2027}
    assert wording.sentence(refusal.value).startswith("节假日表缺失：没有2027年")


@pytest.mark.parametrize("count", [-1, WORKDAYS_MAX + 1])
def test_a_senseless_count_is_refused(count: int) -> None:
    with pytest.raises(WorkdaysCountError):
        WORKDAYS.add(date(2021, 1, 1), count)


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_counting_on_is_counting_together(start: date, first: int, second: int) -> None:
    assert WORKDAYS.add(WORKDAYS.add(start, first), second) == WORKDAYS.add(start, first + second)


@given(DAYS, st.integers(1, 60))
def test_the_due_day_is_worked_and_as_many_worked_days_lie_before_it(
    start: date, count: int
) -> None:
    due = WORKDAYS.add(start, count)
    days = [start + timedelta(days=shift) for shift in range(1, (due - start).days + 1)]
    assert WORKDAYS.is_workday(due)
    assert sum(WORKDAYS.is_workday(day) for day in days) == count


def test_a_loaded_table_opens_its_year() -> None:
    text = "\ufeff日期,种类,名称\n2027-01-01,假日,元旦\n# 调休\n2027/1/3，调休上班，元旦\n\n"
    table = read_calendar(text)
    assert (table.year, table.problems) == (2027, ())
    loaded = Workdays([*reference.shipped_calendars(), table])
    assert loaded.add(date(2026, 12, 31), 1) == date(2027, 1, 3)


def test_a_later_table_of_a_year_replaces_the_earlier() -> None:
    early = read_calendar("2027-01-01,假日,元旦")
    late = read_calendar("2027年1月4日,holiday,元旦")
    days = Workdays([early, late])
    assert days.is_workday(date(2027, 1, 1))
    assert not days.is_workday(date(2027, 1, 4))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2027-01-04,假日", "calendars.columns"),
        ("2027-02-30,假日,春节", "calendars.day"),
        ("一月四日,假日,元旦", "calendars.day"),
        ("2027-01-04,休息,元旦", "calendars.kind"),
        ("2028-01-04,假日,元旦", "calendars.year"),
        ("2027-01-01,假日,元旦", "calendars.twice"),
        ("2027-01-04,调休上班,元旦", "calendars.weekday"),
    ],
)
def test_every_bad_line_is_named_with_its_number(line: str, code: str) -> None:
    table = read_calendar(f"2027-01-01,假日,元旦\n{line}\n")
    (problem,) = table.problems
    assert (problem.code, problem.field) == (code, "line.2")
    assert wording.problem_sentence(problem).startswith("第2行")
    assert table.holidays == (date(2027, 1, 1),)


def test_all_bad_lines_are_named_at_once() -> None:
    table = read_calendar("x\n2027-01-01,假日,元旦\ny,假日,z")
    assert [problem.field for problem in table.problems] == ["line.1", "line.3"]


def test_an_empty_table_is_no_table() -> None:
    assert [problem.code for problem in read_calendar("# 无\n").problems] == ["calendars.empty"]


@given(st.text())
def test_no_text_raises(text: str) -> None:
    table = read_calendar(text)
    assert table.problems or table.holidays or table.working_weekends
