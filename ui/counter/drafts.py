"""Keeps the counter's draft: saved at every edit, called saved only when the desk says so."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from reliefdesk import wording
from reliefdesk.clock import shanghai_time
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import drafts
from reliefdesk.services.recording import Context
from ui.counter.form import CounterForm
from ui.counter.latest import Latest
from ui.operations import Operations

SLOT = "counter"
ASIDE = "counter.aside"
"""Where a form lies that was left for another person before it was submitted."""


class DraftKeeper(QObject):
    """`said` carries the state of the draft in words."""

    said = Signal(str)

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._latest: Latest[datetime] = Latest(
            operations, parent=self, done=self._saved, failed=self._failed
        )

    def save(self, form: CounterForm) -> None:
        """Save now, or right after the save under way."""
        text = form.to_json()
        self._latest.ask(lambda context: drafts.save(context, SLOT, text))

    def put_aside(self, form: CounterForm) -> None:
        """Keep a form that gives way to another one."""
        text = form.to_json()
        self._operations.run(
            lambda context: drafts.save(context, ASIDE, text),
            done=self._kept_aside,
            failed=self._failed,
        )

    def forget_aside(self) -> None:
        """The form that lay aside is on screen again."""
        self._operations.run(_discard_aside, done=self._discarded, failed=self._failed)

    def discard(self) -> None:
        """Forget the draft: it became a case, or the clerk emptied the form."""
        self._latest.forget()
        self._operations.run(_discard, done=self._discarded, failed=self._failed)

    def _saved(self, at: datetime) -> None:
        self.said.emit(wording.text("counter.draft_saved", time=f"{shanghai_time(at):%H:%M}"))

    def _kept_aside(self, _at: datetime) -> None:
        self.said.emit(wording.text("counter.draft_aside"))

    def _discarded(self, _nothing: None) -> None:
        self.said.emit("")

    def _failed(self, error: ReliefDeskError) -> None:
        reason = wording.parts(error).what
        self.said.emit(wording.text("counter.draft_failed", reason=reason))


def load_draft(context: Context, slot: str = SLOT) -> str:
    """The saved text of the signed-in operator, or an empty one."""
    kept = drafts.load(context, slot)
    return kept.content if kept is not None else ""


def _discard_aside(context: Context) -> None:
    drafts.discard(context, ASIDE)


def _discard(context: Context) -> None:
    drafts.discard(context, SLOT)
