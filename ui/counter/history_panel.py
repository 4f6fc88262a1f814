"""What this desk knows of the person: past cases, reliefs and members; entries that look alike.

Two alike entries stand side by side and an operator judges with a reason; nothing merges by itself.
"""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reliefdesk import wording
from reliefdesk.clock import shanghai_day
from reliefdesk.domain.case_records import Case, PersonHistory
from reliefdesk.domain.identity import Sex
from reliefdesk.domain.ids import PersonId
from reliefdesk.domain.intake import MemberDraft
from reliefdesk.domain.masking import mask_number, mask_phone
from reliefdesk.domain.persons import DuplicateHint, PersonDetails, Verdict
from ui import keymap, theme
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

_ROWS_SHOWN = 4
_COLUMNS: tuple[Column[Case], ...] = (
    Column(
        title="受理日期",
        text=lambda case: shanghai_day(case.accepted_at).isoformat(),
        characters=6,
    ),
    Column(title="事由", text=lambda case: case.request.emergency.cause.label, characters=5),
    Column(title="状态", text=lambda case: case.status, characters=8),
    Column(
        title="已发放",
        text=lambda case: case.paid.figures,
        align=RIGHT,
        characters=5,
        order=lambda case: case.paid,
    ),
    Column(title="案号", text=lambda case: case.case_no, characters=15),
)


def household_line(cases: Sequence[Case]) -> str:
    """Members named in earlier cases, each once, with relation and masked number."""
    seen: dict[tuple[str, str], str] = {}
    for case in cases:
        for member in case.request.members:
            number = f" {mask_number(member.number)}" if member.number else ""
            seen.setdefault(
                (member.name, member.same_key),
                f"{member.name}（{member.relation or '成员'}）{number}",
            )
    return "、".join(seen.values())


def _latest_members(cases: Sequence[Case]) -> tuple[MemberDraft, ...]:
    """The household of the newest case that names one, to be typed over."""
    newest = sorted(cases, key=lambda case: case.accepted_at, reverse=True)
    for case in newest:
        if case.request.members:
            return tuple(
                MemberDraft(
                    name=member.name,
                    relation=member.relation,
                    number=member.number,
                    health=member.health,
                    phone=member.phone,
                )
                for member in case.request.members
            )
    return ()


class HistoryPanel(QWidget):
    """Past cases of one person; Enter opens one."""

    case_chosen = Signal(str)
    members_wanted = Signal(object)
    correct_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowTable(_COLUMNS)
        self.table = TableView("救助历史", self.rows)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.row_chosen.connect(self._choose)
        self._household = keymap.action("counter.household", self, self._want_members)
        self.members_button = keymap.button(self._household)
        self._correct = keymap.action("counter.correct", self, self.correct_wanted.emit)
        self.correct_button = keymap.button(self._correct)
        self.says = WrappedLabel()
        self.says.setAccessibleName("历史说明")
        theme.quiet(self.says)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(theme.heading("救助历史与家庭"))
        column.addWidget(self.table)
        column.addWidget(self.says)
        column.addWidget(self.members_button)
        column.addWidget(self.correct_button)
        self.clear()

    def clear(self) -> None:
        """Nobody is known yet."""
        self._household.setVisible(False)
        self._correct.setVisible(False)
        self.rows.set_rows(())
        self.table.hide()
        self.says.setText(wording.text("counter.history_waits"))

    def show_history(self, history: PersonHistory) -> None:
        """Show the cases of a person and of every entry judged to be the same one."""
        cases = history.cases
        self._correct.setVisible(True)
        self.rows.set_rows(cases)
        self.table.setVisible(bool(cases))
        self.table.setFixedHeight(
            (min(len(cases), _ROWS_SHOWN) + 1) * theme.line_height(self.table) + 4
        )
        self._household.setVisible(bool(_latest_members(cases)))
        lines = [] if cases else [wording.text("counter.history_empty")]
        if household := household_line(cases):
            lines.append(f"曾登记的家庭成员：{household}")
        if history.others:
            numbers = "、".join(mask_number(other.details.number) for other in history.others)
            lines.append(f"已判定为同一人的登记：{numbers}")
        self.says.setText("\n".join(lines))

    def _want_members(self) -> None:
        self.members_wanted.emit(_latest_members(self.rows.rows()))

    def _choose(self, position: int) -> None:
        case = self.rows.row(position)
        if case is not None:
            self.case_chosen.emit(case.case_id)


