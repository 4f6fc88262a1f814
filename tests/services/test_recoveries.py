"""Claims about money claimed back: scenario 18 whole, refusals, and that no drawer moves."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.domain.ledger import year_filter
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.domain.print_jobs import VoucherGoneError
from reliefdesk.domain.receipts import ReprintReasonError, SecondPersonError
from reliefdesk.domain.recoveries import (
    NothingKeptError,
    OverClaimError,
    OverRepaidError,
    Recovery,
    RecoveryDayError,
    RecoveryState,
    RecoveryStateError,
    RecoveryTextError,
    RepaymentStateError,
    UnderRecoveryError,
)
from reliefdesk.domain.recovery_orders import (
    ErrorCause,
    Means,
)
from reliefdesk.services import cases, cash, ledger, printing, recoveries, recovery_papers
from reliefdesk.storage import verification
from tests.builders import TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.money import opened, pay, reverse, sign
from tests.services.recovering import (
    a_claim_order,
    a_paid_case,
    a_repayment_order,
    a_tolerance,
    an_open_claim,
    claim,
    deposit,
    receive,
    repay,
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk with a float of 10,000."""
    yield from opened(tmp_path)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def void(made: TestDesk, found: Recovery, *, second: str = "记账戊") -> Recovery:
    repayment = found.repayments[-1].details.repayment_id
    return recoveries.void(
        made.context("出纳丁"),
        repayment,
        "金额写错",
        officer=made.officer("出纳丁"),
        second=made.officer(second),
    ).result


def test_a_fraud_is_claimed_repaid_in_two_parts_and_settled(made: TestDesk) -> None:
    found = an_open_claim(made)
    assert cases.case(made.context(), found.details.case_id).status == "已发放·追回中"
    assert repay(made, found, "1000").state is RecoveryState.OPEN
    settled = repay(made, found, "1430", means=Means.BANK)
    assert (settled.state, settled.balance) == (RecoveryState.DONE, ZERO)
    assert cases.case(made.context(), found.details.case_id).status == "已发放·已追回"
    numbers = [each.details.receipt_no for each in settled.repayments]
    assert numbers == ["SK-150302003-2021-000001", "SK-150302003-2021-000002"]


def test_repayments_stand_in_the_ledger_and_not_in_what_was_paid(made: TestDesk) -> None:
    found = an_open_claim(made)
    repay(made, found, "1000")
    made.clock.advance(timedelta(days=1))
    repay(made, found, "1430", means=Means.BANK)
    (row,) = ledger.ledger(made.context(), year_filter(2021)).rows
    assert (row.recovered.figures, row.paid.figures) == ("2,430.00", "2,430.00")
    assert len(row.recovered_on) == 2
    text = text_of(ledger.ledger_pdf(made.context(), year_filter(2021)))
    assert "2021-03-11" in text


def test_a_repayment_of_a_later_year_is_a_line_of_that_year(made: TestDesk) -> None:
    found = an_open_claim(made)
    made.clock.advance(timedelta(days=365))
    repay(made, found, "430")
    (row,) = ledger.ledger(made.context(), year_filter(2022)).rows
    assert (row.recovered.figures, row.paid) == ("430.00", ZERO)
    assert row.recovery is RecoveryState.OPEN


def test_repaid_cash_is_no_income_of_the_float(made: TestDesk) -> None:
    found = an_open_claim(made)
    before = cash.balance(made.context())
    repay(made, found, "1000")
    repay(made, found, "100", means=Means.BANK)
    assert cash.balance(made.context()) == before
    assert recoveries.kept(made.context()).figures == "1,000.00"  # what the bank got is no cash


def test_repaid_cash_is_kept_apart_until_it_is_handed_to_finance(made: TestDesk) -> None:
    repay(made, an_open_claim(made), "1000")
    assert recoveries.keepers(made.context()) == {made.by_name["出纳丁"]: Money.parse("1000")}
    assert deposit(made).figures == "1,000.00"
    assert recoveries.kept(made.context()) == ZERO
    with pytest.raises(NothingKeptError):
        deposit(made)


