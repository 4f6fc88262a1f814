"""Counting the drawer blind, piece by piece, and what becomes of a difference (盘点, 长款, 短款).

The expected sum is told only after the count stands in the journal. Sources: RULES.md §3.10;
会计法 Art 17 (账实相符).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.ids import CountId, EntryId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

PIECES_MAX = 99_999


class Denomination(Term):
    """Notes and coins in use, the largest first; the code is the worth in 分."""

    YUAN_100 = "10000", "100元"
    YUAN_50 = "5000", "50元"
    YUAN_20 = "2000", "20元"
    YUAN_10 = "1000", "10元"
    YUAN_5 = "500", "5元"
    YUAN_1 = "100", "1元"
    JIAO_5 = "50", "5角"
    JIAO_1 = "10", "1角"

    @property
    def worth(self) -> Money:
        """What one piece is worth."""
        return Money(int(self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """How many pieces of one denomination lie in the drawer."""

    denomination: Denomination
    count: int

    @property
    def amount(self) -> Money:
        """What they are worth together."""
        return Money(self.denomination.worth.fen * self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDraft:
    """What the cashier counted. `count_id` is made by the window so a retry counts once."""

    count_id: CountId
    pieces: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCounted:
    """The cashier counted the own drawer; `expected` is what its journal said at that moment."""

    version: ClassVar[int] = 1
    count_id: CountId
    cashier: OperatorId
    pieces: tuple[Pieces, ...]
    counted: Money
    expected: Money
    counted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CountExplained:
    """A difference got its reason, before a second person (监盘人) who counted again."""

    version: ClassVar[int] = 1
    count_id: CountId
    reason: str
    second: OperatorId
    explained_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencePosted:
    """An explained difference was entered under an approval; the drawer's book now says it."""

    version: ClassVar[int] = 1
    entry_id: EntryId
    count_id: CountId
    cashier: OperatorId
    difference: Money
    approval: str
    approver: OperatorId
    posted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceOrder:
    """A difference to be entered: `approval` is the number or the words of who approved it."""

    entry_id: EntryId
    count_id: CountId
    approval: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a count differed, and the second person."""

    reason: str
    second: OperatorId
    explained_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Under which approval, by whom and when a difference was entered."""

    entry_id: EntryId
    approval: str
    approver: OperatorId
    posted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A recorded count with its journal number, and what became of its difference, if any."""

    seq: int
    counted_at: datetime
    details: CashCounted
    explanation: Explanation | None
    posting: Posting | None

    @property
    def count_id(self) -> CountId:
        """The identity that the window gave it."""
        return self.details.count_id

    @property
    def difference(self) -> Money:
        """Counted less expected: positive is over (长款), negative short (短款)."""
        return self.details.counted - self.details.expected

    @property
    def is_settled(self) -> bool:
        """Whether nothing differed, or the difference has its reason and second person."""
        return self.difference.fen == 0 or self.explanation is not None

    @property
    def is_open(self) -> bool:
        """Whether a difference still waits to be entered."""
        return self.difference.fen != 0 and self.posting is None


class PiecesError(UserError):
    """Pieces are whole numbers from 0 on, each denomination once. Facts: denomination, count."""

    code = "counts.pieces"


class CountUnknownError(UserError):
    """No such count was recorded."""

    code = "counts.unknown"


class CountStaleError(UserError):
    """Cash moved after the count, or nobody has counted yet: count (again) first. Facts: name."""

    code = "counts.stale"


class DifferenceNoneError(UserError):
    """The count agreed with the book, or its difference was dealt with before."""

    code = "counts.no_difference"


class DifferenceReasonError(UserError):
    """A difference needs a written reason. Facts: difference."""

    code = "counts.reason"


class DifferenceOpenError(UserError):
    """The difference has no reason and second person yet. Facts: difference."""

    code = "counts.unexplained"


class DifferenceApprovalError(UserError):
    """Entering a difference needs the number or words of its approval. Facts: difference."""

    code = "counts.approval"


class CountSecondError(UserError):
    """The second person is somebody else than the cashier. Facts: name."""

    code = "counts.second"


def counted_of(pieces: Iterable[Pieces]) -> Money:
    """What all pieces are worth; refuses negative, huge or doubled ones (PiecesError)."""
    fen, seen = 0, set()
    for found in pieces:
        if not 0 <= found.count <= PIECES_MAX or found.denomination in seen:
            raise PiecesError(denomination=found.denomination.label, count=found.count)
        seen.add(found.denomination)
        fen += found.amount.fen
    return Money(fen)


def kind_word(difference: Money) -> str:
    """`长款`, `短款` or `相符`."""
    if difference.fen == 0:
        return "相符"
    return "长款" if difference.fen > 0 else "短款"
