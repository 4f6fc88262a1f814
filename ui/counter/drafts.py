"""Keeps what the counter's boxes hold: saved at every edit, called saved when the desk says so.

The form of a request is one draft; the steps of a case share another, a part for each step.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from reliefdesk import wording
from reliefdesk.clock import shanghai_time
from reliefdesk.domain.ids import CaseId
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import drafts
from reliefdesk.services.recording import Context
from ui.counter.fields import put_text, texts_of
from ui.counter.form import CounterForm
from ui.operations import Operations
from ui.widgets.field_grid import FieldGrid
from ui.widgets.latest import Latest

SLOT = "counter"
ASIDE = "counter.aside"
"""Where a form lies that was left for another person before it was submitted."""
_PASSING = ("decision.", "pay.")


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
        self.said.emit(_saved_words(at))

    def _kept_aside(self, _at: datetime) -> None:
        self.said.emit(wording.text("counter.draft_aside"))

    def _discarded(self, _nothing: None) -> None:
        self.said.emit("")

    def _failed(self, error: ReliefDeskError) -> None:
        self.said.emit(_failed_words(error))


class StepBoxes(QObject):
    """The boxes of one step of a case, and what was typed into them since the step began.

    `mark` names the step; it is empty while boxes are filled by the program, which is no typing.
    """

    edited = Signal()
    restored = Signal()

    def __init__(self, *grids: FieldGrid) -> None:
        super().__init__()
        self.mark = ""
        self.kept: Mapping[str, Mapping[str, str]] = {}
        self._grids = grids
        self._begun: dict[str, str] = {}
        for grid in grids:
            grid.changed.connect(self._tell)

    def rest(self) -> None:
        """What is put into the boxes from here on is no typing."""
        self.mark = ""

    def begin(self, mark: str) -> None:
        """The boxes hold what a step suggests; what was typed into it earlier comes back."""
        self.mark = ""
        self._begun = self._texts()
        kept = self.kept.get(mark, {})
        for grid in self._grids:
            for name in grid.names():
                if name in kept:
                    put_text(grid.field(name), kept[name])
        self.mark = mark
        if kept:
            self.restored.emit()

    def go_on(self, mark: str) -> None:
        """The program has filled what it wanted to; the boxes keep what they hold."""
        self.mark = mark

    def settle(self) -> None:
        """What the boxes hold was recorded: from here on it is what they began with."""
        self._begun = self._texts()

    def typed(self) -> dict[str, str]:
        """What differs from the suggestion, by the name of the box."""
        return {name: text for name, text in self._texts().items() if text != self._begun.get(name)}

    def _texts(self) -> dict[str, str]:
        return {name: text for grid in self._grids for name, text in texts_of(grid).items()}

    def _tell(self, _name: str) -> None:
        if self.mark:
            self.edited.emit()


class StepDrafts(QObject):
    """What was typed into the steps of the case on screen; `said` carries its state in words."""

    said = Signal(str)

    def __init__(self, operations: Operations, parent: QObject, *steps: StepBoxes) -> None:
        super().__init__(parent)
        self._operations = operations
        self._slot = ""
        self._kept: dict[str, dict[str, str]] = {}
        self._latest: Latest[datetime | None] = Latest(
            operations, parent=self, done=self._saved, failed=self._failed
        )
        for step in steps:
            step.setParent(self)
            step.kept = self._kept
            step.edited.connect(self._edited)
            step.restored.connect(self._say_restored)

    def open(self, case_id: CaseId, text: str) -> None:
        """Take up what was typed for a case; `text` is what `load_steps` gave."""
        if self._latest.busy and self._slot == step_slot(case_id):
            return
        if self._latest.busy:
            # Another case gives way: its last words are saved before its place is taken.
            self._latest.forget()
            self._operations.run(self._keeping(), done=_nothing, failed=self._failed)
        self._slot = step_slot(case_id)
        self._kept.clear()
        self._kept.update(_read(text))
        self.said.emit("")

    def done(self, step: StepBoxes) -> None:
        """A step was recorded: what was typed into it is a draft no longer."""
        step.settle()
        if self._kept.pop(step.mark, None) is not None:
            self._latest.ask(self._keeping())

    def fit(self, *marks: str) -> None:
        """Of decision and payment only the steps that are open now count; the rest went by."""
        stale = [each for each in self._kept if each.startswith(_PASSING) and each not in marks]
        for each in stale:
            del self._kept[each]
        if stale:
            self._latest.ask(self._keeping())

    def _say_restored(self) -> None:
        self.said.emit(wording.text("counter.draft_back"))

    def _edited(self) -> None:
        step = self.sender()
        assert isinstance(step, StepBoxes)  # noqa: S101 - connected above
        typed = step.typed()
        if not self._slot or typed == self._kept.get(step.mark, {}):
            return
        self._kept[step.mark] = typed
        if not typed:
            del self._kept[step.mark]
        self._latest.ask(self._keeping())

    def _keeping(self) -> Callable[[Context], datetime | None]:
        slot, text = self._slot, json.dumps(self._kept, ensure_ascii=False)
        if self._kept:
            return lambda context: drafts.save(context, slot, text)
        return lambda context: drafts.discard(context, slot)

    def _saved(self, at: datetime | None) -> None:
        self.said.emit("" if at is None else _saved_words(at))

    def _failed(self, error: ReliefDeskError) -> None:
        self.said.emit(_failed_words(error))


def step_slot(case_id: CaseId) -> str:
    """Where the steps of a case are kept: the page that opens it, and the case."""
    return f"cases.{case_id}"


def load_draft(context: Context, slot: str = SLOT) -> str:
    """The saved text of the signed-in operator, or an empty one."""
    kept = drafts.load(context, slot)
    return kept.content if kept is not None else ""


def _read(text: str) -> dict[str, dict[str, str]]:
    return json.loads(text) if text else {}


def _nothing(_answer: object) -> None:
    """Nobody waits for this answer."""


def _saved_words(at: datetime) -> str:
    return wording.text("counter.draft_saved", time=f"{shanghai_time(at):%H:%M}")


def _failed_words(error: ReliefDeskError) -> str:
    return wording.text("counter.draft_failed", reason=wording.parts(error).what)


def _discard_aside(context: Context) -> None:
    drafts.discard(context, ASIDE)


def _discard(context: Context) -> None:
    drafts.discard(context, SLOT)
