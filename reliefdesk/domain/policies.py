"""Effective-dated policy rows with their document: no overlap, no gap, and which row was in force.

A decision stores the rows and values it used; a later back-dated row never rewrites it.
Source: notice 乌民发〔2021〕17号 §2; RULES.md §2.4–2.5.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from reliefdesk.domain.ids import OperatorId, PolicyRowId
from reliefdesk.domain.money import Money
from reliefdesk.domain.policy_keys import POLICY_SPECS, PolicyKey, PolicyKind, PolicySpec
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class AreaClass(Term):
    """Which dibao standard: urban or rural (§2.4); `ANY` for keys that know no area."""

    URBAN = "urban", "城市"
    RURAL = "rural", "农村（农区）"
    ANY = "any", "不分城乡"


class StandardUnit(Term):
    """The period a published standard is stated for; rural ones may be per year."""

    MONTH = "month", "元/月"
    YEAR = "year", "元/年"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """One value in force from `valid_from` (inclusive) to `valid_to` (exclusive, None = open)."""

    row_id: PolicyRowId
    key: PolicyKey
    area: AreaClass
    scope: str
    value: str
    unit: StandardUnit
    valid_from: date
    valid_to: date | None
    document: str
    entered_by: OperatorId
    confirmed_by: OperatorId
    entered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRowDraft:
    """What an operator typed for a new row. `corrects` names a row entered wrongly."""

    key: PolicyKey
    value: str
    valid_from: date
    document: str
    area: AreaClass = AreaClass.ANY
    unit: StandardUnit = StandardUnit.MONTH
    scope: str = "1503"
    valid_to: date | None = None
    corrects: PolicyRowId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyUse:
    """The row and value that one decision used; `row_id` None means the shipped default."""

    key: PolicyKey
    area: AreaClass
    value: str
    row_id: PolicyRowId | None
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRowEntered:
    """A row was entered by one operator and confirmed by another."""

    version: ClassVar[int] = 1
    row: PolicyRow
    corrects: PolicyRowId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLoaded:
    """The holiday table of one year was loaded from its document (调休 included)."""

    version: ClassVar[int] = 1
    year: int
    holidays: tuple[date, ...]
    working_weekends: tuple[date, ...]
    document: str


class PolicyMissingError(UserError):
    """A required key has no row in force. Facts: key, area, on."""

    code = "policies.missing"


class PolicyValueError(UserError):
    """The value does not fit the key. Facts: key, value."""

    code = "policies.value"


class PolicyDocumentError(UserError):
    """A row needs the number of the document that sets it. Facts: key."""

    code = "policies.document"


class PolicyOverlapError(UserError):
    """The row would stand beside another one. Facts: key, other_from."""

    code = "policies.overlap"


class PolicyGapError(UserError):
    """A required key would have no value for some days. Facts: key, gap_from."""

    code = "policies.gap"


class PolicyPublishedError(UserError):
    """The district has published this; an office cannot overrule it. Facts: key, document."""

    code = "policies.published"


class PolicyConfirmError(UserError):
    """The one who entered a row may not confirm it. Facts: name."""

    code = "policies.confirm"


class PolicyRows:
    """All rows that hold, in order; answers what was in force on a day."""

    def __init__(
        self, rows: Iterable[PolicyRow], published: frozenset[PolicyRowId] = frozenset()
    ) -> None:
        """Take every row not corrected away; the `published` ones come from the district."""
        self._rows = sorted(rows, key=lambda row: (row.key, row.area, row.scope, row.valid_from))
        self._published = published

    def series(self, key: PolicyKey, area: AreaClass, scope: str) -> tuple[PolicyRow, ...]:
        """This desk's own rows of one key, area and exactly this scope, oldest first."""
        return tuple(
            row
            for row in self._rows
            if row.key is key
            and row.area is area
            and row.scope == scope
            and row.row_id not in self._published
        )

    def published_over(self, draft: PolicyRowDraft) -> PolicyRow | None:
        """A row from the district that governs some place and day of the draft, or None."""
        for row in self._rows:
            same = row.key is draft.key and row.area is draft.area
            nested = draft.scope.startswith(row.scope) or row.scope.startswith(draft.scope)
            ended = row.valid_to is not None and row.valid_to <= draft.valid_from
            if row.row_id in self._published and same and nested and not ended:
                return row
        return None

    def find(
        self, key: PolicyKey, *, on: date, office: str, area: AreaClass = AreaClass.ANY
    ) -> PolicyUse | None:
        """The value in force on `on` for `office`.

        A row that the district published counts first, then the narrowest scope, then the default.
        """
        fitting = [
            row
            for row in self._rows
            if row.key is key
            and row.area is area
            and office.startswith(row.scope)
            and row.valid_from <= on
            and (row.valid_to is None or on < row.valid_to)
        ]
        if fitting:
            row = max(fitting, key=lambda one: (one.row_id in self._published, len(one.scope)))
            return PolicyUse(
                key=key,
                area=area,
                value=monthly_value(row),
                row_id=row.row_id,
                document=row.document,
            )
        default = POLICY_SPECS[key].default
        if default is None:
            return None
        return PolicyUse(key=key, area=area, value=default, row_id=None, document="")

    def get(
        self, key: PolicyKey, *, on: date, office: str, area: AreaClass = AreaClass.ANY
    ) -> PolicyUse:
        """Like `find`, but a missing value raises PolicyMissingError."""
        use = self.find(key, on=on, office=office, area=area)
        if use is None:
            raise PolicyMissingError(key=key.label, area=area.label, on=on)
        return use


