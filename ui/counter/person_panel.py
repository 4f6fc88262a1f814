"""Who stands at the counter: a number gives sex, birth day and native place, never asked again.

A person taken from the search is shown as recorded, the number masked; changes are typed into the
same boxes and recorded with the case.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.identity import DocumentKind, DocumentReading, Sex
from reliefdesk.domain.payments import GUARDED_AGE
from reliefdesk.domain.persons import HukouKind, PersonDetails, age_on
from reliefdesk.domain.problems import Problem
from ui import keymap, theme
from ui.counter.fields import fill, modest, put_text, text_of
from ui.widgets.area_field import Area, AreaField
from ui.widgets.choice_field import term_choice
from ui.widgets.day_fields import DateField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.masked_label import MaskedLabel
from ui.widgets.text_fields import NameField, NumberField, TextField
from ui.widgets.wrapped_label import WrappedLabel

_MORE = (
    "kind",
    "sex",
    "birth_on",
    "hukou_place",
    "hukou_kind",
    "former_name",
    "ethnicity",
    "bank_card",
    "identity_note",
)
_WITHOUT_NUMBER = ("kind", "sex", "birth_on", "hukou_place", "identity_note")
_MORE_LABEL, _LESS_LABEL = "补充资料", "收起补充资料"


class PersonPanel(QWidget):
    """The person's boxes, and the card of a person already known."""

    edited = Signal(str, str)
    reveal_wanted = Signal()
    change_wanted = Signal()

    def __init__(self, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.grid = FieldGrid(columns=2)
        add_person_boxes(self.grid, today=today)
        self.grid.changed.connect(self._tell)
        self.derived = WrappedLabel()
        self.derived.setAccessibleName("由号码得出")
        theme.quiet(self.derived)
        self.number = MaskedLabel()
        self.number.reveal_wanted.connect(self.reveal_wanted)
        self.card = WrappedLabel()
        self.card.setAccessibleName("求助人")
        self.card.setFont(theme.strong_font())
        self._more = keymap.action("counter.person", self, self._toggle_more)
        self.more_button = keymap.button(self._more)
        self._change = keymap.action("counter.change", self, self.change_wanted.emit)
        self.change_button = keymap.button(self._change)
        self._known = False
        self._more_shown = False
        self._lay_out()
        self._arrange()

    def set_areas(self, areas: Iterable[Area]) -> None:
        """Offer the native places."""
        place = self.grid.field("hukou_place")
        assert isinstance(place, AreaField)  # noqa: S101 - added below
        place.set_areas(tuple(areas))

    def show_new(self, texts: Mapping[str, str]) -> None:
        """Show empty or restored boxes for a person not yet recorded."""
        self._known = False
        self._say_derived("")
        fill(self.grid, texts)
        self._more_shown = texts.get("kind") == DocumentKind.NO_DOCUMENT
        self._arrange()

    def show_known(self, details: PersonDetails, texts: Mapping[str, str]) -> None:
        """Show a recorded person as a card; the boxes stay at hand under 补充资料."""
        self._known = True
        fill(self.grid, texts)
        born = details.birth_on
        age = f" {self._age(born)}" if born else ""
        self.card.setText(f"{details.name}　{details.sex.label}{age}")
        self.number.show_number(details.number)
        self._say_derived(f"户籍地：{details.hukou_place or '不详'}　证件：{details.kind.label}")
        self._more_shown = False
        self._arrange()

    def show_reading(self, reading: DocumentReading | None, place: str) -> None:
        """Say what the number tells; `place` is the name of its area code, empty if unknown."""
        if self._known or reading is None or reading.birth_on is None or not reading.valid:
            if not self._known:
                self._say_derived("")
            return
        sex = reading.sex.label if reading.sex else ""
        age = self._age(reading.birth_on)
        told = [sex, f"{reading.birth_on:%Y-%m-%d} 出生", age, place, reading.kind.label]
        self._say_derived("　".join(part for part in told if part))

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Mark the boxes; a marked box that was folded away is unfolded."""
        found = tuple(problems)
        if not self._more_shown and any(problem.field in _MORE for problem in found):
            self._more_shown = True
            self._arrange()
        self.grid.show_problems(found)

    def put_place(self, name: str) -> None:
        """Write the derived native place, as if typed."""
        put_text(self.grid.field("hukou_place"), name)

    def place_code(self) -> str:
        """The code of the native place that stands in its box, empty for free text."""
        place = self.grid.field("hukou_place")
        assert isinstance(place, AreaField)  # noqa: S101 - added below
        return place.code() or ""

    def focus_first(self) -> None:
        """The first box that is still empty of number and name."""
        for name in ("number", "name", "phone"):
            field = self.grid.field(name)
            if field.isVisibleTo(self) and not text_of(field).strip():
                field.setFocus()
                return
        self.grid.field("name").setFocus()

    def begin_without_document(self) -> None:
        """Choose 无证件 and show the boxes that take the place of a number."""
        put_text(self.grid.field("kind"), DocumentKind.NO_DOCUMENT)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.card, 1)
        head.addWidget(self.number)
        head.addWidget(self.more_button)
        head.addWidget(self.change_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.derived)
        column.addWidget(self.grid)

    def _arrange(self) -> None:
        without = text_of(self.grid.field("kind")) == DocumentKind.NO_DOCUMENT
        shown = {"name", "phone"} if not self._known or self._more_shown else set()
        if not self._known and not without:
            shown.add("number")
        if self._more_shown:
            shown |= set(_MORE)
        if without and not self._known:
            shown |= set(_WITHOUT_NUMBER)
        for name in self.grid.names():
            (self.grid.show_field if name in shown else self.grid.hide_field)(name)
        self.grid.setVisible(bool(shown))
        self.card.setVisible(self._known)
        self.number.setVisible(self._known)
        self._change.setVisible(self._known)
        if not self._known:
            self.card.setText(wording.text("counter.new_person"))
            self.card.show()
        self._more.setText(_LESS_LABEL if self._more_shown else _MORE_LABEL)

    def _age(self, born: date) -> str:
        years = age_on(born, self._today())
        return f"{years}岁" if years >= GUARDED_AGE else wording.text("counter.child", age=years)

    def _say_derived(self, text: str) -> None:
        self.derived.setText(text)
        self.derived.setVisible(bool(text))

    def _toggle_more(self) -> None:
        self._more_shown = not self._more_shown
        self._arrange()
        if self._more_shown:
            self.grid.field("kind" if not self._known else "name").setFocus()

    def _tell(self, name: str) -> None:
        if name == "kind":
            self._arrange()
        self.edited.emit(name, text_of(self.grid.field(name)))


def add_person_boxes(grid: FieldGrid, *, today: Callable[[], date]) -> None:
    """The boxes of a person in reading order, number and name first."""
    add = grid.add
    add("number", "证件号码", NumberField(), span=2)
    add("name", "姓名", NameField())
    add("phone", "联系电话", NumberField())
    add("kind", "证件类型", modest(term_choice(DocumentKind, prompt="按号码识别")))
    add("sex", "性别", term_choice((Sex.MALE, Sex.FEMALE, Sex.UNKNOWN), prompt="按号码"))
    add("birth_on", "出生日期", DateField(today=today), span=2)
    add("hukou_place", "户籍所在地", AreaField(), span=2)
    add("hukou_kind", "户籍性质", term_choice(HukouKind))
    add("former_name", "曾用名", NameField())
    add("ethnicity", "民族", TextField())
    add("bank_card", "银行卡号", NumberField())
    add("identity_note", "身份说明", TextField(), span=2)