class DuplicatesPanel(QFrame):
    """Recorded persons who may be the one at the counter, each beside what was typed now."""

    taken = Signal(str)
    judged = Signal(str, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[DuplicateHint, ...] = ()
        self._known: PersonId | None = None
        self._reasons: list[TextField] = []
        self._commands = {
            "known": keymap.action("counter.known", self, self._take_first),
            "same": keymap.action("counter.same", self, self._judging_first(Verdict.SAME)),
            "different": keymap.action(
                "counter.different", self, self._judging_first(Verdict.DIFFERENT)
            ),
        }
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GAP_SMALL)
        self.hide()

    def show_hints(
        self,
        hints: Iterable[DuplicateHint],
        typed: PersonDetails | None,
        person_id: PersonId | None,
    ) -> None:
        """Show hints; an unchanged set is left as it is, with the reason being typed."""
        found = tuple(hints)
        if found == self._hints and person_id == self._known:
            return
        self._hints, self._known = found, person_id
        self._reasons = []
        _empty(self.column)
        self.setVisible(bool(found))
        if not found or typed is None:
            return
        title = WrappedLabel(wording.text("counter.alike", count=len(found)))
        title.setFont(theme.strong_font())
        self.column.addWidget(title)
        for hint in found:
            self.column.addWidget(self._card(hint, typed))

    def _card(self, hint: DuplicateHint, typed: PersonDetails) -> QWidget:
        card = QFrame()
        card.setFrameShape(QFrame.Shape.StyledPanel)
        theme.ground(card, theme.WARNING_SOFT)
        column = QVBoxLayout(card)
        column.setContentsMargins(*[theme.GAP_SMALL] * 4)
        column.setSpacing(theme.GAP_SMALL)
        reasons = "、".join(likeness.label for likeness in hint.likenesses)
        column.addWidget(WrappedLabel(f"{theme.WARNING_MARK}{reasons}"))
        column.addLayout(_side_by_side(typed, hint.person.details))
        column.addLayout(self._answers(hint))
        return card

    def _answers(self, hint: DuplicateHint) -> QHBoxLayout | QVBoxLayout:
        other = hint.person.person_id
        if self._known is None:
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(_button(self._commands["known"], lambda: self.taken.emit(other)))
            return row
        reason = TextField()
        reason.setAccessibleName("判定理由")
        reason.setPlaceholderText("判定理由")
        self._reasons.append(reason)
        column = QVBoxLayout()
        column.addWidget(reason)
        row = QHBoxLayout()
        row.addStretch(1)
        for verdict in Verdict:
            action = self._commands[verdict.value]
            row.addWidget(_button(action, self._judging(other, verdict, reason)))
        column.addLayout(row)
        return column

    def _take_first(self) -> None:
        """The key takes the first card; the others by their own buttons."""
        if self._hints and self._known is None:
            self.taken.emit(self._hints[0].person.person_id)

    def _judging_first(self, verdict: Verdict) -> Callable[[], None]:
        def judge() -> None:
            if self._reasons:
                other = self._hints[0].person.person_id
                self.judged.emit(other, verdict, self._reasons[0].text())

        return judge

    def _judging(self, other: PersonId, verdict: Verdict, reason: TextField) -> Callable[[], None]:
        return lambda: self.judged.emit(other, verdict, reason.text())


def _side_by_side(typed: PersonDetails, recorded: PersonDetails) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.GAP_SMALL)
    grid.setVerticalSpacing(2)
    for column, title in enumerate(("", "现在填写", "已经登记")):
        grid.addWidget(QLabel(title), 0, column)
    rows = (
        ("姓名", typed.name, recorded.name),
        ("号码", mask_number(typed.number), mask_number(recorded.number)),
        ("出生", _born(typed), _born(recorded)),
        ("电话", mask_phone(typed.phone), mask_phone(recorded.phone)),
        ("户籍", typed.hukou_place, recorded.hukou_place),
    )
    for line, (title, left, right) in enumerate(rows, start=1):
        caption = QLabel(title)
        theme.quiet(caption)
        grid.addWidget(caption, line, 0)
        for column, text in ((1, left), (2, right)):
            cell = QLabel(text or "—")
            if left != right:
                cell.setFont(theme.strong_font())
            grid.addWidget(cell, line, column)
    grid.setColumnStretch(2, 1)
    return grid


def _born(details: PersonDetails) -> str:
    born = details.birth_on.isoformat() if details.birth_on else ""
    return f"{born} {details.sex.label}" if details.sex is not Sex.UNKNOWN else born


def _button(action: QAction, press: Callable[[], None]) -> QPushButton:
    """A button of one card; the key of its command acts on the first card."""
    button = QPushButton(f"{action.text()}  {keymap.shown_key(action)}")
    button.setAccessibleName(action.text())
    button.setProperty(keymap.COMMAND_OF, action.objectName())
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: press())
    return button


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
