"""The sheet of a spot check with kind and nasty facts, ready for pictures."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from reliefdesk.documents.check_sheet import CheckSheetFacts, CheckSheetLine, check_sheet_pdf
from reliefdesk.domain.checks import CheckLine, Draw, draw
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.money import Money
from tests.gallery.case_facts import BUREAU, LONG_NAME, OFFICE, RARE_NAME, REASON, head_of, trained

_SEED = hashlib.sha256(b"a chain head").hexdigest()
_OFFICES = (("150302003", OFFICE), ("150302007", "乌海市海勃湾区滨河街道办事处"))
_STRATA = ("现金-1", "现金-2", "银行-2", "实物-1", "不予救助-1")


def _drawn(count: int) -> Draw:
    lines = [
        CheckLine(
            case_no=f"AJ-{code}-2021-{place:06d}",
            office=code,
            stratum=_STRATA[place * place % 5],
        )
        for place in range(1, count // 2 + 1)
        for code, _ in _OFFICES
    ]
    return draw(_SEED, lines)


def _lines(found: Draw) -> tuple[CheckSheetLine, ...]:
    names = dict(_OFFICES)
    return tuple(
        CheckSheetLine(
            office=names[case_no.split("-")[1]],
            case_no=case_no,
            name="测试甲",
            cause="交通事故",
            stratum="现金，1,000元以上至3,000元",
            amount=Money(200_000),
        )
        for case_no in found.drawn
    )


_SMALL, _LARGE = _drawn(16), _drawn(240)
SHEET = CheckSheetFacts(
    head=head_of(MoneyForm.CHECK_SHEET, unit=BUREAU),
    bureau=BUREAU,
    check_no="CC-150302-202103-00",
    month="2021年3月",
    since=date(2021, 3, 1),
    until=date(2021, 3, 31),
    seed_number=1234,
    list_hash=_SMALL.list_hash,
    draw=_SMALL,
    lines=_lines(_SMALL),
    made_on=date(2021, 4, 2),
    made_by="审批丙",
)
_NASTY_LINE = CheckSheetLine(
    office="内蒙古自治区乌海市海勃湾区千里山镇人民政府",
    case_no="AJ-150302100-2021-000001",
    name=LONG_NAME,
    cause="其他特殊困难",
    stratum="现金，1,000元以上至3,000元",
    amount=Money(12_345_678),
    finding="身份、户籍信息不实、手续材料不全、签字、指印缺失",
    remark=REASON,
    checked=f"2021-04-06 {RARE_NAME}",
    demand=f"{REASON[:60]}（2021-04-20前）",
    answer=f"2021-04-18 {LONG_NAME}：{REASON[:50]}2021-04-21核销：已核对复印件。",
)

FORMS: dict[str, Callable[[], bytes]] = {
    "check-sheet": lambda: check_sheet_pdf(SHEET),
    "check-sheet-nasty": lambda: check_sheet_pdf(
        replace(
            SHEET,
            draw=_LARGE,
            list_hash=_LARGE.list_hash,
            lines=(_NASTY_LINE, replace(_NASTY_LINE, name=RARE_NAME), *_lines(_LARGE)),
            head=trained(SHEET.head),
        )
    ),
}
"""By name of the picture."""
