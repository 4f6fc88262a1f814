"""The receipt of a payment on its way: print, signed, archived; and the way to take it back.

The picture is the very PDF that is printed; looking allocates nothing (R2, R18).
"""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reliefdesk import wording
from reliefdesk.domain.print_jobs import JobState, PrintJobRow
from reliefdesk.domain.receipts import Receipt, ReceiptState
from reliefdesk.services.printing import PagePicture, PrinterChoice
from reliefdesk.services.receipts import ReceiptForm
from ui import keymap, theme
from ui.counter.case_view import CaseView
from ui.counter.jam_panel import JamPanel
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

_PICTURE_LEAST = 200
_UNSIGNED = (ReceiptState.ISSUED, ReceiptState.PRINTED)
_UNSURE = (JobState.DRAWN, JobState.HANDING)
_SIGNED = (ReceiptState.SIGNED, ReceiptState.FILED)


class ReceiptPanel(QFrame):
    """One number with its state and the acts that fit it."""

    sign_wanted = Signal(str)
    file_wanted = Signal(str, str)
    correct_wanted = Signal(object)
    form_changed = Signal()
    jam_settled = Signal(str)
    calibrate_wanted = Signal()
    stock_wanted = Signal()

    def __init__(self, print_action: QAction, page: QWidget) -> None:
        super().__init__()
        self.receipt: Receipt | None = None
        self._pictures: tuple[QImage, ...] = ()
        self._usual_printer = ""
        self.title = theme.heading("")
        self.title.setAccessibleName("领款单号")
        self.state = WrappedLabel()
        self.state.setAccessibleName("领款单状态")
        self.grid = FieldGrid()
        self.form: ChoiceField[ReceiptForm] = self.grid.add(
            "form", "纸张格式", term_choice(ReceiptForm)
        )
        self.reason = self.grid.add("reprint_reason", "补打原因", TextField())
        self.place = self.grid.add("file_place", "归档位置", TextField())
        self.printer = self.grid.add("printer", "打印机", ChoiceField[str]())
        self.grid.changed.connect(self._changed)
        self.printer_state = WrappedLabel()
        self.printer_state.setAccessibleName("打印机状态")
        theme.quiet(self.printer_state)
        self.job_state = WrappedLabel()
        self.job_state.setAccessibleName("上次打印")
        self.job_state.setFont(theme.strong_font())
        self.job_state.hide()
        self.print_button = keymap.button(print_action)
        self.jam = JamPanel()
        runs = {
            "sign": self._sign,
            "file": self._file,
            "void": self._correct,
            "reverse": self._correct,
            "jam": self.jam.open,
            "calibrate": self.calibrate_wanted.emit,
            "stock": self.stock_wanted.emit,
        }
        self._acts = {
            name: keymap.action(f"case.{name}", page, self._if_seen(run))
            for name, run in runs.items()
        }
        made = {name: keymap.button(act) for name, act in self._acts.items()}
        self.sign_button, self.file_button = made["sign"], made["file"]
        self.void_button, self.reverse_button = made["void"], made["reverse"]
        self.jam_button, self.calibrate_button = made["jam"], made["calibrate"]
        self.stock_button = made["stock"]
        self.below = QVBoxLayout()
        self.correct_reason = ""
        self._print_action = print_action
        self.jam.fine.connect(lambda: self.jam_settled.emit(wording.text("counter.jam_fine")))
        self.jam.again.connect(self._print_again)
        self.jam.next_number.connect(self._take_next_number)
        self.picture = QLabel()
        self.picture.setAccessibleName("领款单预览")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # A picture must never widen the panel that gives it its width.
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lay_out()

    def show_receipt(self, view: CaseView, receipt: Receipt) -> None:
        """Show a number; texts typed for the same number stay."""
        if self.receipt is None or self.receipt.receipt_no != receipt.receipt_no:
            self.reason.setText("")
            self.place.setText("")
            self.jam.hide()
            self._pictures = ()
            self.picture.clear()
            self.picture.setFixedHeight(0)
        self.receipt = receipt
        paid = view.payment_of(receipt)
        self.title.setText(f"领款单 {receipt.receipt_no}　{paid.amount.figures} 元")
        self.state.setText(state_line(view, receipt))
        self._show(receipt.state, prints=receipt.prints)

    def show_form(self, form: ReceiptForm) -> None:
        """Show the form of the picture, unless another was chosen meanwhile."""
        if self.form.chosen() is None:
            with QSignalBlocker(self.form):
                self.form.choose(form)
        self._show_stock()

    def show_printers(self, choice: PrinterChoice) -> None:
        """Offer the printers with their states; without any say where a print goes."""
        some = bool(choice.printers)
        self.printer.set_options(
            [(each.name, f"{each.name}（{each.state.label}）") for each in choice.printers]
        )
        # Another form may have another printer; one chosen for this form by hand stays.
        if self.printer.chosen() is None or choice.usual.printer != self._usual_printer:
            self.printer.choose(choice.usual.printer or None)
        self._usual_printer = choice.usual.printer
        (self.grid.show_field if some else self.grid.hide_field)("printer")
        why = "counter.no_printer" if choice.is_direct else "counter.no_spooler"
        self.printer_state.setText("" if some else wording.text(why))
        self.printer_state.setVisible(not some)
        self._acts["calibrate"].setVisible(some)

    def show_job(self, job: PrintJobRow | None, *, is_queued: bool) -> None:
        """Say where the latest print is if its paper may not exist; an unclear one is asked."""
        state = None if job is None else job.state
        said = ""
        if state in _UNSURE:
            said = wording.text(f"counter.job_{state}")
        elif is_queued:
            said = wording.text("counter.job_queued")
        self.job_state.setText(said)
        self.job_state.setVisible(bool(said))
        if state is JobState.HANDING and not self.jam.is_open:
            self.jam.open()

    def show_pictures(self, pictures: tuple[PagePicture, ...]) -> None:
        """Show the pages of the PDF one under the other."""
        self._pictures = tuple(
            QImage(
                each.rgb, each.width, each.height, each.stride, QImage.Format.Format_RGB888
            ).copy()
            for each in pictures
        )
        self._scale()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the picture to the width."""
        super().resizeEvent(event)
        self._scale()

    def _show(self, state: ReceiptState, *, prints: int) -> None:
        unsigned, signed = state in _UNSIGNED, state in _SIGNED
        (self.grid.show_field if prints else self.grid.hide_field)("reprint_reason")
        filing = state is ReceiptState.SIGNED
        at = self.window().focusWidget()
        self.print_button.setVisible(unsigned or signed)
        # Before what has the cursor goes: else Qt hands it on, scrolls to where it lands, and that
        # is the button that takes the payment back.
        if filing and at is self.sign_button:
            self.grid.show_field("file_place")
            self.place.setFocus()
        elif signed and not filing and at in (self.file_button, self.place):
            self.print_button.setFocus()
        (self.grid.show_field if filing else self.grid.hide_field)("file_place")
        printed = state is ReceiptState.PRINTED
        shown = {"sign": printed, "file": filing, "void": unsigned, "reverse": signed}
        for name, wanted in (shown | {"jam": printed}).items():
            self._acts[name].setVisible(wanted)

    def _scale(self) -> None:
        """Draw the pages one under the other, as wide as the panel."""
        if not self._pictures:
            return
        ratio = self.devicePixelRatioF()
        width = int(max(_PICTURE_LEAST, self.width() - 2) * ratio)
        smooth = Qt.TransformationMode.SmoothTransformation
        pages = [each.scaledToWidth(width, smooth) for each in self._pictures]
        gap = int(theme.GAP * ratio)
        height = sum(each.height() + gap for each in pages)
        sheet = QPixmap(width, height)
        sheet.fill(theme.RAIL)
        painter = QPainter(sheet)
        top = 0
        for each in pages:
            painter.drawImage(0, top, each)
            top += each.height() + gap
        painter.end()
        sheet.setDevicePixelRatio(ratio)
        self.picture.setPixmap(sheet)
        self.picture.setFixedHeight(int(height / ratio))

    def _changed(self, name: str) -> None:
        if name == "form":
            self._show_stock()
            self.form_changed.emit()

    def _show_stock(self) -> None:
        """Only an overlay needs stock."""
        form = self.form.chosen()
        self._acts["stock"].setVisible(form is not None and form.is_overlay)

    def _if_seen(self, run: Callable[[], None]) -> Callable[[], None]:
        """A key does nothing while another act hides this panel."""

        def seen() -> None:
            if self.isVisible():
                run()

        return seen

    def _sign(self) -> None:
        if self.receipt is not None:
            self.sign_wanted.emit(self.receipt.receipt_no)

    def _file(self) -> None:
        if self.receipt is not None:
            self.file_wanted.emit(self.receipt.receipt_no, self.place.text())

    def _print_again(self, reason: str) -> None:
        """The same number once more: marked 补打, counted, reasoned."""
        self.reason.setText(reason)
        self._print_action.trigger()

    def _take_next_number(self, reason: str) -> None:
        """The numbered sheet is void; its successor is paid under the next number."""
        self.correct_reason = reason
        self._correct()
        self.correct_reason = ""

    def _correct(self) -> None:
        if self.receipt is not None:
            self.correct_wanted.emit(self.receipt)

    def _lay_out(self) -> None:
        buttons = QGridLayout()
        buttons.setSpacing(theme.GAP_SMALL)
        # Signing and filing, void and reversal follow each other and never stand side by side.
        for row, column_no, each in (
            (0, 0, self.print_button),
            (0, 1, self.sign_button),
            (0, 1, self.file_button),
            (1, 0, self.void_button),
            (1, 0, self.reverse_button),
            (1, 1, self.jam_button),
            (2, 0, self.calibrate_button),
            (2, 1, self.stock_button),
        ):
            buttons.addWidget(each, row, column_no)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (self.title, self.state, self.job_state, self.grid, self.printer_state):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addLayout(self.below)
        column.addWidget(self.jam)
        column.addWidget(self.picture)


def state_line(view: CaseView, receipt: Receipt) -> str:
    """The state with when and by whom: `已打印 1 次 · 付款 出纳丁 2021-03-10`."""
    paid = view.payment_of(receipt)
    parts = [receipt.state.label]
    if receipt.prints > 1:
        parts.append(f"已打印 {receipt.prints} 次")
    parts.append(f"付款 {view.names.get(paid.details.cashier, '')} {paid.details.paid_on}")
    if receipt.signed_on is not None and receipt.signed_by is not None:
        parts.append(f"{receipt.signed_by.label} {receipt.signed_on}")
    if receipt.filed_on is not None:
        parts.append(f"归档 {receipt.file_place} {receipt.filed_on}")
    if paid.undoing is not None:
        second = view.names.get(paid.undoing.second, "")
        parts.append(f"{paid.undoing.undone_on} {paid.undoing.reason}，第二人 {second}")
    if receipt.replaces:
        parts.append(f"更正自 {receipt.replaces}")
    if receipt.replaced_by:
        parts.append(f"更正为 {receipt.replaced_by}")
    return " · ".join(parts)
