"""Lists of the place 票款 as Excel files: roster, reimbursement pack, monthly report with its rows.

Each comes from the computation behind its screen and its paper, so the totals agree.
"""

from collections.abc import Callable

from reliefdesk.documents.pack_sheet import PackSheetLine
from reliefdesk.domain.ids import PackId, RosterId
from reliefdesk.domain.money import total
from reliefdesk.domain.rosters import RosterLine
from reliefdesk.domain.statistics import Figures, Month, MonthReport, ReportLine, StatRow
from reliefdesk.services import reimbursements, rosters, statistics
from reliefdesk.services.recording import Context
from reliefdesk.services.sheets import Sheet, SheetHead, sheet_of
from reliefdesk.sheets.workbook import Cell, CellKind, SheetColumn

_TOTAL = "合计"


def roster_sheet(context: Context, roster_id: RosterId) -> Sheet:
    """发放花名册 with full numbers and room to sign; raises RosterUnknownError."""
    found = rosters.view(context, roster_id)
    granted = total([line.granted for line in found.lines])
    rest = total([line.rest for line in found.lines])
    head = SheetHead(
        title="急难型临时救助金发放花名册",
        period=f"{found.roster.details.roster_no}　{found.roster.details.title}",
        frozen=2,
        signers=("出纳", "监发人", "负责人"),
        remarks=(f"金额大写：{granted.words}",),
    )
    cells: dict[str, Cell] = {"序号": None, "姓名": _TOTAL, "金额": granted, "未领": rest}
    return _sheet(context, head, _ROSTER, found.lines, under=cells)


def pack_sheet(context: Context, pack_id: PackId) -> Sheet:
    """报账单 with every receipt; raises PackUnknownError."""
    found = reimbursements.pack(context, pack_id)
    details = found.details
    head = SheetHead(
        title="急难型临时救助报账单",
        period=f"{details.pack_no}　{details.since:%Y-%m-%d} 至 {details.until:%Y-%m-%d}",
        frozen=2,
        signers=("出纳", "审核", "负责人"),
        remarks=(f"合计大写：{details.total.words}",),
    )
    lines = reimbursements.lines_of(context, pack_id)
    cells: dict[str, Cell] = {"领款单号": f"{_TOTAL} {len(lines)}张", "金额": details.total}
    return _sheet(context, head, _PACK, lines, under=cells)


def month_sheets(context: Context, month: Month) -> tuple[Sheet, Sheet]:
    """统计月报 and, on a second sheet, the rows of the month behind its figures."""
    found = statistics.report(context, month)
    state = "未结账" if found.closing is None else "已结账"
    period = f"{month.label}（{found.since:%Y-%m-%d} 至 {found.until:%Y-%m-%d}，{state}）"
    head = SheetHead(title="急难型临时救助统计月报", period=period, frozen=1)
    lines = ([line.group.label, *figures_cells(line)] for line in found.lines)
    report = sheet_of(context, head, MONTH_COLUMNS, lines, totals=())
    return report, _behind(context, found, period)


def _behind(context: Context, found: MonthReport, period: str) -> Sheet:
    head = SheetHead(title="统计月报明细", period=period, frozen=2)
    spent = statistics.given(found.rows)
    cells: dict[str, Cell] = {"单据号": f"{_TOTAL}（不含追回）", "金额": spent}
    return _sheet(context, head, _ROWS, found.rows, under=cells)


def figures_cells(line: ReportLine) -> list[Cell]:
    """The eight figures of a line of a report, under `MONTH_COLUMNS` after the first."""
    return [*_figures(line.month), *_figures(line.year)]


def _figures(figures: Figures) -> list[Cell]:
    return [figures.times, figures.households, figures.persons, figures.amount]


_Columns = tuple[tuple[SheetColumn, Callable[..., Cell]], ...]


def _sheet(
    context: Context,
    head: SheetHead,
    shown: _Columns,
    lines: tuple[object, ...],
    *,
    under: dict[str, Cell],
) -> Sheet:
    columns = [column for column, _ in shown]
    return sheet_of(
        context,
        head,
        columns,
        ([get(line) for _, get in shown] for line in lines),
        totals=[under.get(column.title) for column in columns],
    )


def _of(title: str, width: float, kind: CellKind = CellKind.TEXT) -> SheetColumn:
    return SheetColumn(title=title, kind=kind, width=width)


_COUNT, _AMOUNT, _DAY = CellKind.COUNT, CellKind.AMOUNT, CellKind.DAY

_ROSTER: tuple[tuple[SheetColumn, Callable[[RosterLine], Cell]], ...] = (
    (_of("序号", 6, _COUNT), lambda line: line.place),
    (_of("姓名", 12), lambda line: line.name),
    (_of("性别", 6), lambda line: line.sex),
    (_of("证件号", 21), lambda line: line.number),
    (_of("户籍地", 24), lambda line: line.hukou_place),
    (_of("现住址", 24), lambda line: line.stay_address),
    (_of("困难类型", 12), lambda line: line.cause),
    (_of("救助人数", 9, _COUNT), lambda line: line.persons_relieved),
    (_of("案号", 27), lambda line: line.case_no),
    (_of("金额", 13, _AMOUNT), lambda line: line.granted),
    (_of("未领", 13, _AMOUNT), lambda line: line.rest),
    (_of("领款日期", 12, _DAY), lambda line: line.paid_on),
    (_of("领款单号", 27), lambda line: line.receipt_no),
    (_of("代领人", 16), lambda line: line.collector),
    (_of("领款人签字", 16), lambda _line: None),
)

_PACK: tuple[tuple[SheetColumn, Callable[[PackSheetLine], Cell]], ...] = (
    (_of("序号", 6, _COUNT), lambda line: line.place),
    (_of("领款单号", 27), lambda line: line.receipt_no),
    (_of("日期", 12, _DAY), lambda line: line.on),
    (_of("领款人", 12), lambda line: line.name),
    (_of("证件号", 21), lambda line: line.document_number),
    (_of("案号", 27), lambda line: line.case_no),
    (_of("救助事由", 14), lambda line: line.cause),
    (_of("经费来源", 26), lambda line: line.fund),
    (_of("金额", 13, _AMOUNT), lambda line: line.amount),
    (_of("财务处理", 16), lambda line: line.fate),
)

MONTH_COLUMNS = (
    _of("项目", 22),
    *(
        _of(f"{span}{name}", 12, kind)
        for span in ("本月", "累计")
        for name, kind in (
            ("人次", _COUNT),
            ("户次", _COUNT),
            ("人数", _COUNT),
            ("金额", _AMOUNT),
        )
    ),
)

_ROWS: tuple[tuple[SheetColumn, Callable[[StatRow], Cell]], ...] = (
    (_of("日期", 12, _DAY), lambda row: row.on),
    (_of("单据号", 27), lambda row: row.number),
    (_of("案号", 27), lambda row: row.case_no),
    (_of("金额", 13, _AMOUNT), lambda row: row.moved),
    (_of("计入项目", 48), lambda row: row.kinds),
)
