"""Monthly statistics (统计月报): 人次, 户次, 人数 and amounts apart; a closed month never changes.

A payment or a red entry counts in the month in which it is recorded; what is recorded for a month
that is closed already counts in the next one (RULES.md §3.11 and §6.5).
"""

import calendar
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from reliefdesk.domain.ids import CaseId, OperatorId, PersonId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

ELDER_AGE = 60


class Group(Term):
    """The lines of the report; a row may count in several."""

    TOTAL = "total", "合计"
    URBAN = "urban", "城市标准"
    RURAL = "rural", "农村（农区）标准"
    FIRE = "01", "火灾"
    TRAFFIC = "02", "交通事故"
    ACCIDENT = "03", "其他意外事件"
    ILLNESS = "04", "突发重大疾病"
    OTHER = "05", "其他特殊困难"
    CASH = "cash", "现金发放"
    BANK = "bank", "银行发放"
    IN_KIND = "in_kind", "实物发放"
    FIRST_RELIEF = "first_relief", "先行救助"
    MIGRANT = "migrant", "非本地户籍"
    MINOR = "minor", "未成年人"
    ELDER = "elder", "老年人（60岁以上）"
    DISABLED = "disabled", "有残疾成员（按登记）"
    RECOVERED = "recovered", "追回"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatRow:
    """One movement: `sign` 1 gives, -1 takes back. `seq` is its journal number.

    `number` is the receipt or voucher; for 追回 the amount came back.
    """

    seq: int
    on: date
    sign: int
    number: str
    case_id: CaseId
    case_no: str
    person_id: PersonId
    amount: Money
    groups: tuple[Group, ...]

    @property
    def moved(self) -> Money:
        """The amount, negative where it was taken back."""
        return self.amount if self.sign > 0 else -self.amount

    @property
    def kinds(self) -> str:
        """The lines of the report in which it counts, but for the total: `火灾、现金发放`."""
        return "、".join(group.label for group in self.groups if group is not Group.TOTAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """人次 (payments), 户次 (cases), 人数 (distinct persons) and what they come to."""

    times: int
    households: int
    persons: int
    amount: Money

    def __add__(self, other: "Figures") -> "Figures":
        """The figures of both; a case or person in both counts twice."""
        return Figures(
            times=self.times + other.times,
            households=self.households + other.households,
            persons=self.persons + other.persons,
            amount=self.amount + other.amount,
        )


NOTHING = Figures(times=0, households=0, persons=0, amount=ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One line of the report: the month, and the year up to it (累计)."""

    group: Group
    month: Figures
    year: Figures


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the report; it ends on its cut-off day."""

    year: int
    number: int

    @property
    def following(self) -> "Month":
        """The next month."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @property
    def code(self) -> str:
        """`2021-03`."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def label(self) -> str:
        """`2021年3月`."""
        return f"{self.year}年{self.number}月"

    def ends_on(self, cutoff: int) -> date:
        """The last day of the report: day `cutoff`, or the month's end where it is shorter."""
        last = calendar.monthrange(self.year, self.number)[1]
        return date(self.year, self.number, min(cutoff, last))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthClosed:
    """A month was closed: its rows and lines are kept, whatever is corrected later."""

    version: ClassVar[int] = 1
    month: str
    since: date
    until: date
    rows: tuple[StatRow, ...]
    lines: tuple[ReportLine, ...]
    closed_by: OperatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthClosing:
    """A recorded month close with its journal number and instant (UTC)."""

    seq: int
    closed_at: datetime
    details: MonthClosed


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """A month with all its lines and rows; `closing` is None while it is open."""

    month: Month
    since: date
    until: date
    lines: tuple[ReportLine, ...]
    rows: tuple[StatRow, ...]
    year_rows: tuple[StatRow, ...]
    closing: MonthClosing | None

    def behind(self, group: Group, *, whole_year: bool = False) -> tuple[StatRow, ...]:
        """The rows behind a figure."""
        rows = self.year_rows if whole_year else self.rows
        return tuple(row for row in rows if group in row.groups)


class MonthOpenError(UserError):
    """The month has not ended. Facts: month, until."""

    code = "statistics.not_ended"


class MonthClosedError(UserError):
    """The month is closed already. Facts: month."""

    code = "statistics.closed"


class MonthOrderError(UserError):
    """An earlier month with movements is open. Facts: month, earlier."""

    code = "statistics.order"


def figures_of(rows: Iterable[StatRow]) -> Figures:
    """Count rows: what was taken back from an earlier month counts negative, as its money does."""
    given: list[StatRow] = []
    back: list[StatRow] = []
    for row in rows:
        (given if row.sign > 0 else back).append(row)
    fen = sum([row.amount.fen for row in given]) - sum([row.amount.fen for row in back])
    return Figures(
        times=len(given) - len(back),
        households=_distinct([row.case_id for row in given], [row.case_id for row in back]),
        persons=_distinct([row.person_id for row in given], [row.person_id for row in back]),
        amount=Money(fen),
    )


def lines_of(rows: Sequence[StatRow], year_rows: Sequence[StatRow]) -> tuple[ReportLine, ...]:
    """Every line of the report from the rows of the month and of the year up to it."""
    in_month, in_year = _by_group(rows), _by_group(year_rows)
    return tuple(
        ReportLine(group=group, month=figures_of(in_month[group]), year=figures_of(in_year[group]))
        for group in Group
    )


def _by_group(rows: Iterable[StatRow]) -> dict[Group, list[StatRow]]:
    found: dict[Group, list[StatRow]] = {group: [] for group in Group}
    for row in rows:
        for group in row.groups:
            found[group].append(row)
    return found


def month_on(on: date, ends_on: Callable[[Month], date]) -> Month:
    """The month in whose report a day lies."""
    month = Month(on.year, on.month)
    return month.following if on > ends_on(month) else month


def month_of(row: StatRow, month: Month, closed_at: Callable[[Month], int | None]) -> Month:
    """The month in which a row counts: that of its day, or the first that was open for it.

    `closed_at` is the journal number of a month's close, None while it is open.
    """
    while (seq := closed_at(month)) is not None and row.seq > seq:
        month = month.following
    return month


def since_of(month: Month, ends_on: Callable[[Month], date]) -> date:
    """The first day of a month's report: the day after the month before ended."""
    return ends_on(month.before) + timedelta(days=1)


def _distinct(given: Sequence[str], back: Sequence[str]) -> int:
    """Who was given more often than it came back, less those where it is the other way round."""
    if not back:
        return len(set(given))
    net = Counter(given)
    net.subtract(back)
    return sum((count > 0) - (count < 0) for count in net.values())
