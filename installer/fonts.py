"""Converts the published Chinese faces (CFF outlines) to the TrueType files that paper needs.

The result is the same bytes on every machine; its sha256 stands in fonts.sha256 beside this file.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped]

from reliefdesk import paths

MAX_ERROR = 1.0
"""How far a converted curve may leave the published one, in units of a 1000-unit em."""

CHECKSUMS = Path(__file__).with_name("fonts.sha256")


class ConversionError(Exception):
    """A converted face differs from the recorded one, so it must not reach paper."""


def main(arguments: list[str]) -> int:
    """Convert what is missing or wrong.

    With --face NAME convert that one; with --record convert all and write the checksums down.
    """
    match arguments:
        case ["--face", name]:
            convert_face(paths.font_sources()[name], paths.font_file(name), name)
        case ["--record"]:
            _convert(_names())
            lines = [f"{_sha256(paths.font_file(name))}  {name}.ttf\n" for name in _names()]
            CHECKSUMS.write_text("".join(sorted(lines)), encoding="ascii")
        case []:
            _convert(differing(paths.fonts_dir()))
            if wrong := differing(paths.fonts_dir()):
                raise ConversionError(", ".join(wrong))
        case _:
            return 2
    return 0


def convert_face(source: Path, target: Path, name: str) -> None:
    """Write one face as TrueType under its own name; the file appears whole or not at all."""
    font = TTFont(source, recalcTimestamp=False)
    order = font.getGlyphOrder()
    font["loca"] = newTable("loca")
    font["glyf"] = _quadratic_outlines(font, order)
    _describe_as_truetype(font, order)
    _rename(font, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    font.save(unfinished, reorderTables=None)
    unfinished.replace(target)


def differing(folder: Path) -> list[str]:
    """The faces that are missing from a folder or are not the recorded bytes."""
    recorded = dict(_recorded(CHECKSUMS.read_text(encoding="ascii").splitlines()))
    return [
        name
        for name in _names()
        if not (file := paths.font_file(name, folder)).is_file() or _sha256(file) != recorded[name]
    ]


def _quadratic_outlines(font: TTFont, order: list[str]) -> object:
    glyphs = font.getGlyphSet()
    table = newTable("glyf")
    table.glyphOrder = order
    table.glyphs = {}
    for glyph_name in order:
        outline = TTGlyphPen(glyphs)
        glyphs[glyph_name].draw(Cu2QuPen(outline, MAX_ERROR, reverse_direction=True))
        glyph = table.glyphs[glyph_name] = outline.glyph()
        glyph.recalcBounds(table)
        # A left bearing that differs from the outline would shift the character when drawn.
        advance = font["hmtx"][glyph_name][0]
        font["hmtx"][glyph_name] = (advance, glyph.xMin if glyph.numberOfContours else 0)
    return table


def _describe_as_truetype(font: TTFont, order: list[str]) -> None:
    limits = font["maxp"] = newTable("maxp")
    limits.tableVersion = 0x00010000
    limits.numGlyphs = len(order)
    limits.maxZones = 1
    for field in (
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(limits, field, 0)
    font["post"].formatType = 3.0  # glyph names are of no use on paper
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\000\001\000\000"


def _rename(font: TTFont, name: str) -> None:
    """Own names, or two faces with one PostScript name would silently print as one."""
    family, _, style = name.partition("-")
    own = {1: family, 2: style, 3: f"{name};converted", 4: name, 6: name}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in {0, 5, 13, 14}]
    for name_id, text in own.items():
        table.setName(text, name_id, 3, 1, 0x409)


def _convert(names: Iterable[str]) -> None:
    """Each face in a process of its own: plain ones, which need no shared memory to be there."""
    command = [sys.executable, "-m", "installer.fonts", "--face"]
    running = [subprocess.Popen([*command, name]) for name in names]  # noqa: S603  # ourselves
    if any([process.wait() for process in running]):  # noqa: C419  # wait for all, then judge
        raise ConversionError


def _recorded(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        checksum, _, file_name = line.partition("  ")
        yield file_name.removesuffix(".ttf"), checksum


def _names() -> list[str]:
    return list(paths.font_sources())


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
