"""The books as Excel files show the same totals as screen and paper, and full numbers as text."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.ledger import year_filter
from reliefdesk.domain.money import Money
from reliefdesk.domain.number_fates import NumberKind, net_of
from reliefdesk.services import cash, ledger, number_fates, receipts, sheets
from reliefdesk.sheets.workbook import Sheet
from tests.builders import P02, TestDesk, a_desk, a_draft, a_pay_order, an_approved_case
from tests.services.money import a_signed_payment, opened, pay, reverse, void
from tests.services.recovering import an_open_claim, repay

YEAR = year_filter(2021)
WHOLE = (date(2021, 1, 1), date(2021, 12, 31))
Rows = list[list[Any]]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    for desk in opened(tmp_path):
        first = an_approved_case(desk, a_draft(yuan="2000"))
        number = pay(desk, a_pay_order(desk, first)).receipt_no
        void(desk, number, a_pay_order(desk, first, yuan="2000"))
        signed = a_signed_payment(desk, an_approved_case(desk, a_draft(P02, yuan="72.35")))
        reverse(desk, signed.receipt_no)
        yield desk


def table(folder: Path, sheet: Sheet) -> tuple[list[str], Rows, list[Any]]:
    """The titles, rows and total line of a saved sheet."""
    path = sheets.save(folder / "book", [sheet])
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    lines = len(sheet.footer)
    return [str(title) for title in rows[2]], rows[3 : -1 - lines], rows[-1 - lines]


def fen(cell: object) -> int:
    return round(float(str(cell)) * 100)


def paper(pdf: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(text.split())


def test_the_ledger_totals_are_those_of_screen_and_paper(made: TestDesk, tmp_path: Path) -> None:
    titles, rows, totals = table(tmp_path, sheets.ledger_sheet(made.context(), YEAR))
    shown = ledger.ledger(made.context(), YEAR).totals
    sums = {"批准金额": shown.approved, "发放金额": shown.paid, "追回金额": shown.recovered}
    for title, amount in sums.items():
        place = titles.index(title)
        assert fen(totals[place]) == amount.fen
        assert sum(fen(row[place] or 0) for row in rows) == amount.fen
        said = amount.figures if title == "追回金额" else amount.words
        assert said in paper(ledger.ledger_pdf(made.context(), YEAR))
    assert len(rows) == shown.cases


def test_the_ledger_carries_full_numbers_as_text_and_real_days(
    made: TestDesk, tmp_path: Path
) -> None:
    titles, rows, _ = table(tmp_path, sheets.ledger_sheet(made.context(), YEAR))
    assert rows[0][titles.index("证件号")] == "640181198506179976"
    assert rows[0][titles.index("发放日期")] == date(2021, 3, 10)
    assert str(rows[0][titles.index("受理时间")]).startswith("2021-03-10 ")


def test_the_journal_closes_as_on_screen_and_its_rows_carry_the_balance(
    made: TestDesk, tmp_path: Path
) -> None:
    titles, rows, totals = table(tmp_path, sheets.journal_sheet(made.context(), *WHOLE))
    journal = cash.journal(made.context(), *WHOLE)
    income, outgo, left = (titles.index(t) for t in ("收入（借方）", "支出（贷方）", "余额"))
    assert Money(fen(totals[income])) == journal.sums.income
    assert Money(fen(totals[outgo])) == journal.sums.outgo
    assert Money(fen(totals[left])) == journal.closing == Money(fen(rows[-1][left]))
    assert journal.closing.words in paper(cash.journal_pdf(made.context(), *WHOLE))
    entries = [row for row in rows if row[titles.index("凭证种类")]]
    assert sum(fen(row[outgo] or 0) for row in entries) == journal.sums.outgo.fen
    assert any(str(row[titles.index("摘要")]).startswith("（红字）") for row in entries)


def test_a_cashiers_own_journal_names_the_drawer(made: TestDesk) -> None:
    cashier = made.by_name["出纳丁"]
    sheet = sheets.journal_sheet(made.context(), *WHOLE, cashier=cashier)
    assert sheet.period.startswith("出纳：出纳丁")


def test_every_number_is_in_the_list_and_void_ones_count_zero(
    made: TestDesk, tmp_path: Path
) -> None:
    titles, rows, totals = table(tmp_path, sheets.numbers_sheet(made.context(), 2021))
    known = receipts.numbers(made.context(), 2021)
    assert [row[titles.index("号码")] for row in rows] == [
        number.receipt.receipt_no for number in known
    ]
    assert fen(totals[titles.index("有效金额")]) == 200_000
    assert "640181198506179976" not in str(rows)


def test_what_came_back_is_no_amount_given_in_the_list_of_numbers(
    made: TestDesk, tmp_path: Path
) -> None:
    repay(made, an_open_claim(made, yuan="500"), "120")
    sheet = sheets.numbers_sheet(made.context(), 2021)
    titles, _, totals = table(tmp_path, sheet)
    found = number_fates.fates(made.context(), 2021)
    given = net_of(found, NumberKind.RECEIPT, NumberKind.PAD)
    assert fen(totals[titles.index("有效金额")]) == given.fen == 250_000
    said = paper(number_fates.numbers_pdf(made.context(), 2021))
    assert f"有效金额￥{given.figures}" in said
    assert "收回￥120.00" in said
    assert "收回金额：120.00" in sheet.footer[0]


def test_a_training_desk_says_so_in_the_title(tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "desk", kind=DeskKind.TRAINING)
    assert sheets.numbers_sheet(desk.context(), 2021).title == "号码去向表（演练）"
    desk.desk.close()
