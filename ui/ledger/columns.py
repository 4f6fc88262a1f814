"""The columns of the two books on screen: the work ledger of §3.7, and the fate of numbers."""

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QColor

from reliefdesk.clock import shanghai_time
from reliefdesk.domain.ledger import LedgerRow
from reliefdesk.domain.number_fates import NumberFate
from reliefdesk.domain.receipts import ReceiptState
from ui import theme
from ui.widgets.tables import CENTRE, RIGHT, Column

FROZEN = 3
"""序号, 案号 and 姓名 stay in sight."""


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _text(
    title: str, text: Callable[[LedgerRow], str], characters: int, *, centred: bool = False
) -> Column[LedgerRow]:
    if centred:
        return Column(title=title, text=text, characters=characters, align=CENTRE)
    return Column(title=title, text=text, characters=characters)


def _approved(row: LedgerRow) -> str:
    return "" if row.approved is None else row.approved.figures


def _paid(row: LedgerRow) -> str:
    return row.paid.figures if row.payments else ""


def _accepted(row: LedgerRow) -> str:
    return f"{shanghai_time(row.accepted_at):%Y-%m-%d %H:%M}"


def _relief(row: LedgerRow) -> str:
    at = row.first_relief_at
    return "否" if at is None else f"是 {shanghai_time(at):%m-%d %H:%M}"


def _paid_on(row: LedgerRow) -> str:
    shown = [payment.paid_on for payment in row.payments if payment.moved.fen]
    return "、".join(_day(day) for day in dict.fromkeys(shown))


def _receipts(row: LedgerRow) -> str:
    return "、".join(
        payment.receipt_no if not payment.undone else f"{payment.receipt_no}（{payment.undone}）"
        for payment in row.payments
    )


def _recovered(row: LedgerRow) -> str:
    return row.recovered.figures if row.recovered.fen else ""


def _recovered_on(row: LedgerRow) -> str:
    return "、".join(_day(day) for day in dict.fromkeys(row.recovered_on))


def _collectors(row: LedgerRow) -> str:
    shown = [payment.collector for payment in row.payments if payment.moved.fen]
    return "、".join(dict.fromkeys(shown))


_UNDONE = frozenset({ReceiptState.VOID, ReceiptState.REVERSED})

LEDGER: tuple[Column[LedgerRow], ...] = (
    Column(title="序号", text=lambda row: str(row.place), align=RIGHT, characters=3),
    _text("案号", lambda row: row.case_no, 13),
    _text("姓名", lambda row: row.name, 6),
    _text("受理时间", _accepted, 8),
    _text("困难类型", lambda row: row.cause.label, 6),
    _text("状态", lambda row: row.status, 7),
    Column(title="批准金额", text=_approved, align=RIGHT, characters=5),
    Column(title="发放金额", text=_paid, align=RIGHT, characters=5),
    _text("发放日期", _paid_on, 6, centred=True),
    _text("领款单号", _receipts, 13),
    _text("领款人", _collectors, 5),
    Column(title="人数", text=lambda row: str(row.persons_relieved), align=RIGHT, characters=3),
    _text("证件类型", lambda row: row.document_kind, 6, centred=True),
    _text("证件号", lambda row: row.number, 11),
    _text("性别", lambda row: row.sex.label, 3, centred=True),
    _text("民族", lambda row: row.ethnicity, 4),
    _text("出生日期", lambda row: _day(row.birth_on), 6),
    _text("户籍地", lambda row: row.hukou_place, 12),
    _text("居住证情况", lambda row: row.permit, 6),
    _text("急难发生地", lambda row: row.emergency_place, 10),
    _text("事由摘要", lambda row: row.narrative.replace("\n", " "), 18),
    _text("来源", lambda row: row.source, 5),
    _text("先行救助", _relief, 7),
    _text("调查", lambda row: row.investigated, 14),
    _text("审核", lambda row: row.reviewed, 9),
    _text("审批", lambda row: row.decided, 9),
    _text("权限", lambda row: row.authority, 8),
    Column(title="低保标准", text=lambda row: row.standard, align=RIGHT, characters=5),
    Column(title="倍数", text=lambda row: row.multiplier, align=RIGHT, characters=3),
    _text("发放方式", lambda row: row.method.label, 5, centred=True),
    _text("手续补齐", lambda row: _day(row.completed_on), 6),
    Column(title="追回金额", text=_recovered, align=RIGHT, characters=5),
    _text("追回日期", _recovered_on, 6),
    _text("备注", lambda row: row.remark, 16),
)


def _red(row: NumberFate) -> QColor | None:
    return theme.ERROR if row.is_undone else None


NUMBERS: tuple[Column[NumberFate], ...] = (
    Column(title="号码", text=lambda row: row.number, characters=13),
    Column(title="去向", text=lambda row: row.state, characters=6, ink=_red),
    Column(title="开具日期", text=lambda row: _day(row.issued_on), characters=6),
    Column(title="姓名", text=lambda row: row.name, characters=4),
    Column(title="开具金额", text=lambda row: row.amount.figures, align=RIGHT, characters=5),
    Column(title="有效金额", text=lambda row: row.net.figures, align=RIGHT, characters=5),
    Column(title="打印次数", text=lambda row: str(row.prints), align=RIGHT, characters=4),
    Column(title="存放", text=lambda row: row.file_place, characters=6),
    Column(title="处理日期", text=lambda row: _day(row.ended_on), characters=6),
    Column(title="出纳", text=lambda row: row.who, characters=4),
    Column(title="在场人", text=lambda row: row.second, characters=4),
    Column(title="种类", text=lambda row: row.kind.label, characters=5),
    Column(title="案号", text=lambda row: row.case_no, characters=13),
    Column(title="关联号", text=lambda row: row.link, characters=13),
    Column(title="原因", text=lambda row: row.reason, characters=20),
)
