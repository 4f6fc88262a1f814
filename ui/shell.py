"""Joins window, session, worker and pages: who is signed in decides what can be seen."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reliefdesk import wording
from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import sign_in
from ui import failures, keymap
from ui.main_window import MainWindow
from ui.operations import Operations
from ui.pages import Page, Workplace
from ui.refresh import Refresh
from ui.session import Session
from ui.sign_in.page import Door, SignInPage

if TYPE_CHECKING:
    from reliefdesk.desk import Desk

Standing = tuple[str, DeskKind, tuple[str, ...], int]
"""Office, kind of desk, steps of the first start that remain, minutes until the idle lock."""

RAIL = (
    ("today", "TodayPage"),
    ("counter", "CounterPage"),
    ("cases", "CasesPage"),
    ("ledger", "LedgerPage"),
    ("cash", "CashPage"),
    ("policies", "PoliciesPage"),
    ("system", "SystemPage"),
    ("vouchers", "VouchersPage"),
    ("sync", "SyncPage"),
)
"""The pages of the rail in their order; each is imported when somebody has signed in."""

DISTRICT_RAIL = (("district", "DistrictPage"),)
"""What a desk of the district has besides."""

OPENERS = {
    "cases": "open_case",
    "cash": "open_record",
    "district": "open_record",
    "ledger": "open_record",
    "policies": "open_record",
    "sync": "open_record",
    "system": "open_part",
    "vouchers": "open_record",
}
"""How a page opens one of its records, for `record_wanted` of another page."""


class Shell(QObject):
    """The program while it runs, apart from Qt's application object."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        clock = door.surroundings.clock
        self.operations = Operations(self)
        self.session = Session(clock, self)
        self.refresh = Refresh()
        self.window = MainWindow(self.refresh)
        self.workplace = Workplace(
            operations=self.operations,
            session=self.session,
            clock=clock,
            ids=door.surroundings.ids,
            show_page=self.window.show_page,
        )
        self.sign_in_page = SignInPage(self.workplace, door)
        self._remaining: tuple[str, ...] = ()
        self._before_lock = ""
        self._has_pages = False
        self._rail: tuple[tuple[str, str], ...] = RAIL
        self._connect()
        self._add_commands()

    def start(self) -> None:
        """Show the window: sign-in where a desk is, the set-up steps where none is."""
        self.window.add_hidden_page(self.sign_in_page)
        self.window.open_pages(())
        if sign_in.exists(self.door.folder):
            self.window.show_page("sign_in")
        else:
            self._show_setup()
        self.window.show()
        handle = self.window.windowHandle()
        if handle is not None:
            self.session.watch(handle)
        # Cipher and database load while the passphrase is typed.
        self.operations.work(lambda: import_module("reliefdesk.desk"), done=lambda _: None)

    def stop(self) -> None:
        """Close the desk and end the worker."""
        self.operations.stop()

    def _connect(self) -> None:
        self.operations.recorded.connect(self.refresh.changed)
        self.operations.refused.connect(self._refused)
        self.sign_in_page.signed_in.connect(self._signed_in)
        self.session.locked.connect(self._locked)
        self.session.signed_out.connect(self._signed_out)
        self.window.closing.connect(self.stop)

    def _add_commands(self) -> None:
        window = self.window
        menu = window.window_menu
        for command_id, run in (
            ("window.find", self._find),
            ("window.calculator", window.calculator.open),
            ("window.help", self._help),
            ("window.keymap", self._keymap),
            ("window.back", self._back),
            ("window.lock", self.session.lock),
            ("window.sign_out", self.session.sign_out),
            ("window.quit", window.close),
        ):
            menu.addAction(keymap.action(command_id, window, run))

    def say_crash(self, text: str) -> None:
        """Say on the page in front that the program failed."""
        if self.window.front is not None:
            self.window.front.messages.show_warning(text)

    def _refused(self, error: ReliefDeskError) -> None:
        if self.window.front is not None:
            failures.show(error, self.window.front.messages)

    def _signed_in(self, operator: Operator) -> None:
        before = self.session.operator
        self.operations.sign_in(operator.operator_id)
        self.session.sign_in(operator)
        self.window.operator.setText(f"操作人：{operator.name}")
        same = before is not None and before.operator_id == operator.operator_id
        if same and self._before_lock:
            self._open_pages()
            self.window.show_page(self._before_lock)
            return
        self.operations.ask_desk(_standing, done=self._begin)

    def _begin(self, standing: Standing) -> None:
        office, kind, self._remaining, idle = standing
        self.session.set_idle_minutes(idle)
        self._rail = RAIL + DISTRICT_RAIL if kind.is_district else RAIL
        mark = f"　{kind.label}" if kind is not DeskKind.OFFICE else ""
        self.window.office.setText(office + mark)
        self.window.setWindowTitle(f"{office}{mark} · 临时救助")
        self._add_pages()
        self._open_pages()
        operator = self.session.operator
        if self._remaining and operator is not None and Seat.ADMINISTRATOR in operator.seats:
            self._show_setup()
        else:
            self.window.show_page("today")

    def _add_pages(self) -> None:
        if self._has_pages:
            return
        self._has_pages = True
        for key, name in self._rail:
            page = getattr(import_module(f"ui.{key}.page"), name)(self.workplace)
            self.window.add_page(page)
            if hasattr(page, "record_wanted"):
                page.record_wanted.connect(self._open_record)

    def _open_record(self, key: str, record_id: str) -> None:
        """Bring a page to the front with one record open on it, as a line of another page asks."""
        if key == "setup":
            self._show_setup()
            return
        self.window.show_page(key)
        if record_id and key in OPENERS:
            getattr(self.window.page(key), OPENERS[key])(record_id)

    def _open_pages(self) -> None:
        self.window.open_pages([*(key for key, _ in self._rail), "setup"])

    def _show_setup(self) -> None:
        from ui.setup.page import SetupPage  # noqa: PLC0415 - only the first start needs it

        if not sign_in.exists(self.door.folder):
            self.window.open_pages(["setup"])
        if not self.window.has_page("setup"):
            page = SetupPage(self.workplace, self.door)
            page.signed_in.connect(self._signed_in)
            page.finished.connect(self._setup_finished)
            self.window.add_hidden_page(page)
        self.window.show_page("setup")

    def _setup_finished(self) -> None:
        self.window.show_page("today")

    def _locked(self) -> None:
        self._before_lock = self.window.front_below()
        self.window.open_pages(())
        self.window.show_page("sign_in")

    def _signed_out(self) -> None:
        self._before_lock = ""
        self.window.clear_messages()
        self.operations.close()
        self.window.operator.setText("")
        self.window.open_pages(())
        self.window.show_page("sign_in")

    def _find(self) -> None:
        if self._may_move():
            self.window.show_page("counter")

    def _help(self) -> None:
        from ui.help.page import HelpPage  # noqa: PLC0415 - on demand

        front = self.window.front
        if front is None or front.key in ("help", "keymap"):
            return
        page = self._hidden("help", HelpPage)
        if isinstance(page, HelpPage):
            page.explain(front.key, front.title)
        self.window.show_page("help")

    def _keymap(self) -> None:
        from ui.help.page import KeyMapPage  # noqa: PLC0415 - on demand

        self._hidden("keymap", KeyMapPage)
        self.window.show_page("keymap")

    def _hidden(self, key: str, make: type[QWidget]) -> Page:
        if not self.window.has_page(key):
            made = make()
            self.window.add_hidden_page(made)  # type: ignore[arg-type]  # both are pages
        return self.window.page(key)

    def _back(self) -> None:
        if not self.window.calculator.close_again():
            self.window.back()

    def _may_move(self) -> bool:
        return (
            self.session.operator is not None
            and not self.session.is_locked
            and self.window.has_page("counter")
        )


def _standing(desk: "Desk") -> Standing:
    from reliefdesk.services import settings  # noqa: PLC0415 - loaded with the desk

    genesis, idle = desk.genesis, settings.idle_minutes(desk.context())
    return genesis.office.name, genesis.kind, desk.remaining_steps(), idle


def training_hints() -> tuple[str, ...]:
    """What the sign-in page of a training desk says of its synthetic accounts."""
    from ui.setup import training  # noqa: PLC0415 - training only

    rows = [f"{each.name}（{each.seat_names}）　确认码 {each.pin}" for each in training.OPERATORS]
    return (wording.text("ui.training_passphrase", passphrase=training.PASSPHRASE), *rows)
