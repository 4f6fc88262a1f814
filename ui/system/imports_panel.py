"""导入表格: choose a file, match its columns, see every finding, confirm before a second officer.

Nothing is written before the last step; a refusal keeps everything as it was chosen.
"""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget

from reliefdesk import wording
from reliefdesk.domain.ids import ImportId, OperatorId
from reliefdesk.domain.import_columns import Header, ImportKind, Matching
from reliefdesk.domain.imports import (
    ApplicantRow,
    ColumnsUnmatchedError,
    ImportDone,
    ImportOrder,
    ImportPlan,
)
from reliefdesk.domain.operators import Operator
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import imports, operators
from reliefdesk.services.imports import SheetCells, SheetFile
from reliefdesk.services.recording import Context, Recorded
from ui.imports.check_view import CheckView
from ui.imports.past_view import PastView
from ui.imports.rows import PastLine
from ui.imports.source_view import SourceView
from ui.imports.waiting_view import WaitingView
from ui.pages import Workplace
from ui.system.panels import Panel, plain_button
from ui.widgets.message_bar import MessageBar

_FILES = "表格 (*.xlsx *.xls *.et *.ods *.csv)"
Found = tuple[SheetCells, Header | None, Matching]


class ImportPanel(Panel):
    """F8 goes one step on: from the matching to the check, from the check to the import."""

    title = "导入表格"
    key = "imports"
    command = "核对或确认"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        self._file: SheetFile | None = None
        self._found: Found | None = None
        self._plan: ImportPlan | None = None
        self._import_id = ImportId("")
        self.choose_button = plain_button("选择表格文件")
        self.back_button = plain_button("返回对列")
        self.past_button = plain_button("以前的导入")
        self.waiting_button = plain_button("待受理名单")
        self.source = SourceView()
        self.check = CheckView()
        self.past = PastView()
        self.waiting = WaitingView()
        self.stack = QStackedWidget()
        for view in (self.source, self.check, self.past, self.waiting):
            self.stack.addWidget(view)
        self.choose_button.clicked.connect(self.ask_which)
        self.back_button.clicked.connect(self.back)
        self.past_button.clicked.connect(self.show_past)
        self.waiting_button.clicked.connect(self.show_waiting)
        self.source.changed.connect(self._source_changed)
        self.check.confirmed.connect(self._confirmed)
        self.past.withdrawn.connect(self._withdraw)
        self.waiting.forgotten.connect(self._forget)
        buttons = QHBoxLayout()
        for button in (
            self.choose_button,
            self.back_button,
            self.past_button,
            self.waiting_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.column.addWidget(self.stack, 1)
        self._turn(self.source)

    def begin(self) -> None:
        """Offer everybody who may confirm; what was chosen before stays."""
        self.choose_button.setFocus()
        self.workplace.operations.run(_second_officers, done=self._offer, failed=self.refuse)

    def ask_which(self) -> None:
        """Let the operator choose the file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选择表格文件", "", _FILES)
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Read a file on the worker; nothing is written. Who may not import is told first."""

        def allowed(_done: None) -> None:
            self.messages.show_note(wording.text("imports.reading"))
            self.workplace.operations.work(
                lambda: imports.read_file(path), done=self._read, failed=self.refuse
            )

        self.workplace.operations.run(imports.require_importer, done=allowed, failed=self.refuse)

    def go(self) -> None:
        """What F8 does in the view that is in front."""
        front = self.stack.currentWidget()
        if isinstance(front, PastView | WaitingView):
            front.confirm()
        elif self.stack.currentWidget() is self.source:
            self._check()
        elif self._plan is not None:
            if self._plan.reading.kind is ImportKind.EARLIER:
                self.check.panel.confirm()
            else:
                self._bring_in(self._plan, None)

    def back(self) -> None:
        """Back to the matching; the file stays read."""
        self._turn(self.source)

    def show_past(self) -> None:
        """List the imports of earlier payments."""
        self.workplace.operations.run(_past_lines, done=self._show_past, failed=self.refuse)

    def show_waiting(self) -> None:
        """List who stands in imported rosters."""
        self.workplace.operations.run(
            imports.applicants, done=self._show_waiting, failed=self.refuse
        )

    def _show_waiting(self, rows: tuple[ApplicantRow, ...]) -> None:
        self._turn(self.waiting)
        self.waiting.show_rows(rows)

    def _forget(self, row: ApplicantRow) -> None:
        def forgotten(_done: Recorded[int]) -> None:
            self.say("imports.forgotten", name=row.applicant.name)
            self.show_waiting()

        self.workplace.operations.run(
            lambda context: imports.forget_applicants(context, [row.applicant]),
            done=forgotten,
            failed=self.refuse,
        )

    def _offer(self, officers: tuple[Operator, ...]) -> None:
        self.check.panel.set_officers(officers)
        self.past.panel.set_officers(officers)

    def _read(self, file: SheetFile) -> None:
        self.messages.clear()
        self._file = file
        sheet = imports.likely_sheet(file, self.source.chosen_kind())
        self.source.show_file(file, sheet)
        self._look(sheet, None)

    def _look(self, sheet: SheetCells, row: int | None) -> None:
        kind = self.source.chosen_kind()
        self._plan = None
        self.workplace.operations.run(
            lambda context: _found(context, sheet, kind, row), done=self._looked, failed=self.refuse
        )

    def _looked(self, found: Found) -> None:
        self._found = found
        self.source.show_header(*found)
        self._turn(self.source)
        self.source.header.setFocus()

    def _source_changed(self, name: str) -> None:
        file = self._file
        if file is None:
            return
        place = self.source.sheet.chosen() or 0
        row = self.source.header.chosen() if name == "header" else None
        self._look(file.sheets[place], row)

    def _check(self) -> None:
        file, found = self._file, self._found
        if file is None or found is None or found[1] is None:
            said = "imports.first_file" if file is None else "imports.no_header"
            self.messages.show_note(wording.text(said))
            return
        sheet, header = found[0], found[1]
        kind, matching = self.source.chosen_kind(), self.source.matching()
        self.workplace.operations.run(
            lambda context: imports.plan(context, (file, sheet), header, matching, kind=kind),
            done=self._checked,
            failed=self._unmatched,
        )

    def _checked(self, plan: ImportPlan) -> None:
        self.messages.clear()
        self._plan = plan
        self._import_id = ImportId(self.workplace.ids.new())
        self._turn(self.check)
        self.check.show_plan(plan)

    def _unmatched(self, error: ReliefDeskError) -> None:
        self.refuse(error)
        if isinstance(error, ColumnsUnmatchedError):
            self.source.show_problems(error.problems)

    def _confirmed(self, operator_id: str, pin: str) -> None:
        if self._plan is not None:
            self._bring_in(self._plan, (OperatorId(operator_id), pin))

    def _bring_in(self, plan: ImportPlan, proof: tuple[OperatorId, str] | None) -> None:
        order = ImportOrder(
            import_id=self._import_id,
            plan=plan,
            without_bad_rows=self.check.without_bad_rows,
            doubles_too=self.check.doubles_too,
        )

        def bring_in(context: Context) -> Recorded[ImportDone]:
            if proof is None:
                return imports.import_roster(context, order)
            officer = operators.check_pin(context, *proof)
            return imports.import_reliefs(context, order, officer=officer)

        self.workplace.operations.run(bring_in, done=self._done, failed=self._not_done)

    def _done(self, recorded: Recorded[ImportDone]) -> None:
        done = recorded.result
        self._plan = self._file = self._found = None
        self.check.panel.pin.clear()
        self._turn(self.source)
        key = "imports.done" if done.count else "imports.done_before"
        self.say(key, count=done.count, amount=done.amount, before=done.done_before)

    def _not_done(self, error: ReliefDeskError) -> None:
        self.check.panel.refuse()
        self.refuse(error)

    def _withdraw(self, import_id: str, reason: str, operator_id: str, pin: str) -> None:
        def withdraw(context: Context) -> Recorded[None]:
            officer = operators.check_pin(context, OperatorId(operator_id), pin)
            return imports.withdraw(context, ImportId(import_id), reason, officer=officer)

        self.workplace.operations.run(withdraw, done=self._withdrawn, failed=self._not_withdrawn)

    def _withdrawn(self, _done: Recorded[None]) -> None:
        self.past.finish()
        self.say("imports.withdrawn")
        self.show_past()

    def _not_withdrawn(self, error: ReliefDeskError) -> None:
        self.past.panel.refuse()
        self.refuse(error)

    def _show_past(self, lines: tuple[PastLine, ...]) -> None:
        self._turn(self.past)
        self.past.show_lines(lines)

    def _turn(self, view: SourceView | CheckView | PastView | WaitingView) -> None:
        self.stack.setCurrentWidget(view)
        self.back_button.setEnabled(view is not self.source)


def _found(context: Context, sheet: SheetCells, kind: ImportKind, row: int | None) -> Found:
    header = imports.header_of(sheet, kind, row)
    matching = {} if header is None else imports.matching_of(context, header, kind)
    return sheet, header, matching


def _second_officers(context: Context) -> tuple[Operator, ...]:
    seats = set(imports.SECOND_SEATS)
    return tuple(
        each
        for each in operators.operators(context)
        if each.operator_id != context.operator_id and seats & set(each.seats)
    )


def _past_lines(context: Context) -> tuple[PastLine, ...]:
    names = operators.names(context)
    return tuple(
        PastLine(
            past=each,
            by="、".join(names.get(who, "") for who in (each.operator_id, *each.confirmed_by)),
        )
        for each in imports.imports(context)
    )
