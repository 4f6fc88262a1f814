"""Paying and taking back on a real desk: who may, how much, and what a refusal leaves behind."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest

from reliefdesk.domain.approvals import ApprovalFutureError, CashApprovalError, CashMeans
from reliefdesk.domain.case_records import Case, FirstReliefOrder
from reliefdesk.domain.cases import ApprovalMeans, CaseChangedError, CaseUnknownError, Situation
from reliefdesk.domain.cash import FloatShortError
from reliefdesk.domain.ids import CaseId, OperatorId
from reliefdesk.domain.money import AmountZeroError, Money
from reliefdesk.domain.operators import (
    ExemptionNeededError,
    RelativeError,
    Seat,
    SeatMissingError,
    SeatsConflictError,
)
from reliefdesk.domain.payments import (
    AlreadyPaidError,
    CannotSign,
    CashReasonError,
    DifferenceReasonError,
    Fingerprint,
    NoRecipientError,
    NotPayableError,
    OverCapError,
    OverGrantedError,
    PaymentKind,
    PaymentUndoneError,
    PayOrder,
    Proxy,
    ProxyIncompleteError,
    StaffProxyError,
    SupervisorError,
    WitnessError,
)
from reliefdesk.domain.policies import AreaClass, PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.receipts import (
    ReceiptState,
)
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import cases, cash, decisions, operators, payments, receipts
from reliefdesk.storage import journal
from tests.builders import (
    P02,
    P03,
    TestDesk,
    a_desk,
    a_draft,
    a_pay_order,
    add_float,
    an_accepted_case,
    an_approved_case,
    enter,
)
from tests.services.counter import somebody
from tests.services.money import approved, opened, pay, void

PROXY = Proxy(
    name="测试子", number="150302200501019980", relation="女儿", authorisation="委托书2021-03-10"
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def refuses(made: TestDesk, order: PayOrder, error: type[ReliefDeskError]) -> ReliefDeskError:
    """Pay and expect `error`; drawer, numbers and journal must be as before."""
    head = journal.head(made.context().file)
    balance = cash.balance(made.context())
    with pytest.raises(error) as caught:
        pay(made, order)
    assert journal.head(made.context().file) == head
    assert cash.balance(made.context()) == balance
    assert receipts.numbers(made.context(), 2021) == ()
    return caught.value


def test_a_normal_payment_takes_number_one_and_the_cash(made: TestDesk) -> None:
    found = an_approved_case(made)
    paid = pay(made, a_pay_order(made, found))
    assert paid.receipt_no == "XJ-150302003-2021-000001"
    assert paid.amount.words == "人民币贰仟元整"
    assert cash.balance(made.context()) == Money.parse("8000")
    assert receipts.receipt(made.context(), paid.receipt_no).state is ReceiptState.ISSUED
    assert cases.case(made.context(), found.case_id).rest.fen == 0


def test_a_retry_of_the_same_payment_pays_once(made: TestDesk) -> None:
    found = an_approved_case(made)
    order, officer = a_pay_order(made, found), made.officer("出纳丁")
    first = payments.pay(made.context("出纳丁"), order, seen_version=found.version, officer=officer)
    head = journal.head(made.context().file)
    again = payments.pay(made.context("出纳丁"), order, seen_version=found.version, officer=officer)
    assert again.result == first.result
    assert first.changes
    assert not again.changes
    assert journal.head(made.context().file) == head


def test_a_retry_of_a_payment_taken_back_since_is_refused_by_its_number(made: TestDesk) -> None:
    found = an_approved_case(made)
    order = a_pay_order(made, found)
    paid = pay(made, order)
    void(made, paid.receipt_no)
    head = journal.head(made.context().file)
    with pytest.raises(PaymentUndoneError) as refused:
        pay(made, order)
    assert refused.value.facts == {"receipt_no": paid.receipt_no}
    assert journal.head(made.context().file) == head


def test_a_window_that_saw_an_older_case_is_told(made: TestDesk) -> None:
    found = an_approved_case(made)
    with pytest.raises(CaseChangedError):
        payments.pay(
            made.context("出纳丁"),
            a_pay_order(made, found),
            seen_version=found.version - 1,
            officer=made.officer("出纳丁"),
        )
    assert receipts.numbers(made.context(), 2021) == ()


def test_a_case_without_decision_is_not_paid(made: TestDesk) -> None:
    found = an_accepted_case(made)
    refuses(made, a_pay_order(made, found, yuan="100"), NotPayableError)


def test_a_case_nobody_knows_is_not_paid(made: TestDesk) -> None:
    found = an_approved_case(made)
    order = replace(a_pay_order(made, found), case_id=CaseId("none"))
    with pytest.raises(CaseUnknownError):
        payments.pay(made.context("出纳丁"), order, seen_version=1, officer=made.officer("出纳丁"))


def test_more_than_the_drawer_holds_is_refused_before_a_number_is_taken(tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk", float_yuan="1200")
    found = an_approved_case(made)
    refused = refuses(made, a_pay_order(made, found), FloatShortError)
    assert refused.facts["short"] == Money.parse("800")
    add_float(made, "800")
    assert pay(made, a_pay_order(made, found)).receipt_no.endswith("000001")
    made.desk.close()


def test_the_second_of_two_payments_of_700_out_of_1200_fails(tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk", float_yuan="1200")
    first = an_approved_case(made, a_draft(yuan="700"))
    second = an_approved_case(made, a_draft(P02, yuan="700"))
    pay(made, a_pay_order(made, first))
    with pytest.raises(FloatShortError):
        pay(made, a_pay_order(made, second))
    assert cash.balance(made.context()) == Money.parse("500")
    assert [row.receipt.serial for row in receipts.numbers(made.context(), 2021)] == [1]
    made.desk.close()


def test_cash_above_the_limit_needs_its_recorded_approval(made: TestDesk) -> None:
    order = a_pay_order(made, an_approved_case(made))
    refused = refuses(made, replace(order, cash_approval=None), CashApprovalError)
    assert refused.facts["limit"] == Money.parse("1000")
    refuses(made, replace(order, cash_reason=""), CashReasonError)


def test_who_allowed_large_cash_how_and_when_stand_apart_on_the_payment(made: TestDesk) -> None:
    order = a_pay_order(made, an_approved_case(made))
    allowed = order.cash_approval
    assert allowed is not None
    later = replace(allowed, at=made.clock.now() + timedelta(minutes=1))
    refuses(made, replace(order, cash_approval=later), ApprovalFutureError)
    paid = pay(made, order)
    assert paid.details.cash_approval == allowed
    assert (allowed.approver, allowed.means) == ("街道主任", CashMeans.PHONE)


def test_cash_up_to_the_limit_needs_no_approval(made: TestDesk) -> None:
    found = an_approved_case(made, a_draft(yuan="1000"))
    paid = pay(made, replace(a_pay_order(made, found), cash_approval=None))
    assert paid.details.uses[0].key is PolicyKey.CASH_SINGLE_LIMIT


def test_only_the_granted_rest_is_paid(made: TestDesk) -> None:
    order = a_pay_order(made, an_approved_case(made))
    refuses(made, replace(order, amount=Money.parse("2000.01")), OverGrantedError)
    refuses(made, replace(order, amount=Money.parse("1999.99")), DifferenceReasonError)
    refuses(made, replace(order, amount=Money(0)), AmountZeroError)


def test_a_paid_case_is_not_paid_again(made: TestDesk) -> None:
    found = an_approved_case(made)
    pay(made, a_pay_order(made, found))
    with pytest.raises(AlreadyPaidError):
        pay(made, a_pay_order(made, found, yuan="1"))


@pytest.mark.parametrize("name", ["经办甲", "审批丙"])
def test_only_a_cashier_pays(made: TestDesk, name: str) -> None:
    order = a_pay_order(made, an_approved_case(made))
    with pytest.raises(SeatMissingError):
        pay(made, order, name=name)
    assert payments.of_case(made.context(), order.case_id) == ()


def test_who_accepted_the_case_pays_it_only_with_an_exemption(made: TestDesk) -> None:
    both = (Seat.REGISTRAR, Seat.CASHIER)
    operators.change_seats(made.context("系统己"), made.by_name["经办甲"], both)
    order = a_pay_order(made, an_approved_case(made))
    with pytest.raises(ExemptionNeededError):
        pay(made, order, name="经办甲")


def test_a_relative_of_the_recipient_does_not_pay(made: TestDesk) -> None:
    draft = replace(a_draft(), staff_relative=made.by_name["出纳丁"])
    order = a_pay_order(made, approved(made, draft))
    refuses(made, order, RelativeError)


def test_cash_is_not_handed_to_a_person_nobody_could_identify(made: TestDesk) -> None:
    draft = replace(a_draft(), situation=Situation.NEEDS_CARE)
    refuses(made, a_pay_order(made, approved(made, draft)), NoRecipientError)


def test_a_proxy_collects_with_papers_and_staff_never(made: TestDesk) -> None:
    order = a_pay_order(made, an_approved_case(made))
    refuses(made, replace(order, proxy=replace(PROXY, relation=" ")), ProxyIncompleteError)
    refused = refuses(made, replace(order, proxy=replace(PROXY, name="经办甲")), StaffProxyError)
    assert refused.facts == {"name": "经办甲"}
    assert pay(made, replace(order, proxy=PROXY)).details.proxy == PROXY


@pytest.mark.parametrize("witness", ["", "出纳丁"])
def test_a_fingerprint_needs_a_witness_besides_the_cashier(made: TestDesk, witness: str) -> None:
    order = a_pay_order(made, an_approved_case(made))
    mark = Fingerprint(reason=CannotSign.ILLITERATE, witness=witness)
    refuses(made, replace(order, fingerprint=mark), WitnessError)


def test_the_supervisor_is_an_officer_besides_the_cashier(made: TestDesk) -> None:
    order = a_pay_order(made, an_approved_case(made))
    refuses(made, replace(order, supervisor=made.by_name["出纳丁"]), SupervisorError)
    refuses(made, replace(order, supervisor=OperatorId("nobody")), SupervisorError)
    paid = pay(made, replace(order, supervisor=made.by_name["记账戊"]))
    assert paid.details.supervisor == made.by_name["记账戊"]


def first_relief(made: TestDesk, yuan: str) -> Case:
    found = an_accepted_case(made)
    order = FirstReliefOrder(
        case_id=found.case_id,
        seen_version=found.version,
        approver=made.by_name["审批丙"],
        amount=Money.parse(yuan),
        means=ApprovalMeans.PHONE,
        approved_at=made.clock.now(),
    )
    decisions.approve_first_relief(made.context(), order, officer=made.officer("经办甲"))
    return cases.case(made.context(), found.case_id)


def test_first_relief_is_paid_before_the_decision(made: TestDesk) -> None:
    found = first_relief(made, "1000")
    paid = pay(made, a_pay_order(made, found))
    assert paid.details.kind is PaymentKind.FIRST_RELIEF
    assert paid.amount == Money.parse("1000")
    refused = payments.payable(made.context(), found.case_id)
    assert refused.rest.fen == 0


def payment_day_counts(made: TestDesk) -> None:
    draft = PolicyRowDraft(
        key=PolicyKey.STANDARD_DAY,
        value="payment",
        valid_from=date(2021, 1, 1),
        document="虚构〔2020〕6号",
    )
    enter(made, draft)


def test_where_the_payment_day_counts_the_cap_is_judged_again(made: TestDesk) -> None:
    payment_day_counts(made)
    found = an_approved_case(made, a_draft(yuan="2430"))
    enter(
        made,
        PolicyRowDraft(
            key=PolicyKey.STANDARD,
            area=AreaClass.URBAN,
            value="700.00",
            valid_from=date(2021, 3, 11),
            document="虚构〔2021〕9号",
        ),
    )
    made.clock.advance(timedelta(days=1))
    refused = refuses(made, a_pay_order(made, found), OverCapError)
    assert refused.facts["cap"] == Money.parse("2100")
    order = replace(a_pay_order(made, found, yuan="2100"), difference_reason="标准调整")
    assert {use.key for use in pay(made, order).details.uses} >= {PolicyKey.STANDARD}


def test_a_retry_survives_a_new_day_and_keeps_its_day(made: TestDesk) -> None:
    found = an_approved_case(made, a_draft(P03))
    order = a_pay_order(made, found)
    paid = pay(made, order)
    made.clock.advance(timedelta(days=400))
    assert pay(made, order) == paid


def test_a_new_year_starts_its_own_series(made: TestDesk) -> None:
    first = pay(made, a_pay_order(made, an_approved_case(made)))
    made.clock.advance(timedelta(days=365))
    second = pay(made, a_pay_order(made, an_approved_case(made, a_draft(P02))))
    assert first.receipt_no == "XJ-150302003-2021-000001"
    assert second.receipt_no == "XJ-150302003-2022-000001"
    assert receipts.faults(made.context()) == ()


def test_the_limit_of_today_is_told_to_the_pay_page(made: TestDesk) -> None:
    assert payments.cash_limit(made.context()).value == "1000.00"


def test_who_decided_the_case_never_pays_it(made: TestDesk) -> None:
    both = (Seat.APPROVER, Seat.CASHIER)
    operators.change_seats(made.context("系统己"), made.by_name["审批丙"], both)
    order = a_pay_order(made, an_approved_case(made))
    with pytest.raises(SeatsConflictError):
        pay(made, order, name="审批丙")


def pay_at_once(made: TestDesk, shares: Sequence[Sequence[PayOrder]]) -> list[str]:
    """Pay each share over a connection of its own, all at the same time."""
    context, officer, done = made.context("出纳丁"), made.officer("出纳丁"), list[str]()

    def work(orders: Sequence[PayOrder]) -> None:
        file = context.file.another()
        own = replace(context, file=file)
        for order in orders:
            version = cases.case(own, order.case_id).version
            try:
                paid = payments.pay(own, order, seen_version=version, officer=officer).result
                done.append(paid.receipt_no)
            except FloatShortError:
                done.append("short")
        file.abandon()

    threads = [Thread(target=work, args=(orders,)) for orders in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(done)


def test_two_connections_paying_at_once_take_every_number_once(made: TestDesk) -> None:
    orders = [
        a_pay_order(made, an_approved_case(made, a_draft(somebody(number), yuan="10")))
        for number in range(20)
    ]
    taken = pay_at_once(made, [orders[::2], orders[1::2]])
    assert taken == [f"XJ-150302003-2021-{serial:06d}" for serial in range(1, 21)]
    assert receipts.faults(made.context()) == ()


def test_two_payments_of_700_at_once_out_of_1200_end_with_one(tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk", float_yuan="1200")
    orders = [
        a_pay_order(made, an_approved_case(made, a_draft(somebody(number), yuan="700")))
        for number in range(2)
    ]
    taken = pay_at_once(made, [orders[:1], orders[1:]])
    assert taken == ["XJ-150302003-2021-000001", "short"]
    assert cash.balance(made.context()) == Money.parse("500")
    made.desk.close()
