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

    def discard(self) -> None:
        """Forget the draft: it became a case, or the clerk emptied the form."""
        self._latest.forget()
        self._operations.run(_discard, done=self._discarded, failed=self._failed)

    def _saved(self, at: datetime) -> None:
        self.said.emit(wording.text("counter.draft_saved", time=f"{shanghai_time(at):%H:%M}"))

    def _discarded(self, _nothing: None) -> None:
        self.said.emit("")

    def _failed(self, error: ReliefDeskError) -> None:
        reason = wording.parts(error).what
        self.said.emit(wording.text("counter.draft_failed", reason=reason))


def load_draft(context: Context) -> str:
    """The saved text of the signed-in operator, or an empty one."""
    kept = drafts.load(context, SLOT)
    return kept.content if kept is not None else ""


def _discard(context: Context) -> None:
    drafts.discard(context, SLOT)
