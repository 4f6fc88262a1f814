"""What was said of records, and what is done about them: cures, corrections, retries, keys."""

from PySide6.QtCore import Signal

from reliefdesk import wording
from reliefdesk.domain.partners import PartnerRow
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import receiving
from reliefdesk.services.recording import Recorded
from reliefdesk.services.sync import SentRow
from reliefdesk.services.verdicts import VerdictLine
from ui import failures
from ui.operations import Operations
from ui.sync import tasks
from ui.sync import view as views
from ui.sync.verdict_panel import VerdictPanel
from ui.widgets.message_bar import MessageBar
from ui.widgets.order_form import Task


class VerdictWork(VerdictPanel):
    """The panel with what leads to it and what follows; `task_wanted` asks for a form."""

    opened = Signal()
    task_wanted = Signal(object)

    def __init__(self, operations: Operations, messages: MessageBar) -> None:
        super().__init__()
        self._operations = operations
        self._messages = messages
        self.cure_wanted.connect(self._cure)
        self.ask_wanted.connect(self._ask_correction)
        self.revoke_wanted.connect(self._revoke)
        self.retry_wanted.connect(self._retry)

    def of_bundle(self, row: SentRow) -> None:
        """Show what the partner says of each record of a bundle."""
        manifest_id = row.manifest_id
        self._operations.run(
            lambda context: views.verdicts(context, manifest_id),
            done=self._show_verdicts,
            failed=self._failed,
        )

    def of_office(self, row: PartnerRow) -> None:
        """Show what of an office waits for people."""
        self._operations.run(
            lambda context: views.doubts(context, row),
            done=self._show_doubts,
            failed=self._failed,
        )

    def _show_verdicts(self, found: views.Verdicts) -> None:
        self.opened.emit()
        self.open(found)

    def _show_doubts(self, found: views.Doubts) -> None:
        self.opened.emit()
        self.open_doubts(found)

    def _cure(self, row: SentRow, line: VerdictLine) -> None:
        self._ask(tasks.cure(row, line))

    def _ask_correction(self, office: PartnerRow, line: VerdictLine) -> None:
        self._ask(tasks.ask_correction(office, line))

    def _revoke(self, office: PartnerRow) -> None:
        self._ask(tasks.revoke(office))

    def _ask(self, task: Task) -> None:
        self.close_level()
        self.task_wanted.emit(task)

    def _retry(self) -> None:
        self.close_level()
        self._operations.run(receiving.retry_aside, done=self._retried, failed=self._failed)

    def _retried(self, done: Recorded[int]) -> None:
        self._messages.show_success(wording.text("sync_page.retried", count=done.result))

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self._messages)
