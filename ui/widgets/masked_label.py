"""A number shown masked: copying copies the mask; a held key reveals it, and that is recorded."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from reliefdesk.domain.masking import mask_number
from ui import theme

HOLD = "按住查看"


class MaskedLabel(QWidget):
    """It never holds the plain number unless the page gives it while the key is down.

    `reveal_wanted` asks the page to record the look and to answer with `reveal(plain)`.
    """

    reveal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masked = ""
        self._label = QLabel("")
        self._label.setMinimumHeight(theme.field_height())
        self._button = QPushButton(HOLD)
        self._button.setAccessibleName(HOLD)
        self._button.setFlat(True)
        self._button.setToolTip("按住鼠标或空格查看全号，查看会记录在案")
        self._button.pressed.connect(self._ask)
        self._button.released.connect(self._hide)
        self._button.hide()
        self.setFocusProxy(self._button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addWidget(self._button)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        copying = QAction("复制", self)
        copying.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copying.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copying.triggered.connect(self.copy)
        self.addAction(copying)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def show_number(self, number: str) -> None:
        """Show a number masked; the plain one is not kept."""
        self.show_masked(mask_number(number))

    def show_masked(self, masked: str) -> None:
        """Show a text that is masked already."""
        self._masked = masked
        self._label.setText(masked)
        self._button.setVisible(bool(masked))

    def reveal(self, plain: str) -> None:
        """Show the plain number as long as the key stays down; too late is ignored."""
        if self._button.isDown():
            self._label.setText(plain)

    def text(self) -> str:
        """The masked text, whatever is visible just now."""
        return self._masked

    def visible_text(self) -> str:
        """What the screen shows just now."""
        return self._label.text()

    def copy(self) -> None:
        """Put the masked text on the clipboard."""
        QGuiApplication.clipboard().setText(self._masked)

    def _ask(self) -> None:
        self.reveal_wanted.emit()

    def _hide(self) -> None:
        self._label.setText(self._masked)
