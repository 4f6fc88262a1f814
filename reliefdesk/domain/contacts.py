"""Phones and bank cards: warned about, never refused; a person in distress may have neither."""

import re
from dataclasses import dataclass

from stdnum import luhn

from reliefdesk.domain.problems import Level, Problem

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}\d{7,8}")
_FOREIGN = re.compile(r"(?:\+|00)\d{6,15}")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_BLANKS = re.compile(r"[\s\-()（）—]")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９＋－", "0123456789+-")
_CARD_DIGITS = range(16, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactReading:
    """The number without blanks and dashes (empty for 无), and what looks odd about it."""

    number: str
    problems: tuple[Problem, ...]


def read_phone(text: str) -> ContactReading:
    """Read a mobile, landline or foreign number; 无 or nothing means none."""
    number = _bare(text)
    if number in {"", "无"}:
        return ContactReading(number="", problems=())
    known = any(form.fullmatch(number) for form in (_MOBILE, _LANDLINE, _FOREIGN, _LOCAL))
    odd = Problem(field="phone", code="contacts.phone", level=Level.WARNING)
    return ContactReading(number=number, problems=() if known else (odd,))


def read_bank_card(text: str) -> ContactReading:
    """Read a card of 16–19 digits; Luhn only warns, passbooks may fail it (RULES.md §4.7)."""
    number = _bare(text)
    if number in {"", "无"}:
        return ContactReading(number="", problems=())
    plain = number.isascii() and number.isdecimal() and len(number) in _CARD_DIGITS
    odd = Problem(field="bank_card", code="contacts.bank_card", level=Level.WARNING)
    return ContactReading(number=number, problems=() if plain and luhn.is_valid(number) else (odd,))


def _bare(text: str) -> str:
    return _BLANKS.sub("", text.translate(_FULL_WIDTH))
