"""Accepting a request: what is checked, what is numbered, and who is registered."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.case_records import CaseFilter
from reliefdesk.domain.cases import CaseUnknownError, Finding, Route, Stage
from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.ids import CaseId, PersonId
from reliefdesk.domain.intake import DraftRefusedError, MemberDraft, OverrideError
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, SeatMissingError
from reliefdesk.domain.persons import Likeness, PersonDraft, PersonUnknownError, Verdict
from reliefdesk.domain.policies import AreaClass, PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import cases, persons
from tests import builders
from tests.builders import P01, P02, P03, a_desk, a_draft, an_accepted_case, an_approved_case


def test_a_request_is_accepted_under_the_next_number_of_the_year(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    first = an_accepted_case(made)
    second = an_accepted_case(made, a_draft(P02))
    assert (first.case_no, second.case_no) == (
        "AJ-150302003-2021-000001",
        "AJ-150302003-2021-000002",
    )
    assert first.stage is Stage.ACCEPTED
    assert first.waits_for is Seat.REVIEWER


def test_a_retry_after_a_lost_answer_accepts_nothing_twice(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    case_id = made.new_case_id()
    first = cases.accept(made.context(), a_draft(), case_id=case_id)
    again = cases.accept(made.context(), a_draft(), case_id=case_id)
    assert again.result == first.result
    assert not again.changes
    assert len(cases.listed(made.context(), CaseFilter())) == 1


def test_an_incomplete_form_is_refused_with_its_problems_and_leaves_nothing(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    draft = replace(a_draft(), cause=None, person=replace(P01, number="640181198506179975"))
    with pytest.raises(DraftRefusedError) as refused:
        cases.accept(made.context(), draft, case_id=made.new_case_id())
    problems = refused.value.facts["problems"]
    assert isinstance(problems, tuple)
    assert {problem.code for problem in problems} == {"identity.check_digit", "cases.cause_missing"}
    assert cases.listed(made.context(), CaseFilter()) == ()
    assert persons.find(made.context(), "6401") == ()


def test_only_a_registrar_accepts(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    with pytest.raises(SeatMissingError):
        cases.accept(made.context("出纳丁"), a_draft(), case_id=made.new_case_id())


def test_a_failed_check_digit_passes_only_with_an_officer_and_a_reason(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    reviewer = made.officer("审核乙")
    person = replace(
        P01,
        number="640181198506179975",
        override_reason="派出所证明号码如此",
        override_by=reviewer.operator.operator_id,
    )
    draft = a_draft(person)
    with pytest.raises(OverrideError):
        cases.accept(made.context(), draft, case_id=made.new_case_id())
    with pytest.raises(OverrideError):
        cases.accept(
            made.context(), draft, case_id=made.new_case_id(), override=made.officer("出纳丁")
        )
    done = cases.accept(made.context(), draft, case_id=made.new_case_id(), override=reviewer)
    kept = persons.person(made.context(), done.result.person_id).details
    assert kept.number_typed == "640181198506179975"
    assert kept.override_reason == "派出所证明号码如此"


def test_a_number_once_let_pass_needs_no_second_override(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    reviewer = made.officer("审核乙")
    person = replace(
        P01,
        number="640181198506179975",
        override_reason="派出所证明号码如此",
        override_by=reviewer.operator.operator_id,
    )
    first = cases.accept(
        made.context(), a_draft(person), case_id=made.new_case_id(), override=reviewer
    ).result
    again = an_accepted_case(made, a_draft(person), person_id=first.person_id)
    assert again.person_id == first.person_id
    changed = a_draft(replace(person, number="640181198506179974"))
    with pytest.raises(OverrideError):
        an_accepted_case(made, changed, person_id=first.person_id)


def test_an_override_by_an_officer_without_the_seat_is_refused(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    cashier = made.officer("出纳丁")
    person = replace(
        P01,
        number="640181198506179975",
        override_reason="证明",
        override_by=cashier.operator.operator_id,
    )
    with pytest.raises(OverrideError):
        cases.accept(made.context(), a_draft(person), case_id=made.new_case_id(), override=cashier)


def test_a_person_without_papers_gets_the_next_temporary_number(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    nobody = PersonDraft(
        kind=DocumentKind.NO_DOCUMENT, name="自称老王", identity_note="男，约40岁，左手有疤"
    )
    first = an_accepted_case(made, a_draft(nobody))
    second = an_accepted_case(made, a_draft(replace(nobody, name="自称老李")))
    numbers = [
        persons.person(made.context(), found.person_id).details.number for found in (first, second)
    ]
    assert numbers == ["WZ-150302003-2021-0001", "WZ-150302003-2021-0002"]


def test_a_returning_person_without_papers_keeps_the_number(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    nobody = PersonDraft(kind=DocumentKind.NO_DOCUMENT, name="自称老王", identity_note="约40岁")
    first = an_accepted_case(made, a_draft(nobody))
    told = replace(nobody, identity_note="约40岁，自称甘肃人")
    again = an_accepted_case(made, a_draft(told), person_id=first.person_id)
    details = persons.person(made.context(), again.person_id).details
    assert details.number == "WZ-150302003-2021-0001"
    assert details.identity_note == "约40岁，自称甘肃人"


def test_what_a_returning_person_tells_anew_is_recorded_as_a_correction(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    first = an_accepted_case(made)
    an_accepted_case(made, a_draft(replace(P01, phone="13900000002")), person_id=first.person_id)
    history = persons.history(made.context(), first.person_id)
    assert history.person.details.phone == "13900000002"
    assert len(history.cases) == 2
    assert [row.name for row in persons.find(made.context(), "13900000002")] == ["测试甲"]
    assert persons.find(made.context(), "13800000001") == ()


def test_relief_promised_to_a_person_fails_the_next_request_of_the_year(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    first = an_approved_case(made)
    found = cases.check(made.context(), a_draft(), first.person_id)
    assert found.eligibility is not None
    assert found.eligibility.record.finding is Finding.FAILS
    assert found.eligibility.meter.times_used == 1
    assert found.eligibility.meter.entries[0].place == "新华街道办事处"


def test_the_same_number_at_the_counter_counts_without_any_judgement(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    an_approved_case(made)
    found = cases.check(made.context(), a_draft())
    assert found.eligibility is not None
    assert found.eligibility.meter.times_used == 1
    assert [hint.likenesses[0] for hint in found.hints] == [Likeness.NUMBER]


def test_a_household_member_who_was_helped_counts_for_the_next_applicant(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    household = (MemberDraft(name="测试乙", relation="配偶", number=P02.number),)
    an_approved_case(made, replace(a_draft(P01), members=household))
    found = cases.check(made.context(), a_draft(P02))
    assert found.eligibility is not None
    assert found.eligibility.meter.times_used == 1
    stranger = cases.check(made.context(), a_draft(P03))
    assert stranger.eligibility is not None
    assert stranger.eligibility.meter.times_used == 0


def test_relief_of_last_year_does_not_count_this_year(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    an_approved_case(made)
    made.clock.advance(timedelta(days=300))
    found = cases.check(made.context(), a_draft(at=made.clock.now()))
    assert found.eligibility is not None
    assert found.eligibility.meter.times_used == 0


def test_entries_judged_the_same_person_count_together(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    nobody = PersonDraft(kind=DocumentKind.NO_DOCUMENT, name="自称老王", identity_note="约60岁")
    unknown = an_accepted_case(made, a_draft(nobody))
    known = an_approved_case(made, a_draft(P03))
    persons.judge(
        made.context(),
        unknown.person_id,
        known.person_id,
        verdict=Verdict.SAME,
        reason="派出所核实",
    )
    found = cases.check(made.context(), a_draft(nobody), unknown.person_id)
    assert found.eligibility is not None
    assert found.eligibility.meter.times_used == 1


def test_a_town_office_must_choose_the_area_and_the_rural_standard_counts(tmp_path: Path) -> None:
    made = a_desk(tmp_path, office=builders.LASENGMIAO)
    unchosen = cases.check(made.context(), replace(a_draft(), area=None))
    assert "cases.area_missing" in {problem.code for problem in unchosen.request.problems}
    rural = cases.check(made.context(), replace(a_draft(), area=AreaClass.RURAL))
    assert rural.eligibility is not None
    assert rural.eligibility.record.cap == Money.parse("1800")


def test_a_check_writes_and_numbers_nothing(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    before = made.context().file.value("SELECT count(*) FROM journal")
    for _ in range(10):
        cases.check(made.context(), a_draft())
    assert made.context().file.value("SELECT count(*) FROM journal") == before
    assert an_accepted_case(made).case_no.endswith("000001")


def test_a_case_that_does_not_exist_is_named_so(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    with pytest.raises(CaseUnknownError):
        cases.case(made.context(), CaseId("none"))


def test_the_list_filters_by_stage_cause_day_text_and_turn(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    first = an_accepted_case(made)
    an_approved_case(made, a_draft(P02))
    day = date(2021, 3, 10)

    def numbers(wanted: CaseFilter) -> list[str]:
        return [row.case_no[-1] for row in cases.listed(made.context(), wanted)]

    assert numbers(CaseFilter()) == ["2", "1"] or numbers(CaseFilter()) == ["1", "2"]
    assert numbers(CaseFilter(stage=Stage.ACCEPTED)) == ["1"]
    assert numbers(CaseFilter(waits_for=Seat.CASHIER)) == ["2"]
    assert numbers(CaseFilter(text="测试乙")) == ["2"]
    assert numbers(CaseFilter(text=first.case_no)) == ["1"]
    assert numbers(CaseFilter(since=day, until=day, limit=1)) != []
    assert numbers(CaseFilter(since=day + timedelta(days=1))) == []


def test_the_row_of_a_list_masks_the_number(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    an_accepted_case(made)
    row = cases.listed(made.context(), CaseFilter())[0]
    assert row.number == "6401**********9976"
    assert row.requested == Money.parse("2000")


def test_a_local_hukou_leads_to_the_ordinary_channel(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    local = replace(P01, hukou_code="150303", hukou_place="乌海市海南区")
    found = cases.check(made.context(), a_draft(local))
    assert found.eligibility is not None
    assert found.eligibility.record.route is Route.ORDINARY


def test_policy_rows_ship_empty_so_no_case_meets_without_a_standard(tmp_path: Path) -> None:
    made = builders.an_empty_desk(tmp_path, kind=DeskKind.OFFICE)
    found = cases.check(made.desk.context(), a_draft())
    assert found.eligibility is not None
    assert found.eligibility.record.finding is Finding.MANUAL
    assert found.eligibility.meter.cap is None


def test_an_unknown_person_has_no_history(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    with pytest.raises(PersonUnknownError):
        persons.history(made.context(), PersonId("none"))


def test_the_standard_of_the_acceptance_day_counts_where_the_city_says_so(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    builders.enter(
        made,
        PolicyRowDraft(
            key=PolicyKey.STANDARD_DAY,
            value="acceptance",
            valid_from=date(2021, 1, 1),
            document="虚构〔2021〕9号",
        ),
    )
    found = an_accepted_case(made)
    made.clock.advance(timedelta(days=140))
    assert cases.policy_day(made.context(), found) == date(2021, 3, 10)
