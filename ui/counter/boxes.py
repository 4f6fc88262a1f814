"""The boxes of a panel by field name: one place that reads them, fills them and marks problems.

Filling never tells of an edit, so that restoring a draft does not save it again.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from ui.widgets.choice_field import ChoiceField


class TextBox(Protocol):
    """What every box offers: its text, and a signal when it was edited."""

    edited: SignalInstance

    def text(self) -> str:
        """What stands in the box."""

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Replace what stands in the box."""


class Boxes(QObject):
    """Boxes registered by field name; `edited` carries the name and the new text."""

    edited = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QWidget] = {}
        self._filling = False

    def add(self, name: str, box: QWidget) -> None:
        """Register a box; its edits are told from now on."""
        self._boxes[name] = box
        cast("TextBox", box).edited.connect(lambda: self._tell(name))

    def __contains__(self, name: str) -> bool:
        return name in self._boxes

    def __getitem__(self, name: str) -> QWidget:
        return self._boxes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._boxes)

    def text(self, name: str) -> str:
        """The text of one box; of a choice the code of what is chosen."""
        box = self._boxes[name]
        if isinstance(box, ChoiceField):
            chosen = box.chosen()
            return "" if chosen is None else str(chosen)
        return cast("TextBox", box).text()

    def texts(self) -> dict[str, str]:
        """All boxes that hold something."""
        return {name: text for name in self._boxes if (text := self.text(name))}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Set every box from `texts`; a name that is missing empties its box."""
        self._filling = True
        try:
            for name in self._boxes:
                self._set(name, texts.get(name, ""))
        finally:
            self._filling = False

    def put(self, name: str, text: str) -> None:
        """Set one box as if it had been typed."""
        self._set(name, text)

    def _set(self, name: str, text: str) -> None:
        box: Any = self._boxes[name]
        if isinstance(box, ChoiceField):
            box.choose(text or None)
        elif box.text() != text:
            box.setText(text)

    def _tell(self, name: str) -> None:
        if not self._filling:
            self.edited.emit(name, self.text(name))
