"""The work ledger: one line a case, totals equal to the payments and to the cash journal."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.domain.archives import ArchiveOrder
from reliefdesk.domain.case_records import InvestigationOrder, ReasonOrder
from reliefdesk.domain.cases import Cause, Stage
from reliefdesk.domain.cash import CashKind
from reliefdesk.domain.ledger import Ledger, LedgerFilter, PayMethod, year_filter
from reliefdesk.domain.money import Money, total
from reliefdesk.services import archives, cases, cash, decisions, ledger, receipts
from reliefdesk.services.ledger import LedgerLine
from tests.builders import (
    P02,
    P03,
    TestDesk,
    a_draft,
    a_pay_order,
    a_reviewed_case,
    an_accepted_case,
    an_approved_case,
)
from tests.services.money import (
    a_signed_payment,
    approved,
    opened,
    pay,
    publish,
    reverse,
    void,
)

YEAR = year_filter(2021)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def read(made: TestDesk, **wanted: object) -> Ledger:
    found = LedgerFilter(since=YEAR.since, until=YEAR.until, **wanted)  # type: ignore[arg-type]
    return ledger.ledger(made.context(), found)


def paid_by_journal(made: TestDesk, since: date, until: date) -> Money:
    lines = cash.journal(made.context(), since, until).lines
    kinds = {CashKind.PAYMENT, CashKind.VOID, CashKind.REVERSAL}
    return total([line.entry.outgo for line in lines if line.entry and line.entry.kind in kinds])


def a_mixed_year(made: TestDesk) -> None:
    """One paid, one voided and paid anew, one reversed a month later."""
    pay(made, a_pay_order(made, an_approved_case(made, a_draft(yuan="2000"))))
    second = an_approved_case(made, a_draft(P02, yuan="1500"))
    number = pay(made, a_pay_order(made, second)).receipt_no
    void(made, number, a_pay_order(made, second, yuan="1500"))
    third = an_approved_case(made, a_draft(P03, yuan="700"))
    signed = a_signed_payment(made, third)
    made.clock.advance(timedelta(days=30))
    reverse(made, signed.receipt_no)


def test_totals_are_equal_in_ledger_journal_and_numbers(made: TestDesk) -> None:
    a_mixed_year(made)
    book = read(made)
    assert book.totals.paid == Money.parse("3500")
    assert book.totals.paid == paid_by_journal(made, YEAR.since, YEAR.until)
    assert book.totals.paid == total([row.net for row in receipts.numbers(made.context(), 2021)])
    assert (book.totals.cases, book.totals.persons, book.totals.payments) == (3, 3, 2)


def test_a_reversal_reduces_the_month_it_is_recorded_in(made: TestDesk) -> None:
    a_mixed_year(made)
    march = LedgerFilter(since=date(2021, 3, 1), until=date(2021, 3, 31))
    april = LedgerFilter(since=date(2021, 4, 1), until=date(2021, 4, 30))
    for month, paid in ((march, "4200"), (april, "-700")):
        book = ledger.ledger(made.context(), month)
        assert book.totals.paid == Money.parse(paid)
        assert book.totals.paid == paid_by_journal(made, month.since, month.until)
    (line,) = ledger.ledger(made.context(), april).rows
    assert "红冲" in line.remark


def test_a_line_shows_every_seat_and_masks_the_number(made: TestDesk) -> None:
    found = an_accepted_case(made)
    visit = InvestigationOrder(
        case_id=found.case_id,
        seen_version=found.version,
        visited_on=date(2021, 3, 10),
        place="现场",
        method="现场",
        investigators=("甲一", "乙二"),
        result="属实",
    )
    decisions.investigate(made.context(), visit)
    (line,) = read(made).rows
    assert line.number == "6401**********9976"
    assert line.investigated.startswith("2021-03-10 现场：属实")
    assert (line.reviewed, line.decided, line.approved) == ("", "", None)


def test_a_decided_line_names_standard_multiplier_and_authority(made: TestDesk) -> None:
    an_approved_case(made)
    approved(made, a_draft(P02), document="区批〔2021〕8号")
    first, second = read(made).rows
    assert (first.standard, first.multiplier) == ("810.00", "3")
    assert first.reviewed == "2021-03-10 审核乙"
    assert first.decided == "2021-03-10 审批丙"
    assert [first.authority, second.authority] == ["受委托审批", "区批〔2021〕8号"]
    assert [first.place, second.place] == [1, 2]


def test_filters_by_cause_stage_method_and_text(made: TestDesk) -> None:
    pay(made, a_pay_order(made, an_approved_case(made)))
    an_accepted_case(made, a_draft(P02))
    assert len(read(made, cause=Cause.TRAFFIC).rows) == 2
    assert len(read(made, cause=Cause.FIRE).rows) == 0
    assert [line.name for line in read(made, stage=Stage.ACCEPTED).rows] == ["测试乙"]
    assert [line.name for line in read(made, method=PayMethod.CASH).rows] == ["测试甲"]
    unpaid = read(made, method=PayMethod.NOT_PAID).rows
    assert [(line.place, line.name) for line in unpaid] == [(1, "测试乙")]


@pytest.mark.parametrize(
    "text", ["测试甲", "9976", "aj-150302003-2021-000001", "XJ-150302003-2021-000001", " 测试甲 "]
)
def test_text_finds_a_line_by_name_number_case_or_receipt(made: TestDesk, text: str) -> None:
    pay(made, a_pay_order(made, an_approved_case(made)))
    an_accepted_case(made, a_draft(P02))
    assert [line.name for line in read(made, text=text).rows] == ["测试甲"]


def test_a_text_of_marks_only_finds_nothing(made: TestDesk) -> None:
    an_accepted_case(made)
    assert read(made, text="·").rows == ()


def test_a_refused_and_a_withdrawn_case_stay_in_the_ledger_with_their_reason(
    made: TestDesk,
) -> None:
    refused = a_reviewed_case(made)
    order = ReasonOrder(case_id=refused.case_id, seen_version=refused.version, reason="不属急难")
    decisions.refuse(made.context(), order, officer=made.officer("审批丙"))
    other = an_accepted_case(made, a_draft(P02))
    order = ReasonOrder(case_id=other.case_id, seen_version=other.version, reason="误受理")
    decisions.withdraw(made.context(), order)
    lines = read(made).rows
    assert [line.remark for line in lines] == ["不予救助：不属急难", "已撤回"]
    assert [line.approved for line in lines] == [None, None]


def the_line(made: TestDesk) -> LedgerLine:
    (line,) = ledger.lines(made.context(), YEAR)
    return line


def test_a_line_says_from_when_to_when_it_was_put_up_in_public_or_why_not(made: TestDesk) -> None:
    found = an_approved_case(made)
    assert the_line(made).publicity == "急难型不公示"
    publish(made, "post")
    assert the_line(made).publicity == "发放后公示"
    made.clock.advance(timedelta(days=1))
    pay(made, a_pay_order(made, found))
    assert the_line(made).publicity == "2021-03-11至03-15"


def test_a_line_names_where_its_papers_lie_and_once_put_away_its_archive_number(
    made: TestDesk,
) -> None:
    found = an_approved_case(made)
    number = a_signed_payment(made, found).receipt_no
    assert the_line(made).file_place == ""
    receipts.file_original(made.context("记账戊"), number, "第3盒")
    assert the_line(made).file_place == "第3盒"
    now = cases.case(made.context(), found.case_id)
    order = ArchiveOrder(case_id=now.case_id, seen_version=now.version, archive_no="2021-0007")
    archives.file_case(made.context(), order)
    assert the_line(made).file_place == "2021-0007"


def test_the_printed_ledger_shows_full_numbers_and_the_same_total(made: TestDesk) -> None:
    a_mixed_year(made)
    pdf = ledger.ledger_pdf(made.context(), YEAR)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    flat = text.replace("\n", "").replace(" ", "")
    assert "640181198506179976" in flat
    assert Money.parse("3500").words in flat
