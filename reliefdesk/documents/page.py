"""A page and what our forms draw on it: lines, frames, fitted text, stamps, square codes.

Places are millimetres from the top left corner. Bytes are repeatable, every face is embedded, and
nothing is drawn with a character that no face has.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, StrEnum
from io import BytesIO
from math import cos, radians, sin
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from reliefdesk.documents import archive
from reliefdesk.documents.codes import MODULE_MM, Bars, code_bars
from reliefdesk.documents.fonts import Face, FontStack, MissingGlyphError, paper_fonts, visible
from reliefdesk.documents.lines import LEADING, Fitted, Room, fit_or_refer, fit_whole
from reliefdesk.documents.tags import PARAGRAPH, Tags

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

POINTS = 72 / 25.4
"""Points in a millimetre."""
THIRD_OF_FANFOLD = 264 / POINTS
"""A third of 11 inches is exactly 264 pt, in millimetres."""
_CENTRE = 0.38
"""How far below its middle a Han character's base line lies, in ems."""
_BOLD = 0.035
_PDF_VERSION = (1, 7)
# Subsetting reads a face by seeking in it, and faces are shared by all documents of the run.
_subsetting = Lock()


class PaperSize(NamedTuple):
    """Width and height in millimetres."""

    width: float
    height: float


A3_LANDSCAPE = PaperSize(420, 297)
A4_LANDSCAPE = PaperSize(297, 210)
A4 = PaperSize(210, 297)
A5_LANDSCAPE = PaperSize(210, 148)
FANFOLD_241 = PaperSize(241, THIRD_OF_FANFOLD)


class Align(StrEnum):
    """Where text stands in its box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Ink(Enum):
    """Colours that a form uses, as (fill, stroke) operators; every coloured mark also has words."""

    BLACK = ("0 g", "0 G")
    RED = (".78 .05 .05 rg", ".78 .05 .05 RG")
    GREY = (".35 g", ".35 G")
    FAINT = (".88 g", ".88 G")
    PALE_RED = (".95 .62 .62 rg", ".95 .62 .62 RG")


class Box(NamedTuple):
    """A rectangle in millimetres from the top left corner of the page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def inset(self, across: float, down: float | None = None) -> "Box":
        """The box inside with so much room on each side."""
        rise = across if down is None else down
        return Box(
            self.left + across, self.top + rise, self.width - 2 * across, self.height - 2 * rise
        )


class Type(NamedTuple):
    """How text is set: wished size and floor in points, face, weight, place, colour.

    `whole` text (names, numbers, amounts) raises TextRoomError instead of being referred.
    """

    size: float
    least: float = 5.0
    face: Face = Face.SONG
    align: Align = Align.LEFT
    bold: bool = False
    ink: Ink = Ink.BLACK
    whole: bool = False


class Paper:
    """A PDF being written. Use `sheet` for each page, `form` for parts that repeat, then `pdf`."""

    def __init__(self, *, title: str, size: PaperSize) -> None:
        """Start a document; `title` never names a person. Raises PaperFontsError."""
        self.fonts: FontStack = paper_fonts()
        # reportlab costs 90 ms at import, which a start without printing should not pay.
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

        self._buffer = BytesIO()
        self.size = size
        self.canvas: Canvas = Canvas(
            self._buffer,
            pagesize=(size.width * POINTS, size.height * POINTS),
            invariant=1,
            pdfVersion=_PDF_VERSION,
            initialFontName=Face.SONG.value,  # type: ignore[arg-type]  # the stub says float
        )
        self._title = title
        self.tags = Tags()
        self.codes = {face: _Codes(self.canvas, self.fonts, face) for face in Face}
        self._parts: dict[str, str] = {}
        self._last_code: tuple[str, Bars] = ("", ())
        self._fitted: dict[tuple[float, float, str, Type], Fitted] = {}

    @contextmanager
    def sheet(self) -> Iterator["Sheet"]:
        """One page."""
        self.tags.begin_page()
        sheet = Sheet(self, self.tags)
        yield sheet
        self.canvas.addLiteral("\n".join(sheet.operators))
        self.canvas.showPage()

    def turn_to(self, size: PaperSize) -> None:
        """Pages from here on have another size; parts drawn before belong to the old one."""
        self.size = size
        self.canvas.setPageSize((size.width * POINTS, size.height * POINTS))

    def part(self, key: str, draw: Callable[["Sheet"], None]) -> str:
        """The name of a part that repeats, drawn when first asked for; see `Sheet.place`."""
        if key not in self._parts:
            name = self._parts[key] = f"part{len(self._parts) + 1}"
            sheet = Sheet(self)
            draw(sheet)
            self.canvas.beginForm(name)
            self.canvas.addLiteral("\n".join(sheet.operators))
            self.canvas.endForm()
        return self._parts[key]

    def fitted(self, box: Box, text: str, kind: Type) -> Fitted:
        """How visible `text` stands in a box of that size; measured once for equal texts."""
        key = (box.width, box.height, text, kind)
        found = self._fitted.get(key)
        if found is None:
            found = self._fitted[key] = fitted_text(self.fonts, box, text, kind)
        return found

    def width(self, text: str, kind: Type) -> float:
        """How wide a line is at its wished size, in millimetres."""
        return self.fonts.width(kind.face, text) * kind.size / POINTS

    def bars(self, text: str) -> Bars:
        """The dark bars of a square code; the last one is kept for the other 联."""
        if self._last_code[0] != text:
            self._last_code = (text, code_bars(text).bars)
        return self._last_code[1]

    def pdf(self) -> bytes:
        """Finish and return the file."""
        # reportlab offers its document under no public name.
        document = self.canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001
        self.tags.write(document)
        archive.write(document, title=self._title)
        with _subsetting:
            self.canvas.save()
        return self._buffer.getvalue()


