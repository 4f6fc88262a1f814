"""What is set into the cells of a receipt, the amounts in words and figures among them."""

from reliefdesk.documents.book import day_text
from reliefdesk.documents.fonts import Face
from reliefdesk.documents.page import Ink, Type
from reliefdesk.documents.receipt_facts import ReceiptFacts
from reliefdesk.documents.receipt_layout import Layout
from reliefdesk.domain.masking import mask_number
from reliefdesk.domain.money import Money


def receipt_cells(
    facts: ReceiptFacts, layout: Layout, *, masked: bool
) -> dict[str, tuple[str, Type]]:
    """The text of each cell of the layout and its type; `masked` hides identity numbers."""
    value, whole = layout.value, layout.value._replace(whole=True)
    ink = Ink.RED if facts.amount.fen < 0 else Ink.BLACK
    money = whole._replace(size=value.size + 1.5, ink=ink)
    number = mask_number(facts.document_number) if masked else facts.document_number
    proxy = facts.proxy
    paper = ("本人领取", "", "", "")
    if proxy is not None:
        shown = mask_number(proxy.number) if masked else proxy.number
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
