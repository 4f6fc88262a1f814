"""Divisions: twenty offices of Wuhai, full names, and codes that are retired but readable."""

import pytest

from reliefdesk import reference
from reliefdesk.domain.desks import Office
from reliefdesk.domain.divisions import Divisions

DIVISIONS: Divisions = reference.divisions()


def test_wuhai_has_its_twenty_streets_and_towns() -> None:
    offices = DIVISIONS.offices()
    assert len(offices) == 20
    assert {office.code[:6] for office in offices} == {"150302", "150303", "150304"}
    assert [office.initials for office in offices if office.name == "新华街道"] == ["xhjd"]


@pytest.mark.parametrize(
    ("code", "office"),
    [
        ("150302003", Office(code="150302003", name="乌海市海勃湾区新华街道办事处")),
        ("150303103", Office(code="150303103", name="乌海市海南区拉僧庙镇人民政府")),
        ("150304", Office(code="150304000", name="乌海市乌达区民政局")),
    ],
)
def test_the_body_behind_a_division_is_named_as_on_paper(code: str, office: Office) -> None:
    offered = (*DIVISIONS.offices(), *DIVISIONS.districts())
    (division,) = (one for one in offered if one.code == code)
    assert DIVISIONS.office_of(division) == office


def test_the_three_districts_may_run_a_district_desk() -> None:
    assert [one.name for one in DIVISIONS.districts()] == ["海勃湾区", "海南区", "乌达区"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("640181", "宁夏回族自治区银川市灵武市"),
        ("110101", "北京市东城区"),
        ("419001", "河南省济源市"),
        ("150300", "内蒙古自治区乌海市"),
        ("150302003", "内蒙古自治区乌海市海勃湾区新华街道"),
        ("710000", "台湾省"),
    ],
)
def test_a_code_in_force_has_its_full_name(code: str, name: str) -> None:
    place = DIVISIONS.place_of(code)
    assert place is not None
    assert (place.name, place.retired) == (name, False)


@pytest.mark.parametrize(
    ("code", "name", "heir"),
    [
        ("152801", "内蒙古自治区巴彦淖尔盟临河市", "150802"),
        ("152827", "内蒙古自治区巴彦淖尔盟杭锦后旗", "150826"),
        ("110103", "北京市崇文区", ""),
        ("622301", "甘肃省武威地区武威市", ""),
    ],
)
def test_a_retired_code_keeps_its_old_name_and_is_flagged(code: str, name: str, heir: str) -> None:
    place = DIVISIONS.place_of(code)
    assert place is not None
    assert (place.name, place.retired, place.merged_into) == (name, True, heir)


@pytest.mark.parametrize("code", ["", "999999", "15030", "乌海"])
def test_an_unknown_code_has_no_place(code: str) -> None:
    assert DIVISIONS.place_of(code) is None


def test_known_areas_part_codes_in_force_from_retired_ones() -> None:
    areas = DIVISIONS.known_areas()
    assert "640181" in areas.current
    assert "152801" in areas.retired
    assert not areas.current & areas.retired


def test_a_choice_list_offers_no_collective_entry_and_nothing_retired() -> None:
    current = DIVISIONS.current()
    assert all(one.valid_to is None for one in current)
    assert not {one.name for one in current} & {"市辖区", "县"}


def test_a_division_without_its_parents_still_has_a_name() -> None:
    lonely = Divisions([one for one in DIVISIONS.current() if one.code == "640181"])
    place = lonely.place_of("640181")
    assert place is not None
    assert place.name == "灵武市"
