"""The counter (柜台): one page from the search box to signed-for cash, by keys alone.

Search on top; beneath it either the form of a request or the panel of a case. Everything typed is
saved as a draft; Esc goes one level back and never erases.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.persons import PersonRow
from reliefdesk.errors import ReliefDeskError
from ui import failures, keymap, theme
from ui.counter.case_panel import CasePanel
from ui.counter.intake import Intake
from ui.counter.intake_panel import IntakePanel
from ui.counter.search_panel import SearchPanel
from ui.pages import Workplace
from ui.widgets.message_bar import MessageBar

_WATCHED = frozenset({"cases", "persons", "payments", "receipts", "policies", "operators", "cash"})


class CounterPage(QWidget):
    """The page and its commands; the work is done by its parts."""

    title = "柜台"
    key = "counter"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._carry_on = False
        self.messages = MessageBar()
        self._actions = self._make_actions()
        self.search = SearchPanel(workplace.operations, self._actions["counter.new"])
        self.form = IntakePanel(
            (self._actions["counter.cause"], self._actions["counter.submit_next"],
             self._actions["counter.submit"]),
            now=workplace.now,
            today=workplace.today,
        )  # fmt: skip
        self.intake = Intake(
            self.form, workplace.operations, clock=workplace.clock, ids=workplace.ids, parent=self
        )
        self.case = CasePanel(workplace, self.messages, self._actions["counter.print"])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.form)
        self.stack.addWidget(self.case)
        self._own = self._commands_of_form()
        self.stack.currentChanged.connect(self._turned)
        self._connect()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP, theme.GAP_SMALL)
        column.setSpacing(theme.GAP_SMALL)
        for part in (self.messages, self.search):
            column.addWidget(part)
        column.addWidget(self.stack, 1)

    @property
    def widget(self) -> QWidget:
        """What the window shows."""
        return self

    def shown(self) -> None:
        """F3 and coming to the front: load what the desk knows, cursor into the search box."""
        self.intake.load()
        if self.on_case:
            self.case.reload()
        self.search.ask()

    def changed(self, kinds: frozenset[str]) -> None:
        """Facts changed: the case on screen and the live outcome are asked anew."""
        if not kinds & _WATCHED:
            return
        if self.on_case:
            self.case.reload()
        else:
            self.intake.recheck()

    def open_case(self, case_id: CaseId) -> None:
        """Show a case on this page."""
        self.case.open(case_id)
        self.stack.setCurrentWidget(self.case)

    @property
    def on_case(self) -> bool:
        """Whether a case is shown rather than the form."""
        return self.stack.currentWidget() is self.case

    def event(self, event: QEvent) -> bool:
        """Claim Esc while there is a level to go back, before the window takes it."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (self.on_case or self.search.answers_open)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc: close the answers, then an open act, then go back from the case to the form."""
        if event.key() == Qt.Key.Key_Escape and self.search.answers_open:
            self.search.close_answers()
            self.search.ask()
            return
        if event.key() == Qt.Key.Key_Escape and self.on_case:
            if not self.case.close_act():
                self._show_form()
            return
        super().keyPressEvent(event)

    def _make_actions(self) -> dict[str, QAction]:
        runs = {
            "counter.cause": self._frequent,
            "counter.new": self._new,
            "counter.save": self._save,
            "counter.submit": self._submit,
            "counter.submit_next": self._submit_next,
            "counter.print": self._print,
        }
        actions = {name: keymap.action(name, self, run) for name, run in runs.items()}
        # On the form F8 only submits; paying has its own button on the case.
        actions["counter.submit"].setText("提交")
        return actions

    def _commands_of_form(self) -> tuple[QAction, ...]:
        """The keys of the form's own buttons work from the search box too."""
        known = {each.command_id for each in keymap.COMMANDS}
        found = [each for each in self.form.findChildren(QAction) if each.objectName() in known]
        for each in found:
            self.addAction(each)
        return tuple(found)

    def _turned(self) -> None:
        """No key changes a form that is out of sight."""
        for each in self._own:
            each.setEnabled(not self.on_case)

    def _connect(self) -> None:
        self.search.taken.connect(self._take)
        self.search.fresh.connect(self._begin)
        self.search.case_wanted.connect(self._open_found)
        self.form.submitted.connect(self._submit)
        self.form.history.case_chosen.connect(self._open_past)
        self.form.open_case.wanted.connect(self._open_past)
        self.intake.accepted.connect(self._accepted)
        self.intake.refused.connect(self._refused)
        self.intake.noted.connect(self.messages.show_note)
        self.intake.aside_changed.connect(self.form.amount.aside.setVisible)
        self.form.amount.aside_wanted.connect(self.intake.take_aside)
        self.form.person.change_wanted.connect(self.search.ask)
        self.intake.keeper.said.connect(self.form.amount.draft.setText)

    def _take(self, row: PersonRow) -> None:
        self._show_form()
        self.search.empty()
        self.intake.take(row.person_id)

    def _open_found(self, case_id: str) -> None:
        self.search.empty()
        self._open_past(case_id)

    def _begin(self, typed: str) -> None:
        self._show_form()
        self.search.empty()
        self.intake.begin(typed)

    def _new(self) -> None:
        self.search.begin_new()

    def _frequent(self) -> None:
        if not self.on_case:
            self.form.emergency.offer_frequent()

    def _save(self) -> None:
        if not self.on_case:
            self.intake.save()

    def _submit(self) -> None:
        if self.on_case:
            self.case.step()
        elif self.form.correction.is_open:
            self.form.correction.order()
        else:
            self._carry_on = False
            self.intake.submit()

    def _submit_next(self) -> None:
        if not self.on_case:
            self._carry_on = True
            self.intake.submit()

    def _print(self) -> None:
        if self.on_case:
            self.case.print_receipt()

    def _accepted(self, case: Case) -> None:
        said = wording.text("counter.accepted", case_no=case.case_no)
        if self._carry_on:
            self._carry_on = False
            self.intake.next_person()
            self.search.ask()
        else:
            self.intake.empty()
            self.open_case(case.case_id)
        self.messages.show_success(said)

    def _open_past(self, case_id: str) -> None:
        self.open_case(CaseId(case_id))

    def _show_form(self) -> None:
        self.messages.clear()
        self.case.close_case()
        self.stack.setCurrentWidget(self.form)
        self.search.ask()

    def _refused(self, error: ReliefDeskError) -> None:
        failures.show(error, self.messages)
