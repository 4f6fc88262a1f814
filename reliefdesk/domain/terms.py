"""Closed lists: a member has a code for the journal and a Chinese label for screen and paper."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """Subclass with members written as `NAME = "code", "中文"`; the value is the code."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Make a member whose value is `code` and whose Chinese word is `label`."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member
