"""Eligibility: the routing table row by row, caps to the fen, and every reading of once a year."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk import wording
from reliefdesk.domain.cases import Cause, Finding, PermitState, Route, Situation
from reliefdesk.domain.eligibility import Eligibility, Tie, assess, window_of
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.money import Money
from tests.domain.requests import DAY, a_person, a_question, a_request, past, rows


def outcome(**changed: Any) -> tuple[Finding, Route, list[str]]:  # noqa: ANN401 - any fact
    record = assess(a_question(**changed)).record
    return (
        record.finding,
        record.route,
        [reason.code.partition(".")[2] for reason in record.reasons],
    )


def codes(eligibility: Eligibility) -> list[str]:
    return [reason.code.partition(".")[2] for reason in eligibility.record.reasons]


MEETS, FAILS, MANUAL = Finding.MEETS, Finding.FAILS, Finding.MANUAL


def test_from_elsewhere_without_permit_belongs_here() -> None:
    assert outcome() == (MEETS, Route.HERE, ["all_met"])


@pytest.mark.parametrize(
    ("permit", "expected"),
    [
        (PermitState.LAPSED, (MANUAL, Route.HERE, ["permit_lapsed"])),
        (PermitState.UNKNOWN, (MANUAL, Route.HERE, ["permit_unknown"])),
        (PermitState.VALID, (FAILS, Route.ORDINARY, ["permit_valid"])),
    ],
)
def test_the_permit_decides_the_route_of_people_from_elsewhere(
    permit: PermitState, expected: object
) -> None:
    assert outcome(request=a_request(permit=permit)) == expected


@pytest.mark.parametrize(
    ("hukou", "scope", "route"),
    [
        ("150302", "city", Route.ORDINARY),
        ("150303", "city", Route.ORDINARY),
        ("150302", "district", Route.ORDINARY),
        ("150303", "district", Route.HERE),
        ("640181", "district", Route.HERE),
    ],
)
def test_another_district_of_the_city_is_local_or_not_as_the_policy_says(
    hukou: str, scope: str, route: Route
) -> None:
    question = {"person": a_person(hukou_code=hukou), "rows": rows(HUKOU_SCOPE=scope)}
    assert outcome(**question)[1] is route


def test_an_unknown_hukou_needs_a_person_s_judgement() -> None:
    assert outcome(person=a_person(hukou_code="")) == (MANUAL, Route.HERE, ["hukou_unknown"])


def test_the_homeless_belong_to_the_shelter_and_the_unconscious_to_the_hospital() -> None:
    homeless = outcome(request=a_request(situation=Situation.HOMELESS))
    assert homeless == (FAILS, Route.SHELTER, ["homeless"])
    care = outcome(request=a_request(situation=Situation.NEEDS_CARE))
    assert care == (MANUAL, Route.HOSPITAL, ["needs_care"])


@pytest.mark.parametrize(
    "kind",
    [DocumentKind.FOREIGN_RESIDENT, DocumentKind.HKMT_RESIDENT, DocumentKind.TAIWAN_PERMIT],
)
def test_who_is_no_mainland_citizen_goes_to_the_district(kind: DocumentKind) -> None:
    assert outcome(person=a_person(kind=kind)) == (MANUAL, Route.DISTRICT, ["not_citizen"])


def test_a_person_without_papers_is_served_here_after_a_judgement() -> None:
    nobody = a_person(kind=DocumentKind.NO_DOCUMENT, hukou_code="")
    assert outcome(person=nobody) == (MANUAL, Route.HERE, ["no_document"])


def test_what_is_not_urgent_and_who_is_a_relative_of_staff_are_told() -> None:
    request = a_request(urgent=False, staff_relative=OperatorId("u1"))
    assert outcome(request=request) == (FAILS, Route.HERE, ["not_urgent", "staff_relative"])


@pytest.mark.parametrize(
    ("unit", "persons", "fen", "fits"),
    [
        ("per_case", 1, 243000, True),
        ("per_case", 1, 243001, False),
        ("per_household", 4, 243001, False),
        ("", 4, 243001, False),
        ("per_case", 4, 972000, False),
        ("per_person", 4, 972000, True),
        ("per_person", 4, 972001, False),
    ],
)
def test_the_cap_holds_to_the_fen(*, unit: str, persons: int, fen: int, fits: bool) -> None:
    request = a_request(requested=Money(fen), persons_relieved=persons)
    limit = rows(CAP_UNIT=unit, DELEGATION_LIMIT="100000")
    found = outcome(request=request, rows=limit)
    assert found[2] == (["all_met"] if fits else ["over_cap"])


def test_more_than_the_delegation_goes_to_the_district_and_none_at_all_too() -> None:
    request = a_request(requested=Money(300001), persons_relieved=4)
    over = outcome(request=request, rows=rows(CAP_UNIT="per_person"))
    assert over == (MANUAL, Route.HERE, ["over_delegation"])
    assert outcome(rows=rows(DELEGATION_LIMIT=""))[2] == ["no_delegation"]


def test_without_a_standard_no_cap_is_invented() -> None:
    eligibility = assess(a_question(rows=rows(STANDARD="")))
    assert codes(eligibility) == ["standard_missing"]
    assert (eligibility.meter.cap, eligibility.meter.left) == (None, None)


def test_the_record_names_the_rows_it_used() -> None:
    record = assess(a_question()).record
    assert {use.row_id for use in record.uses} >= {"std_monthly", "delegation_limit", "cap_unit"}
    assert record.cap == Money(243000)


@pytest.mark.parametrize(
    ("window", "on", "counted"),
    [
        ("calendar_year", date(2021, 1, 1), True),
        ("calendar_year", date(2020, 12, 31), False),
        ("fiscal_year", date(2021, 12, 31), True),
        ("rolling_year", date(2020, 3, 10), False),
        ("rolling_year", date(2020, 3, 11), True),
    ],
)
def test_the_counting_year_is_the_one_that_the_policy_names(
    *, window: str, on: date, counted: bool
) -> None:
    found = outcome(history=(past(on),), rows=rows(FREQUENCY_WINDOW=window))
    assert (found[2] == ["frequency_paid"]) is counted


def test_relief_on_the_twenty_ninth_of_february_counts_until_the_year_is_over() -> None:
    assert window_of("rolling_year", date(2024, 2, 29)) == (date(2023, 3, 1), date(2024, 2, 29))
    assert window_of("rolling_year", date(2025, 2, 28))[0] == date(2024, 2, 29)


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_a_rolling_year_is_365_or_366_days_and_ends_today(on: date) -> None:
    since, until = window_of("rolling_year", on)
    assert until == on
    assert until - since in {timedelta(days=364), timedelta(days=365)}


def test_a_promise_not_yet_paid_reserves_the_year() -> None:
    assert outcome(history=(past(DAY, paid=False),))[2] == ["frequency_promised"]


def test_a_second_relief_is_allowed_where_the_policy_says_two() -> None:
    two = rows(FREQUENCY_LIMIT="2")
    assert outcome(history=(past(DAY),), rows=two)[2] == ["all_met"]
    third = (past(DAY), past(DAY - timedelta(days=1)))
    assert outcome(history=third, rows=two)[2] == ["frequency_paid"]


def test_several_payments_of_one_case_count_once() -> None:
    parts = (past(DAY, amount=Money(100)), past(DAY, amount=Money(200)))
    meter = assess(a_question(history=parts)).meter
    assert (meter.times_used, meter.used) == (1, Money(300))


@pytest.mark.parametrize(("subject", "counted"), [("household", True), ("person", False)])
def test_a_household_member_s_relief_counts_unless_only_the_person_does(
    *, subject: str, counted: bool
) -> None:
    history = (past(DAY, tie=Tie.MEMBER),)
    found = outcome(history=history, rows=rows(FREQUENCY_SUBJECT=subject))
    assert (found[2] == ["frequency_paid"]) is counted


@pytest.mark.parametrize(
    ("mode", "cause", "counted"),
    [("any", Cause.FIRE, True), ("same", Cause.FIRE, False), ("same", Cause.TRAFFIC, True)],
)
def test_only_the_same_cause_counts_where_the_policy_says_so(
    *, mode: str, cause: Cause, counted: bool
) -> None:
    history = (past(DAY, cause=cause.value),)
    found = outcome(history=history, rows=rows(FREQUENCY_CAUSE=mode))
    assert (found[2] == ["frequency_paid"]) is counted


def test_the_reason_tells_who_got_what_when_and_where() -> None:
    record = assess(a_question(history=(past(date(2021, 3, 1)),))).record
    said = wording.reason_sentence(record.reasons[0])
    assert "本人于2021年3月1日领过2,000.00元" in said
    assert "新华街道" in said


def test_the_meter_shows_what_is_left_and_never_less_than_nothing() -> None:
    meter = assess(a_question(history=(past(DAY, amount=Money(100000)),))).meter
    assert (meter.cap, meter.used, meter.left) == (Money(243000), Money(100000), Money(143000))
    spent = assess(a_question(history=(past(DAY, amount=Money(900000)),))).meter
    assert spent.left == Money(0)
    assert (spent.since, spent.until) == (date(2021, 1, 1), date(2021, 12, 31))


@given(
    st.sampled_from(PermitState),
    st.sampled_from(Situation),
    st.sampled_from(["640181", "150302", ""]),
    st.integers(1, 1_000_000),
)
def test_the_finding_is_always_the_worst_of_its_reasons(
    permit: PermitState, situation: Situation, hukou: str, fen: int
) -> None:
    request = a_request(permit=permit, situation=situation, requested=Money(fen))
    record = assess(a_question(person=a_person(hukou_code=hukou), request=request)).record
    findings = {reason.finding for reason in record.reasons}
    worst = FAILS if FAILS in findings else MANUAL if MANUAL in findings else MEETS
    assert record.finding is worst
    assert all(wording.reason_sentence(reason) for reason in record.reasons)
