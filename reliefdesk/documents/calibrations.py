"""A PDF moved and stretched so that a printer which strays puts every mark where it belongs.

The picture on screen stays the true page; only what goes to the printer is corrected.
"""

from io import BytesIO

from reliefdesk.documents.page import POINTS
from reliefdesk.documents.preview import entering, opened
from reliefdesk.domain.calibrations import TRUE_READING, RulerReading

_TENTH = POINTS / 10


def calibrated(pdf: bytes, reading: RulerReading) -> bytes:
    """The file for a printer with this reading; raises PictureError for what is no PDF.

    A mark at `x` comes out at `left + stretch * (x - true left)`, so it is put where this gives
    `x`; heights likewise, counted from the top.
    """
    if reading == TRUE_READING:
        return pdf
    across = TRUE_READING.across / reading.across
    down = TRUE_READING.down / reading.down
    right = (TRUE_READING.left - reading.left * across) * _TENTH
    lower = (TRUE_READING.top - reading.top * down) * _TENTH
    from pypdfium2 import raw  # type: ignore[import-untyped]  # noqa: PLC0415 - as in preview.py

    with entering:
        document = opened(pdf)
        try:
            for index in range(len(document)):
                page = document[index]
                width, height = page.get_size()
                move = raw.FS_MATRIX(across, 0, 0, down, right, height * (1 - down) - lower)
                raw.FPDFPage_TransFormWithClip(page, move, raw.FS_RECTF(0, height, width, 0))
            saved = BytesIO()
            document.save(saved)
        finally:
            document.close()
    return saved.getvalue()
