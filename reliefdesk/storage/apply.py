"""The shape of a function that turns one recorded event into rows; each noun offers its own."""

from collections.abc import Callable
from typing import Any

from reliefdesk.domain.events import Entry
from reliefdesk.storage.desk_file import DeskFile

# Any: each function takes its own event type, which the key of its dictionary guarantees.
Apply = Callable[[DeskFile, Entry, Any], None]