class _Codes(dict[str, tuple[str, str]]):
    """Per document: the embedded subset and the hexadecimal code of each character."""

    def __init__(self, canvas: "Canvas", fonts: FontStack, face: Face) -> None:
        super().__init__()
        # Subsets belong to reportlab's document, which it offers under no public name.
        self._document = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001
        self._fonts = fonts
        self._face = face

    def __missing__(self, char: str) -> tuple[str, str]:
        font = self._fonts.font(self._face, char)
        if font is None:
            self._fonts.require(char)
            raise AssertionError
        subset, code = font.splitString(char, self._document)[0]
        found = (font.getSubsetInternalName(subset, self._document), code.hex())
        self[char] = found
        return found

    def shown(self, text: str, size: float) -> str:
        """The operators that show one line at the current place."""
        parts: list[str] = []
        subset = ""
        for char in text:
            name, code = self[char]
            if name == subset:
                parts.append(code)
            else:
                parts.append(f"{'> Tj ' if subset else ''}{name} {size:g} Tf <{code}")
                subset = name
        return "".join(parts) + "> Tj" if parts else ""


class Sheet:
    """One page, or a part that repeats, as a list of drawing operators."""

    def __init__(self, paper: Paper, tags: Tags | None = None) -> None:
        """Start empty; without `tags` (in a part that repeats) nothing is marked."""
        self.operators: list[str] = []
        self._tags = tags
        self._marked = False
        self._paper = paper
        self._height = paper.size.height

    @contextmanager
    def tagged(self, role: str, alternative: str = "") -> Iterator[None]:
        """What is drawn inside is one piece of that role; `alternative` is what a reader says."""
        if self._tags is None or self._marked:
            yield
            return
        number = self._tags.piece(role, alternative)
        self.operators.append(f"/{role} <</MCID {number}>> BDC")
        self._marked = True
        yield
        self._marked = False
        self.operators.append("EMC")

    def decoration(self, operators: str) -> None:
        """Rules and shapes that say nothing: marked so, unless they belong to a piece."""
        outside = self._tags is not None and not self._marked
        self.operators.append(f"/Artifact BMC {operators} EMC" if outside else operators)

    def point(self, left: float, top: float) -> str:
        """A place as the file counts it: points from the lower left corner."""
        return f"{left * POINTS:.2f} {(self._height - top) * POINTS:.2f}"

    def up(self, top: float) -> float:
        """A height as the file counts it: points from the lower edge."""
        return (self._height - top) * POINTS

    def line(self, start: tuple[float, float], end: tuple[float, float], weight: float) -> None:
        """A straight line, `weight` points thick."""
        self.decoration(f"{weight:g} w {self.point(*start)} m {self.point(*end)} l S")

    def frame(self, box: Box, weight: float = 0.5, ink: Ink = Ink.BLACK) -> None:
        """A rectangle's outline."""
        shape = f"{weight:g} w {self._rectangle(box)} S"
        self.decoration(
            shape if ink is Ink.BLACK else f"{ink.value[1]} {shape} {Ink.BLACK.value[1]}"
        )

    def clear(self, box: Box) -> None:
        """White paper again: no rule drawn before crosses what is set into the box."""
        self.decoration(f"1 g {self._rectangle(box)} f {Ink.BLACK.value[0]}")

    def text(self, box: Box, text: str, kind: Type) -> None:
        """Text set into a box: shrunk to the floor, then wrapped; never cut, never overlapping."""
        shown = visible(text)
        if not shown:
            return
        fitted = self._paper.fitted(box, shown, kind)
        step = fitted.size * LEADING
        middle = (self._height - box.top - box.height / 2) * POINTS
        base = middle + step * (len(fitted.lines) - 1) / 2 - _CENTRE * fitted.size
        with self.tagged(PARAGRAPH):
            for line in fitted.lines:
                place = (self._start(line, box, fitted.size, kind), base)
                self._set(line, place, fitted.size, kind)
                base -= step

    def column(self, box: Box, text: str, kind: Type) -> None:
        """Text set downwards, one upright character under the other, centred in the box."""
        size = min(kind.size, box.height * POINTS / len(text) / 1.05)
        step = size * 1.05
        middle = (self._height - box.top - box.height / 2) * POINTS
        base = middle + step * (len(text) - 1) / 2 - _CENTRE * size
        with self.tagged(PARAGRAPH):
            for char in text:
                width = self._paper.fonts.width(kind.face, char) * size
                left = (box.left + box.width / 2) * POINTS - width / 2
                self._set(char, (left, base), size, kind)
                base -= step

    def stamp(self, centre: tuple[float, float], text: str, kind: Type, *, angle: float) -> None:
        """Large text turned by `angle` degrees around its centre, for watermarks and 作废."""
        width = self._paper.fonts.width(kind.face, text) * kind.size
        across, up = cos(radians(angle)), sin(radians(angle))
        turn = f"{across:.4f} {up:.4f} {-up:.4f} {across:.4f} {self.point(*centre)} cm"
        # Text of the page says what a stamp says, so a reader may pass over it.
        self.operators.append("/Artifact BMC" if self._tags else "")
        self.operators.append(f"q {turn}")
        self._set(text, (-width / 2, -_CENTRE * kind.size), kind.size, kind)
        self.operators.append("Q EMC" if self._tags else "Q")

    def code(self, corner: tuple[float, float], text: str) -> None:
        """The square code with its dark modules from `corner` on; keep the quiet zone free."""
        bars = self._paper.bars(text)
        step = MODULE_MM * POINTS
        # Modules are the unit, counted to the right and down: a code has hundreds of bars.
        shapes = " ".join([f"{column} {row} {length} 1 re" for column, row, length in bars])
        self.decoration(f"q {step:.5f} 0 0 {-step:.5f} {self.point(*corner)} cm {shapes} f Q")

    def place(self, name: str) -> None:
        """Put a repeated part on the page, above what was drawn and below what follows."""
        with self.tagged(PARAGRAPH):
            self._paper.canvas.addLiteral("\n".join(self.operators))
            self.operators.clear()
            self._paper.canvas.doForm(name)

    def picture(self, box: Box, png: bytes) -> None:
        """A picture as large as the box allows, centred, its shape kept; transparency is kept."""
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - only forms with one need it

        self._paper.canvas.addLiteral("\n".join(self.operators))
        self.operators.clear()
        self._paper.canvas.drawImage(
            ImageReader(BytesIO(png)),
            box.left * POINTS,
            self.up(box.bottom),
            box.width * POINTS,
            box.height * POINTS,
            mask="auto",
            preserveAspectRatio=True,
        )

    def _rectangle(self, box: Box) -> str:
        corner = self.point(box.left, box.bottom)
        return f"{corner} {box.width * POINTS:.2f} {box.height * POINTS:.2f} re"

    def _start(self, line: str, box: Box, size: float, kind: Type) -> float:
        if kind.align is Align.LEFT:
            return box.left * POINTS
        spare = box.width * POINTS - self._paper.fonts.width(kind.face, line) * size
        return box.left * POINTS + (spare / 2 if kind.align is Align.CENTRE else spare)

    def _set(self, line: str, at: tuple[float, float], size: float, kind: Type) -> None:
        shown = self._paper.codes[kind.face].shown(line, size)
        text = f"BT {at[0]:.2f} {at[1]:.2f} Td {shown} ET"
        fill, stroke = kind.ink.value
        if kind.bold:
            # Song has no heavy face here; a thin outline of the same colour makes the weight.
            text = f"2 Tr {_BOLD * size:.2f} w {stroke} {text} 0 Tr 0 G"
        self.operators.append(text if kind.ink is Ink.BLACK else f"{fill} {text} 0 g")


def fitted_text(fonts: FontStack, box: Box, text: str, kind: Type) -> Fitted:
    """How visible `text` is set into a box; raises MissingGlyphError, TextRoomError."""
    room = Room(
        width=box.width * POINTS, height=box.height * POINTS, size=kind.size, least=kind.least
    )
    setter = fit_whole if kind.whole else fit_or_refer
    try:
        return setter(text, fonts.widths[kind.face], room)
    except MissingGlyphError:
        # The first missing character stopped the measuring; the sentence names all of them.
        fonts.require(text)
        raise
