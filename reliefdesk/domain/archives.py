"""归档: when a case file is complete and put away (一案一档); the identity nobody could find out.

A case of somebody without papers is put away only once the person is known, or once the approver
wrote down why that cannot be found out (RULES.md §2.3 stage 13, §4.5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.case_records import Case, CaseOrder
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.ids import CaseId, OperatorId, PersonId
from reliefdesk.domain.receipts import Receipt, ReceiptState
from reliefdesk.domain.recoveries import RecoveryState
from reliefdesk.errors import UserError

_OPEN_STAGES = (Stage.ACCEPTED, Stage.REVIEWED)
_OPEN_RECEIPTS = (ReceiptState.ISSUED, ReceiptState.PRINTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFiled:
    """A complete case file was put away under a number that is used once."""

    version: ClassVar[int] = 1
    case_id: CaseId
    archive_no: str
    filed_by: OperatorId
    filed_on: date
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityGivenUp:
    """The approver decided that nobody can find out who this person is, and why."""

    version: ClassVar[int] = 1
    case_id: CaseId
    person_id: PersonId
    approver: OperatorId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOrder(CaseOrder):
    """Put a case file away under `archive_no`."""

    archive_no: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledCase:
    """Where a case file lies since which day."""

    case_id: CaseId
    archive_no: str
    filed_on: date


class CaseUndecidedError(UserError):
    """A case without a decision cannot be put away. Facts: case_no, stage."""

    code = "archives.undecided"


class CaseUnpaidError(UserError):
    """Granted money has not been handed out yet. Facts: case_no, rest."""

    code = "archives.unpaid"


class PapersOpenError(UserError):
    """The papers of a first relief have not been made up yet. Facts: case_no."""

    code = "archives.papers_open"


class ReceiptOpenError(UserError):
    """A receipt of the case is not signed yet. Facts: receipt_no."""

    code = "archives.receipt_open"


class IdentityOpenError(UserError):
    """Nobody knows yet who the recipient is. Facts: number."""

    code = "archives.identity_open"


class RecoveryOpenError(UserError):
    """Money of the case is being claimed back. Facts: case_no."""

    code = "archives.recovery_open"


class ArchiveNoError(UserError):
    """A file needs a number to be found again."""

    code = "archives.number_missing"


class ArchiveNoTakenError(UserError):
    """Another file lies under this number. Facts: archive_no, case_no."""

    code = "archives.number_taken"


class IdentityKnownError(UserError):
    """The person has a document, or it was decided already. Facts: case_no."""

    code = "archives.identity_known"


def require_complete(found: Case, receipts: Iterable[Receipt]) -> None:
    """Refuse a file in which a decision, money, papers or a signature is still missing."""
    if found.stage in _OPEN_STAGES:
        raise CaseUndecidedError(case_no=found.case_no, stage=found.stage.label)
    if found.rest.fen > 0:
        raise CaseUnpaidError(case_no=found.case_no, rest=found.rest)
    if found.first_relief is not None and found.completed_on is None:
        raise PapersOpenError(case_no=found.case_no)
    for receipt in receipts:
        if receipt.state in _OPEN_RECEIPTS:
            raise ReceiptOpenError(receipt_no=receipt.receipt_no)
    if found.recovery is RecoveryState.OPEN:
        raise RecoveryOpenError(case_no=found.case_no)
