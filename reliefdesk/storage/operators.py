"""Operators and exemptions as tables, made from the journal."""

from reliefdesk.domain import operators as domain
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Exemption, Operator, Seat
from reliefdesk.errors import BugError
from reliefdesk.storage import canonical
from reliefdesk.storage.apply import Apply
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.sqlcipher import Row

TABLES = """
CREATE TABLE operators(
  operator_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  seats TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  added_seq INTEGER NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE TABLE exemptions(
  exemption_id TEXT PRIMARY KEY,
  operator_id TEXT NOT NULL REFERENCES operators(operator_id),
  content TEXT NOT NULL,
  valid_until TEXT NOT NULL
) STRICT;
"""


def operator(file: DeskFile, operator_id: OperatorId) -> Operator | None:
    """Give one operator, active or not."""
    row = file.row("SELECT * FROM operators WHERE operator_id = ?", (operator_id,))
    return None if row is None else _operator(row)


def operators(file: DeskFile) -> tuple[Operator, ...]:
    """Give the operators of this desk in the order they were added."""
    rows = file.rows("SELECT * FROM operators WHERE origin = '' ORDER BY added_seq")
    return tuple(_operator(row) for row in rows)


def names(file: DeskFile) -> dict[str, str]:
    """Map operator ids to names, those who left and those of other desks included."""
    rows = file.rows("SELECT operator_id, name FROM operators")
    return {row["operator_id"]: row["name"] for row in rows}


def exemptions(file: DeskFile, operator_id: OperatorId | None = None) -> tuple[Exemption, ...]:
    """Give the recorded exemptions, of one operator or of all."""
    rows = file.rows(
        "SELECT content FROM exemptions WHERE ?1 IS NULL OR operator_id = ?1 ORDER BY valid_until",
        (operator_id,),
    )
    return tuple(_exemption(row["content"]) for row in rows)


def _operator(row: Row) -> Operator:
    return Operator(
        operator_id=OperatorId(row["operator_id"]),
        name=row["name"],
        seats=tuple(Seat(code) for code in row["seats"].split()),
        active=bool(row["active"]),
    )


def _exemption(content: str) -> Exemption:
    found = canonical.decode(content, Exemption)
    assert isinstance(found, Exemption)  # noqa: S101 - decoded as one
    return found


def _seats_text(seats: tuple[Seat, ...]) -> str:
    return " ".join(seat.value for seat in seats)


def _added(file: DeskFile, entry: Entry, event: domain.OperatorAdded) -> None:
    file.execute(
        "INSERT INTO operators VALUES (?,?,?,1,?,?)",
        (event.operator_id, event.name, _seats_text(event.seats), entry.seq, entry.origin),
    )


def _seats_changed(file: DeskFile, entry: Entry, event: domain.OperatorSeatsChanged) -> None:
    file.execute(
        "UPDATE operators SET seats = ? WHERE operator_id = ? AND origin = ?",
        (_seats_text(event.seats), event.operator_id, entry.origin),
    )


def _left(file: DeskFile, entry: Entry, event: domain.OperatorLeft) -> None:
    file.execute(
        "UPDATE operators SET active = 0 WHERE operator_id = ? AND origin = ?",
        (event.operator_id, entry.origin),
    )


def _exempted(file: DeskFile, entry: Entry, event: domain.ExemptionRecorded) -> None:
    exemption = event.exemption
    origin = file.value(
        "SELECT origin FROM operators WHERE operator_id = ?", (exemption.operator_id,)
    )
    if origin != entry.origin:
        raise BugError(rule="a desk exempts its own operators")
    file.execute(
        "INSERT INTO exemptions VALUES (?,?,?,?)",
        (
            exemption.exemption_id,
            exemption.operator_id,
            canonical.encode(exemption),
            exemption.valid_until.isoformat(),
        ),
    )


APPLY: dict[type, Apply] = {
    domain.OperatorAdded: _added,
    domain.OperatorSeatsChanged: _seats_changed,
    domain.OperatorLeft: _left,
    domain.ExemptionRecorded: _exempted,
}
