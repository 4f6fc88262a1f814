"""What the tests of drawers share: two cashiers, counts by pieces, closing and handing over."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reliefdesk.desk import Account
from reliefdesk.domain.cash import FloatDraft
from reliefdesk.domain.closings import CloseOrder, Closing
from reliefdesk.domain.counts import Count, CountDraft, Denomination, DifferenceOrder, Pieces
from reliefdesk.domain.handovers import Handover, HandoverDraft
from reliefdesk.domain.ids import ClosingId, CountId, EntryId, HandoverId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import cash, closings, counts, handovers, operators
from tests.builders import PASSPHRASE, TestDesk, a_desk, enter

FIRST, SECOND = "出纳丁", "出纳庚"
_PIN = "654716"


def opened(folder: Path) -> Iterator[TestDesk]:
    """Give a desk with two cashiers, the first with a float of 10,000; close it afterwards."""
    made = two_cashiers(folder)
    yield made
    made.desk.close()


def two_cashiers(folder: Path) -> TestDesk:
    """Make a desk with a second cashier whose drawer is empty."""
    made = a_desk(folder / "desk")
    account = Account(name=SECOND, seats=(Seat.CASHIER,), passphrase=PASSPHRASE + SECOND, pin=_PIN)
    made.by_name[SECOND] = made.desk.add_operator(account).result.operator_id
    return made


def cashier(made: TestDesk, name: str = FIRST) -> VerifiedOfficer:
    """Prove a cashier present by the real PIN."""
    if name != SECOND:
        return made.officer(name)
    return operators.check_pin(made.context(), made.by_name[SECOND], _PIN)


def refusing(made: TestDesk, *, since: date = date(2021, 2, 1)) -> None:
    """Let the desk refuse payments while an earlier day is open, as it is shipped."""
    row = PolicyRowDraft(
        key=PolicyKey.DAY_CLOSE_RULE, value="refuse", valid_from=since, document="虚构〔2021〕8号"
    )
    enter(made, row)


def pieces_of(amount: Money) -> tuple[Pieces, ...]:
    """Lay an amount out in the fewest pieces; what is below 1角 is left."""
    found, rest = [], amount.fen
    for each in Denomination:
        count, rest = divmod(rest, each.worth.fen)
        found.append(Pieces(denomination=each, count=count))
    return tuple(found)


def count(made: TestDesk, yuan: str, *, name: str = FIRST) -> Count:
    """Count so much in a cashier's drawer."""
    draft = CountDraft(count_id=CountId(made.ids.new()), pieces=pieces_of(Money.parse(yuan)))
    done = counts.record_count(made.context(name), draft, officer=cashier(made, name))
    return done.result


def explain(made: TestDesk, found: Count, *, reason: str = "找零差错，原因待查") -> Count:
    """Explain a difference before the bookkeeper."""
    second = made.officer("记账戊")
    return counts.explain(made.context(FIRST), found.count_id, reason, second=second).result


def post(made: TestDesk, found: Count, *, name: str = FIRST, approval: str = "批1号") -> Count:
    """Enter a difference, approved by the approver."""
    order = DifferenceOrder(
        entry_id=EntryId(made.ids.new()), count_id=found.count_id, approval=approval
    )
    return counts.post_difference(
        made.context(name), order, officer=cashier(made, name), approver=made.officer("审批丙")
    ).result


def close(made: TestDesk, on: date | None = None, *, name: str = FIRST) -> Closing:
    """Close a day of a cashier, today when None."""
    context = made.context(name)
    order = CloseOrder(closing_id=ClosingId(made.ids.new()), closed_on=on or context.today)
    return closings.close(context, order, officer=cashier(made, name)).result


def hand_over(made: TestDesk, giver: str = FIRST, receiver: str = SECOND) -> Handover:
    """Hand the counted cash of one cashier to the other."""
    draft = HandoverDraft(handover_id=HandoverId(made.ids.new()), remark="出纳休假")
    done = handovers.hand_over(
        made.context(giver), draft, giver=cashier(made, giver), receiver=cashier(made, receiver)
    )
    return done.result


def receive(made: TestDesk, yuan: str, *, name: str = FIRST) -> None:
    """Claim a float for a cashier."""
    draft = FloatDraft(
        entry_id=EntryId(made.ids.new()),
        amount=Money.parse(yuan),
        approval="备〔2021〕3号",
        source="街道财务室",
    )
    cash.receive_float(made.context(name), draft, officer=cashier(made, name))


def held(made: TestDesk, name: str = FIRST) -> str:
    """Give what a cashier's drawer must hold, in figures."""
    return cash.held(made.context(), made.by_name[name]).figures