def test_a_window_that_asks_again_claims_and_takes_once(made: TestDesk) -> None:
    found = a_paid_case(made)
    order = a_claim_order(made, found)
    assert claim(made, order) == claim(made, order)
    wish = a_repayment_order(made, claim(made, order), "1000")
    receive(made, wish)
    assert receive(made, wish).repaid.figures == "1,000.00"


def test_no_more_is_claimed_than_was_paid(made: TestDesk) -> None:
    found = a_paid_case(made)
    with pytest.raises(OverClaimError):
        claim(made, a_claim_order(made, found, yuan="2430.01"))
    claim(made, a_claim_order(made, found, yuan="2000"))
    with pytest.raises(OverClaimError):
        claim(made, a_claim_order(made, found, yuan="430.01"))
    claim(made, a_claim_order(made, found, yuan="430"))


def test_a_claim_needs_its_reason_its_days_and_the_approver(made: TestDesk) -> None:
    order = a_claim_order(made, a_paid_case(made))
    today = made.context().today
    with pytest.raises(RecoveryTextError):
        claim(made, replace(order, reason=" "))
    with pytest.raises(RecoveryDayError):
        claim(made, replace(order, found_on=today + timedelta(days=1)))
    with pytest.raises(RecoveryDayError):
        claim(made, replace(order, due_on=today - timedelta(days=1)))
    with pytest.raises(SeatMissingError):
        claim(made, order, name="经办甲")


def test_no_more_comes_back_than_is_owed(made: TestDesk) -> None:
    found = an_open_claim(made)
    with pytest.raises(OverRepaidError):
        repay(made, found, "2430.01")
    repay(made, found, "2430")
    with pytest.raises(RecoveryStateError):
        repay(made, found, "0.01")


def test_a_transfer_needs_its_voucher(made: TestDesk) -> None:
    order = a_repayment_order(made, an_open_claim(made), "100", means=Means.BANK)
    with pytest.raises(RecoveryTextError):
        receive(made, replace(order, reference=""))


def test_a_repayment_entered_wrongly_is_voided_and_its_number_stays(made: TestDesk) -> None:
    found = an_open_claim(made)
    after = void(made, repay(made, found, "1340"))
    assert after.balance.figures == "2,430.00"
    again = repay(made, found, "1430")
    assert [each.net.figures for each in again.repayments] == ["0.00", "1,430.00"]
    assert again.repayments[-1].details.receipt_no.endswith("000002")


def test_a_void_needs_a_second_person_and_cash_still_here(made: TestDesk) -> None:
    found = repay(made, an_open_claim(made), "1000")
    with pytest.raises(SecondPersonError):
        void(made, found, second="出纳丁")
    deposit(made)
    with pytest.raises(RepaymentStateError):
        void(made, found)


def test_a_claim_made_by_mistake_is_withdrawn_while_nothing_came_back(made: TestDesk) -> None:
    found = an_open_claim(made)
    officer = made.officer("审批丙")
    done = recoveries.withdraw(made.context(), found.details.recovery_id, "认错人", officer=officer)
    assert done.result.state is RecoveryState.WITHDRAWN
    assert cases.case(made.context(), found.details.case_id).status == "已发放"
    reverse(made, "XJ-150302003-2021-000001")  # the payment is free again


def test_a_claim_with_repayments_is_not_withdrawn(made: TestDesk) -> None:
    found = repay(made, an_open_claim(made), "1")
    with pytest.raises(RecoveryStateError):
        recoveries.withdraw(
            made.context(), found.details.recovery_id, "认错人", officer=made.officer("审批丙")
        )


