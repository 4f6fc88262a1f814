"""The sheet of one claim for the department (追缴资金办理单, §3.12): owed, came back, deposited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import (
    amount_text,
    banner,
    opinion,
    pairs,
    row,
    table,
    terms,
    text_rows,
)
from reliefdesk.documents.form_grid import label as name_of
from reliefdesk.documents.form_page import Block, FormHead, form_pdf
from reliefdesk.documents.page import Align
from reliefdesk.documents.table import Column
from reliefdesk.domain.money import Money
from reliefdesk.domain.recoveries import (
    Repayment,
    ToleranceRecorded,
)
from reliefdesk.domain.recovery_orders import (
    ErrorCause,
    Ground,
    Means,
)

_COLUMNS = (
    Column("收据号", 50),
    Column("收款日期", 24, Align.CENTRE),
    Column("方式", 20, Align.CENTRE),
    Column("金额（元）", 26, Align.RIGHT),
    Column("交款人", 22),
    Column("缴入财务", 32, Align.CENTRE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentSheetFacts:
    """One claim with its standing repayments. `years` are the years the money was paid in."""

    head: FormHead
    name: str
    document: str
    case_no: str
    ground: Ground
    reason: str
    paid: Money
    amount: Money
    repaid: Money
    years: str
    due_on: date
    penalty: str
    repayments: Sequence[Repayment]
    tolerance: ToleranceRecorded | None
    made_by: str


def repayment_sheet_pdf(facts: RepaymentSheetFacts) -> bytes:
    """The sheet as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    blocks = [*_owed(facts), *_came_back(facts), *_tolerated(facts), *_signed()]
    return form_pdf(facts.head, blocks, foot=(f"填报人：{facts.made_by}", "审核：", "负责人："))


def _owed(facts: RepaymentSheetFacts) -> list[Block]:
    return [
        pairs(("姓名", facts.name, 60), ("案号", facts.case_no, 0)),
        pairs(("证件及号码", facts.document, 0)),
        row(name_of("追缴类别"), terms(Ground, facts.ground)),
        *text_rows("追缴事由", facts.reason, least=10),
        pairs(("已发放金额", amount_text(facts.paid), 0)),
        pairs(("应缴金额", amount_text(facts.amount), 0)),
        pairs(("起止年度", facts.years, 60), ("退款期限", day_text(facts.due_on), 0)),
        *text_rows("民政部门处理", facts.penalty or "无"),
    ]


def _came_back(facts: RepaymentSheetFacts) -> list[Block]:
    rows = [_line(each) for each in facts.repayments]
    return [
        banner("已缴情况"),
        *table(_COLUMNS, rows, least_rows=2),
        pairs(("已缴金额", amount_text(facts.repaid), 0)),
        pairs(("尚欠金额", amount_text(facts.amount - facts.repaid), 0)),
    ]


def _line(found: Repayment) -> tuple[str, ...]:
    details = found.details
    if details.means is Means.BANK:
        place = f"银行 {details.reference}"
    else:
        place = "待缴存" if found.deposited_on is None else found.deposited_on.isoformat()
    return (
        details.receipt_no,
        details.received_on.isoformat(),
        details.means.label,
        details.amount.figures,
        details.payer,
        place,
    )


def _tolerated(facts: RepaymentSheetFacts) -> list[Block]:
    found = facts.tolerance
    cause = None if found is None else found.cause
    checked = "" if found is None else f"{day_text(found.checked_on)}：{found.checked}"
    corrected = None if found is None else found.corrected_on
    return [
        banner("容错纠错（乌民发〔2021〕17号第八条）"),
        row(name_of("差错原因"), terms(ErrorCause, cause)),
        *text_rows("核查情况", checked, least=10),
        pairs(
            ("数据来源", "" if found is None else found.source, 60),
            ("纠正日期", day_text(corrected), 0),
        ),
        *text_rows("说明", "" if found is None else found.remark),
    ]


def _signed() -> list[Block]:
    return [
        opinion("街道（镇）意见", "", ("负责人（签字）",), seal="单位盖章"),
        opinion("财务接收", "上述退款已如数收到。", ("财务（签字）",), least=20),
    ]
