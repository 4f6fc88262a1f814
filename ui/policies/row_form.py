"""A new policy row or the correction of one: key, value, days, document, and a second person's PIN.

Only the boxes that belong to the chosen key are shown; what was typed in the others stays.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from reliefdesk import wording
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Operator
from reliefdesk.domain.policies import AreaClass, PolicyRow, PolicyRowDraft, StandardUnit
from reliefdesk.domain.policy_keys import POLICY_SPECS, PolicyKey, PolicyKind
from reliefdesk.domain.problems import Problem
from reliefdesk.errors import UserError
from ui import theme
from ui.policies.rows import CITY
from ui.widgets.amount_field import AmountField
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.day_fields import DateField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.level import Level
from ui.widgets.text_fields import NumberField, TextField
from ui.widgets.wrapped_label import WrappedLabel

_VALUES = {PolicyKind.MONEY: "amount", PolicyKind.CHOICE: "choice"}
_SHOWN = 20


class RowForm(Level):
    """`wanted` carries the draft, the confirming officer and the PIN once everything is filled."""

    wanted = Signal(object, str, str)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._corrects: PolicyRow | None = None
        self.says = WrappedLabel()
        self.grid = FieldGrid(columns=3)
        add = self.grid.add
        self.policy = add("key", "参数", term_choice(PolicyKey))
        self.area = add("area", "适用", term_choice((AreaClass.URBAN, AreaClass.RURAL)))
        self.scope = add("scope", "范围", ChoiceField[str]())
        # One of the three is shown; they share a line.
        self.amount = add("amount", "金额", AmountField())
        self.number = add("number", "数目", NumberField())
        self.choice = add("choice", "选项", ChoiceField[str]())
        self.since = add("since", "生效日", DateField(today=today))
        self.until = add("until", "止（不含）", DateField(today=today))
        self.unit = add("unit", "计量", term_choice(StandardUnit))
        self.document = add("document", "依据文件", TextField(), span=3)
        for day in (self.since, self.until):
            day.beside.hide()
        self.until.setPlaceholderText("不填为无期限")
        self.panel = ConfirmPanel("由另一人确认登记")
        self.grid.changed.connect(self._changed)
        self.grid.submitted.connect(self.confirm)
        self.panel.confirmed.connect(self._confirmed)
        self._lay_out()
        self._arrange()

    def set_people(self, officers: Sequence[Operator], scopes: Sequence[tuple[str, str]]) -> None:
        """Offer who may confirm and for which offices a row can hold."""
        self.panel.set_officers(officers)
        self.scope.set_options(scopes)
        if self.scope.chosen() is None:
            self.scope.choose(CITY)

    def open_new(self) -> None:
        """Begin a new row; what was typed before stays."""
        self._corrects = None
        self.policy.setEnabled(True)
        self.area.setEnabled(True)
        self.says.setText(wording.text("policies_page.new"))
        self._open()
        self.policy.setFocus()

    def open_correction(self, row: PolicyRow) -> None:
        """Begin the correction of a row, its values in the boxes."""
        self._corrects = row
        facts = {"policy": row.key.label, "since": row.valid_from}
        self.says.setText(wording.text("policies_page.correct", **facts))
        self.policy.choose(row.key)
        self.area.choose(None if row.area is AreaClass.ANY else row.area)
        self._offer_choices()
        self.unit.choose(row.unit)
        self.since.set_day(row.valid_from)
        self.document.setText(row.document)
        self.scope.choose(row.scope)
        self.amount.setText(row.value if self._value_name() == "amount" else "")
        self.number.setText(row.value if self._value_name() == "number" else "")
        self.choice.choose(row.value if self._value_name() == "choice" else None)
        self.policy.setEnabled(False)
        self.area.setEnabled(False)
        self._open()
        self.grid.field(self._value_name()).setFocus()

    def confirm(self) -> None:
        """Ask for the confirmation if everything is there, else mark what lacks."""
        if self._draft() is not None:
            self.panel.confirm()

    def finish(self) -> None:
        """The row is recorded: empty the boxes and close."""
        for box in (self.amount, self.number, self.since, self.until, self.document):
            box.clear()
        self.choice.choose(None)
        self.panel.pin.clear()
        self.close_level()

    def _open(self) -> None:
        self.grid.clear_problems()
        self.panel.grid.clear_problems()
        self.panel.pin.clear()
        self._arrange()
        self.show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.says)
        column.addWidget(self.grid)
        column.addWidget(self.panel)
        theme.ground(self, theme.PAPER)
        self.unit.choose(StandardUnit.MONTH)

    def _changed(self, name: str) -> None:
        if name == "key":
            self._offer_choices()
            self._arrange()

    def _offer_choices(self) -> None:
        key = self.policy.chosen()
        self.choice.set_options(() if key is None else POLICY_SPECS[key].choices)

    def _arrange(self) -> None:
        key = self.policy.chosen()
        by_area = key is not None and POLICY_SPECS[key].by_area
        shown = {
            "area": by_area,
            "unit": key is PolicyKey.STANDARD,
            **{name: name == self._value_name() for name in ("amount", "number", "choice")},
        }
        for name, wanted in shown.items():
            (self.grid.show_field if wanted else self.grid.hide_field)(name)

    def _value_name(self) -> str:
        key = self.policy.chosen()
        return "number" if key is None else _VALUES.get(POLICY_SPECS[key].kind, "number")

    def _value(self) -> str:
        name = self._value_name()
        if name == "choice":
            return self.choice.chosen() or ""
        if name == "number":
            return self.number.text().strip()
        return Money.parse(self.amount.text()).require_positive().figures.replace(",", "")

    def _draft(self) -> PolicyRowDraft | None:
        key, since = self.policy.chosen(), self.since.day()
        problems = list(self._problems())
        value = ""
        try:
            value = self._value()
        except UserError as error:
            problems.append(Problem(field="amount", code=error.code, facts=error.facts))
        if not value and not any(problem.field == "amount" for problem in problems):
            problems.append(Problem(field=self._value_name(), code="policies_page.needed"))
        self.grid.show_problems(problems)
        if problems or key is None or since is None:
            self.grid.focus_first_problem()
            return None
        return PolicyRowDraft(
            key=key,
            value=value,
            valid_from=since,
            document=self.document.text(),
            area=self.area.chosen() or AreaClass.ANY
            if POLICY_SPECS[key].by_area
            else AreaClass.ANY,
            unit=self.unit.chosen() or StandardUnit.MONTH
            if key is PolicyKey.STANDARD
            else StandardUnit.MONTH,
            scope=self.scope.chosen() or CITY,
            valid_to=self.until.day(),
            corrects=None if self._corrects is None else self._corrects.row_id,
        )

    def _problems(self) -> list[Problem]:
        key = self.policy.chosen()
        by_area = key is not None and POLICY_SPECS[key].by_area
        missing = {
            "key": key is None,
            "area": by_area and self.area.chosen() is None,
            "since": not self.since.text().strip(),
            "document": not self.document.text().strip(),
        }
        found = [
            Problem(field=name, code="policies_page.needed") for name in missing if missing[name]
        ]
        for name, box in (("since", self.since), ("until", self.until)):
            typed = box.text().strip()
            if typed and box.day() is None:
                found.append(
                    Problem(field=name, code="policies_page.day", facts={"text": typed[:_SHOWN]})
                )
        return found

    def _confirmed(self, operator_id: str, pin: str) -> None:
        draft = self._draft()
        if draft is not None:
            self.wanted.emit(draft, operator_id, pin)
