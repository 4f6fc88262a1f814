"""The district's statistics: what its offices sent, counted as each office counts it itself.

Every office keeps its own closing day and its closed months; the totals are sums of its reports.
"""

from reliefdesk.domain.district_statistics import DistrictReport, OfficeReport
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.partners import PartnerRow
from reliefdesk.domain.statistics import Month, StatRow
from reliefdesk.services import partners, policies, statistics
from reliefdesk.services.recording import Context
from reliefdesk.services.statistics import Months
from reliefdesk.storage import statistics as storage


def report(context: Context, month: Month) -> DistrictReport:
    """The month of every office that is enrolled here, by its code."""
    offices = sorted(
        (one for one in partners.listed(context) if not one.role.is_district),
        key=lambda one: (one.office.code, one.desk_id),
    )
    months = _months(context, offices, month.year)
    rows = _rows(context, months)
    found: list[OfficeReport] = []
    gave: dict[Month, Money] = {}
    for one in offices:
        days = months[one.desk_id]
        by_month = days.by_month(rows.get(one.desk_id, ()))
        for each, moved in by_month.items():
            gave[each] = gave.get(each, ZERO) + statistics.given(moved)
        found.append(
            OfficeReport(
                desk_id=one.desk_id,
                office=one.office,
                report=days.report(month, by_month),
                held_on=one.last_imported_on,
            )
        )
    last = min(statistics.month_at(context), Month(month.year, 12))
    shown = [Month(month.year, number) for number in range(1, 13)]
    return DistrictReport(
        month=month,
        offices=tuple(found),
        months=tuple((each, gave.get(each, ZERO)) for each in shown if each <= last),
    )


def _months(context: Context, offices: list[PartnerRow], year: int) -> dict[DeskId, Months]:
    closings = storage.closings_received(context.file, *statistics.span_of(year))
    return {
        one.desk_id: Months(
            year,
            one.office.code,
            policies.in_force_at(context, one.desk_id),
            closings.get(one.desk_id, {}),
        )
        for one in offices
    }


def _rows(context: Context, months: dict[DeskId, Months]) -> dict[DeskId, list[StatRow]]:
    """What moved at each office, read in one go."""
    found: dict[DeskId, list[StatRow]] = {desk_id: [] for desk_id in months}
    if months:
        city = statistics.city_of(context)
        begins, ends = zip(*(days.span for days in months.values()), strict=True)
        for moved in storage.received(context.file, min(begins), max(ends)):
            if moved.origin in found:
                found[moved.origin].append(statistics.row_of(moved, city))
    return found
