"""区级: what the bureau does with what its offices sent: duplicates, checks, figures, lists.

A tab joins by one line in `TABS`; it is shown on a desk of the district only.
"""

from collections.abc import Callable
from typing import Any

from ui.district.checks_tab import ChecksTab
from ui.district.duplicates_tab import DuplicatesTab
from ui.district.figures_tab import FiguresTab
from ui.district.mergers_tab import MergersTab
from ui.district.requests_tab import RequestsTab
from ui.district.tokens_tab import TokensTab
from ui.pages import Workplace
from ui.vouchers.tab import VoucherTab
from ui.vouchers.tab_page import TabPage

TABS: tuple[tuple[str, Callable[..., VoucherTab[Any]]], ...] = (
    ("duplicates", DuplicatesTab),
    ("checks", ChecksTab),
    ("figures", FiguresTab),
    ("requests", RequestsTab),
    ("tokens", TokensTab),
    ("mergers", MergersTab),
)
"""Noun and tab, in their order; `open_record` brings a tab to the front by its noun."""


class DistrictPage(TabPage):
    """Tabs above, the form of an act or a paper over them; Esc goes back."""

    title = "区级"
    key = "district"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        made = {noun: tab(workplace, failed=self.say) for noun, tab in TABS}
        for noun, tab in made.items():
            setattr(self, noun, tab)
        self.add_tabs(*made.values())
