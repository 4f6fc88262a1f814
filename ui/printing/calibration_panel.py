"""Calibration (套准) in four lengths: print the ruler page, measure, type what the ruler says."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from reliefdesk import wording
from reliefdesk.domain.calibrations import RulerReading, check_reading
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import calibrations, printing
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context
from ui import failures, keymap, theme
from ui.pages import Workplace
from ui.widgets.field_grid import FieldGrid
from ui.widgets.level import Level
from ui.widgets.message_bar import MessageBar
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

_BOXES = (
    ("left", "① 左边到竖线"),
    ("top", "② 上边到横线"),
    ("across", "③ 横尺长"),
    ("down", "④ 竖尺长"),
)


class CalibrationPanel(Level):
    """Hidden until `open`; belongs to one printer and one form at a time."""

    def __init__(
        self, workplace: Workplace, messages: MessageBar, *, columns: int = len(_BOXES)
    ) -> None:
        super().__init__()
        self._operations = workplace.operations
        self._messages = messages
        self._printer = ""
        self._paper: Paper | None = None
        self._form = ""
        self.title = theme.heading("")
        self.title.setAccessibleName("套准的打印机和单据")
        self.says = WrappedLabel()
        self.says.setText(wording.text("printing.calibrate_says"))
        theme.quiet(self.says)
        self.grid = FieldGrid(columns=columns)
        for name, label in _BOXES:
            self.grid.add(name, label, TextField())
        self.grid.submitted.connect(self.keep)
        self.print_button = keymap.button(
            keymap.action("calibration.print", self, self.print_ruler)
        )
        self.keep_button = keymap.button(keymap.action("calibration.keep", self, self.keep))
        self.back_button = QPushButton("返回  Esc")
        self.back_button.setAccessibleName("返回")
        self.back_button.setAutoDefault(False)
        self.back_button.clicked.connect(self.close_level)
        theme.accent(self.keep_button)
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.print_button)
        row.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.GAP)
        column.setSpacing(theme.GAP_SMALL)
        for part in (self.title, self.says, self.grid):
            column.addWidget(part)
        column.addLayout(row)

    def open(self, printer: str, paper: Paper, *, form: str) -> None:
        """Ask for a printer and the form `paper` belongs to, called `form` in words."""
        self._printer, self._paper = printer, paper
        self._form = form
        self.title.setText(wording.text("printing.calibrate_title", printer=printer, form=form))
        self.grid.clear_problems()
        self.show()
        self.print_button.setFocus()
        self._run(lambda context: calibrations.reading(context, printer, paper.form), self._show)

    def print_ruler(self) -> None:
        """Print the ruler page on the form's paper, uncorrected."""
        printer, paper, form = self._printer, self._paper, self._form
        if paper is not None:
            self._operations.work(
                lambda: printing.print_ruler(printer, paper, form=form),
                done=lambda _job: self._messages.show_success(
                    wording.text("printing.ruler_printed")
                ),
                failed=self._failed,
            )

    def keep(self) -> None:
        """Keep the four lengths, or say which is no length."""
        printer, paper = self._printer, self._paper
        if paper is None:
            return
        found = check_reading({name: self._box(name).text() for name, _ in _BOXES})
        if not isinstance(found, RulerReading):
            self.grid.show_problems(found)
            self.grid.focus_first_problem()
            return
        self.grid.clear_problems()
        self._run(
            lambda context: calibrations.keep(context, printer, paper.form, found),
            lambda _none: self._kept(),
        )

    def _box(self, name: str) -> TextField:
        box = self.grid.field(name)
        assert isinstance(box, TextField)  # noqa: S101 - made above
        return box

    def _show(self, reading: RulerReading) -> None:
        for name, _ in _BOXES:
            tenths = getattr(reading, name)
            self._box(name).setText(f"{tenths // 10}.{tenths % 10}")

    def _kept(self) -> None:
        self._messages.show_success(wording.text("printing.calibrated"))
        self.close_level()

    def _run(self, call: Callable[[Context], object], done: Callable[..., None]) -> None:
        self._operations.run(call, done=done, failed=self._failed)

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self._messages)