def money_of(use: PolicyUse) -> Money:
    """The use's value as an amount."""
    return Money.parse(use.value)


def count_of(use: PolicyUse) -> int:
    """The use's value as a whole number."""
    return int(use.value)


def monthly_value(row: PolicyRow) -> str:
    """The row's value; a standard stated per year becomes per month, rounded down to 分 (§2.4)."""
    if row.unit is StandardUnit.MONTH:
        return row.value
    return Money(Money.parse(row.value).fen // 12).figures


def cap_of(standard: PolicyUse, multiplier: PolicyUse, persons: int) -> Money:
    """`standard × multiplier × persons`, rounded down to 分 (notice §2: 不超过低保标准3倍)."""
    exact = Decimal(money_of(standard).fen) * Decimal(multiplier.value) * persons
    return Money(int(exact))


def place_row(draft: PolicyRowDraft, rows: PolicyRows) -> date | None:
    """Check a draft against the rows that hold and return the day it ends (exclusive) or None.

    An open row is cut where the new one begins; the new one ends where the next begins. An
    explicit end that leaves a required key empty raises PolicyGapError, one that runs into
    the next row PolicyOverlapError, as does a second row from the same day. What the district
    published cannot be overruled (PolicyPublishedError).
    """
    spec = POLICY_SPECS[draft.key]
    _check_value(draft, spec)
    if not draft.document.strip():
        raise PolicyDocumentError(key=draft.key.label)
    published = rows.published_over(draft)
    if published is not None:
        raise PolicyPublishedError(key=draft.key.label, document=published.document)
    series = [
        row
        for row in rows.series(draft.key, draft.area, draft.scope)
        if row.row_id != draft.corrects
    ]
    for row in series:
        if row.valid_from == draft.valid_from:
            raise PolicyOverlapError(key=draft.key.label, other_from=row.valid_from)
    return _end_of(draft, spec, series)


def _end_of(draft: PolicyRowDraft, spec: PolicySpec, series: Sequence[PolicyRow]) -> date | None:
    later = [row.valid_from for row in series if row.valid_from > draft.valid_from]
    following = min(later) if later else None
    if draft.valid_to is None:
        return following
    if draft.valid_to <= draft.valid_from:
        raise PolicyGapError(key=draft.key.label, gap_from=draft.valid_to)
    if following is not None and draft.valid_to > following:
        raise PolicyOverlapError(key=draft.key.label, other_from=following)
    if spec.required and draft.valid_to != following:
        raise PolicyGapError(key=draft.key.label, gap_from=draft.valid_to)
    return draft.valid_to


def _check_value(draft: PolicyRowDraft, spec: PolicySpec) -> None:
    refusal = PolicyValueError(key=draft.key.label, value=draft.value)
    if spec.by_area is (draft.area is AreaClass.ANY):
        raise refusal
    if spec.kind is PolicyKind.MONEY:
        Money.parse(draft.value).require_positive()
    elif spec.kind is PolicyKind.CHOICE:
        if draft.value not in dict(spec.choices):
            raise refusal
    elif spec.kind is PolicyKind.COUNT:
        if (
            not draft.value.isascii()
            or not draft.value.isdecimal()
            or not (
                spec.least <= int(draft.value) <= 999  # noqa: PLR2004 - three digits are plenty
            )
        ):
            raise refusal
    elif not _is_multiplier(draft.value):
        raise refusal


def _is_multiplier(text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and Decimal(0) < number <= Decimal(12)
