"""Cells of a foreign sheet read as number, amount, day and text, or refused with the reason.

A number of 18 digits that a program kept as a number has lost its last digits, and a day that
stands there as a number may be anything: both are refused, never guessed.
"""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from reliefdesk.domain.identity import comparison_key, read_document
from reliefdesk.domain.money import Money
from reliefdesk.domain.names import read_name
from reliefdesk.domain.problems import Level, Problem
from reliefdesk.errors import UserError

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""A cell as a reader gives it; None and '' are empty."""
T = TypeVar("T")

EXACT_MAX = 10**15
"""From here on a spreadsheet's number has lost digits: it keeps fifteen."""
NAME_KNOWN_MAX = 4096
_SHOWN = 30
_LETTERS = 26
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?)")
_EIGHT_DIGITS = re.compile(r"\d{8}")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_DAY_ZERO = date(1899, 12, 30)
_SERIAL_MAX = 2_958_465
"""The last day number a spreadsheet knows, 31 December 9999."""
_PLAIN = re.compile(r"[1-7][0-9]{16}[0-9X]")
"""A citizen's number; those of the eighties and nineties belong to other kinds of document."""
_HAN_NAME = re.compile(r"[\u4e00-\u9fa5]{2,6}")
_EXACT_YUAN_MAX = 10**9
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_AGE_SURE_YEARS = 119
"""Up to here nobody is warned about an age."""


class Read(NamedTuple, Generic[T]):
    """What a cell yields: a value, or None with the problem; a warning may stand beside a value."""

    value: T | None
    problem: Problem | None = None


def address(row: int, column: int) -> str:
    """`C7` for the third column of the seventh row, both counted from 0 here."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def is_empty(cell: Cell) -> bool:
    """Nothing but blanks."""
    if isinstance(cell, str):
        return not cell or cell.isspace()
    return cell is None


def shown(cell: Cell) -> str:
    """A cell as a person sees it in the sheet, cut to what a message holds."""
    if isinstance(cell, float):
        return (f"{cell:.15g}" if math.isfinite(cell) else str(cell))[:_SHOWN]
    return str(cell).strip()[:_SHOWN]


def read_text(cell: Cell) -> str:
    """Any cell as text: days as 2021-03-01, whole numbers without a point."""
    if isinstance(cell, str):
        return cell.strip()
    return "" if cell is None else _other_text(cell)


def _other_text(cell: float | date | time | timedelta) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def read_number(cell: Cell, *, today: date) -> Read[tuple[str, str]]:
    """The number of an identity document and its comparison key; `6.40181E+17` is refused."""
    text = _number_text(cell)
    if isinstance(text, Problem):
        return Read(None, text)
    if _is_sound(text, today):
        return Read((text, text))
    reading = read_document(text, today=today)
    errors = [problem for problem in reading.problems if problem.level is Level.ERROR]
    if errors:
        return Read(None, errors[0])
    warning = reading.problems[0] if reading.problems else None
    return Read((reading.number, comparison_key(reading)), warning)


def read_amount(cell: Cell) -> Read[Money]:
    """An amount above zero in 元; three decimals are refused, never rounded.

    A float is taken at its fifteen digits, which is all that a spreadsheet keeps and shows.
    """
    if type(cell) is float and 0 < cell < _EXACT_YUAN_MAX:
        fen = round(cell * 100)
        # The float of this number of 分 and no other: its fifteen digits are these decimals.
        if fen > 0 and fen / 100 == cell:
            return Read(Money(fen))
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return _refused("amount", "imports.amount_kind", cell)
    if isinstance(cell, str):
        text = cell
    elif not math.isfinite(cell):
        return _refused("amount", "imports.amount_kind", cell)
    else:
        # Normalised: 2000.00 and 2E+3 both become 2000.
        text = f"{Decimal(f'{cell:.15g}').normalize():f}"
    try:
        return Read(Money.parse(text).require_positive())
    except UserError as error:
        return Read(None, Problem(field="amount", code=error.code, facts=error.facts))


def read_day(cell: Cell, *, today: date) -> Read[date]:
    """A calendar day not after `today`; a bare day number is refused with the day it may mean."""
    if isinstance(cell, datetime):
        found: date | None = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        return _day_of_number(float(cell), today)
    elif isinstance(cell, str):
        found = _day_of_text(cell.strip())
    else:
        found = None
    if found is None:
        return _refused("day", "imports.day_unreadable", cell)
    return _not_later(found, today)


def read_person_name(cell: Cell) -> Read[str]:
    """A name as written; a number or a day is no name."""
    if not isinstance(cell, str):
        return _refused("name", "imports.name_kind", cell)
    return Read(cell) if _HAN_NAME.fullmatch(cell) else _name(cell)


def day_of_serial(number: float) -> date | None:
    """The day that a spreadsheet's day number stands for; None outside its calendar."""
    if not 1 <= number <= _SERIAL_MAX:
        return None
    return _DAY_ZERO + timedelta(days=int(number))


