"""The pages of a PDF as pictures: what the screen shows is the very file that will be printed.

Works without any printer; white ground, no transparency.
"""

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from reliefdesk.errors import BugError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

_POINTS_PER_INCH = 72
# PDFium is one library for the whole process and must not be entered twice at a time.
entering = Lock()


class PictureError(BugError):
    """Our own PDF cannot be shown. Facts: length."""

    code: ClassVar[str] = "documents.no_picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """One page as rows of red, green, blue bytes from the top; `stride` bytes a row."""

    width: int
    height: int
    stride: int
    rgb: bytes


def page_count(pdf: bytes) -> int:
    """How many pages the file has; raises PictureError for what is no PDF."""
    with entering:
        document = opened(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in points; raises PictureError for what is no PDF."""
    with entering:
        document = opened(pdf)
        try:
            width, height = document.get_page_size(0)
        finally:
            document.close()
    return float(width), float(height)


def page_pictures(pdf: bytes, *, dpi: float = 144) -> list[PagePicture]:
    """Every page at `dpi` dots per inch, in order; raises PictureError for what is no PDF."""
    with entering:
        document = opened(pdf)
        try:
            return [_picture(document[index], dpi) for index in range(len(document))]
        finally:
            document.close()


def page_picture(pdf: bytes, index: int, *, dpi: float = 144) -> PagePicture:
    """One page, counted from 0; a book of many pages is never drawn whole to show one."""
    with entering:
        document = opened(pdf)
        try:
            return _picture(document[index], dpi)
        finally:
            document.close()


def opened(pdf: bytes) -> "PdfDocument":
    """Open a file inside `entering`; raises PictureError for what is no PDF."""
    # pypdfium2 costs 60 ms at import, which a start without a preview should not pay.
    import pypdfium2  # noqa: PLC0415

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PictureError(length=len(pdf)) from error


def _picture(page: "PdfPage", dpi: float) -> PagePicture:
    bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True)
    return PagePicture(
        width=bitmap.width,
        height=bitmap.height,
        stride=bitmap.stride,
        rgb=bytes(bitmap.buffer),
    )
