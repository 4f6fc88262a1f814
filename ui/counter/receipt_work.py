"""Carries one receipt between its panel and the desk: preview, print, signed, archived."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from reliefdesk import wording
from reliefdesk.devices.printers import Spooler
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.receipts import Receipt
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import receipts
from reliefdesk.services.receipts import PagePicture, ReceiptForm, page_pictures
from reliefdesk.services.recording import Context, Recorded, recorded
from ui.counter.case_view import CaseView
from ui.counter.latest import Latest
from ui.counter.paper import deliver, printer_words
from ui.counter.receipt_panel import ReceiptPanel
from ui.counter.refusals import field_of
from ui.pages import Workplace
from ui.widgets.message_bar import MessageBar

_DPI = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A preview as pictures, with the words of where a print would go."""

    receipt_no: str
    pictures: tuple[PagePicture, ...]
    printer: str


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
        self._look: Latest[Look] = Latest(
            self._operations, parent=self, done=self._looked, failed=self._failed
        )
        panel.form_changed.connect(self._preview)
        panel.sign_wanted.connect(self._sign)
        panel.file_wanted.connect(self._file)

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
        number, form = receipt.receipt_no, self._form()
        reason = self._panel.reason.text()

        def call(context: Context) -> Recorded[str]:
            done = receipts.print_receipt(context, number, form, reason=reason)
            told = deliver(context, done.result, title=number, form=form)
            return recorded(told, *done.changes)

        self._operations.run(call, done=self._printed, failed=self._not_printed)

    def _form(self) -> ReceiptForm:
        return self._panel.form.chosen() or ReceiptForm.A5

    def _preview(self) -> None:
        receipt = self._panel.receipt
        if receipt is None:
            return
        number, form = receipt.receipt_no, self._form()

        def call(context: Context) -> Look:
            pdf = receipts.preview(context, number, form)
            pictures = tuple(page_pictures(pdf, dpi=_DPI))
            return Look(receipt_no=number, pictures=pictures, printer=printer_words(Spooler()))

        self._look.ask(call)

    def _looked(self, look: Look) -> None:
        receipt = self._panel.receipt
        if receipt is not None and receipt.receipt_no == look.receipt_no:
            self._panel.show_pictures(look.pictures)
            self._panel.show_printer(look.printer)

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
