"""The tabs of a cashier's desk: journal, count, day close, handover, floats; one paper for each."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from reliefdesk.clock import IdSource
from ui import keymap, theme
from ui.cash.budget_tab import BudgetTab
from ui.cash.close_tab import CloseTab
from ui.cash.count_tab import CountTab
from ui.cash.float_tab import FloatTab
from ui.cash.handover_tab import HandoverTab
from ui.cash.journal_view import JournalView
from ui.cash.transfer_tab import TransferTab
from ui.cash.view import DrawerView, PaperCall

ActTab = CountTab | CloseTab | HandoverTab | TransferTab | BudgetTab


class DrawerTabs(QTabWidget):
    """On a blind tab nothing may tell what a drawer must hold. `wanted` carries what a tab asks."""

    wanted = Signal(object)

    def __init__(self, ids: IdSource, journal: JournalView) -> None:
        super().__init__()
        self.setAccessibleName("现金账务")
        self.setDocumentMode(True)
        self.journal = journal
        self.counting = CountTab(ids)
        self.closing = CloseTab(ids)
        self.handover = HandoverTab(ids)
        self.floats = FloatTab()
        self.transfers = TransferTab(ids)
        self.budgets = BudgetTab(ids)
        self.book = QWidget()
        self._turning = QHBoxLayout()
        self.addTab(self.book, "日记账")
        for tab in self._all():
            self.addTab(tab, tab.title)
            if not isinstance(tab, FloatTab):
                tab.wanted.connect(self.wanted)
        column = QVBoxLayout(self.book)
        column.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(journal, 1)
        column.addLayout(self._turning)
        self._turning.addStretch(1)
        self.currentChanged.connect(self._take_room)
        self._take_room(0)

    def add_turning(self, *actions: QAction) -> None:
        """Put the buttons that turn the months below the journal."""
        for each in actions:
            self._turning.addWidget(keymap.button(each))

    @property
    def is_blind(self) -> bool:
        """Whether cash may be counted on the tab in front."""
        return self.currentWidget() in (self.counting, self.closing, self.handover)

    def front(self) -> ActTab | FloatTab | None:
        """The tab in front, or None for the journal."""
        found = self.currentWidget()
        return next((tab for tab in self._all() if tab is found), None)

    def acting(self) -> ActTab | None:
        """The tab in front where F8 confirms something, or None."""
        front = self.front()
        return None if isinstance(front, FloatTab) else front

    def begin(self) -> None:
        """Put the cursor where work on the tab in front begins."""
        front = self.front()
        if front is None:
            self.journal.table.setFocus()
        else:
            front.begin()

    def show_view(self, view: DrawerView) -> None:
        """Show everything anew; what is typed stays."""
        for tab in self._all():
            tab.show_view(view)

    def paper(self) -> PaperCall | None:
        """What makes the paper of the tab in front, the journal's apart."""
        front = self.front()
        return None if front is None else front.paper()

    def _take_room(self, place: int) -> None:
        """Only the tab in front asks for height, so that the page fits a small screen."""
        for index in range(self.count()):
            policy = self.widget(index).sizePolicy()
            wanted = QSizePolicy.Policy.Preferred if index == place else QSizePolicy.Policy.Ignored
            policy.setVerticalPolicy(wanted)
            self.widget(index).setSizePolicy(policy)

    def _all(self) -> tuple[ActTab | FloatTab, ...]:
        return (
            self.counting,
            self.closing,
            self.handover,
            self.floats,
            self.transfers,
            self.budgets,
        )
