"""No name is printed with a blank or a crossed box: it has its glyphs, or it is refused by name."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PIL import ImageChops

from reliefdesk.documents.fonts import (
    Face,
    FontStack,
    MissingGlyphError,
    PaperFontsError,
    paper_fonts,
    to_unicode_cmap,
    visible,
)
from reliefdesk.documents.page import A5_LANDSCAPE, Box, Paper, Type
from reliefdesk.documents.preview import page_pictures
from reliefdesk.errors import BugError
from reliefdesk.paths import font_file, rare_fonts
from reliefdesk.wording import sentence
from tests.documents.papers import image

RARE = "䶮㛃𬱖𠮷堃〇·"
needs_rare = pytest.mark.skipif(not rare_fonts(), reason="no faces for rare characters here")


def _page(text: str) -> bytes:
    paper = Paper(title="试", size=A5_LANDSCAPE)
    with paper.sheet() as sheet:
        sheet.text(Box(20, 20, 170, 60), text, Type(size=60))
    return paper.pdf()


@needs_rare
def test_rare_characters_have_a_glyph_on_paper() -> None:
    assert paper_fonts().missing(RARE) == ()


@needs_rare
def test_each_rare_character_leaves_its_own_ink() -> None:
    pictures = [image(page_pictures(_page(char), dpi=40)[0]) for char in ["　", *RARE]]
    for index, first in enumerate(pictures):
        for second in pictures[index + 1 :]:
            assert ImageChops.difference(first, second).getbbox() is not None


@needs_rare
def test_rare_characters_can_be_searched_in_the_file() -> None:
    text = pypdf.PdfReader(BytesIO(_page(RARE))).pages[0].extract_text()
    assert text.replace("\n", "") == RARE


def test_a_character_that_no_face_has_is_refused_by_name_and_code_point() -> None:
    with pytest.raises(MissingGlyphError) as refusal:
        _page("张🫠三ᠮ")
    assert refusal.value.facts == {"characters": "🫠、ᠮ", "codepoints": "U+1FAE0、U+182E"}
    assert "🫠" in sentence(refusal.value)


def test_without_rare_faces_a_rare_name_is_refused_not_left_blank() -> None:
    bare = FontStack({face: font_file(face.value) for face in Face}, [])
    with pytest.raises(MissingGlyphError) as refusal:
        bare.require("李𠮷𬱖")
    assert refusal.value.facts["codepoints"] == "U+20BB7"


def test_a_face_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PaperFontsError) as refusal:
        FontStack({Face.SONG: tmp_path / "gone.ttf"}, [])
    assert refusal.value.facts == {"name": "gone.ttf"}


def test_a_damaged_face_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\0\1\0\0 not a font")
    with pytest.raises(PaperFontsError):
        FontStack({Face.SONG: broken}, [])


def test_two_faces_with_one_name_are_a_bug() -> None:
    song = font_file(Face.SONG.value)
    with pytest.raises(BugError):
        FontStack({Face.SONG: song, Face.HEI: song}, [])


def test_every_face_is_embedded_and_no_latin_stand_in_is_used() -> None:
    resources = pypdf.PdfReader(BytesIO(_page("乌海 2021"))).pages[0]["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]  # type: ignore[index]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_code_points_beyond_the_first_plane_are_written_as_pairs() -> None:
    assert "<01> <D873DC56>" in to_unicode_cmap("x", [0, 0x2CC56])


def test_no_block_of_the_search_table_is_longer_than_readers_allow() -> None:
    table = to_unicode_cmap("x", list(range(256)))
    assert table.count("100 beginbfchar") == 2
    assert "56 beginbfchar" in table


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("张\n三", "张 三"),
        ("张\u200f三\x00", "张三"),
        ("甲\u3000乙", "甲\u3000乙"),
        ("a\xa0b", "a b"),
    ],
)
def test_invisible_characters_leave_no_trace(typed: str, shown: str) -> None:
    assert visible(typed) == shown
