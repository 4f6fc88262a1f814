"""A tab of the place: a list, its totals, and the acts that fit the chosen line, each keyed."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.operators import Seat
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded
from ui import keymap, theme
from ui.pages import Workplace
from ui.printing.sheet_saver import Make
from ui.widgets.latest import Latest
from ui.widgets.order_form import Box, Run, Task
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

RowT = TypeVar("RowT")
PaperCall = Callable[[Context], Paper]
_ACTS_IN_A_ROW = 5


class VoucherTab(QWidget, Generic[RowT]):
    """Subclasses say what they read, what stands above the list, and which acts there are.

    What they show below the list they add to `column`.
    """

    task_wanted = Signal(object)
    paper_wanted = Signal(object)
    case_wanted = Signal(str)
    title = ""
    shows: frozenset[str] = frozenset()

    def __init__(
        self,
        workplace: Workplace,
        columns: tuple[Column[RowT], ...],
        *,
        failed: Callable[[ReliefDeskError], None],
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.workplace = workplace
        self.actions_here: list[QAction] = []
        self.rows: RowTable[RowT] = RowTable(columns)
        self.table = TableView(self.title, self.rows)
        self.totals = WrappedLabel()
        self.totals.setAccessibleName(f"{self.title}合计")
        self.totals.setFont(theme.strong_font())
        self.empty = WrappedLabel()
        theme.quiet(self.empty)
        self._latest: Latest[Any] = Latest(
            workplace.operations, parent=self, done=self._answered, failed=failed
        )
        self._buttons = QGridLayout()
        self._buttons.setSpacing(theme.GAP_SMALL)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        self.column.setSpacing(theme.GAP_SMALL)
        self.column.addLayout(self._buttons)
        for part in (self.totals, self.empty):
            self.column.addWidget(part)
        self.column.addWidget(self.table, 1)
        # An empty list is hidden: what stands above it stays at the top of the page.
        self.column.addStretch(0)
        self.table.row_changed.connect(lambda _row: self.arrange())

    def read(self, context: Context) -> Any:  # noqa: ANN401 - each tab reads its own
        """What the list shows; runs on the desk's thread."""
        raise NotImplementedError

    def show_read(self, found: Any) -> None:  # noqa: ANN401 - each tab reads its own
        """Show what was read."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Enable the acts that fit the chosen line."""

    def take_cursor(self) -> None:
        """The cursor stands in the list, in an empty tab on the tab: its keys work either way."""
        (self if self.table.isHidden() else self.table).setFocus()

    def has_cursor(self) -> bool:
        """Whether the cursor stands in the list or on the tab."""
        return self.window().focusWidget() in (self, self.table)

    def book(self) -> tuple[str, Make] | None:
        """The file's name and what makes the list as a sheet; None where there is none."""
        return None

    def load(self) -> None:
        """Read the list anew; the cursor stays on its line."""
        self._latest.ask(self.read)

    def chosen(self) -> RowT | None:
        """The line under the cursor."""
        row: RowT | None = self.table.chosen_row()
        return row

    def add_act(self, command_id: str, run: Callable[[], object]) -> QAction:
        """An act with its key, shown as a button above the list."""
        made = keymap.action(command_id, self, run)
        place = len(self.actions_here)
        self.actions_here.append(made)
        self._buttons.addWidget(keymap.button(made), *divmod(place, _ACTS_IN_A_ROW))
        return made

    def ask(self, task: Task) -> None:
        """Open the form of a task."""
        self.task_wanted.emit(task)

    def ask_for(
        self,
        name: str,
        boxes: tuple[Box, ...],
        run: Run,
        seats: tuple[tuple[str, Seat | None], ...],
        *,
        follow: Callable[[Any], None] | None = None,
        officer: object = None,
        at_pin: bool = False,
        about: str = "",
    ) -> None:
        """Open the form of an act whose words stand under `vouchers.<name>_title`, says, done.

        `about` names the record it acts on.
        """
        task = Task(
            title=wording.text(f"vouchers.{name}_title"),
            says=wording.text(f"vouchers.{name}_says"),
            boxes=boxes,
            run=run,
            done=lambda result: wording.text(
                f"vouchers.{name}_done", **{"about": about, **self.facts(result)}
            ),
            seats=seats,
            follow=follow,
            officer=officer,
            at_pin=at_pin,
            about=about,
        )
        self.ask(task)

    def facts(self, _result: object) -> dict[str, object]:
        """What the sentence of an act that is done names."""
        return {}

    def print(self, make: PaperCall) -> None:
        """Show a paper."""
        self.paper_wanted.emit(make)

    def show_paper(self, paper: Paper) -> None:
        """Show a numbered paper whose print is recorded."""
        self.print(lambda _context: paper)

    def print_numbered(
        self,
        call: Callable[[Context], Recorded[Paper]],
        *,
        failed: Callable[[ReliefDeskError], None] | None = None,
    ) -> None:
        """Record a print and show its paper."""
        self.workplace.operations.run(
            call, done=lambda done: self.show_paper(done.result), failed=failed
        )

    def _answered(self, found: object) -> None:
        before, has_cursor = self.table.currentIndex().row(), self.has_cursor()
        self.show_read(found)
        count = self.rows.rowCount()
        self.table.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        if count:
            self.table.choose_row(min(max(before, 0), count - 1))
        if has_cursor:  # a list that goes away would take the cursor and the keys with it
            self.take_cursor()
        self.arrange()
