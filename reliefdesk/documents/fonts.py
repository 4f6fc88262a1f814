"""Faces for paper: every character gets a glyph from a named face, or printing is refused by name.

A missing glyph would print as a blank or as a crossed box that looks like a ticked option, so the
glyph table is asked before anything is drawn (RULES.md §5). Characters that are invisible by
nature take no room and are left out.
"""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from reliefdesk.errors import BugError, SurroundingsError, UserError
from reliefdesk.paths import SANS, SERIF, font_file, rare_fonts

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

_EM = 1000
_CMAP_BLOCK = 100
_WIDE_BLANK = "\u3000"
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})


class Face(StrEnum):
    """The two faces of our forms: Song for text, Hei for what must stand out."""

    SONG = SERIF
    HEI = SANS


class MissingGlyphError(UserError):
    """No face on this machine has the characters. Facts: characters, codepoints."""

    code: ClassVar[str] = "documents.missing_glyph"


class PaperFontsError(SurroundingsError):
    """A face that set-up should have made is not there or not readable. Facts: name."""

    code: ClassVar[str] = "documents.fonts_missing"


class FontStack:
    """The faces of one machine: two main faces, then the rare ones, asked in this order."""

    def __init__(self, main: dict[Face, Path], rare: Sequence[Path]) -> None:
        """Load the main faces now and the rare ones when first needed; raises PaperFontsError."""
        self._rare_files = tuple(rare)
        self._rare: tuple[TTFont, ...] | None = None
        self._main = {face: _registered(face.value, path) for face, path in main.items()}
        _require_distinct(list(self._main.values()))
        self.widths = {face: _Widths(self, face) for face in main}

    def font(self, face: Face, char: str) -> "TTFont | None":
        """The first face that has a glyph for `char`, or None."""
        code = ord(char)
        first = self._main[face]
        if first.face.charToGlyph.get(code):
            return first
        return next((font for font in self._rare_fonts() if font.face.charToGlyph.get(code)), None)

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that no face has, each once, in their order."""
        return tuple(
            char for char in dict.fromkeys(visible(text)) if self.font(Face.SONG, char) is None
        )

    def require(self, *texts: str) -> None:
        """Refuse texts with a character that no face has; names every one of them."""
        lacking = [char for char in dict.fromkeys("".join(texts)) if self.missing(char)]
        if lacking:
            raise MissingGlyphError(
                characters="、".join(lacking),
                codepoints="、".join(f"U+{ord(char):04X}" for char in lacking),
            )

    def width(self, face: Face, text: str) -> float:
        """The width of visible `text` in ems; raises MissingGlyphError."""
        return sum(map(self.widths[face].__getitem__, text))

    def _rare_fonts(self) -> "tuple[TTFont, ...]":
        if self._rare is None:
            self._rare = tuple(_registered(path.stem, path) for path in self._rare_files)
            _require_distinct([*self._main.values(), *self._rare])
        return self._rare


class _Widths(dict[str, float]):
    """Widths in ems by character, asked once each; an unknown character raises by name."""

    def __init__(self, stack: FontStack, face: Face) -> None:
        super().__init__()
        self._stack = stack
        self._face = face

    def __missing__(self, char: str) -> float:
        font = self._stack.font(self._face, char)
        if font is None:
            raise MissingGlyphError(characters=char, codepoints=f"U+{ord(char):04X}")
        width = float(font.face.getCharWidth(ord(char))) / _EM  # type: ignore[no-untyped-call]
        self[char] = width
        return width


@cache
def paper_fonts() -> FontStack:
    """The faces of this machine, loaded once for the whole run; raises PaperFontsError."""
    return FontStack({face: font_file(face.value) for face in Face}, rare_fonts())


def visible(text: str) -> str:
    """`text` in one line: breaks and odd blanks become blanks, invisible characters vanish."""
    # The wide blank of Chinese forms counts as unprintable, and stands in most lines of a form.
    if text.replace(_WIDE_BLANK, "").isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char in "\n\t":
        return " "
    category = unicodedata.category(char)
    if category in _INVISIBLE:
        return ""
    return " " if category == "Zs" and char != _WIDE_BLANK else char


def to_unicode_cmap(fontname: str, subset: Sequence[int]) -> str:
    """The table that makes text searchable, right beyond U+FFFF too (UTF-16BE, blocks of 100).

    reportlab's own writes five hex digits for such characters, which no reader understands.
    """
    rows = [f"<{index:02X}> <{_utf16(code)}>" for index, code in enumerate(subset)]
    blocks: list[str] = []
    for start in range(0, len(rows), _CMAP_BLOCK):
        block = rows[start : start + _CMAP_BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
        f"/CMapName /{fontname} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    tail = ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(head + blocks + tail)


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


def _registered(name: str, path: Path) -> "TTFont":
    # reportlab costs 90 ms at import, which a start without printing should not pay.
    from reportlab import rl_config  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: PLC0415

    # Base-85 text around compressed streams serves 7-bit mail only: a quarter larger and slower.
    rl_config.useA85 = 0
    ttfonts.makeToUnicodeCMap = to_unicode_cmap
    try:
        font = ttfonts.TTFont(name, str(path))
    except (OSError, ttfonts.TTFError) as error:
        raise PaperFontsError(name=path.name) from error
    pdfmetrics.registerFont(font)
    return font


def _require_distinct(fonts: "Sequence[TTFont]") -> None:
    # Two faces with one PostScript name are silently printed as one.
    names = [font.face.name for font in fonts]
    if len(set(names)) != len(names):
        raise BugError(names=names)
