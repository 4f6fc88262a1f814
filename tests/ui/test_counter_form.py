"""The counter form keeps every typed character and says what it cannot read yet."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.cases import Cause, PermitState, Situation, Source
from reliefdesk.domain.identity import DocumentKind, Sex
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.intake import CaseDraft, MemberDraft
from reliefdesk.domain.money import FEN_MAX, Money
from reliefdesk.domain.persons import HukouKind, PersonDraft
from reliefdesk.domain.policies import AreaClass
from ui.counter.form import CounterForm, DraftUnreadableError, form_from_json, form_of

TODAY = date(2021, 9, 17)
NOW = datetime(2021, 9, 17, 1, 0, tzinfo=UTC)
WORDS = st.text(max_size=20)
DAYS = st.none() | st.dates(date(1900, 1, 1), TODAY)
IDS = st.none() | st.just(OperatorId("u1"))
PERSONS = st.builds(
    PersonDraft,
    kind=st.none() | st.sampled_from(DocumentKind),
    number=WORDS,
    name=WORDS,
    former_name=WORDS,
    sex=st.none() | st.sampled_from(Sex),
    birth_on=DAYS,
    hukou_place=WORDS,
    hukou_kind=st.sampled_from(HukouKind),
    phone=WORDS,
    override_reason=WORDS,
    override_by=IDS,
    name_confirmed=st.booleans(),
)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2021, 9, 16)).map(  # noqa: DTZ001 - made aware here
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
DRAFTS = st.builds(
    CaseDraft,
    person=PERSONS,
    cause=st.none() | st.sampled_from(Cause),
    place=WORDS,
    happened_at=st.none() | INSTANTS,
    narrative=WORDS,
    source=st.sampled_from(Source),
    urgent=st.none() | st.booleans(),
    permit=st.none() | st.sampled_from(PermitState),
    situation=st.sampled_from(Situation),
    arrived_on=DAYS,
    members=st.lists(st.builds(MemberDraft, name=WORDS, number=WORDS), max_size=3).map(tuple),
    persons_relieved=st.integers(1, 99),
    area=st.none() | st.sampled_from(AreaClass),
    staff_relative=IDS,
    requested=st.none() | st.integers(0, FEN_MAX).map(Money),
)


@given(DRAFTS)
def test_a_draft_comes_back_from_the_form_unchanged(draft: CaseDraft) -> None:
    assert form_of(draft, case_id="c").draft(now=NOW) == draft


@given(DRAFTS, WORDS)
def test_a_saved_form_comes_back_with_every_character(draft: CaseDraft, amount: str) -> None:
    form = form_of(draft, case_id="c", person_id="p").typed("requested", amount)
    assert form_from_json(form.to_json()) == form


def test_an_unreadable_amount_keeps_its_text_and_is_named() -> None:
    form = CounterForm(case_id="c").typed("requested", "2430.001")
    assert form.text("requested") == "2430.001"
    assert [problem.code for problem in form.problems(now=NOW)] == ["amount.three_decimals"]


def test_a_day_without_a_time_is_named() -> None:
    form = CounterForm(case_id="c").typed("happened_at", "9-16")
    assert [problem.code for problem in form.problems(now=NOW)] == ["counter.instant_unreadable"]


def test_the_next_person_of_a_mass_event_keeps_cause_place_and_time_only() -> None:
    form = CounterForm(case_id="c", person_id="p")
    for name, text in (("cause", "01"), ("place", "新华街"), ("narrative", "住房烧毁")):
        form = form.typed(name, text)
    following = form.for_next_person("d")
    assert (following.case_id, following.person_id) == ("d", "")
    assert following.texts == {"cause": "01", "place": "新华街"}


def test_a_strange_draft_text_is_refused() -> None:
    with pytest.raises(DraftUnreadableError):
        form_from_json('{"format": 1}')
