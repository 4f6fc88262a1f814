"""What passes between the district and its offices besides cases: rules, checks, verdicts."""

from dataclasses import replace
from datetime import date, timedelta

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.cash import FloatDraft
from reliefdesk.domain.duplicates import DuplicateDecision
from reliefdesk.domain.ids import EntryId, PackId, RosterId
from reliefdesk.domain.intake import CaseDraft
from reliefdesk.domain.money import Money
from reliefdesk.domain.persons import Verdict
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.reimbursements import PackOrder
from reliefdesk.domain.requests import RequestKind
from reliefdesk.domain.rosters import RosterOrder
from reliefdesk.services import (
    budgets,
    cash,
    duplicates,
    pad_papers,
    persons,
    reimbursements,
    requests,
    rosters,
)
from reliefdesk.services.duplicates import DuplicateOrder
from reliefdesk.services.reimbursements import Answer
from reliefdesk.services.requests import AskOrder, DecideOrder
from tests.builders import TestDesk, a_draft, a_reviewed_case, an_accepted_case, enter
from tests.services.drawer import count, explain, post
from tests.services.padding import a_pad, an_entry_order, give_back, spoil
from tests.services.padding import enter as enter_by_hand
from tests.services.test_budgets import a_line
from tests.sync import checking, office_acts
from tests.sync.quarter import Quarter, end_day


def publish(quarter: Quarter) -> None:
    """The district sets a row for all its offices."""
    draft = PolicyRowDraft(
        key=PolicyKey.CASH_SINGLE_LIMIT,
        value="900.00",
        valid_from=date(2021, 4, 1),
        document="海民〔2021〕9号",
    )
    enter(quarter.trio.district, draft)


def check(quarter: Quarter) -> None:
    """March is drawn; one case is found wanting, asked for, answered and closed."""
    trio = quarter.trio
    checking.drawn(trio)
    item, today = checking.of_office(trio, trio.a), trio.district.context().today
    checking.found(trio, item, checked_on=today)
    checking.asked(trio, item, due_on=today + timedelta(days=14))
    quarter.settle(trio.a)
    checking.answered(trio.a, item, done_on=today)
    quarter.settle(trio.a)
    checking.closed(trio, item)


def ask(quarter: Quarter) -> None:
    """An office asks what only the district may allow, and hears it."""
    trio = quarter.trio
    asked = a_draft(quarter.somebody_new(), yuan="200", at=trio.a.clock.now())
    found = a_reviewed_case(trio.a, asked)
    order = AskOrder(
        request_id=trio.a.ids.new(),
        case_id=found.case_id,
        kind=RequestKind.DELEGATION,
        amount=found.request.requested,
        reason="伤情较重",
    )
    requests.ask(trio.a.context(), order)
    quarter.settle(trio.a)
    decided = DecideOrder(
        request_id=order.request_id,
        granted=True,
        amount=order.amount,
        document="海民批〔2021〕7号",
        remark="",
    )
    officer = trio.district.officer("审批丙")
    requests.decide(trio.district.context(), decided, officer=officer)
    quarter.settle(trio.a)


def account(made: TestDesk) -> None:
    """A budget line, and a pack of signed receipts that finance accepts."""
    line = a_line(made, "50000")
    budgets.enter(made.context("记账戊"), line, officer=made.officer("记账戊"))
    today, context, officer = made.context().today, made.context("出纳丁"), made.officer("出纳丁")
    order = PackOrder(pack_id=PackId(made.ids.new()), since=today - timedelta(days=40), until=today)
    pack_id = reimbursements.make(context, order, officer=officer).result.details.pack_id
    reimbursements.hand_in(context, pack_id, "财务庚", officer=officer)
    said = Answer(document="付〔2021〕8号", returned=(), reason="")
    reimbursements.answer(context, pack_id, said, officer=officer)


def decide_pairs(quarter: Quarter) -> None:
    """The district says of every pair but the first that both were right."""
    district = quarter.trio.district
    for place, pair in enumerate(duplicates.listed(district.context(), 2021)):
        order = DuplicateOrder(
            first=pair.first.case.case_id,
            second=pair.second.case.case_id,
            decision=DuplicateDecision.RIGHT,
            reason="两次急难不同",
        )
        if place == 0:
            order = replace(order, decision=DuplicateDecision.WRONG, wrong=pair.second.case.case_id)
        officer = district.officer("审批丙")
        duplicates.decide(district.context("系统己"), order, officer=officer)


def a_day_of_odds(quarter: Quarter) -> None:
    """A power cut, a roster, a wrong count, cash given back: the rarer acts, in one day."""
    made, chance = quarter.c, quarter.somebody_new
    quarter.next_day()
    numbers = a_pad(made)
    pad_papers.print_blank(made.context("出纳丁"), numbers[0].pad_id)
    found = office_acts.promised(made, chance())
    enter_by_hand(made, an_entry_order(made, found, numbers[0].receipt_no))
    spoil(made, numbers[1].receipt_no)
    give_back(made, numbers)
    for _ in range(2):
        office_acts.promised(made, chance())
    context, officer = made.context("出纳丁"), made.officer("出纳丁")
    order = RosterOrder(
        roster_id=RosterId(made.ids.new()),
        title="货车事故",
        cause=Cause.TRAFFIC,
        place="新华街",
    )
    rosters.make(context, order, officer=officer)
    back = FloatDraft(
        entry_id=EntryId(made.ids.new()),
        amount=Money.parse("100"),
        approval="备用金批〔2021〕9号",
        source="街道财务室",
    )
    cash.return_float(context, back, officer=officer)
    held = cash.balance(context)
    short = count(made, Money(held.fen - 1000).figures.replace(",", ""))
    explain(made, short)
    post(made, short)
    end_day(made)
    account(made)


def alike(quarter: Quarter) -> None:
    """Two people whom the counter took for one are judged apart."""
    made = quarter.trio.a
    one, other = (an_accepted_case(made, draft) for draft in _twins(quarter, made))
    persons.judge(
        made.context(),
        one.person_id,
        other.person_id,
        verdict=Verdict.DIFFERENT,
        reason="同名，出生日期不同",
    )


def _twins(quarter: Quarter, made: TestDesk) -> tuple[CaseDraft, CaseDraft]:
    at = made.clock.now()
    return (
        a_draft(quarter.somebody_new(), yuan="100", at=at),
        a_draft(quarter.somebody_new(), yuan="100", at=at),
    )
