"""Operators, their seats and confirming PINs: who may act is decided here, never by a button."""

from dataclasses import dataclass
from datetime import date

from reliefdesk.domain.ids import ExemptionId, OperatorId
from reliefdesk.domain.operators import (
    SOFT_PAIRS,
    DrawerHeldError,
    Exemption,
    ExemptionIncompleteError,
    ExemptionRecorded,
    NameMissingError,
    Operator,
    OperatorAdded,
    OperatorLeft,
    OperatorSeatsChanged,
    OperatorUnknownError,
    Seat,
    VerifiedOfficer,
    require_compatible_seats,
    require_other_administrator,
    require_seat,
)
from reliefdesk.keys import pins
from reliefdesk.keys.work import PIN_WORK, Work, new_salt
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cash
from reliefdesk.storage import operators as stored
from reliefdesk.storage import pins as stored_pins


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorDraft:
    """A new account: its seats and the PIN that the operator typed."""

    operator_id: OperatorId
    name: str
    seats: tuple[Seat, ...]
    pin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionDraft:
    """A soft separation rule to be lifted for one operator, under a document, until a day."""

    operator_id: OperatorId
    seats: tuple[Seat, Seat]
    document: str
    reason: str
    valid_until: date


def operator(context: Context, operator_id: OperatorId) -> Operator:
    """Give one operator; raises OperatorUnknownError."""
    found = stored.operator(context.file, operator_id)
    if found is None:
        raise OperatorUnknownError
    return found


def signed_in(context: Context) -> Operator:
    """Give the operator who is signed in."""
    return operator(context, context.operator_id)


def operators(context: Context) -> tuple[Operator, ...]:
    """Give all operators, those who left included, in the order they came."""
    return stored.operators(context.file)


def with_seat(context: Context, seat: Seat) -> tuple[Operator, ...]:
    """Give the active operators who hold a seat."""
    return tuple(one for one in operators(context) if one.active and seat in one.seats)


def names(context: Context) -> dict[str, str]:
    """Map operator ids to names."""
    return stored.names(context.file)


def exemptions(context: Context) -> tuple[Exemption, ...]:
    """Give every recorded exemption."""
    return stored.exemptions(context.file)


def add(context: Context, draft: OperatorDraft, *, work: Work = PIN_WORK) -> Recorded[Operator]:
    """Open an account; the very first one makes itself, later ones need the system seat.

    Raises NameMissingError, SeatsIncompatibleError, PinShapeError or PinWeakError.
    """
    if operators(context):
        require_seat(signed_in(context), Seat.ADMINISTRATOR)
    if not draft.name.strip():
        raise NameMissingError
    require_compatible_seats(draft.name.strip(), draft.seats)
    kept = pins.pin_hash(draft.pin, salt=new_salt(), work=work)
    event = OperatorAdded(operator_id=draft.operator_id, name=draft.name.strip(), seats=draft.seats)
    with context.file.transaction():
        record(context, event)
        stored_pins.set_hash(context.file, draft.operator_id, kept)
    return recorded(operator(context, draft.operator_id), "operators")


def change_seats(
    context: Context, operator_id: OperatorId, seats: tuple[Seat, ...]
) -> Recorded[Operator]:
    """Set an account's seats anew; the last administrator keeps the system seat."""
    require_seat(signed_in(context), Seat.ADMINISTRATOR)
    found = operator(context, operator_id)
    require_compatible_seats(found.name, seats)
    if Seat.CASHIER not in seats:
        _require_empty_drawer(context, found)
    if Seat.ADMINISTRATOR not in seats:
        require_other_administrator(found, operators(context))
    with context.file.transaction():
        record(context, OperatorSeatsChanged(operator_id=operator_id, seats=seats))
    return recorded(operator(context, operator_id), "operators")


def leave(context: Context, operator_id: OperatorId) -> Recorded[Operator]:
    """Close an account; its past acts keep the name. Raises DrawerHeldError while it holds cash."""
    require_seat(signed_in(context), Seat.ADMINISTRATOR)
    found = operator(context, operator_id)
    require_other_administrator(found, operators(context))
    _require_empty_drawer(context, found)
    with context.file.transaction():
        record(context, OperatorLeft(operator_id=operator_id))
    return recorded(operator(context, operator_id), "operators")


def _require_empty_drawer(context: Context, found: Operator) -> None:
    if cash.held(context.file, found.operator_id).fen:
        raise DrawerHeldError(name=found.name)


def exempt(context: Context, draft: ExemptionDraft) -> Recorded[Exemption]:
    """Record an exemption from a soft separation rule (RULES.md §6.2); hard ones have none."""
    require_seat(signed_in(context), Seat.ADMINISTRATOR)
    soft = frozenset(draft.seats) in SOFT_PAIRS
    if not soft or not draft.document.strip() or not draft.reason.strip():
        raise ExemptionIncompleteError
    exemption = Exemption(
        exemption_id=ExemptionId(context.ids.new()),
        operator_id=operator(context, draft.operator_id).operator_id,
        seats=draft.seats,
        document=draft.document.strip(),
        reason=draft.reason.strip(),
        valid_until=draft.valid_until,
    )
    with context.file.transaction():
        record(context, ExemptionRecorded(exemption=exemption))
    return recorded(exemption, "operators")


def set_pin(
    context: Context, operator_id: OperatorId, pin: str, *, work: Work = PIN_WORK
) -> Recorded[None]:
    """Set a new PIN: one's own, or as administrator that of somebody who is locked out."""
    if operator_id != context.operator_id:
        require_seat(signed_in(context), Seat.ADMINISTRATOR)
    kept = pins.pin_hash(pin, salt=new_salt(), work=work)
    with context.file.transaction():
        stored_pins.set_hash(context.file, operator(context, operator_id).operator_id, kept)
    return recorded(None, "operators")


def check_pin(context: Context, operator_id: OperatorId, pin: str) -> VerifiedOfficer:
    """Prove that an operator is present, without signing anybody out.

    A try counts as failed before it is looked at, so that pulling the plug gains nothing. Raises
    PinRefusedError with the tries left, PinWaitError or PinLockedError.
    """
    found = operator(context, operator_id)
    with context.file.transaction():
        kept = stored_pins.begin(context.file, operator_id, now=context.now)
    if not found.active or not pins.matches(pin, kept):
        left = stored_pins.tries_left(context.file, operator_id)
        raise pins.PinRefusedError(name=found.name, left=left)
    with context.file.transaction():
        stored_pins.succeeded(context.file, operator_id)
    return VerifiedOfficer(operator=found)
