"""The form of the counter on screen: person, emergency, household left; what the rules say right.

It shows a `CounterForm` and tells every edit; it decides nothing and asks the desk nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from reliefdesk import wording
from reliefdesk.domain.case_records import PersonHistory
from reliefdesk.domain.ids import PersonId
from reliefdesk.domain.persons import Person, PersonDetails
from reliefdesk.domain.problems import Level, Problem
from ui import theme
from ui.counter.amount_bar import AmountBar
from ui.counter.case_bar import OpenCaseBar
from ui.counter.early import Outcome
from ui.counter.eligibility_panel import EligibilityPanel
from ui.counter.emergency_panel import EmergencyPanel
from ui.counter.facts import CounterFacts
from ui.counter.form import CounterForm
from ui.counter.history_panel import DuplicatesPanel, HistoryPanel
from ui.counter.members_table import MembersTable
from ui.counter.override_panel import OverridePanel
from ui.counter.person_correction import PersonCorrection
from ui.counter.person_panel import PersonPanel
from ui.widgets.field_grid import FieldGrid

_RIGHT_WIDTH = 364
_NUMBER_SETTLED = 15


class IntakePanel(QWidget):
    """All boxes of a request with the live outcome beside them."""

    edited = Signal(str, str)
    members_edited = Signal()
    submitted = Signal()

    def __init__(
        self,
        actions: tuple[QAction, ...],
        *,
        now: Callable[[], datetime],
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.open_case = OpenCaseBar()
        self.person = PersonPanel(today=today)
        self.correction = PersonCorrection(now=now)
        self.details: PersonDetails | None = None
        self.override = OverridePanel()
        self.emergency = EmergencyPanel(now=now, today=today)
        self.members = MembersTable()
        self.amount = AmountBar(actions)
        self.eligibility = EligibilityPanel()
        self.history = HistoryPanel()
        self.duplicates = DuplicatesPanel()
        for part in (self.person, self.override, self.emergency, self.amount):
            part.edited.connect(self.edited)
        self.members.edited.connect(self.members_edited)
        for grid in self._grids():
            grid.submitted.connect(self.submitted)
        self.history.correct_wanted.connect(self._begin_correction)
        self._lay_out()
        self._order_tabs()

    def set_facts(self, facts: CounterFacts) -> None:
        """Offer the places and staff of this desk."""
        self.person.set_areas(facts.counties)
        self.correction.set_areas(tuple(facts.counties))
        self.emergency.set_choices(
            offices=facts.offices,
            relatives=[(each.operator_id, each.name) for each in facts.staff],
        )
        self.emergency.set_area_asked(asked=facts.area_asked)
        self.override.set_officers(facts.staff)

    def show_form(self, form: CounterForm, details: PersonDetails | None) -> None:
        """Show a new, restored or taken form; `details` is the recorded person, if any."""
        self.details = details
        self.correction.hide()
        if details is None:
            self.person.show_new(form.texts)
        else:
            self.person.show_known(details, form.texts)
        self.override.show_texts(form.texts)
        self.emergency.show_texts(form.texts)
        self.members.show_members(form.members)
        self.amount.show_text(form.text("requested"))
        self.show_problems(())
        self.eligibility.clear()
        self.history.clear()
        self.open_case.show_cases(())
        self.duplicates.show_hints((), None, None)

    def show_history(self, history: PersonHistory) -> None:
        """Show what the desk knows of the person taken, an open case above all."""
        self.history.show_history(history)
        self.open_case.show_cases(history.cases)

    def show_outcome(self, outcome: Outcome, form: CounterForm, *, place: str) -> None:
        """Show the live outcome of a check of `form`; `place` names the number's area."""
        check = outcome.check
        self.person.show_reading(check.person.reading, place)
        self.override.offer(check.person.problems, form.texts)
        if check.eligibility is None:
            self.eligibility.show_early(outcome.early)
        else:
            self.eligibility.show_record(check.eligibility.record)
        self.eligibility.show_meter(outcome.meter, asked=self.amount.asked())
        known = PersonId(form.person_id) if form.person_id else None
        self.duplicates.show_hints(check.hints, check.person.details, known)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Mark the boxes concerned, unmark the others."""
        found = tuple(problems)
        self.person.show_problems(found)
        self.emergency.show_problems(found)
        self.members.show_problems(found)
        self.amount.show_problems(found)
        self.override.show_problems(found)

    def settled(self, form: CounterForm, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems worth showing while typing: of boxes that hold something and were left."""
        focused = QApplication.focusWidget()
        return tuple(
            problem
            for problem in problems
            if problem.field.startswith("members")
            or (
                form.text(problem.field).strip()
                and (self._field(problem.field) is not focused or _long_enough(form, problem))
            )
        )

    def focus_first_problem(self, problems: Iterable[Problem]) -> None:
        """Put the cursor into the first box, in reading order, that has an error."""
        if any(
            grid.isVisibleTo(self) and grid.focus_first_problem() for grid in self._grids()[:-1]
        ):
            return
        if any(p.field.startswith("members") and p.level is Level.ERROR for p in problems):
            self.members.table.setFocus()
            return
        self.amount.grid.focus_first_problem()

    def focus_first(self) -> None:
        """Where work goes on: the person's first empty box, else the cause."""
        if self.person.grid.isVisibleTo(self):
            self.person.focus_first()
        else:
            self.emergency.grid.field("cause").setFocus()

    def corrected(self, person: Person) -> str:
        """Leave the correction that was recorded; what became of it in words."""
        same = person.details == self.details
        self.correction.finished()
        return wording.text("counter.correct_same" if same else "counter.corrected")

    def _begin_correction(self) -> None:
        if self.details is not None:
            self.correction.open(self.details)

    def _field(self, name: str) -> QWidget | None:
        for grid in self._grids():
            if name in grid.names():
                return grid.field(name)
        return None

    def _grids(self) -> tuple[FieldGrid, ...]:
        return (
            self.person.grid,
            self.override.grid,
            self.emergency.grid,
            self.emergency.further,
            self.amount.grid,
        )

    def _order_tabs(self) -> None:
        """Enter walks from box to box to the amount; folds and the household table come after."""
        chain: list[QWidget] = []
        for grid in self._grids():
            chain += [grid.field(name) for name in grid.names()]
        chain += self.amount.buttons
        chain += [
            self.person.more_button,
            self.person.change_button,
            self.person.number,
            self.emergency.more_button,
            self.members.table,
            self.history.table,
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.GAP_SMALL)
        left.setContentsMargins(0, 0, theme.GAP, 0)
        left.addWidget(self.person)
        left.addWidget(self.correction)
        left.addWidget(self.override)
        left.addWidget(_headed("急难情形", self.emergency.more_button))
        left.addWidget(self.emergency)
        left.addWidget(_headed("共同生活成员", None))
        left.addWidget(self.members)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(theme.GAP)
        right.setContentsMargins(theme.GAP_SMALL, 0, theme.GAP_SMALL, 0)
        for part in (self.duplicates, self.eligibility, self.history):
            right.addWidget(part)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(theme.GAP)
        columns.addWidget(scrolling(left), 3)
        beside = scrolling(right)
        beside.setMinimumWidth(_RIGHT_WIDTH)
        columns.addWidget(beside, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.open_case)
        whole.addLayout(columns, 1)
        whole.addWidget(self.amount)


class _QuietBar(QScrollBar):
    """Takes its place always and is seen only while there is something to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw nothing where nothing scrolls."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)


def scrolling(content: QVBoxLayout) -> QScrollArea:
    """A column that scrolls up and down only.

    The place of the bar is always taken: a bar that came and went with the wrapped lines would
    change their width, which changes their height, which calls the bar, without end.
    """
    inner = QWidget()
    inner.setLayout(content)
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBar(_QuietBar())
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def show_top(area: QScrollArea) -> None:
    """Scroll a column back to its top, as far as the cursor stays in sight."""
    area.verticalScrollBar().setValue(0)
    at = area.window().focusWidget()
    if at is not None and area.isAncestorOf(at):
        area.ensureWidgetVisible(at, 0, theme.GAP)


def _headed(text: str, beside: QWidget | None) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
    heading: QLabel = theme.heading(text)
    row.addWidget(heading)
    row.addStretch(1)
    if beside is not None:
        row.addWidget(beside)
    return line


def _long_enough(form: CounterForm, problem: Problem) -> bool:
    """A number is judged while it is typed once it could be whole."""
    return problem.field == "number" and len(form.text("number").strip()) >= _NUMBER_SETTLED