def test_what_is_claimed_back_is_neither_reversed_nor_paid_on(made: TestDesk) -> None:
    found = an_approved_case(made, a_draft(yuan="2000"))
    order = a_pay_order(made, found, yuan="1500")
    sign(made, pay(made, replace(order, difference_reason="先发一部分")).receipt_no)
    paid = cases.case(made.context(), found.case_id)
    claim(made, a_claim_order(made, paid, yuan="1500"))
    with pytest.raises(UnderRecoveryError):
        pay(made, a_pay_order(made, found, yuan="500"))
    with pytest.raises(UnderRecoveryError):
        reverse(made, "XJ-150302003-2021-000001")


def test_the_evidence_of_diligence_is_kept_with_the_claim(made: TestDesk) -> None:
    found = an_open_claim(made)
    noted = a_tolerance(made, found)
    assert noted.tolerance is not None
    assert noted.tolerance.cause is ErrorCause.CONCEALED
    completed = a_tolerance(made, found, corrected=made.context().today)
    assert completed.tolerance is not None
    assert completed.tolerance.corrected_on == made.context().today
    steps = [step.act for step in cases.steps(made.context(), found.details.case_id)]
    assert steps.count("容错登记（C 救助对象故意隐瞒）") == 2


def test_the_letter_says_why_how_much_and_until_when(made: TestDesk) -> None:
    found = repay(made, an_open_claim(made), "1000")
    paper = recovery_papers.demand_letter(made.context(), found.details.recovery_id)
    text = text_of(paper.pdf)
    for part in (
        "隐瞒有效居住证",
        "人民币壹仟肆佰叁拾元整",
        "2021年3月20日",
        "行政复议",
        "区民政局",
    ):
        assert part in text
    assert "测试丙" not in paper.title


def test_the_sheet_shows_owed_paid_and_the_tolerance(made: TestDesk) -> None:
    found = a_tolerance(made, repay(made, an_open_claim(made), "1000"))
    paper = recovery_papers.repayment_sheet(made.context(), found.details.recovery_id)
    text = text_of(paper.pdf)
    assert found.sheet_no == "202103-001"
    for part in ("202103-001", "1,430.00", "SK-150302003-2021-000001", "车管所", "待缴存"):
        assert part in text


def test_the_receipt_has_two_copies_and_marks_every_print_after_the_first(
    made: TestDesk, tmp_path: Path
) -> None:
    number = repay(made, an_open_claim(made), "1000").repayments[0].details.receipt_no
    cashier = made.context("出纳丁")
    first = recovery_papers.print_receipt(cashier, number).result
    assert len(PdfReader(io.BytesIO(first.pdf)).pages) == 2
    assert "补打" not in text_of(first.pdf)
    assert "尚欠￥1,430.00" in text_of(first.pdf)
    assert recovery_papers.print_receipt(cashier, number).result == first
    printing.save(cashier, first, tmp_path / "SK")
    with pytest.raises(VoucherGoneError):
        printing.save(cashier, first, tmp_path / "SK2")
    with pytest.raises(ReprintReasonError):
        recovery_papers.print_receipt(cashier, number)
    again = recovery_papers.print_receipt(cashier, number, reason="卡纸").result
    assert "补打第1次" in text_of(again.pdf)


def test_a_receipt_that_was_voided_before_it_left_never_goes_out_as_good(made: TestDesk) -> None:
    claim = repay(made, an_open_claim(made), "1000")
    number = claim.repayments[0].details.receipt_no
    cashier = made.context("出纳丁")
    recovery_papers.print_receipt(cashier, number)
    void(made, claim)
    with pytest.raises(ReprintReasonError):
        recovery_papers.print_receipt(cashier, number)
    again = recovery_papers.print_receipt(cashier, number, reason="随作废留存").result
    assert "作废" in text_of(again.pdf)


def test_replay_gives_the_same_tables(made: TestDesk) -> None:
    found = a_tolerance(made, repay(made, an_open_claim(made), "1000"))
    void(made, repay(made, found, "30"))
    deposit(made)
    assert verification.verify(made.desk.context().file).good
