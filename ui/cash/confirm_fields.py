"""An officer and the own PIN inside a grid, named by the part in the act (移交人, 监盘人)."""

from collections.abc import Sequence

from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Operator
from reliefdesk.domain.problems import Problem
from ui.cash.view import preferred
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import PinField


class ConfirmFields:
    """Two boxes of a grid; their names are `name` and `name_pin`."""

    def __init__(self, grid: FieldGrid, name: str, who: str) -> None:
        self._name = name
        self.officer: ChoiceField[OperatorId] = grid.add(name, who, ChoiceField[OperatorId]())
        self.pin = grid.add(f"{name}_pin", f"{who}确认码", PinField())
        self.pin.setPlaceholderText("六位数字")

    def offer(self, officers: Sequence[Operator], signed_in: OperatorId) -> None:
        """Offer who may confirm; a choice that was made stays."""
        self.officer.set_options([(one.operator_id, one.name) for one in officers])
        if self.officer.chosen() is None:
            self.officer.choose(preferred(officers, signed_in))

    def problems(self) -> list[Problem]:
        """What lacks before the PIN can be checked."""
        pin, found = self.pin.text(), []
        if self.officer.chosen() is None:
            found.append(Problem(field=self._name, code="ui.officer_missing"))
        if len(pin) != PinField.DIGITS or not (pin.isascii() and pin.isdigit()):
            found.append(Problem(field=f"{self._name}_pin", code="ui.pin_short"))
        return found

    def proof(self) -> tuple[OperatorId, str]:
        """Who and which PIN, for the service to check; call once nothing lacks."""
        chosen = self.officer.chosen()
        assert chosen is not None  # noqa: S101 - problems() was asked before
        return chosen, self.pin.text()

    def refuse(self, *others: "ConfirmFields") -> None:
        """After a refusal the PINs go, also those of `others`, and are typed anew from here on."""
        for each in (self, *others):
            each.pin.clear()
        self.pin.setFocus()
