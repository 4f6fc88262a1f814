"""The receipt for money that comes back (收款收据), A5 landscape in two 联; no payment voucher.

It says in words that the cash is handed to finance, so nobody takes it for income of the float.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.fonts import Face, visible
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.page import A5_LANDSCAPE, Align, Box, Ink, Paper, Sheet, Type
from reliefdesk.documents.receipt_facts import PrintMark
from reliefdesk.documents.receipt_marks import print_line
from reliefdesk.domain.money import Money

_LEFT, _TOP, _WIDTH = 14.0, 34.0, 178.0
_VALUE = Type(size=10.5)
_LABEL = Type(size=10, align=Align.CENTRE)
_COPIES = (
    ("第一联　存根", "本联用途：街道（镇）存根，随缴存凭证入账"),
    ("第二联　交款人", "本联用途：交款人留存，证明款项已退回"),
)
_HEAVY, _FINE = 1.1, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentReceiptFacts:
    """One repayment; `void` is why and when it was taken out, '' while it stands."""

    head: FormHead
    receipt_no: str
    recovery_no: str
    case_no: str
    debtor: str
    payer: str
    ground: str
    amount: Money
    balance: Money
    means: str
    reference: str
    remark: str
    cashier: str
    received_on: date
    printed: PrintMark | None = None
    void: str = ""


def repayment_receipt_pdf(facts: RepaymentReceiptFacts) -> bytes:
    """Both 联 as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    paper = Paper(title="收款收据", size=A5_LANDSCAPE)
    for copy in _COPIES:
        with paper.sheet() as sheet:
            _draw_marks(sheet, facts)
            _draw_head(sheet, facts)
            bottom = _draw_rows(sheet, facts)
            _draw_signs(sheet, facts, bottom)
            _draw_foot(sheet, facts, copy)
    return paper.pdf()


def _draw_marks(sheet: Sheet, facts: RepaymentReceiptFacts) -> None:
    kind = Type(size=80, face=Face.HEI, ink=Ink.FAINT)
    if facts.head.training:
        for across in (50, 150):
            sheet.stamp((across, 70), "演练", kind, angle=16)
    if facts.void:
        sheet.stamp((100, 75), "作废", kind._replace(size=110, ink=Ink.PALE_RED), angle=12)


def _draw_head(sheet: Sheet, facts: RepaymentReceiptFacts) -> None:
    centred = Type(size=11, align=Align.CENTRE, whole=True)
    sheet.text(Box(_LEFT, 8, _WIDTH, 6), facts.head.unit_name, centred)
    mark = "（演练，不作凭证）" if facts.head.training else ""
    title = centred._replace(size=18, bold=True)
    sheet.text(Box(_LEFT, 14, _WIDTH, 10), f"{visible(facts.head.setting.title)}{mark}", title)
    line = Type(size=10.5, whole=True)
    sheet.text(Box(_LEFT, 26, 70, 6), f"日期：{day_text(facts.received_on)}", line)
    number = Box(_LEFT + 70, 26, _WIDTH - 70, 6)
    sheet.text(number, f"编号 No.　{facts.receipt_no}", line._replace(align=Align.RIGHT))


def _draw_rows(sheet: Sheet, facts: RepaymentReceiptFacts) -> float:
    means = f"{facts.means}　{facts.reference}".strip()
    owed = "已全部退清" if not facts.balance.fen else f"尚欠￥{facts.balance.figures}"
    rows = (
        ("交款人", facts.payer, "当事人", facts.debtor),
        ("收款事由", f"退回救助金（{facts.ground}）", "追缴编号", facts.recovery_no),
        ("案号", facts.case_no, "收款方式", means),
        ("（大写）", facts.amount.words, "（小写）", f"￥{facts.amount.figures}"),
        ("退款情况", owed, "备注", "；".join(filter(None, (facts.void, facts.remark)))),
    )
    top = _TOP
    for first, left, second, right in rows:
        height = 11.0
        places = (_LEFT, _LEFT + 22, _LEFT + 108, _LEFT + 130)
        widths = (22.0, 86.0, 22.0, 48.0)
        texts = (first, left, second, right)
        for index, (start, width, text) in enumerate(zip(places, widths, texts, strict=True)):
            box = Box(start, top, width, height)
            sheet.frame(box, _FINE)
            sheet.text(box.inset(1, 0.4), text, _VALUE if index % 2 else _LABEL)
        top += height
    return top


def _draw_signs(sheet: Sheet, facts: RepaymentReceiptFacts, bottom: float) -> None:
    height, third = 34.0, _WIDTH / 3
    signs = (("收款人（出纳）", facts.cashier), ("交款人签字", ""), ("单位（财务专用章）", ""))
    for index, (name, who) in enumerate(signs):
        box = Box(_LEFT + third * index, bottom, third, height)
        sheet.frame(box, _FINE)
        sheet.text(Box(box.left, box.top + 1, third, 5.5), name, _LABEL)
        sheet.text(Box(box.left, box.top + 14, third, 7), who, _LABEL._replace(size=12, whole=True))
    sheet.frame(Box(_LEFT, _TOP, _WIDTH, bottom + height - _TOP), _HEAVY)


def _draw_foot(sheet: Sheet, facts: RepaymentReceiptFacts, copy: tuple[str, str]) -> None:
    small = Type(size=8.5)
    note = "本款不作本单位收入，不得坐支，如数缴存财务；本收据不作领取救助金的凭证。"
    sheet.text(Box(_LEFT, 124, _WIDTH, 5), note, small)
    sheet.text(Box(_LEFT, 130, 100, 5), copy[1], small)
    footer = facts.head.setting.footer
    sheet.text(Box(_LEFT, 135, _WIDTH, 3), footer, Type(size=6, least=4))
    right = Box(_LEFT + 90, 130, _WIDTH - 90, 5)
    sheet.text(right, print_line(facts.printed), small._replace(align=Align.RIGHT))
    if facts.printed is not None and facts.printed.nth:
        mark = Box(_LEFT, 8, 40, 10)
        sheet.frame(mark, 1)
        kind = _LABEL._replace(bold=True)
        sheet.text(mark, facts.printed.words, kind)
    sheet.column(Box(_LEFT + _WIDTH + 2, _TOP, 6, 88), copy[0].replace("　", " "), _LABEL)
