"""Text in a given room is whole and inside, or says that it is not whole, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.documents.fonts import Face, paper_fonts
from reliefdesk.documents.lines import LEADING, Room, TextRoomError, fit_or_refer, fit_whole, wrap

WIDTHS = paper_fonts().widths[Face.SONG]
texts = st.text(alphabet="乌海市救助，。（）AJ-2021 1,234.00·", min_size=1, max_size=120)


def _width(line: str) -> float:
    return sum(WIDTHS[char] for char in line)


@given(text=texts, width=st.floats(min_value=3, max_value=40))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, width: float) -> None:
    lines = wrap(text, WIDTHS, width)
    assert all(_width(line.rstrip()) <= width + 1e-6 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(text=texts, width=st.floats(min_value=30, max_value=300), height=st.floats(8, 60))
def test_fitted_text_stays_in_its_room(text: str, width: float, height: float) -> None:
    fitted = fit_or_refer(text, WIDTHS, Room(width=width, height=height, size=10.5, least=5))
    assert fitted.size * (1 + LEADING * (len(fitted.lines) - 1)) <= height + 1e-6
    assert all(_width(line.rstrip()) * fitted.size <= width + 1e-6 for line in fitted.lines)


def test_text_is_shrunk_before_it_is_wrapped() -> None:
    fitted = fit_whole("乌海市海勃湾区", WIDTHS, Room(width=60, height=14, size=10, least=5))
    assert (fitted.size, fitted.lines) == (8.5, ("乌海市海勃湾区",))


def test_text_that_never_fits_says_that_the_rest_is_in_the_case_file() -> None:
    fitted = fit_or_refer("灾" * 500, WIDTHS, Room(width=100, height=20, size=10, least=5))
    assert fitted.lines[-1].endswith("…（余见案卷）")


def test_a_name_that_never_fits_is_refused() -> None:
    with pytest.raises(TextRoomError):
        fit_whole("灾" * 500, WIDTHS, Room(width=100, height=20, size=10, least=5))


def test_a_number_is_broken_only_behind_its_dashes() -> None:
    assert wrap("AJ-150302003-2021-000001", WIDTHS, 8) == ("AJ-150302003-", "2021-000001")


def test_no_line_begins_with_a_stop() -> None:
    assert all(line[0] not in "，。" for line in wrap("救助，" * 20 + "。", WIDTHS, 5))
