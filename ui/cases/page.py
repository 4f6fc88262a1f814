"""The list of cases (救助案件) with its filters; Enter opens a case in the panel of the counter."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.case_records import CaseFilter, CaseRow
from reliefdesk.domain.ids import CaseId
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import cases
from ui import failures, keymap, theme
from ui.cases.filter_bar import FilterBar
from ui.cases.rows import COLUMNS
from ui.counter.case_panel import CasePanel
from ui.pages import Workplace
from ui.widgets.latest import Latest
from ui.widgets.message_bar import MessageBar
from ui.widgets.tables import RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

_WATCHED = frozenset({"cases", "persons", "payments", "receipts", "cash"})


class CasesPage(QWidget):
    """The list, or one case."""

    title = "案件"
    key = "cases"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.messages = MessageBar()
        self._actions = self._make_actions()
        self.filters = FilterBar()
        self.rows = RowTable(COLUMNS)
        self.table = TableView("案件列表", self.rows)
        self.says = WrappedLabel()
        self.says.setAccessibleName("列表说明")
        theme.quiet(self.says)
        self.case = CasePanel(workplace, self.messages, self._actions["cases.print"])
        self._latest: Latest[tuple[CaseRow, ...]] = Latest(
            workplace.operations, parent=self, done=self._listed, failed=self._refused
        )
        self.filters.changed.connect(self._load)
        self.table.row_chosen.connect(self._open)
        self._lay_out()

    @property
    def widget(self) -> QWidget:
        """What the window shows."""
        return self

    @property
    def on_case(self) -> bool:
        """Whether one case is shown rather than the list."""
        return self.stack.currentWidget() is self.case

    def shown(self) -> None:
        """Load the list; the cursor goes into it."""
        self._load()
        if self.on_case:
            self.case.reload()
        else:
            self.table.setFocus()

    def changed(self, kinds: frozenset[str]) -> None:
        """Facts changed: list and case are read anew."""
        if kinds & _WATCHED:
            self._load()
            if self.on_case:
                self.case.reload()

    def open_case(self, case_id: CaseId) -> None:
        """Show one case."""
        self.case.open(case_id)
        self.stack.setCurrentWidget(self.case)

    def event(self, event: QEvent) -> bool:
        """Claim Esc while a case is open, before the window takes it."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.on_case
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc: close an open act, else back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.on_case:
            if not self.case.close_act():
                self._show_list()
            return
        super().keyPressEvent(event)

    def _make_actions(self) -> dict[str, QAction]:
        runs = {
            "cases.step": self._step,
            "cases.print": self._print,
        }
        return {name: keymap.action(name, self, run) for name, run in runs.items()}

    def _step(self) -> None:
        if self.on_case:
            self.case.step()
        elif (row := self.table.chosen_row()) is not None:
            self.open_case(row.case_id)

    def _print(self) -> None:
        if self.on_case:
            self.case.print_receipt()

    def _show_list(self) -> None:
        self.messages.clear()
        self.case.close_case()
        self.stack.setCurrentWidget(self.list)
        self.table.setFocus()

    def _load(self) -> None:
        wanted: CaseFilter = self.filters.wanted()
        self._latest.ask(lambda context: cases.listed(context, wanted))

    def _listed(self, found: tuple[CaseRow, ...]) -> None:
        before = self.table.chosen_row()
        self.rows.set_rows(found)
        places = {row.case_id: position for position, row in enumerate(found)}
        if found:
            self.table.choose_row(places.get(before.case_id, 0) if before is not None else 0)
        self.table.setVisible(bool(found))
        empty = "cases_none" if self.filters.blank else "cases_filtered"
        key = "cases_count" if found else empty
        self.says.setText(wording.text(f"counter.{key}", count=len(found)))

    def _open(self, position: int) -> None:
        row = self.rows.row(position)
        if row is not None:
            self.open_case(row.case_id)

    def _refused(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)

    def _lay_out(self) -> None:
        self.list = QWidget()
        inner = QVBoxLayout(self.list)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.GAP_SMALL)
        inner.addWidget(theme.title(self.title))
        inner.addWidget(self.filters)
        inner.addWidget(self.says)
        inner.addWidget(self.table, 1)
        inner.addStretch(0)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.case)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP, theme.GAP_SMALL)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.messages)
        column.addWidget(self.stack, 1)
