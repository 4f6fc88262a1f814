"""Two cashiers at one desk and a plain model beside them that says what each act must do.

Every act is tried on both; what the model allows must succeed, what it forbids must be refused.
"""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from reliefdesk import desk as front_door
from reliefdesk.clock import FixedClock, SystemClock, SystemIds
from reliefdesk.desk import Surroundings
from reliefdesk.domain.cash import FloatDraft
from reliefdesk.domain.closings import CloseOrder
from reliefdesk.domain.counts import CountDraft, DifferenceOrder
from reliefdesk.domain.handovers import HandoverDraft
from reliefdesk.domain.ids import (
    CaseId,
    ClosingId,
    CountId,
    EntryId,
    HandoverId,
    PaymentId,
    ReceiptNo,
)
from reliefdesk.domain.ledger import LedgerFilter
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import VerifiedOfficer
from reliefdesk.domain.payments import PaymentKind, PayOrder, ReverseOrder
from reliefdesk.domain.receipts import VoidOrder
from reliefdesk.domain.statistics import Month
from reliefdesk.errors import UserError
from reliefdesk.services import (
    cases,
    cash,
    closings,
    counts,
    handovers,
    ledger,
    operators,
    payments,
    receipts,
)
from reliefdesk.services.receipts import ReceiptForm
from reliefdesk.storage import cash as stored_cash
from reliefdesk.storage import verification
from tests.builders import MORNING, PASSPHRASE, PINS, QUICK, TestDesk, a_draft, an_approved_case
from tests.services.books import ClosedMonths, check_fates, check_journal, check_months
from tests.services.claims_play import Claims
from tests.services.counter import somebody
from tests.services.drawer import FIRST, SECOND, pieces_of, receive, refusing, two_cashiers
from tests.services.drawer_model import Counted, Drawer, Number
from tests.services.money import supplement_style

GRANTED = 70_000
CASES = 5
NAMES = (FIRST, SECOND)
_PINS = {**PINS, SECOND: "654716"}


def template(folder: Path) -> Path:
    """Make a desk with five approved cases of 700 yuan and floats of 1,200 and 300."""
    made = two_cashiers(folder)
    # The shipped rule: nobody pays while an earlier day is open.
    refusing(made)
    supplement_style(made)
    for number in range(CASES):
        an_approved_case(made, a_draft(somebody(number), yuan="700"))
    receive(made, "300", name=SECOND)
    made.desk.close()
    return folder / "desk"


