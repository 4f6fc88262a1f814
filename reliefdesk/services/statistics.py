"""The monthly report from what is recorded: open months are computed, closed ones are kept.

Screen, paper and sheet read the same report; each figure opens its rows.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.monthly_report import MonthlyReportFacts, monthly_report_pdf
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.persons import ADULT_AGE, age_on
from reliefdesk.domain.policies import PolicyRows, count_of
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.statistics import (
    ELDER_AGE,
    Group,
    Month,
    MonthClosed,
    MonthClosedError,
    MonthClosing,
    MonthOpenError,
    MonthOrderError,
    MonthReport,
    StatRow,
    lines_of,
    month_of,
    month_on,
    since_of,
)
from reliefdesk.domain.transfers import TransferMethod
from reliefdesk.services import form_settings, operators, policies
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import statistics as storage
from reliefdesk.storage.statistics import Movement

_CITY_DIGITS = 4
_LATE = timedelta(days=62)
"""So long before a year a movement may lie that a closed December pushed into it."""


def month_at(context: Context, on: date | None = None) -> Month:
    """The month whose report a day belongs to, today when None."""
    day = on or context.today
    month = Month(day.year, day.month)
    return month.following if day > ends_on(context, month) else month


def ends_on(context: Context, month: Month) -> date:
    """The last day of a month's report: as it was closed, else by `report_cutoff_day` (§2.5)."""
    return _months(context, month.year).ends_on(month)


def report(context: Context, month: Month) -> MonthReport:
    """The report of a month: its lines, its rows, and those of the year up to it."""
    days = _months(context, month.year)
    rows = rows_of(context, days)
    return days.report(month, days.by_month(rows))


def close_month(
    context: Context, month: Month, *, officer: VerifiedOfficer
) -> Recorded[MonthReport]:
    """Keep a month's rows and figures for good; `officer` keeps the books (记账).

    Raises MonthOpenError, MonthClosedError, MonthOrderError, SeatMissingError.
    """
    with context.file.transaction():
        require_seat(officer.operator, Seat.BOOKKEEPER)
        found = report(context, month)
        if found.closing is not None:
            raise MonthClosedError(month=month.label)
        if found.until >= context.today:
            raise MonthOpenError(month=month.label, until=found.until)
        earlier = _first_open(context, month)
        if earlier is not None:
            raise MonthOrderError(month=month.label, earlier=earlier.label)
        event = MonthClosed(
            month=month.code,
            since=found.since,
            until=found.until,
            rows=found.rows,
            lines=found.lines,
            closed_by=officer.operator.operator_id,
        )
        record(context, event, on=found.until, confirmed_by=(officer.operator.operator_id,))
        after = report(context, month)
    return recorded(after, "statistics", "today")


def report_paper(context: Context, month: Month) -> Paper:
    """统计月报 of a month as a paper; raises MissingGlyphError, PaperFontsError."""
    found = report(context, month)
    facts = MonthlyReportFacts(
        head=form_settings.head_of(context, MoneyForm.MONTHLY_REPORT, on=found.until),
        report=found,
        made_on=context.today,
        made_by=operators.signed_in(context).name,
    )
    return Paper(
        form="monthly_report",
        title=f"统计月报 {month.label}",
        media=PaperMedia.A4,
        pdf=monthly_report_pdf(facts),
    )


def months_of(context: Context, year: int) -> tuple[tuple[Month, Money], ...]:
    """What each month of a year gave, for the chart: every month up to the present one."""
    days = _months(context, year)
    by_month = days.by_month(rows_of(context, days))
    last = min(month_at(context), Month(year, 12))
    months = [Month(year, number) for number in range(1, 13) if Month(year, number) <= last]
    return tuple((month, given(by_month.get(month, ()))) for month in months)


