"""Receipts and the work ledger on paper, against a bare canvas that draws the same strings.

The strings are read back from our own pages, so the limit draws what we draw, with the same faces;
it draws no lines, no codes, measures nothing and wraps nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import cycle, islice
from typing import Any

import pypdf
from reportlab.pdfgen.canvas import Canvas

from reliefdesk.documents.fonts import paper_fonts
from reliefdesk.documents.ledger_columns import WorkLedgerLine
from reliefdesk.documents.page import A3_LANDSCAPE, A5_LANDSCAPE, POINTS, PaperSize
from reliefdesk.documents.receipt import ReceiptForm, receipt_pdf, receipts_pdf
from reliefdesk.documents.receipt_facts import ReceiptFacts
from reliefdesk.documents.work_ledger import WorkLedgerFacts, work_ledger_pdf
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.money import Money
from tests.bench.lines import Line, medians_ms
from tests.gallery.case_facts import head_of

RECEIPTS = 1_000
ROWS = 10_000
_SAMPLE = 20
_LIMIT = "raw canvas, same strings"

Strings = list[tuple[float, float, float, str, str]]
"""Left, base line, size, face and text of each string of a page."""


def measure() -> list[Line]:
    """One receipt, a thousand receipts, a ledger of ten thousand rows."""
    return [_one_receipt(), _many_receipts(), _ledger()]


def _one_receipt() -> Line:
    facts = _receipt(1)
    pages = strings(receipt_pdf(facts, form=ReceiptForm.A5))
    limit, ours = medians_ms(
        raw(pages, A5_LANDSCAPE), lambda: receipt_pdf(facts, form=ReceiptForm.A5), rounds=15
    )
    return Line(figure="receipt → PDF", limit=limit, ours=ours, goal=1.5, limit_is=_LIMIT)


def _many_receipts() -> Line:
    sample = strings(receipts_pdf([_receipt(n) for n in range(_SAMPLE)], form=ReceiptForm.A5))
    pages = list(islice(cycle(sample), RECEIPTS * 3))
    receipts = [_receipt(number) for number in range(RECEIPTS)]
    limit, ours = medians_ms(
        raw(pages, A5_LANDSCAPE), lambda: receipts_pdf(receipts, form=ReceiptForm.A5)
    )
    return Line(
        figure="1,000 receipts → one PDF", limit=limit, ours=ours, goal=1.5, limit_is=_LIMIT
    )


def _ledger() -> Line:
    facts = _ledger_facts(ROWS)
    count = len(pypdf.PdfReader(BytesIO(work_ledger_pdf(facts))).pages)
    # The last page of the sample is not full, so it does not count for the limit.
    sample = strings(work_ledger_pdf(_ledger_facts(ROWS // 25)))[:-1]
    pages = list(islice(cycle(sample), count))
    limit, ours = medians_ms(raw(pages, A3_LANDSCAPE), lambda: work_ledger_pdf(facts))
    return Line(
        figure="work ledger, 10,000 rows → PDF", limit=limit, ours=ours, goal=0.6, limit_is=_LIMIT
    )


def raw(pages: list[Strings], size: PaperSize) -> Callable[[], bytes]:
    """Draw the strings of some pages on a bare canvas."""

    def draw() -> bytes:
        buffer = BytesIO()
        canvas = Canvas(buffer, pagesize=(size.width * POINTS, size.height * POINTS), invariant=1)
        for strings in pages:
            now = ("", 0.0)
            for left, base, points, face, text in strings:
                if now != (face, points):
                    now = (face, points)
                    canvas.setFont(face, points)
                canvas.drawString(left, base, text)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    return draw


def strings(pdf: bytes) -> list[Strings]:
    """Read back every string of a PDF with its place, size and face."""
    paper_fonts()
    pages: list[Strings] = []
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        found: Strings = []

        def hear(*heard: Any, found: Strings = found) -> None:  # noqa: ANN401 - as pypdf tells it
            text, _, place, font, size = heard
            line = text.strip("\n")
            if not line.strip():
                return
            # The reader reports each font change; a bare canvas draws the string as one.
            if found and found[-1][:2] == (place[4], place[5]):
                line = found.pop()[-1] + line
            face = font["/BaseFont"].partition("+")[2]
            found.append((place[4], place[5], size, face, line))

        page.extract_text(visitor_text=hear)
        pages.append(found)
    return pages


def _receipt(number: int) -> ReceiptFacts:
    first = ReceiptFacts(
        head=head_of(MoneyForm.RECEIPT, unit="乌海市海勃湾区凤凰岭街道办事处"),
        receipt_no=ReceiptNo("XJ-150302003-2021-000001"),
        case_no="AJ-150302003-2021-000001",
        approval="2021-07-05审批",
        paid_on=date(2021, 7, 5),
        recipient="阿拉坦·巴特尔",
        document_kind="居民身份证",
        document_number="640102199001019976",
        hukou_place="宁夏回族自治区银川市兴庆区",
        cause="火灾：租住房屋失火，衣物和生活用品烧毁",
        policy_basis="乌民发〔2021〕17号；低保标准800.00元",
        amount=Money(243000),
        cash_reason="无银行账户，急需食宿",
        fund_source="困难群众救助补助资金",
        cashier="李四",
        registrar="张三",
        approver="王五",
        supervisor="赵六",
    )
    return replace(
        first,
        receipt_no=ReceiptNo(f"XJ-150302003-2021-{number:06d}"),
        case_no=f"AJ-150302003-2021-{number:06d}",
        recipient=first.recipient + "甲乙丙丁戊己庚辛壬癸"[number % 10],
        document_number=f"6401021990{number:08d}",
        amount=Money(100 + number),
    )


def _ledger_facts(rows: int) -> WorkLedgerFacts:
    return WorkLedgerFacts(
        head=head_of(MoneyForm.WORK_LEDGER, unit="乌海市海勃湾区凤凰岭街道办事处"),
        since=date(2021, 1, 1),
        until=date(2021, 12, 31),
        lines=[_line(number) for number in range(1, rows + 1)],
        made_on=date(2021, 12, 31),
        made_by="张三",
    )


def _line(number: int) -> WorkLedgerLine:
    day = f"2021-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    amount = Money(50000 + number * 7)
    return WorkLedgerLine(
        case_no=f"AJ-150302003-2021-{number:06d}",
        accepted=f"{day} {number % 9 + 8:02d}:{number % 60:02d}",
        source="本人求助",
        name=("阿拉坦·巴特尔", "张三", "欧阳娜仁", "李小山")[number % 4] + "甲乙丙丁戊"[number % 5],
        sex="男女"[number % 2],
        ethnicity=("蒙古族", "汉族", "回族")[number % 3],
        born=f"19{number % 60 + 30}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        document_kind="居民身份证",
        document_number=f"6401021990{number:08d}",
        hukou_place=("宁夏回族自治区银川市兴庆区", "甘肃省天水市秦州区")[number % 2],
        permit="未办理",
        emergency_place=f"凤凰岭街道海拉南路{number % 300}号",
        cause=("火灾", "交通事故", "突发重大疾病")[number % 3],
        summary="租住房屋失火，衣物烧毁，暂无收入来源",
        persons=str(number % 4 + 1),
        first_relief="否",
        investigated=f"{day} 张三、李四",
        reviewed=f"{day} 王五",
        approved=f"{day} 赵六 街道",
        standard="800.00",
        multiple="3",
        granted=amount,
        method="现金",
        paid=amount,
        paid_on=day,
        receipt_nos=f"XJ-150302003-2021-{number:06d}",
        collector="本人",
        publicity="未公示",
        completed=day,
        file_place=f"2021-{number}",
    )
