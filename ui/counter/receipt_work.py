"""Carries one receipt between its panel and the desk: preview, print, signed, archived."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from reliefdesk import wording
from reliefdesk.domain.print_jobs import JobState, PrintJobRow
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.receipts import Receipt
from reliefdesk.errors import ReliefDeskError, SurroundingsError
from reliefdesk.services import print_jobs, printing, receipts
from reliefdesk.services.printing import PagePicture, Paper, PrinterChoice, PrintWish
from reliefdesk.services.receipts import ReceiptForm
from reliefdesk.services.recording import Context, Recorded, recorded
from ui.counter.case_view import CaseView
from ui.counter.paper import deliver, paper_of, stock_of
from ui.counter.receipt_panel import ReceiptPanel
from ui.counter.refusals import field_of
from ui.pages import Workplace
from ui.printing.calibration_panel import CalibrationPanel
from ui.widgets.latest import Latest
from ui.widgets.message_bar import MessageBar

_DPI = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A preview as pictures, with the printers that could take it."""

    receipt_no: str
    paper: Paper
    form: ReceiptForm
    pictures: tuple[PagePicture, ...]
    printers: PrinterChoice
    job: PrintJobRow | None
    is_queued: bool


class ReceiptWork(QObject):
    """The work behind the receipt panel; `changed` asks for the case to be read anew."""

    changed = Signal()

    def __init__(
        self,
        panel: ReceiptPanel,
        workplace: Workplace,
        messages: MessageBar,
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._operations = workplace.operations
        self._messages = messages
        self._printing = False
        self._job: PrintJobRow | None = None
        self._paper: Paper | None = None
        self._look: Latest[Look] = Latest(
            self._operations, parent=self, done=self._looked, failed=self._failed
        )
        panel.form_changed.connect(self._preview)
        panel.sign_wanted.connect(self._sign)
        panel.file_wanted.connect(self._file)
        panel.jam_settled.connect(self._settle)
        self.calibration = CalibrationPanel(workplace, messages, columns=1)
        panel.below.addWidget(self.calibration)
        panel.calibrate_wanted.connect(self._calibrate)
        panel.stock_wanted.connect(self._print_stock)

    def show(self, view: CaseView, receipt: Receipt) -> None:
        """Show a number and its picture."""
        self._panel.show_receipt(view, receipt)
        self._preview()

    def print_now(self) -> None:
        """Record the print, then hand the PDF to the printer or into a file (R1)."""
        receipt = self._panel.receipt
        if receipt is None or self._printing:
            return
        self._printing = True
        number, chosen = receipt.receipt_no, self._panel.form.chosen()
        reason, printer = self._panel.reason.text(), self._panel.printer.chosen() or ""

        def call(context: Context) -> Recorded[str]:
            form = chosen or print_jobs.usual_form(context)
            done = print_jobs.draw(context, number, form, reason=reason)
            paper = paper_of(done.result, title=number, form=form)
            told = deliver(context, paper, printer)
            return recorded(told, *done.changes)

        self._operations.run(call, done=self._printed, failed=self._not_printed)

    def _settle(self, told: str) -> None:
        """The clerk looked at the printer: the original is there."""
        self._messages.show_success(told)
        job = self._job
        if job is not None and job.state is JobState.HANDING:
            self._operations.run(
                lambda context: print_jobs.settle(context, job.receipt_no),
                done=lambda _done: self.changed.emit(),
                failed=self._failed,
            )

    def _calibrate(self) -> None:
        """Measure the chosen printer with a ruler page of the receipt's paper."""
        printer, form = self._panel.printer.chosen(), self._panel.form.chosen()
        if printer is not None and form is not None and self._paper is not None:
            self.calibration.open(printer, self._paper, form=f"领款单（{form.label}）")

    def _print_stock(self) -> None:
        """The stock for the chosen overlay: for a test, or as a file for the print shop."""
        form, printer = self._panel.form.chosen(), self._panel.printer.chosen() or ""
        if form is None or not form.is_overlay:
            return

        def call(context: Context) -> str:
            return deliver(context, stock_of(receipts.stock(context, form), form=form), printer)

        self._operations.run(call, done=self._messages.show_success, failed=self._failed)

    def _preview(self) -> None:
        receipt = self._panel.receipt
        if receipt is None:
            return
        number, chosen = receipt.receipt_no, self._panel.form.chosen()

        def call(context: Context) -> Look:
            form = chosen or print_jobs.usual_form(context)
            pdf = receipts.preview(context, number, form)
            paper = paper_of(pdf, title=number, form=form)
            pages = range(1, printing.page_count(paper) + 1)
            pictures = tuple(printing.picture(paper, page, dpi=_DPI) for page in pages)
            job = print_jobs.last(context, number)
            return Look(
                receipt_no=number,
                paper=paper,
                form=form,
                pictures=pictures,
                printers=_printers(context, paper),
                job=job,
                is_queued=printing.is_queued(job),
            )

        self._look.ask(call)

    def _looked(self, look: Look) -> None:
        receipt = self._panel.receipt
        if receipt is not None and receipt.receipt_no == look.receipt_no:
            self._paper = look.paper
            self._panel.show_form(look.form)
            self._panel.show_pictures(look.pictures)
            self._panel.show_printers(look.printers)
            self._job = look.job
            self._panel.show_job(look.job, is_queued=look.is_queued)

    def _printed(self, done: Recorded[str]) -> None:
        self._printing = False
        self._panel.reason.setText("")
        self._messages.show_success(done.result)
        self.changed.emit()

    def _not_printed(self, error: ReliefDeskError) -> None:
        self._printing = False
        self._failed(error)
        # The print may be recorded although its paper failed; the panel shows what is true.
        self.changed.emit()

    def _sign(self, number: str) -> None:
        self._operations.run(
            lambda context: receipts.sign(context, number),
            done=self._signed,
            failed=self._failed,
        )

    def _signed(self, _recorded: Recorded[Receipt]) -> None:
        self._messages.show_success(wording.text("counter.signed"))
        self.changed.emit()

    def _file(self, number: str, place: str) -> None:
        self._operations.run(
            lambda context: receipts.file_original(context, number, place),
            done=self._filed,
            failed=self._failed,
        )

    def _filed(self, _recorded: Recorded[Receipt]) -> None:
        self._messages.show_success(wording.text("counter.filed"))
        self.changed.emit()

    def _failed(self, error: ReliefDeskError) -> None:
        name = field_of(error)
        if name in self._panel.grid.names():
            problem = Problem(field=name, code=error.code, facts=error.facts)
            self._panel.grid.show_problems([problem])
            self._panel.grid.focus_first_problem()
            return
        self._messages.show_failure(wording.parts(error))


def _printers(context: Context, paper: Paper) -> PrinterChoice:
    """The printers; a spooler that does not answer counts as none, the picture is shown anyway."""
    try:
        return printing.printers(context, paper)
    except SurroundingsError:
        return PrinterChoice(printers=(), usual=PrintWish(printer="", media=paper.media))
