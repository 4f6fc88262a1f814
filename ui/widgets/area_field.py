"""Picks a place by 汉字, first letters or code from a long list; other text may stand as typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from ui.widgets.text_fields import TextField

SHOWN_AT_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One place of the list: division code, full name, first letters of its name."""

    code: str
    name: str
    initials: str


class AreaField(TextField):
    """`code()` is the code of the place whose full name stands in the box, or None."""

    def __init__(self, areas: Sequence[Area] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._areas: Sequence[Area] = areas
        self._found = QStringListModel(self)
        self._completer = QCompleter(self._found, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._completer.activated.connect(self.setText)
        self._completer.setWidget(self)
        self.setPlaceholderText("汉字或首字母")
        self.textEdited.connect(self._offer)

    def set_areas(self, areas: Sequence[Area]) -> None:
        """Offer another list of places."""
        self._areas = areas

    def code(self) -> str | None:
        """The code of the place named in the box, or None for other text."""
        typed = self.text().strip()
        return next((area.code for area in self._areas if area.name == typed), None)

    def set_code(self, code: str) -> None:
        """Write the name of the place with this code; an unknown code changes nothing."""
        for area in self._areas:
            if area.code == code:
                self.setText(area.name)

    def fitting(self, typed: str) -> list[str]:
        """Names that contain the text, or whose initials or code begin with it."""
        wanted = typed.strip().lower()
        found = [
            area.name
            for area in self._areas
            if wanted in area.name
            or area.initials.lower().startswith(wanted)
            or area.code.startswith(wanted)
        ]
        return found[:SHOWN_AT_MOST]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """F2, F7 and Down open the list."""
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_F7, Qt.Key.Key_Down):
            typed = self.text()
            self._offer("" if self.code() else typed)
        else:
            super().keyPressEvent(event)

    def settle(self) -> None:
        """Take the only fitting place, so that initials and Enter suffice."""
        found = self.fitting(self.text()) if self.text().strip() else []
        if len(found) == 1 and self.code() is None:
            self.setText(found[0])

    def _offer(self, typed: str) -> None:
        found = self.fitting(typed)
        self._found.setStringList(found)
        if found and found != [self.text()]:
            self._completer.complete()
        else:
            self._completer.popup().hide()
