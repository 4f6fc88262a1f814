"""Policy rows on a desk: entered by one, confirmed by another, never rewriting a decision."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.domain.policies import (
    AreaClass,
    CalendarLoaded,
    PolicyConfirmError,
    PolicyDocumentError,
    PolicyOverlapError,
    PolicyRowDraft,
)
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.workdays import CalendarMissingError
from reliefdesk.services import calendars, cases, policies
from tests.builders import a_desk, an_approved_case

STANDARD = PolicyRowDraft(
    key=PolicyKey.STANDARD,
    area=AreaClass.URBAN,
    value="830.00",
    valid_from=date(2021, 3, 1),
    document="虚构〔2021〕20号",
)


def test_a_back_dated_row_lists_the_decided_cases_and_rewrites_none(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = an_approved_case(made)
    done = policies.enter(made.context("系统己"), STANDARD, officer=made.officer("审批丙"))
    assert done.result == (found.case_no,)
    kept = cases.case(made.context(), found.case_id).eligibility
    values = [use.value for use in kept.uses if use.key is PolicyKey.STANDARD]
    assert values == ["810.00"]
    rows = policies.in_force(made.context())
    use = rows.get(
        PolicyKey.STANDARD, on=date(2021, 3, 10), office="150302003", area=AreaClass.URBAN
    )
    assert use.value == "830.00"


def test_a_row_ends_where_the_next_begins(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    lines = [
        (line.row.value, line.row.valid_from, line.row.valid_to)
        for line in policies.listed(made.context())
        if line.row.key is PolicyKey.STANDARD and line.row.area is AreaClass.URBAN
    ]
    assert lines == [
        ("810.00", date(2021, 1, 1), date(2021, 7, 1)),
        ("850.00", date(2021, 7, 1), None),
    ]


def test_who_enters_a_row_never_confirms_it(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    with pytest.raises(PolicyConfirmError):
        policies.enter(made.context("系统己"), STANDARD, officer=made.officer("系统己"))
    with pytest.raises(SeatMissingError):
        policies.enter(made.context("经办甲"), STANDARD, officer=made.officer("审批丙"))


def test_a_corrected_row_stays_in_the_list(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    wrong = policies.listed(made.context())[0]
    draft = replace(
        STANDARD, value="815.00", valid_from=date(2021, 1, 1), corrects=wrong.row.row_id
    )
    with pytest.raises(PolicyOverlapError):
        policies.enter(
            made.context("系统己"), replace(draft, corrects=None), officer=made.officer("审批丙")
        )
    policies.enter(made.context("系统己"), draft, officer=made.officer("审批丙"))
    lines = {line.row.value: line for line in policies.listed(made.context())}
    assert lines["810.00"].corrected
    assert not lines["815.00"].corrected
    assert (lines["815.00"].entered_by, lines["815.00"].confirmed_by) == ("系统己", "审批丙")


def test_a_year_without_a_table_is_refused_until_its_file_is_loaded(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    with pytest.raises(CalendarMissingError):
        calendars.due_day(made.context(), date(2027, 1, 4), 5)
    table = CalendarLoaded(
        year=2027,
        holidays=(date(2027, 1, 6),),
        working_weekends=(date(2027, 1, 9),),
        document="国办发明电〔2026〕1号",
    )
    for officer, wrong in (("审批丙", replace(table, document="")),):
        with pytest.raises(PolicyDocumentError):
            policies.load_calendar(made.context("系统己"), wrong, officer=made.officer(officer))
    with pytest.raises(PolicyConfirmError):
        policies.load_calendar(made.context("系统己"), table, officer=made.officer("系统己"))
    policies.load_calendar(made.context("系统己"), table, officer=made.officer("审批丙"))
    assert policies.calendar_years(made.context()) == (2027,)
    assert calendars.due_day(made.context(), date(2027, 1, 4), 5) == date(2027, 1, 11)


def test_a_loaded_table_replaces_the_one_before(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    table = CalendarLoaded(year=2021, holidays=(), working_weekends=(), document="更正")
    policies.load_calendar(made.context("系统己"), table, officer=made.officer("审批丙"))
    policies.load_calendar(
        made.context("系统己"),
        replace(table, holidays=(date(2021, 9, 20),)),
        officer=made.officer("审批丙"),
    )
    assert calendars.due_day(made.context(), date(2021, 9, 17), 1) == date(2021, 9, 21)
