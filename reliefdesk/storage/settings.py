"""Settings of this PC, such as the idle lock or the last printer: local, never in the journal."""

from reliefdesk.storage.desk_file import DeskFile

TABLES = """
CREATE TABLE settings(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


def put(file: DeskFile, key: str, value: str) -> None:
    """Keep a value under a key, in place of the one before."""
    file.execute(
        "INSERT INTO settings VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value",
        (key, value),
    )


def get(file: DeskFile, key: str) -> str | None:
    """Give the value under a key, or None where it was never set."""
    value: str | None = file.value("SELECT value FROM settings WHERE key = ?", (key,))
    return value


def remove(file: DeskFile, key: str) -> None:
    """Forget a value."""
    file.execute("DELETE FROM settings WHERE key = ?", (key,))
