"""Paying: never more than granted, never without a reason, never by or to the wrong hands."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain import approvals, payments
from reliefdesk.domain.approvals import CashApproval, CashMeans, approval_from
from reliefdesk.domain.budgets import FundSource
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId, PersonId, ReceiptNo
from reliefdesk.domain.money import AmountZeroError, Money
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.payments import (
    CannotSign,
    CashPaid,
    Fingerprint,
    Payable,
    Payment,
    PaymentKind,
    PayOrder,
    Proxy,
    Recipient,
    Undoing,
    UndoingKind,
    kind_of,
    moved,
    net_of,
    require_cash_terms,
    require_collector,
    require_payable,
)
from reliefdesk.errors import UserError

NOON = datetime(2021, 3, 10, 4, 0, tzinfo=UTC)
DAY, LATER = date(2021, 3, 10), date(2021, 4, 2)
CASHIER = Operator(operator_id=OperatorId("u5"), name="出纳丁", seats=(Seat.CASHIER,), active=True)
OFFICER = Operator(operator_id=OperatorId("u1"), name="经办甲", seats=(), active=True)
GONE = Operator(operator_id=OperatorId("u9"), name="离职己", seats=(), active=False)


RECIPIENT = Recipient(
    name="测试甲", kind=DocumentKind.CITIZEN, number="640181198506179976", hukou_place="灵武市"
)


def an_order(**changed: Any) -> PayOrder:  # noqa: ANN401 - any field may change
    facts: dict[str, Any] = {
        "payment_id": PaymentId("p1"),
        "case_id": CaseId("c1"),
        "amount": Money(200000),
        "cash_reason": "无银行卡",
    }
    return PayOrder(**(facts | changed))


def a_payment(fen: int = 200000, **changed: Any) -> Payment:  # noqa: ANN401 - any field may change
    undone_on = changed.pop("undone_on", None)
    facts: dict[str, Any] = {
        "payment_id": PaymentId("p1"),
        "case_id": CaseId("c1"),
        "person_id": PersonId("n1"),
        "recipient": RECIPIENT,
        "kind": PaymentKind.RELIEF,
        "amount": Money(fen),
        "receipt_no": ReceiptNo("XJ-150302003-2021-000001"),
        "cashier": CASHIER.operator_id,
        "supervisor": None,
        "paid_on": DAY,
        "cash_reason": "无银行卡",
        "cash_approval": None,
        "difference_reason": "",
        "proxy": None,
        "fingerprint": None,
        "fund_source": FundSource.FUNDS,
        "remark": "",
        "replaces": None,
        "uses": (),
    }
    undoing = None if undone_on is None else an_undoing(undone_on)
    at = datetime(2021, 3, 10, 3, 0, tzinfo=UTC)
    return Payment(seq=1, paid_at=at, details=CashPaid(**(facts | changed)), undoing=undoing)


def an_undoing(on: date) -> Undoing:
    return Undoing(
        seq=2,
        payment_id=PaymentId("p1"),
        kind=UndoingKind.REVERSAL,
        reason="金额错误",
        by=CASHIER.operator_id,
        second=OFFICER.operator_id,
        undone_on=on,
        undone_at=datetime(2021, 4, 2, 3, 0, tzinfo=UTC),
    )


def granted(fen: int, paid: int = 0) -> Payable:
    return Payable(kind=PaymentKind.RELIEF, granted=Money(fen), paid=Money(paid))


@given(
    grant=st.integers(1, 10**6),
    paid=st.integers(0, 10**6),
    fen=st.integers(-5, 2 * 10**6),
    explained=st.booleans(),
)
def test_no_order_ever_pays_more_than_was_granted(
    *, grant: int, paid: int, fen: int, explained: bool
) -> None:
    order = an_order(amount=Money(fen), difference_reason="家属已垫付" if explained else " ")
    rest = grant - paid
    allowed = 0 < fen <= rest and (fen == rest or explained)
    try:
        require_payable(order, granted(grant, paid), case_no="AJ")
    except UserError:
        assert not allowed
    else:
        assert allowed


@pytest.mark.parametrize(
    ("fen", "payable", "refusal"),
    [
        (0, granted(100), AmountZeroError),
        (100, granted(100, 100), payments.AlreadyPaidError),
        (101, granted(100), payments.OverGrantedError),
        (99, granted(100), payments.DifferenceReasonError),
    ],
)
def test_a_refused_amount_is_refused_by_name(
    fen: int, payable: Payable, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        require_payable(an_order(amount=Money(fen)), payable, case_no="AJ")


def test_cash_needs_a_reason_and_above_the_limit_an_approval() -> None:
    limit = Money(100000)
    allowed = CashApproval(approver="街道主任", means=CashMeans.PHONE, at=NOON)
    require_cash_terms(an_order(amount=limit), limit, now=NOON)
    require_cash_terms(an_order(cash_approval=allowed), limit, now=NOON)
    with pytest.raises(payments.CashReasonError):
        require_cash_terms(an_order(cash_reason=" "), limit, now=NOON)
    with pytest.raises(approvals.CashApprovalError):
        require_cash_terms(an_order(amount=Money(100001)), limit, now=NOON)


def test_an_approval_names_who_how_and_when_and_lies_in_the_past() -> None:
    assert approval_from(" ", CashMeans.PHONE, NOON) is None
    found = approval_from(" 街道主任 ", CashMeans.MEETING, NOON, document="纪要3号")
    assert found is not None
    assert (found.approver, found.document) == ("街道主任", "纪要3号")
    for lack, refusal in (
        ({"approver": "", "document": "纪要3号"}, approvals.ApproverMissingError),
        ({"means": None}, approvals.ApprovalMeansError),
        ({"at": None}, approvals.ApprovalInstantError),
    ):
        boxes: dict[str, Any] = {"approver": "街道主任", "means": CashMeans.PHONE, "at": NOON}
        with pytest.raises(refusal):
            approval_from(**(boxes | lack))
    early = NOON - timedelta(minutes=1)
    with pytest.raises(approvals.ApprovalFutureError):
        require_cash_terms(an_order(cash_approval=found), Money(1), now=early)


def collect(**changed: Any) -> None:  # noqa: ANN401 - any field may change
    require_collector(an_order(**changed), cashier=CASHIER, staff=[CASHIER, OFFICER, GONE])


def a_proxy(**changed: str) -> Proxy:
    facts = {
        "name": "测试乙",
        "number": "411525199203049967",
        "relation": "女儿",
        "authorisation": "委托书1号",
    }
    return Proxy(**(facts | changed))


@pytest.mark.parametrize("blank", ["name", "number", "relation", "authorisation"])
def test_a_proxy_is_named_whole_or_refused(blank: str) -> None:
    collect(proxy=a_proxy())
    with pytest.raises(payments.ProxyIncompleteError):
        collect(proxy=a_proxy(**{blank: " "}))


@pytest.mark.parametrize("name", ["经办甲", " 出纳丁 "])
def test_staff_never_collect_for_a_recipient(name: str) -> None:
    with pytest.raises(payments.StaffProxyError):
        collect(proxy=a_proxy(name=name))


@pytest.mark.parametrize("witness", ["", "  ", "出纳丁"])
def test_a_fingerprint_needs_a_witness_other_than_the_cashier(witness: str) -> None:
    collect(fingerprint=Fingerprint(reason=CannotSign.ILLITERATE, witness="经办甲"))
    with pytest.raises(payments.WitnessError):
        collect(fingerprint=Fingerprint(reason=CannotSign.INJURED, witness=witness))


@pytest.mark.parametrize("supervisor", [CASHIER, GONE])
def test_the_supervisor_is_present_and_not_the_cashier(supervisor: Operator) -> None:
    collect(supervisor=OFFICER.operator_id)
    with pytest.raises(payments.SupervisorError):
        collect(supervisor=supervisor.operator_id)


def test_what_was_undone_no_longer_stands() -> None:
    standing, undone = a_payment(100), a_payment(50, undone_on=LATER)
    assert net_of([standing, undone]) == Money(100)
    assert (undone.amount, undone.net, undone.receipt_no) == (
        Money(50),
        Money(0),
        "XJ-150302003-2021-000001",
    )
    assert standing.payment_id == "p1"


def test_a_reversal_counts_on_the_day_it_is_recorded() -> None:
    reversed_later = [a_payment(200000, undone_on=LATER)]
    assert moved(reversed_later, DAY, DAY) == Money(200000)
    assert moved(reversed_later, LATER, LATER) == Money(-200000)
    assert moved(reversed_later, DAY, LATER) == Money(0)


def test_a_second_payment_of_one_kind_is_a_supplement() -> None:
    assert kind_of(PaymentKind.RELIEF, []) is PaymentKind.RELIEF
    assert kind_of(PaymentKind.RELIEF, [a_payment()]) is PaymentKind.SUPPLEMENT
    assert kind_of(PaymentKind.RELIEF, [a_payment(undone_on=LATER)]) is PaymentKind.RELIEF
    assert kind_of(PaymentKind.FIRST_RELIEF, [a_payment()]) is PaymentKind.FIRST_RELIEF
