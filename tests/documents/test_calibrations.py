"""A ruler page measures a printer; a calibrated file undoes what the printer does."""

import pytest

from reliefdesk.documents.calibrations import calibrated
from reliefdesk.documents.page import A4, A5_LANDSCAPE, FANFOLD_241, POINTS, PaperSize
from reliefdesk.documents.receipt import ReceiptForm, receipt_pdf
from reliefdesk.documents.ruler_page import ruler_page_pdf
from reliefdesk.domain.calibrations import TRUE_READING, RulerReading
from tests.documents.papers import a_receipt, page_sizes, page_texts, places

STRAYING = RulerReading(left=215, top=183, across=1012, down=494)
"""1.5 mm too far right, 1.7 mm too high, 1.2 % too wide, 1.2 % too low."""
WORDS = ("张三", "XJ-150302003-2021-000001", "赵六")


def printed(place: tuple[float, float], height: float) -> tuple[float, float]:
    """Where the straying printer puts a mark of the file."""
    left, top = place[0] / POINTS * 10, (height - place[1]) / POINTS * 10
    across = STRAYING.left + (left - TRUE_READING.left) * STRAYING.across / TRUE_READING.across
    down = STRAYING.top + (top - TRUE_READING.top) * STRAYING.down / TRUE_READING.down
    return across / 10 * POINTS, height - down / 10 * POINTS


@pytest.mark.parametrize("form", list(ReceiptForm))
def test_what_a_straying_printer_prints_stands_where_it_belongs(form: ReceiptForm) -> None:
    wanted = receipt_pdf(a_receipt(), form=form)
    sent = calibrated(wanted, STRAYING)
    height = page_sizes(wanted)[0][1]
    assert page_sizes(sent) == page_sizes(wanted)
    for words in WORDS:
        for true, moved in zip(places(wanted, words), places(sent, words), strict=True):
            assert moved != pytest.approx(true, abs=1)
            assert printed(moved, height) == pytest.approx(true, abs=0.1)


def test_a_faithful_printer_gets_the_very_file() -> None:
    pdf = receipt_pdf(a_receipt(), form=ReceiptForm.A5)
    assert calibrated(pdf, TRUE_READING) is pdf


@pytest.mark.parametrize("size", [A4, A5_LANDSCAPE, FANFOLD_241])
def test_the_ruler_page_fits_its_paper_and_says_what_to_measure(size: PaperSize) -> None:
    pdf = ruler_page_pdf(size, printer="前台", form="领款单")
    ((width, height),) = page_sizes(pdf)
    assert (width, height) == pytest.approx((size.width * POINTS, size.height * POINTS))
    (text,) = page_texts(pdf)
    assert "打印机 前台" in text
    for told in ("应为 20 毫米", "应为 100 毫米", "应为 50 毫米"):
        assert told in text
    (_, lowest) = places(pdf, "④")[0]
    assert lowest > 0
