"""Claiming money back (追回): the claim, repayments against SK receipts, 缴存, and 容错.

Every act is one event in one transaction; what came back never enters a drawer.
"""

from reliefdesk.domain.cases import CaseUnknownError
from reliefdesk.domain.ids import CaseId, OperatorId, ReceiptNo, RecoveryId, RepaymentId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.payments import recipient_of
from reliefdesk.domain.receipts import ReprintReasonError, SecondPersonError
from reliefdesk.domain.recoveries import (
    LEGAL_BASIS,
    NothingKeptError,
    Recovery,
    RecoveryOpened,
    RecoveryState,
    RecoveryStateError,
    RecoveryUnknownError,
    RecoveryWithdrawn,
    Repayment,
    RepaymentReceiptPrinted,
    RepaymentReceived,
    RepaymentsDeposited,
    RepaymentStateError,
    RepaymentVoided,
    ToleranceRecorded,
    kept_apart,
    repayment_series,
    require_claim,
    require_open,
    require_repayment,
    require_text,
    require_tolerance,
)
from reliefdesk.domain.recovery_orders import (
    DepositOrder,
    RecoveryOrder,
    RepaymentOrder,
    ToleranceOrder,
)
from reliefdesk.services import cases, persons
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import recoveries as storage

CHANGES = ("recoveries", "cases", "ledger", "receipts", "today")


def recovery(context: Context, recovery_id: RecoveryId) -> Recovery:
    """One claim; raises RecoveryUnknownError."""
    found = storage.recovery(context.file, recovery_id)
    if found is None:
        raise RecoveryUnknownError
    return found


def of_case(context: Context, case_id: CaseId) -> tuple[Recovery, ...]:
    """The claims of a case in order, withdrawn ones too."""
    return storage.of_case(context.file, case_id)


def listed(context: Context) -> tuple[Recovery, ...]:
    """All claims, those still open first, the newest of equals first."""
    found = storage.every(context.file)
    return tuple(sorted(found, key=lambda each: each.state is not RecoveryState.OPEN))


def claimable(context: Context, case_id: CaseId) -> Money:
    """The most that can be claimed of a case: what was paid and is not claimed yet."""
    return cases.case(context, case_id).paid - storage.claimed(context.file, case_id)


def case_of_number(context: Context, case_no: str) -> CaseId:
    """The case of a number as people write it, or of its last digits; raises CaseUnknownError."""
    found = storage.case_of_number(context.file, case_no.strip().upper())
    if found is None:
        raise CaseUnknownError
    return found


def kept(context: Context, cashier: OperatorId | None = None) -> Money:
    """Repaid cash that lies apart from the float, of one cashier or (None) of all."""
    found = storage.kept(context.file)
    return kept_apart(each for each in found if cashier in (None, each.details.cashier))


def keepers(context: Context) -> dict[OperatorId, Money]:
    """Map each cashier who keeps repaid cash apart to how much it is."""
    owners = dict.fromkeys(each.details.cashier for each in storage.kept(context.file))
    return {owner: kept(context, owner) for owner in owners}


def open_claim(
    context: Context, order: RecoveryOrder, *, officer: VerifiedOfficer
) -> Recorded[Recovery]:
    """Claim money of a case back; `officer` decides (审批). A retry claims once.

    Raises OverClaimError, AmountZeroError, RecoveryTextError, RecoveryDayError, SeatMissingError.
    """
    approver, today = officer.operator, context.today
    with context.file.transaction():
        known = storage.recovery(context.file, order.recovery_id)
        if known is not None:
            return recorded(known)
        require_seat(approver, Seat.APPROVER)
        require_claim(order, claimable(context, order.case_id), today=today)
        found = cases.case(context, order.case_id)
        event = RecoveryOpened(
            recovery_id=order.recovery_id,
            recovery_no=_next_no(context),
            case_id=found.case_id,
            person_id=found.person_id,
            debtor=recipient_of(persons.person(context, found.person_id).details),
            ground=order.ground,
            amount=order.amount,
            reason=order.reason.strip(),
            basis=LEGAL_BASIS,
            penalty=order.penalty.strip(),
            found_on=order.found_on,
            due_on=order.due_on,
            approver=approver.operator_id,
            opened_on=today,
        )
        record(context, event, confirmed_by=(approver.operator_id,))
        opened = recovery(context, order.recovery_id)
    return recorded(opened, *CHANGES)


def withdraw(
    context: Context, recovery_id: RecoveryId, reason: str, *, officer: VerifiedOfficer
) -> Recorded[Recovery]:
    """Give up a claim that was made by mistake, while nothing came back.

    Raises RecoveryStateError, RecoveryTextError, SeatMissingError.
    """
    with context.file.transaction():
        found = recovery(context, recovery_id)
        require_seat(officer.operator, Seat.APPROVER)
        require_open(found, "撤销")
        if found.repaid.fen:
            raise RecoveryStateError(
                recovery_no=found.details.recovery_no, state="已有退款", act="撤销"
            )
        require_text(撤销原因=reason)
        event = RecoveryWithdrawn(
            recovery_id=recovery_id,
            case_id=found.details.case_id,
            reason=reason.strip(),
            approver=officer.operator.operator_id,
            withdrawn_on=context.today,
        )
        record(context, event, confirmed_by=(officer.operator.operator_id,))
        found = recovery(context, recovery_id)
    return recorded(found, *CHANGES)


