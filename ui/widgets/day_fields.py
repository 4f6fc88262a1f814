"""Boxes for a day and for an instant: text as typed, its reading beside it, single-key steps.

`+` and `-` step a day, `[` and `]` a month, `t` is today (or now). A `-` inside an unfinished
date is an ordinary character.
"""

import re
from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from reliefdesk.clock import SHANGHAI, shanghai_time
from ui.widgets.day_text import (
    add_days,
    add_months,
    day_words,
    instant_words,
    read_day,
    read_instant,
)
from ui.widgets.text_fields import NumberField

_STEPS: dict[str, Callable[[date], date]] = {
    "+": lambda day: add_days(day, 1),
    "=": lambda day: add_days(day, 1),
    "-": lambda day: add_days(day, -1),
    "[": lambda day: add_months(day, -1),
    "]": lambda day: add_months(day, 1),
}
_HALF = re.compile(r"\d*")
_UNREAD = "看不懂，可写 7-1、20210701"
_UNREAD_INSTANT = "请写如 7-1 14:30"


class DateField(NumberField):
    """A day; `day()` is None while the text is empty or no day."""

    def __init__(self, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.beside = QLabel("")
        self.setPlaceholderText("年-月-日")
        self.setToolTip("+ - 前后一天，[ ] 前后一月，t 今天")
        self.edited.connect(self._say_reading)

    def day(self) -> date | None:
        """The day that the text means."""
        return read_day(self.text(), self._today())

    def set_day(self, day: date | None) -> None:
        """Write a day as 2021-07-01; None empties the box."""
        self.setText("" if day is None else day.isoformat())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the single-key steps; everything else is typing."""
        typed = event.text()
        if typed in ("t", "T"):
            self.set_day(self._today())
        elif typed in _STEPS and (day := self._step_from()) is not None:
            self.set_day(_STEPS[typed](day))
        else:
            super().keyPressEvent(event)

    def _step_from(self) -> date | None:
        return self._today() if not self.text().strip() else self.day()

    def _say_reading(self) -> None:
        day = self.day()
        said = day_words(day) if day else (_UNREAD if self.text().strip() else "")
        self.beside.setText(said)


class InstantField(NumberField):
    """A day with its time, Shanghai wall time; `instant()` is None until both are readable."""

    def __init__(self, *, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.beside = QLabel("")
        self.setPlaceholderText("年-月-日 时:分")
        self.setToolTip("+ - 前后一天，[ ] 前后一月，t 现在；只写 14:30 表示今天")
        self.edited.connect(self._say_reading)

    def instant(self) -> datetime | None:
        """The instant that the text means, in UTC."""
        return read_instant(self.text(), self._now())

    def set_instant(self, at: datetime | None) -> None:
        """Write an instant as 2021-07-01 14:30; None empties the box."""
        self.setText("" if at is None else f"{shanghai_time(at):%Y-%m-%d %H:%M}")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the single-key steps; everything else is typing."""
        typed = event.text()
        if typed in ("t", "T"):
            self.set_instant(self._now())
        elif typed in _STEPS and (at := self._step_from()) is not None:
            local = shanghai_time(at)
            stepped = datetime.combine(_STEPS[typed](local.date()), local.time(), SHANGHAI)
            self.set_instant(stepped)
        else:
            super().keyPressEvent(event)

    def _step_from(self) -> datetime | None:
        text = self.text().strip()
        # Four digits alone may be 20:26 or the beginning of a year: `-` then goes on with the year.
        return self._now() if not text else None if _HALF.fullmatch(text) else self.instant()

    def _say_reading(self) -> None:
        at = self.instant()
        said = instant_words(at) if at else (_UNREAD_INSTANT if self.text().strip() else "")
        self.beside.setText(said)
