"""Duplicates across offices: found once, decided with reason, heard of, asked back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.duplicates import (
    Duplicate,
    DuplicateDecision,
    DuplicateGround,
    DuplicateReasonError,
    WrongCaseError,
)
from reliefdesk.domain.intake import MemberDraft
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.domain.partners import RoleError
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.domain.today import TodayKind
from reliefdesk.services import cases, duplicates, today
from reliefdesk.services.duplicates import DuplicateOrder
from tests.builders import P01, P02, P03, TestDesk, a_draft
from tests.services.money import reverse, sign
from tests.services.recovering import a_claim_order, claim
from tests.sync.parties import Trio, exchange, pay_somebody, require_sound, send, take

FIFTEEN = replace(P03, number="620102781121951")
EIGHTEEN = replace(P03, number="620102197811219512")


def both_pay(
    trio: Trio, one: PersonDraft = P01, other: PersonDraft = P01, **changed: object
) -> None:
    """Each office pays somebody, and brings its bundle."""
    pay_somebody(trio.a, draft=a_draft(one, yuan="700"))
    draft = a_draft(other, yuan="500", at=trio.b.clock.now())
    pay_somebody(trio.b, draft=replace(draft, **changed))  # type: ignore[arg-type]  # any field
    exchange(trio, trio.a)
    exchange(trio, trio.b)


def found(trio: Trio) -> tuple[Duplicate, ...]:
    return duplicates.listed(trio.district.context(), 2021)


def order(pair: Duplicate, decision: DuplicateDecision, **given: object) -> DuplicateOrder:
    whole = DuplicateOrder(
        first=pair.first.case.case_id,
        second=pair.second.case.case_id,
        decision=decision,
        reason="两处受理时间相差一天，系同一次事故",
    )
    return replace(whole, **given)  # type: ignore[arg-type]  # its own fields


def decide(trio: Trio, order: DuplicateOrder, officer: str = "审批丙") -> Duplicate:
    district = trio.district
    return duplicates.decide(
        district.context("系统己"), order, officer=district.officer(officer)
    ).result


def told(made: TestDesk, kind: TodayKind) -> int:
    return sum(line.kind is kind for line in today.todo(made.context()))


@pytest.mark.parametrize(
    ("one", "other", "ground"),
    [
        (P01, P01, DuplicateGround.NUMBER),
        (FIFTEEN, EIGHTEEN, DuplicateGround.NUMBER),
        (P01, replace(P02, phone=P01.phone), DuplicateGround.PHONE),
        (
            replace(P01, bank_card="6217000000000000012"),
            replace(P02, bank_card="6217000000000000012"),
            DuplicateGround.CARD,
        ),
    ],
)
def test_one_person_at_two_offices_is_found_by_each_sign(
    trio: Trio, one: PersonDraft, other: PersonDraft, ground: DuplicateGround
) -> None:
    both_pay(trio, one, other)
    (pair,) = found(trio)
    assert ground in pair.grounds
    assert {pair.first.office, pair.second.office} == {"新华街道办事处", "滨河街道办事处"}
    assert pair.is_open
    assert told(trio.district, TodayKind.DUPLICATES) == 1
    require_sound(trio.district)


def test_a_member_of_the_household_counts_too(trio: Trio) -> None:
    member = MemberDraft(name=P01.name, number=P01.number, relation="配偶")
    both_pay(trio, P01, P02, members=(member,))
    (pair,) = found(trio)
    assert pair.grounds == (DuplicateGround.HOUSEHOLD,)


def test_strangers_and_one_office_alone_are_no_pair(trio: Trio) -> None:
    both_pay(trio, P01, P02)
    pay_somebody(trio.a, draft=a_draft(P03, yuan="100"))
    exchange(trio, trio.a)
    assert found(trio) == ()
    assert told(trio.district, TodayKind.DUPLICATES) == 0


def test_the_same_emergency_is_told_from_another(trio: Trio) -> None:
    both_pay(trio)
    assert found(trio)[0].is_one_emergency
    trio.b.clock.advance(timedelta(days=20))
    draft = a_draft(P02, yuan="100", at=trio.b.clock.now())
    pay_somebody(trio.b, draft=replace(draft, cause=Cause.FIRE))
    pay_somebody(trio.a, draft=a_draft(P02, yuan="100"))
    exchange(trio, trio.a)
    exchange(trio, trio.b)
    assert [pair.is_one_emergency for pair in found(trio)] == [True, False]


def test_a_bundle_read_twice_finds_nothing_twice(trio: Trio) -> None:
    pay_somebody(trio.a, draft=a_draft(P01, yuan="700"))
    pay_somebody(trio.b, draft=a_draft(P01, yuan="500", at=trio.b.clock.now()))
    files = [send(trio, office) for office in (trio.a, trio.b)]
    take(trio.district, *files)
    take(trio.district, *reversed(files))
    assert len(found(trio)) == 1


def test_a_wrong_payment_is_asked_back_from_its_office_only(trio: Trio) -> None:
    both_pay(trio)
    (pair,) = found(trio)
    wrong = next(s for s in (pair.first, pair.second) if s.office == "滨河街道办事处")
    done = decide(trio, order(pair, DuplicateDecision.WRONG, wrong=wrong.case.case_id))
    assert not done.is_open
    for office in (trio.a, trio.b):
        exchange(trio, office)
    (kept,), (asked,) = (duplicates.answers(each.context()) for each in (trio.a, trio.b))
    assert (kept.amount.fen, asked.amount.fen) == (0, 50_000)
    assert duplicates.unclaimed(trio.a.context()) == ()
    assert told(trio.b, TodayKind.RECOVERY_ASKED) == 1
    steps = cases.steps(trio.b.context(), asked.case_id)
    assert "要求追回" in next(step.remark for step in steps if step.act == "区级认定")
    case = cases.case(trio.b.context(), asked.case_id)
    claim(trio.b, a_claim_order(trio.b, case, yuan="500"))
    assert told(trio.b, TodayKind.RECOVERY_ASKED) == 0
    require_sound(trio.a, trio.b, trio.district)


def test_another_emergency_is_right_and_the_last_word_holds(trio: Trio) -> None:
    both_pay(trio)
    (pair,) = found(trio)
    decide(trio, order(pair, DuplicateDecision.DIFFERENT))
    done = decide(trio, order(pair, DuplicateDecision.RIGHT, reason="复核后认定"))
    assert done.decided is not None
    assert (done.decided.decision, done.decided.reason) == (
        DuplicateDecision.RIGHT,
        "复核后认定",
    )
    exchange(trio, trio.a)
    (answer,) = duplicates.answers(trio.a.context())
    assert answer.decision is DuplicateDecision.RIGHT


def test_a_decision_needs_reason_seat_and_the_case_that_gives_back(trio: Trio) -> None:
    both_pay(trio)
    (pair,) = found(trio)
    with pytest.raises(DuplicateReasonError):
        decide(trio, order(pair, DuplicateDecision.RIGHT, reason=" "))
    with pytest.raises(WrongCaseError):
        decide(trio, order(pair, DuplicateDecision.WRONG))
    with pytest.raises(WrongCaseError):
        decide(trio, order(pair, DuplicateDecision.RIGHT, wrong=pair.first.case.case_id))
    with pytest.raises(SeatMissingError):
        decide(trio, order(pair, DuplicateDecision.RIGHT), officer="出纳丁")
    with pytest.raises(RoleError):
        duplicates.decide(
            trio.a.context("系统己"),
            order(pair, DuplicateDecision.RIGHT),
            officer=trio.a.officer("审批丙"),
        )
    assert found(trio)[0].decided is None


def test_what_was_reversed_stays_in_sight_and_asks_for_nothing(trio: Trio) -> None:
    both_pay(trio)
    (pair,) = found(trio)
    side = next(s for s in (pair.first, pair.second) if s.office == "滨河街道办事处")
    sign(trio.b, side.receipts[0])
    reverse(trio.b, side.receipts[0])
    exchange(trio, trio.b)
    (pair,) = found(trio)
    assert not pair.is_open
    assert told(trio.district, TodayKind.DUPLICATES) == 0


def test_pairs_of_another_year_are_listed_there(trio: Trio) -> None:
    both_pay(trio)
    assert duplicates.listed(trio.district.context(), 2022) == ()
    assert found(trio)[0].first.case.accepted_at.date() == date(2021, 3, 10)
