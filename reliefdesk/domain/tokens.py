"""Who was helped elsewhere this year, without names: a district's lists of tokens, and a look-up.

A token is a keyed, slow hash of a document number; beside it stand only month and class of amount.
A list names no office and no address, and counts for the year whose salt it was made with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

PART_MOST = 4_000
"""Tokens in one message: about 150 kB of a line's 1 MiB."""


class AmountClass(Term):
    """How much was given, roughly (档次)."""

    TO_500 = "to_500", "500元及以下"
    TO_1000 = "to_1000", "500元以上至1000元"
    TO_2000 = "to_2000", "1000元以上至2000元"
    ABOVE = "above_2000", "2000元以上"


_LIMITS = (
    (Money(50_000), AmountClass.TO_500),
    (Money(100_000), AmountClass.TO_1000),
    (Money(200_000), AmountClass.TO_2000),
)


def class_of(amount: Money) -> AmountClass:
    """Give the class of an amount; each class holds its upper limit."""
    return next((found for limit, found in _LIMITS if amount <= limit), AmountClass.ABOVE)


class RenewalReason(Term):
    """Why keys and salt of the lists were made anew."""

    YEAR = "year", "新年度"
    THEFT = "theft", "失窃或泄露"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenGroup:
    """Tokens (32 hex digits each, sorted) of one month (`2021-03`) and class of amount."""

    month: str
    amount_class: AmountClass
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenKeysRenewed:
    """The district made the lists' keys and salt anew; the secret stays in a local table.

    `told` says what happened, empty for a new year.
    """

    version: ClassVar[int] = 1
    generation: int
    year: int
    reason: RenewalReason
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenListIssued:
    """One of `parts` messages with the list for one office; it counts once all are there.

    `salt` (of the year) and `key` (of this office) are hex; they and the tokens lie only inside
    encrypted desks and bundles. Payments from `since` to `until` (inclusive) were looked at.
    """

    version: ClassVar[int] = 1
    list_id: str
    recipient: DeskId
    generation: int
    year: int
    issued_on: date
    since: date
    until: date
    salt: str
    key: str
    part: int
    parts: int
    total: int
    groups: tuple[TokenGroup, ...]


def in_parts(groups: Sequence[TokenGroup]) -> tuple[tuple[TokenGroup, ...], ...]:
    """Cut groups so that no part holds more than PART_MOST tokens; an empty list is one part."""
    parts: list[list[TokenGroup]] = [[]]
    room = PART_MOST
    for piece in _pieces(groups):
        if len(piece.tokens) > room:
            parts.append([])
            room = PART_MOST
        parts[-1].append(piece)
        room -= len(piece.tokens)
    return tuple(map(tuple, parts))


def _pieces(groups: Sequence[TokenGroup]) -> Iterator[TokenGroup]:
    for group in groups:
        for start in range(0, len(group.tokens), PART_MOST):
            yield TokenGroup(
                month=group.month,
                amount_class=group.amount_class,
                tokens=group.tokens[start : start + PART_MOST],
            )


class ListState(Term):
    """What a list is worth today."""

    MISSING = "missing", "没有名单"
    CURRENT = "current", "有效"
    OLD = "old", "名单较旧"
    EXPIRED = "expired", "上年度名单，不再使用"
    RENEWED = "renewed", "密钥已更换，待重发"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldList:
    """The list an office holds: when it was issued, for which year, with how many tokens."""

    list_id: str
    year: int
    issued_on: date
    salt: str
    key: str
    total: int


def state_of(held: HeldList | None, *, today: date, most_days: int) -> ListState:
    """Say what a list is worth: last year's counts no more, one older than `most_days` is old."""
    if held is None:
        return ListState.MISSING
    if held.year != today.year:
        return ListState.EXPIRED
    old = (today - held.issued_on).days > most_days
    return ListState.OLD if old else ListState.CURRENT


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenHit:
    """Somebody asked about stands in the list. `who` is 本人 or 共同生活成员."""

    who: str
    month: str
    amount_class: AmountClass

    @property
    def month_text(self) -> str:
        """`2021年3月`."""
        year, _, month = self.month.partition("-")
        return f"{year}年{int(month)}月"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCheck:
    """A look-up: what the list was worth, its date, length and age in days, and whom it names."""

    state: ListState
    issued_on: date | None
    year: int | None
    total: int
    days: int
    hits: tuple[TokenHit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeList:
    """One office at the district: its last list, when it was issued and how many it names."""

    desk_id: DeskId
    office: str
    issued_on: date | None
    year: int | None
    total: int
    state: ListState


class TokenTheftError(UserError):
    """New keys in mid-year need a word on what happened."""

    code = "tokens.told"


class TokenOfficeError(UserError):
    """No list can be made for this office: unknown, merged, or its key was stopped."""

    code = "tokens.office"
