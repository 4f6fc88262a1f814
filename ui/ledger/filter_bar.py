"""What the work ledger shows: year, days, cause, stage, method, text; typed text is kept."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk.domain.cases import Cause, Stage
from reliefdesk.domain.ledger import LedgerFilter, PayMethod, year_filter
from reliefdesk.domain.problems import Problem
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.day_fields import DateField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import NameField

ALL = "全部"
_PAIRS = 4
_SHOWN = 20


class FilterBar(QWidget):
    """`changed` tells that the filter means something else now."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.grid = FieldGrid(columns=_PAIRS)
        self.year = self.grid.add("year", "年度", ChoiceField[int](prompt="自定日期"))
        self.since = self.grid.add("since", "起始日", DateField(today=today))
        self.until = self.grid.add("until", "截止日", DateField(today=today))
        self.text = self.grid.add("text", "查找", NameField())
        self.text.setPlaceholderText("姓名、案号、单号、证件号")
        self.cause = self.grid.add("cause", "困难类型", term_choice(Cause, prompt=ALL))
        self.stage = self.grid.add("stage", "状态", term_choice(Stage, prompt=ALL))
        self.method = self.grid.add("method", "发放方式", term_choice(PayMethod, prompt=ALL))
        for field in (self.since, self.until):
            # The day stands in the box already; its reading would only take room here.
            field.beside.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.set_years((today().year,))
        self._choose_year(today().year)
        self.grid.changed.connect(self._edited)

    def set_years(self, years: tuple[int, ...]) -> None:
        """Offer these years, the newest first."""
        self.year.set_options([(year, f"{year}年") for year in sorted(years, reverse=True)])

    def clear(self) -> None:
        """The whole present year again."""
        self.grid.blockSignals(True)  # noqa: FBT003 - Qt's signature
        for choice in (self.cause, self.stage, self.method):
            choice.setCurrentIndex(0)
        self.text.clear()
        self._choose_year(self._today().year)
        self.grid.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.changed.emit()

    def wanted(self) -> LedgerFilter | None:
        """The filter as typed; None while a day cannot be read, which is then marked."""
        since, until = self.since.day(), self.until.day()
        problems = [
            Problem(field=name, code="counter.day_unreadable", facts={"text": typed[:_SHOWN]})
            for name, typed, day in (
                ("since", self.since.text(), since),
                ("until", self.until.text(), until),
            )
            if day is None
        ]
        if since is not None and until is not None and until < since:
            problems.append(Problem(field="until", code="ledger_page.order"))
        self.grid.show_problems(problems)
        if problems or since is None or until is None:
            return None
        return LedgerFilter(
            since=since,
            until=until,
            cause=self.cause.chosen(),
            stage=self.stage.chosen(),
            method=self.method.chosen(),
            text=self.text.text(),
        )

    def _choose_year(self, year: int) -> None:
        whole = year_filter(year)
        self.year.choose(year)
        self.since.set_day(whole.since)
        self.until.set_day(whole.until)

    def _edited(self, name: str) -> None:
        year = self.year.chosen()
        if name == "year" and year is not None:
            self.grid.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self._choose_year(year)
            self.grid.blockSignals(False)  # noqa: FBT003 - Qt's signature
        elif name in ("since", "until"):
            self._follow_days()
        self.changed.emit()

    def _follow_days(self) -> None:
        since, until = self.since.day(), self.until.day()
        whole = None if since is None else year_filter(since.year)
        same = whole is not None and (since, until) == (whole.since, whole.until)
        self.grid.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.year.choose(since.year if same and since is not None else None)
        self.grid.blockSignals(False)  # noqa: FBT003 - Qt's signature
