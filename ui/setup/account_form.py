"""The boxes of an account: name, seats, sign-in passphrase and confirming PIN, secrets twice."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from reliefdesk.desk import Account
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.problems import Problem
from ui import theme
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import NameField, PassphraseField, PinField


class SeatBoxes(QWidget):
    """One box to tick per seat; the statute's incompatible pair is refused by the domain."""

    edited = Signal()

    def __init__(self, fixed: Iterable[Seat] = ()) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self._boxes: dict[Seat, QCheckBox] = {}
        for seat in Seat:
            box = QCheckBox(seat.label)
            box.setAccessibleName(seat.label)
            box.setMinimumHeight(theme.field_height())
            box.toggled.connect(self._tell)
            self._boxes[seat] = box
            row.addWidget(box)
        row.addStretch(1)
        for seat in fixed:
            self._boxes[seat].setChecked(True)
            self._boxes[seat].setEnabled(False)
        self.setFocusProxy(next(box for box in self._boxes.values() if box.isEnabled()))

    def seats(self) -> tuple[Seat, ...]:
        """The ticked seats."""
        return tuple(seat for seat, box in self._boxes.items() if box.isChecked())

    def set_seats(self, seats: Iterable[Seat]) -> None:
        """Tick exactly these seats."""
        wanted = set(seats)
        for seat, box in self._boxes.items():
            box.setChecked(seat in wanted)

    def _tell(self) -> None:
        self.edited.emit()


class SecretBoxes:
    """A passphrase and a PIN, each typed twice, in a grid that already exists."""

    def __init__(self, grid: FieldGrid) -> None:
        self._grid = grid
        self.passphrase = grid.add("passphrase", "登录口令", PassphraseField())
        self.passphrase.setPlaceholderText("至少 12 个字符，或四个词")
        self.again = grid.add("passphrase_again", "再输一遍口令", PassphraseField())
        self.pin = grid.add("pin", "确认码", PinField())
        self.pin.setPlaceholderText("六位数字，不用生日和连号")
        self.pin_again = grid.add("pin_again", "再输一遍确认码", PinField())

    def problems(self) -> list[Problem]:
        """What is missing or differs."""
        found = []
        if not self.passphrase.text():
            found.append(Problem(field="passphrase", code="ui.passphrase_missing"))
        elif self.passphrase.text() != self.again.text():
            found.append(Problem(field="passphrase_again", code="ui.again_differs"))
        if len(self.pin.text()) != PinField.DIGITS:
            found.append(Problem(field="pin", code="ui.pin_short"))
        elif self.pin.text() != self.pin_again.text():
            found.append(Problem(field="pin_again", code="ui.again_differs"))
        return found

    def clear(self) -> None:
        """Empty the secrets after they were taken."""
        for box in (self.passphrase, self.again, self.pin, self.pin_again):
            box.clear()


class AccountBoxes:
    """All boxes of a new account in a grid; `account()` marks what is missing."""

    def __init__(self, grid: FieldGrid, *, fixed: Iterable[Seat] = ()) -> None:
        self._grid = grid
        self.name = grid.add("name", "姓名", NameField(), span=grid.columns)
        self.seats = grid.add("seats", "岗位", SeatBoxes(fixed), span=grid.columns)
        self.secrets = SecretBoxes(grid)

    def account(self) -> Account | None:
        """The account as typed, or None with the problems marked at the boxes."""
        problems = self.secrets.problems()
        if not self.name.text().strip():
            problems.insert(0, Problem(field="name", code="operators.name_missing"))
        if not self.seats.seats():
            problems.append(Problem(field="seats", code="ui.seats_missing"))
        self._grid.show_problems(problems)
        if problems:
            self._grid.focus_first_problem()
            return None
        return Account(
            name=self.name.text().strip(),
            seats=self.seats.seats(),
            passphrase=self.secrets.passphrase.text(),
            pin=self.secrets.pin.text(),
        )

    def clear(self) -> None:
        """Empty the boxes for the next account."""
        self.name.clear()
        self.seats.set_seats(())
        self.secrets.clear()
