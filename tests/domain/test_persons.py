"""Persons: read as typed, warned about, blocked only by errors, compared, never merged."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk import reference, wording
from reliefdesk.domain.identity import DocumentKind, Sex
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.persons import CheckedPerson, Likeness, PersonDraft, check_person, likenesses
from tests.domain.requests import a_person

TODAY = date(2021, 3, 10)


def check(**typed: Any) -> CheckedPerson:  # noqa: ANN401 - any field may be typed
    facts: dict[str, Any] = {"number": "640181198506179976", "name": "测试甲"}
    return check_person(PersonDraft(**(facts | typed)), today=TODAY)


def codes(checked: CheckedPerson) -> list[str]:
    return [problem.code for problem in checked.problems]


def test_sex_and_birth_day_come_from_the_number() -> None:
    details = check().details
    assert details is not None
    assert (details.sex, details.birth_on) == (Sex.MALE, date(1985, 6, 17))
    assert (details.number_typed, details.same_key) == ("640181198506179976",) * 2


def test_a_form_that_contradicts_the_number_is_warned_about_with_what_the_number_says() -> None:
    checked = check(sex=Sex.FEMALE, birth_on=date(1985, 7, 17))
    assert codes(checked) == ["persons.sex_differs", "persons.birth_differs"]
    assert "显示为男" in wording.problem_sentence(checked.problems[0])
    assert "1985年6月17日" in wording.problem_sentence(checked.problems[1])
    assert checked.details is not None
    assert checked.details.sex is Sex.FEMALE


def test_a_failed_check_digit_blocks_until_an_officer_overrides_it_with_a_reason() -> None:
    assert check(number="640181198506179975").details is None
    assert check(number="640181198506179975", override_reason="证件如此").details is None
    passed = check(
        number="640181198506179975", override_reason="证件如此", override_by=OperatorId("u3")
    )
    assert passed.details is not None
    assert passed.details.override_reason == "证件如此"


def test_an_override_lifts_nothing_but_the_check_digit() -> None:
    checked = check(
        number="640181198506719975", override_reason="证件如此", override_by=OperatorId("u3")
    )
    assert codes(checked) == ["identity.day"]


def test_without_papers_a_note_takes_the_place_of_the_number() -> None:
    nobody = {"kind": DocumentKind.NO_DOCUMENT, "number": ""}
    assert codes(check(**nobody)) == ["persons.note_missing"]
    details = check(**nobody, identity_note="男，约四十岁").details
    assert details is not None
    assert (details.number, details.same_key, details.sex) == ("", "", Sex.UNKNOWN)


def test_a_confirmed_interpunct_is_not_asked_again() -> None:
    assert codes(check(name="巴特尔・测试")) == ["names.interpunct"]
    assert codes(check(name="巴特尔・测试", name_confirmed=True)) == []


def test_a_retired_area_code_is_warned_about_where_the_table_is_given() -> None:
    draft = PersonDraft(number="152801196909159972", name="测试丁")
    areas = reference.divisions().known_areas()
    checked = check_person(draft, today=TODAY, known_areas=areas)
    assert codes(checked) == ["identity.area_retired"]
    assert checked.details is not None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, (Likeness.NUMBER, Likeness.NAME_AND_BIRTH)),
        ({}, {"number": "640181850617997"}, (Likeness.UPGRADED_NUMBER, Likeness.NAME_AND_BIRTH)),
        ({}, {"same_key": "x", "name": "测试 甲"}, (Likeness.NAME_AND_BIRTH,)),
        ({}, {"same_key": "x", "birth_on": None}, ()),
        ({"phone": "1"}, {"same_key": "x", "name": "乙", "phone": "1"}, (Likeness.PHONE,)),
        (
            {"bank_card": "1"},
            {"same_key": "x", "name": "乙", "bank_card": "1"},
            (Likeness.BANK_CARD,),
        ),
        ({"kind": DocumentKind.NO_DOCUMENT, "same_key": ""}, {"same_key": "", "name": "乙"}, ()),
    ],
)
def test_two_records_are_alike_for_named_reasons_only(
    first: dict[str, Any], second: dict[str, Any], expected: tuple[Likeness, ...]
) -> None:
    assert likenesses(a_person(**first), a_person(**second)) == expected


@given(st.text(), st.text(), st.text(), st.text())
def test_no_typed_text_raises(number: str, name: str, phone: str, card: str) -> None:
    checked = check(number=number, name=name, phone=phone, bank_card=card)
    assert (checked.details is None) == any(p.level.value == "error" for p in checked.problems)
