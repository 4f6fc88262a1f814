"""The search box of the counter (F3): every key stroke asks the desk, Enter takes the person.

Nothing found and a number typed: Enter begins a new person with that number; F5 always does.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.persons import PersonRow
from reliefdesk.services import cases, persons
from ui import keymap, theme
from ui.operations import Operations
from ui.widgets.latest import Latest
from ui.widgets.tables import CENTRE, RIGHT, Column, RowTable, TableView
from ui.widgets.text_fields import TextField

_ROWS_SHOWN = 6
_NUMBER_LEAST = 6
_COLUMNS: tuple[Column[PersonRow], ...] = (
    Column(title="姓名", text=lambda row: row.name, characters=7),
    Column(title="性别", text=lambda row: row.sex.label, align=CENTRE, characters=3),
    Column(
        title="出生日期",
        text=lambda row: row.birth_on.isoformat() if row.birth_on else "",
        characters=7,
    ),
    Column(title="证件号码", text=lambda row: row.number, characters=12),
    Column(title="联系电话", text=lambda row: row.phone, characters=8),
    Column(title="案件", text=lambda row: str(row.cases), align=RIGHT, characters=3),
    Column(title="户籍地", text=lambda row: row.hukou_place, characters=12),
)


_Answer = tuple[str, tuple[PersonRow, ...], CaseId | None]


class SearchPanel(QWidget):
    """One box and its answers: a person is `taken`, the number of a case or receipt is a case.

    `fresh` carries what was typed of somebody new.
    """

    taken = Signal(object)
    case_wanted = Signal(str)
    fresh = Signal(str)

    def __init__(self, operations: Operations, new_action: QAction) -> None:
        super().__init__()
        self.box = TextField()
        self.box.setAccessibleName("查找求助人")
        self.box.setPlaceholderText(wording.text("counter.search_empty"))
        self.box.setClearButtonEnabled(True)
        self.box.installEventFilter(self)
        self.box.edited.connect(self._search)
        self.new_button = keymap.button(new_action)
        self.rows = RowTable(_COLUMNS)
        self.table = TableView("查找结果", self.rows)
        self.table.row_chosen.connect(self._take)
        self.says = QLabel("")
        self.says.setAccessibleName("查找说明")
        theme.quiet(self.says)
        self._answered_text: str | None = None
        self._enter_waits = False
        self._case: CaseId | None = None
        self._latest: Latest[_Answer] = Latest(operations, parent=self, done=self._answered)
        self._lay_out()
        self.close_answers()

    def ask(self) -> None:
        """Put the cursor into the box, its text selected (F3)."""
        self.box.setFocus()
        self.box.selectAll()

    def empty(self) -> None:
        """Clear the box and its answers, as when a person was taken."""
        self.box.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.box.clear()
        self.box.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._latest.forget()
        self.close_answers()

    def close_answers(self) -> None:
        """Hide the answers; the typed text stays."""
        self.table.hide()
        self.says.hide()
        self._answered_text = None
        self._enter_waits = False

    @property
    def answers_open(self) -> bool:
        """Whether answers or their absence are shown; Esc on the page closes them."""
        return not (self.table.isHidden() and self.says.isHidden())

    def begin_new(self) -> None:
        """Begin a new person with what was typed as a start."""
        self.fresh.emit(self.box.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter takes, Down goes to the answers."""
        if watched is not self.box or event.type() is not QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)  # noqa: S101 - a key press carries a key event
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return True
        if event.key() == Qt.Key.Key_Down and self.rows.rows():
            self.table.setFocus()
            self.table.choose_row(0)
            return True
        return False

    def _enter(self) -> None:
        if not self.box.text().strip():
            return
        if self._answered_text != self.box.text():
            # The answer to the last key stroke is still under way: Enter applies to it.
            self._enter_waits = True
            return
        if self._case is not None:
            self.case_wanted.emit(self._case)
        elif self.rows.rows():
            self._take(max(0, self.table.currentIndex().row()))
        elif _numberlike(self.box.text()):
            self.begin_new()

    def _take(self, position: int) -> None:
        row = self.rows.row(position)
        if row is not None:
            self.taken.emit(row)

    def _search(self) -> None:
        typed = self.box.text()
        self._enter_waits = False
        if not typed.strip():
            self._latest.forget()
            self.close_answers()
            return
        self._latest.ask(
            lambda context: (typed, persons.find(context, typed), cases.meant(context, typed))
        )

    def _answered(self, answer: _Answer) -> None:
        typed, found, case_id = answer
        if typed != self.box.text():
            return
        self._answered_text, self._case = typed, case_id
        self.rows.set_rows(found)
        lines = min(len(found), _ROWS_SHOWN) + 1
        self.table.setFixedHeight(lines * theme.line_height(self.table) + 4)
        self.table.setVisible(bool(found))
        if found:
            self.table.choose_row(0)
        told = wording.text("counter.search_case") if case_id is not None else _said(typed, found)
        self.says.setText(told)
        self.says.show()
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        caption = QLabel("查找求助人")
        caption.setBuddy(self.box)
        caption.setFont(theme.strong_font())
        line.addWidget(caption)
        line.addWidget(self.box, 1)
        line.addWidget(self.new_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(line)
        column.addWidget(self.table)
        column.addWidget(self.says)


def _numberlike(typed: str) -> bool:
    """Whether the text may be the number of a document: enough digits in it."""
    return sum(char.isdecimal() for char in typed) >= _NUMBER_LEAST


def _said(typed: str, found: tuple[PersonRow, ...]) -> str:
    if found:
        return wording.text("counter.search_found", count=len(found))
    key = "search_new" if _numberlike(typed) else "search_nothing"
    return wording.text(f"counter.{key}")
