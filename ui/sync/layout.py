"""Where the parts of the page 报送 stand: commands in rows, lists, what opens over them."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import keymap, theme

_IN_A_ROW = 7


def lay_out(
    page: QWidget, title: str, acts: Sequence[QAction], parts: tuple[QWidget, ...], *, fixed: int
) -> None:
    """Lay a page out; the first `fixed` parts keep their height, the others share what is left.

    The first command is the one in the accent colour.
    """
    rows = [QHBoxLayout() for _ in range(0, len(acts), _IN_A_ROW)]
    for place, action in enumerate(acts):
        button = keymap.button(action)
        rows[place // _IN_A_ROW].addWidget(button)
        if place == 0:
            theme.accent(button)
    head = QHBoxLayout()
    head.addWidget(theme.title(title))
    head.addStretch(1)
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
    column.setSpacing(theme.GAP_SMALL)
    column.addLayout(head)
    for row in rows:
        row.setSpacing(theme.GAP_SMALL)
        row.addStretch(1)
        column.addLayout(row)
    for place, part in enumerate(parts):
        column.addWidget(part, 0 if place < fixed else 1)
    column.addStretch(0)
