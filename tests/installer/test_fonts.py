"""Converted faces: the same bytes each time, own names, nothing lost, nothing shifted."""

from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from installer import fonts
from reliefdesk import paths

TEXT = "乌海市临时救助领款单〇·堃Ag1"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The published serif face, cut to a few characters so that a test takes no minute."""
    font = TTFont(paths.font_sources()[paths.SERIF], recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=[], notdef_outline=True))
    subsetter.populate(text=TEXT)
    subsetter.subset(font)
    font.save(tmp_path / "published.otf")
    return tmp_path / "published.otf"


def test_a_face_converts_to_the_same_bytes_every_time(published: Path, tmp_path: Path) -> None:
    for name in ("one.ttf", "two.ttf"):
        fonts.convert_face(published, tmp_path / name, paths.SERIF)
    assert (tmp_path / "one.ttf").read_bytes() == (tmp_path / "two.ttf").read_bytes()


def test_a_converted_face_has_truetype_outlines_of_every_character(
    published: Path, tmp_path: Path
) -> None:
    fonts.convert_face(published, tmp_path / "face.ttf", paths.SERIF)
    face = TTFont(tmp_path / "face.ttf")
    assert {"glyf", "loca"} <= set(face.keys())
    assert not {"CFF ", "VORG"} & set(face.keys())
    outlines = [face["glyf"][face.getBestCmap()[ord(character)]] for character in TEXT]
    assert all(outline.numberOfContours > 0 for outline in outlines)


def test_a_converted_character_keeps_its_place_and_size(published: Path, tmp_path: Path) -> None:
    fonts.convert_face(published, tmp_path / "face.ttf", paths.SERIF)
    before, after = TTFont(published), TTFont(tmp_path / "face.ttf")
    for character in TEXT:
        wanted, got = _bounds(before, character), _bounds(after, character)
        assert wanted == pytest.approx(got, abs=fonts.MAX_ERROR + 1)
        glyph = after.getBestCmap()[ord(character)]
        assert after["hmtx"][glyph][1] == after["glyf"][glyph].xMin


def test_two_faces_never_share_a_name(published: Path, tmp_path: Path) -> None:
    names = []
    for name in (paths.SERIF, paths.SANS):
        fonts.convert_face(published, tmp_path / f"{name}.ttf", name)
        table = TTFont(tmp_path / f"{name}.ttf")["name"]
        names.append([table.getDebugName(name_id) for name_id in (1, 3, 4, 6)])
    assert not set(names[0]) & set(names[1])


def test_the_faces_of_this_environment_are_the_recorded_ones() -> None:
    assert fonts.differing(paths.fonts_dir()) == []


def test_a_damaged_face_is_noticed(tmp_path: Path) -> None:
    whole = paths.font_file(paths.SANS).read_bytes()
    paths.font_file(paths.SANS, tmp_path).write_bytes(whole[:-1] + b"\xff\xff")
    assert fonts.differing(tmp_path) == [paths.SERIF, paths.SANS]


def _bounds(font: TTFont, character: str) -> tuple[float, ...]:
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    bounds: tuple[float, ...] = pen.bounds
    return bounds
