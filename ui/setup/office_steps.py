"""The two steps before a desk exists: which office and kind, and its first administrator."""

from PySide6.QtCore import Signal

from reliefdesk import reference
from reliefdesk.domain.desks import DeskKind, Office
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.problems import Problem
from ui.pages import Workplace
from ui.setup.account_form import AccountBoxes
from ui.setup.steps import Step
from ui.widgets.area_field import Area, AreaField
from ui.widgets.choice_field import term_choice
from ui.widgets.message_bar import MessageBar


class OfficeStep(Step):
    """Office by 汉字 or first letters, and the kind of desk."""

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages, key="office")
        self._divisions = reference.divisions()
        self.kind = self.grid.add("kind", "用途", term_choice(DeskKind))
        self.kind.choose(DeskKind.OFFICE)
        self.office_box = self.grid.add("office", "单位", AreaField())
        self.office_box.setPlaceholderText("汉字或首字母，如 xhjd；按 F2 列出全部")
        self.kind.edited.connect(self._offer)
        self.column.addStretch(1)
        self._offer()

    def begin(self) -> None:
        """The office is what is asked for first."""
        self.office_box.setFocus()

    def office(self) -> Office | None:
        """The chosen office, or None."""
        code = self.office_box.code()
        return next((office for office in self._offices() if office.code == code), None)

    def go(self) -> None:
        """Go on once both are chosen."""
        self.office_box.settle()
        problems = []
        if self.kind.chosen() is None:
            problems.append(Problem(field="kind", code="ui.kind_missing"))
        if self.office() is None:
            problems.append(Problem(field="office", code="ui.office_missing"))
        self.grid.show_problems(problems)
        if problems:
            self.grid.focus_first_problem()
        else:
            self.done.emit()

    def _rows(self) -> list[tuple[Office, str]]:
        kind = self.kind.chosen()
        district = kind is not None and kind.is_district
        rows = self._divisions.districts() if district else self._divisions.offices()
        return [(self._divisions.office_of(row), row.initials) for row in rows]

    def _offices(self) -> list[Office]:
        return [office for office, _ in self._rows()]

    def _offer(self) -> None:
        self.office_box.set_areas(
            [
                Area(code=office.code, name=office.name, initials=initials)
                for office, initials in self._rows()
            ]
        )


class AdministratorStep(Step):
    """The first account; `account_given` carries it, the page makes the desk."""

    account_given = Signal(object)

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages, key="administrator", columns=2)
        self.boxes = AccountBoxes(self.grid, fixed=(Seat.ADMINISTRATOR,))
        self.column.addStretch(1)

    def go(self) -> None:
        """Hand the account over once it is complete."""
        account = self.boxes.account()
        if account is not None:
            self.account_given.emit(account)
