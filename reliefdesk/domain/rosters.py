"""Rosters (花名册): people granted relief for the same emergency, paid one after another.

Each payment keeps its own rules, number and PIN; who is absent stays open (domain.md §3.6, §6.2).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.ids import CaseId, OperatorId, RosterId
from reliefdesk.domain.money import Money, total
from reliefdesk.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterOrder:
    """A roster of everybody granted and unpaid after an emergency of this cause near a place."""

    roster_id: RosterId
    title: str
    cause: Cause
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterMade:
    """The cases that are paid together, in the order of their numbers."""

    version: ClassVar[int] = 1
    roster_id: RosterId
    roster_no: str
    title: str
    case_ids: tuple[CaseId, ...]
    made_by: OperatorId
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A recorded roster."""

    seq: int
    made_at: datetime
    details: RosterMade


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One person of a roster as the case stands now; `rest` zero means paid."""

    place: int
    case_id: CaseId
    case_no: str
    version: int
    name: str
    sex: str
    number: str
    hukou_place: str
    stay_address: str
    cause: str
    persons_relieved: int
    standard: str
    multiplier: str
    granted: Money
    rest: Money
    receipt_no: str
    paid_on: date | None
    collector: str

    @property
    def is_open(self) -> bool:
        """Whether the person has not come yet."""
        return self.rest.fen > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterView:
    """A roster with its lines."""

    roster: Roster
    lines: tuple[RosterLine, ...]

    @property
    def granted(self) -> Money:
        """What all are to get."""
        return total([line.granted for line in self.lines])

    @property
    def waiting(self) -> tuple[RosterLine, ...]:
        """Who has not come yet, in order."""
        return tuple(line for line in self.lines if line.is_open)


class RosterEmptyError(UserError):
    """Nobody is granted and unpaid for this cause and place. Facts: cause, place."""

    code = "rosters.empty"


class RosterTitleError(UserError):
    """A roster needs the name of the emergency."""

    code = "rosters.title"


class RosterUnknownError(UserError):
    """No such roster."""

    code = "rosters.unknown"
