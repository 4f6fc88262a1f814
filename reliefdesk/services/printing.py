"""A finished PDF on its way: looked at page by page, handed to a printer, or saved as a file.

The picture, the paper and the file come from the same bytes; none of them needs a printer.
"""

from dataclasses import dataclass
from pathlib import Path

from reliefdesk.devices.printers import (
    JobFate,
    PaperMedia,
    Printer,
    PrinterAbilities,
    PrinterState,
    PrintJob,
    Sides,
    Spooler,
    SpoolerSilentError,
)
from reliefdesk.documents import preview
from reliefdesk.documents.calibrations import calibrated
from reliefdesk.documents.preview import PagePicture
from reliefdesk.domain.print_jobs import JobState, PrintJobRow, VoucherGoneError
from reliefdesk.errors import SurroundingsError
from reliefdesk.keys import durable
from reliefdesk.services import calibrations, print_jobs
from reliefdesk.services.recording import Context
from reliefdesk.storage import settings

__all__ = [
    "PagePicture",
    "PaperMedia",
    "Printer",
    "PrinterAbilities",
    "PrinterState",
    "Sides",
    "SpoolerSilentError",
]
COPIES_MAX = 20
_ENDING = ".pdf"


class SaveFailedError(SurroundingsError):
    """The file could not be written; a file of that name is as it was. Facts: file."""

    code = "printing.save"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A PDF with its title, which is also its file name and never names a person.

    `form` remembers the last choice for each kind of paper. A `voucher` is numbered: its copies
    are its 联, so it is handed over once, and a further print is a marked one.
    """

    form: str
    title: str
    media: PaperMedia
    pdf: bytes
    is_voucher: bool = False
    voucher_no: str = ""
    """The number of a voucher whose title says more than that."""

    @property
    def number(self) -> str:
        """Under which number a voucher goes out once."""
        return self.voucher_no or self.title

    @property
    def file_name(self) -> str:
        """What the file is called when it is saved."""
        return self.title + _ENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintWish:
    """How a paper is to be printed: where, on what, how often (1 to COPIES_MAX), on which sides."""

    printer: str
    media: PaperMedia
    copies: int = 1
    sides: Sides = Sides.ONE

    @classmethod
    def read(cls, text: str) -> "PrintWish":
        """Read back `text`; raises ValueError."""
        media, copies, sides, printer = text.split(" ", 3)
        return cls(printer=printer, media=PaperMedia(media), copies=int(copies), sides=Sides(sides))

    @property
    def text(self) -> str:
        """The wish as it is kept; the printer's name comes last, for it may have blanks."""
        return f"{self.media.value} {self.copies} {self.sides.value} {self.printer}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterChoice:
    """The printers of this PC, and the last wish for a form; its printer is '' without any.

    Where nothing `is_direct`, as on Windows, paper is saved and printed from another program.
    """

    printers: tuple[Printer, ...]
    usual: PrintWish
    is_direct: bool = True


def page_count(paper: Paper) -> int:
    """How many pages the paper has."""
    return preview.page_count(paper.pdf)


def picture(paper: Paper, page: int, *, dpi: float) -> PagePicture:
    """One page, counted from 1, exactly as it will be printed."""
    return preview.page_picture(paper.pdf, page - 1, dpi=dpi)


def printers(context: Context, paper: Paper) -> PrinterChoice:
    """The printers with their states; what was last chosen for this form is the usual choice.

    Raises SpoolerSilentError.
    """
    spooler = Spooler()
    found = spooler.printers()
    names = [printer.name for printer in found]
    last = settings.get(context.file, _key(paper.form))
    if last is not None:
        wish = PrintWish.read(last)
        if wish.printer in names:
            return PrinterChoice(printers=found, usual=wish)
    default = next((printer.name for printer in found if printer.is_default), "")
    printer = default or (names[0] if names else "")
    return PrinterChoice(
        printers=found,
        usual=PrintWish(printer=printer, media=paper.media),
        is_direct=spooler.is_here,
    )


def abilities(printer: str) -> PrinterAbilities:
    """The papers and sides a printer offers; needs no desk. Raises SpoolerSilentError."""
    return Spooler().abilities(printer)


def print_paper(context: Context, wish: PrintWish, paper: Paper) -> str:
    """Hand the paper to a printer and remember the wish for this form; gives the job's name.

    What the printer gets is corrected by its calibration. A voucher goes out once: each step is
    noted before and after it, so that a fault between them is seen. Raises VoucherGoneError,
    NoPrinterError, PrinterUnknownError, PrinterNotReadyError, PrintRefusedError,
    SpoolerSilentError.
    """
    fitted = wish.media is not paper.media
    reading = calibrations.reading(context, wish.printer, paper.form)
    job = PrintJob(
        # On another paper the page is made to fit, and no measured millimetre holds.
        pdf=paper.pdf if fitted else calibrated(paper.pdf, reading),
        title=paper.title,
        media=wish.media,
        copies=1 if paper.is_voucher else min(max(1, wish.copies), COPIES_MAX),
        sides=wish.sides,
        is_fitted=fitted,
    )
    name = (
        _handed(context, wish.printer, (paper.number, job))
        if paper.is_voucher
        else Spooler().print_pdf(wish.printer, job)
    )
    with context.file.transaction():
        settings.put(context.file, _key(paper.form), wish.text)
    return name


def is_queued(job: PrintJobRow | None) -> bool:
    """Whether a job that was handed over still waits at the printer; a silent spooler knows none.

    Needs no desk.
    """
    if job is None or job.state is not JobState.HANDED or not job.queue_name:
        return False
    try:
        return Spooler().fate(job.queue_name) is JobFate.QUEUED
    except SpoolerSilentError:
        return False


def print_ruler(printer: str, paper: Paper, *, form: str) -> str:
    """Print the ruler page for a paper, called `form` in words, as the printer is; needs no desk.

    Gives the job's name. Raises as `print_paper`.
    """
    pdf = calibrations.ruler_page(paper.pdf, printer=printer, title=form)
    return Spooler().print_pdf(printer, PrintJob(pdf=pdf, title="标尺页", media=paper.media))


def save(context: Context, paper: Paper, path: Path) -> Path:
    """Write the PDF to a file, whole or not at all; a missing `.pdf` is added.

    Raises SaveFailedError.
    """
    if paper.is_voucher:
        _require_here(context, paper.number)
    target = path if path.suffix.lower() == _ENDING else path.with_name(path.name + _ENDING)
    try:
        durable.write(target, paper.pdf)
    except OSError as failure:
        raise SaveFailedError(file=target) from failure
    if paper.is_voucher:
        print_jobs.move(context, paper.number, JobState.SAVED)
    return target


def _handed(context: Context, printer: str, numbered: tuple[str, PrintJob]) -> str:
    """Hand a numbered paper over and note how far it came."""
    number, job = numbered
    _require_here(context, number)
    print_jobs.move(context, number, JobState.HANDING)
    try:
        name = Spooler().print_pdf(printer, job)
    except SpoolerSilentError:
        # The spooler may have taken it all the same: only eyes can tell.
        raise
    except SurroundingsError:
        print_jobs.move(context, number, JobState.DRAWN)
        raise
    print_jobs.move(context, number, JobState.HANDED, name)
    return name


def _require_here(context: Context, number: str) -> None:
    found = print_jobs.last(context, number)
    if found is not None and found.state is not JobState.DRAWN:
        raise VoucherGoneError(receipt_no=number)


def _key(form: str) -> str:
    return f"print_wish.{form}"
