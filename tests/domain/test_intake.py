"""The counter form: what is missing is named at its field, and a whole form becomes a request."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk import wording
from reliefdesk.domain.cases import Cause, PermitState
from reliefdesk.domain.desks import Office
from reliefdesk.domain.intake import (
    MEMBERS_MAX,
    NARRATIVE_CHARACTERS_MAX,
    CaseDraft,
    CheckedRequest,
    MemberDraft,
    area_of,
    check_request,
)
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import AreaClass

NOW = datetime(2021, 3, 10, 2, 0, tzinfo=UTC)
STREET = Office(code="150302003", name="新华街道办事处")
TOWN = Office(code="150303103", name="拉僧庙镇人民政府")


def check(**typed: Any) -> CheckedRequest:  # noqa: ANN401 - any field may be typed
    facts: dict[str, Any] = {
        "cause": Cause.TRAFFIC,
        "place": " 人民路 ",
        "place_code": STREET.code,
        "happened_at": NOW - timedelta(hours=1),
        "narrative": "被车撞伤",
        "urgent": True,
        "permit": PermitState.NEVER,
        "requested": Money(200000),
    }
    draft = CaseDraft(**(facts | typed))
    return check_request(draft, office=STREET, area=AreaClass.URBAN, now=NOW, today=NOW.date())


def found(checked: CheckedRequest) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in checked.problems]


def test_a_whole_form_becomes_a_request_with_trimmed_texts() -> None:
    checked = check()
    assert checked.request is not None
    assert checked.request.emergency.place == "人民路"
    assert found(checked) == []


def test_an_empty_form_names_every_missing_field_with_its_sentence() -> None:
    checked = check_request(CaseDraft(), office=STREET, area=None, now=NOW, today=NOW.date())
    fields = {problem.field for problem in checked.problems}
    assert fields == {
        "cause",
        "place",
        "happened_at",
        "narrative",
        "urgent",
        "permit",
        "requested",
        "area",
    }
    assert all("代码" not in wording.problem_sentence(p) for p in checked.problems)


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"happened_at": NOW + timedelta(minutes=1)}, "happened_at", "cases.happened_later"),
        ({"arrived_on": date(2021, 3, 11)}, "arrived_on", "cases.arrived_later"),
        ({"narrative": "长" * (NARRATIVE_CHARACTERS_MAX + 1)}, "narrative", "cases.narrative_long"),
        ({"requested": Money(0)}, "requested", "amount.zero"),
        ({"persons_relieved": 0}, "persons_relieved", "cases.persons_relieved"),
        ({"persons_relieved": 2}, "persons_relieved", "cases.persons_relieved"),
        (
            {"members": (MemberDraft(name="乙"),) * (MEMBERS_MAX + 1)},
            "members",
            "cases.members_many",
        ),
        ({"members": (MemberDraft(name=""),)}, "members.1.name", "names.missing"),
        (
            {"members": (MemberDraft(name="乙", number="12"),)},
            "members.1.number",
            "identity.length",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    typed: dict[str, Any], field: str, code: str
) -> None:
    checked = check(**typed)
    assert found(checked) == [(field, code)]
    assert checked.request is None


def test_an_emergency_elsewhere_only_warns() -> None:
    checked = check(place_code=TOWN.code)
    assert found(checked) == [("place", "cases.place_elsewhere")]
    assert checked.request is not None


def test_a_member_s_old_number_compares_as_eighteen_digits() -> None:
    request = check(members=(MemberDraft(name="乙", number="620102781121951"),)).request
    assert request is not None
    assert request.members[0].same_key == "620102197811219512"
    assert request.members[0].birth_on == date(1978, 11, 21)


@pytest.mark.parametrize(
    ("rule", "office", "chosen", "area"),
    [
        ("by_office", STREET, None, AreaClass.URBAN),
        ("by_office", TOWN, None, None),
        ("by_office", TOWN, AreaClass.RURAL, AreaClass.RURAL),
        ("ask", STREET, None, None),
        ("urban", TOWN, AreaClass.RURAL, AreaClass.URBAN),
    ],
)
def test_the_standard_s_area_follows_the_policy(
    rule: str, office: Office, chosen: AreaClass | None, area: AreaClass | None
) -> None:
    assert area_of(CaseDraft(area=chosen), rule=rule, office=office) is area


@given(st.text(), st.text(), st.text(), st.integers(-5, 50))
def test_no_typed_text_raises_and_a_request_comes_only_without_errors(
    place: str, narrative: str, number: str, persons: int
) -> None:
    members = (MemberDraft(name="乙", number=number),)
    checked = check(place=place, narrative=narrative, members=members, persons_relieved=persons)
    errors = [problem for problem in checked.problems if problem.level.value == "error"]
    assert (checked.request is None) == bool(errors)
