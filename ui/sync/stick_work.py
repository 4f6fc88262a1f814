"""Work with the chosen stick on the desk's thread: found anew each time, one act under way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import sticks
from reliefdesk.services.recording import Context
from reliefdesk.services.sticks import Found
from ui.operations import Operations


class StickWork:
    """Belongs to a page; `failed` hears refusals. While `is_running` nothing else may begin."""

    def __init__(
        self, operations: Operations, *, failed: Callable[[ReliefDeskError], None]
    ) -> None:
        self._operations = operations
        self._failed = failed
        self.is_running = False
        self.folders: tuple[Path, ...] = ()

    def add(self, folder: Path) -> None:
        """Use a folder as a stick."""
        if folder not in self.folders:
            self.folders += (folder,)

    def run(
        self,
        act: Callable[[Context, Found], Any],
        chosen: Path | None,
        *,
        done: Callable[[Any], None],
    ) -> None:
        """Do something with the chosen stick, or the only one that is in now."""
        folders = self.folders

        def call(context: Context) -> Any:  # noqa: ANN401 - what the act gives
            return act(context, sticks.one_of(sticks.found(context, folders), chosen))

        self.is_running = True
        self._operations.run(
            call, done=lambda result: self._ended(result, done), failed=self._refused
        )

    def _ended(self, result: Any, done: Callable[[Any], None]) -> None:  # noqa: ANN401
        self.is_running = False
        done(result)

    def _refused(self, error: ReliefDeskError) -> None:
        self.is_running = False
        self._failed(error)
