"""The district's month is the sum of its offices' own, and each figure has its rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.desks import Office
from reliefdesk.domain.district_statistics import DistrictReport
from reliefdesk.domain.partners import RoleError
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.statistics import NOTHING, Group, Month, figures_of
from reliefdesk.services import district_statistics, receipts, statistics
from tests.builders import (
    P01,
    P02,
    TestDesk,
    a_desk,
    a_draft,
    a_pay_order,
    a_reviewed_case,
    an_approved_case,
    enter,
)
from tests.services.money import a_signed_payment, pay, reverse, sign
from tests.services.recovering import an_open_claim, repay
from tests.services.test_sheets import fen, paper, table
from tests.services.test_transfers import an_order, give
from tests.sync.merging import approve, merged
from tests.sync.merging import pay as go_on_paying
from tests.sync.parties import (
    APART,
    Trio,
    desk_id,
    enrol,
    exchange,
    pay_somebody,
    require_sound,
    send,
    take,
)

FENGHUANG = Office(code="150302008", name="凤凰岭街道办事处")
MARCH, APRIL = Month(2021, 3), Month(2021, 4)


@pytest.fixture
def third(trio: Trio, tmp_path: Path) -> Iterator[TestDesk]:
    """Give a third office that the district knows."""
    made = a_desk(tmp_path / "c", office=FENGHUANG, first_id=4 * APART)
    enrol(trio, made)
    yield made
    made.desk.close()


def go(on: date, *desks: TestDesk) -> None:
    for made in desks:
        made.clock.set(datetime(on.year, on.month, on.day, 2, tzinfo=UTC))


def a_spring(trio: Trio, third: TestDesk) -> None:
    """A closes March and reverses in April, B closes on the 15th, C transfers and claims back."""
    cutoff = PolicyRowDraft(
        key=PolicyKey.REPORT_CUTOFF,
        value="15",
        valid_from=date(2021, 1, 1),
        document="虚构〔2021〕9号",
    )
    enter(trio.b, cutoff)
    paid = a_signed_payment(trio.a, an_approved_case(trio.a, a_draft(P01, yuan="700")))
    fire = replace(a_draft(P02, yuan="300.50"), cause=Cause.FIRE)
    pay(trio.a, a_pay_order(trio.a, an_approved_case(trio.a, fire)))
    pay(trio.b, a_pay_order(trio.b, an_approved_case(trio.b, a_draft(P01, yuan="500"))))
    go(date(2021, 3, 20), trio.b, third)
    pay(trio.b, a_pay_order(trio.b, an_approved_case(trio.b, a_draft(P02, yuan="80"))))
    give(third, an_order(third, an_approved_case(third, a_draft(P02)), "2000"))
    repay(third, an_open_claim(third, yuan="100"), "60")
    go(date(2021, 4, 2), trio.a, trio.b, third, trio.district)
    statistics.close_month(trio.a.context(), MARCH, officer=trio.a.officer("记账戊"))
    reverse(trio.a, paid.receipt_no)
    for office in (trio.a, trio.b, third):
        exchange(trio, office)


def report(trio: Trio, month: Month) -> DistrictReport:
    return district_statistics.report(trio.district.context(), month)


@pytest.mark.parametrize("month", [MARCH, APRIL], ids=["March", "April"])
def test_every_figure_is_the_sum_of_the_offices_own_reports(
    trio: Trio, third: TestDesk, month: Month
) -> None:
    a_spring(trio, third)
    own = [statistics.report(made.context(), month) for made in (trio.a, trio.b, third)]
    found = report(trio, month)
    assert [one.report.lines for one in found.offices] == [each.lines for each in own]
    for line in found.lines:
        parts = [part for each in own for part in each.lines if part.group is line.group]
        assert sum((part.month for part in parts), NOTHING) == line.month
        assert sum((part.year for part in parts), NOTHING) == line.year
    require_sound(trio.district)


def test_the_offices_add_up_and_keep_their_own_months(trio: Trio, third: TestDesk) -> None:
    a_spring(trio, third)
    found = report(trio, MARCH)
    a, b, c = (one.total for one in found.offices)
    assert [line.month.amount.figures for line in (found.total, a, b, c)] == [
        "3,600.50",
        "1,000.50",
        "500.00",
        "2,100.00",
    ]
    assert a.month + b.month + c.month == found.total.month
    assert [one.report.until.day for one in found.offices] == [31, 15, 31]
    assert (found.closed, found.silent) == (1, ())
    april = report(trio, APRIL).total
    assert april.month.amount.figures == "-620.00"
    assert dict(report(trio, APRIL).months)[MARCH].figures == "3,600.50"


def test_each_figure_has_the_rows_behind_it(trio: Trio, third: TestDesk) -> None:
    a_spring(trio, third)
    for month in (MARCH, APRIL):
        found = report(trio, month)
        for one in found.offices:
            for line in found.lines_of(one.desk_id):
                rows = found.behind(line.group, desk_id=one.desk_id)
                whole = found.behind(line.group, desk_id=one.desk_id, whole_year=True)
                assert figures_of(row for _, row in rows) == line.month
                assert figures_of(row for _, row in whole) == line.year
        for line in found.lines:
            behind = [row for _, row in found.behind(line.group)]
            assert sum(row.sign * row.amount.fen for row in behind) == line.month.amount.fen
            assert sum(row.sign for row in behind) == line.month.times


def test_cause_and_method_of_one_office_alone(trio: Trio, third: TestDesk) -> None:
    a_spring(trio, third)
    found = report(trio, MARCH)
    lines = {line.group: line.month.amount.figures for line in found.lines_of(desk_id(third))}
    assert (lines[Group.BANK], lines[Group.CASH], lines[Group.RECOVERED]) == (
        "2,000.00",
        "100.00",
        "60.00",
    )
    ((one, row),) = found.behind(Group.FIRE)
    assert (one.office.name, row.amount.figures) == ("新华街道办事处", "300.50")


def test_an_office_that_sent_nothing_is_named(trio: Trio, third: TestDesk) -> None:
    exchange(trio, trio.a)
    found = report(trio, MARCH)
    assert found.silent == (trio.b.desk.genesis.office.name, third.desk.genesis.office.name)
    assert all(line.month == NOTHING for line in found.lines)


def test_after_a_merger_the_heir_reports_what_it_records_on_old_cases(trio: Trio) -> None:
    waits = a_reviewed_case(trio.b, a_draft(P02))
    paid = pay_somebody(trio.b, draft=a_draft(P01, yuan="500"))
    merged(trio)
    approve(trio.a, waits.case_id)
    go_on_paying(trio.a, waits.case_id)
    number = receipts.of_case(trio.a.context(), paid.case_id)[0].receipt_no
    sign(trio.a, number)
    reverse(trio.a, number)
    for sender in (trio.b, trio.a):
        take(trio.district, send(trio, sender))
    own = [statistics.report(made.context(), MARCH) for made in (trio.a, trio.b)]
    assert [each.lines[0].month.amount.figures for each in own] == ["1,500.00", "500.00"]
    found = report(trio, MARCH)
    assert [one.report.lines for one in found.offices] == [each.lines for each in own]
    assert found.total.month.amount.figures == "2,000.00"


def test_paper_and_workbook_carry_the_totals_of_the_screen(
    trio: Trio, third: TestDesk, tmp_path: Path
) -> None:
    a_spring(trio, third)
    context, total = trio.district.context(), report(trio, MARCH).total
    text = paper(district_statistics.report_paper(context, MARCH).pdf)
    assert text.count(total.month.amount.figures) >= 2
    assert FENGHUANG.name in text
    groups, offices, rows = district_statistics.report_sheets(context, MARCH)
    titles, lines, _ = table(tmp_path, groups)
    assert fen(lines[0][titles.index("本月金额")]) == total.month.amount.fen
    titles, lines, totals = table(tmp_path, offices)
    place = titles.index("累计金额")
    assert fen(totals[place]) == sum(fen(line[place]) for line in lines) == total.year.amount.fen
    titles, lines, totals = table(tmp_path, rows)
    assert fen(totals[titles.index("金额")]) == total.month.amount.fen
    assert lines[0][titles.index("日期")] == date(2021, 3, 10)


def test_an_office_has_no_figures_of_the_district(trio: Trio) -> None:
    with pytest.raises(RoleError):
        district_statistics.report(trio.a.context(), MARCH)
