"""Prints or saves a sheet of the window itself (recovery sheet, key card); both say the result.

Receipts and ledgers are not made here: they are PDFs of the documents room.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from reliefdesk import wording
from ui import theme
from ui.widgets.file_choice import in_documents
from ui.widgets.message_bar import MessageBar

_MARGIN_MM = 20.0
_DOTS_PER_INCH = 300


class SheetButtons(QWidget):
    """Two buttons for a sheet that is made of HTML when it is wanted."""

    def __init__(self, name: str, make: Callable[[], str], messages: MessageBar) -> None:
        super().__init__()
        self._name = name
        self._make = make
        self._messages = messages
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for text, run in ((f"打印{name}", self.print_sheet), (f"保存{name}", self.ask_where)):
            button = QPushButton(text)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            button.clicked.connect(run)
            row.addWidget(button)
        row.addStretch(1)

    def print_sheet(self) -> None:
        """Print on a real printer; without one say so, nothing is lost."""
        # Print support costs start-up time and is wanted a few times a year.
        from PySide6.QtPrintSupport import (  # noqa: PLC0415
            QPrintDialog,
            QPrinter,
            QPrinterInfo,
        )

        if not QPrinterInfo.availablePrinterNames():
            self._messages.show_warning(wording.text("ui.no_printer", sheet=self._name))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self._document().print_(printer)
            self._messages.show_success(wording.text("ui.sheet_printed", sheet=self._name))

    def ask_where(self) -> None:
        """Let the operator choose a file."""
        wanted = in_documents(f"{self._name}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self, f"保存{self._name}", wanted, "PDF (*.pdf)")
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Write the sheet as a PDF file and say whether it stands."""
        writer = QPdfWriter(str(path))
        writer.setResolution(_DOTS_PER_INCH)
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                margins,
                QPageLayout.Unit.Millimeter,
            )
        )
        self._document().print_(writer)
        del writer
        if path.is_file() and path.stat().st_size:
            self._messages.show_success(wording.text("ui.sheet_saved", sheet=self._name, file=path))
        else:
            self._messages.show_warning(
                wording.text("ui.sheet_not_saved", sheet=self._name, file=path)
            )

    def _document(self) -> QTextDocument:
        sheet = QTextDocument()
        sheet.setDefaultFont(theme.font())
        sheet.setHtml(self._make())
        return sheet
