"""今日待办: what waits or is due on this desk, the most pressing first; Enter goes and does it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.clock import shanghai_time
from reliefdesk.desk import Desk
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.today import TodayKind, TodayLine, Urgency
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import today
from ui import failures, keymap, theme
from ui.pages import Workplace
from ui.widgets.message_bar import MessageBar
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

_INKS = {Urgency.OVERDUE: theme.ERROR, Urgency.NOW: theme.WARNING, Urgency.SOON: theme.WARNING}
_MARKS = {Urgency.OVERDUE: theme.ERROR_MARK, Urgency.NOW: theme.WARNING_MARK}


def _ink(line: TodayLine) -> QColor | None:
    return _INKS.get(line.urgency)


def _mark(line: TodayLine) -> str:
    return _MARKS.get(line.urgency, "") + line.urgency.label


_COLUMNS: tuple[Column[TodayLine], ...] = (
    Column(title="紧急", text=_mark, characters=4, ink=_ink),
    Column(title="事项", text=lambda line: line.kind.label, characters=6),
    Column(title="轮到", text=lambda line: line.who, characters=3),
    Column(title="期限", text=today.due_text, characters=11, ink=_ink),
    Column(title="内容", text=today.line_text, characters=20),
)


class TodayPage(QWidget):
    """`record_wanted` names a page and the record to show there."""

    title = "今日待办"
    key = "today"
    record_wanted = Signal(str, str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.messages = MessageBar()
        self.rows: RowTable[TodayLine] = RowTable(_COLUMNS)
        self.table = TableView(self.title, self.rows)
        self.table.row_chosen.connect(self._open_row)
        self.table.row_changed.connect(self._tell)
        self.count = QLabel("")
        self.fresh = QLabel("")
        self.detail = WrappedLabel()
        self.empty = WrappedLabel(wording.text("today.page_loading"))
        self.open_action = keymap.action("today.open", self, self.open_chosen)
        self.reload_action = keymap.action("today.reload", self, self.reload)
        self._lay_out()
        self._show_lines(())
        self.empty.setText(wording.text("today.page_loading"))

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def shown(self) -> None:
        """Compute the list anew: what is due changes with the time of day."""
        self.table.setFocus()
        self.reload()

    def changed(self, kinds: frozenset[str]) -> None:
        """Nearly every fact may end or begin a line."""
        if kinds:
            self.reload()

    def reload(self) -> None:
        """Compute the list anew."""
        operator = self._workplace.session.operator
        if operator is None:
            return

        def todo(desk: Desk) -> tuple[TodayLine, ...]:
            return today.todo(desk.context(operator.operator_id), remaining=desk.remaining_steps())

        self._workplace.operations.ask_desk(todo, done=self._loaded, failed=self._failed)

    def open_chosen(self) -> None:
        """Go where the chosen line is done."""
        line = self.table.chosen_row()
        if line is None:
            return
        operator = self._workplace.session.operator
        entitled = operator is not None and Seat.ADMINISTRATOR in operator.seats
        if line.kind is TodayKind.SETUP and not entitled:
            self.messages.show_note(wording.text("today.page_setup"))
            return
        self.record_wanted.emit(line.place.page, line.place.record_id)

    def _lay_out(self) -> None:
        theme.quiet(self.fresh)
        theme.quiet(self.detail)
        theme.quiet(self.empty)
        open_button = keymap.button(self.open_action)
        theme.accent(open_button)
        head = QHBoxLayout()
        head.addWidget(theme.title(self.title))
        head.addStretch(1)
        head.addWidget(self.fresh)
        foot = QHBoxLayout()
        foot.addWidget(self.detail, 1)
        foot.addWidget(keymap.button(self.reload_action))
        foot.addWidget(open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.count)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        column.addLayout(foot)

    def _loaded(self, lines: tuple[TodayLine, ...]) -> None:
        before = self.table.chosen_row()
        self._show_lines(lines)
        places = [place for place, line in enumerate(lines) if _same(line, before)]
        if lines:
            self.table.choose_row(places[0] if places else 0)
        at = shanghai_time(self._workplace.now())
        self.fresh.setText(wording.text("today.page_fresh", at=f"{at:%H:%M}"))

    def _show_lines(self, lines: Sequence[TodayLine]) -> None:
        self.rows.set_rows(lines)
        self.table.setVisible(bool(lines))
        self.count.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.empty.setText(wording.text("today.page_empty"))
        self.detail.setText("")
        self.open_action.setEnabled(bool(lines))
        pressing = [line.urgency for line in lines]
        self.count.setText(
            wording.text(
                "today.page_count",
                count=len(lines),
                overdue=pressing.count(Urgency.OVERDUE),
                now=pressing.count(Urgency.NOW),
            )
        )

    def _open_row(self, _position: int) -> None:
        self.open_chosen()

    def _tell(self, position: int) -> None:
        line = self.rows.row(position)
        self.detail.setText("" if line is None else today.line_text(line))

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)


def _same(line: TodayLine, before: TodayLine | None) -> bool:
    return before is not None and (line.kind, line.place) == (before.kind, before.place)
