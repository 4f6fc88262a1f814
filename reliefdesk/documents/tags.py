"""The structure of a PDF for readers and screen readers: what is a heading, paragraph, cell, row.

Every piece of text on a page carries a number that a tree of elements names in reading order;
rules and watermarks are marked as decoration. Source: ISO 32000-1 section 14.7 and 14.8.
"""

from dataclasses import dataclass, field
from functools import cache
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


@cache
def _written_kind() -> type[Any]:
    from reportlab.pdfbase import pdfdoc as pdf  # noqa: PLC0415 - lazy as in page.py

    class Written(pdf.PDFObject):
        """An object whose text is already made."""

        content = b""

        def format(self, _document: object) -> bytes:
            return self.content

    return Written


def _written() -> Any:  # noqa: ANN401 - as above
    return _written_kind()()


def _element_text(
    element: _Element, parent: int, *, tags: list[int], pages: list[int], alternative: bytes
) -> bytes:
    kids = " ".join(
        f"{tags[kid]} 0 R"
        if isinstance(kid, int)
        else f"<</Type/MCR/Pg {pages[kid.page]} 0 R/MCID {kid.number}>>"
        for kid in element.kids
    )
    head = f"<</Type/StructElem/S/{element.role}/P {parent} 0 R/K[{kids}]".encode()
    if not alternative:
        return head + b">>"
    return head + (b"/Alt" if element.role == FIGURE else b"/ActualText") + alternative + b">>"


def _parents_text(owners: list[list[int]], tags: list[int]) -> bytes:
    pages = (
        f"{number}[{' '.join(f'{tags[one]} 0 R' for one in of_page)}]"
        for number, of_page in enumerate(owners)
    )
    return f"<</Nums[{' '.join(pages)}]>>".encode()


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
        page_names = [document.Reference(page).name for page in pages]
        names = [f"tag{index}" for index in range(len(self._elements))]
        root = pdf.PDFDictionary({"Type": pdf.PDFName("StructTreeRoot")})
        document.Reference(root, "tags")
        # Thousands of elements: written as text at once, not piece by piece by the engine.
        written = [_written() for _ in names]
        for one, name in zip(written, names, strict=True):
            document.Reference(one, name)
        numbers = {name: found[0] for name, found in document.idToObjectNumberAndVersion.items()}
        tags = [numbers[name] for name in names]
        page_numbers = [numbers[name] for name in page_names]
        for one, element in zip(written, self._elements, strict=True):
            parent = numbers["tags"] if element.parent is None else tags[element.parent]
            spoken = pdf.PDFString(element.alternative) if element.alternative else None
            alternative = b"" if spoken is None else pdf.format(spoken, document)
            one.content = _element_text(
                element, parent, tags=tags, pages=page_numbers, alternative=alternative
            )
        owners_of_pages = _written()
        owners_of_pages.content = _parents_text(self._owners, tags)
        for number in range(len(self._owners)):
            pages[number].__NoDefault__ = [*pages[number].__NoDefault__, "StructParents"]
            pages[number].StructParents = number
        root["K"] = pdf.PDFObjectReference(names[0])
        root["ParentTree"] = owners_of_pages
        root["ParentTreeNextKey"] = len(self._owners)
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = pdf.PDFDictionary({"Marked": pdf.PDFtrue})

    def _add(self, role: str) -> int:
        parent = self._open[-1] if self._open else 0
        self._elements.append(_Element(role, parent))
        self._elements[parent].kids.append(len(self._elements) - 1)
        return len(self._elements) - 1
