"""What earlier registers and rosters bring in: rows judged one by one, nothing written by looking.

Earlier payments count towards the year like those of this desk, but never as cash: they left
another drawer. Sources: notice §2 (每年一次), RULES.md §2.6.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.ids import ImportId, OperatorId
from reliefdesk.domain.import_columns import ImportField, ImportKind
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.problems import Level, Problem
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One row that holds together. `row` counts from 1 as the sheet does; empty text: not told.

    `number` and `same_key` are empty only in a roster; `day` is None there, `amount` may be.
    """

    row: int
    name: str
    number: str
    same_key: str
    amount: Money | None
    day: date | None
    texts: Mapping[ImportField, str]

    def text(self, field: ImportField) -> str:
        """A further cell of the row."""
        return self.texts.get(field, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """What is wrong in one cell, by its address in the sheet."""

    address: str
    row: int
    field: ImportField
    problem: Problem

    @property
    def blocks(self) -> bool:
        """Whether its row cannot be imported."""
        return self.problem.level is Level.ERROR


class SkipReason(Term):
    """Why a row with something in it is no row of data."""

    TOTAL = "total", "合计行"
    HEADER = "header", "重复的表头"
    REMARK = "remark", "没有姓名、号码和金额的说明行"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRow:
    """A row that is left out and said so."""

    row: int
    reason: SkipReason
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReading:
    """Everything that one sheet says: good rows, all problems of all rows, rows left out."""

    kind: ImportKind
    rows: tuple[ImportRow, ...]
    problems: tuple[CellProblem, ...]
    skipped: tuple[SkippedRow, ...]

    @property
    def bad_rows(self) -> int:
        """How many rows cannot be imported."""
        return len({problem.row for problem in self.problems if problem.blocks})


class DoubleKind(Term):
    """Where the other one of a pair stands."""

    IN_FILE = "in_file", "表里重复"
    IMPORTED = "imported", "以前导入过"
    AT_DESK = "at_desk", "本办理点已有"


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """A row that says what is known already; `other` names the row, import or receipt."""

    row: int
    kind: DoubleKind
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Relief that the desk knows of a person: paid here, or imported with its origin."""

    same_key: str
    day: date
    amount: Money
    other: str
    imported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """Where rows come from: the SHA-256 of file and sheet, so that no row comes in twice."""

    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do, computed and shown; nothing is written before it is confirmed.

    `done` are rows that came in from this very sheet before: they stay as they are.
    """

    source: ImportSource
    reading: ImportReading
    doubles: tuple[Double, ...]
    done: frozenset[int]

    def fresh(self, *, doubles_too: bool) -> tuple[ImportRow, ...]:
        """The rows that would come in."""
        left_out = frozenset() if doubles_too else frozenset(each.row for each in self.doubles)
        return tuple(
            row for row in self.reading.rows if row.row not in self.done and row.row not in left_out
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """An import that the clerk confirmed: what was shown, and what is to happen with bad rows.

    Rows with problems stay out only if `without_bad_rows` was chosen (R11).
    """

    import_id: ImportId
    plan: ImportPlan
    without_bad_rows: bool = False
    doubles_too: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDone:
    """What an import did: rows that came in, their sum, rows that had come in before."""

    count: int
    amount: Money
    done_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierReliefImported:
    """One payment of an earlier register, made before this desk; never cash of this drawer.

    `fingerprint` and `row` name the sheet and the row it stood in; `place` who paid.
    """

    version: ClassVar[int] = 1
    import_id: ImportId
    fingerprint: str
    row: int
    number: str
    same_key: str
    name: str
    amount: Money
    paid_on: date
    place: str
    cause: str
    voucher: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWithdrawn:
    """A whole import was a mistake: its rows count no more, and stay to be seen."""

    version: ClassVar[int] = 1
    import_id: ImportId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """One import as listed: when, by whom, how many rows and how much; `withdrawn` why, or ''."""

    import_id: ImportId
    at: datetime
    operator_id: OperatorId
    confirmed_by: tuple[OperatorId, ...]
    rows: int
    amount: Money
    withdrawn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A person of a roster who waits to be accepted at the counter; typed facts, no case yet."""

    fingerprint: str
    row: int
    name: str
    number: str
    same_key: str
    phone: str
    hukou_place: str
    address: str
    cause: str
    requested: Money | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantRow:
    """One line of the list of those who wait; `case_no` is this year's case, '' for none yet."""

    applicant: Applicant
    case_no: str


class ColumnsUnmatchedError(UserError):
    """A needed column is not matched, or one is matched twice; `problems` say which."""

    code = "imports.columns_unmatched"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


class RowsBadError(UserError):
    """Rows with problems stand in the sheet, and leaving them out was not chosen. Facts: rows."""

    code = "imports.rows_bad"


class ImportStaleError(UserError):
    """The desk changed since the plan was shown."""

    code = "imports.stale"


class NothingToImportError(UserError):
    """No row is left: all came in before, are doubles or have problems."""

    code = "imports.nothing"


class ImportSecondPersonError(UserError):
    """Earlier payments come in before a second person of another seat. Facts: name."""

    code = "imports.second_person"


class ImportUnknownError(UserError):
    """No such import, or it was withdrawn before."""

    code = "imports.unknown"


class WithdrawReasonError(UserError):
    """Withdrawing an import needs a written reason."""

    code = "imports.withdraw_reason"


def require_importable(order: ImportOrder) -> tuple[ImportRow, ...]:
    """The rows that an order brings in; raises RowsBadError, NothingToImportError."""
    reading = order.plan.reading
    if reading.bad_rows and not order.without_bad_rows:
        raise RowsBadError(rows=reading.bad_rows)
    rows = order.plan.fresh(doubles_too=order.doubles_too)
    if not rows and not order.plan.done:
        raise NothingToImportError
    return rows


def plan_of(
    source: ImportSource,
    reading: ImportReading,
    *,
    known: Sequence[Known],
    done: Collection[int],
) -> ImportPlan:
    """Lay the rows beside what the desk knows and beside each other.

    Earlier payments are doubles with the same person, day and amount; of a roster with the same
    person. A row of this sheet that came in before is no double of itself.
    """
    if reading.kind is ImportKind.ROSTER:
        doubles = _same_persons(reading.rows, known)
    else:
        doubles = _same_payments(reading.rows, known)
    came_in = frozenset(done)
    return ImportPlan(
        source=source,
        reading=reading,
        doubles=tuple(double for double in doubles if double.row not in came_in),
        done=came_in & frozenset(row.row for row in reading.rows),
    )


def sum_of(rows: Sequence[ImportRow]) -> Money:
    """The sum of the amounts that are told."""
    return total([row.amount for row in rows if row.amount is not None])


def _same_payments(rows: Sequence[ImportRow], known: Sequence[Known]) -> list[Double]:
    at_desk = {(each.same_key, each.day, each.amount): each for each in known}
    first: dict[tuple[str, date | None, Money | None], int] = {}
    doubles = []
    for row in rows:
        key = (row.same_key, row.day, row.amount)
        found = at_desk.get(key)  # type: ignore[arg-type]  # None never equals a known day
        if found is not None:
            kind = DoubleKind.IMPORTED if found.imported else DoubleKind.AT_DESK
            doubles.append(Double(row=row.row, kind=kind, other=found.other))
        elif key in first:
            other = f"第{first[key]}行"
            doubles.append(Double(row=row.row, kind=DoubleKind.IN_FILE, other=other))
        first.setdefault(key, row.row)
    return doubles


def _same_persons(rows: Sequence[ImportRow], known: Sequence[Known]) -> list[Double]:
    at_desk = {each.same_key: each for each in known}
    first: dict[str, int] = {}
    doubles = []
    for row in rows:
        if not row.same_key:
            continue
        found = at_desk.get(row.same_key)
        if found is not None:
            kind = DoubleKind.IMPORTED if found.imported else DoubleKind.AT_DESK
            doubles.append(Double(row=row.row, kind=kind, other=found.other))
        elif row.same_key in first:
            other = f"第{first[row.same_key]}行"
            doubles.append(Double(row=row.row, kind=DoubleKind.IN_FILE, other=other))
        first.setdefault(row.same_key, row.row)
    return doubles
