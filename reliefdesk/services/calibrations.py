"""Calibration of a printer for a form (套准): the ruler page, and what was read off it.

Local to this PC: another printer or another tray strays in another way.
"""

from reliefdesk.documents import preview
from reliefdesk.documents.page import POINTS, PaperSize
from reliefdesk.documents.ruler_page import ruler_page_pdf
from reliefdesk.domain.calibrations import TRUE_READING, RulerReading
from reliefdesk.services.recording import Context
from reliefdesk.storage import settings


def reading(context: Context, printer: str, form: str) -> RulerReading:
    """How this printer strays with this form; one never measured is taken as faithful."""
    kept = settings.get(context.file, _key(printer, form))
    return TRUE_READING if kept is None else RulerReading.read(kept)


def keep(context: Context, printer: str, form: str, found: RulerReading) -> None:
    """Keep what was read off the ruler page of a printer and a form; a true one forgets it."""
    with context.file.transaction():
        if found == TRUE_READING:
            settings.remove(context.file, _key(printer, form))
        else:
            settings.put(context.file, _key(printer, form), found.text)


def ruler_page(pdf: bytes, *, printer: str, title: str) -> bytes:
    """The ruler page as large and lying as the first page of `pdf`; raises PaperFontsError.

    A sheet that lies across is turned by the printer, so left and top must be those of the form.
    """
    width, height = preview.page_size(pdf)
    size = PaperSize(width / POINTS, height / POINTS)
    return ruler_page_pdf(size, printer=printer, form=title)


def _key(printer: str, form: str) -> str:
    return f"calibration.{printer}.{form}"
