"""Getting to know each other: a file on the stick, its fingerprint on paper, two people."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from reliefdesk import wording
from reliefdesk.domain.desks import DeskKind
from reliefdesk.services import root, sticks, sync_papers
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded
from reliefdesk.services.sticks import Found, WrittenKey
from ui.sync import tasks
from ui.widgets.message_bar import MessageBar
from ui.widgets.order_form import Task


class OnStick(Protocol):
    """Does something with the stick that is in, on the desk's thread."""

    def __call__(
        self, act: Callable[[Context, Found], Any], *, done: Callable[[Any], None]
    ) -> None:
        """Run `act`; `done` follows in the window's thread."""


class Enrolment:
    """The commands of the page that make desks known; `ask` opens a form, `show` a paper."""

    def __init__(
        self,
        messages: MessageBar,
        *,
        on_stick: OnStick,
        ask: Callable[[Task], None],
        show: Callable[[Callable[[Context], Paper]], None],
    ) -> None:
        self._messages = messages
        self._show = show
        self._is_root_on_paper = False
        self._on_stick = on_stick
        self._ask = ask

    def request(self) -> None:
        """Write the file with which this desk asks to be enrolled."""
        self._on_stick(sticks.write_request, done=self._requested)

    def enrol(self) -> None:
        """Enrol the partner whose file lies on the stick."""

        def files(context: Context, one: Found) -> tuple[DeskKind, tuple[Path, ...]]:
            return context.desk.kind, sticks.key_files(context, one)

        self._on_stick(files, done=self._found)

    def give_card(self) -> None:
        """Sign a new list of keys and write it to the stick."""
        self._on_stick(lambda _context, one: one, done=self._ask_code)

    def make_root(self) -> None:
        """Show a new root key on paper; it counts once it was typed back from there."""

        def sheet(context: Context) -> Paper:
            paper = root.sheet(context)
            self._is_root_on_paper = True
            return paper

        self._is_root_on_paper = False
        self._show(sheet)

    def print_sheet(self) -> None:
        """Show the paper with this desk's fingerprint, which goes apart from the stick."""
        self._show(sync_papers.fingerprint_sheet)

    def new_epoch(self) -> None:
        """Begin a new epoch; the file that the partner needs goes to the stick."""
        self._on_stick(lambda _context, one: one, done=self._ask_epoch)

    def paper_closed(self) -> None:
        """Ask for the root key that was just on paper."""
        if self._is_root_on_paper:
            self._is_root_on_paper = False
            self._ask(tasks.keep_root())

    def _requested(self, done: Recorded[WrittenKey]) -> None:
        self._messages.show_success(_key_text("requested", done.result))

    def _found(self, found: tuple[DeskKind, tuple[Path, ...]]) -> None:
        kind, files = found
        if files:
            self._ask(tasks.enrol(kind, files))
        else:
            self._messages.show_note(wording.text("sync_page.no_key_file"))

    def _ask_code(self, stick: Found) -> None:
        self._ask(tasks.card(stick, lambda done: _key_text("carded", done)))

    def _ask_epoch(self, stick: Found) -> None:
        self._ask(tasks.epoch(stick, lambda done: _key_text("epoch_done", done)))


def _key_text(name: str, written: WrittenKey) -> str:
    return wording.text(
        f"sync_page.{name}",
        name=written.paper.name,
        stick=written.stick,
        fingerprint=written.paper.fingerprint,
    )
