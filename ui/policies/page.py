"""政策: the parameter list with its documents; new rows and corrections before a second officer.

A back-dated row rewrites nothing: the decided cases it concerns are listed to be looked at (§2.5).
"""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.desks import Office
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import operators, policies, publishing
from reliefdesk.services.policies import PolicyLine
from reliefdesk.services.recording import Context, Recorded
from ui import failures, keymap, theme
from ui.pages import Workplace
from ui.policies.holidays_tab import HolidaysTab
from ui.policies.row_form import RowForm
from ui.policies.rows import CITY, COLUMNS, ParameterRow, RowState, parameter_rows
from ui.widgets.latest import Latest
from ui.widgets.message_bar import MessageBar
from ui.widgets.tables import RowTable, TableView

_CASES_NAMED = 20
_DISTRICT_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Everything the page shows, read in one go."""

    lines: tuple[PolicyLine, ...]
    officers: tuple[Operator, ...]
    office: str
    may_enter: bool
    offices: tuple[Office, ...]


class PoliciesPage(QWidget):
    """Two tabs: the parameter list, and the holiday tables."""

    title = "政策"
    key = "policies"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._may_enter = False
        self._offices: tuple[Office, ...] = ()
        self.messages = MessageBar()
        self.rows: RowTable[ParameterRow] = RowTable(COLUMNS)
        self.table = TableView("参数清单", self.rows)
        self.note = QLabel(wording.text("policies_page.note"))
        self.form = RowForm(workplace.today)
        self.holidays = HolidaysTab(workplace, self.messages, failed=self._failed)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("参数和节假日表")
        self.tabs.setDocumentMode(True)
        self.new_action = keymap.action("policies.new", self, self.enter_new)
        self.correct_action = keymap.action("policies.correct", self, self.correct)
        self.confirm_action = keymap.action("policies.confirm", self, self._confirm)
        self.turn_action = keymap.action("policies.holidays", self, self.turn)
        self._latest: Latest[Parameters] = Latest(
            workplace.operations, parent=self, done=self._show, failed=self._failed
        )
        self.form.wanted.connect(self._enter)
        self.form.closed.connect(self._form_closed)
        self.table.row_chosen.connect(self._chosen)
        self.table.row_changed.connect(self._arrange)
        self._lay_out()
        self.tabs.currentChanged.connect(self._turned)
        self._arrange()

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def shown(self) -> None:
        """Read the list; the cursor stands in it."""
        self.load()
        self._turned()

    def changed(self, kinds: frozenset[str]) -> None:
        """Rows, tables or operators changed; what is typed stays."""
        if kinds & {"policies", "operators"}:
            self.load()
            self.holidays.load()

    def open_record(self, record_id: str) -> None:
        """`calendar` shows the holiday tables, anything else the parameter list."""
        self.tabs.setCurrentIndex(1 if record_id == "calendar" else 0)

    def load(self) -> None:
        """Read the parameter list and who may confirm."""
        self._latest.ask(_parameters)

    def turn(self) -> None:
        """From the parameters to the holiday tables and back."""
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())

    def enter_new(self) -> None:
        """Begin a new row."""
        if self._may_begin():
            self.form.open_new()
            self._arrange()

    def correct(self) -> None:
        """Begin the correction of the chosen row."""
        chosen: ParameterRow | None = self.table.chosen_row()
        if chosen is not None and _can_be_corrected(chosen) and chosen.row and self._may_begin():
            self.form.open_correction(chosen.row)
            self._arrange()

    def _may_begin(self) -> bool:
        self.messages.clear()
        self.tabs.setCurrentIndex(0)
        if not self._may_enter:
            keys = keymap.command("window.sign_out").keys[0]
            self.messages.show_note(wording.text("policies_page.not_administrator", keys=keys))
        return self._may_enter

    def _lay_out(self) -> None:
        theme.quiet(self.note)
        parameters = QWidget()
        inner = QVBoxLayout(parameters)
        inner.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        inner.setSpacing(theme.GAP_SMALL)
        inner.addWidget(self.form)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.note)
        inner.addStretch(0)
        self.tabs.addTab(parameters, "参数清单")
        self.tabs.addTab(self.holidays, self.holidays.title)
        confirm = keymap.button(self.confirm_action)
        theme.accent(confirm)
        self.holidays.add_button(confirm)
        head = QHBoxLayout()
        head.addWidget(theme.title(self.title))
        head.addStretch(1)
        for action in (self.new_action, self.correct_action, self.turn_action):
            head.addWidget(keymap.button(action))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_WIDE, theme.GAP, theme.GAP_WIDE, theme.GAP)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.tabs, 1)

    def _show(self, found: Parameters) -> None:
        before = self.table.chosen_row()
        rows = parameter_rows(
            found.lines,
            self._workplace.today(),
            {one.code: one.name for one in found.offices},
        )
        self.rows.set_rows(rows)
        places = [place for place, row in enumerate(rows) if _same(row, before)]
        self.table.choose_row(places[0] if places else 0)
        self._may_enter, self._offices = found.may_enter, found.offices
        self.form.set_people(found.officers, _scopes(found))
        self._arrange()

    def _enter(self, draft: PolicyRowDraft, officer: str, pin: str) -> None:
        self.form.setEnabled(False)

        def enter(context: Context) -> Recorded[tuple[str, ...]]:
            proved = operators.check_pin(context, OperatorId(officer), pin)
            return policies.enter(context, draft, officer=proved)

        self._workplace.operations.run(
            enter, done=lambda done: self._entered(draft, done), failed=self._refused
        )

    def _entered(self, draft: PolicyRowDraft, done: Recorded[tuple[str, ...]]) -> None:
        self.form.setEnabled(True)
        self.form.finish()
        facts = {"policy": draft.key.label, "since": draft.valid_from}
        said = wording.text("policies_page.entered", **facts)
        if self._offices:
            said += wording.text("policies_page.published", count=len(self._offices))
        if not done.result:
            self.messages.show_success(said)
            return
        named = "、".join(done.result[:_CASES_NAMED])
        if len(done.result) > _CASES_NAMED:
            named = wording.text("policies_page.more", cases=named)
        told = wording.text("policies_page.affected", count=len(done.result), cases=named)
        self.messages.show_warning(f"{said}。{told}")

    def _refused(self, error: ReliefDeskError) -> None:
        self.form.setEnabled(True)
        failures.show(error, self.messages)
        self.form.panel.refuse()

    def _confirm(self) -> None:
        if self.tabs.currentWidget() is self.holidays:
            self.holidays.loading.go()
        elif self.form.is_open:
            self.form.confirm()

    def _form_closed(self) -> None:
        self._arrange()
        self.table.setFocus()

    def _turned(self) -> None:
        if self.tabs.currentWidget() is self.holidays:
            self.holidays.begin()
        elif not self.form.is_open:
            self.table.setFocus()
        self._arrange()

    def _chosen(self, _position: int) -> None:
        self.correct()

    def _arrange(self, _position: int = 0) -> None:
        on_holidays = self.tabs.currentWidget() is self.holidays
        chosen = self.table.chosen_row()
        free = not on_holidays and not self.form.is_open
        self.table.setVisible(not self.form.is_open)
        self.note.setVisible(not self.form.is_open)
        self.new_action.setEnabled(free)
        self.correct_action.setEnabled(free and chosen is not None and _can_be_corrected(chosen))
        self.confirm_action.setEnabled(on_holidays or self.form.is_open)

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)


def _parameters(context: Context) -> Parameters:
    own = operators.signed_in(context)
    others = [one for one in operators.operators(context) if one.operator_id != own.operator_id]
    return Parameters(
        lines=policies.listed(context),
        officers=tuple(one for one in others if one.active),
        office=context.desk.office.code,
        may_enter=Seat.ADMINISTRATOR in own.seats,
        offices=publishing.offices(context),
    )


def _scopes(found: Parameters) -> list[tuple[str, str]]:
    """For whom a row can hold; a district chooses among its offices."""
    wide = [
        (CITY, wording.text("policies_page.whole_city")),
        (found.office[:_DISTRICT_DIGITS], wording.text("policies_page.district")),
    ]
    if len(found.office) <= _DISTRICT_DIGITS:
        return [*wide, *((one.code, one.name) for one in found.offices)]
    return [*wide, (found.office, wording.text("policies_page.office"))]


def _can_be_corrected(row: ParameterRow) -> bool:
    return row.row is not None and row.state is not RowState.CORRECTED and not row.published


def _same(row: ParameterRow, before: ParameterRow | None) -> bool:
    return before is not None and (row.key, row.area, row.row) == (
        before.key,
        before.area,
        before.row,
    )
