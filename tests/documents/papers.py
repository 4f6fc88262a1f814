"""Sample facts for paper, and what a reader finds on a finished PDF."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image

from reliefdesk.documents.preview import PagePicture, page_pictures
from reliefdesk.documents.receipt_facts import PrintMark, ReceiptFacts
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.money import Money
from tests.gallery.case_facts import head_of

OFFICE = "乌海市海勃湾区凤凰岭街道办事处"
NUMBER = "640102199001019976"
PRINTED = PrintMark(nth=0, at=datetime(2021, 7, 5, 2, 20, tzinfo=UTC), operator="李四")

_RECEIPT = ReceiptFacts(
    head=head_of(MoneyForm.RECEIPT, unit=OFFICE),
    receipt_no=ReceiptNo("XJ-150302003-2021-000001"),
    case_no="AJ-150302003-2021-000007",
    approval="2021-07-05审批",
    paid_on=date(2021, 7, 5),
    recipient="张三",
    document_kind="居民身份证",
    document_number=NUMBER,
    hukou_place="宁夏回族自治区银川市兴庆区",
    cause="火灾",
    policy_basis="乌民发〔2021〕17号；低保标准800.00元",
    amount=Money(243000),
    cash_reason="无银行账户",
    fund_source="困难群众救助补助资金",
    cashier="李四",
    registrar="王五",
    approver="赵六",
    supervisor="钱七",
    printed=PRINTED,
)


def a_receipt(**changes: object) -> ReceiptFacts:
    return replace(_RECEIPT, **changes)  # type: ignore[arg-type]


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, wide blanks kept, line breaks taken out."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return [page.extract_text().replace("\n", "") for page in pages]


def page_lines(pdf: bytes) -> list[list[str]]:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return [page.extract_text().split("\n") for page in pages]


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return [(float(page.mediabox.width), float(page.mediabox.height)) for page in pages]


def image(picture: PagePicture) -> Image.Image:
    size = (picture.width, picture.height)
    return Image.frombytes("RGB", size, picture.rgb, "raw", "RGB", picture.stride)


def codes_on(pdf: bytes, *, dpi: int = 200) -> list[list[str]]:
    """What a scanner reads from each page."""
    return [
        [code.text for code in zxingcpp.read_barcodes(image(picture))]
        for picture in page_pictures(pdf, dpi=dpi)
    ]


def places(pdf: bytes, words: str) -> list[tuple[float, float]]:
    """Where `words` begin first on each page that has them: points from left and from below."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        match = text.search(words).get_next()
        if match is not None:
            left, lower, _, _ = text.get_charbox(match[0])
            found.append((left, lower))
    document.close()
    return found
