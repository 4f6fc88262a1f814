"""Correcting what is recorded of a person (更正登记), outside any case: the boxes and the reason.

The earlier record stays in the journal, and paper already printed stays as it was. Number and bank
card are not shown in full: an empty box leaves them as they are.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.clock import shanghai_day
from reliefdesk.domain.masking import mask_number
from reliefdesk.domain.persons import PersonDetails, check_person
from reliefdesk.domain.problems import Level as Weight
from reliefdesk.domain.problems import Problem
from ui import theme
from ui.counter.fields import fill, texts_of
from ui.counter.form import PERSON_FIELDS, YES, CounterForm, form_of_person
from ui.counter.person_panel import add_person_boxes
from ui.widgets.area_field import Area, AreaField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.level import Level
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

_REASON_MISSING = Problem(field="reason", code="cases.reason", facts={"act": "更正"})
_HIDDEN = ("number", "bank_card")


class PersonCorrection(Level):
    """`ordered` carries the checked draft and the reason."""

    ordered = Signal(object, str)

    def __init__(self, *, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._details: PersonDetails | None = None
        self.says = WrappedLabel(wording.text("counter.correct_says"))
        self.says.setAccessibleName("更正说明")
        theme.quiet(self.says)
        self.grid = FieldGrid(columns=2)
        add_person_boxes(self.grid, today=lambda: shanghai_day(now()))
        self.reason = self.grid.add("reason", "更正理由", TextField(), span=2)
        self.grid.submitted.connect(self.order)
        self.button = QPushButton("确认更正  Ctrl+Enter")
        self.button.setAccessibleName("确认更正")
        self.close_button = QPushButton("返回  Esc")
        self.close_button.setAccessibleName("返回")
        for button, press in ((self.button, self.order), (self.close_button, self.close_level)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, press=press: press())
        theme.accent(self.button)
        foot = QHBoxLayout()
        foot.addWidget(self.close_button)
        foot.addStretch(1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (theme.heading("更正登记"), self.says, self.grid):
            column.addWidget(part)
        column.addLayout(foot)

    def set_areas(self, areas: tuple[Area, ...]) -> None:
        """Offer the native places."""
        self._place.set_areas(areas)

    def open(self, details: PersonDetails) -> None:
        """Show what is recorded; the same person's boxes keep what was typed and not confirmed."""
        if details != self._details:
            texts = dict(form_of_person(details).texts)
            fill(self.grid, {name: text for name, text in texts.items() if name not in _HIDDEN})
            for name, shown in (("number", details.number), ("bank_card", details.bank_card)):
                box = self.grid.field(name)
                assert isinstance(box, TextField)  # noqa: S101 - added as one
                box.setPlaceholderText(f"{mask_number(shown)}　不改就空着" if shown else "")
        self._details = details
        self.grid.clear_problems()
        self.show()
        self.grid.field("name").setFocus()

    def order(self) -> None:
        """Give the order if everything holds and a reason is there, else mark what does not."""
        details = self._details
        if details is None or not self.isEnabled():
            return
        form = self._form(details)
        draft, now = form.draft(now=self._now()).person, self._now()
        problems = [each for each in form.problems(now=now) if each.field in PERSON_FIELDS]
        problems += check_person(draft, today=shanghai_day(now)).problems
        reason = self.reason.text().strip()
        if not reason:
            problems.append(_REASON_MISSING)
        self.grid.show_problems(problems)
        if any(each.level is Weight.ERROR for each in problems):
            self.grid.focus_first_problem()
            # Once the marks have taken their room.
            QTimer.singleShot(0, self, self._bring_into_sight)
            return
        self.ordered.emit(draft, reason)

    def finished(self) -> None:
        """It is recorded: back to the person."""
        self._details = None
        self.reason.setText("")
        self.close_level()

    def _bring_into_sight(self) -> None:
        """Focus given by the program scrolls nothing by itself."""
        around, focused = self.parentWidget(), self.window().focusWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None and focused is not None:
            around.ensureWidgetVisible(focused)

    @property
    def _place(self) -> AreaField:
        place = self.grid.field("hukou_place")
        assert isinstance(place, AreaField)  # noqa: S101 - added as one
        return place

    def _form(self, details: PersonDetails) -> CounterForm:
        """What stands in the boxes, over what is recorded and not shown."""
        recorded = dict(form_of_person(details).texts)
        typed = {name: text for name, text in texts_of(self.grid).items() if name != "reason"}
        kept = {name: recorded.get(name, "") for name in _HIDDEN if not typed[name].strip()}
        if typed["number"].strip():
            # Another number is judged anew, without the word given for the one before.
            kept |= {"override_reason": "", "override_by": ""}
        if typed["hukou_place"] != recorded.get("hukou_place", ""):
            kept["hukou_code"] = self._place.code() or ""
        return CounterForm(case_id="", texts={**recorded, **typed, **kept, "name_confirmed": YES})