def receive(
    context: Context, order: RepaymentOrder, *, officer: VerifiedOfficer
) -> Recorded[Recovery]:
    """Take money back against the next SK number; `officer` is the cashier. A retry takes once.

    Raises OverRepaidError, AmountZeroError, RecoveryTextError, RecoveryStateError,
    SeatMissingError.
    """
    cashier = officer.operator
    with context.file.transaction():
        known = storage.repayment(context.file, order.repayment_id)
        if known is not None:
            return recorded(recovery(context, order.recovery_id))
        require_seat(cashier, Seat.CASHIER)
        found = recovery(context, order.recovery_id)
        require_repayment(order, found)
        event = RepaymentReceived(
            repayment_id=order.repayment_id,
            recovery_id=order.recovery_id,
            case_id=found.details.case_id,
            receipt_no=_next_receipt(context),
            amount=order.amount,
            means=order.means,
            payer=order.payer.strip(),
            reference=order.reference.strip(),
            remark=order.remark.strip(),
            cashier=cashier.operator_id,
            received_on=context.today,
        )
        record(context, event, confirmed_by=(cashier.operator_id,))
        found = recovery(context, order.recovery_id)
    return recorded(found, *CHANGES)


def repayment(context: Context, receipt_no: str) -> Repayment:
    """The repayment behind an SK number; raises RecoveryUnknownError."""
    found = storage.by_receipt(context.file, receipt_no.strip())
    if found is None:
        raise RecoveryUnknownError
    return found


def void(
    context: Context,
    repayment_id: RepaymentId,
    reason: str,
    *,
    officer: VerifiedOfficer,
    second: VerifiedOfficer,
) -> Recorded[Recovery]:
    """Take a wrongly entered repayment out; its number stays, with amount zero.

    `second` is neither who took the money nor who voids. Raises RepaymentStateError,
    RecoveryTextError, SecondPersonError, SeatMissingError.
    """
    with context.file.transaction():
        found = storage.repayment(context.file, repayment_id)
        if found is None:
            raise RecoveryUnknownError
        details = found.details
        require_seat(officer.operator, Seat.CASHIER)
        if found.void is not None or found.deposited_on is not None:
            raise RepaymentStateError(receipt_no=details.receipt_no)
        require_text(作废原因=reason)
        other = second.operator
        alone = other.operator_id in (officer.operator.operator_id, details.cashier)
        if alone or not other.active:
            raise SecondPersonError(name=other.name, act="作废")
        event = RepaymentVoided(
            repayment_id=repayment_id,
            recovery_id=details.recovery_id,
            case_id=details.case_id,
            reason=reason.strip(),
            cashier=officer.operator.operator_id,
            second=other.operator_id,
            voided_on=context.today,
        )
        confirmed = (officer.operator.operator_id, other.operator_id)
        record(context, event, confirmed_by=confirmed)
        after = recovery(context, details.recovery_id)
    return recorded(after, *CHANGES)


def deposit(context: Context, order: DepositOrder, *, officer: VerifiedOfficer) -> Recorded[Money]:
    """Hand all repaid cash of the cashier to finance (缴存); gives the amount. A retry is safe.

    Raises NothingKeptError, RecoveryTextError, SeatMissingError.
    """
    cashier = officer.operator
    with context.file.transaction():
        known = storage.deposited(context.file, order.deposit_id)
        if known is not None:
            return recorded(known)
        require_seat(cashier, Seat.CASHIER)
        require_text(缴存凭证号=order.voucher, 接收人=order.receiver)
        own = [
            each
            for each in storage.kept(context.file)
            if each.details.cashier == cashier.operator_id
        ]
        if not own:
            raise NothingKeptError(name=cashier.name)
        event = RepaymentsDeposited(
            deposit_id=order.deposit_id,
            cashier=cashier.operator_id,
            repayment_ids=tuple(each.details.repayment_id for each in own),
            amount=kept_apart(own),
            voucher=order.voucher.strip(),
            receiver=order.receiver.strip(),
            deposited_on=context.today,
        )
        record(context, event, confirmed_by=(cashier.operator_id,))
    return recorded(event.amount, *CHANGES)


def note_tolerance(
    context: Context, order: ToleranceOrder, *, officer: VerifiedOfficer
) -> Recorded[Recovery]:
    """Record the evidence of diligence behind the error (容错纠错); `officer` decides.

    Raises RecoveryTextError, RecoveryDayError, SeatMissingError.
    """
    with context.file.transaction():
        found = recovery(context, order.recovery_id)
        require_seat(officer.operator, Seat.APPROVER)
        require_tolerance(order, today=context.today)
        event = ToleranceRecorded(
            recovery_id=order.recovery_id,
            case_id=found.details.case_id,
            cause=order.cause,
            checked=order.checked.strip(),
            source=order.source.strip(),
            checked_on=order.checked_on,
            corrected_on=order.corrected_on,
            remark=order.remark.strip(),
            approver=officer.operator.operator_id,
        )
        record(context, event, confirmed_by=(officer.operator.operator_id,))
        found = recovery(context, order.recovery_id)
    return recorded(found, *CHANGES)


def record_print(context: Context, found: Repayment, reason: str) -> None:
    """Count a print of an SK receipt inside the caller's transaction; later ones need a reason."""
    number: ReceiptNo = found.details.receipt_no
    if found.prints and not reason.strip():
        raise ReprintReasonError(receipt_no=number)
    record(
        context,
        RepaymentReceiptPrinted(receipt_no=number, nth=found.prints, reason=reason.strip()),
    )


def _next_no(context: Context) -> str:
    year = context.today.year
    letters = "YZ" if context.desk.kind.is_training else "ZJ"
    place = storage.count_in_year(context.file, year) + 1
    return f"{letters}-{context.desk.office.code}-{year}-{place:04d}"


def _next_receipt(context: Context) -> ReceiptNo:
    series = repayment_series(context.desk.kind, context.desk.office.code, context.today)
    last = storage.last_serial(context.file, series.prefix, series.office, series.year)
    return series.number(last + 1)
