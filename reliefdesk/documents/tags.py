"""The structure of a PDF for readers and screen readers: what is a heading, paragraph, cell, row.

Every piece of text on a page carries a number that a tree of elements names in reading order;
rules and watermarks are marked as decoration. Source: ISO 32000-1 section 14.7 and 14.8.
"""

from dataclasses import dataclass, field
from typing import Any

HEADING, PARAGRAPH, FIGURE = "H1", "P", "Figure"
TABLE, ROW, HEAD_CELL, CELL = "Table", "TR", "TH", "TD"


@dataclass(slots=True)
class _Element:
    """A node of the tree: its role, its parent (None for the top) and what it holds in order."""

    role: str
    parent: int | None
    kids: list["_Piece | int"] = field(default_factory=list)
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text on a page, counted from 0, under its number on that page."""

    page: int
    number: int


class Tags:
    """The tree of one document while its pages are drawn, top to bottom."""

    def __init__(self) -> None:
        self._elements = [_Element("Document", None)]
        self._owners: list[list[int]] = []
        self._open: list[int] = []
        self._waiting: tuple[str, ...] = ()

    def begin_page(self) -> None:
        """Pieces from now on stand on a further page."""
        self._owners.append([])

    def within(self, *roles: str, keep: int = 0) -> None:
        """Close all open elements but the outermost `keep`; the next piece opens these."""
        del self._open[keep:]
        self._waiting = roles[len(self._open) :]

    def piece(self, role: str, alternative: str = "") -> int:
        """The number of a new piece of text in an element of its own, or of the open paragraph."""
        for waiting in self._waiting:
            self._open.append(self._add(waiting))
        self._waiting = ()
        page = len(self._owners) - 1
        open_ = self._open[-1] if self._open else 0
        joins = role == PARAGRAPH and self._elements[open_].role == PARAGRAPH
        owner = open_ if joins else self._add(role)
        self._elements[owner].alternative = alternative
        number = len(self._owners[page])
        self._owners[page].append(owner)
        self._elements[owner].kids.append(_Piece(page, number))
        return number

    def write(self, document: Any) -> None:  # noqa: ANN401 - reportlab gives it no useful type
        """Put the tree into a finished document, before it is saved."""
        from reportlab.pdfbase import pdfdoc as pdf  # noqa: PLC0415 - lazy as in page.py

        pages = document.Pages.pages
        references = [document.Reference(page) for page in pages]
        names = [f"tag{index}" for index in range(len(self._elements))]
        root = pdf.PDFDictionary({"Type": pdf.PDFName("StructTreeRoot")})
        document.Reference(root, "tags")
        for index, element in enumerate(self._elements):
            document.Reference(self._dictionary(element, references), names[index])
        root["K"] = pdf.PDFObjectReference(names[0])
        numbers: list[object] = []
        for number, owners in enumerate(self._owners):
            numbers += [
                number,
                pdf.PDFArray([pdf.PDFObjectReference(names[one]) for one in owners]),
            ]
            pages[number].__NoDefault__ = [*pages[number].__NoDefault__, "StructParents"]
            pages[number].StructParents = number
        root["ParentTree"] = pdf.PDFDictionary({"Nums": pdf.PDFArray(numbers)})
        root["ParentTreeNextKey"] = len(self._owners)
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = pdf.PDFDictionary({"Marked": pdf.PDFtrue})

    def _dictionary(self, element: _Element, pages: list[object]) -> object:
        from reportlab.pdfbase import pdfdoc as pdf  # noqa: PLC0415 - lazy as in page.py

        parent = "tags" if element.parent is None else f"tag{element.parent}"
        kids = [
            pdf.PDFObjectReference(f"tag{kid}")
            if isinstance(kid, int)
            else pdf.PDFDictionary(
                {"Type": pdf.PDFName("MCR"), "Pg": pages[kid.page], "MCID": kid.number}
            )
            for kid in element.kids
        ]
        made = pdf.PDFDictionary(
            {
                "Type": pdf.PDFName("StructElem"),
                "S": pdf.PDFName(element.role),
                "P": pdf.PDFObjectReference(parent),
                "K": pdf.PDFArray(kids),
            }
        )
        if element.alternative:
            key = "Alt" if element.role == FIGURE else "ActualText"
            made[key] = pdf.PDFString(element.alternative)
        return made

    def _add(self, role: str) -> int:
        parent = self._open[-1] if self._open else 0
        self._elements.append(_Element(role, parent))
        self._elements[parent].kids.append(len(self._elements) - 1)
        return len(self._elements) - 1
