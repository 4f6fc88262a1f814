"""What the sign-in page must know before anything is opened: is there a desk, who has an account.

Light on purpose: the window asks this first, while cipher and database are not loaded yet.
"""

import json
from pathlib import Path

from reliefdesk.storage.folder import DESK_FILE, SLOTS_FILE


def exists(folder: Path) -> bool:
    """Whether a desk lies in `folder`."""
    return (folder / DESK_FILE).exists()


def account_names(folder: Path) -> tuple[str, ...]:
    """Give the names that can sign in. Raises SlotsMissingError or SlotsDamagedError."""
    path = folder / SLOTS_FILE
    try:
        return tuple(str(slot["name"]) for slot in json.loads(path.read_bytes())["slots"])
    except (OSError, ValueError, KeyError, TypeError):
        # The full reader knows what is wrong and names it.
        from reliefdesk.keys import slots  # noqa: PLC0415 - loads the cipher

        return tuple(slot.name for slot in slots.read(path).slots)
