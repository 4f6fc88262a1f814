"""The row of other acts under the next step; only those that the stage allows."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui import theme

_PER_ROW = 4


class ActButtons(QWidget):
    """Buttons in rows of four."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GAP_SMALL)
        self._labels: tuple[str, ...] = ()

    def set_buttons(self, buttons: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Offer these; the same labels again change nothing, so focus stays where it is."""
        labels = tuple(label for label, _ in buttons)
        if labels == self._labels:
            return
        self._labels = labels
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (label, press) in enumerate(buttons):
            button = QPushButton(label)
            button.setAccessibleName(label)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=press: run())
            self._grid.addWidget(button, *divmod(place, _PER_ROW))
