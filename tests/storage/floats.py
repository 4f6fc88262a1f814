"""A real desk file with the cheapest true events: money put into the drawer, one line each."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from reliefdesk.domain.cash import FloatPurpose, FloatReceived
from reliefdesk.domain.events import Entry, Header
from reliefdesk.domain.ids import EntryId, EventId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.storage import journal, opening
from reliefdesk.storage.desk_file import DeskFile

KEY = bytes(range(32))
MORNING = datetime(2021, 3, 10, 1, 0, tzinfo=UTC)
CASHIER = OperatorId("op-1")


def a_float(number: int, *, approval: str = "虚构〔2021〕9号") -> FloatReceived:
    """The float of 1 yuan and `number` fen."""
    facts: dict[str, Any] = {
        "entry_id": EntryId(f"float-{number}"),
        "cashier": CASHIER,
        "purpose": next(iter(FloatPurpose)),
        "amount": Money(100 + number),
        "approval": approval,
        "source": "虚构财政所",
        "use": "",
        "return_by": None,
        "received_on": date(2021, 3, 10),
    }
    # The event grows with the trade; here only that it is one line of the drawer matters.
    return FloatReceived(**{field.name: facts[field.name] for field in fields(FloatReceived)})


def a_header(number: int) -> Header:
    """Around the event of that number: one second after the one before."""
    return Header(
        event_id=EventId(f"event-{number}"),
        at=MORNING + timedelta(seconds=number),
        on=date(2021, 3, 10),
        operator_id=CASHIER,
        confirmed_by=(),
    )


def put(file: DeskFile, number: int) -> Entry:
    """Record one float durably."""
    with file.transaction():
        return journal.append(file, a_float(number), a_header(number))


def a_desk_file(folder: Path, floats: int = 0) -> DeskFile:
    """A new open desk file with so many floats."""
    file = opening.create_desk_file(folder, KEY)
    for number in range(1, floats + 1):
        put(file, number)
    return file


def a_closed_desk(folder: Path, floats: int = 0) -> Path:
    """The folder of a desk with so many floats that nobody has open."""
    a_desk_file(folder, floats).close()
    return folder


def meddle(folder: Path, *statements: str) -> None:
    """Change a desk as somebody would who has the data key and another tool."""
    file = DeskFile.open(folder / opening.DESK_FILE, KEY)
    file.connection.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        file.connection.execute(statement)
    file.close()


def unlocked(table: str) -> tuple[str, str]:
    """The statements that take a table's append-only triggers away."""
    return f"DROP TRIGGER {table}_no_update", f"DROP TRIGGER {table}_no_delete"
