"""The books as Excel files: from the same computation as screen and paper, so totals agree.

A saved sheet carries full identity numbers as text; it stays in the office as paper does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reliefdesk.clock import shanghai_time
from reliefdesk.domain.cash import CashJournal, CashKind, JournalLine, LineKind
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.ledger import LedgerFilter, totals_of
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.number_fates import NumberFate, NumberKind, net_of
from reliefdesk.services import cash, ledger, number_fates, operators
from reliefdesk.services.ledger import LedgerLine
from reliefdesk.services.recording import Context
from reliefdesk.sheets import workbook
from reliefdesk.sheets.workbook import Cell, CellKind, Sheet, SheetColumn, SheetPaper

__all__ = ["Sheet", "journal_sheet", "ledger_sheet", "numbers_sheet", "save", "sheet_of"]

_RECEIVED = frozenset({CashKind.FLOAT_IN, CashKind.OVER, CashKind.HANDOVER_IN})
_CARRIED = frozenset({LineKind.OPENING, LineKind.CARRIED})
_TOTAL = "合计"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHead:
    """What stands around the table. `signers` get room to sign in the last line."""

    title: str
    period: str
    frozen: int = 0
    paper: SheetPaper = SheetPaper.A4
    signers: Sequence[str] = ("复核", "负责人")
    remarks: Sequence[str] = ()


def save(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write sheets as one .xlsx file, whole or not at all.

    Raises SheetNotSavedError, SheetRowsError, SheetTextError.
    """
    return workbook.write_workbook(path, sheets)


def sheet_of(
    context: Context,
    head: SheetHead,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Cell]],
    *,
    totals: Sequence[Cell],
) -> Sheet:
    """Any list as a sheet of this office: head, columns, rows, totals, who made it when."""
    mark = "（演练）" if context.desk.kind.is_training else ""
    made_by = operators.signed_in(context).name
    signers = "".join(f"　　　　　　{signer}：" for signer in head.signers)
    made = f"制表：{made_by}{signers}　　　　　　制表日期：{context.today:%Y-%m-%d}"
    return Sheet(
        name=head.title,
        title=head.title + mark,
        unit=context.desk.office.name,
        period=head.period,
        columns=columns,
        rows=rows,
        totals=totals,
        footer=(*head.remarks, made),
        made_on=context.today,
        frozen=head.frozen,
        paper=head.paper,
    )


def ledger_sheet(context: Context, wanted: LedgerFilter) -> Sheet:
    """The work ledger (§3.7) of a filter with full numbers; sums as in `ledger.ledger`."""
    lines = tuple(ledger.lines(context, wanted))
    sums = totals_of(line.row for line in lines)
    cells: dict[str, Cell] = {
        "案号": _TOTAL,
        "姓名": f"{sums.cases}件 {sums.persons}人",
        "批准金额": sums.approved,
        "发放金额": sums.paid,
        "追回金额": sums.recovered,
    }
    words = (
        f"批准金额大写：{sums.approved.words}　　发放金额大写：{sums.paid.words}"
        f"　　其中现金：{sums.paid_cash.figures}"
    )
    head = SheetHead(
        title="急难型临时救助工作台账",
        period=_span(wanted.since, wanted.until),
        frozen=3,
        paper=SheetPaper.A3,
        remarks=(words,),
    )
    columns = [column for column, _ in _LEDGER]
    rows = ([get(line) for _, get in _LEDGER] for line in lines)
    return sheet_of(context, head, columns, rows, totals=_under(columns, cells))


def journal_sheet(
    context: Context, since: date, until: date, *, cashier: OperatorId | None = None
) -> Sheet:
    """The cash journal (§3.8) of some days; sums and closing balance as in `cash.journal`."""
    journal = cash.journal(context, since, until, cashier=cashier)
    cells: dict[str, Cell] = {
        "摘要": "本期合计",
        "收入（借方）": journal.sums.income,
        "支出（贷方）": journal.sums.outgo,
        "余额": journal.closing,
    }
    drawer = "" if cashier is None else f"出纳：{operators.operator(context, cashier).name}　　"
    head = SheetHead(
        title="现金日记账",
        period=drawer + _span(since, until),
        signers=("出纳", "复核", "负责人"),
        remarks=(f"期初余额：{journal.opening.figures}　　期末余额大写：{journal.closing.words}",),
    )
    totals = _under(_JOURNAL, cells)
    return sheet_of(context, head, _JOURNAL, _journal_rows(journal), totals=totals)


