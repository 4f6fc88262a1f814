"""Taking a payment back: red entries, second persons, replacements and supplements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import (
    VerifiedOfficer,
)
from reliefdesk.domain.payments import (
    AlreadyReversedError,
    PaymentKind,
    ReplacementCaseError,
    ReverseOrder,
    SupplementStyleError,
    UndoingKind,
)
from reliefdesk.domain.receipts import (
    ReceiptState,
    ReceiptStateError,
    ReceiptUnknownError,
    SecondPersonError,
    VoidReasonError,
)
from reliefdesk.services import cash, payments, receipts
from reliefdesk.storage import journal
from tests.builders import (
    P02,
    TestDesk,
    a_draft,
    a_pay_order,
    an_approved_case,
)
from tests.services.money import a_signed_payment, opened, pay, reverse, supplement_style


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def test_a_reversal_returns_the_money_to_the_drawer_by_a_red_entry(made: TestDesk) -> None:
    found = an_approved_case(made)
    paid = a_signed_payment(made, found)
    done = reverse(made, paid.receipt_no)
    assert cash.balance(made.context()) == Money.parse("10000")
    assert done.undone.net.fen == 0
    assert done.undone.undoing is not None
    assert done.undone.undoing.kind is UndoingKind.REVERSAL
    today = made.context().today
    entry = cash.journal(made.context(), today, today).lines[3].entry
    assert entry is not None
    assert (entry.summary, entry.outgo.figures) == ("冲销3月10日第000001号", "-2,000.00")
    assert receipts.receipt(made.context(), paid.receipt_no).state is ReceiptState.REVERSED


def test_a_reversal_with_its_new_payment_is_one_step(made: TestDesk) -> None:
    found = an_approved_case(made, a_draft(yuan="2430"))
    wrong = a_signed_payment(made, found, yuan="2340")
    done = reverse(made, wrong.receipt_no, a_pay_order(made, found, yuan="2430"))
    assert done.replacement is not None
    assert done.replacement.details.replaces == wrong.receipt_no
    assert done.replacement.details.kind is PaymentKind.RELIEF
    assert cash.balance(made.context()) == Money.parse("7570")
    old = receipts.receipt(made.context(), wrong.receipt_no)
    assert old.replaced_by == done.replacement.receipt_no
    last = cash.journal(made.context(), date(2021, 3, 10), date(2021, 3, 10)).lines[4].entry
    assert last is not None
    assert last.summary == "更正3月10日第000001号　测试甲"


def test_a_repeated_reversal_changes_nothing(made: TestDesk) -> None:
    paid = a_signed_payment(made, an_approved_case(made))
    order = ReverseOrder(
        reversal_id=made.new_payment_id(), receipt_no=paid.receipt_no, reason="金额写错"
    )
    officers = {"officer": made.officer("出纳丁"), "second": made.officer("记账戊")}
    first = payments.reverse(made.context("出纳丁"), order, **officers)
    again = payments.reverse(made.context("出纳丁"), order, **officers)
    assert again.result == first.result
    assert not again.changes
    assert cash.balance(made.context()) == Money.parse("10000")


def test_a_payment_is_reversed_once(made: TestDesk) -> None:
    paid = a_signed_payment(made, an_approved_case(made))
    reverse(made, paid.receipt_no)
    with pytest.raises(AlreadyReversedError):
        reverse(made, paid.receipt_no)


def test_an_unsigned_payment_is_voided_not_reversed(made: TestDesk) -> None:
    paid = pay(made, a_pay_order(made, an_approved_case(made)))
    with pytest.raises(ReceiptStateError):
        reverse(made, paid.receipt_no)
    with pytest.raises(ReceiptUnknownError):
        reverse(made, "XJ-150302003-2021-000009")


@pytest.mark.parametrize("second", ["出纳丁", "记账戊"])
def test_a_reversal_needs_a_second_person_and_a_reason(made: TestDesk, second: str) -> None:
    paid = a_signed_payment(made, an_approved_case(made))
    reason, error = ("错", SecondPersonError) if second == "出纳丁" else (" ", VoidReasonError)
    order = ReverseOrder(
        reversal_id=made.new_payment_id(), receipt_no=paid.receipt_no, reason=reason
    )
    with pytest.raises(error):
        payments.reverse(
            made.context("出纳丁"),
            order,
            officer=made.officer("出纳丁"),
            second=made.officer(second),
        )
    assert payments.payment(made.context(), paid.receipt_no).undoing is None


def test_an_officer_who_left_confirms_nothing(made: TestDesk) -> None:
    paid = a_signed_payment(made, an_approved_case(made))
    gone = made.officer("记账戊")
    gone = VerifiedOfficer(operator=replace(gone.operator, active=False))
    order = ReverseOrder(reversal_id=made.new_payment_id(), receipt_no=paid.receipt_no, reason="错")
    with pytest.raises(SecondPersonError):
        payments.reverse(made.context("出纳丁"), order, officer=made.officer("出纳丁"), second=gone)


def test_a_replacement_pays_the_same_case_or_nothing_happens(made: TestDesk) -> None:
    paid = a_signed_payment(made, an_approved_case(made))
    other = an_approved_case(made, a_draft(P02))
    head = journal.head(made.context().file)
    with pytest.raises(ReplacementCaseError):
        reverse(made, paid.receipt_no, a_pay_order(made, other))
    assert journal.head(made.context().file) == head
    assert cash.balance(made.context()) == Money.parse("8000")


def test_a_missing_rest_is_supplemented_only_where_the_desk_corrects_that_way(
    made: TestDesk,
) -> None:
    found = an_approved_case(made, a_draft(yuan="2430"))
    a_signed_payment(made, found, yuan="2340")
    with pytest.raises(SupplementStyleError):
        pay(made, a_pay_order(made, found, yuan="90"))
    supplement_style(made)
    paid = pay(made, a_pay_order(made, found, yuan="90"))
    assert paid.details.kind is PaymentKind.SUPPLEMENT
    assert paid.receipt_no.endswith("000002")
    assert cash.balance(made.context()) == Money.parse("7570")


def test_a_supplement_waits_for_the_signature_of_what_it_supplements(made: TestDesk) -> None:
    supplement_style(made)
    found = an_approved_case(made, a_draft(yuan="2430"))
    short = replace(a_pay_order(made, found, yuan="2340"), difference_reason="看错")
    pay(made, short)
    with pytest.raises(ReceiptStateError):
        pay(made, a_pay_order(made, found, yuan="90"))


def test_a_supplement_looks_past_what_was_taken_back(made: TestDesk) -> None:
    supplement_style(made)
    found = an_approved_case(made, a_draft(yuan="2430"))
    wrong = a_signed_payment(made, found, yuan="2000")
    reverse(made, wrong.receipt_no)
    a_signed_payment(made, found, yuan="2340")
    assert pay(made, a_pay_order(made, found, yuan="90")).details.kind is PaymentKind.SUPPLEMENT
