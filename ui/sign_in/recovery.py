"""The way back into a desk whose passphrases are lost: the code on the recovery sheet.

It opens the desk as its administrator, who then sets a new passphrase under 系统.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.pages import Workplace
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import NumberField

if TYPE_CHECKING:
    from collections.abc import Callable

    from reliefdesk.desk import Desk


class RecoveryPanel(QWidget):
    """Hidden until asked for; `opened` carries the open desk, `failed` the refusal."""

    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, workplace: Workplace, recover: "Callable[[str], Desk]") -> None:
        super().__init__()
        self._workplace = workplace
        self._recover = recover
        self.grid = FieldGrid()
        self.code = self.grid.add("code", "恢复码", NumberField())
        self.code.setPlaceholderText("恢复凭单上的九组字符")
        self.button = QPushButton("用恢复码打开")
        self.button.setAccessibleName("用恢复码打开")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.try_it)
        self.grid.submitted.connect(self.try_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.grid)
        column.addWidget(self.button)
        self.hide()

    def open(self) -> None:
        """Ask for the code."""
        self.show()
        self.code.setFocus()

    def try_it(self) -> None:
        """Open the desk with the code."""
        code = self.code.text()
        self._workplace.operations.open(
            lambda: self._recover(code),
            done=self.opened.emit,
            failed=self.failed.emit,
        )