class Months:
    """The months of one desk and year: their ends, their closes, and which row counts where.

    `office` is the desk's code, `rows` the policy rows it obeys, `closings` its closes of this
    year and the one before.
    """

    def __init__(
        self, year: int, office: str, rows: PolicyRows, closings: Mapping[str, MonthClosing]
    ) -> None:
        self._year = year
        self._office = office
        self._rows = rows
        self._closings = closings
        self._ends: dict[Month, date] = {}
        self._of_day: dict[date, Month] = {}

    @property
    def span(self) -> tuple[date, date]:
        """No row before the first or after the last of these days counts in the year."""
        return self.since(Month(self._year, 1)) - _LATE, self.ends_on(Month(self._year, 12))

    def ends_on(self, month: Month) -> date:
        """The last day of a month's report."""
        found = self._ends.get(month)
        if found is None:
            found = self._ends[month] = self._find_end(month)
        return found

    def since(self, month: Month) -> date:
        """The first day of a month's report."""
        closed = self._closings.get(month.code)
        return since_of(month, self.ends_on) if closed is None else closed.details.since

    def is_closed(self, month: Month) -> bool:
        """Whether a month's figures are kept."""
        return month.code in self._closings

    def by_month(self, rows: Iterable[StatRow]) -> dict[Month, tuple[StatRow, ...]]:
        """The rows of each month of the year; a closed month has the rows it was closed with."""
        found: dict[Month, list[StatRow]] = {}
        begins, _ = self.span
        for row in rows:
            month = self._month_of(row)
            if month.year == self._year and row.on >= begins:
                found.setdefault(month, []).append(row)
        kept = {month: tuple(moved) for month, moved in found.items()}
        for number in range(1, 13):
            closed = self._closings.get(Month(self._year, number).code)
            if closed is not None:
                kept[Month(self._year, number)] = closed.details.rows
        return kept

    def report(self, month: Month, by_month: Mapping[Month, tuple[StatRow, ...]]) -> MonthReport:
        """The report of a month from the rows of the year's months."""
        here = by_month.get(month, ())
        year = tuple(row for each in sorted(by_month) if each <= month for row in by_month[each])
        closing = self._closings.get(month.code)
        return MonthReport(
            month=month,
            since=self.since(month),
            until=self.ends_on(month),
            lines=lines_of(here, year) if closing is None else closing.details.lines,
            rows=here,
            year_rows=year,
            closing=closing,
        )

    def _find_end(self, month: Month) -> date:
        closed = self._closings.get(month.code)
        if closed is not None:
            return closed.details.until
        first = date(month.year, month.number, 1)
        use = self._rows.get(PolicyKey.REPORT_CUTOFF, on=first, office=self._office)
        return month.ends_on(count_of(use))

    def _month_of(self, row: StatRow) -> Month:
        month = self._of_day.get(row.on)
        if month is None:
            month = self._of_day[row.on] = month_on(row.on, self.ends_on)
        return month_of(row, month, self._closed_at) if self._closings else month

    def _closed_at(self, month: Month) -> int | None:
        closed = self._closings.get(month.code)
        return None if closed is None else closed.seq


def span_of(year: int) -> tuple[str, str]:
    """The first and last month whose closes the months of a year are told from."""
    return Month(year - 1, 1).code, Month(year, 12).code


def city_of(context: Context) -> str:
    """The code of the desk's city: who is registered elsewhere is not local."""
    return context.desk.office.code[:_CITY_DIGITS]


def row_of(found: Movement, city: str) -> StatRow:
    """One movement with the lines of the report in which it counts; see `city_of`."""
    on = found.on
    age = None if found.birth_on is None else age_on(date.fromisoformat(found.birth_on), on)
    return StatRow(
        seq=found.seq,
        on=on,
        sign=found.sign,
        number=found.number,
        case_id=found.case_id,
        case_no=found.case_no,
        person_id=found.person_id,
        amount=Money(found.fen),
        groups=_groups(
            (found.area, found.cause, found.method),
            Group.FIRST_RELIEF if found.is_early else None,
            Group.MIGRANT if found.hukou_code and not found.hukou_code.startswith(city) else None,
            _group_of_age(age),
            Group.DISABLED if found.is_disabled else None,
        ),
    )


@functools.cache  # as many as there are kinds of movement
def _groups(chosen: tuple[str, str, str], *marked: Group | None) -> tuple[Group, ...]:
    area, cause, method = chosen
    if method == "recovered":
        return (Group.RECOVERED,)
    way = Group.IN_KIND if method == TransferMethod.GOODS.value else Group(method)
    kinds = (Group.TOTAL, Group(area), Group(cause), way)
    return (*kinds, *(group for group in marked if group is not None))


def _group_of_age(age: int | None) -> Group | None:
    if age is None or ADULT_AGE <= age < ELDER_AGE:
        return None
    return Group.MINOR if age < ADULT_AGE else Group.ELDER


def rows_of(context: Context, days: Months) -> Iterator[StatRow]:
    """What this desk recorded in the year of `days`."""
    city = city_of(context)
    return (row_of(found, city) for found in storage.movements(context.file, *days.span))


def _months(context: Context, year: int) -> Months:
    closings = storage.closings(context.file, *span_of(year))
    return Months(year, context.desk.office.code, policies.in_force(context), closings)


def _first_open(context: Context, month: Month) -> Month | None:
    """The earliest month before `month` that has movements and is not closed."""
    for year in (month.year - 1, month.year):
        days = _months(context, year)
        rows = rows_of(context, days)
        for each in sorted(days.by_month(rows)):
            if each < month and not days.is_closed(each):
                return each
    return None


def given(rows: Iterable[StatRow]) -> Money:
    """What was given and not taken back; 追回 does not count."""
    return Money(sum(row.sign * row.amount.fen for row in rows if Group.TOTAL in row.groups))