def numbers_sheet(context: Context, year: int) -> Sheet:
    """What became of every number of a year (§3.13); names are masked, void ones count zero."""
    rows = number_fates.fates(context, year)
    given = net_of(rows, NumberKind.RECEIPT, NumberKind.PAD)
    back = net_of(rows, NumberKind.REPAYMENT)
    cells: dict[str, Cell] = {
        "号码": _TOTAL,
        "领（交）款人": f"{len(rows)}个号",
        "开具金额": total([row.amount for row in rows]),
        "有效金额": given,
    }
    said = f"有效金额大写：{given.words}　　收回金额：{back.figures}（收款收据，不在有效金额之内）"
    head = SheetHead(title="号码去向表", period=f"{year}年", frozen=2, remarks=(said,))
    columns = [column for column, _ in _NUMBERS]
    lines = (
        [place, *(get(row) for _, get in _NUMBERS[1:])] for place, row in enumerate(rows, start=1)
    )
    return sheet_of(context, head, columns, lines, totals=_under(columns, cells))


def _span(since: date, until: date) -> str:
    return f"{since:%Y-%m-%d} 至 {until:%Y-%m-%d}"


def _under(columns: Sequence[SheetColumn], cells: dict[str, Cell]) -> list[Cell]:
    return [cells.get(column.title) for column in columns]


def _journal_rows(journal: CashJournal) -> Iterator[list[Cell]]:
    for line in journal.lines:
        kind, voucher, said, account = _told(line)
        moved: list[Cell] = [line.sums.income, line.sums.outgo]
        if line.entry is not None:
            moved = [amount if amount.fen else None for amount in _amounts(line)]
        elif line.kind in _CARRIED:
            moved = [None, None]
        yield [line.on, kind, voucher, said, account, *moved, line.balance]


def _told(line: JournalLine) -> tuple[str, str, str, str]:
    if line.entry is None:
        return "", "", line.kind.label, ""
    entry = line.entry
    is_red = any(amount.fen < 0 for amount in _amounts(line))
    said = f"（红字）{entry.summary}" if is_red else entry.summary
    return "现收" if entry.kind in _RECEIVED else "现付", entry.voucher, said, entry.account


def _amounts(line: JournalLine) -> tuple[Money, Money]:
    return line.sums.income, line.sums.outgo


def _text(title: str, width: float) -> SheetColumn:
    return SheetColumn(title=title, width=width)


def _of(title: str, kind: CellKind, width: float = 12) -> SheetColumn:
    return SheetColumn(title=title, kind=kind, width=width)


_JOURNAL = (
    _of("日期", CellKind.DAY),
    _text("凭证种类", 9),
    _text("凭证号", 27),
    _text("摘要", 36),
    _text("对方科目", 18),
    _of("收入（借方）", CellKind.AMOUNT, 14),
    _of("支出（贷方）", CellKind.AMOUNT, 14),
    _of("余额", CellKind.AMOUNT, 14),
)


def _paid_on(line: LedgerLine) -> Cell:
    days = dict.fromkeys(payment.paid_on for payment in line.row.payments if payment.moved.fen)
    if len(days) == 1:
        return next(iter(days))
    return "、".join(f"{day:%Y-%m-%d}" for day in days)


def _recovered_on(line: LedgerLine) -> Cell:
    return "、".join(f"{day:%Y-%m-%d}" for day in dict.fromkeys(line.row.recovered_on))


def _collectors(line: LedgerLine) -> Cell:
    shown = [payment.collector for payment in line.row.payments if payment.moved.fen]
    return "、".join(dict.fromkeys(shown))


def _relief(line: LedgerLine) -> Cell:
    at = line.row.first_relief_at
    return "否" if at is None else f"是 {shanghai_time(at):%Y-%m-%d %H:%M}"


