"""票款: money claimed back, receipts for power cuts, packs for reimbursement, rosters."""

from ui.pages import Workplace
from ui.vouchers.packs_tab import PacksTab
from ui.vouchers.pads_tab import PadsTab
from ui.vouchers.recoveries_tab import RecoveriesTab
from ui.vouchers.rosters_tab import RostersTab
from ui.vouchers.statistics_tab import StatisticsTab
from ui.vouchers.tab_page import TabPage


class VouchersPage(TabPage):
    """Tabs above, the form of an act or a paper over them; Esc goes back."""

    title = "票款"
    key = "vouchers"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.recoveries = RecoveriesTab(workplace, failed=self.say)
        self.pads = PadsTab(workplace, failed=self.say)
        self.statistics = StatisticsTab(workplace, failed=self.say)
        self.packs = PacksTab(workplace, failed=self.say)
        self.rosters = RostersTab(workplace, failed=self.say)
        self.add_tabs(self.recoveries, self.pads, self.statistics, self.packs, self.rosters)
