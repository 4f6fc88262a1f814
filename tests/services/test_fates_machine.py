"""Any order of pads, claims, repayments and deposits among payments keeps the books.

What came back lies apart from the drawer, and every number ever taken stands exactly once.
"""

from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, multiple, rule

from reliefdesk.domain.ids import DepositId, PadId, ReceiptNo, RecoveryId, RepaymentId
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.number_fates import NumberKind, missing_numbers, net_of
from reliefdesk.domain.pads import PadEntryOrder, PadOrder
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.domain.recovery_orders import (
    DepositOrder,
    Ground,
    Means,
    RecoveryOrder,
    RepaymentOrder,
)
from reliefdesk.services import number_fates, pad_papers, pads, recoveries
from tests.services.test_money_machine import CASES, GRANTED, _MoneyMachine, run_machine


class _FateMachine(_MoneyMachine):
    """The same desk, with blank receipts and money claimed back."""

    def __init__(self) -> None:
        super().__init__()
        self.pads: dict[tuple[ReceiptNo, ...], PadId] = {}
        self.sheets: dict[ReceiptNo, int] = {}
        self.ready: dict[PadId, list[ReceiptNo]] = {}

    @rule(count=st.integers(0, 3))
    def set_aside(self, count: int) -> None:
        order = PadOrder(pad_id=PadId(self.ids.new()), count=count)

        def act() -> None:
            pads.issue(self.context, order, officer=self.cashier)

        if self.attempt(allowed=count > 0, act=act):
            made = tuple(each.receipt_no for each in pads.of_pad(self.context, order.pad_id))
            self.pads[made] = order.pad_id
            self.sheets |= dict.fromkeys(made, 0)
            self.blank += made

    @rule(
        pick=st.integers(0, 9),
        what=st.sampled_from(["one", "rest"]),
        reason=st.sampled_from(["", "卡纸"]),
    )
    def print_sheets(self, pick: int, what: str, reason: str) -> None:
        if not self.blank:
            return
        number = self.blank[pick % len(self.blank)]
        pad, pad_id = next(found for found in self.pads.items() if number in found[0])
        sheets = [number] if what == "one" else [each for each in pad if each in self.blank]
        is_ready = not reason and self.ready.get(pad_id) == sheets
        allowed = bool(reason) or is_ready or not any(self.sheets[each] for each in sheets)

        def act() -> None:
            only = number if what == "one" else None
            pad_papers.print_blank(self.context, pad_id, only=only, reason=reason)

        if self.attempt(allowed=allowed, act=act) and not is_ready:
            self.ready[pad_id] = sheets
            for each in sheets:
                self.sheets[each] += 1

    @rule(target=_MoneyMachine.numbers, place=st.integers(0, CASES - 1), pick=st.integers(0, 9))
    def enter_by_hand(self, place: int, pick: int) -> object:
        if not self.blank:
            return multiple()
        number = self.blank[pick % len(self.blank)]
        case_id = self.case_ids[place]
        pay = self.order(case_id, GRANTED)
        order = PadEntryOrder(receipt_no=number, pay=pay, paid_on=self.context.today, reason="停电")
        claimed = self.claimed.get(case_id, 0) > self.repaid.get(case_id, 0)
        allowed = self.paid(case_id) == 0 and self.balance >= GRANTED and not claimed

        def act() -> None:
            pads.enter(self.context, order, officer=self.cashier)

        if not self.attempt(allowed=allowed, act=act):
            return multiple()
        self.blank.remove(number)
        made = self.note(pay)
        self.known[made].state = ReceiptState.SIGNED
        self.known[made].prints = max(self.sheets[number], 1)
        return made

    @rule(pick=st.integers(0, 9))
    def spoil(self, pick: int) -> None:
        if self.blank:
            number = self.blank.pop(pick % len(self.blank))
            pads.spoil(self.context, number, "写坏", officer=self.cashier, second=self.second)

    @rule(place=st.integers(0, CASES - 1), fen=st.sampled_from([30_000, GRANTED]))
    def claim(self, place: int, fen: int) -> None:
        case_id, today = self.case_ids[place], self.context.today
        order = RecoveryOrder(
            recovery_id=RecoveryId(self.ids.new()),
            case_id=case_id,
            ground=Ground.FRAUD,
            amount=Money(fen),
            reason="隐瞒",
            found_on=today,
            due_on=today,
        )

        def act() -> None:
            recoveries.open_claim(self.context, order, officer=self.approver)

        most = self.paid(case_id) - self.claimed.get(case_id, 0)
        if self.attempt(allowed=fen <= most, act=act):
            self.claimed[case_id] = self.claimed.get(case_id, 0) + fen
            self.claims.append((order.recovery_id, case_id))

    @rule(pick=st.integers(0, 9), fen=st.sampled_from([10_000, 30_000]))
    def repay(self, pick: int, fen: int) -> None:
        if not self.claims:
            return
        recovery_id, case_id = self.claims[pick % len(self.claims)]
        order = RepaymentOrder(
            repayment_id=RepaymentId(self.ids.new()),
            recovery_id=recovery_id,
            amount=Money(fen),
            means=Means.CASH,
            payer="测试",
        )
        owed = recoveries.recovery(self.context, recovery_id).balance.fen

        def act() -> None:
            recoveries.receive(self.context, order, officer=self.cashier)

        if self.attempt(allowed=0 < fen <= owed, act=act):
            self.repaid[case_id] = self.repaid.get(case_id, 0) + fen
            self.kept += fen

    @rule()
    def deposit(self) -> None:
        order = DepositOrder(deposit_id=DepositId(self.ids.new()), voucher="缴1", receiver="财务")

        def act() -> None:
            recoveries.deposit(self.context, order, officer=self.cashier)

        if self.attempt(allowed=self.kept > 0, act=act):
            self.kept = 0

    @invariant()
    def what_came_back_lies_apart(self) -> None:
        assert recoveries.kept(self.context) == Money(self.kept)
        repaid = total([each.repaid for each in recoveries.listed(self.context)])
        assert repaid == Money(sum(self.repaid.values()))

    @invariant()
    def every_number_stands_once_and_sums_to_the_journal(self) -> None:
        years = range(2021, self.context.today.year + 1)
        fates = [each for year in years for each in number_fates.fates(self.context, year)]
        assert len({each.number for each in fates}) == len(fates)
        assert missing_numbers(fates) == ()
        paid = Money(sum(self.paid(case_id) for case_id in self.case_ids))
        assert net_of(fates, NumberKind.RECEIPT, NumberKind.PAD) == paid
        blank = [each.number for each in fates if each.state == "空白待用"]
        assert sorted(blank) == sorted(self.blank)
        prints = {each.number: each.prints for each in fates if each.number in self.blank}
        assert prints == {number: self.sheets[number] for number in self.blank}


def test_any_order_of_pads_and_claims_keeps_the_books(tmp_path: Path) -> None:
    run_machine(tmp_path, examples=15, steps=30, kind=_FateMachine)


@pytest.mark.soak
def test_any_long_order_of_pads_and_claims_keeps_the_books(tmp_path: Path) -> None:
    run_machine(tmp_path, examples=300, steps=60, kind=_FateMachine)