class Play:
    """The desk, the model, and the acts on both."""

    def __init__(self, source: Path, folder: Path) -> None:
        """Copy the template and sign the first cashier in."""
        self.folder = folder
        shutil.copytree(source, folder)
        self.clock = FixedClock(MORNING + timedelta(hours=1))
        self.ids = SystemIds(SystemClock())
        around = Surroundings(clock=self.clock, ids=self.ids, slot_work=QUICK, pin_work=QUICK)
        self.desk = front_door.sign_in(folder, FIRST, PASSPHRASE + FIRST, around)
        self.context = self.desk.context()
        seated = {one.name: one.operator_id for one in operators.operators(self.context)}
        self.seated = seated
        self.ids_of = {name: seated[name] for name in NAMES}
        self.officers = {
            name: operators.check_pin(self.context, seated[name], _PINS[name])
            for name in (*NAMES, "记账戊", "审批丙")
        }
        span = LedgerFilter(since=date(2021, 1, 1), until=self.today)
        self.cases = [row.case_id for row in ledger.ledger(self.context, span).rows]
        self.drawers = {
            FIRST: Drawer(balance=1_000_000, open_days={self.today}),
            SECOND: Drawer(balance=30_000, open_days={self.today}),
        }
        self.numbers: dict[ReceiptNo, Number] = {}
        self.closed: dict[str, list[tuple[date, int, int]]] = {name: [] for name in NAMES}
        self.frozen: dict[tuple[str, date], object] = {}
        self.claims = Claims(self)
        self.months = ClosedMonths(self.context, Month(MORNING.year, MORNING.month))

    @property
    def today(self) -> date:
        """The present day."""
        return self.context.today

    @property
    def second(self) -> VerifiedOfficer:
        """Who is present at every undoing and difference."""
        return self.officers["记账戊"]

    def attempt(self, *, allowed: bool, act: Callable[[], object]) -> bool:
        """Do it; the outcome must be what the model expects."""
        refused: UserError | None = None
        try:
            act()
        except UserError as refusal:
            refused = refusal
        assert (refused is None) is allowed, refused
        return allowed

    def case_at(self, place: int) -> CaseId:
        """One of the cases; later ones join as the earlier are used up."""
        return self.cases[place % len(self.cases)]

    def standing(self, case_id: CaseId) -> list[Number]:
        """The payments of a case that nobody took back."""
        found = (each for each in self.numbers.values() if each.case_id == case_id)
        return [each for each in found if not each.is_undone]

    def paid(self, case_id: CaseId) -> int:
        """What stands of all payments of a case."""
        return sum(each.fen for each in self.standing(case_id))

    def supplements(self, case_id: CaseId) -> bool:
        """Whether what is paid next is the difference to a payment that stands (补发)."""
        return any(not each.is_supplement for each in self.standing(case_id))

    def may_pay(self, name: str, case_id: CaseId, fen: int) -> bool:
        """Whether the model lets a cashier pay a case."""
        drawer = self.drawers[name]
        ready = drawer.is_open(self.today) and not drawer.open_days - {self.today}
        if not ready or self.claims.forbid_paying(case_id):
            return False
        signed = all(each.is_signed for each in self.standing(case_id))
        due = 0 < fen <= GRANTED - self.paid(case_id) and (signed or not self.supplements(case_id))
        return due and drawer.balance >= fen

    def pay(self, name: str, place: int, fen: int = GRANTED) -> None:
        """Pay a case whole, in part, or the rest of it."""
        case_id = self.case_at(place)
        order = PayOrder(
            payment_id=PaymentId(self.ids.new()),
            case_id=case_id,
            amount=Money(fen),
            cash_reason="无银行账户",
            difference_reason="按实际困难",
        )
        version = cases.case(self.context, case_id).version

        def act() -> None:
            payments.pay(self.context, order, seen_version=version, officer=self.officers[name])

        extra = self.supplements(case_id)
        if self.attempt(allowed=self.may_pay(name, case_id, fen), act=act):
            paid = payments.of_case(self.context, case_id)[-1]
            assert (paid.details.kind is PaymentKind.SUPPLEMENT) is extra
            number = Number(case_id=case_id, fen=fen, is_supplement=extra)
            self.numbers[paid.receipt_no] = number
            self.drawers[name].move(-fen, self.today)

    def sign(self, place: int) -> None:
        """Print and sign one of the open numbers."""
        found = [number for number, each in self.numbers.items() if not each.is_undone]
        if found:
            number = found[place % len(found)]
            if not self.numbers[number].is_signed:
                receipts.print_receipt(self.context, number, ReceiptForm.A5)
                receipts.sign(self.context, number)
                self.numbers[number].is_signed = True

    def undo(self, name: str, place: int) -> None:
        """Void what is unsigned, reverse what is signed; the cash comes to who undoes."""
        found = list(self.numbers)
        if not found:
            return
        number = found[place % len(found)]
        model, officer = self.numbers[number], self.officers[name]

        def act() -> None:
            if model.is_signed:
                wish = ReverseOrder(
                    reversal_id=PaymentId(self.ids.new()), receipt_no=number, reason="写错"
                )
                payments.reverse(self.context, wish, officer=officer, second=self.second)
            else:
                order = VoidOrder(receipt_no=number, reason="写错")
                receipts.void(self.context, order, officer=officer, second=self.second)

        drawer = self.drawers[name]
        free = not model.is_undone and not self.claims.of_case(model.case_id)
        if self.attempt(allowed=free and drawer.is_open(self.today), act=act):
            model.is_undone = True
            drawer.move(model.fen, self.today)

    def float(self, name: str, fen: int) -> None:
        """Claim a float, or give back a negative one."""
        draft = FloatDraft(
            entry_id=EntryId(self.ids.new()), amount=Money(abs(fen)), approval="备", source="财务"
        )
        move = cash.receive_float if fen > 0 else cash.return_float
        drawer = self.drawers[name]
        allowed = fen != 0 and drawer.balance + min(fen, 0) >= 0 and drawer.is_open(self.today)

        def act() -> None:
            move(self.context, draft, officer=self.officers[name])

        if self.attempt(allowed=allowed, act=act):
            drawer.move(fen, self.today)

    def count(self, name: str, difference: int) -> None:
        """Count a drawer, off by so much; nobody counts less than nothing."""
        drawer = self.drawers[name]
        counted = max(0, drawer.balance + difference) // 10 * 10
        draft = CountDraft(count_id=CountId(self.ids.new()), pieces=pieces_of(Money(counted)))
        officer = self.officers[name]
        found = counts.record_count(self.context, draft, officer=officer).result
        assert found.details.expected == Money(drawer.balance)
        assert found.difference == Money(counted - drawer.balance)
        drawer.count = Counted(
            count_id=draft.count_id, on=self.today, difference=counted - drawer.balance
        )

    def explain(self, name: str) -> None:
        """Give the last difference its reason."""
        found = self.drawers[name].count
        if found is None:
            return

        def act() -> None:
            counts.explain(self.context, found.count_id, "原因待查", second=self.second)

        if self.attempt(allowed=not found.is_settled, act=act):
            found.is_explained = True

    def post(self, name: str) -> None:
        """Enter the last difference."""
        drawer = self.drawers[name]
        found = drawer.count
        if found is None:
            return
        order = DifferenceOrder(
            entry_id=EntryId(self.ids.new()), count_id=found.count_id, approval="批"
        )

        def act() -> None:
            counts.post_difference(
                self.context,
                order,
                officer=self.officers[name],
                approver=self.officers["审批丙"],
            )

        waits = found.difference != 0 and found.is_explained and not found.is_posted
        covered = drawer.balance + found.difference >= 0
        if self.attempt(allowed=waits and covered and drawer.is_open(self.today), act=act):
            found.is_posted = True
            drawer.balance += found.difference
            drawer.open_days.add(self.today)

    def close(self, name: str) -> None:
        """Close the earliest open day, or today."""
        drawer = self.drawers[name]
        on = min(drawer.open_days, default=self.today)
        found = drawer.count
        stands = found is not None and found.is_fresh and found.is_settled and found.on >= on
        order = CloseOrder(closing_id=ClosingId(self.ids.new()), closed_on=on)

        def act() -> None:
            closings.close(self.context, order, officer=self.officers[name])

        if self.attempt(allowed=stands and drawer.is_open(on), act=act):
            details = closings.closing(self.context, order.closing_id).details
            drawer.closed_on = on
            drawer.open_days.discard(on)
            self.closed[name].append((on, details.opening.fen, details.closing.fen))
            self.frozen[name, on] = self.lines(name, on)

    def hand_over(self, giver: str) -> None:
        """Hand the counted cash to the other cashier."""
        receiver = SECOND if giver == FIRST else FIRST
        gives, takes = self.drawers[giver], self.drawers[receiver]
        found = gives.count
        amount = 0
        if found is not None:
            counted = gives.balance + (0 if found.is_posted else found.difference)
            amount = min(counted, gives.balance)
        stands = found is not None and found.is_fresh and found.is_settled and amount > 0
        open_both = gives.is_open(self.today) and takes.is_open(self.today)
        draft = HandoverDraft(handover_id=HandoverId(self.ids.new()))

        def act() -> None:
            handovers.hand_over(
                self.context,
                draft,
                giver=self.officers[giver],
                receiver=self.officers[receiver],
            )

        if self.attempt(allowed=stands and open_both, act=act):
            gives.move(-amount, self.today)
            takes.move(amount, self.today)

    def next_day(self, days: int = 1) -> None:
        """Let time pass."""
        self.clock.advance(timedelta(days=days))

    def lines(self, name: str, on: date) -> object:
        """What a cashier's journal says of one day."""
        return cash.journal(self.context, on, on, cashier=self.ids_of[name]).lines

    def check_drawers(self) -> None:
        """Each drawer is its model and its own journal; all together are the office's."""
        for name, drawer in self.drawers.items():
            held = cash.held(self.context, self.ids_of[name])
            own = stored_cash.carry(
                self.context.file, self.today + timedelta(days=1), cashier=self.ids_of[name]
            )
            assert held == own.balance == Money(drawer.balance)
        whole = stored_cash.carry(self.context.file, self.today + timedelta(days=1)).balance
        total = Money(sum(drawer.balance for drawer in self.drawers.values()))
        assert cash.balance(self.context) == stored_cash.drawer_sum(self.context.file) == total
        assert whole == total

    def check_closings(self) -> None:
        """Each closed day opens with the closing before it, and is as it was when it was closed."""
        for name, days in self.closed.items():
            before = 0
            for _, opening, closing in days:
                assert opening == before
                before = closing
            recorded = closings.of_drawer(self.context, self.ids_of[name])
            assert [each.details.closed_on for each in recorded] == [on for on, _, _ in days]
        for (name, on), lines in self.frozen.items():
            assert self.lines(name, on) == lines

    def check_ledger(self) -> None:
        """The ledger pays what the journal gives out."""
        span = LedgerFilter(since=date(2021, 1, 1), until=self.today)
        paid = Money(sum(each.fen for each in self.numbers.values() if not each.is_undone))
        assert ledger.ledger(self.context, span).totals.paid == paid
        assert receipts.faults(self.context) == ()
        self.claims.check()
        check_fates(self.context, paid=paid, repaid=Money(self.claims.repaid), made=self.numbers)
        check_journal(self.context)
        check_months(self.context, paid=paid, repaid=Money(self.claims.repaid))
        self.months.check()

    def end(self) -> None:
        """Prove the whole desk and close it: replay equals the tables."""
        self.check_closings()
        self.check_ledger()
        assert verification.verify(self.context.file).good
        self.desk.close()
        shutil.rmtree(self.folder)


def waiting(play: Play) -> list[int]:
    """The places of the cases that still wait for cash."""
    return [
        place
        for place, each in enumerate(play.cases)
        if play.paid(each) < GRANTED and not play.claims.of_case(each)
    ]


def new_case(play: Play) -> None:
    """Decide the case of somebody who never came before."""
    made = TestDesk(desk=play.desk, clock=play.clock, ids=play.ids, by_name=play.seated)
    draft = a_draft(somebody(len(play.cases)), yuan="700", at=play.clock.now())
    play.cases.append(an_approved_case(made, draft).case_id)
