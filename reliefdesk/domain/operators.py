"""Operators, their seats, and which seats one person may not take on one case (RULES.md §6.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.ids import ExemptionId, OperatorId
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class Seat(Term):
    """What an operator is appointed to do; one operator may hold several seats."""

    REGISTRAR = "registrar", "经办"
    REVIEWER = "reviewer", "审核"
    APPROVER = "approver", "审批"
    CASHIER = "cashier", "出纳"
    BOOKKEEPER = "bookkeeper", "记账"
    ADMINISTRATOR = "administrator", "系统"


HARD_PAIRS = frozenset(
    {
        frozenset({Seat.REGISTRAR, Seat.APPROVER}),
        frozenset({Seat.CASHIER, Seat.APPROVER}),
        frozenset({Seat.CASHIER, Seat.BOOKKEEPER}),
    }
)
"""Never on one case by one person; the last pair is statute (会计法 Art 35)."""

SOFT_PAIRS = frozenset(
    {
        frozenset({Seat.REGISTRAR, Seat.REVIEWER}),
        frozenset({Seat.REVIEWER, Seat.APPROVER}),
        frozenset({Seat.REGISTRAR, Seat.CASHIER}),
        frozenset({Seat.APPROVER, Seat.BOOKKEEPER}),
    }
)
"""Refused unless a written exemption for that operator is recorded and still in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A person with an account on this desk."""

    operator_id: OperatorId
    name: str
    seats: tuple[Seat, ...]
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One operator in one seat on one case."""

    seat: Seat
    operator_id: OperatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A recorded permission to hold a soft pair of seats on one case, until a day (inclusive)."""

    exemption_id: ExemptionId
    operator_id: OperatorId
    seats: tuple[Seat, Seat]
    document: str
    reason: str
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedOfficer:
    """An operator whose PIN was checked just now: presence, proved. Only services make it."""

    operator: Operator


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorAdded:
    """An account was opened with its seats."""

    version: ClassVar[int] = 1
    operator_id: OperatorId
    name: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSeatsChanged:
    """The seats of an account were set anew."""

    version: ClassVar[int] = 1
    operator_id: OperatorId
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorLeft:
    """An account was closed; its past acts keep its name."""

    version: ClassVar[int] = 1
    operator_id: OperatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionRecorded:
    """A soft separation rule was lifted for one operator under a document."""

    version: ClassVar[int] = 1
    exemption: Exemption


class SeatMissingError(UserError):
    """The operator does not hold the seat that this act needs. Facts: name, seat."""

    code = "operators.seat_missing"


class SeatsConflictError(UserError):
    """A hard separation rule. Facts: name, first, second."""

    code = "operators.seats_conflict"


class ExemptionNeededError(UserError):
    """A soft separation rule without a recorded exemption. Facts: name, first, second."""

    code = "operators.exemption_needed"


class RelativeError(UserError):
    """The officer is a near relative of the recipient. Facts: name."""

    code = "operators.relative"


class SeatsIncompatibleError(UserError):
    """Seats that nobody may hold together at all. Facts: name, first, second."""

    code = "operators.seats_incompatible"


class NameMissingError(UserError):
    """An operator needs a name."""

    code = "operators.name_missing"


class ExemptionIncompleteError(UserError):
    """An exemption needs a document number and a reason, and only soft pairs can be exempted."""

    code = "operators.exemption_incomplete"


class OperatorUnknownError(UserError):
    """No such operator on this desk."""

    code = "operators.unknown"


class LastAdministratorError(UserError):
    """Somebody must keep the system seat. Facts: name."""

    code = "operators.last_administrator"


class DrawerHeldError(UserError):
    """A cashier who still answers for cash keeps the seat until it is handed over. Facts: name."""

    code = "operators.drawer_held"


def require_seat(operator: Operator, seat: Seat) -> None:
    """Refuse with SeatMissingError unless the active operator holds `seat`."""
    if not operator.active or seat not in operator.seats:
        raise SeatMissingError(name=operator.name, seat=seat.label)


def require_separation(
    operator: Operator,
    seat: Seat,
    acts: Iterable[Act],
    exemptions: Iterable[Exemption],
    *,
    on: date,
) -> None:
    """Refuse `operator` in `seat` if an earlier act on the same case is incompatible with it.

    Hard pairs always raise SeatsConflictError; soft pairs raise ExemptionNeededError unless an
    exemption of this operator for exactly these seats is in force on `on` (会计法 Art 25, 35).
    """
    standing = tuple(exemptions)
    for act in acts:
        if act.operator_id != operator.operator_id:
            continue
        pair = frozenset({act.seat, seat})
        if pair in HARD_PAIRS:
            raise SeatsConflictError(name=operator.name, first=act.seat.label, second=seat.label)
        if pair in SOFT_PAIRS and not _exempted(operator, pair, standing, on):
            raise ExemptionNeededError(name=operator.name, first=act.seat.label, second=seat.label)


def require_compatible_seats(name: str, seats: Iterable[Seat]) -> None:
    """Refuse an account that would be cashier and bookkeeper at once (会计法 Art 35)."""
    if {Seat.CASHIER, Seat.BOOKKEEPER} <= set(seats):
        raise SeatsIncompatibleError(
            name=name, first=Seat.CASHIER.label, second=Seat.BOOKKEEPER.label
        )


def require_other_administrator(leaving: Operator, everybody: Iterable[Operator]) -> None:
    """Refuse to leave the desk without an active administrator (LastAdministratorError)."""
    remaining = [
        one
        for one in everybody
        if one.active and one.operator_id != leaving.operator_id and Seat.ADMINISTRATOR in one.seats
    ]
    if not remaining:
        raise LastAdministratorError(name=leaving.name)


def _exempted(
    operator: Operator, pair: frozenset[Seat], exemptions: tuple[Exemption, ...], on: date
) -> bool:
    return any(
        exemption.operator_id == operator.operator_id
        and frozenset(exemption.seats) == pair
        and on <= exemption.valid_until
        for exemption in exemptions
    )
