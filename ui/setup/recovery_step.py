"""The recovery sheet: a code for paper, printed or saved, and typed back before it counts."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton

from reliefdesk import wording
from reliefdesk.desk import Desk
from ui import theme
from ui.pages import Workplace
from ui.setup.steps import Step
from ui.widgets.message_bar import MessageBar
from ui.widgets.text_fields import NumberField

_SHEET = "恢复凭单.pdf"


class RecoveryStep(Step):
    """Make the code, take it away on paper, type it back."""

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages, key="recovery")
        self._code = ""
        self._office = ""
        self.shown_code = QLabel("")
        self.shown_code.setFont(theme.font(theme.POINTS + 2))
        self.shown_code.setMinimumHeight(theme.field_height())
        self.make_button = self._button("生成恢复码", self.make_code)
        self.print_button = self._button("打印恢复凭单", self.print_sheet)
        self.save_button = self._button("保存恢复凭单", self.ask_where_to_save)
        self.typed = self.grid.add("typed", "照凭单输入恢复码", NumberField())
        buttons = QHBoxLayout()
        for button in (self.make_button, self.print_button, self.save_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.insertWidget(1, self.shown_code)
        self.column.insertLayout(1, buttons)
        self.column.addStretch(1)
        self._show_code()

    def begin(self) -> None:
        """Making the code comes first."""
        self.make_button.setFocus()

    def make_code(self) -> None:
        """Ask the desk for a new code; an earlier one opens nothing any more."""
        self.workplace.operations.ask_desk(_new_code, done=self._made, failed=self.refuse)

    def print_sheet(self) -> None:
        """Print the sheet on a real printer; without one say so, nothing is lost."""
        if not QPrinterInfo.availablePrinterNames():
            self.messages.show_warning(wording.text("ui.no_printer"))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self._sheet().print_(printer)
            self.messages.show_success(wording.text("ui.recovery_printed"))

    def ask_where_to_save(self) -> None:
        """Let the operator choose a file, preferably on a stick that goes into the safe."""
        chosen, _ = QFileDialog.getSaveFileName(self, "保存恢复凭单", _SHEET, "PDF (*.pdf)")
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Write the sheet as a PDF file and say whether it stands."""
        writer = QPdfWriter(str(path))
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, _margins()
            )
        )
        self._sheet().print_(writer)
        del writer
        if path.is_file() and path.stat().st_size:
            self.messages.show_success(wording.text("ui.recovery_saved", file=path))
        else:
            self.messages.show_warning(wording.text("ui.recovery_not_saved", file=path))

    def go(self) -> None:
        """Try the code that was typed back."""
        typed = self.typed.text()
        self.workplace.operations.ask_desk(
            lambda desk: desk.confirm_recovery_code(typed), done=self._confirmed, failed=self.refuse
        )

    def _button(self, text: str, run: Callable[[], None]) -> QPushButton:
        made = QPushButton(text)
        made.setAccessibleName(text)
        made.setAutoDefault(False)
        made.clicked.connect(run)
        return made

    def _made(self, made: tuple[str, str]) -> None:
        self._code, self._office = made
        self._show_code()
        self.messages.show_note(wording.text("ui.recovery_made"))
        self.typed.setFocus()

    def _show_code(self) -> None:
        self.shown_code.setText(self._code or "（还没有生成）")
        self.print_button.setEnabled(bool(self._code))
        self.save_button.setEnabled(bool(self._code))

    def _confirmed(self, _result: object) -> None:
        self._code = ""
        self._show_code()
        self.typed.clear()
        self.messages.show_success(wording.text("ui.recovery_confirmed"))
        self.done.emit()

    def _sheet(self) -> QTextDocument:
        sheet = QTextDocument()
        sheet.setDefaultFont(theme.font())
        lines = wording.text("ui.recovery_sheet").split("\n")
        paragraphs = "".join(f"<p>{line}</p>" for line in lines)
        sheet.setHtml(
            f"<h2>恢复凭单</h2><p>{self._office}　{self.workplace.today().isoformat()}</p>"
            f"<p style='font-size:18pt'>{self._code}</p>{paragraphs}"
        )
        return sheet


def _margins() -> QMarginsF:
    side = 20.0
    return QMarginsF(side, side, side, side)


def _new_code(desk: Desk) -> tuple[str, str]:
    return desk.new_recovery_code(), desk.genesis.office.name
