"""The district's statistics: what its offices sent, counted as each office counts it itself.

Every office keeps its own closing day and its closed months; the totals are sums of its reports.
"""

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.district_report import DistrictReportFacts, district_report_pdf
from reliefdesk.domain.district_statistics import DistrictReport, OfficeReport, summed
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.domain.partners import PartnerRow, require_district
from reliefdesk.domain.statistics import Month, StatRow
from reliefdesk.services import form_settings, operators, partners, policies, statistics
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context
from reliefdesk.services.sheets import Sheet, SheetHead, sheet_of
from reliefdesk.services.statistics import Months
from reliefdesk.services.voucher_sheets import MONTH_COLUMNS, figures_cells
from reliefdesk.sheets.workbook import Cell, CellKind, SheetColumn
from reliefdesk.storage import statistics as storage


def report(context: Context, month: Month) -> DistrictReport:
    """The month of every office enrolled here, by its code. Raises RoleError at an office."""
    require_district(context.desk.kind)
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
    return summed(month, found, ((each, gave.get(each, ZERO)) for each in shown if each <= last))


def report_paper(context: Context, month: Month) -> Paper:
    """区级统计月报 by group, then by office; raises MissingGlyphError, PaperFontsError."""
    facts = DistrictReportFacts(
        head=form_settings.head_of(context, MoneyForm.DISTRICT_REPORT, on=month.ends_on(31)),
        report=report(context, month),
        made_on=context.today,
        made_by=operators.signed_in(context).name,
    )
    return Paper(
        form="district_report",
        title=f"区级统计月报 {month.label}",
        media=PaperMedia.A4,
        pdf=district_report_pdf(facts),
    )


def report_sheets(context: Context, month: Month) -> tuple[Sheet, Sheet, Sheet]:
    """The same as three sheets: by group, by office, and every row of the month."""
    found = report(context, month)
    period = f"{month.label}（{found.closed}个单位已结账，共{len(found.offices)}个）"
    groups = sheet_of(
        context,
        SheetHead(title="区级统计月报", period=period, frozen=1),
        MONTH_COLUMNS,
        ([line.group.label, *figures_cells(line)] for line in found.lines),
        totals=(),
    )
    offices = sheet_of(
        context,
        SheetHead(title="分单位统计", period=period, frozen=1),
        [SheetColumn(title="单位", width=24), *MONTH_COLUMNS[1:]],
        ([one.office.name, *figures_cells(one.total)] for one in found.offices),
        totals=["合计", *figures_cells(found.total)],
    )
    return groups, offices, _rows_sheet(context, found, period)


def _rows_sheet(context: Context, found: DistrictReport, period: str) -> Sheet:
    rows = [(one.office.name, row) for one in found.offices for row in one.report.rows]
    spent = statistics.given(row for _, row in rows)
    lines: list[list[Cell]] = [
        [office, row.on, row.number, row.case_no, row.kinds, row.moved] for office, row in rows
    ]
    return sheet_of(
        context,
        SheetHead(title="统计明细", period=period, frozen=2),
        _ROW_COLUMNS,
        lines,
        totals=["合计（不含追回）", None, None, None, None, spent],
    )


_ROW_COLUMNS = (
    SheetColumn(title="单位", width=24),
    SheetColumn(title="日期", kind=CellKind.DAY, width=12),
    SheetColumn(title="单据号", width=27),
    SheetColumn(title="案号", width=27),
    SheetColumn(title="计入项目", width=48),
    SheetColumn(title="金额", kind=CellKind.AMOUNT, width=13),
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
