"""What each event of a claim changes in its tables and in the history of its case."""

from typing import Any

from reliefdesk.domain import recoveries as domain
from reliefdesk.domain.events import Entry
from reliefdesk.storage import canonical, recoveries
from reliefdesk.storage.cases import Step, note_step
from reliefdesk.storage.desk_file import DeskFile

TABLES = recoveries.TABLES


def _opened(file: DeskFile, entry: Entry, event: domain.RecoveryOpened) -> None:
    file.execute(
        "INSERT INTO recoveries VALUES (?,?,?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.recovery_id,
            event.recovery_no,
            event.case_id,
            event.amount.fen,
            event.opened_on.isoformat(),
            canonical.instant_text(entry.header.at),
            canonical.encode(event),
            entry.origin,
        ),
    )
    step = Step(
        act=f"追回（{event.ground.label}）",
        operator_id=event.approver,
        amount=event.amount,
        remark=event.reason,
    )
    note_step(file, entry, event.case_id, step)


def _withdrawn(file: DeskFile, entry: Entry, event: domain.RecoveryWithdrawn) -> None:
    file.execute(
        "INSERT INTO recovery_withdrawals VALUES (?,?,?)",
        (entry.seq, event.recovery_id, canonical.encode(event)),
    )
    step = Step(act="撤销追回", operator_id=event.approver, remark=event.reason)
    note_step(file, entry, event.case_id, step)


def _received(file: DeskFile, entry: Entry, event: domain.RepaymentReceived) -> None:
    prefix, office, year, serial = event.receipt_no.split("-")
    file.execute(
        "INSERT INTO repayments VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.repayment_id,
            event.recovery_id,
            event.case_id,
            event.receipt_no,
            prefix,
            office,
            int(year),
            int(serial),
            event.amount.fen,
            event.means.value,
            event.cashier,
            event.received_on.isoformat(),
            canonical.instant_text(entry.header.at),
            canonical.encode(event),
            entry.origin,
        ),
    )
    step = Step(
        act=f"收到退款（{event.means.label}）",
        operator_id=event.cashier,
        amount=event.amount,
        remark=event.receipt_no,
    )
    note_step(file, entry, event.case_id, step)


def _voided(file: DeskFile, entry: Entry, event: domain.RepaymentVoided) -> None:
    file.execute(
        "INSERT INTO repayment_voids VALUES (?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.repayment_id,
            event.reason,
            event.cashier,
            event.second,
            event.voided_on.isoformat(),
            entry.origin,
        ),
    )
    step = Step(act="退款登记作废", operator_id=event.cashier, remark=event.reason)
    note_step(file, entry, event.case_id, step)


def _printed(file: DeskFile, entry: Entry, event: domain.RepaymentReceiptPrinted) -> None:
    file.execute(
        "INSERT INTO repayment_prints VALUES (?,?,?,?)",
        (entry.seq, event.receipt_no, event.nth, event.reason),
    )


def _deposited(file: DeskFile, entry: Entry, event: domain.RepaymentsDeposited) -> None:
    file.execute(
        "INSERT INTO deposits VALUES (?,?,?,?,?,?,?)",
        (
            entry.seq,
            event.deposit_id,
            event.cashier,
            event.amount.fen,
            event.deposited_on.isoformat(),
            canonical.encode(event),
            entry.origin,
        ),
    )
    for repayment_id in event.repayment_ids:
        file.execute(
            "INSERT INTO deposit_repayments VALUES (?,?)", (repayment_id, event.deposit_id)
        )


def _tolerated(file: DeskFile, entry: Entry, event: domain.ToleranceRecorded) -> None:
    file.execute(
        "INSERT INTO tolerances VALUES (?,?,?)",
        (entry.seq, event.recovery_id, canonical.encode(event)),
    )
    step = Step(
        act=f"容错登记（{event.cause.value} {event.cause.label}）",
        operator_id=event.approver,
        remark=event.checked,
    )
    note_step(file, entry, event.case_id, step)


APPLY: dict[type, Any] = {
    domain.RecoveryOpened: _opened,
    domain.RecoveryWithdrawn: _withdrawn,
    domain.RepaymentReceived: _received,
    domain.RepaymentVoided: _voided,
    domain.RepaymentReceiptPrinted: _printed,
    domain.RepaymentsDeposited: _deposited,
    domain.ToleranceRecorded: _tolerated,
}
