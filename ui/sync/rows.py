"""The columns of the lists on the page 报送."""

from PySide6.QtGui import QColor

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.partners import PartnerRow, PartnerState
from reliefdesk.domain.streams import BundleState, EventVerdict, PlanState
from reliefdesk.services.receiving import PlannedBundle
from reliefdesk.services.sticks import Found, StickState
from reliefdesk.services.sync import PendingDay, SentRow
from reliefdesk.services.verdicts import VerdictLine
from ui import theme
from ui.widgets.tables import RIGHT, Column

_DOUBTFUL = frozenset({BundleState.OVERDUE, BundleState.REFUSED, BundleState.PARTLY})
_KIB = 1024


def _bundle_ink(row: SentRow) -> QColor | None:
    if row.state in _DOUBTFUL:
        return theme.ERROR
    return theme.SUCCESS if row.state is BundleState.ACKNOWLEDGED else None


def _plan_ink(row: PlannedBundle) -> QColor | None:
    if row.state in (PlanState.REFUSED, PlanState.ALARM):
        return theme.ERROR
    return theme.SUCCESS if row.state is PlanState.READY else None


def _verdict(row: VerdictLine) -> str:
    return "还没有认定" if row.verdict is None else row.verdict.label


def _on(row: PartnerRow) -> str:
    return "" if row.last_imported_on is None else row.last_imported_on.isoformat()


def _keys(row: PartnerRow) -> str:
    return f"第{row.epoch}期 {row.fingerprint}"


def _handed(row: SentRow) -> str:
    return "" if row.handed_on is None else f"{row.handed_on} {row.receiver}"


def _said(row: PlannedBundle) -> str:
    return "；".join(each for each in (row.why, *row.aside, *row.warnings) if each)


DAYS: tuple[Column[PendingDay], ...] = (
    Column(title="日期", text=lambda row: row.on.isoformat(), characters=7),
    Column(title="未回执笔数", text=lambda row: f"{row.events:,}", align=RIGHT, characters=6),
    Column(title="发放现金", text=lambda row: row.paid.figures, align=RIGHT, characters=8),
)
STICKS: tuple[Column[Found], ...] = (
    Column(title="U盘", text=lambda row: row.label, characters=7),
    Column(
        title="状态",
        text=lambda row: row.state.label,
        characters=7,
        ink=lambda row: None if row.state is StickState.READY else theme.ERROR,
    ),
    Column(
        title="余量",
        text=lambda row: f"{row.free // _KIB // _KIB:,} 兆",
        align=RIGHT,
        characters=5,
    ),
    Column(title="位置", text=lambda row: str(row.folder), characters=12),
)
BUNDLES: tuple[Column[SentRow], ...] = (
    Column(title="包号", text=lambda row: f"第{row.number}号", characters=4),
    Column(title="状态", text=lambda row: row.state.label, characters=6, ink=_bundle_ink),
    Column(title="生成", text=lambda row: shanghai_day(row.made_at).isoformat(), characters=6),
    Column(title="记录编号", text=lambda row: f"{row.first}–{row.last}", characters=6),
    Column(title="笔数", text=lambda row: f"{row.events:,}", align=RIGHT, characters=3),
    Column(title="发放现金", text=lambda row: row.paid.figures, align=RIGHT, characters=7),
    Column(title="移交", text=_handed, characters=9),
    Column(title="内容指纹", text=lambda row: row.fingerprint, characters=15),
)
OFFICES: tuple[Column[PartnerRow], ...] = (
    Column(title="单位", text=lambda row: row.office.name, characters=8),
    Column(
        title="状态",
        text=lambda row: row.state.label,
        characters=6,
        ink=lambda row: None if row.state is PartnerState.ACTIVE else theme.ERROR,
    ),
    Column(title="最近收到", text=_on, characters=6),
    Column(
        title="包号",
        text=lambda row: f"第{row.last_number}号" if row.last_number else "无",
        characters=4,
    ),
    Column(
        title="未报天",
        text=lambda row: f"{row.silent_days or 0}",
        align=RIGHT,
        characters=4,
    ),
    Column(title="等待", text=lambda row: f"{row.waiting}", align=RIGHT, characters=3),
    Column(title="存放", text=lambda row: f"{row.quarantined}", align=RIGHT, characters=3),
    Column(title="已收到", text=lambda row: f"第{row.last_seq}号", align=RIGHT, characters=4),
    Column(title="密钥指纹", text=_keys, characters=18),
)
PLANNED: tuple[Column[PlannedBundle], ...] = (
    Column(title="文件", text=lambda row: row.name, characters=16),
    Column(title="可否导入", text=lambda row: row.state.label, characters=7, ink=_plan_ink),
    Column(title="单位", text=lambda row: row.office, characters=8),
    Column(title="包号", text=lambda row: f"第{row.number}号" if row.number else "", characters=4),
    Column(
        title="记录编号",
        text=lambda row: f"{row.first}–{row.last}" if row.last else "",
        characters=6,
    ),
    Column(title="新记录", text=lambda row: f"{row.fresh:,}", align=RIGHT, characters=4),
    Column(title="说明", text=_said, characters=20),
)
VERDICTS: tuple[Column[VerdictLine], ...] = (
    Column(title="编号", text=lambda row: f"第{row.seq}号", characters=4),
    Column(title="记录", text=lambda row: row.label, characters=7),
    Column(title="日期", text=lambda row: row.on.isoformat(), characters=6),
    Column(
        title="认定",
        text=_verdict,
        characters=8,
        ink=lambda row: None if row.verdict in (EventVerdict.ACCEPTED, None) else theme.ERROR,
    ),
    Column(title="原因和要做的事", text=lambda row: row.why, characters=30),
)
