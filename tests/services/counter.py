"""A process that works at a real desk until it is killed: it accepts, decides and pays.

Started once, it forks a fresh worker for each line it reads, so that a kill costs no start-up.
A worker says `paid ID NUMBER FEN` only after the payment is durable.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

from reliefdesk import desk as front_door
from reliefdesk.clock import FixedClock, SystemClock, SystemIds
from reliefdesk.desk import Desk, Surroundings
from reliefdesk.domain.case_records import ApprovalOrder, Case, ReviewOrder
from reliefdesk.domain.cases import Opinion
from reliefdesk.domain.identity import check_character
from reliefdesk.domain.ids import CaseId, OperatorId, PaymentId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import VerifiedOfficer
from reliefdesk.domain.payments import PayOrder
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.services import cases, decisions, operators, payments
from tests.builders import MORNING, PASSPHRASE, PINS, QUICK, a_draft

FIRST_BIRTH = MORNING.replace(year=1950).date()


def sign_in(folder: Path, minutes: int) -> Desk:
    """Open the desk as the cashier, some minutes after the morning."""
    ids, clock = SystemIds(SystemClock()), FixedClock(MORNING + timedelta(minutes=minutes))
    around = Surroundings(clock=clock, ids=ids, slot_work=QUICK, pin_work=QUICK)
    return front_door.sign_in(folder, "出纳丁", PASSPHRASE + "出纳丁", around)


def somebody(number: int) -> PersonDraft:
    """Give an invented person of their own, by count."""
    born = FIRST_BIRTH + timedelta(days=number)
    bare = f"640181{born:%Y%m%d}997"
    return PersonDraft(
        number=bare + check_character(bare), name="测试辰", hukou_place="宁夏", hukou_code="640181"
    )


def work(folder: Path, first: int) -> None:
    """Accept, decide and pay for one person after another, for ever."""
    desk = sign_in(folder, first)
    seated = {
        operator.name: operator.operator_id for operator in operators.operators(desk.context())
    }
    officers = {
        name: operators.check_pin(desk.context(), seated[name], PINS[name])
        for name in ("审核乙", "审批丙", "出纳丁")
    }
    say("open")
    number = first
    while True:
        found = decided(desk, seated["经办甲"], officers, number)
        pay(desk, officers["出纳丁"], found)
        number += 1


def decided(
    desk: Desk, registrar: OperatorId, officers: dict[str, VerifiedOfficer], number: int
) -> Case:
    """Take one case through acceptance, review and decision."""
    context = desk.context(registrar)
    draft = a_draft(somebody(number), yuan="10", at=context.now)
    case_id = CaseId(context.ids.new())
    found = cases.accept(context, draft, case_id=case_id).result
    amount = Money.parse("10")
    review = ReviewOrder(
        case_id=case_id, seen_version=found.version, opinion=Opinion.AGREE, amount=amount
    )
    found = decisions.review(context, review, officer=officers["审核乙"]).result
    approval = ApprovalOrder(case_id=case_id, seen_version=found.version, amount=amount)
    return decisions.approve(context, approval, officer=officers["审批丙"]).result


def pay(desk: Desk, cashier: VerifiedOfficer, found: Case) -> None:
    """Pay and confirm on the standard output."""
    context = desk.context(cashier.operator.operator_id)
    order = PayOrder(
        payment_id=PaymentId(context.ids.new()),
        case_id=found.case_id,
        amount=found.rest,
        cash_reason="无银行账户",
    )
    paid = payments.pay(context, order, seen_version=found.version, officer=cashier).result
    say(f"paid {paid.payment_id} {paid.receipt_no} {paid.amount.fen}")


def say(line: str) -> None:
    """Write one whole line at once."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def main(folder: Path) -> None:
    """Fork a worker for each number read, name it, and tell when it is dead."""
    for line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            work(folder, int(line))
        say(f"worker {worker}")
        os.waitpid(worker, 0)
        say("dead")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
