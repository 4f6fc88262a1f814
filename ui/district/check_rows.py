"""How a drawn case is shown on both sides: the columns of its list, and its story in one text."""

from reliefdesk import wording
from reliefdesk.domain.check_records import CheckItem, CheckState
from reliefdesk.domain.checks import stratum_words
from ui import theme
from ui.widgets.tables import RIGHT, Column

_PRESSING = (CheckState.ASKED, CheckState.DEFECTIVE)


def _due(row: CheckItem) -> str:
    return "" if row.rectification is None else row.rectification.due_on.isoformat()


_OFFICE: Column[CheckItem] = Column(title="单位", text=lambda row: row.office_name, characters=8)
_CASE: tuple[Column[CheckItem], ...] = (
    Column(
        title="状态",
        text=lambda row: row.state.label,
        characters=8,
        ink=lambda row: theme.ERROR if row.state in _PRESSING else None,
    ),
    Column(title="案号", text=lambda row: row.line.case_no, characters=13),
    Column(title="姓名", text=lambda row: row.name, characters=4),
    Column(title="金额", text=lambda row: row.amount.figures, align=RIGHT, characters=6),
    Column(
        title="结论",
        text=lambda row: "" if row.finding is None else row.finding.words,
        characters=12,
    ),
    Column(title="整改期限", text=_due, characters=6),
    Column(title="类别", text=lambda row: stratum_words(row.line.stratum), characters=13),
    Column(title="抽查编号", text=lambda row: row.check_no, characters=11),
)
COLUMNS_OF_OFFICES = (_OFFICE, *_CASE)
"""As the district lists them."""
COLUMNS_OF_OWN = _CASE
"""As an office lists its own."""


def story(row: CheckItem) -> str:
    """What was found, asked, answered and closed, as far as it went."""
    found, asked = row.finding, row.rectification
    if found is None:
        return wording.text("checks.told_drawn", month=row.month, check_no=row.check_no)
    said = wording.text(
        "checks.told_found",
        on=found.checked_on,
        who=found.checked_by,
        words=found.words,
        remark=found.remark or "无",
    )
    if asked is None:
        return said
    said += wording.text("checks.told_asked", on=asked.due_on, demand=asked.demand)
    if asked.done_on is not None:
        said += wording.text(
            "checks.told_answered", on=asked.done_on, who=asked.answered_by, answer=asked.answer
        )
    if asked.closed_on is not None:
        said += wording.text("checks.told_closed", on=asked.closed_on, remark=asked.remark)
    return said
