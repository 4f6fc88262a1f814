"""The parameter list (参数清单) as lines: every row ever entered, and what holds without a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QColor

from reliefdesk import wording
from reliefdesk.domain.policies import AreaClass, PolicyRow
from reliefdesk.domain.policy_keys import POLICY_SPECS, PolicyKey, PolicyKind
from reliefdesk.domain.terms import Term
from reliefdesk.services.policies import PolicyLine
from ui import theme
from ui.widgets.tables import CENTRE, RIGHT, Column

CITY = "1503"
_DISTRICT_DIGITS = 6


class RowState(Term):
    """Where a row stands today."""

    RUNNING = "running", "执行中"
    LATER = "later", "未开始"
    ENDED = "ended", "已结束"
    CORRECTED = "corrected", "已更正"
    OVERRULED = "overruled", "以区为准"
    DEFAULT = "default", "程序默认"
    UNSET = "unset", "没有设定"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """One line. `row` is None for what the program holds by default or nobody has set."""

    key: PolicyKey
    area: AreaClass
    value: str
    state: RowState
    row: PolicyRow | None = None
    entered_by: str = ""
    confirmed_by: str = ""
    published: bool = False
    scope: str = ""


def parameter_rows(
    lines: Sequence[PolicyLine], today: date, offices: Mapping[str, str]
) -> tuple[ParameterRow, ...]:
    """Every key in its order: the row in force first, then later, ended and corrected ones.

    `offices` names a district's offices by their codes.
    """
    found: list[ParameterRow] = []
    for key, spec in POLICY_SPECS.items():
        own = [_row(line, today, offices) for line in lines if line.row.key is key]
        areas = (AreaClass.URBAN, AreaClass.RURAL) if spec.by_area else (AreaClass.ANY,)
        for area in areas:
            rows = [row for row in own if row.area is area]
            if not any(row.state is RowState.RUNNING for row in rows):
                rows.append(_without_row(key, area))
            found += sorted(rows, key=_place)
    return tuple(found)


def value_text(key: PolicyKey, value: str) -> str:
    """A value as people read it: the label of a choice, else as entered."""
    return dict(POLICY_SPECS[key].choices).get(value, value)


def scope_text(scope: str, offices: Mapping[str, str]) -> str:
    """For which offices a row holds: the city, the district, one office (a district's by name)."""
    if scope == CITY:
        return wording.text("policies_page.whole_city")
    local = "district" if len(scope) <= _DISTRICT_DIGITS else "office"
    return offices.get(scope) or wording.text(f"policies_page.{local}")


def source_text(row: ParameterRow) -> str:
    """Who entered a row: somebody here, or the district for all its offices."""
    return wording.text("policies_page.source_district") if row.published else row.entered_by


def _row(line: PolicyLine, today: date, offices: Mapping[str, str]) -> ParameterRow:
    row = line.row
    unit = f" {row.unit.label}" if row.key is PolicyKey.STANDARD else ""
    money = POLICY_SPECS[row.key].kind is PolicyKind.MONEY and not unit
    return ParameterRow(
        key=row.key,
        area=row.area,
        value=value_text(row.key, row.value) + (unit or ("元" if money else "")),
        state=_state(line, today),
        row=row,
        entered_by=line.entered_by,
        confirmed_by=line.confirmed_by,
        published=line.published,
        scope=scope_text(row.scope, offices),
    )


def _state(line: PolicyLine, today: date) -> RowState:
    if line.corrected:
        return RowState.CORRECTED
    if line.row.valid_from > today:
        return RowState.LATER
    ended = line.row.valid_to is not None and line.row.valid_to <= today
    if line.overruled and not ended:
        return RowState.OVERRULED
    return RowState.ENDED if ended else RowState.RUNNING


def _without_row(key: PolicyKey, area: AreaClass) -> ParameterRow:
    default = POLICY_SPECS[key].default
    if default is None:
        return ParameterRow(key=key, area=area, value="", state=RowState.UNSET)
    money = POLICY_SPECS[key].kind is PolicyKind.MONEY
    shown = value_text(key, default) + ("元" if money else "")
    return ParameterRow(key=key, area=area, value=shown, state=RowState.DEFAULT)


def _place(row: ParameterRow) -> tuple[int, date]:
    order = (
        RowState.RUNNING,
        RowState.DEFAULT,
        RowState.UNSET,
        RowState.LATER,
        RowState.OVERRULED,
        RowState.ENDED,
        RowState.CORRECTED,
    )
    return order.index(row.state), date.max if row.row is None else row.row.valid_from


_INKS = {
    RowState.UNSET: theme.ERROR,
    RowState.ENDED: theme.INK_QUIET,
    RowState.CORRECTED: theme.INK_QUIET,
    RowState.OVERRULED: theme.INK_QUIET,
    RowState.DEFAULT: theme.INK_QUIET,
}


def _ink(row: ParameterRow) -> QColor | None:
    if row.state is RowState.UNSET and not POLICY_SPECS[row.key].required:
        return theme.INK_QUIET
    return _INKS.get(row.state)


def _since(row: ParameterRow) -> str:
    return "" if row.row is None else row.row.valid_from.isoformat()


def _until(row: ParameterRow) -> str:
    if row.row is None:
        return ""
    end = row.row.valid_to
    return wording.text("policies_page.until_open") if end is None else end.isoformat()


def _area(row: ParameterRow) -> str:
    return "" if row.area is AreaClass.ANY else row.area.label


COLUMNS: tuple[Column[ParameterRow], ...] = (
    Column(title="参数", text=lambda row: row.key.label, characters=9, ink=_ink),
    Column(title="适用", text=_area, characters=3, ink=_ink),
    Column(title="数值", text=lambda row: row.value, align=RIGHT, characters=7, ink=_ink),
    Column(title="状态", text=lambda row: row.state.label, align=CENTRE, characters=4, ink=_ink),
    Column(title="生效日", text=_since, characters=5, ink=_ink),
    Column(title="止（不含）", text=_until, characters=5, ink=_ink),
    Column(
        title="文件",
        text=lambda row: "" if row.row is None else row.row.document,
        characters=10,
        ink=_ink,
    ),
    Column(title="录入", text=source_text, characters=4, ink=_ink),
    Column(title="确认", text=lambda row: row.confirmed_by, characters=3, ink=_ink),
    # Last, for it is the shortest: what is too narrow for it hides nobody's name.
    Column(title="范围", text=lambda row: row.scope, characters=3, ink=_ink),
)