def _name(text: str) -> Read[str]:
    reading = read_name(text.replace("\n", "").replace("\xa0", " "))
    errors = [problem for problem in reading.problems if problem.level is Level.ERROR]
    if errors:
        return Read(None, errors[0])
    return Read(reading.name, reading.problems[0] if reading.problems else None)


def _number_text(cell: Cell) -> str | Problem:
    if isinstance(cell, str):
        text = cell.strip(" \t\r\n\u3000\xa0'’‘`")
        if _SCIENTIFIC.fullmatch(text):
            return _problem("number", "imports.scientific", cell)
        return text
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return _problem("number", "imports.number_kind", cell)
    if not math.isfinite(cell) or abs(cell) >= EXACT_MAX:
        return _problem("number", "imports.digits_lost", cell)
    if cell != int(cell) or cell < 0:
        return _problem("number", "imports.number_kind", cell)
    return str(int(cell))


def _is_sound(text: str, today: date) -> bool:
    """Whether a citizen's 18 characters surely hold; `read_document` judges all others."""
    if not _PLAIN.fullmatch(text):
        return False
    born = _born(text[6:14])
    if born is None or born > today or today.year - born.year > _AGE_SURE_YEARS:
        return False
    weight = _weight(0, text[:6]) + _weight(6, text[6:14]) + _weight(14, text[14:17])
    return _CHECKS[weight % 11] == text[17]


@lru_cache(maxsize=65_536)
def _weight(start: int, digits: str) -> int:
    """What some of the 17 digits add to the sum of GB 11643; the same ones return all the time."""
    return sum(int(digit) * _WEIGHTS[start + place] for place, digit in enumerate(digits))


@lru_cache(maxsize=65_536)
def _born(eight: str) -> date | None:
    try:
        return date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return None


@lru_cache(maxsize=NAME_KNOWN_MAX)
def _day_of_text(text: str) -> date | None:
    bare = _CLOCK.sub("", text)
    if _EIGHT_DIGITS.fullmatch(bare):
        return _born(bare)
    match = _DAY.fullmatch(bare.replace(" ", ""))
    if match is None:
        return None
    month, day = (match[2], match[3]) if match[2] else (match[4], match[5])
    return _born(f"{match[1]}{int(month):02d}{int(day):02d}")


def _day_of_number(number: float, today: date) -> Read[date]:
    typed = _day_of_text(f"{number:.0f}") if number == _int_or_none(number) else None
    if typed is not None and typed.year > _DAY_ZERO.year:
        return _not_later(typed, today)  # 20210301 can mean nothing else
    meant = day_of_serial(number)
    if meant is None:
        return _refused("day", "imports.day_unreadable", number)
    facts: dict[str, object] = {"text": shown(number), "day": meant}
    return Read(None, Problem(field="day", code="imports.day_number", facts=facts))


def _int_or_none(number: float) -> int | None:
    """The whole number, or None for NaN and infinity."""
    return int(number) if math.isfinite(number) else None


def _not_later(day: date, today: date) -> Read[date]:
    if day > today:
        facts: dict[str, object] = {"day": day}
        return Read(None, Problem(field="day", code="imports.day_later", facts=facts))
    return Read(day)


def _refused(field: str, code: str, cell: Cell) -> Read[T]:
    return Read(None, _problem(field, code, cell))


def _problem(field: str, code: str, cell: Cell) -> Problem:
    return Problem(field=field, code=code, facts={"text": shown(cell)})
