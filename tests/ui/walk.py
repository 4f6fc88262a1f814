"""Claims about every widget of a page, for any test to call: named as labelled, keyed, in order."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from ui import keymap

OPERABLE = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton, QAbstractItemView)


def operable(root: QWidget) -> Iterator[QWidget]:
    """Boxes, buttons and tables of ours below a widget, whether they are visible or not."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, OPERABLE) and not _is_qts_own(widget):
            yield widget


def misnamed(root: QWidget) -> list[str]:
    """Widgets whose name for the outside differs from the Chinese label that people read."""
    labels = {id(label.buddy()): label.text() for label in root.findChildren(QLabel)}
    found = []
    for widget in operable(root):
        wanted = labels.get(id(widget), "")
        # On Linux Qt speaks of a combo box by its text; who listens gets its label as a relation.
        related = isinstance(widget, QComboBox) and wanted
        name = widget.accessibleName() if related else accessible_name(widget)
        if not wanted and isinstance(widget, QAbstractButton):
            if not widget.text() and not widget.isVisible():
                continue  # it gets its name with its task
            # A button shows its key behind its name.
            wanted = widget.text().split("  ")[0].replace("&", "")
        if not name or (wanted and name != wanted):
            found.append(f"{type(widget).__name__} {wanted!r} is called {name!r}")
    return found


def accessible_name(widget: QWidget) -> str:
    """The name that a screen reader hears."""
    heard: str = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    return heard


def keyless(root: QWidget) -> list[str]:
    """Actions without a key (R20); menus themselves are no commands."""
    return [
        action.text()
        for action in root.findChildren(QAction)
        if action.text() and action.menu() is None and action.shortcut().isEmpty()
    ]


CONFIRMING = frozenset({"", "发放", "打印", "照此处理", "返回", "按住查看"})
"""Buttons that only confirm or leave what is open, by F8, Ctrl+P, Ctrl+Enter, Esc or a
held key; one without a name gets it with its task."""


def commandless(root: QWidget) -> list[str]:
    """Buttons that belong to no command of the key map (R20), confirming ones aside."""
    known = {each.command_id for each in keymap.COMMANDS}
    return [
        button.accessibleName() or button.text()
        for button in root.findChildren(QPushButton)
        if button.property(keymap.COMMAND_OF) not in known
        and button.accessibleName() not in CONFIRMING
        and not button.accessibleName().startswith("确认")
    ]


def _is_qts_own(widget: QWidget) -> bool:
    """Headers, the list inside a combo box, the cross inside a line, the arrow of a menu bar."""
    if isinstance(widget, QHeaderView):
        return True
    inside = (QComboBox, QLineEdit, QAbstractItemView, QMenuBar)
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, inside):
        parent = parent.parentWidget()
    return parent is not None
