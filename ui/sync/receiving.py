"""A stick or files are read: plan, confirm, take in; a district's answer goes to the same place."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from reliefdesk import wording
from reliefdesk.domain.streams import PlanState
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import sticks
from reliefdesk.services.receiving import ImportPlan
from reliefdesk.services.recording import Context, Recorded
from reliefdesk.services.sticks import Found, Taken
from ui import failures
from ui.operations import Operations
from ui.sync.plan_panel import PlanPanel
from ui.widgets.message_bar import MessageBar

Planned = tuple[ImportPlan, Found]


class Receiving(PlanPanel):
    """The plan with what leads to it and what follows; `finished` once something was taken in."""

    opened = Signal()
    finished = Signal()

    def __init__(self, operations: Operations, messages: MessageBar) -> None:
        super().__init__()
        self._operations = operations
        self._messages = messages
        self._source: Found | None = None
        self.taken.connect(self._take)

    def read_paths(self, paths: Sequence[Path]) -> None:
        """Plan the import of files and folders; an answer goes to the place of the first."""
        if not paths:
            return
        home = paths[0] if paths[0].is_dir() else paths[0].parent
        self._messages.clear()
        self._operations.run(
            lambda context: (sticks.plan(context, paths), sticks.look(context, home)),
            done=self.show_plan,
            failed=self._failed,
        )

    def of_stick(self, context: Context, one: Found) -> Planned:
        """Plan the import of what others wrote on a stick; runs on the desk's thread."""
        return sticks.plan(context, [one.folder]), one

    def show_plan(self, found: Planned) -> None:
        """Show a plan, or say that nothing is there to plan."""
        plan, self._source = found
        if not plan.rows:
            self._messages.show_note(wording.text("sync_page.no_bundles"))
            return
        self.opened.emit()
        self.open(plan)

    def _take(self, plan: ImportPlan) -> None:
        source = self._source
        self._operations.run(
            lambda context: sticks.take(context, plan, source),
            done=self._taken,
            failed=self._refused,
        )

    def _taken(self, done: Recorded[Taken]) -> None:
        self.close_level()
        said, is_whole = _taken_text(done.result)
        say: Callable[[str], None] = self._messages.show_warning
        if is_whole:
            say = self._messages.show_success
        say(said)
        self.finished.emit()

    def _refused(self, error: ReliefDeskError) -> None:
        self.close_level()
        self._failed(error)
        self.finished.emit()

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self._messages)


def _taken_text(taken: Taken) -> tuple[str, bool]:
    """What was taken in, and whether nothing of it needs a look."""

    def count(*states: PlanState) -> int:
        return sum(row.state in states for row in taken.rows)

    refused = count(PlanState.REFUSED, PlanState.ALARM)
    aside = sum(len(row.aside) for row in taken.rows)
    said = wording.text(
        "sync_page.taken",
        taken=count(PlanState.READY),
        aside=aside,
        waiting=count(PlanState.WAITING),
        refused=refused,
    )
    if taken.answered:
        said += wording.text(
            "sync_page.answered", stick=taken.stick, offices="、".join(taken.answered)
        )
    if taken.answer_failed:
        said += wording.text("sync_page.answer_failed", why=taken.answer_failed)
    return said, not (refused or aside or taken.answer_failed)
