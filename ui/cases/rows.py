"""The columns of the case list."""

from reliefdesk.domain.case_records import CaseRow
from reliefdesk.domain.money import Money
from ui.widgets.tables import RIGHT, Column


def _figures(amount: Money) -> str:
    return amount.figures if amount.fen else ""


COLUMNS: tuple[Column[CaseRow], ...] = (
    Column(title="案号", text=lambda row: row.case_no, characters=14),
    Column(title="受理日期", text=lambda row: row.accepted_on.isoformat(), characters=6),
    Column(title="姓名", text=lambda row: row.name, characters=5),
    Column(title="类型", text=lambda row: row.cause.label, characters=6),
    Column(title="状态", text=lambda row: row.status, characters=8),
    Column(
        title="待办理",
        text=lambda row: row.waits_for.label if row.waits_for else "",
        characters=4,
    ),
    Column(
        title="申请",
        text=lambda row: row.requested.figures,
        align=RIGHT,
        characters=5,
        order=lambda row: row.requested,
    ),
    Column(
        title="批准",
        text=lambda row: _figures(row.granted),
        align=RIGHT,
        characters=5,
        order=lambda row: row.granted,
    ),
    Column(
        title="已发放",
        text=lambda row: _figures(row.paid),
        align=RIGHT,
        characters=5,
        order=lambda row: row.paid,
    ),
    Column(
        title="补齐期限",
        text=lambda row: row.due_on.isoformat() if row.due_on else "",
        characters=6,
    ),
)
