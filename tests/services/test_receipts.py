"""What becomes of a receipt number: seen, printed, signed, archived, voided, and never lost."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.documents.codes import code_text
from reliefdesk.domain.approvals import CashMeans
from reliefdesk.domain.case_records import Case, FirstReliefOrder
from reliefdesk.domain.cases import ApprovalMeans, CaseUnknownError
from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.ids import CaseId, ReceiptNo
from reliefdesk.domain.operators import Seat, SeatMissingError, SeatsConflictError
from reliefdesk.domain.payments import CannotSign, Fingerprint, NotPayableError, Proxy
from reliefdesk.domain.receipts import (
    FilePlaceError,
    ReceiptState,
    ReceiptStateError,
    ReceiptUnknownError,
    ReprintReasonError,
    SecondPersonError,
    SignedBy,
    VoidOrder,
)
from reliefdesk.services import (
    cases,
    cash,
    decisions,
    number_fates,
    operators,
    payments,
    persons,
    receipts,
)
from reliefdesk.services.receipts import ReceiptForm
from reliefdesk.storage import journal
from tests.builders import (
    P01,
    P02,
    TestDesk,
    a_desk,
    a_draft,
    a_pay_order,
    an_accepted_case,
    an_approved_case,
)
from tests.services.money import approved, opened, pay, reverse, sign, void

PROXY = Proxy(
    name="测试子", number="150302200501019980", relation="女儿", authorisation="委托书2021-03-10"
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def a_paid_number(made: TestDesk) -> ReceiptNo:
    return pay(made, a_pay_order(made, an_approved_case(made))).receipt_no


def printed(made: TestDesk, number: ReceiptNo, *, reason: str = "") -> str:
    done = receipts.print_receipt(made.context("出纳丁"), number, ReceiptForm.A5, reason=reason)
    return text_of(done.result)


def state(made: TestDesk, number: str) -> ReceiptState:
    return receipts.receipt(made.context(), number).state


def test_ten_previews_of_an_order_leave_the_counter_where_it_was(made: TestDesk) -> None:
    order = a_pay_order(made, an_approved_case(made))
    head = journal.head(made.context().file)
    for _ in range(10):
        pdf = receipts.preview_order(made.context("出纳丁"), order, ReceiptForm.A5)
    assert "XJ-" not in text_of(pdf)
    assert journal.head(made.context().file) == head
    assert pay(made, order).receipt_no.endswith("000001")


def test_a_receipt_says_who_allowed_large_cash_how_under_what_and_when(made: TestDesk) -> None:
    order = a_pay_order(made, an_approved_case(made))
    assert order.cash_approval is not None
    met = replace(order.cash_approval, means=CashMeans.MEETING, document="纪要〔2021〕3号")
    number = pay(made, replace(order, cash_approval=met)).receipt_no
    text = "".join(printed(made, number).split())
    assert "现金审批：街道主任会议决定（纪要〔2021〕3号），2021年3月10日09:00" in text


def test_an_order_that_could_not_be_paid_has_no_preview(made: TestDesk) -> None:
    order = a_pay_order(made, an_accepted_case(made), yuan="100")
    with pytest.raises(NotPayableError):
        receipts.preview_order(made.context("出纳丁"), order, ReceiptForm.A5)
    with pytest.raises(CaseUnknownError):
        receipts.preview_order(
            made.context("出纳丁"), replace(order, case_id=CaseId("none")), ReceiptForm.A5
        )


def test_a_look_at_a_receipt_is_no_print(made: TestDesk) -> None:
    number = a_paid_number(made)
    pdf = receipts.preview(made.context("出纳丁"), number, ReceiptForm.CONTINUOUS_241)
    assert number in text_of(pdf)
    assert receipts.receipt(made.context(), number).prints == 0
    assert state(made, number) is ReceiptState.ISSUED


@pytest.mark.parametrize("colon", [":", "："])
def test_the_scanned_code_of_a_receipt_finds_its_person(made: TestDesk, colon: str) -> None:
    number = a_paid_number(made)
    scanned = code_text(receipt_no=number, case_no="AJ-150302003-2021-000001")
    (found,) = persons.find(made.context(), scanned.replace(":", colon))
    assert found.name
    assert persons.find(made.context(), scanned.replace("000001", "000009")) == ()


def test_what_was_paid_but_not_printed_stands_as_issued(made: TestDesk) -> None:
    number = a_paid_number(made)
    assert [row.receipt.receipt_no for row in receipts.waiting(made.context())] == [number]
    assert state(made, number).label == "已开具"


def test_the_first_print_is_unmarked_and_the_second_says_which_it_is(made: TestDesk) -> None:
    number = a_paid_number(made)
    assert "补打" not in printed(made, number)
    with pytest.raises(ReprintReasonError):
        printed(made, number)
    second = printed(made, number, reason="卡纸")
    assert "补打" in second
    assert "第1次" in second.replace(" ", "")
    assert [row.reason for row in receipts.prints(made.context(), number)] == ["", "卡纸"]
    assert state(made, number) is ReceiptState.PRINTED


def test_a_later_look_shows_the_mark_of_the_last_print(made: TestDesk) -> None:
    number = a_paid_number(made)
    printed(made, number)
    printed(made, number, reason="卡纸")
    assert "补打" in text_of(receipts.preview(made.context(), number, ReceiptForm.A5))


def test_a_reprint_after_the_signature_keeps_the_signature(made: TestDesk) -> None:
    number = a_paid_number(made)
    sign(made, number)
    printed(made, number, reason="领款人要求")
    assert state(made, number) is ReceiptState.SIGNED


def test_a_receipt_is_signed_only_after_it_was_printed(made: TestDesk) -> None:
    number = a_paid_number(made)
    with pytest.raises(ReceiptStateError):
        receipts.sign(made.context("出纳丁"), number)


def test_signing_is_for_the_counter(made: TestDesk) -> None:
    number = a_paid_number(made)
    printed(made, number)
    with pytest.raises(SeatMissingError):
        receipts.sign(made.context("审批丙"), number)
    signed = receipts.sign(made.context("经办甲"), number).result
    assert signed.signed_on == made.context().today
    assert signed.signed_by is SignedBy.SIGNATURE


def test_who_signs_follows_from_who_collected(made: TestDesk) -> None:
    order = a_pay_order(made, an_approved_case(made))
    mark = Fingerprint(reason=CannotSign.ILLITERATE, witness="社区网格员")
    by_finger = pay(made, replace(order, fingerprint=mark)).receipt_no
    sign(made, by_finger)
    other = a_pay_order(made, an_approved_case(made, a_draft(P02)))
    by_proxy = pay(made, replace(other, proxy=PROXY)).receipt_no
    sign(made, by_proxy)
    found = [receipts.receipt(made.context(), number).signed_by for number in (by_finger, by_proxy)]
    assert found == [SignedBy.FINGERPRINT, SignedBy.PROXY]


def test_the_original_is_archived_at_a_place_by_somebody_else_than_the_cashier(
    made: TestDesk,
) -> None:
    number = a_paid_number(made)
    sign(made, number)
    with pytest.raises(SeatsConflictError):
        receipts.file_original(made.context("出纳丁"), number, "2021年第3盒")
    with pytest.raises(FilePlaceError):
        receipts.file_original(made.context("记账戊"), number, " ")
    filed = receipts.file_original(made.context("记账戊"), number, " 2021年第3盒 ").result
    assert (filed.state, filed.file_place) == (ReceiptState.FILED, "2021年第3盒")
    assert receipts.waiting(made.context()) == ()


def test_an_unsigned_original_is_not_archived(made: TestDesk) -> None:
    number = a_paid_number(made)
    with pytest.raises(ReceiptStateError):
        receipts.file_original(made.context("记账戊"), number, "2021年第3盒")


def test_an_archived_receipt_can_still_be_reversed(made: TestDesk) -> None:
    number = a_paid_number(made)
    sign(made, number)
    receipts.file_original(made.context("记账戊"), number, "2021年第3盒")
    reverse(made, number)
    assert state(made, number) is ReceiptState.REVERSED


def test_a_typo_after_printing_is_voided_and_issued_anew(made: TestDesk) -> None:
    found = an_approved_case(made, a_draft(yuan="2430"))
    wrong = pay(made, replace(a_pay_order(made, found, yuan="2340"), difference_reason="看错"))
    printed(made, wrong.receipt_no)
    done = void(made, wrong.receipt_no, a_pay_order(made, found, yuan="2430"))
    assert done.replacement is not None
    rows = receipts.numbers(made.context(), 2021)
    fates = [(row.receipt.serial, row.receipt.state, row.net.figures) for row in rows]
    assert fates == [(1, ReceiptState.VOID, "0.00"), (2, ReceiptState.ISSUED, "2,430.00")]
    assert (rows[0].reason, rows[0].second) == ("金额写错", "记账戊")
    assert rows[0].receipt.replaced_by == done.replacement.receipt_no
    assert rows[1].receipt.replaces == wrong.receipt_no
    assert cash.balance(made.context()).figures == "7,570.00"


def test_a_void_without_replacement_returns_the_cash(made: TestDesk) -> None:
    number = a_paid_number(made)
    done = void(made, number)
    assert done.replacement is None
    assert cash.balance(made.context()).figures == "10,000.00"
    assert payments.of_case(made.context(), done.undone.details.case_id)[0].net.fen == 0


def test_asking_again_for_the_same_void_and_replacement_changes_nothing(made: TestDesk) -> None:
    found = an_approved_case(made)
    number = pay(made, a_pay_order(made, found)).receipt_no
    again = a_pay_order(made, found, yuan="2000")
    first = void(made, number, again)
    head = journal.head(made.context().file)
    assert void(made, number, again) == first
    assert journal.head(made.context().file) == head


def test_a_replacement_that_cannot_be_paid_voids_nothing(made: TestDesk) -> None:
    found = an_approved_case(made)
    number = pay(made, a_pay_order(made, found)).receipt_no
    with pytest.raises(Exception, match="over_granted"):
        void(made, number, a_pay_order(made, found, yuan="2001"))
    assert state(made, number) is ReceiptState.ISSUED


def test_who_paid_is_not_the_second_person_even_if_another_cashier_voids(made: TestDesk) -> None:
    operators.change_seats(made.context("系统己"), made.by_name["记账戊"], (Seat.CASHIER,))
    number = a_paid_number(made)
    order = VoidOrder(receipt_no=number, reason="金额写错")
    with pytest.raises(SecondPersonError):
        receipts.void(
            made.context("记账戊"),
            order,
            officer=made.officer("记账戊"),
            second=made.officer("出纳丁"),
        )


def test_a_signed_or_void_receipt_is_not_voided_nor_printed_when_void(made: TestDesk) -> None:
    number = a_paid_number(made)
    sign(made, number)
    with pytest.raises(ReceiptStateError):
        void(made, number)
    other = pay(made, a_pay_order(made, an_approved_case(made, a_draft(P02)))).receipt_no
    void(made, other)
    with pytest.raises(ReceiptStateError):
        printed(made, other)


def test_a_void_number_looks_void_and_a_reversed_one_red(made: TestDesk) -> None:
    first = a_paid_number(made)
    void(made, first)
    assert "作" in text_of(receipts.preview(made.context(), first, ReceiptForm.A5))
    second = pay(made, a_pay_order(made, an_approved_case(made, a_draft(P02)))).receipt_no
    sign(made, second)
    reverse(made, second)
    red = text_of(receipts.preview(made.context(), second, ReceiptForm.A5))
    assert "（红字）人民币贰仟元整" in red.replace("\n", "")


def test_the_third_copy_masks_the_number_and_the_first_two_do_not(made: TestDesk) -> None:
    number = a_paid_number(made)
    pdf = receipts.preview(made.context(), number, ReceiptForm.A5)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    full = ["640181198506179976" in page for page in pages]
    assert full == [True, True, False]


def test_names_in_the_list_of_numbers_are_masked(made: TestDesk) -> None:
    a_paid_number(made)
    assert [row.name for row in receipts.numbers(made.context(), 2021)] == ["测**"]
    assert receipts.numbers(made.context(), 2020) == ()


def test_a_number_nobody_took_is_unknown_and_not_echoed_at_length(made: TestDesk) -> None:
    with pytest.raises(ReceiptUnknownError) as caught:
        receipts.receipt(made.context(), "X" * 1000)
    assert len(str(caught.value.facts["receipt_no"])) == 40


def test_the_receipts_of_a_case_stand_in_order(made: TestDesk) -> None:
    found = an_approved_case(made)
    number = pay(made, a_pay_order(made, found)).receipt_no
    void(made, number, a_pay_order(made, found, yuan="2000"))
    listed = receipts.of_case(made.context(), found.case_id)
    assert [receipt.serial for receipt in listed] == [1, 2]


def test_a_training_desk_has_its_own_series(tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk", kind=DeskKind.TRAINING)
    number = a_paid_number(made)
    assert number == "YL-150302003-2021-000001"
    assert "演练" in text_of(receipts.preview(made.context(), number, ReceiptForm.A5)).replace(
        "\n", ""
    )
    made.desk.close()


def approval_on_paper(made: TestDesk, found: Case) -> str:
    order = a_pay_order(made, found, yuan="1000")
    order = replace(order, difference_reason="先付一部分")
    pdf = receipts.preview_order(made.context("出纳丁"), order, ReceiptForm.A5)
    return text_of(pdf).replace("\n", "").replace(" ", "")


def test_paper_names_the_decision_the_cash_rests_on(made: TestDesk) -> None:
    found = an_approved_case(made)
    paper = approval_on_paper(made, found)
    assert "2021-03-10审批" in paper
    assert "低保标准810.00元（虚构〔2020〕1号）" in paper
    above = approved(made, a_draft(P02, yuan="2400"), document="区批〔2021〕8号")
    assert "区批〔2021〕8号" in approval_on_paper(made, above)


def test_paper_of_first_relief_names_who_said_so_and_how(made: TestDesk) -> None:
    found = an_accepted_case(made)
    order = FirstReliefOrder(
        case_id=found.case_id,
        seen_version=found.version,
        approver=made.by_name["审批丙"],
        amount=found.request.requested,
        means=ApprovalMeans.PHONE,
        approved_at=made.clock.now(),
    )
    decisions.approve_first_relief(made.context(), order, officer=made.officer("经办甲"))
    after = cases.case(made.context(), found.case_id)
    assert "先行救助审批丙电话批准2021-03-1009:00" in approval_on_paper(made, after)


def test_a_print_after_midnight_in_utc_counts_the_local_day(made: TestDesk) -> None:
    made.clock.advance(timedelta(hours=16))
    number = a_paid_number(made)
    assert receipts.receipt(made.context(), number).issued_on.isoformat() == "2021-03-11"


def test_the_fate_of_every_number_is_a_form(made: TestDesk) -> None:
    number = a_paid_number(made)
    void(made, number)
    text = text_of(number_fates.numbers_pdf(made.context(), 2021))
    assert "作废" in text
    assert "缺号：无" in text.replace(" ", "")


def test_a_reprint_shows_the_recipient_as_on_the_day_of_payment(made: TestDesk) -> None:
    found = an_approved_case(made)
    number = pay(made, a_pay_order(made, found)).receipt_no
    printed(made, number)
    draft = replace(P01, name="测试改")
    persons.correct(made.context("经办甲"), found.person_id, draft, reason="姓名录错")
    again = printed(made, number, reason="卡纸")
    assert "测试甲" in again
    assert "测试改" not in again
