"""Packs for reimbursement (报账): which receipts go to finance together, and what came back.

A receipt is in at most one pack that is open or was accepted; a receipt reversed after it was
accepted goes into a later pack with its red entry. Sources: RULES.md §6.2 (报账制).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.ids import OperatorId, PackId, ReceiptNo
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class PackState(Term):
    """已整理 → 已送交 → 已答复, or 已撤销 before it left."""

    MADE = "made", "已整理"
    HANDED = "handed", "已送交"
    ANSWERED = "answered", "已答复"
    DISSOLVED = "dissolved", "已撤销"


class LineState(Term):
    """Where one receipt of a pack stands."""

    OPEN = "open", "在办"
    ACCEPTED = "accepted", "已报销"
    RETURNED = "returned", "退回"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """One receipt of a pack; a red line has a negative amount."""

    receipt_no: ReceiptNo
    is_red: bool
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOrder:
    """A pack of everything due from one day to another (inclusive)."""

    pack_id: PackId
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMade:
    """Receipts were put together."""

    version: ClassVar[int] = 1
    pack_id: PackId
    pack_no: str
    since: date
    until: date
    lines: tuple[PackLine, ...]
    total: Money
    made_by: OperatorId
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHandedIn:
    """The pack went to finance."""

    version: ClassVar[int] = 1
    pack_id: PackId
    receiver: str
    by: OperatorId
    handed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PackAnswered:
    """What came back: receipts returned with a reason; all others were accepted."""

    version: ClassVar[int] = 1
    pack_id: PackId
    document: str
    returned: tuple[ReceiptNo, ...]
    reason: str
    accepted: Money
    by: OperatorId
    answered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDissolved:
    """A pack that had not left was taken apart."""

    version: ClassVar[int] = 1
    pack_id: PackId
    reason: str
    by: OperatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack as it stands; `states` follow its lines."""

    seq: int
    made_at: datetime
    details: PackMade
    state: PackState
    states: tuple[LineState, ...]
    handed: PackHandedIn | None
    answer: PackAnswered | None

    @property
    def accepted(self) -> Money:
        """What was reimbursed."""
        pairs = zip(self.details.lines, self.states, strict=True)
        return total([line.amount for line, state in pairs if state is LineState.ACCEPTED])

    @property
    def returned(self) -> int:
        """How many receipts came back."""
        return sum(state is LineState.RETURNED for state in self.states)


class PackUnknownError(UserError):
    """No such pack."""

    code = "reimbursements.unknown"


class PackEmptyError(UserError):
    """Nothing signed and not yet packed in these days. Facts: since, until."""

    code = "reimbursements.empty"


class PackStateError(UserError):
    """The act does not fit the pack. Facts: pack_no, state, act."""

    code = "reimbursements.state"


class PackTextError(UserError):
    """Something must be written down. Facts: what."""

    code = "reimbursements.wording"


class NotInPackError(UserError):
    """A returned number is not in the pack. Facts: number."""

    code = "reimbursements.not_in_pack"


class ReceiptPackedError(UserError):
    """The receipt lies in an open pack and is not taken back now. Facts: receipt_no."""

    code = "reimbursements.packed"


def require_pack_state(found: Pack, state: PackState, act: str) -> None:
    """Refuse an act that does not fit (PackStateError)."""
    if found.state is not state:
        raise PackStateError(pack_no=found.details.pack_no, state=found.state.label, act=act)


def require_text(what: str, text: str) -> str:
    """The trimmed text; empty raises PackTextError."""
    if not text.strip():
        raise PackTextError(what=what)
    return text.strip()


def returned_numbers(found: Pack, written: Iterable[str]) -> tuple[ReceiptNo, ...]:
    """The receipts of a pack that are meant by numbers or their ends; raises NotInPackError."""
    numbers = []
    for text in written:
        meant = [line.receipt_no for line in found.details.lines if _means(line.receipt_no, text)]
        if not meant:
            raise NotInPackError(number=text[:40])
        numbers += meant
    return tuple(dict.fromkeys(numbers))


def _means(number: ReceiptNo, text: str) -> bool:
    return number == text.upper() or (
        text.isdigit() and int(number.rpartition("-")[2]) == int(text)
    )