_LEDGER: tuple[tuple[SheetColumn, Callable[[LedgerLine], Cell]], ...] = (
    (_of("序号", CellKind.COUNT, 6), lambda line: line.row.place),
    (_text("案号", 27), lambda line: line.row.case_no),
    (_text("姓名", 12), lambda line: line.row.name),
    (
        _of("受理时间", CellKind.INSTANT, 17),
        lambda line: shanghai_time(line.row.accepted_at).replace(tzinfo=None),
    ),
    (_text("来源", 10), lambda line: line.row.source),
    (_text("性别", 6), lambda line: line.row.sex.label),
    (_text("民族", 8), lambda line: line.row.ethnicity),
    (_of("出生日期", CellKind.DAY), lambda line: line.row.birth_on),
    (_text("证件类型", 14), lambda line: line.row.document_kind),
    (_text("证件号", 21), lambda line: line.details.number),
    (_text("户籍地", 24), lambda line: line.row.hukou_place),
    (_text("居住证情况", 12), lambda line: line.row.permit),
    (_text("急难发生地", 24), lambda line: line.row.emergency_place),
    (_text("困难类型", 12), lambda line: line.row.cause.label),
    (_text("事由摘要", 36), lambda line: line.row.narrative),
    (_of("救助人数", CellKind.COUNT, 7), lambda line: line.row.persons_relieved),
    (_text("先行救助", 19), _relief),
    (_text("调查日期、人", 18), lambda line: line.row.investigated),
    (_text("审核日期、人", 18), lambda line: line.row.reviewed),
    (_text("审批日期、人", 18), lambda line: line.row.decided),
    (_text("权限", 14), lambda line: line.row.authority),
    (_text("状态", 9), lambda line: line.row.status),
    (
        _of("低保标准", CellKind.AMOUNT, 10),
        lambda line: Money.parse(line.row.standard) if line.row.standard else None,
    ),
    (_text("倍数", 6), lambda line: line.row.multiplier),
    (_of("批准金额", CellKind.AMOUNT, 13), lambda line: line.row.approved),
    (_text("发放方式", 9), lambda line: line.row.method.label),
    (
        _of("发放金额", CellKind.AMOUNT, 13),
        lambda line: line.row.paid if line.row.payments else None,
    ),
    (_of("发放日期", CellKind.DAY), _paid_on),
    (
        _text("领款单号", 27),
        lambda line: "、".join(payment.receipt_no for payment in line.row.payments),
    ),
    (_text("领款人、代领人", 14), _collectors),
    (_text("公示", 22), lambda line: line.publicity),
    (_of("手续补齐日期", CellKind.DAY), lambda line: line.row.completed_on),
    (_text("抽查", 20), lambda line: line.spot_check),
    (
        _of("追回金额", CellKind.AMOUNT, 13),
        lambda line: line.row.recovered if line.row.recovered.fen else None,
    ),
    (_text("追回日期", 12), _recovered_on),
    (_text("报送批次", 9), lambda line: line.report),
    (_text("档案号", 16), lambda line: line.file_place),
    (_text("备注", 28), lambda line: line.row.remark),
)

_NUMBERS: tuple[tuple[SheetColumn, Callable[[NumberFate], Cell]], ...] = (
    (_of("序号", CellKind.COUNT, 6), lambda _row: None),
    (_text("号码", 27), lambda row: row.number),
    (_text("种类", 12), lambda row: row.kind.label),
    (_text("去向", 12), lambda row: row.state),
    (_of("开具日期", CellKind.DAY), lambda row: row.issued_on),
    (_text("案号", 27), lambda row: row.case_no),
    (_text("领（交）款人", 12), lambda row: row.name),
    (_of("开具金额", CellKind.AMOUNT, 13), lambda row: row.amount),
    (_of("有效金额", CellKind.AMOUNT, 13), lambda row: row.net),
    (_text("出纳", 10), lambda row: row.who),
    (_of("打印次数", CellKind.COUNT, 7), lambda row: row.prints),
    (_text("原因", 24), lambda row: row.reason),
    (_of("处理日期", CellKind.DAY), lambda row: row.ended_on),
    (_text("在场人", 10), lambda row: row.second),
    (_text("关联号", 27), lambda row: row.link),
    (_text("原件存放", 16), lambda row: row.file_place),
)
