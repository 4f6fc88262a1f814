"""Hashes of confirming PINs with a counter of failures that survives kill -9; local to this desk.

A try counts as failed before the PIN is looked at: `begin` in one transaction, then `succeeded`.
"""

from datetime import UTC, datetime

from reliefdesk.clock import shanghai_time
from reliefdesk.domain.ids import OperatorId
from reliefdesk.keys.pins import (
    FAILURES_MAX,
    PinLockedError,
    PinMissingError,
    PinWaitError,
    delay_after,
)
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile

TABLES = """
CREATE TABLE pins(
  operator_id TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  locked_until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def set_hash(file: DeskFile, operator_id: OperatorId, kept: str) -> None:
    """Keep a new PIN's hash; failures start at zero, a locked PIN is free again."""
    file.execute(
        "INSERT INTO pins VALUES (?,?,0,?) ON CONFLICT DO UPDATE "
        "SET hash = excluded.hash, failures = 0, locked_until = excluded.locked_until",
        (operator_id, kept, canonical.instant_text(_NEVER)),
    )


def begin(file: DeskFile, operator_id: OperatorId, *, now: datetime) -> str:
    """Count a try as failed and give the hash to check it against.

    End the transaction before checking. Raises PinMissingError, PinLockedError or PinWaitError.
    """
    row = file.row("SELECT * FROM pins WHERE operator_id = ?", (operator_id,))
    if row is None:
        raise PinMissingError
    if row["failures"] >= FAILURES_MAX:
        raise PinLockedError
    until = canonical.read_instant(row["locked_until"])
    if now < until:
        raise PinWaitError(until=f"{shanghai_time(until):%H:%M:%S}")
    failures: int = row["failures"] + 1
    file.execute(
        "UPDATE pins SET failures = ?, locked_until = ? WHERE operator_id = ?",
        (failures, canonical.instant_text(now + delay_after(failures)), operator_id),
    )
    kept: str = row["hash"]
    return kept


def succeeded(file: DeskFile, operator_id: OperatorId) -> None:
    """Forget the failures after a right PIN."""
    file.execute(
        "UPDATE pins SET failures = 0, locked_until = ? WHERE operator_id = ?",
        (canonical.instant_text(_NEVER), operator_id),
    )


def tries_left(file: DeskFile, operator_id: OperatorId) -> int:
    """Count the wrong PINs that are left before it locks."""
    failures: int | None = file.value(
        "SELECT failures FROM pins WHERE operator_id = ?", (operator_id,)
    )
    return max(FAILURES_MAX - (failures or 0), 0)
