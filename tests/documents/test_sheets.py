"""The recovery sheet, the key card, and pages as pictures."""

from datetime import date

import pytest

from reliefdesk.documents.key_card import KeyLine, key_card_pdf
from reliefdesk.documents.preview import PictureError, page_count, page_pictures
from reliefdesk.documents.receipt import ReceiptForm, receipt_pdf
from reliefdesk.documents.recovery_sheet import RecoverySheetFacts, recovery_sheet_pdf
from reliefdesk.keys.recovery import read_code, spelled
from tests.documents.papers import OFFICE, a_receipt, image, page_lines, page_texts

CODE = spelled(bytes(range(20)))


def _recovery() -> bytes:
    return recovery_sheet_pdf(
        RecoverySheetFacts(
            office=OFFICE, desk_name="正式工作台", code=CODE, made_on=date(2021, 7, 1)
        )
    )


def test_the_recovery_code_can_be_typed_back_from_the_sheet() -> None:
    lines = [line for page in page_lines(_recovery()) for line in page]
    groups = [group for line in lines for group in line.split() if group in CODE.split("-")]
    assert read_code("".join(groups)) == bytes(range(20))


def test_the_recovery_sheet_says_what_it_is_for_and_where_to_keep_it() -> None:
    (page,) = page_texts(_recovery())
    for told in ("用途", "两个信封", "密封", "两人在场", "不拍照", OFFICE, "2021年7月1日"):
        assert told in page


def test_the_recovery_code_is_not_in_the_properties_of_the_file() -> None:
    assert CODE.encode() not in _recovery()


def test_the_key_card_shows_every_key_with_its_command_and_place() -> None:
    lines = [KeyLine(key=f"F{n}", command=f"办事{n}", place="柜台") for n in range(1, 50)]
    pages = page_texts(key_card_pdf(lines))
    assert len(pages) == 2
    text = "".join(pages)
    assert all(f"办事{n}" in text for n in range(1, 50))


def test_a_preview_shows_every_page_as_it_will_be_printed() -> None:
    pdf = receipt_pdf(a_receipt(), form=ReceiptForm.A5)
    pictures = page_pictures(pdf, dpi=72)
    assert page_count(pdf) == len(pictures) == 3
    assert [(picture.width, picture.height) for picture in pictures] == [(596, 420)] * 3


def test_a_picture_has_a_white_ground_and_black_ink() -> None:
    picture = image(page_pictures(receipt_pdf(a_receipt(), form=ReceiptForm.A5))[0])
    assert picture.getpixel((3, 3)) == (255, 255, 255)
    low, _ = picture.convert("L").getextrema()
    assert low == 0


@pytest.mark.parametrize("form", list(ReceiptForm))
def test_nothing_is_drawn_where_a_printer_cannot_reach(form: ReceiptForm) -> None:
    for picture in page_pictures(receipt_pdf(a_receipt(), form=form), dpi=100):
        page = image(picture).convert("L").point(lambda light: 255 if light < 200 else 0)
        left, top, right, bottom = page.getbbox() or (0, 0, 0, 0)
        margin = 3.4 / 25.4 * 100
        assert min(left, top, page.width - right, page.height - bottom) >= margin


def test_what_is_no_pdf_is_named() -> None:
    with pytest.raises(PictureError):
        page_pictures(b"no pdf at all")
