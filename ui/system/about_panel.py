"""The key card to print, and which program this is."""

from importlib.metadata import version

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QLabel

from ui import keymap, theme
from ui.pages import Workplace
from ui.system.panels import Panel
from ui.widgets.message_bar import MessageBar
from ui.widgets.sheet_buttons import SheetButtons


class AboutPanel(Panel):
    """Key card and version."""

    title = "按键卡与关于"
    key = "about"
    command = "打印按键卡"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        about = QLabel(f"程序版本 {version('reliefdesk')}　窗口部件 Qt {qVersion()}")
        theme.quiet(about)
        self.card = SheetButtons("按键卡", key_card, messages)
        self.column.addWidget(about)
        self.column.addWidget(self.card)
        self.column.addStretch(1)

    def go(self) -> None:
        """Print the card."""
        self.card.print_sheet()


def key_card() -> str:
    """The key map as a page to lie beside the keyboard."""
    rows = "".join(
        f"<tr><td>{place}</td><td><b>{keys}</b></td><td>{name}</td></tr>"
        for place, name, keys in keymap.key_rows()
    )
    return f"<h2>按键卡</h2><table cellpadding='3' width='100%'>{rows}</table>"
