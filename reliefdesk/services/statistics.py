"""The monthly report from what is recorded: open months are computed, closed ones are kept.

Screen, paper and sheet read the same report; each figure opens its rows.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.monthly_report import MonthlyReportFacts, monthly_report_pdf
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.policies import count_of
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.statistics import (
    ADULT_AGE,
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
    age_on,
    lines_of,
    month_of,
    since_of,
)
from reliefdesk.services import operators, policies
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
    return _Calendar(context).ends_on(month)


def report(context: Context, month: Month) -> MonthReport:
    """The report of a month: its lines, its rows, and those of the year up to it."""
    days = _Calendar(context)
    by_month = days.rows_by_month(month.year)
    rows = by_month.get(month, ())
    year_rows = tuple(row for each in sorted(by_month) if each <= month for row in by_month[each])
    closing = days.closings.get(month.code)
    lines = lines_of(rows, year_rows) if closing is None else closing.details.lines
    return MonthReport(
        month=month,
        since=days.since(month),
        until=days.ends_on(month),
        lines=lines,
        rows=rows,
        year_rows=year_rows,
        closing=closing,
    )


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
        office=context.desk.office.name,
        report=found,
        made_on=context.today,
        made_by=operators.signed_in(context).name,
        training=context.desk.kind.is_training,
    )
    return Paper(
        form="monthly_report",
        title=f"统计月报 {month.label}",
        media=PaperMedia.A4,
        pdf=monthly_report_pdf(facts),
    )


def months_of(context: Context, year: int) -> tuple[tuple[Month, Money], ...]:
    """What each month of a year gave, for the chart: every month up to the present one."""
    by_month = _Calendar(context).rows_by_month(year)
    last = min(month_at(context), Month(year, 12))
    months = [Month(year, number) for number in range(1, 13) if Month(year, number) <= last]
    return tuple(
        (
            month,
            Money(
                sum(
                    row.sign * row.amount.fen
                    for row in by_month.get(month, ())
                    if Group.TOTAL in row.groups
                )
            ),
        )
        for month in months
    )


class _Calendar:
    """Ends of months, closed months, and rows by month: read once for one report."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rows = policies.in_force(context)
        self.closings: dict[str, MonthClosing] = storage.closings(context.file)

    def ends_on(self, month: Month) -> date:
        closed = self.closings.get(month.code)
        if closed is not None:
            return closed.details.until
        use = self._rows.get(
            PolicyKey.REPORT_CUTOFF,
            on=date(month.year, month.number, 1),
            office=self._context.desk.office.code,
        )
        return month.ends_on(count_of(use))

    def since(self, month: Month) -> date:
        closed = self.closings.get(month.code)
        return since_of(month, self.ends_on) if closed is None else closed.details.since

    def rows_by_month(self, year: int) -> dict[Month, tuple[StatRow, ...]]:
        found: dict[Month, list[StatRow]] = {}
        for row in _rows(self._context, since_of(Month(year, 1), self.ends_on) - _LATE):
            month = month_of(row, self.ends_on, self._closed_at)
            if month.year == year:
                found.setdefault(month, []).append(row)
        kept = {month: tuple(rows) for month, rows in found.items()}
        for closed in self.closings.values():
            at = Month(*(int(part) for part in closed.details.month.split("-")))
            if at.year == year:
                kept[at] = closed.details.rows
        return kept

    def _closed_at(self, month: Month) -> int | None:
        closed = self.closings.get(month.code)
        return None if closed is None else closed.seq


def _first_open(context: Context, month: Month) -> Month | None:
    """The earliest month before `month` that has movements and is not closed."""
    days = _Calendar(context)
    for year in (month.year - 1, month.year):
        for each in sorted(days.rows_by_month(year)):
            if each < month and each.code not in days.closings:
                return each
    return None


def _rows(context: Context, since: date) -> Iterator[StatRow]:
    city = context.desk.office.code[:_CITY_DIGITS]
    for found in storage.movements(context.file, since):
        yield StatRow(
            seq=found.seq,
            on=found.on,
            sign=found.sign,
            number=found.number,
            case_id=found.case_id,
            case_no=found.case_no,
            person_id=found.person_id,
            amount=Money(found.fen),
            groups=_groups(found, city),
        )


def _groups(found: Movement, city: str) -> tuple[Group, ...]:
    if found.method == "recovered":
        return (Group.RECOVERED,)
    chosen = [Group.TOTAL, Group(found.area), Group(found.cause), Group(found.method)]
    age = None if found.birth_on is None else age_on(found.birth_on, found.on)
    checks = {
        Group.FIRST_RELIEF: found.is_early,
        Group.MIGRANT: bool(found.hukou_code) and not found.hukou_code.startswith(city),
        Group.MINOR: age is not None and age < ADULT_AGE,
        Group.ELDER: age is not None and age >= ELDER_AGE,
        Group.DISABLED: found.is_disabled,
    }
    return (*chosen, *(group for group, holds in checks.items() if holds))
