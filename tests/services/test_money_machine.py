"""Any order of paying, printing, signing, voiding, reversing and moving the float keeps the books.

A plain model says what must succeed; after every step drawer, journal, ledger and numbers agree.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from reliefdesk import desk as front_door
from reliefdesk.clock import FixedClock, SystemClock, SystemIds
from reliefdesk.desk import Surroundings
from reliefdesk.domain.cash import CashKind, FloatDraft
from reliefdesk.domain.ids import (
    CaseId,
    EntryId,
    PaymentId,
    ReceiptNo,
    RecoveryId,
)
from reliefdesk.domain.ledger import LedgerFilter
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.payments import PayOrder, ReverseOrder
from reliefdesk.domain.receipts import ReceiptState, VoidOrder
from reliefdesk.errors import UserError
from reliefdesk.services import (
    cases,
    cash,
    ledger,
    operators,
    payments,
    receipts,
)
from reliefdesk.services.receipts import ReceiptForm
from reliefdesk.storage import cash as drawer
from reliefdesk.storage import verification
from tests.builders import MORNING, PASSPHRASE, PINS, QUICK, a_desk, a_draft, an_approved_case
from tests.services.counter import somebody

GRANTED = 70_000
CASES = 5
UNSIGNED = (ReceiptState.ISSUED, ReceiptState.PRINTED)
SIGNED = (ReceiptState.SIGNED, ReceiptState.FILED)


@dataclass
class Number:
    """What the model knows of a receipt."""

    case_id: CaseId
    fen: int
    state: ReceiptState = ReceiptState.ISSUED
    prints: int = 0


class _MoneyMachine(RuleBasedStateMachine):
    """One desk with five approved cases of 700 yuan and a float of 1,200."""

    template: Path
    numbers = Bundle("numbers")

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent)) / "desk"
        shutil.copytree(self.template, self.folder)
        self.clock = FixedClock(MORNING + timedelta(hours=1))
        self.ids = SystemIds(SystemClock())
        around = Surroundings(clock=self.clock, ids=self.ids, slot_work=QUICK, pin_work=QUICK)
        self.desk = front_door.sign_in(self.folder, "出纳丁", PASSPHRASE + "出纳丁", around)
        self.context = self.desk.context()
        seated = {entry.name: entry.operator_id for entry in operators.operators(self.context)}
        self.cashier, self.second, self.approver = (
            operators.check_pin(self.context, seated[name], PINS[name])
            for name in ("出纳丁", "记账戊", "审批丙")
        )
        self.archivist = self.desk.context(seated["记账戊"])
        listed = ledger.ledger(self.context, self.whole()).rows
        self.case_ids = [row.case_id for row in listed]
        self.balance = 120_000
        self.known: dict[str, Number] = {}
        self.blank: list[ReceiptNo] = []
        self.claims: list[tuple[RecoveryId, CaseId]] = []
        self.claimed: dict[CaseId, int] = {}
        self.repaid: dict[CaseId, int] = {}
        self.kept = 0

    def whole(self) -> LedgerFilter:
        return LedgerFilter(since=date(2021, 1, 1), until=self.context.today)

    def attempt(self, *, allowed: bool, act: Callable[[], object]) -> bool:
        """Do it; the outcome must be what the model expects."""
        refused: UserError | None = None
        try:
            act()
        except UserError as refusal:
            refused = refusal
        assert (refused is None) is allowed, refused
        return allowed

    def paid(self, case_id: CaseId) -> int:
        undone = (ReceiptState.VOID, ReceiptState.REVERSED)
        return sum(
            number.fen
            for number in self.known.values()
            if number.case_id == case_id and number.state not in undone
        )

    def order(self, case_id: CaseId, fen: int) -> PayOrder:
        return PayOrder(
            payment_id=PaymentId(self.ids.new()),
            case_id=case_id,
            amount=Money(fen),
            cash_reason="无银行账户",
            difference_reason="按实际困难",
        )

    @rule(target=numbers, place=st.integers(0, CASES - 1), fen=st.sampled_from([GRANTED, 50_000]))
    def pay(self, place: int, fen: int) -> object:
        case_id = self.case_ids[place]
        before = self.paid(case_id)
        order = self.order(case_id, fen)
        version = cases.case(self.context, case_id).version

        def act() -> None:
            payments.pay(self.context, order, seen_version=version, officer=self.cashier)

        # The desk corrects by red entry: what stands is never supplemented.
        free = self.claimed.get(case_id, 0) <= self.repaid.get(case_id, 0)
        if not self.attempt(allowed=before == 0 and fen <= self.balance and free, act=act):
            return multiple()
        return self.note(order)

    def note(self, order: PayOrder) -> ReceiptNo:
        (found,) = [
            payment
            for payment in payments.of_case(self.context, order.case_id)
            if payment.payment_id == order.payment_id
        ]
        self.known[found.receipt_no] = Number(case_id=order.case_id, fen=order.amount.fen)
        self.balance -= order.amount.fen
        return found.receipt_no

    @rule(number=numbers, reason=st.sampled_from(["", "卡纸"]))
    def print(self, number: ReceiptNo, reason: str) -> None:
        model = self.known[number]
        allowed = model.state in UNSIGNED + SIGNED and (model.prints == 0 or reason != "")

        def act() -> None:
            receipts.print_receipt(self.context, number, ReceiptForm.A5, reason=reason)

        if self.attempt(allowed=allowed, act=act):
            model.prints += 1
            if model.state is ReceiptState.ISSUED:
                model.state = ReceiptState.PRINTED

    @rule(number=numbers)
    def sign(self, number: ReceiptNo) -> None:
        model = self.known[number]
        allowed = model.state is ReceiptState.PRINTED
        if self.attempt(allowed=allowed, act=lambda: receipts.sign(self.context, number)):
            model.state = ReceiptState.SIGNED

    @rule(number=numbers)
    def archive(self, number: ReceiptNo) -> None:
        model = self.known[number]

        def act() -> None:
            receipts.file_original(self.archivist, number, "第1盒")

        if self.attempt(allowed=model.state is ReceiptState.SIGNED, act=act):
            model.state = ReceiptState.FILED

    @rule(target=numbers, number=numbers, anew=st.booleans())
    def void(self, number: ReceiptNo, anew: bool) -> object:  # noqa: FBT001 - drawn
        model = self.known[number]
        replacement = self.order(model.case_id, GRANTED) if anew else None
        wish = VoidOrder(receipt_no=number, reason="写错", replacement=replacement)
        allowed = (
            model.state in UNSIGNED
            and (not anew or self.covers(model))
            and not self.claimed.get(model.case_id)
        )

        def act() -> None:
            receipts.void(self.context, wish, officer=self.cashier, second=self.second)

        return self.undo(model, ReceiptState.VOID, replacement, allowed=allowed, act=act)

    @rule(target=numbers, number=numbers, anew=st.booleans())
    def reverse(self, number: ReceiptNo, anew: bool) -> object:  # noqa: FBT001 - drawn
        model = self.known[number]
        replacement = self.order(model.case_id, GRANTED) if anew else None
        wish = ReverseOrder(
            reversal_id=PaymentId(self.ids.new()),
            receipt_no=number,
            reason="写错",
            replacement=replacement,
        )
        allowed = (
            model.state in SIGNED
            and (not anew or self.covers(model))
            and not self.claimed.get(model.case_id)
        )

        def act() -> None:
            payments.reverse(self.context, wish, officer=self.cashier, second=self.second)

        return self.undo(model, ReceiptState.REVERSED, replacement, allowed=allowed, act=act)

    def covers(self, model: Number) -> bool:
        return self.balance + model.fen >= GRANTED

    def undo(
        self,
        model: Number,
        state: ReceiptState,
        replacement: PayOrder | None,
        *,
        allowed: bool,
        act: Callable[[], object],
    ) -> object:
        if not self.attempt(allowed=allowed, act=act):
            return multiple()
        model.state = state
        self.balance += model.fen
        return multiple() if replacement is None else self.note(replacement)

    @rule(fen=st.integers(0, 100_000))
    def top_up(self, fen: int) -> None:
        draft = self.float(fen)

        def act() -> None:
            cash.receive_float(self.context, draft, officer=self.cashier)

        if self.attempt(allowed=fen > 0, act=act):
            self.balance += fen

    @rule(fen=st.integers(1, 150_000))
    def give_back(self, fen: int) -> None:
        draft = self.float(fen)

        def act() -> None:
            cash.return_float(self.context, draft, officer=self.cashier)

        if self.attempt(allowed=fen <= self.balance, act=act):
            self.balance -= fen

    def float(self, fen: int) -> FloatDraft:
        entry_id = EntryId(self.ids.new())
        return FloatDraft(entry_id=entry_id, amount=Money(fen), approval="备1号", source="财务室")

    @rule(days=st.sampled_from([1, 40, 300]))
    def wait(self, days: int) -> None:
        self.clock.advance(timedelta(days=days))

    @invariant()
    def books_agree(self) -> None:
        file, span = self.context.file, self.whole()
        assert cash.balance(self.context) == drawer.drawer_sum(file) == Money(self.balance)
        journal = cash.journal(self.context, span.since, span.until)
        assert journal.closing == Money(self.balance)
        moved = {CashKind.PAYMENT, CashKind.VOID, CashKind.REVERSAL}
        by_journal = [
            line.entry.outgo
            for line in journal.lines
            if line.entry is not None and line.entry.kind in moved
        ]
        paid = Money(sum(self.paid(case_id) for case_id in self.case_ids))
        assert total(by_journal) == paid
        assert ledger.ledger(self.context, span).totals.paid == paid

    @invariant()
    def every_number_has_its_fate(self) -> None:
        years = range(2021, self.context.today.year + 1)
        rows = [row for year in years for row in receipts.numbers(self.context, year)]
        assert {row.receipt.receipt_no: row.receipt.state for row in rows} == {
            number: model.state for number, model in self.known.items()
        }
        assert receipts.faults(self.context) == ()
        assert len(rows) == len(self.known)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            assert verification.verify(self.context.file).good
            self.desk.close()
            shutil.rmtree(self.folder.parent)


def run_machine(
    folder: Path, *, examples: int, steps: int, kind: type[_MoneyMachine] = _MoneyMachine
) -> None:
    made = a_desk(folder / "template", float_yuan="1200")
    for number in range(CASES):
        an_approved_case(made, a_draft(somebody(number), yuan="700"))
    made.desk.close()
    machine = type("Machine", (kind,), {"template": folder / "template"})
    run = settings(
        max_examples=examples,
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=run)


def test_any_order_of_money_keeps_the_books(tmp_path: Path) -> None:
    run_machine(tmp_path, examples=20, steps=25)


@pytest.mark.soak
def test_any_long_order_of_money_keeps_the_books(tmp_path: Path) -> None:
    run_machine(tmp_path, examples=300, steps=60)
