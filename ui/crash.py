"""What happens when the program itself fails: one plain sentence, and a log without any data.

The log names the kind of failure and the places in the program, never a value or a message, so
that no name or number of a person can get into it.
"""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from reliefdesk import wording
from reliefdesk.clock import Clock, shanghai_time

LOG_NAME = "failures.log"


class CrashReport:
    """Writes failures to a log file and says so in the window."""

    def __init__(self, folder: Path, clock: Clock, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._clock = clock
        self._say = say

    def install(self) -> None:
        """Become the program's last resort for failures nobody foresaw."""
        sys.excepthook = self._hook

    def report(self, error: BaseException) -> None:
        """Log a failure and say it."""
        place = self._write(redacted(error))
        said = wording.text("ui.crash_logged" if place else "ui.crash", file=place)
        if sys.stderr is not None:
            # Before there is a window, nothing else would say why it never came.
            sys.stderr.write(said + "\n")
        self._say(said)

    def _hook(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def _write(self, text: str) -> str:
        at = shanghai_time(self._clock.now())
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / LOG_NAME
            with path.open("a", encoding="utf-8") as log:
                log.write(f"{at:%Y-%m-%d %H:%M:%S} {text}\n")
        except OSError:
            # Without a place for the log the sentence alone must do.
            return ""
        return str(path)


def redacted(error: BaseException) -> str:
    """The kind of a failure and where it happened; no values, no messages."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    cause = error.__cause__ or error.__context__
    after = ["after " + redacted(cause)] if cause is not None else []
    return "\n".join([type(error).__qualname__, *places, *after])
