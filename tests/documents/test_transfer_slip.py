"""Claims about the slip that goes with a bundle: every figure a receiver compares stands on it."""

from io import BytesIO

from pypdf import PdfReader

from reliefdesk.documents.transfer_slip import transfer_slip_pdf
from tests.gallery.sync_forms import NASTY_SLIP, SLIP


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_the_slip_says_what_is_inside_in_figures_and_words() -> None:
    text = text_of(transfer_slip_pdf(SLIP))
    for said in ("第7号", "第1号至第128号", "61笔", "￥12,345.00", "人民币壹万贰仟叁佰肆拾伍元整"):
        assert said in text
    assert "案件受理12" in text


def test_the_slip_carries_fingerprint_size_and_both_signatures() -> None:
    text = text_of(transfer_slip_pdf(SLIP))
    for said in ("01234567890123456789012345", SLIP.file_name, "48,213字节", "U盘1A2B-3C4D"):
        assert said in text
    assert "移交人（签字）" in text
    assert "收件人（签字）" in text


def test_a_slip_of_many_kinds_goes_on_and_loses_nothing() -> None:
    text = text_of(transfer_slip_pdf(NASTY_SLIP))
    assert all(f"第{place}种其他记录" in text for place in range(30))
    assert "2021年3月12日交" in text
    assert "第2页共2页" in text
