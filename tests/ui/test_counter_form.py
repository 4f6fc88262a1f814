"""The counter form keeps every typed character and says what it cannot read yet."""

from datetime import UTC, date, datetime, time

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
from ui.counter.readings import read_day, read_time

TODAY = date(2021, 9, 17)
WORDS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
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
    assert form_of(draft, case_id="c").draft(today=TODAY) == draft


@given(DRAFTS, WORDS)
def test_a_saved_form_comes_back_with_every_character(draft: CaseDraft, amount: str) -> None:
    form = form_of(draft, case_id="c", person_id="p").typed("requested", amount)
    assert form_from_json(form.to_json()) == form


def test_an_unreadable_amount_keeps_its_text_and_is_named() -> None:
    form = CounterForm(case_id="c").typed("requested", "2430.001")
    assert form.text("requested") == "2430.001"
    assert [problem.code for problem in form.problems(today=TODAY)] == ["amount.three_decimals"]


def test_a_day_without_a_time_asks_for_the_time() -> None:
    form = CounterForm(case_id="c").typed("happened_on", "9-16")
    assert [problem.code for problem in form.problems(today=TODAY)] == ["counter.time_missing"]


def test_the_next_person_of_a_mass_event_keeps_cause_place_and_time_only() -> None:
    form = CounterForm(case_id="c", person_id="p")
    for name, text in (("cause", "01"), ("place", "新华街"), ("narrative", "住房烧毁")):
        form = form.typed(name, text)
    following = form.for_next_person("d")
    assert (following.case_id, following.person_id) == ("d", "")
    assert following.texts == {"cause": "01", "place": "新华街"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20210701", date(2021, 7, 1)),
        ("7-1", date(2021, 7, 1)),
        ("12-31", date(2020, 12, 31)),
        ("2021.7.1", date(2021, 7, 1)),
        ("2021年7月1日", date(2021, 7, 1)),
        ("２０２１－７－１", date(2021, 7, 1)),
        ("t", TODAY),
        ("2021-02-30", None),
        ("明年", None),
    ],
)
def test_days_are_read_as_clerks_type_them(text: str, day: date | None) -> None:
    assert read_day(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9", time(9)),
        ("930", time(9, 30)),
        ("2210", time(22, 10)),
        ("9:05", time(9, 5)),
        ("9点半", time(9, 30)),
        ("24:00", None),
        ("9:75", None),
    ],
)
def test_times_are_read_as_clerks_type_them(text: str, at: time | None) -> None:
    assert read_time(text) == at


def test_a_strange_draft_text_is_refused() -> None:
    with pytest.raises(DraftUnreadableError):
        form_from_json('{"format": 1}')
