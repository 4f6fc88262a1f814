"""单位并入 at an office: what the bureau ordered, and the next step on this side of it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from reliefdesk import wording
from reliefdesk.clock import IdSource
from reliefdesk.domain.mergers import Merger, MergerSide
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import merger_today, mergers, partners
from reliefdesk.services.recording import Context
from ui import keymap, theme
from ui.district.mergers_tab import COLUMNS
from ui.operations import Operations
from ui.sync import merger_tasks as tasks
from ui.widgets.level import Level
from ui.widgets.order_form import Task
from ui.widgets.tables import RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

_IN_A_ROW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The mergers of this desk, its own fingerprint, and whose keys it knows."""

    own: str
    fingerprint: str
    rows: tuple[Merger, ...]
    known: frozenset[str]
    steps: dict[str, str]


class MergerPanel(Level):
    """Hidden until `load`; Esc goes back. A form or a paper opens in its place."""

    task_wanted = Signal(object)
    paper_wanted = Signal(object)
    send_wanted = Signal(str)
    opened = Signal()

    def __init__(
        self,
        operations: Operations,
        ids: IdSource,
        *,
        failed: Callable[[ReliefDeskError], None],
    ) -> None:
        super().__init__()
        self._operations, self._ids, self._failed = operations, ids, failed
        self._own = self._fingerprint = ""
        self._known: frozenset[str] = frozenset()
        self._steps: dict[str, str] = {}
        self.told = WrappedLabel()
        self.told.setAccessibleName("并入进展")
        self.told.setFont(theme.strong_font())
        self.rows: RowTable[Merger] = RowTable(COLUMNS)
        self.table = TableView("单位并入", self.rows)
        self.acts = {name: keymap.action(name, self, run) for name, run in self._commands()}
        grid = QGridLayout()
        for place, action in enumerate(self.acts.values()):
            grid.addWidget(keymap.button(action), *divmod(place, _IN_A_ROW))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addLayout(grid)
        self.table.row_changed.connect(self._tell)

    def load(self) -> None:
        """Read what was ordered, and show it."""
        self._operations.run(_read, done=self._open, failed=self._failed)

    def _commands(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            ("mergers.know", self._know),
            ("mergers.give", lambda: self._ask(lambda row: tasks.give(row, self._ids))),
            ("mergers.print", self._print),
            ("mergers.close", lambda: self._ask(tasks.close)),
            ("mergers.send", self._send),
            ("mergers.take", lambda: self._ask(tasks.take)),
            ("mergers.cash", lambda: self._ask(lambda row: tasks.cash(row, self._ids))),
        )

    def _open(self, found: Found) -> None:
        self._own, self._known, self._fingerprint = found.own, found.known, found.fingerprint
        self._steps = found.steps
        self.opened.emit()
        self.rows.set_rows(found.rows)
        self._tell(-1)
        self.show()
        self.table.setFocus()
        if found.rows:
            self.table.choose_row(0)

    def _tell(self, position: int) -> None:
        row = self.rows.row(position)
        able = frozenset[str]() if row is None else self._able(row)
        for name, action in self.acts.items():
            action.setEnabled(name.removeprefix("mergers.") in able)
        self.told.setText(wording.text("mergers.empty") if row is None else self._next(row))

    def _able(self, row: Merger) -> frozenset[str]:
        known = self._other(row).desk_id in self._known
        if self._is_closing(row):
            able = {"print"} if row.cash else set[str]()
            if row.closed is not None:
                return frozenset(able | {"send"})
            return frozenset(able | {"give"} | ({"close"} if known else {"know"}))
        able = set() if known else {"know"}
        if row.closed is not None and row.taken is None:
            able.add("take")
        if any(each.taken_on is None for each in row.cash):
            able.add("cash")
        return frozenset(able)

    def _next(self, row: Merger) -> str:
        done = wording.text("mergers.all_taken", closing=row.told.closing.office.name)
        own = wording.text("mergers.own_fingerprint", fingerprint=self._fingerprint)
        return (self._steps[row.told.closing.desk_id] or done) + own

    def _is_closing(self, row: Merger) -> bool:
        return row.told.closing.desk_id == self._own

    def _other(self, row: Merger) -> MergerSide:
        return row.told.heir if self._is_closing(row) else row.told.closing

    def _ask(self, task: Callable[[Merger], Task]) -> None:
        row = self.table.chosen_row()
        if row is not None:
            self.close_level()
            self.task_wanted.emit(task(row))

    def _know(self) -> None:
        self._ask(lambda row: tasks.know(row, self._other(row)))

    def _print(self) -> None:
        row = self.table.chosen_row()
        if row is not None and row.cash:
            entry_id = row.cash[-1].entry_id
            self.close_level()
            self.paper_wanted.emit(lambda context: mergers.cash_paper(context, entry_id))

    def _send(self) -> None:
        row = self.table.chosen_row()
        if row is not None:
            self.close_level()
            self.send_wanted.emit(row.told.heir.desk_id)


def _read(context: Context) -> Found:
    rows = mergers.listed(context)
    sides = [side for row in rows for side in (row.told.closing, row.told.heir)]
    return Found(
        own=context.desk.desk_id,
        fingerprint=partners.own_fingerprint(context),
        rows=rows,
        known=frozenset(str(side.desk_id) for side in sides if mergers.is_known(context, side)),
        steps={row.told.closing.desk_id: merger_today.next_step(context, row) for row in rows},
    )
