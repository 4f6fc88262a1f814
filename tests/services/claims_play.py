"""Money claimed back among the acts of two drawers: repayments against SK numbers, and their model.

What came back never enters a drawer; it lies apart with whoever took it until it is handed on.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reliefdesk.domain.ids import CaseId, DepositId, RecoveryId, RepaymentId
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.recovery_orders import (
    DepositOrder,
    Ground,
    Means,
    RecoveryOrder,
    RepaymentOrder,
)
from reliefdesk.services import recoveries

if TYPE_CHECKING:
    from tests.services.drawer_play import Play


@dataclass
class Back:
    """What the model knows of a repayment."""

    repayment_id: RepaymentId
    name: str
    fen: int
    in_cash: bool
    is_void: bool = False
    is_deposited: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the cash still lies with who took it."""
        return self.in_cash and not self.is_void and not self.is_deposited


@dataclass
class Claim:
    """What the model knows of a claim."""

    recovery_id: RecoveryId
    case_id: CaseId
    fen: int
    is_withdrawn: bool = False
    back: list[Back] = field(default_factory=list)

    @property
    def repaid(self) -> int:
        """What came back and stands."""
        return sum(each.fen for each in self.back if not each.is_void)

    @property
    def owed(self) -> int:
        """What is still to come back."""
        return 0 if self.is_withdrawn else self.fen - self.repaid


class Claims:
    """Claims, repayments and deposits on the desk of a play, and the model of them."""

    def __init__(self, play: "Play") -> None:
        """Stand beside the drawers of a play."""
        self.play = play
        self.made: list[Claim] = []

    def of_case(self, case_id: CaseId) -> list[Claim]:
        """The claims that stand against a case."""
        return [one for one in self.made if one.case_id == case_id and not one.is_withdrawn]

    def forbid_paying(self, case_id: CaseId) -> bool:
        """Whether money of the case is still out: nothing more is paid then."""
        return any(one.owed > 0 for one in self.of_case(case_id))

    def claim(self, place: int, fen: int) -> None:
        """Claim so much of a case back."""
        case_id, today = self.play.case_at(place), self.play.today
        order = RecoveryOrder(
            recovery_id=RecoveryId(self.play.ids.new()),
            case_id=case_id,
            ground=Ground.FRAUD,
            amount=Money(fen),
            reason="隐瞒",
            found_on=today,
            due_on=today,
        )
        most = self.play.paid(case_id) - sum(one.fen for one in self.of_case(case_id))

        def act() -> None:
            recoveries.open_claim(self.play.context, order, officer=self.play.officers["审批丙"])

        if self.play.attempt(allowed=0 < fen <= most, act=act):
            self.made.append(Claim(recovery_id=order.recovery_id, case_id=case_id, fen=fen))

    def withdraw(self, pick: int) -> None:
        """Give a claim up: only while it is open and nothing came back."""

        def act(found: Claim) -> None:
            recoveries.withdraw(
                self.play.context,
                found.recovery_id,
                "查无实据",
                officer=self.play.officers["审批丙"],
            )

        found = self._at(pick)
        if found is not None:
            allowed = found.owed > 0 and found.repaid == 0
            if self.play.attempt(allowed=allowed, act=lambda: act(found)):
                found.is_withdrawn = True

    def repay(self, name: str, pick: int, fen: int) -> None:
        """Take money back: cash in round hundreds, the rest by bank."""
        found = self._at(pick)
        if found is None:
            return
        in_cash = fen % 10_000 == 0
        order = RepaymentOrder(
            repayment_id=RepaymentId(self.play.ids.new()),
            recovery_id=found.recovery_id,
            amount=Money(fen),
            means=Means.CASH if in_cash else Means.BANK,
            payer="测试",
            reference="" if in_cash else "回单1",
        )

        def act() -> None:
            recoveries.receive(self.play.context, order, officer=self.play.officers[name])

        if self.play.attempt(allowed=0 < fen <= found.owed, act=act):
            found.back.append(
                Back(repayment_id=order.repayment_id, name=name, fen=fen, in_cash=in_cash)
            )

    def void(self, name: str, pick: int) -> None:
        """Take a wrongly entered repayment out."""
        found = [each for claim in self.made for each in claim.back]
        if not found:
            return
        back = found[pick % len(found)]
        officer, second = self.play.officers[name], self.play.second

        def act() -> None:
            recoveries.void(
                self.play.context, back.repayment_id, "写错", officer=officer, second=second
            )

        allowed = not back.is_void and not back.is_deposited
        if self.play.attempt(allowed=allowed, act=act):
            back.is_void = True

    def deposit(self, name: str) -> None:
        """Hand what lies apart with a cashier to finance."""
        order = DepositOrder(
            deposit_id=DepositId(self.play.ids.new()), voucher="缴1", receiver="财务"
        )
        kept = [each for each in self._every() if each.is_kept and each.name == name]

        def act() -> None:
            recoveries.deposit(self.play.context, order, officer=self.play.officers[name])

        if self.play.attempt(allowed=bool(kept), act=act):
            for each in kept:
                each.is_deposited = True

    def check(self) -> None:
        """What lies apart and what came back are the model's, by cashier and in all."""
        for name, cashier in self.play.ids_of.items():
            kept = sum(each.fen for each in self._every() if each.is_kept and each.name == name)
            assert recoveries.kept(self.play.context, cashier) == Money(kept)
        repaid = total([each.repaid for each in recoveries.listed(self.play.context)])
        assert repaid == Money(self.repaid)

    @property
    def repaid(self) -> int:
        """All that came back and stands."""
        return sum(each.fen for each in self._every() if not each.is_void)

    def _every(self) -> list[Back]:
        return [each for claim in self.made for each in claim.back]

    def _at(self, pick: int) -> Claim | None:
        return self.made[pick % len(self.made)] if self.made else None
