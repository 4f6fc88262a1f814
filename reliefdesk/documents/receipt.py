"""The cash receipt (领款单): every fact it shows is decided before; equal facts give equal bytes.

Three 联 with their purpose; the third, which leaves the office, masks the identity number.
Sources: RULES.md §3.5 and §3.13; 会计基础工作规范 on vouchers in several 联.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.codes import code_text
from reliefdesk.documents.fonts import Face
from reliefdesk.documents.page import Align, Ink, Paper, Sheet, Type
from reliefdesk.documents.receipt_layout import (
    A5_LAYOUT,
    A5_OVERLAY,
    FANFOLD_LAYOUT,
    FANFOLD_OVERLAY,
    Layout,
    draw_frame,
    officer_name,
    signer_note,
)
from reliefdesk.documents.receipt_marks import (
    PrintMark,
    print_line,
    top_left,
    void_stamp,
    watermark,
)
from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.masking import mask_number
from reliefdesk.domain.money import Money
from reliefdesk.domain.payments import Fingerprint, Proxy
from reliefdesk.domain.terms import Term

_PAD = (1.0, 0.4)


class ReceiptForm(Term):
    """The paper a receipt is printed on; overlay (套打) puts only the facts on printed stock."""

    A5 = "a5", "A5 横向"
    CONTINUOUS_241 = "241", "241 毫米三等分连续纸"
    A5_OVERLAY = "a5_overlay", "A5 横向，套打在印好的单据上"
    OVERLAY_241 = "241_overlay", "241 毫米，套打在印好的单据上"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidMark:
    """The number was voided: why, before whom, when, and the number that replaces it (or '')."""

    reason: str
    second: str
    voided_on: date
    replacement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalMark:
    """The red form (红字) that cancels the receipt of `paid_on`; the amount is negative."""

    reason: str
    second: str
    paid_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """All that stands on one receipt. Names of officers are as shown; '' leaves room to write.

    `receipt_no` None is a preview before the payment: marked 预览, without number and code.
    `approval` is the decision the cash rests on, `policy_basis` the document with its number.
    `printed` None is a look on screen of a receipt that was not printed yet.
    """

    office: str
    receipt_no: ReceiptNo | None
    case_no: str
    approval: str
    paid_on: date
    recipient: str
    document_kind: str
    document_number: str
    hukou_place: str
    cause: str
    policy_basis: str
    amount: Money
    cash_reason: str
    fund_source: str
    cashier: str
    registrar: str
    approver: str
    supervisor: str = ""
    cash_approval: str = ""
    remark: str = ""
    proxy: Proxy | None = None
    fingerprint: Fingerprint | None = None
    printed: PrintMark | None = None
    void: VoidMark | None = None
    reversal: ReversalMark | None = None
    training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """One 联: its name on the edge, its purpose, and whether it leaves the office."""

    side: str
    purpose: str
    masked: bool


_COPIES = (
    _Copy(side="第一联　存根", purpose="本联用途：街道（镇）存根备查，不作报账凭证", masked=False),
    _Copy(side="第二联　报账", purpose="本联用途：财务、区民政局报账，仅此联有效", masked=False),
    _Copy(side="第三联　领款人", purpose="本联用途：领款人留存，不作报账凭证", masked=True),
)
_LAYOUTS = {
    ReceiptForm.A5: A5_LAYOUT,
    ReceiptForm.CONTINUOUS_241: FANFOLD_LAYOUT,
    ReceiptForm.A5_OVERLAY: A5_OVERLAY,
    ReceiptForm.OVERLAY_241: FANFOLD_OVERLAY,
}
_TITLE = "临时救助金（现金）发放领款单"
_SIGNER = "领款人（代领人）签字　金额核对无误"
_RETURNER = "退款人签字　原款已全额退回"


def receipt_pdf(facts: ReceiptFacts, *, form: ReceiptForm) -> bytes:
    """The three 联 of one receipt as a PDF; raises MissingGlyphError, PaperFontsError."""
    return receipts_pdf([facts], form=form)


def receipts_pdf(receipts: Sequence[ReceiptFacts], *, form: ReceiptForm) -> bytes:
    """Many receipts in one PDF, three pages each, in the order given."""
    return _drawn(receipts, form).pdf()


def require_printable(facts: ReceiptFacts) -> None:
    """Refuse, before money moves, what could not be printed afterwards on either form.

    Raises MissingGlyphError naming the characters, TextRoomError for a name or number too long.
    """
    # Overlays have the places of these two.
    for form in (ReceiptForm.A5, ReceiptForm.CONTINUOUS_241):
        _drawn([facts], form)


def _drawn(receipts: Sequence[ReceiptFacts], form: ReceiptForm) -> Paper:
    layout = _LAYOUTS[form]
    paper = Paper(title="领款单", size=layout.size)
    for facts in receipts:
        for page, copy in enumerate(_COPIES, start=1):
            with paper.sheet() as sheet:
                _draw(sheet, layout, facts, copy)
                if not layout.is_preprinted:
                    sheet.place(_frame(paper, layout, facts, copy))
                    sheet.text(layout.page, f"第{page}页　共{len(_COPIES)}页", _foot(Align.RIGHT))
    return paper


def draw_second_copies(paper: Paper, receipts: Sequence[ReceiptFacts]) -> None:
    """The second 联 of each receipt on A5 pages, marked 副本: never a second original."""
    layout, copy = A5_LAYOUT, _COPIES[1]
    paper.turn_to(layout.size)
    for facts in receipts:
        frame = _frame(paper, layout, facts, copy)
        with paper.sheet() as sheet:
            watermark(sheet, layout, "副本")
            _draw(sheet, layout, facts, copy)
            sheet.place(frame)
            sheet.text(layout.page, "副本，原件另附", _foot(Align.RIGHT))


def _frame(paper: Paper, layout: Layout, facts: ReceiptFacts, copy: _Copy) -> str:
    signer = _RETURNER if facts.reversal else _SIGNER
    return paper.part(
        f"{copy.side}{signer}", lambda sheet: draw_frame(sheet, layout, copy.side, signer)
    )


def _draw(sheet: Sheet, layout: Layout, facts: ReceiptFacts, copy: _Copy) -> None:
    _draw_marks(sheet, layout, facts)
    _draw_head(sheet, layout, facts)
    for key, (text, kind) in _values(facts, layout, copy).items():
        sheet.text(layout.cells[key].inset(*_PAD), text, kind)
    officers = (facts.cashier, facts.registrar, facts.supervisor, facts.approver)
    for index, name in enumerate(officers):
        sheet.text(officer_name(layout, index), name, layout.value._replace(whole=True))
    if facts.fingerprint is not None:
        note = f"{facts.fingerprint.reason.label}，按指印；见证人：{facts.fingerprint.witness}"
        sheet.text(signer_note(layout), note, Type(size=8))
    if not layout.is_preprinted:
        sheet.text(layout.purpose, copy.purpose, _foot(Align.LEFT))
    sheet.text(layout.printed, print_line(facts.printed), _foot(Align.CENTRE))


def _draw_marks(sheet: Sheet, layout: Layout, facts: ReceiptFacts) -> None:
    if facts.training:
        watermark(sheet, layout, "演练")
    elif facts.receipt_no is None:
        watermark(sheet, layout, "预览")
    if facts.void is not None:
        void_stamp(sheet, layout)
    words = [
        word
        for word, holds in (
            ("作废", facts.void is not None),
            ("红字", facts.reversal is not None),
            ("演练", facts.training),
            ("预览", facts.receipt_no is None),
        )
        if holds
    ]
    printed = facts.printed
    if printed is not None and printed.nth > 0:
        words.append(printed.words)
        top_left(sheet, layout, "　".join(words), f"{printed.when}　{printed.operator}")
    elif words:
        nothing = facts.training or facts.receipt_no is None
        top_left(sheet, layout, "　".join(words), "不作凭证" if nothing else "")


def _draw_head(sheet: Sheet, layout: Layout, facts: ReceiptFacts) -> None:
    line = Type(size=layout.value.size, whole=True)
    number = facts.receipt_no or "（预览，付款后编号）"
    day = _spaced(facts.paid_on)
    if layout.is_preprinted:
        sheet.text(layout.day, f"　　　{day}", line)
    else:
        head = Type(size=layout.title_size * 0.62, align=Align.CENTRE, whole=True)
        sheet.text(layout.unit, facts.office, head)
        sheet.text(layout.title, _TITLE, head._replace(size=layout.title_size, bold=True))
        sheet.text(layout.day, f"日期：{day}", line)
        number = f"编号 No.　{number}"
    sheet.text(layout.number, number, line._replace(align=Align.RIGHT))
    if facts.receipt_no is not None:
        text = code_text(receipt_no=facts.receipt_no, case_no=facts.case_no)
        sheet.code(layout.code, text)


def _values(facts: ReceiptFacts, layout: Layout, copy: _Copy) -> dict[str, tuple[str, Type]]:
    value, whole = layout.value, layout.value._replace(whole=True)
    ink = Ink.RED if facts.amount.fen < 0 else Ink.BLACK
    money = whole._replace(size=value.size + 1.5, ink=ink)
    number = mask_number(facts.document_number) if copy.masked else facts.document_number
    proxy = facts.proxy
    paper = ("本人领取", "", "", "")
    if proxy is not None:
        shown = mask_number(proxy.number) if copy.masked else proxy.number
        paper = (proxy.name, shown, proxy.relation, proxy.authorisation)
    return {
        "recipient": (facts.recipient, whole),
        "document": (f"{facts.document_kind}　{number}", whole),
        "hukou": (facts.hukou_place, value),
        "case": (f"{facts.case_no}　{facts.approval}", value),
        "cause": (facts.cause, value),
        "basis": (facts.policy_basis, value),
        "words": (facts.amount.words, money),
        "figures": (_figures(facts.amount), money._replace(face=Face.HEI)),
        "method": (f"现金　{facts.cash_reason}", value),
        "fund": (facts.fund_source, value),
        "proxy_name": (paper[0], whole),
        "proxy_number": (paper[1], whole),
        "proxy_relation": (paper[2], value),
        "proxy_paper": (paper[3], value),
        "remark": (_remark(facts), value),
    }


def _figures(amount: Money) -> str:
    # ￥ touches the first digit, so that nothing can be written between them.
    return f"-￥{(-amount).figures}" if amount.fen < 0 else f"￥{amount.figures}"


def _remark(facts: ReceiptFacts) -> str:
    parts: list[str] = []
    if facts.void is not None:
        void = facts.void
        follow = f"，由{void.replacement}号替换" if void.replacement else ""
        parts.append(
            f"{day_text(void.voided_on)}作废{follow}，原因：{void.reason}，在场人：{void.second}"
        )
    if facts.reversal is not None:
        back = facts.reversal
        parts.append(
            f"冲销{day_text(back.paid_on)}第{facts.receipt_no}号，原因：{back.reason}，"
            f"复核人：{back.second}"
        )
    if facts.cash_approval:
        parts.append(f"现金审批：{facts.cash_approval}")
    if facts.remark:
        parts.append(facts.remark)
    return "；".join(parts)


def _spaced(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _foot(align: Align) -> Type:
    return Type(size=8, align=align)
