"""Texts in and out of a field grid by field name; a choice is told by the code of its value.

Filling never tells of an edit, so that taking a draft up again does not count as typing.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from PySide6.QtWidgets import QComboBox, QWidget

from ui.widgets.choice_field import ChoiceField
from ui.widgets.field_grid import FieldGrid

ChoiceT = TypeVar("ChoiceT", bound=QComboBox)
_CHARACTERS = 5
_LIST_MARGIN = 24


def text_of(field: QWidget) -> str:
    """What stands in a field; of a choice the code of the chosen value."""
    if isinstance(field, ChoiceField):
        chosen = field.chosen()
        return "" if chosen is None else str(chosen)
    box: Any = field
    return str(box.text())


def put_text(field: QWidget, text: str) -> None:
    """Set a field as if it had been typed; an equal text is left alone, the cursor with it."""
    box: Any = field
    if isinstance(field, ChoiceField):
        # Values are codes (a Term equals its code), so the text itself finds its value.
        field.choose(text or None)
    elif box.text() != text:
        box.setText(text)


def modest(choice: ChoiceT) -> ChoiceT:
    """Let a choice with long labels be narrower than the longest; its list stays wide."""
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(_CHARACTERS)
    widest = max(
        choice.fontMetrics().horizontalAdvance(choice.itemText(i)) for i in range(choice.count())
    )
    choice.view().setMinimumWidth(widest + _LIST_MARGIN)
    return choice


def texts_of(grid: FieldGrid) -> dict[str, str]:
    """All fields of a grid by name."""
    return {name: text_of(grid.field(name)) for name in grid.names()}


def fill(grid: FieldGrid, texts: Mapping[str, str]) -> None:
    """Set every field of a grid; names without a text are emptied. Tells of no edit."""
    was_blocked = grid.blockSignals(True)  # noqa: FBT003 - Qt's signature
    try:
        for name in grid.names():
            put_text(grid.field(name), texts.get(name, ""))
    finally:
        grid.blockSignals(was_blocked)


def typed(grid: FieldGrid, names: Iterable[str]) -> bool:
    """Whether any of these fields holds something."""
    return any(text_of(grid.field(name)).strip() for name in names)
