"""What the tests of money claimed back share: a paid case, a claim, and what comes back."""

from dataclasses import replace
from datetime import date, timedelta

from reliefdesk.domain.case_records import Case
from reliefdesk.domain.ids import DepositId, RecoveryId, RepaymentId
from reliefdesk.domain.money import Money
from reliefdesk.domain.recoveries import (
    Recovery,
)
from reliefdesk.domain.recovery_orders import (
    DepositOrder,
    ErrorCause,
    Ground,
    Means,
    RecoveryOrder,
    RepaymentOrder,
    ToleranceOrder,
)
from reliefdesk.services import cases, recoveries
from tests.builders import P03, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.money import pay, sign


def a_paid_case(made: TestDesk, *, yuan: str = "2430") -> Case:
    """Pay P03 and have the receipt signed."""
    found = an_approved_case(made, a_draft(P03, yuan=yuan))
    paid = pay(made, a_pay_order(made, found))
    sign(made, paid.receipt_no)
    return cases.case(made.context(), found.case_id)


def a_claim_order(made: TestDesk, found: Case, *, yuan: str = "2430") -> RecoveryOrder:
    """Ask for the money of a case back within ten days."""
    today = made.context().today
    return RecoveryOrder(
        recovery_id=RecoveryId(made.ids.new()),
        case_id=found.case_id,
        ground=Ground.FRAUD,
        amount=Money.parse(yuan),
        reason="隐瞒有效居住证和两辆小汽车",
        found_on=today - timedelta(days=1),
        due_on=today + timedelta(days=10),
        penalty="由区民政局另行决定",
    )


def claim(made: TestDesk, order: RecoveryOrder, *, name: str = "审批丙") -> Recovery:
    """Open a claim before an officer's PIN."""
    return recoveries.open_claim(made.context(), order, officer=made.officer(name)).result


def an_open_claim(made: TestDesk, *, yuan: str = "2430") -> Recovery:
    """Pay a case and claim the whole of it back."""
    found = a_paid_case(made, yuan=yuan)
    return claim(made, a_claim_order(made, found, yuan=yuan))


def a_repayment_order(
    made: TestDesk, found: Recovery, yuan: str, *, means: Means = Means.CASH
) -> RepaymentOrder:
    """Bring so much back; a transfer has its voucher."""
    order = RepaymentOrder(
        repayment_id=RepaymentId(made.ids.new()),
        recovery_id=found.details.recovery_id,
        amount=Money.parse(yuan),
        means=means,
        payer="测试丙",
    )
    return order if means is Means.CASH else replace(order, reference="农行回单0012")


def receive(made: TestDesk, order: RepaymentOrder) -> Recovery:
    """Take money back as the cashier."""
    return recoveries.receive(made.context("出纳丁"), order, officer=made.officer("出纳丁")).result


def repay(made: TestDesk, found: Recovery, yuan: str, *, means: Means = Means.CASH) -> Recovery:
    """Bring so much back."""
    return receive(made, a_repayment_order(made, found, yuan, means=means))


def deposit(made: TestDesk) -> Money:
    """Hand all repaid cash to finance."""
    order = DepositOrder(
        deposit_id=DepositId(made.ids.new()), voucher="缴〔2021〕7号", receiver="街道财务室"
    )
    return recoveries.deposit(made.context("出纳丁"), order, officer=made.officer("出纳丁")).result


def a_tolerance(made: TestDesk, found: Recovery, *, corrected: date | None = None) -> Recovery:
    """Record that the recipient concealed, and what had been checked."""
    order = ToleranceOrder(
        recovery_id=found.details.recovery_id,
        cause=ErrorCause.CONCEALED,
        checked="受理时查询了居住证登记和车辆登记，均无记录",
        source="公安人口信息、车管所",
        checked_on=made.context().today,
        corrected_on=corrected,
    )
    return recoveries.note_tolerance(made.context(), order, officer=made.officer("审批丙")).result
