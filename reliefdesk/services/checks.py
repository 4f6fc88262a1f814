"""Findings of a spot check and what follows: a district asks and closes, an office answers.

How a month is drawn stands in `check_list`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reliefdesk.domain.check_records import (
    ANSWERABLE,
    ASKABLE,
    FINDABLE,
    AnswerMissingError,
    CheckItem,
    CheckState,
    CheckStateError,
    CheckUnknownError,
    Defect,
    DueDayError,
    FindingGiven,
    FindingIncompleteError,
    RectificationAnswered,
    RectificationAsked,
    RectificationClosed,
    SpotCheck,
)
from reliefdesk.domain.checks import list_text
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.partners import RoleError, require_district
from reliefdesk.keys import durable
from reliefdesk.services import messages
from reliefdesk.services.printing import SaveFailedError
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import checks as stored

_CHANGED = ("checks", "sync", "today", "ledger")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingOrder:
    """What a check found; a case that conforms has no defects."""

    check_id: str
    case_no: str
    conform: bool
    defects: tuple[Defect, ...]
    remark: str
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandOrder:
    """What an office has to put right until when."""

    check_id: str
    case_no: str
    demand: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOrder:
    """What the office did, and on which day."""

    check_id: str
    case_no: str
    answer: str
    done_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOrder:
    """The answer suffices, and why."""

    check_id: str
    case_no: str
    remark: str


def give_finding(
    context: Context, order: FindingOrder, *, officer: VerifiedOfficer
) -> Recorded[CheckItem]:
    """Give the finding of a drawn case; it can be given anew until something is asked."""
    require_district(context.desk.kind)
    require_seat(officer.operator, Seat.REVIEWER)
    found = _item_in(context, order.check_id, order.case_no, FINDABLE)
    remark, defects = order.remark.strip(), tuple(dict.fromkeys(order.defects))
    if bool(defects) is order.conform or not (order.conform or remark):
        raise FindingIncompleteError
    if order.checked_on > context.today:
        raise DueDayError(on=order.checked_on)
    event = FindingGiven(
        check_id=order.check_id,
        case_no=order.case_no,
        conform=order.conform,
        defects=defects,
        remark=remark,
        checked_on=order.checked_on,
        checked_by=officer.operator.name,
    )
    return _tell(context, found, event, officer)


def ask(context: Context, order: DemandOrder, *, officer: VerifiedOfficer) -> Recorded[CheckItem]:
    """Ask the office to put a case right, or once more where its answer does not suffice."""
    require_district(context.desk.kind)
    require_seat(officer.operator, Seat.APPROVER)
    found = _item_in(context, order.check_id, order.case_no, ASKABLE)
    _require_words(order.demand)
    if order.due_on <= context.today:
        raise DueDayError(on=order.due_on)
    event = RectificationAsked(
        check_id=order.check_id,
        case_no=order.case_no,
        demand=order.demand.strip(),
        due_on=order.due_on,
        asked_by=officer.operator.name,
    )
    return _tell(context, found, event, officer)


def answer(
    context: Context, order: AnswerOrder, *, officer: VerifiedOfficer
) -> Recorded[CheckItem]:
    """Answer at the office what it did; the answer travels with its next bundle."""
    require_seat(officer.operator, Seat.APPROVER)
    if context.desk.kind.is_district:
        raise RoleError(role=context.desk.kind.label)
    found = _item_in(context, order.check_id, order.case_no, ANSWERABLE)
    _require_words(order.answer)
    if order.done_on > context.today:
        raise DueDayError(on=order.done_on)
    event = RectificationAnswered(
        check_id=order.check_id,
        case_no=order.case_no,
        answer=order.answer.strip(),
        done_on=order.done_on,
        answered_by=officer.operator.name,
    )
    with context.file.transaction():
        record(context, event, confirmed_by=(officer.operator.operator_id,))
    return recorded(_item(context, found.check_id, found.line.case_no), *_CHANGED)


def close(context: Context, order: CloseOrder, *, officer: VerifiedOfficer) -> Recorded[CheckItem]:
    """Close a rectification at the district; the office is told."""
    require_district(context.desk.kind)
    require_seat(officer.operator, Seat.APPROVER)
    found = _item_in(context, order.check_id, order.case_no, (CheckState.ANSWERED,))
    _require_words(order.remark)
    event = RectificationClosed(
        check_id=order.check_id,
        case_no=order.case_no,
        remark=order.remark.strip(),
        closed_by=officer.operator.name,
    )
    return _tell(context, found, event, officer)


def listed(context: Context) -> tuple[CheckItem, ...]:
    """Give every drawn case, the newest month first."""
    return stored.items(context.file)


def of_case(context: Context, case_no: str) -> tuple[CheckItem, ...]:
    """Give the checks in which a case was drawn."""
    return stored.items(context.file, case_no=case_no)


def open_rectifications(context: Context) -> tuple[CheckItem, ...]:
    """Give the cases of which something is asked and not closed, the earliest due first."""
    return stored.rectifications(context.file)


def items_of(context: Context, check_id: str) -> tuple[CheckItem, ...]:
    """Give the drawn cases of one draw, by office and number."""
    return stored.items(context.file, check_id=check_id)


def check(context: Context, check_id: str) -> SpotCheck:
    """Give one draw with its list. Raises CheckUnknownError."""
    found = stored.check(context.file, check_id)
    if found is None:
        raise CheckUnknownError
    return found


def list_file(context: Context, check_id: str) -> tuple[str, bytes]:
    """Give the name and the bytes of a draw's list, as anybody needs them to redo it."""
    found = check(context, check_id)
    return f"{found.check_no}.TXT", list_text(found.draw.lines)


def save_list(context: Context, check_id: str, path: Path) -> Path:
    """Write a draw's list to a file, whole or not at all; raises SaveFailedError."""
    _, content = list_file(context, check_id)
    try:
        durable.write(path, content)
    except OSError as failure:
        raise SaveFailedError(file=path) from failure
    return path


def _tell(
    context: Context,
    found: CheckItem,
    event: FindingGiven | RectificationAsked | RectificationClosed,
    officer: VerifiedOfficer,
) -> Recorded[CheckItem]:
    """Queue a message for the office of a case."""
    confirmed = (officer.operator.operator_id,)
    with context.file.transaction():
        messages.queue(context, DeskId(found.recipient), event, confirmed_by=confirmed)
    return recorded(_item(context, found.check_id, found.line.case_no), *_CHANGED)


def _item_in(
    context: Context, check_id: str, case_no: str, states: Sequence[CheckState]
) -> CheckItem:
    found = _item(context, check_id, case_no)
    if found.state not in states:
        raise CheckStateError(state=found.state.label)
    return found


def _item(context: Context, check_id: str, case_no: str) -> CheckItem:
    found = stored.items(context.file, check_id=check_id, case_no=case_no)
    if not found:
        raise CheckUnknownError
    return found[0]


def _require_words(text: str) -> None:
    if not text.strip():
        raise AnswerMissingError
