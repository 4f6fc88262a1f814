"""Roster, pack and month as Excel files carry the totals of screen and paper, numbers as text."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.ids import PackId, RosterId
from reliefdesk.domain.reimbursements import PackOrder
from reliefdesk.domain.rosters import RosterOrder
from reliefdesk.domain.statistics import Group, Month
from reliefdesk.services import cases, reimbursements, rosters, statistics, voucher_sheets
from tests.builders import P01, P02, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.counter import somebody
from tests.services.money import a_signed_payment, opened, pay
from tests.services.test_sheets import fen, paper, table

MARCH = Month(2021, 3)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk with two signed receipts and a case that waits."""
    for desk in opened(tmp_path):
        a_signed_payment(desk, an_approved_case(desk, a_draft(P01, yuan="700")))
        a_signed_payment(desk, an_approved_case(desk, a_draft(P02, yuan="300.50")))
        yield desk


def test_a_pack_lists_each_receipt_and_sums_as_its_paper(made: TestDesk, tmp_path: Path) -> None:
    order = PackOrder(
        pack_id=PackId(made.ids.new()), since=date(2021, 3, 1), until=date(2021, 3, 31)
    )
    pack = reimbursements.make(made.context("出纳丁"), order, officer=made.officer("出纳丁")).result
    pack_id = pack.details.pack_id
    titles, rows, totals = table(tmp_path, voucher_sheets.pack_sheet(made.context(), pack_id))
    place = titles.index("金额")
    assert fen(totals[place]) == sum(fen(row[place]) for row in rows) == 100_050
    assert rows[0][titles.index("证件号")] == "640181198506179976"
    assert rows[0][titles.index("日期")] == date(2021, 3, 10)
    assert pack.details.total.figures in paper(
        reimbursements.pack_paper(made.context(), pack_id).pdf
    )


def test_a_roster_has_room_to_sign_and_what_is_left(made: TestDesk, tmp_path: Path) -> None:
    for number in range(3):
        an_approved_case(made, a_draft(somebody(number), yuan="100"))
    order = RosterOrder(
        roster_id=RosterId(made.ids.new()), title="货车事故", cause=Cause.TRAFFIC, place="新华街"
    )
    cashier = made.officer("出纳丁")
    found = rosters.make(made.context("出纳丁"), order, officer=cashier).result
    pay(made, a_pay_order(made, cases.case(made.context(), found.lines[0].case_id)))
    sheet = voucher_sheets.roster_sheet(made.context(), found.roster.details.roster_id)
    titles, rows, totals = table(tmp_path, sheet)
    assert titles[-1] == "领款人签字"
    assert fen(totals[titles.index("金额")]) == found.granted.fen == 30_000
    assert fen(totals[titles.index("未领")]) == 20_000
    assert [fen(row[titles.index("未领")]) for row in rows] == [0, 10_000, 10_000]
    assert all(len(str(row[titles.index("证件号")])) == 18 for row in rows)
    printed = rosters.roster_paper(made.context(), found.roster.details.roster_id)
    assert found.granted.figures in paper(printed.pdf)


def test_the_month_has_every_line_and_the_rows_behind_it(made: TestDesk, tmp_path: Path) -> None:
    report, behind = voucher_sheets.month_sheets(made.context(), MARCH)
    shown = statistics.report(made.context(), MARCH)
    titles, rows, last = table(tmp_path, report)
    assert [row[0] for row in (*rows, last)] == [line.group.label for line in shown.lines]
    first = shown.lines[0]
    assert first.group is Group.TOTAL
    assert fen(rows[0][titles.index("本月金额")]) == first.month.amount.fen == 100_050
    assert int(rows[0][titles.index("累计人次")]) == first.year.times
    assert first.month.amount.figures in paper(statistics.report_paper(made.context(), MARCH).pdf)
    titles, rows, totals = table(tmp_path, behind)
    assert fen(totals[titles.index("金额")]) == sum(fen(row[titles.index("金额")]) for row in rows)
    assert [row[titles.index("单据号")] for row in rows] == [row.number for row in shown.rows]
