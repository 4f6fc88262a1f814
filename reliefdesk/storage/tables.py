"""Where events become rows: each event type has exactly one function that changes the tables."""

from collections.abc import Callable
from typing import Any

from reliefdesk.domain.events import Entry
from reliefdesk.storage.desk_file import DeskFile

# Any: each function takes its own event type, which the key of the dictionary guarantees.
Apply = Callable[[DeskFile, Entry, Any], None]

APPLY: dict[type, Apply] = {}


def apply(file: DeskFile, entry: Entry) -> None:
    """Change the tables as an entry implies, inside the caller's transaction."""
    change = APPLY.get(type(entry.event))
    if change is not None:
        change(file, entry, entry.event)
