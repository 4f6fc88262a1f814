"""What happened (急难情形): the boxes of the request, required ones first, the rest folded.

F4 offers frequent causes with words to complete; Enter walks the boxes in reading order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from reliefdesk.domain.cases import Cause, PermitState, Situation, Source
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.policies import AreaClass
from reliefdesk.domain.problems import Problem
from ui import keymap, theme
from ui.counter.fields import fill, modest, put_text, text_of, typed
from ui.counter.form import NO, YES
from ui.widgets.area_field import Area, AreaField
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.day_fields import DateField, InstantField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import NarrativeField, NumberField, TextField

_FURTHER = (
    "source",
    "stay_address",
    "arrived_on",
    "persons_relieved",
    "staff_relative",
    "other_aid",
)
_STANDING = {"source": Source.SELF, "situation": Situation.ORDINARY, "persons_relieved": "1"}
"""What a box holds as long as nobody says otherwise."""
_MORE, _LESS = "更多情形", "收起更多情形"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequentCause:
    """One entry of the F4 list: what it chooses and the words it begins with."""

    label: str
    cause: Cause
    narrative: str


FREQUENT_CAUSES = (
    FrequentCause(
        label="住处失火",
        cause=Cause.FIRE,
        narrative="租住处失火，衣被、钱物烧毁，急需临时住处和生活用品。",
    ),
    FrequentCause(
        label="交通事故受伤",
        cause=Cause.TRAFFIC,
        narrative="遭遇交通事故受伤，随身钱物用尽，当前食宿无着。",
    ),
    FrequentCause(
        label="务工意外受伤",
        cause=Cause.ACCIDENT,
        narrative="务工时意外受伤，未获赔付，当前无钱食宿。",
    ),
    FrequentCause(
        label="突发重病住院",
        cause=Cause.ILLNESS,
        narrative="家庭成员突发重大疾病住院，积蓄用尽，基本生活困难。",
    ),
    FrequentCause(
        label="钱物被盗、滞留",
        cause=Cause.OTHER,
        narrative="钱物和证件被盗，滞留本地，无钱食宿、返乡。",
    ),
)


class EmergencyPanel(QWidget):
    """The boxes of the emergency."""

    edited = Signal(str, str)

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.grid = FieldGrid(columns=2)
        self.further = FieldGrid(columns=2)
        self._offices: tuple[Area, ...] = ()
        self._add_required(now)
        self._add_further(today)
        for grid in (self.grid, self.further):
            grid.changed.connect(self._tell)
        self._more = keymap.action("counter.further", self, self._toggle)
        self.more_button = keymap.button(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.grid)
        column.addWidget(self.further)
        self.further.hide()
        self.set_area_asked(asked=False)

    def set_choices(
        self, *, offices: Iterable[Area], relatives: Iterable[tuple[OperatorId, str]]
    ) -> None:
        """Offer the streets and towns, and the staff who could be relatives."""
        self._offices = tuple(offices)
        place = self.grid.field("place_code")
        assert isinstance(place, AreaField)  # noqa: S101 - added below
        place.set_areas(self._offices)
        staff = self.further.field("staff_relative")
        assert isinstance(staff, ChoiceField)  # noqa: S101 - added below
        staff.set_options(list(relatives))

    def set_area_asked(self, *, asked: bool) -> None:
        """Show the choice of the standard's area where the policy leaves it to the clerk."""
        (self.grid.show_field if asked else self.grid.hide_field)("area")

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Fill every box; a place code shows as the name of its street."""
        named = dict(texts)
        code = texts.get("place_code", "")
        named["place_code"] = next((a.name for a in self._offices if a.code == code), code)
        for name, standing in _STANDING.items():
            named.setdefault(name, str(standing))
        fill(self.grid, named)
        fill(self.further, named)
        shown = any(
            named.get(name, "") not in ("", str(_STANDING.get(name, ""))) for name in _FURTHER
        )
        self._show_further(shown=shown)

    def texts(self) -> dict[str, str]:
        """Every box by name, folded ones with what they stand for."""
        return {name: self._text(name) for name in (*self.grid.names(), *self.further.names())}

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Mark the boxes; folded ones with a problem are unfolded."""
        found = tuple(problems)
        if any(problem.field in _FURTHER for problem in found):
            self._show_further(shown=True)
        self.further.show_problems(self.grid.show_problems(found))

    def offer_frequent(self) -> None:
        """F4: a list under the cause box; its digit or Enter takes an entry."""
        menu = QMenu("常用事由", self)
        menu.setAccessibleName("常用事由")
        for position, frequent in enumerate(FREQUENT_CAUSES, start=1):
            entry = menu.addAction(f"&{position}　{frequent.label}（{frequent.cause.label}）")
            entry.triggered.connect(self._taking(frequent))
        box = self.grid.field("cause")
        menu.setActiveAction(menu.actions()[0])
        menu.popup(box.mapToGlobal(QPoint(0, box.height())))

    def take_frequent(self, frequent: FrequentCause) -> None:
        """Choose the cause, call it urgent, and begin the narrative if it is empty."""
        put_text(self.grid.field("cause"), frequent.cause)
        put_text(self.grid.field("urgent"), YES)
        if not typed(self.grid, ("narrative",)):
            put_text(self.grid.field("narrative"), frequent.narrative)
        self.grid.field("happened_at").setFocus()

    def _taking(self, frequent: FrequentCause) -> Callable[[], None]:
        return lambda: self.take_frequent(frequent)

    def _text(self, name: str) -> str:
        grid = self.grid if name in self.grid.names() else self.further
        field = grid.field(name)
        if isinstance(field, AreaField):
            return field.code() or field.text()
        return text_of(field)

    def _tell(self, name: str) -> None:
        self.edited.emit(name, self._text(name))

    def _toggle(self) -> None:
        self._show_further(shown=self.further.isHidden())
        if not self.further.isHidden():
            self.further.field("source").setFocus()

    def _show_further(self, *, shown: bool) -> None:
        self.further.setVisible(shown)
        self._more.setText(_LESS if shown else _MORE)

    def _add_required(self, now: Callable[[], datetime]) -> None:
        add = self.grid.add
        add("cause", "困难类型", term_choice(Cause))
        add("urgent", "需立即救助", ChoiceField([(YES, "是"), (NO, "否")]))
        add("happened_at", "发生时间", InstantField(now=now), span=2)
        add("place_code", "发生街道", AreaField())
        add("place", "发生地点", TextField())
        add("narrative", "急难情形", NarrativeField(), span=2)
        add("permit", "居住证", modest(term_choice(PermitState)))
        # It decides the way to the shelter, so what is assumed stands in sight beside the permit.
        add("situation", "住宿状况", modest(term_choice(Situation)))
        add("area", "执行标准", term_choice((AreaClass.URBAN, AreaClass.RURAL)))

    def _add_further(self, today: Callable[[], date]) -> None:
        add = self.further.add
        add("source", "发现途径", term_choice(Source))
        add("stay_address", "现住址", TextField(), span=2)
        add("arrived_on", "来乌海时间", DateField(today=today), span=2)
        add("persons_relieved", "救助人数", NumberField())
        add("staff_relative", "经办人员近亲属", ChoiceField[OperatorId](prompt="不是"))
        add("other_aid", "已获其他救助", TextField())
