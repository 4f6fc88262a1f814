"""The command line; without a verb it opens the window, and loads nothing but the window.

A refusal is one sentence on stderr, exit code 2.
"""

import importlib
import sys
from collections.abc import Sequence

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError

REFUSED = 2
"""Exit code of a refusal and of bad usage; those of the verbs stand in `verbs`."""

_WINDOWS = ("--training", "--training-bureau")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb (or the window) and return the exit code; bad usage exits with 2."""
    given = sys.argv[1:] if argv is None else argv
    # By name: the window stands on top of the program, and the verbs load cipher and database.
    room = "ui.start" if _asks_for_the_window(given) else "reliefdesk.verbs"
    try:
        code: int = importlib.import_module(room).main(given)
    except ReliefDeskError as refusal:
        sys.stderr.write(wording.sentence(refusal) + "\n")
        return REFUSED
    return code


def _asks_for_the_window(given: Sequence[str]) -> bool:
    """Whether every word is an option of the window, which reads them itself."""
    words = iter(given)
    for word in words:
        if word == "--desk":
            next(words, None)
        elif word not in _WINDOWS and not word.startswith("--desk="):
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
