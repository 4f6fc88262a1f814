"""What all offices of a district gave: every figure is the sum of the offices' own reports.

Somebody whom two offices helped counts in both, as on the offices' papers, and stands among the
duplicates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reliefdesk.domain.desks import Office
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.money import Money
from reliefdesk.domain.statistics import NOTHING, Group, Month, MonthReport, ReportLine, StatRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeReport:
    """One office's month as its own desk computes it, from what has arrived.

    `held_on`: the day its last bundle was imported; None: nothing came yet.
    """

    desk_id: DeskId
    office: Office
    report: MonthReport
    held_on: date | None

    @property
    def total(self) -> ReportLine:
        """Its line 合计."""
        return _line(self.report, Group.TOTAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReport:
    """A month of every office in the order of their codes, and the sums in `lines`.

    `months` is what each month of the year gave in all.
    """

    month: Month
    offices: tuple[OfficeReport, ...]
    lines: tuple[ReportLine, ...]
    months: tuple[tuple[Month, Money], ...]

    @property
    def total(self) -> ReportLine:
        """The line 合计 of all."""
        return self.lines[0]

    @property
    def closed(self) -> int:
        """How many offices have closed the month."""
        return sum(one.report.closing is not None for one in self.offices)

    @property
    def silent(self) -> tuple[str, ...]:
        """The offices from which nothing came yet."""
        return tuple(one.office.name for one in self.offices if one.held_on is None)

    def lines_of(self, desk_id: DeskId | None) -> tuple[ReportLine, ...]:
        """The lines of one office, or of all."""
        for one in self.offices:
            if one.desk_id == desk_id:
                return one.report.lines
        return self.lines

    def behind(
        self, group: Group, *, desk_id: DeskId | None = None, whole_year: bool = False
    ) -> tuple[tuple[OfficeReport, StatRow], ...]:
        """The rows behind a figure of one office or of all, and whose each is."""
        return tuple(
            (one, row)
            for one in self.offices
            if desk_id in (None, one.desk_id)
            for row in one.report.behind(group, whole_year=whole_year)
        )


def summed(
    month: Month, offices: Iterable[OfficeReport], months: Iterable[tuple[Month, Money]] = ()
) -> DistrictReport:
    """Add the offices' reports line by line."""
    found = tuple(offices)
    return DistrictReport(
        month=month,
        offices=found,
        lines=tuple(_sum(group, found) for group in Group),
        months=tuple(months),
    )


def _sum(group: Group, offices: Iterable[OfficeReport]) -> ReportLine:
    lines = [_line(one.report, group) for one in offices]
    return ReportLine(
        group=group,
        month=sum((line.month for line in lines), NOTHING),
        year=sum((line.year for line in lines), NOTHING),
    )


def _line(report: MonthReport, group: Group) -> ReportLine:
    """A month that an older program closed may lack a line."""
    for line in report.lines:
        if line.group is group:
            return line
    return ReportLine(group=group, month=NOTHING, year=NOTHING)
