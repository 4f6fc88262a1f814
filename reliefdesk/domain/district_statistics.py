"""What all offices of a district gave: every figure is the sum of the offices' own reports.

Somebody whom two offices helped counts in both, as they do on the offices' papers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reliefdesk.domain.desks import Office
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.money import Money
from reliefdesk.domain.statistics import NOTHING, Figures, Group, Month, MonthReport, StatRow
from reliefdesk.domain.terms import Term


class Section(Term):
    """The parts of the report."""

    TOTAL = "total", "合计"
    OFFICE = "office", "按办理点"
    AREA = "area", "按标准"
    CAUSE = "cause", "按困难类型"
    METHOD = "method", "按发放方式"
    AMONG = "among", "其中"
    BACK = "back", "追回"


SECTIONS: dict[Group, Section] = {
    Group.TOTAL: Section.TOTAL,
    Group.URBAN: Section.AREA,
    Group.RURAL: Section.AREA,
    Group.FIRE: Section.CAUSE,
    Group.TRAFFIC: Section.CAUSE,
    Group.ACCIDENT: Section.CAUSE,
    Group.ILLNESS: Section.CAUSE,
    Group.OTHER: Section.CAUSE,
    Group.CASH: Section.METHOD,
    Group.BANK: Section.METHOD,
    Group.IN_KIND: Section.METHOD,
    Group.FIRST_RELIEF: Section.AMONG,
    Group.MIGRANT: Section.AMONG,
    Group.MINOR: Section.AMONG,
    Group.ELDER: Section.AMONG,
    Group.DISABLED: Section.AMONG,
    Group.RECOVERED: Section.BACK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeReport:
    """One office's month as its own desk computes it, from what has arrived.

    `held_on`: the day its last bundle was imported; None: nothing came yet.
    """

    desk_id: DeskId
    office: Office
    report: MonthReport
    held_on: date | None

    def figures(self, group: Group) -> tuple[Figures, Figures]:
        """Month and year of one line."""
        for line in self.report.lines:
            if line.group is group:
                return line.month, line.year
        return NOTHING, NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictLine:
    """One line: the figures of a group, of one office or of all (`desk_id` None)."""

    section: Section
    label: str
    group: Group
    desk_id: DeskId | None
    month: Figures
    year: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRow:
    """One movement behind a figure, and whose it is."""

    office: Office
    row: StatRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReport:
    """A month of every office; `months` is what each month of the year gave in all."""

    month: Month
    offices: tuple[OfficeReport, ...]
    months: tuple[tuple[Month, Money], ...]

    @property
    def closed(self) -> int:
        """How many offices have closed the month."""
        return sum(one.report.closing is not None for one in self.offices)

    @property
    def silent(self) -> tuple[str, ...]:
        """The offices from which nothing came yet."""
        return tuple(one.office.name for one in self.offices if one.held_on is None)

    def lines(self, desk_id: DeskId | None = None) -> tuple[DistrictLine, ...]:
        """Total, offices, then every group; of one office the groups only."""
        chosen = self._chosen(desk_id)
        groups = [self._line(group, chosen, desk_id) for group in Group]
        if desk_id is not None:
            return tuple(groups)
        offices = (_office_line(one) for one in self.offices)
        return (groups[0], *offices, *groups[1:])

    def behind(self, line: DistrictLine, *, whole_year: bool = False) -> tuple[DistrictRow, ...]:
        """The rows behind a figure, office by office."""
        return tuple(
            DistrictRow(office=one.office, row=row)
            for one in self._chosen(line.desk_id)
            for row in one.report.behind(line.group, whole_year=whole_year)
        )

    def _chosen(self, desk_id: DeskId | None) -> tuple[OfficeReport, ...]:
        return tuple(one for one in self.offices if desk_id in (None, one.desk_id))

    def _line(
        self, group: Group, offices: Iterable[OfficeReport], desk_id: DeskId | None
    ) -> DistrictLine:
        month, year = NOTHING, NOTHING
        for one in offices:
            here, so_far = one.figures(group)
            month, year = month + here, year + so_far
        return DistrictLine(
            section=SECTIONS[group],
            label=group.label,
            group=group,
            desk_id=desk_id,
            month=month,
            year=year,
        )


def _office_line(one: OfficeReport) -> DistrictLine:
    month, year = one.figures(Group.TOTAL)
    return DistrictLine(
        section=Section.OFFICE,
        label=one.office.name,
        group=Group.TOTAL,
        desk_id=one.desk_id,
        month=month,
        year=year,
    )
