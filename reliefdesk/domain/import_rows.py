"""Reads the rows below a header: good ones as facts, every problem of every row with its address.

Totals, repeated headers and remarks are left out and named; nothing is guessed, nothing summed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.import_cells import (
    Cell,
    Read,
    address,
    is_empty,
    read_amount,
    read_day,
    read_number,
    read_person_name,
    read_text,
)
from reliefdesk.domain.import_columns import (
    REQUIRED,
    Header,
    ImportField,
    ImportKind,
    Matching,
    Rows,
    Span,
)
from reliefdesk.domain.imports import (
    CellProblem,
    ImportReading,
    ImportRow,
    SkippedRow,
    SkipReason,
)
from reliefdesk.domain.problems import Problem

TEXT_CHARACTERS_MAX = 500
_TOTAL = re.compile(r"(?:本页|全年|本年|本月|上页)?(?:合计|小计|总计|累计|共计)")
_BLANKS = re.compile(r"[\s\u3000\xa0:：]+")
_SHOWN = 30
_REMARK = re.compile("[:：]|制表|填表|负责人|备注|说明|日期")
_JUDGED = (ImportField.NAME, ImportField.NUMBER, ImportField.AMOUNT, ImportField.DAY)
_CAUSE_MARKS: Mapping[str, Cause] = {
    "火": Cause.FIRE,
    "交通": Cause.TRAFFIC,
    "车祸": Cause.TRAFFIC,
    "病": Cause.ILLNESS,
    "意外": Cause.ACCIDENT,
}


def read_rows(
    rows: Rows,
    header: Header,
    matching: Matching,
    *,
    kind: ImportKind,
    today: date,
    merged: Sequence[Span] = (),
) -> ImportReading:
    """Read every row below the header; `today` bounds the days."""
    reader = _RowReader(header, matching, kind=kind, today=today)
    covered = _covered(rows, merged, header)
    found = []
    for place in range(header.last_row + 1, len(rows)):
        line = rows[place]
        row = (
            reader.read(place, line, covered[place])
            if place in covered
            else reader.read(place, line)
        )
        if row is not None:
            found.append(row)
    return ImportReading(
        kind=kind,
        rows=tuple(found),
        problems=tuple(reader.problems),
        skipped=tuple(reader.skipped),
    )


def cause_of(text: str) -> Cause | None:
    """The cause that a foreign text names; None for an empty one, 其他 for an unknown one."""
    if not text:
        return None
    for cause in Cause:
        if text in (cause.label, cause.value):
            return cause
    return next((cause for mark, cause in _CAUSE_MARKS.items() if mark in text), Cause.OTHER)


_NO_MERGES: Mapping[int, Cell] = {}
_Covered = Mapping[int, Cell]
"""Columns of one row that lie in a vertical merge, with what its first cell says."""


def _covered(rows: Rows, merged: Iterable[Span], header: Header) -> dict[int, dict[int, Cell]]:
    found: dict[int, dict[int, Cell]] = {}
    for first, left, last, _ in merged:
        if header.last_row < first < last and first < len(rows) and left < len(rows[first]):
            for row in range(first, min(last + 1, len(rows))):
                found.setdefault(row, {})[left] = rows[first][left]
    return found


class _RowReader:
    """Judges row after row; problems and rows left out gather in it."""

    def __init__(
        self, header: Header, matching: Matching, *, kind: ImportKind, today: date
    ) -> None:
        self.problems: list[CellProblem] = []
        self.skipped: list[SkippedRow] = []
        self._kind = kind
        self._matching = matching
        self._titles = {column.place: column.title for column in header.columns}
        judges: dict[ImportField, Callable[[Cell], Read[Any]]] = {
            ImportField.NAME: read_person_name,
            ImportField.NUMBER: lambda cell: read_number(cell, today=today),
            ImportField.AMOUNT: read_amount,
            ImportField.DAY: lambda cell: read_day(cell, today=today),
        }
        needed = frozenset(REQUIRED[kind])
        self._judged = [
            (each, matching[each], judge, each in needed)
            for each, judge in judges.items()
            if each in matching
        ]
        self._told = [(each, place) for each, place in matching.items() if each not in judges]

    def read(
        self, place: int, line: Sequence[Cell], covered: _Covered = _NO_MERGES
    ) -> ImportRow | None:
        """One row, or None where it has problems or is no row of data."""
        before = len(self.problems)
        if covered:
            line = self._filled(place, line, covered)
        values = self._values(place, line)
        doubtful = len(self.problems) > before or not values.get(ImportField.NUMBER)
        if doubtful and self._is_left_out(place, line, before):
            return None
        texts = self._texts(place, line)
        if len(self.problems) > before and any(each.blocks for each in self.problems[before:]):
            return None
        number, same_key = values.get(ImportField.NUMBER) or ("", "")
        return ImportRow(
            row=place + 1,
            name=values[ImportField.NAME],
            number=number,
            same_key=same_key,
            amount=values.get(ImportField.AMOUNT),
            day=values.get(ImportField.DAY),
            texts=texts,
        )

    def _values(self, place: int, line: Sequence[Cell]) -> dict[ImportField, Any]:
        values: dict[ImportField, Any] = {}
        width = len(line)
        for each, column, judge, is_needed in self._judged:
            cell = line[column] if column < width else None
            if is_empty(cell):
                if is_needed:
                    self._note(place, column, _missing(each))
                continue
            answer = judge(cell)
            values[each] = answer.value
            if answer.problem is not None:
                self._note(place, column, _at(each, answer.problem))
        return values

    def _texts(self, place: int, line: Sequence[Cell]) -> dict[ImportField, str]:
        texts = {}
        width = len(line)
        for each, column in self._told:
            text = read_text(line[column]) if column < width else ""
            if len(text) > TEXT_CHARACTERS_MAX:
                self._note(place, column, _long(each, text))
            elif text:
                texts[each] = text
        return texts

    def _filled(self, place: int, line: Sequence[Cell], covered: _Covered) -> Sequence[Cell]:
        """What merged cells say goes down to each row, but no amount, and no number alone."""
        filled = list(line)
        amount, number, name = (
            self._matching.get(each)
            for each in (ImportField.AMOUNT, ImportField.NUMBER, ImportField.NAME)
        )
        for column, cell in covered.items():
            if column == amount:
                self._note(place, column, _merged(ImportField.AMOUNT))
            elif column == number and name not in covered:
                self._note(place, column, _merged(ImportField.NUMBER))
            # Some programs keep a cell's own content under the merge.
            if column < len(filled) and is_empty(filled[column]):
                filled[column] = cell
        return filled

    def _is_left_out(self, place: int, line: Sequence[Cell], before: int) -> bool:
        """Whether a doubtful row is no row of data: blank, a total, a header again, a remark."""
        reason = self._reason(line)
        if reason is None:
            return False
        del self.problems[before:]
        text = next((read_text(cell) for cell in line if not is_empty(cell)), "")
        if text:
            self.skipped.append(SkippedRow(row=place + 1, reason=reason, text=text[:_SHOWN]))
        return True

    def _reason(self, line: Sequence[Cell]) -> SkipReason | None:
        name, number, amount, day = (self._cell(line, each) for each in _JUDGED)
        if is_empty(number) and any(_is_total(cell) for cell in line):
            return SkipReason.TOTAL
        if not is_empty(name) and read_text(name) == self._titles.get(
            self._matching[ImportField.NAME]
        ):
            return SkipReason.HEADER
        if not (is_empty(number) and is_empty(amount)):
            return None
        if not isinstance(name, str) or is_empty(name) or _REMARK.search(name):
            return SkipReason.REMARK
        is_lone = self._kind is ImportKind.EARLIER and is_empty(day)
        return SkipReason.REMARK if is_lone else None

    def _cell(self, line: Sequence[Cell], each: ImportField) -> Cell:
        column = self._matching.get(each)
        return line[column] if column is not None and column < len(line) else None

    def _note(self, place: int, column: int, problem: Problem) -> None:
        at = address(place, column)
        found = CellProblem(
            address=at, row=place + 1, field=ImportField(problem.field), problem=problem
        )
        self.problems.append(found)


def _is_total(cell: Cell) -> bool:
    return isinstance(cell, str) and _TOTAL.match(_BLANKS.sub("", cell)) is not None


def _at(each: ImportField, problem: Problem) -> Problem:
    return problem if problem.field == each.value else replace(problem, field=each.value)


def _missing(each: ImportField) -> Problem:
    return Problem(field=each.value, code="imports.cell_missing", facts={"field": each})


def _merged(each: ImportField) -> Problem:
    return Problem(field=each.value, code="imports.cell_merged", facts={"field": each})


def _long(each: ImportField, text: str) -> Problem:
    facts: dict[str, object] = {"field": each, "most": TEXT_CHARACTERS_MAX, "typed": len(text)}
    return Problem(field=each.value, code="imports.text_long", facts=facts)
