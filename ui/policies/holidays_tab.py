"""节假日表: which years can be counted, and loading another year's table from its document."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import calendars, policies
from reliefdesk.services.recording import Context
from ui import theme
from ui.pages import Workplace
from ui.system.calendar_panel import CalendarPanel
from ui.widgets.message_bar import MessageBar
from ui.widgets.wrapped_label import WrappedLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The years that can be counted, and those whose table was loaded on this desk."""

    known: tuple[int, ...]
    loaded: tuple[int, ...]


class HolidaysTab(QWidget):
    """The years on top, below them the part of 系统 that loads a table."""

    title = "节假日表"

    def __init__(
        self,
        workplace: Workplace,
        messages: MessageBar,
        *,
        failed: Callable[[ReliefDeskError], None],
    ) -> None:
        super().__init__()
        self._workplace = workplace
        self._failed = failed
        self.years = WrappedLabel()
        self.years.setAccessibleName("能数工作日的年份")
        self.loading = CalendarPanel(workplace, messages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.years)
        column.addWidget(self.loading)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        column.addStretch(1)

    def add_button(self, button: QPushButton) -> None:
        """Put the button of the page's F8 below."""
        self._buttons.addWidget(button)

    def load(self) -> None:
        """Read the years; what is being loaded stays as it is."""
        self._workplace.operations.run(_years, done=self._show, failed=self._failed)

    def begin(self) -> None:
        """The tab came to the front."""
        self.load()
        self.loading.begin()

    def _show(self, years: Years) -> None:
        loaded = "、".join(map(str, years.loaded))
        self.years.setText(
            wording.text(
                "policies_page.years",
                years=_spans(years.known),
                loaded=loaded or wording.text("policies_page.none_loaded"),
            )
        )


def _years(context: Context) -> Years:
    return Years(known=calendars.workdays(context).years, loaded=policies.calendar_years(context))


def _spans(years: tuple[int, ...]) -> str:
    """`2019—2026、2028`: years in a row are joined."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return "、".join(str(s[0]) if len(s) == 1 else f"{s[0]}—{s[-1]}" for s in spans)
