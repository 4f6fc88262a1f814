"""Shows the very PDF that will be printed or saved, page by page, without a box on top.

Printer names and states are visible, the last printer of each form is remembered; everything but
printing works without any printer (R18).
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
)

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import printing
from reliefdesk.services.printing import PagePicture, Paper, PrinterChoice
from reliefdesk.services.recording import Context
from ui import failures, keymap, theme
from ui.pages import Workplace
from ui.printing.calibration_panel import CalibrationPanel
from ui.printing.wishes import PrintWishes
from ui.widgets.file_choice import in_documents
from ui.widgets.level import Level
from ui.widgets.message_bar import MessageBar

_DPI = 96.0
_LEAST_SCALE = 0.7


class PrintPanel(Level):
    """Hidden until `open`; Esc or 返回 closes it and `closed` tells the page."""

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__()
        self._workplace = workplace
        self._messages = messages
        self._paper: Paper | None = None
        self._page = 1
        self._pages = 0
        self._has_printers = False
        self.wishes = PrintWishes(workplace.operations)
        self.calibration = CalibrationPanel(workplace, messages)
        self.print_button = _button("打印", self.print_now)
        theme.accent(self.print_button)
        self.save_action = keymap.action("paper.save", self, self.ask_where)
        self.next_action = keymap.action("paper.next", self, lambda: self.turn(1))
        self.back_action = keymap.action("paper.back", self, lambda: self.turn(-1))
        self.calibrate_action = keymap.action("paper.calibrate", self, self.calibrate)
        self.close_button = _button("返回", self.close_level)
        self.place = QLabel("")
        self.sheet = QLabel("")
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea()
        self.area.setAccessibleName("预览")
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        theme.ground(self.sheet, theme.LINE)
        self._lay_out()

    @property
    def paper(self) -> Paper | None:
        """The paper that is shown."""
        return self._paper

    def open(self, make: Callable[[Context], Paper]) -> None:
        """Make a paper on the desk's thread and show its first page."""
        self._paper, self._page, self._pages = None, 1, 0
        self.sheet.clear()
        self.place.setText(wording.text("printing.making"))
        self._enable()
        self.show()
        self.close_button.setFocus()
        self._workplace.operations.run(make, done=self._made, failed=self._failed)

    def turn(self, pages: int) -> None:
        """Show a later or an earlier page."""
        wanted = min(max(1, self._page + pages), self._pages)
        if self._paper is not None and wanted != self._page:
            self._page = wanted
            self._ask_picture(self._paper)

    def print_now(self) -> None:
        """Hand the paper to the chosen printer."""
        paper = self._paper
        wish = None if paper is None else self.wishes.wish()
        if paper is None or wish is None:
            return
        self._workplace.operations.run(
            lambda context: printing.print_paper(context, wish, paper),
            done=lambda _job: self._printed(wish.printer),
            failed=self._refused,
        )

    def calibrate(self) -> None:
        """Measure the chosen printer with a ruler page of this paper."""
        paper = self._paper
        wish = None if paper is None else self.wishes.wish()
        if paper is not None and wish is not None:
            self.calibration.open(wish.printer, paper, form=paper.title)

    def ask_where(self) -> None:
        """Let the operator choose a file for the paper."""
        if self._paper is None:
            return
        wanted = in_documents(self._paper.file_name)
        chosen, _ = QFileDialog.getSaveFileName(self, "保存 PDF", wanted, "PDF (*.pdf)")
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Write the paper to a file and say where it stands."""
        paper = self._paper
        if paper is not None:
            self._workplace.operations.run(
                lambda context: printing.save(context, paper, path),
                done=self._saved,
                failed=self._refused,
            )

    def close_level(self) -> None:
        """Back to the page; nothing was recorded."""
        self._paper = None
        self.sheet.clear()
        self.calibration.hide()
        super().close_level()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.print_button)
        for action in (
            self.save_action,
            self.back_action,
            self.next_action,
            self.calibrate_action,
        ):
            row.addWidget(keymap.button(action))
        row.addStretch(1)
        row.addWidget(self.close_button)
        theme.quiet(self.place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.wishes)
        column.addLayout(row)
        column.addWidget(self.calibration)
        column.addWidget(self.place)
        column.addWidget(self.area, 1)

    def _made(self, paper: Paper) -> None:
        if not self.is_open:
            return
        self._paper = paper
        self._workplace.operations.run(
            lambda context: printing.printers(context, paper),
            done=self._show_printers,
            failed=self._refused,
        )
        self._workplace.operations.work(
            lambda: printing.page_count(paper), done=self._counted, failed=self._failed
        )

    def _show_printers(self, choice: PrinterChoice) -> None:
        if self._paper is None:
            return
        self.wishes.offer(choice, self._paper)
        self._has_printers = bool(choice.printers)
        if not choice.printers:
            why = "printing.no_printers" if choice.is_direct else "printing.no_spooler"
            self._messages.add_note(wording.text(why))
        self._enable()

    def _counted(self, pages: int) -> None:
        self._pages = pages
        if self._paper is not None:
            self._ask_picture(self._paper)

    def _ask_picture(self, paper: Paper) -> None:
        page = self._page
        dpi = _DPI * self.devicePixelRatioF()
        self._workplace.operations.work(
            lambda: printing.picture(paper, page, dpi=dpi), done=self._show, failed=self._failed
        )

    def _show(self, picture: PagePicture) -> None:
        if self._paper is None:
            return
        form = QImage.Format.Format_RGB888
        image = QImage(picture.rgb, picture.width, picture.height, picture.stride, form)
        self.sheet.setPixmap(self._fitted(QPixmap.fromImage(image)))
        self.area.verticalScrollBar().setValue(0)
        if self.close_button.hasFocus():
            self.area.setFocus()
        self.place.setText(wording.text("printing.page", page=self._page, pages=self._pages))
        self._enable()

    def _fitted(self, pixmap: QPixmap) -> QPixmap:
        """The page as wide as the panel, unless it would become too small to read."""
        ratio = self.devicePixelRatioF()
        room = int(self.area.viewport().width() * ratio)
        if pixmap.width() * _LEAST_SCALE <= room < pixmap.width():
            pixmap = pixmap.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _enable(self) -> None:
        ready = self._paper is not None and self._pages > 0
        self.print_button.setEnabled(ready)
        self.save_action.setEnabled(ready)
        self.calibrate_action.setEnabled(ready and self._has_printers)
        self.back_action.setEnabled(ready and self._page > 1)
        self.next_action.setEnabled(ready and self._page < self._pages)

    def _printed(self, printer: str) -> None:
        said = wording.text("printing.printed", printer=printer, pages=self._pages)
        self._messages.show_success(said)

    def _saved(self, path: Path) -> None:
        self._messages.show_success(wording.text("printing.saved", place=str(path)))

    def _refused(self, error: ReliefDeskError) -> None:
        failures.show(error, self._messages)

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self._messages)
        self.close_level()


def _button(text: str, run: Callable[[], None]) -> QPushButton:
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.clicked.connect(run)
    return made
