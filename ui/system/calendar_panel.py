"""Loads the holiday table of a year from a file, confirmed by a second person."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from reliefdesk import wording
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.policies import CalendarLoaded
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.workdays import CalendarReading, read_calendar
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import operators, policies
from reliefdesk.services.recording import Context, Recorded
from ui.pages import Workplace
from ui.system.operators_panel import active
from ui.system.panels import Panel, plain_button
from ui.widgets.confirm_panel import ConfirmPanel
from ui.widgets.field_grid import FieldGrid
from ui.widgets.message_bar import MessageBar
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

_PROBLEMS_SHOWN = 3


class CalendarPanel(Panel):
    """Choose the file, read what it says, give the document, have it confirmed."""

    title = "节假日表"
    key = "calendar"
    command = "确认装入"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        self._reading: CalendarReading | None = None
        self.choose_button = plain_button("选择节假日表文件")
        self.choose_button.clicked.connect(self.ask_which)
        self.found = WrappedLabel()
        self.grid = FieldGrid()
        self.document = self.grid.add("document", "文件文号", TextField())
        self.panel = ConfirmPanel("由另一人确认装入")
        self.panel.confirmed.connect(self._confirmed)
        self.grid.submitted.connect(self.go)
        self.panel.button.hide()
        left = Qt.AlignmentFlag.AlignLeft
        self.column.addWidget(self.choose_button, 0, left)
        for part in (self.found, self.grid, self.panel):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Offer everybody but the one who loads."""
        self.choose_button.setFocus()
        self.workplace.operations.run(active, done=self.panel.set_officers, failed=self.refuse)

    def ask_which(self) -> None:
        """Let the operator choose the file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, "选择节假日表文件", "", "节假日表 (*.csv *.txt)"
        )
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Read a file and say what it holds; nothing is loaded yet."""
        self._reading = None
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            # Windows programs in China still write GBK.
            text = path.read_text("gb18030", errors="replace")
        except OSError:
            self.messages.show_warning(wording.text("ui.file_unreadable"))
            return
        reading = read_calendar(text)
        if reading.problems:
            said = [wording.problem_sentence(each) for each in reading.problems[:_PROBLEMS_SHOWN]]
            self.found.setText("")
            self.messages.show_warning(wording.text("ui.calendar_unread", problems="".join(said)))
            return
        self._reading = reading
        self.found.setText(
            wording.text(
                "ui.calendar_read",
                year=reading.year,
                holidays=len(reading.holidays),
                weekends=len(reading.working_weekends),
            )
        )
        self.document.setFocus()

    def go(self) -> None:
        """Ask for the confirmation once file and document are there."""
        if self._calendar() is not None:
            self.panel.confirm()

    def _calendar(self) -> CalendarLoaded | None:
        if self._reading is None:
            self.messages.show_note(wording.text("ui.calendar_first"))
            return None
        document = self.document.text().strip()
        missing = [] if document else [Problem(field="document", code="ui.needed")]
        self.grid.show_problems(missing)
        if self.grid.focus_first_problem():
            return None
        return CalendarLoaded(
            year=self._reading.year,
            holidays=self._reading.holidays,
            working_weekends=self._reading.working_weekends,
            document=document,
        )

    def _confirmed(self, operator_id: str, pin: str) -> None:
        calendar = self._calendar()
        if calendar is None:
            return

        def load(context: Context) -> Recorded[int]:
            officer = operators.check_pin(context, OperatorId(operator_id), pin)
            return policies.load_calendar(context, calendar, officer=officer)

        self.workplace.operations.run(load, done=self._loaded, failed=self._not_loaded)

    def _loaded(self, recorded: Recorded[int]) -> None:
        self.panel.pin.clear()
        self.found.setText("")
        self._reading = None
        self.say("ui.calendar_loaded", year=recorded.result)

    def _not_loaded(self, error: ReliefDeskError) -> None:
        self.panel.refuse()
        self.refuse(error)
