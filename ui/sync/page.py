"""报送: what is not acknowledged goes to a stick with one key; what a stick brings is planned."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.streams import BundleState
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import sticks, sync_papers
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded
from reliefdesk.services.sticks import Found, Written
from ui import failures
from ui.pages import Workplace
from ui.printing.panel import PrintPanel
from ui.sync import tasks
from ui.sync import view as views
from ui.sync.acts import acts_of, enable, show_written
from ui.sync.body import SyncBody
from ui.sync.check_panel import CheckPanel
from ui.sync.enrolment import Enrolment
from ui.sync.layout import lay_out
from ui.sync.merger_panel import MergerPanel
from ui.sync.message_panel import MessagePanel
from ui.sync.receiving import Receiving
from ui.sync.stick_work import StickWork
from ui.sync.verdict_work import VerdictWork
from ui.sync.view import SyncView
from ui.widgets.latest import Latest
from ui.widgets.message_bar import MessageBar
from ui.widgets.order_form import OrderForm, Task

_RELOADS = frozenset({"sync", "partners", "cases", "payments", "settings"})
_DOUBTS = frozenset({BundleState.PARTLY, BundleState.REFUSED})
StickAct = Callable[[Context, Found], Any]


class SyncPage(QWidget):
    """Lists below the commands; a plan, verdicts, a form or a paper opens over them."""

    title = "报送"
    key = "sync"
    record_wanted = Signal(str, str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._view: SyncView | None = None
        self._is_answer_awaited = False
        self.messages = MessageBar()
        self.body = SyncBody()
        self.sticks = StickWork(workplace.operations, failed=self._stick_failed)
        self.plan = Receiving(workplace.operations, self.messages)
        self.verdicts = VerdictWork(workplace.operations, self.messages)
        self.checks = CheckPanel(workplace.operations, failed=self._failed)
        self.received = MessagePanel(workplace.operations, failed=self._failed)
        self.merger = MergerPanel(workplace.operations, workplace.ids, failed=self._failed)
        self.form = OrderForm(workplace.today, now=workplace.now)
        workplace.session.signed_in.connect(self.form.forget)
        self.enrolment = Enrolment(
            self.messages, on_stick=self._on_stick, ask=self._open_form, show=self._open_paper
        )
        self.printing = PrintPanel(workplace, self.messages)
        self._over_body = (
            self.plan,
            self.verdicts,
            self.checks,
            self.received,
            self.merger,
            self.printing,
        )
        self._levels = (*self._over_body, self.form)
        self._latest: Latest[SyncView] = Latest(
            workplace.operations, parent=self, done=self._show, failed=self._failed
        )
        self.acts = acts_of(self)
        self.setAcceptDrops(True)
        self._connect()
        parts = (self.messages, self.form, self.body, *self._over_body)
        lay_out(self, self.title, tuple(self.acts.values()), parts, fixed=2)
        self._arrange()

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def shown(self) -> None:
        """Read everything and look for sticks."""
        self.load()
        if not self._is_busy():
            self.body.begin()

    def changed(self, kinds: frozenset[str]) -> None:
        """Something was recorded: read again; what is open stays open."""
        if kinds & _RELOADS:
            self.load()

    def load(self) -> None:
        """Read the page and look for sticks anew."""
        folders, wanted = self.sticks.folders, self.body.partner()
        self._latest.ask(lambda context: views.read(context, folders, wanted))

    def send(self) -> None:
        """F8: make the next bundle and write it to the stick, in one go."""
        partner = self.body.partner()
        self._on_stick(lambda context, one: sticks.send(context, one, partner), done=self._written)

    def write_again(self) -> None:
        """Write the chosen bundle once more."""
        row = self.body.bundle()
        if row is not None:
            manifest_id = row.manifest_id
            self._on_stick(
                lambda context, one: sticks.write_again(context, manifest_id, one),
                done=self._written,
            )

    def read_stick(self) -> None:
        """F6: plan the import of what others wrote on the stick."""
        self._on_stick(self.plan.of_stick, done=self.plan.show_plan)

    def read_paths(self, paths: Sequence[Path]) -> None:
        """Plan the import of files and folders."""
        if not self._is_busy():
            self.plan.read_paths(paths)

    def use_folder(self, folder: Path) -> None:
        """Use a folder as a stick."""
        self.sticks.add(folder)
        self.load()

    def hand_over(self) -> None:
        """F5: the slip was signed."""
        row = self.body.bundle()
        if row is not None:
            self._open_form(tasks.hand_over(row, self._workplace.today()))

    def print_slip(self) -> None:
        """Show the slip of the chosen bundle; once it is shown, print it."""
        row = self.body.bundle()
        if self.printing.is_open:
            self.printing.print_now()
        elif row is not None:
            manifest_id = row.manifest_id
            self._open_paper(lambda context: sync_papers.transfer_slip(context, manifest_id))

    def show_verdicts(self) -> None:
        """F4: what the partner says of each record of the chosen bundle."""
        row = self.body.bundle()
        if row is not None and not self._is_busy():
            self.verdicts.of_bundle(row)

    def show_doubts(self) -> None:
        """F4 in a district: what of the chosen office waits for people."""
        row = self.body.office()
        if row is not None and not self._is_busy():
            self.verdicts.of_office(row)

    def show_checks(self) -> None:
        """Ctrl+T: what the district drew of our cases, found, and wants put right."""
        if not self._is_busy():
            self.checks.load()

    def show_messages(self) -> None:
        """Ctrl+I: what the district sent beside its verdicts."""
        if not self._is_busy():
            self.received.load()

    def show_merger(self) -> None:
        """Ctrl+B: an office is merged, on either side of it."""
        if not self._is_busy():
            self.merger.load()

    def set_days(self) -> None:
        """Ctrl+Y: after how many days silence is told."""
        if self._view is not None:
            self._open_form(tasks.days(self._view.silence))

    def open_record(self, record_id: str) -> None:
        """From 今日待办: what is to be put right after a spot check, a merger."""
        if record_id == "checks":
            self.show_checks()
        elif record_id == "mergers":
            self.show_merger()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files and folders may be dropped."""
        if event.mimeData().hasUrls() and not self._is_busy():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Plan the import of what was dropped."""
        self.read_paths([Path(url.toLocalFile()) for url in event.mimeData().urls()])

    def _connect(self) -> None:
        self.body.office_changed.connect(self.load)
        self.body.bundle_chosen.connect(self._bundle_chosen)
        self.body.office_chosen.connect(self.show_doubts)
        self.body.bundles_table.row_changed.connect(lambda _row: self._arrange())
        self.plan.opened.connect(self._over)
        self.plan.finished.connect(self._answer_read)
        self.merger.send_wanted.connect(self._send_to_heir)
        for panel in (self.verdicts, self.merger, self.checks):
            panel.opened.connect(self._over)
            panel.task_wanted.connect(self._open_form)
        self.received.opened.connect(self._over)
        for papers in (self.merger, self.checks):
            papers.paper_wanted.connect(self._open_paper)
        self.form.ordered.connect(self._order)
        for level in self._levels:
            level.closed.connect(self._back)
        self.printing.closed.connect(self.enrolment.paper_closed)

    def _is_busy(self) -> bool:
        return self.sticks.is_running or any(level.is_open for level in self._levels)

    def _bundle_chosen(self) -> None:
        if not self.body.is_district:
            self.show_verdicts()

    def _on_stick(self, act: StickAct, *, done: Callable[[Any], None]) -> None:
        if not self._is_busy():
            self.messages.clear()
            self.sticks.run(act, self.body.stick(), done=done)

    def _stick_failed(self, error: ReliefDeskError) -> None:
        self._failed(error)
        self.load()

    def _answer_read(self) -> None:
        self._is_answer_awaited = True
        self.load()

    def _show(self, view: SyncView) -> None:
        self._view = view
        self.body.show_view(view)
        self._arrange()
        if self._is_answer_awaited:
            self._is_answer_awaited = False
            doubts = [row for row in view.bundles if row.state in _DOUBTS]
            if doubts and not view.is_district:
                self.body.choose_bundle(doubts[0].manifest_id)
                self.show_verdicts()

    def _arrange(self) -> None:
        """Commands follow what is there and what is chosen; under a level its keys win."""
        if any(level.is_open for level in self._levels):
            return
        enable(self.acts, self._view, self.body)

    def _written(self, done: Recorded[Written]) -> None:
        show_written(self.messages, done.result)

    def _send_to_heir(self, heir: str) -> None:
        partner = DeskId(heir)
        self._on_stick(lambda context, one: sticks.send(context, one, partner), done=self._written)

    def _open_form(self, task: Task) -> None:
        if self._is_busy() or self._view is None:
            return
        self.messages.clear()
        self._over()
        self.form.open(task, self._view.staff)

    def _open_paper(self, make: Callable[[Context], Paper]) -> None:
        if not self._is_busy():
            self.messages.clear()
            self._over()
            self.printing.open(make)

    def _order(self, call: Callable[[Context], Recorded[Any]]) -> None:
        self.form.setEnabled(False)
        self._workplace.operations.run(call, done=self._ordered, failed=self._order_refused)

    def _ordered(self, done: Recorded[Any]) -> None:
        task = self.form.task
        self.form.finish()
        if task is not None:
            self.messages.show_success(task.done(done.result))

    def _order_refused(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)
        self.form.refuse()

    def _over(self) -> None:
        self.body.hide()

    def _back(self) -> None:
        self.body.show()
        self.body.begin()
        self._arrange()

    def ask_folder(self) -> None:
        """Choose a folder that is a stick."""
        chosen = QFileDialog.getExistingDirectory(self, "选择文件夹")
        if chosen:
            self.use_folder(Path(chosen))

    def ask_files(self) -> None:
        """Choose bundles to read."""
        if self._is_busy():
            return
        chosen, _ = QFileDialog.getOpenFileNames(self, "选择数据包", "", "数据包 (*.AGE *.age)")
        self.read_paths([Path(each) for each in chosen])

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)
