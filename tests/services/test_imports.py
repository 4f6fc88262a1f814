"""Importing on a real desk: nothing by looking, all or nothing, twice the same as once, no cash."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from reliefdesk.domain.cases import Finding
from reliefdesk.domain.ids import ImportId
from reliefdesk.domain.import_columns import ImportField, ImportKind
from reliefdesk.domain.imports import (
    ColumnsUnmatchedError,
    DoubleKind,
    ImportDone,
    ImportOrder,
    ImportPlan,
    ImportSecondPersonError,
    ImportStaleError,
    ImportUnknownError,
    RowsBadError,
    WithdrawReasonError,
)
from reliefdesk.domain.ledger import year_filter
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.services import cases, cash, imports, ledger, verification
from reliefdesk.services.imports import SheetFile
from reliefdesk.sheets.reading import SheetDisguisedError
from reliefdesk.storage import journal
from tests.builders import P01, P02, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.money import opened, pay
from tests.services.test_transfers import an_order, back, give

EARLIER, ROSTER = ImportKind.EARLIER, ImportKind.ROSTER
TITLES = ["序号", "姓名", "身份证号", "金额", "发放日期", "街道", "备注"]
JIA: list[Any] = [1, "测试甲", P01.number, 500, "2021-01-15", "滨河街道", "火灾"]
YI: list[Any] = [2, "测试乙", P02.number, 72.35, "2021.2.1", "", ""]
BAD: list[Any] = [3, "测试丙", 6.4e17, "约两千", 44256, "", ""]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def a_file(folder: Path, *rows: list[Any], titles: list[str] | None = None) -> SheetFile:
    """A workbook with a title row, read back."""
    path = folder / "登记表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("发放")
    sheet.merge_range("A1:G1", "新华街道临时救助发放登记表")
    for place, row in enumerate([titles or TITLES, *rows], start=1):
        for column, cell in enumerate(row):
            (sheet.write_string if isinstance(cell, str) else sheet.write_number)(
                place, column, cell
            )
    book.close()
    return imports.read_file(path)


def planned(made: TestDesk, file: SheetFile, kind: ImportKind = EARLIER) -> ImportPlan:
    sheet = imports.likely_sheet(file, kind)
    header = imports.header_of(sheet, kind)
    assert header is not None
    matching = imports.matching_of(made.context(), header, kind)
    return imports.plan(made.context(), (file, sheet), header, matching, kind=kind)


def bring_in(
    made: TestDesk, plan: ImportPlan, *, second: str = "记账戊", **chosen: bool
) -> ImportDone:
    order = ImportOrder(import_id=ImportId(made.ids.new()), plan=plan, **chosen)
    officer = made.officer(second)
    return imports.import_reliefs(made.context(), order, officer=officer).result


def entries(made: TestDesk) -> int:
    return journal.head(made.context().file).seq


def proved(made: TestDesk) -> bool:
    return verification.verify(made.context()).good


def test_looking_writes_nothing_into_the_journal(made: TestDesk, tmp_path: Path) -> None:
    before = entries(made)
    plan = planned(made, a_file(tmp_path, JIA, YI, BAD))
    assert [row.row for row in plan.reading.rows] == [3, 4]
    assert [each.address for each in plan.reading.problems] == ["C5", "D5", "E5"]
    assert entries(made) == before
    assert imports.imports(made.context()) == ()


def test_a_sheet_with_bad_rows_comes_in_clean_or_by_choice(made: TestDesk, tmp_path: Path) -> None:
    plan = planned(made, a_file(tmp_path, JIA, BAD))
    before = entries(made)
    with pytest.raises(RowsBadError):
        bring_in(made, plan)
    assert entries(made) == before
    assert bring_in(made, plan, without_bad_rows=True).count == 1


def test_the_same_file_twice_changes_nothing(made: TestDesk, tmp_path: Path) -> None:
    file = a_file(tmp_path, JIA, YI)
    first = bring_in(made, planned(made, file))
    assert (first.count, first.amount) == (2, Money(57235))
    before = entries(made)
    again = bring_in(made, planned(made, file))
    assert (again.count, again.done_before) == (0, 2)
    assert entries(made) == before
    assert proved(made)


def test_the_same_rows_saved_anew_are_shown_as_imported_before(
    made: TestDesk, tmp_path: Path
) -> None:
    bring_in(made, planned(made, a_file(tmp_path, JIA, YI)))
    plan = planned(made, a_file(tmp_path, YI, JIA))
    assert [each.kind for each in plan.doubles] == [DoubleKind.IMPORTED] * 2
    assert plan.fresh(doubles_too=False) == ()


def test_a_payment_of_this_desk_is_shown_as_known(made: TestDesk, tmp_path: Path) -> None:
    number = pay(made, a_pay_order(made, an_approved_case(made))).receipt_no
    same = [1, "测试甲", P01.number, 2000, "2021-03-10", "", ""]
    (double,) = planned(made, a_file(tmp_path, same)).doubles
    assert (double.kind, double.other) == (DoubleKind.AT_DESK, number)


def test_relief_by_bank_is_known_until_it_came_back(made: TestDesk, tmp_path: Path) -> None:
    given = give(made, an_order(made, an_approved_case(made)))
    same = [1, "测试甲", P01.number, 2000, "2021-03-10", "", ""]
    file = a_file(tmp_path, same)
    (double,) = planned(made, file).doubles
    assert double.kind is DoubleKind.AT_DESK
    back(made, given)
    assert planned(made, file).doubles == ()


def test_an_earlier_payment_counts_towards_the_year_and_is_marked(
    made: TestDesk, tmp_path: Path
) -> None:
    assert _meter(made).times_used == 0
    bring_in(made, planned(made, a_file(tmp_path, JIA)))
    meter = _meter(made)
    (entry,) = meter.entries
    assert (meter.times_used, meter.used) == (1, Money(50000))
    assert (entry.imported, entry.place, entry.counted_on) == (True, "滨河街道", date(2021, 1, 15))


def _meter(made: TestDesk) -> Any:  # noqa: ANN401 - the meter of a form that holds together
    found = cases.check(made.context(), a_draft(yuan="500"))
    assert found.eligibility is not None
    used = found.eligibility.meter.times_used
    assert (found.eligibility.record.finding is Finding.FAILS) == (used > 0)
    return found.eligibility.meter


def test_cash_receipts_and_ledger_know_nothing_of_it(made: TestDesk, tmp_path: Path) -> None:
    before = (cash.balance(made.context()), cash.days(made.context()))
    bring_in(made, planned(made, a_file(tmp_path, JIA, YI)))
    assert (cash.balance(made.context()), cash.days(made.context())) == before
    assert ledger.ledger(made.context(), year_filter(2021)).totals.paid == ZERO
    assert proved(made)


@pytest.mark.parametrize("second", ["经办甲", "出纳丁"])
def test_it_comes_in_before_a_second_officer_only(
    made: TestDesk, tmp_path: Path, second: str
) -> None:
    with pytest.raises(ImportSecondPersonError):
        bring_in(made, planned(made, a_file(tmp_path, JIA)), second=second)


def test_only_a_registrar_imports(made: TestDesk, tmp_path: Path) -> None:
    plan = planned(made, a_file(tmp_path, JIA))
    order = ImportOrder(import_id=ImportId("i"), plan=plan)
    with pytest.raises(SeatMissingError):
        imports.import_reliefs(made.context("出纳丁"), order, officer=made.officer("记账戊"))


def test_a_desk_that_moved_since_the_look_is_noticed(made: TestDesk, tmp_path: Path) -> None:
    same = [1, "测试甲", P01.number, 2000, "2021-03-10", "", ""]
    plan = planned(made, a_file(tmp_path, same))
    pay(made, a_pay_order(made, an_approved_case(made)))
    with pytest.raises(ImportStaleError):
        bring_in(made, plan)


def test_a_retry_after_a_lost_answer_brings_nothing_in_twice(
    made: TestDesk, tmp_path: Path
) -> None:
    plan = planned(made, a_file(tmp_path, JIA, YI))
    order = ImportOrder(import_id=ImportId("i"), plan=plan)
    officer = made.officer("记账戊")
    first = imports.import_reliefs(made.context(), order, officer=officer)
    before = entries(made)
    assert imports.import_reliefs(made.context(), order, officer=officer).result == first.result
    assert entries(made) == before


def test_doubles_come_in_by_choice(made: TestDesk, tmp_path: Path) -> None:
    plan = planned(made, a_file(tmp_path, JIA, JIA))
    assert [each.kind for each in plan.doubles] == [DoubleKind.IN_FILE]
    assert bring_in(made, plan, doubles_too=True).count == 2


def test_an_import_is_taken_back_whole_and_the_file_can_come_in_again(
    made: TestDesk, tmp_path: Path
) -> None:
    file = a_file(tmp_path, JIA)
    bring_in(made, planned(made, file))
    (past,) = imports.imports(made.context())
    officer = made.officer("记账戊")
    with pytest.raises(WithdrawReasonError):
        imports.withdraw(made.context(), past.import_id, " ", officer=officer)
    imports.withdraw(made.context(), past.import_id, "选错文件", officer=officer)
    assert _meter(made).times_used == 0
    with pytest.raises(ImportUnknownError):
        imports.withdraw(made.context(), past.import_id, "再来", officer=officer)
    assert bring_in(made, planned(made, file)).count == 1
    newest, withdrawn = imports.imports(made.context())
    assert (newest.withdrawn, withdrawn.withdrawn) == ("", "选错文件")
    assert withdrawn.confirmed_by == (made.by_name["记账戊"],)
    assert proved(made)


def test_the_matching_is_remembered_for_the_header(made: TestDesk, tmp_path: Path) -> None:
    titles = ["序号", "姓名", "身份证号", "钱数", "发放日期", "街道", "备注"]
    file = a_file(tmp_path, JIA, titles=titles)
    sheet = imports.likely_sheet(file, EARLIER)
    header = imports.header_of(sheet, EARLIER)
    assert header is not None
    matching = imports.matching_of(made.context(), header, EARLIER)
    with pytest.raises(ColumnsUnmatchedError) as refused:
        imports.plan(made.context(), (file, sheet), header, matching, kind=EARLIER)
    assert [each.field for each in refused.value.problems] == ["amount"]
    chosen = {**matching, ImportField.AMOUNT: 3}
    imports.plan(made.context(), (file, sheet), header, chosen, kind=EARLIER)
    assert imports.matching_of(made.context(), header, EARLIER) == chosen


def test_the_clerk_may_name_the_header_row(made: TestDesk, tmp_path: Path) -> None:
    sheet = a_file(tmp_path, JIA).sheets[0]
    named = imports.header_of(sheet, EARLIER, 1)
    assert named == imports.header_of(sheet, EARLIER)
    assert imports.header_of(sheet, EARLIER, 99) is None
    assert made.context().today == date(2021, 3, 10)


def test_a_roster_becomes_applicants_once_and_no_event(made: TestDesk, tmp_path: Path) -> None:
    titles = ["姓名", "身份证号", "联系电话", "户籍地", "现住址", "困难类型", "申请事由"]
    row = ["测试甲", P01.number, "13800000000", "宁夏", "新华街道1号", "火灾", "房屋失火"]
    file = a_file(tmp_path, row, ["测试丙", "", "", "", "", "", ""], titles=titles)
    before = entries(made)
    plan = planned(made, file, ROSTER)
    order = ImportOrder(import_id=ImportId("i"), plan=plan)
    assert imports.import_roster(made.context(), order).result.count == 2
    again = ImportOrder(import_id=ImportId("j"), plan=planned(made, file, ROSTER))
    assert imports.import_roster(made.context(), again).result.count == 0
    assert entries(made) == before
    first, second = (each.applicant for each in imports.applicants(made.context()))
    assert (first.name, first.phone, first.note) == ("测试甲", "13800000000", "房屋失火")
    assert (second.number, second.requested) == ("", None)
    other = planned(made, a_file(tmp_path, row, titles=[*titles[:6], "说明"]), ROSTER)
    assert [(each.kind, each.other) for each in other.doubles] == [
        (DoubleKind.IMPORTED, "待受理名单")
    ]
    assert imports.forget_applicants(made.context(), [first]).result == 1
    assert [each.applicant for each in imports.applicants(made.context())] == [second]
    assert proved(made)


def test_an_applicant_who_was_accepted_shows_the_case(made: TestDesk, tmp_path: Path) -> None:
    file = a_file(tmp_path, ["测试甲", P01.number], titles=["姓名", "身份证号"])
    order = ImportOrder(import_id=ImportId("i"), plan=planned(made, file, ROSTER))
    imports.import_roster(made.context(), order)
    assert [each.case_no for each in imports.applicants(made.context())] == [""]
    case = an_approved_case(made)
    assert [each.case_no for each in imports.applicants(made.context())] == [case.case_no]


def test_who_was_paid_this_year_is_shown_in_a_roster(made: TestDesk, tmp_path: Path) -> None:
    pay(made, a_pay_order(made, an_approved_case(made)))
    old = [1, "测试乙", P02.number, 500, "2020-01-15", "", ""]
    bring_in(made, planned(made, a_file(tmp_path, old)))
    roster = a_file(
        tmp_path, ["测试甲", P01.number], ["测试乙", P02.number], titles=["姓名", "身份证号"]
    )
    assert [each.row for each in planned(made, roster, ROSTER).doubles] == [3]


def test_rows_cannot_be_changed_deleted_or_counted_twice(made: TestDesk, tmp_path: Path) -> None:
    bring_in(made, planned(made, a_file(tmp_path, JIA)))
    file = made.context().file
    columns = [row["name"] for row in file.rows("PRAGMA table_info(imported_reliefs)")]
    for change in (
        "UPDATE imported_reliefs SET fen = 1",
        "DELETE FROM imported_reliefs",
        "INSERT INTO imported_reliefs SELECT 'other' AS import_id, "
        + ", ".join(columns[1:])
        + " FROM imported_reliefs",
    ):
        with pytest.raises(Exception, match="imported_reliefs"), file.transaction():
            file.execute(change)


def test_a_web_page_under_the_name_of_a_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"<html></html>")
    with pytest.raises(SheetDisguisedError):
        imports.read_file(path)
