"""Administrative divisions: the place behind a code, retired codes included, and Wuhai's offices.

Old identity numbers rightly carry codes that are no longer in force (RULES.md §4.1, §4.6).
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reliefdesk.domain.desks import Office
from reliefdesk.domain.identity import KnownAreas
from reliefdesk.domain.terms import Term

CITY = "1503"
_COUNTY_DIGITS = 6
_TOWN_DIGITS = 9
# Collective entries of the code tables that no address names.
_UNSPOKEN = frozenset({"市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class DivisionKind(Term):
    """The level of a division."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "地级"
    COUNTY = "county", "县级"
    STREET = "street", "街道"
    TOWN = "town", "镇"
    ZONE = "zone", "园区"


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One name that a code bore from `valid_from` (None: since 1980 or earlier) to `valid_to`.

    The days are those of the published lists: a change took effect on or before them. `valid_to`
    None means in force; `merged_into` is the code under which the place goes on, where known.
    """

    code: str
    name: str
    kind: DivisionKind
    valid_from: date | None
    valid_to: date | None
    merged_into: str
    code_system: str
    source: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The full Chinese name behind a code; `retired` codes stay readable for ever."""

    code: str
    name: str
    retired: bool
    merged_into: str


def read_divisions(lines: Iterable[str]) -> tuple[Division, ...]:
    """Read the shipped table (a CSV with a heading); a table that is not ours raises KeyError."""
    return tuple(
        Division(
            code=row["code"],
            name=row["name"],
            kind=DivisionKind(row["kind"]),
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            merged_into=row["merged_into"],
            code_system=row["code_system"],
            source=row["source"],
            initials=row["initials"],
        )
        for row in csv.DictReader(lines)
    )


class Divisions:
    """All divisions by code."""

    def __init__(self, rows: Iterable[Division]) -> None:
        """Take rows in any order."""
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        for row in rows:
            self._by_code[row.code].append(row)
        for found in self._by_code.values():
            found.sort(key=lambda row: row.valid_to or date.max)

    def current(self) -> tuple[Division, ...]:
        """Every division in force that an address names, by code: what a choice list offers."""
        return tuple(
            row for row in self._latest() if row.valid_to is None and row.name not in _UNSPOKEN
        )

    def known_areas(self) -> KnownAreas:
        """County codes in force and retired, for reading identity numbers."""
        counties = [row for row in self._latest() if len(row.code) == _COUNTY_DIGITS]
        return KnownAreas(
            current=frozenset(row.code for row in counties if row.valid_to is None),
            retired=frozenset(row.code for row in counties if row.valid_to is not None),
        )

    def place_of(self, code: str) -> Place | None:
        """The full name, 省市县 and below, as it was called last; None for an unknown code."""
        if code not in self._by_code:
            return None
        row = self._by_code[code][-1]
        at = row.valid_to - timedelta(days=1) if row.valid_to else date.max
        names = [self._name_at(part, at) for part in _levels(code)]
        return Place(
            code=code,
            name="".join(name for name in names if name not in _UNSPOKEN),
            retired=row.valid_to is not None,
            merged_into=row.merged_into,
        )

    def offices(self) -> tuple[Division, ...]:
        """The streets and towns of Wuhai that may run a desk (20 in the shipped table)."""
        kinds = {DivisionKind.STREET, DivisionKind.TOWN}
        return tuple(row for row in self.current() if row.kind in kinds and row.code[:4] == CITY)

    def districts(self) -> tuple[Division, ...]:
        """The districts of Wuhai, whose civil affairs bureaus may run a district desk."""
        return tuple(
            row
            for row in self.current()
            if row.kind is DivisionKind.COUNTY and row.code[:4] == CITY
        )

    def office_of(self, division: Division) -> Office:
        """The body that runs a desk: 街道办事处, 镇人民政府 or 区民政局, with a 9-digit code."""
        place = self.place_of(division.code)
        assert place is not None  # noqa: S101 - the division came from here
        # A heading names city, district and street; the autonomous region would only lengthen it.
        name = place.name.removeprefix(self._name_at("150000", date.max))
        endings = {DivisionKind.STREET: "办事处", DivisionKind.TOWN: "人民政府"}
        ending = endings.get(division.kind, "民政局")
        return Office(code=division.code.ljust(_TOWN_DIGITS, "0"), name=name + ending)

    def _latest(self) -> list[Division]:
        return [self._by_code[code][-1] for code in sorted(self._by_code)]

    def _name_at(self, code: str, at: date) -> str:
        rows = self._by_code.get(code, [])
        standing = [row for row in rows if row.valid_to is None or at < row.valid_to]
        if standing:
            return standing[0].name
        return rows[-1].name if rows else ""


def _levels(code: str) -> list[str]:
    parts = [code[:2] + "0000", code[:4] + "00", code[:_COUNTY_DIGITS], code]
    return list(dict.fromkeys(parts))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
