"""Duplicates across offices: found once, decided with reason, heard of, asked back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from stdnum.iso7064 import mod_11_2

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.duplicates import (
    Duplicate,
    DuplicateDecision,
    DuplicateGround,
    DuplicateReasonError,
    WrongCaseError,
)
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.intake import MemberDraft
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.domain.partners import RoleError
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.domain.today import TodayKind
from reliefdesk.services import (
    cases,
    duplicates,
    message_list,
    persons,
    recoveries,
    sync,
    today,
    verdicts,
)
from reliefdesk.services.duplicates import DuplicateOrder
from tests.builders import P01, P02, P03, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.money import approved, pay, reverse, sign
from tests.services.recovering import a_claim_order, claim
from tests.services.test_transfers import an_order, give
from tests.sync.merging import merged
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


NAMELESS = PersonDraft(
    kind=DocumentKind.NO_DOCUMENT, name="无名氏甲", identity_note="男，约五十岁，被发现时昏迷"
)


def test_an_unknown_person_found_out_later_is_found(trio: Trio) -> None:
    pay_somebody(trio.a, draft=a_draft(P01, yuan="700"))
    unknown = approved(trio.b, a_draft(NAMELESS, yuan="500"))
    pay(trio.b, a_pay_order(trio.b, unknown))
    exchange(trio, trio.a)
    exchange(trio, trio.b)
    assert found(trio) == ()
    persons.correct(trio.b.context("经办甲"), unknown.person_id, P01, reason="家属认出")
    exchange(trio, trio.b)
    (pair,) = found(trio)
    assert DuplicateGround.NUMBER in pair.grounds


@pytest.mark.parametrize("sign", ["number", "phone", "household"])
def test_each_sign_marks_the_later_payment_at_import(trio: Trio, sign: str) -> None:
    pay_somebody(trio.a, draft=a_draft(P01, yuan="700"))
    member = MemberDraft(name=P01.name, number=P01.number, relation="配偶")
    draft = {
        "number": a_draft(P01, yuan="500"),
        "phone": a_draft(replace(P02, phone=P01.phone), yuan="500"),
        "household": replace(a_draft(P02, yuan="500"), members=(member,)),
    }[sign]
    pay_somebody(trio.b, draft=draft)
    exchange(trio, trio.a)
    (row, _) = exchange(trio, trio.b)
    assert any("3月10日 已在别处领取" in warning for warning in row.warnings), row.warnings


def test_a_transfer_is_marked_like_cash(trio: Trio) -> None:
    pay_somebody(trio.a, draft=a_draft(P01, yuan="700"))
    give(trio.b, an_order(trio.b, an_approved_case(trio.b, a_draft(P01, yuan="2000"))))
    exchange(trio, trio.a)
    (row, _) = exchange(trio, trio.b)
    assert any("已在别处领取" in warning for warning in row.warnings)
    assert found(trio)[0].is_open


def test_one_emergency_is_one_across_new_year_and_two_are_not(trio: Trio) -> None:
    evening = datetime(2021, 12, 31, 10, tzinfo=UTC)
    for person, at in ((P01, evening), (P02, evening - timedelta(days=20))):
        trio.a.clock.set(max(trio.a.clock.now(), evening))
        pay_somebody(trio.a, draft=a_draft(person, yuan="700", at=at))
    for made in (trio.a, trio.b, trio.district):
        made.clock.set(evening + timedelta(days=2))
    for person in (P01, P02):
        late = a_draft(person, yuan="500", at=trio.b.clock.now())
        pay_somebody(trio.b, draft=late)
    exchange(trio, trio.a)
    exchange(trio, trio.b)
    (pair,) = duplicates.listed(trio.district.context(), 2022)
    assert pair.first.person.number == P01.number
    assert (found(trio), duplicates.waiting(trio.district.context(), 2022)) == ((), 1)
    assert decide(trio, order(pair, DuplicateDecision.RIGHT)).decided is not None
    assert duplicates.waiting(trio.district.context(), 2022) == 0


def test_a_claim_withdrawn_brings_the_request_back_and_a_reversal_settles_it(trio: Trio) -> None:
    both_pay(trio)
    (pair,) = found(trio)
    wrong = next(s for s in (pair.first, pair.second) if s.office == "滨河街道办事处")
    decide(trio, order(pair, DuplicateDecision.WRONG, wrong=wrong.case.case_id))
    exchange(trio, trio.b)
    made = claim(trio.b, a_claim_order(trio.b, wrong.case, yuan="500"))
    assert duplicates.unclaimed(trio.b.context()) == ()
    officer = trio.b.officer("审批丙")
    number = made.details.recovery_id
    recoveries.withdraw(trio.b.context("审批丙"), number, "登记错误", officer=officer)
    assert len(duplicates.unclaimed(trio.b.context())) == 1
    sign(trio.b, wrong.receipts[0])
    reverse(trio.b, wrong.receipts[0])
    assert duplicates.unclaimed(trio.b.context()) == ()


def test_a_merged_office_keeps_its_pairs_and_its_heir_hears_of_them(trio: Trio) -> None:
    both_pay(trio)
    merged(trio)
    (pair,) = found(trio)
    assert pair.is_open
    wrong = next(s for s in (pair.first, pair.second) if s.office == "滨河街道办事处")
    decide(trio, order(pair, DuplicateDecision.WRONG, wrong=wrong.case.case_id))
    exchange(trio, trio.a)
    heard = {each.case_id: each.amount.fen for each in duplicates.answers(trio.a.context())}
    assert heard[wrong.case.case_id] == 50_000
    require_sound(trio.a, trio.district)


def test_a_phone_of_a_whole_shelter_joins_nobody(trio: Trio) -> None:
    for place in range(21):
        made = (trio.a, trio.b)[place % 2]
        person = replace(a_person(place), phone="13947300000")
        pay_somebody(made, draft=a_draft(person, yuan="100", at=made.clock.now()))
        if place == 19:
            exchange(trio, trio.a)
            exchange(trio, trio.b)
            assert len(found(trio)) == 100
    exchange(trio, trio.a)
    assert found(trio) == ()


def a_person(place: int) -> PersonDraft:
    """Somebody with a number and a name of their own."""
    digits = f"64018119850617{place:03d}"
    number = digits + mod_11_2.calc_check_digit(digits)
    return replace(P01, number=number, name="测" + chr(0x4E00 + place))


def test_both_offices_read_the_decision_beside_their_payment(trio: Trio) -> None:
    both_pay(trio)
    (pair,) = found(trio)
    wrong = next(s for s in (pair.first, pair.second) if s.office == "滨河街道办事处")
    decide(trio, order(pair, DuplicateDecision.WRONG, wrong=wrong.case.case_id))
    for office, marked in ((trio.a, ""), (trio.b, "追回500.00元")):
        exchange(trio, office)
        context = office.context()
        sent = [verdicts.of_bundle(context, each.manifest_id) for each in sync.bundles(context)]
        said = [line.why for lines in sent for line in lines if line.event == "CashPaid"]
        assert any("区民政局" in why and marked in why for why in said), said
        (line,) = [each for each in message_list.listed(context) if "认定" in each.says]
        assert (line.origin, marked in line.says) == ("海勃湾区民政局", True)
        assert line.says.startswith("AJ-150302")
