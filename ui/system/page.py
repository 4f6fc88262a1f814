"""系统: accounts, secrets, exemptions, the desk file, holidays, forms, the lock, the key card."""

from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import keymap, theme
from ui.pages import Workplace
from ui.system.about_panel import AboutPanel
from ui.system.calendar_panel import CalendarPanel
from ui.system.exemptions_panel import ExemptionsPanel
from ui.system.file_panel import FilePanel
from ui.system.forms_panel import FormsPanel
from ui.system.imports_panel import ImportPanel
from ui.system.operators_panel import OperatorsPanel
from ui.system.panels import Panel
from ui.system.secrets_panel import SecretsPanel
from ui.system.settings_panel import SettingsPanel
from ui.system.token_panel import TokenPanel
from ui.widgets.message_bar import MessageBar

_LIST_WIDTH = 150
_LIST_SPACING = 4


class SystemPage(QWidget):
    """A list of parts on the left, the chosen part on the right; F8 does what the part does."""

    title = "系统"
    key = "system"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.messages = MessageBar()
        self.operators = OperatorsPanel(workplace, self.messages)
        self.secrets = SecretsPanel(workplace, self.messages)
        self.exemptions = ExemptionsPanel(workplace, self.messages)
        self.file = FilePanel(workplace, self.messages)
        self.calendar = CalendarPanel(workplace, self.messages)
        self.forms = FormsPanel(workplace, self.messages)
        self.imports = ImportPanel(workplace, self.messages)
        self.tokens = TokenPanel(workplace, self.messages)
        self.settings = SettingsPanel(workplace, self.messages)
        self.about = AboutPanel(workplace, self.messages)
        self.list = QListWidget()
        self.list.setAccessibleName("系统事项")
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setSpacing(_LIST_SPACING)
        self._stack = QStackedWidget()
        for panel in self._all():
            self.list.addItem(panel.title)
            self._stack.addWidget(panel)
        self.confirm_action = keymap.action("system.confirm", self, self._go)
        self.print_action = keymap.action("system.print", self, self.about.card.print_sheet)
        self.confirm_button = keymap.button(self.confirm_action)
        theme.accent(self.confirm_button)
        self._lay_out()
        self.list.setCurrentRow(0)
        self.confirm_action.setText(self._panel().command)
        self.list.currentRowChanged.connect(self._show)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def shown(self) -> None:
        """Load the part in front."""
        self.list.setFocus()
        self._panel().begin()

    def changed(self, kinds: frozenset[str]) -> None:
        """Parts load themselves after what they did."""

    def open_part(self, key: str) -> None:
        """Bring a part to the front."""
        keys = [panel.key for panel in self._all()]
        self.list.setCurrentRow(keys.index(key))

    def _all(self) -> tuple[Panel, ...]:
        return (
            self.operators,
            self.secrets,
            self.exemptions,
            self.file,
            self.calendar,
            self.imports,
            self.forms,
            self.tokens,
            self.settings,
            self.about,
        )

    def _panel(self) -> Panel:
        return self._all()[max(0, self.list.currentRow())]

    def _show(self, position: int) -> None:
        self.messages.clear()
        self._stack.setCurrentIndex(position)
        self.confirm_action.setText(self._panel().command)
        self._panel().begin()

    def _go(self) -> None:
        self._panel().go()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.confirm_button)
        right = QVBoxLayout()
        right.setSpacing(theme.GAP)
        right.addWidget(theme.title(self.title))
        right.addWidget(self.messages)
        right.addWidget(self._stack, 1)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        row.setSpacing(theme.GAP_WIDE)
        row.addWidget(self.list)
        row.addLayout(right, 1)
