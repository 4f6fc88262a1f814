"""Shows long work: what runs, how far it is, a way to stop it, and always the stated result."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

STOP = "停止"


class BusyBar(QWidget):
    """Hidden until work starts; after it ends the result stays to be read."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel("")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("进度")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(10)
        self._stop = QPushButton(STOP)
        self._stop.setAccessibleName(STOP)
        self._stop.clicked.connect(self._ask_to_stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        self.hide()

    def start(self, text: str) -> None:
        """Begin work of unknown length that cannot be stopped."""
        self._text.setText(text)
        self._bar.setRange(0, 0)
        self._bar.show()
        self._stop.hide()
        self.show()

    def start_stoppable(self, text: str) -> None:
        """Begin work that the operator may stop."""
        self.start(text)
        self._stop.setEnabled(True)
        self._stop.show()

    def step(self, done: int, of: int) -> None:
        """Say how far it is."""
        self._bar.setRange(0, max(1, of))
        self._bar.setValue(done)

    def finish(self, result: str) -> None:
        """End with a stated result."""
        self._text.setText(result)
        self._bar.hide()
        self._stop.hide()

    def text(self) -> str:
        """What the bar says now."""
        return self._text.text()

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self.stop_wanted.emit()
