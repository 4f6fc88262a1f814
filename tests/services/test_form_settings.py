"""How an office words its forms: from a day on, by the system seat, never edited."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reliefdesk.documents.fonts import MissingGlyphError
from reliefdesk.domain.form_settings import (
    CaseForm,
    FormSetting,
    FormUnknownError,
    SettingColumnError,
    SettingPictureError,
    SettingTextError,
    shipped_setting,
)
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.services import form_settings, papers, verification
from tests.builders import TestDesk, a_desk, an_accepted_case
from tests.documents.papers import page_texts

DAY = date(2021, 3, 1)
WORDED = FormSetting(
    form=CaseForm.PLEDGE,
    valid_from=DAY,
    title="诚信承诺书（新版）",
    unit="新华街道党群服务中心",
    contact="0473-2012345",
    footer="涂改无效",
    copies=("存档",),
)


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    return a_desk(tmp_path / "desk")


def _enter(made: TestDesk, setting: FormSetting) -> None:
    form_settings.enter(made.context("系统己"), setting)


def _png(width: int = 120) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, 20), (200, 30, 30)).save(out, "png")
    return out.getvalue()


def test_a_form_carries_the_wording_of_the_office(made: TestDesk) -> None:
    _enter(made, WORDED)
    found = an_accepted_case(made)
    pdf = papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id)
    text = "".join(page_texts(pdf))
    for said in ("诚信承诺书（新版）", "新华街道党群服务中心", "涂改无效", "本表一式1份：存档。"):
        assert said in text


def test_a_wording_holds_from_its_day_on(made: TestDesk) -> None:
    _enter(made, replace(WORDED, valid_from=date(2021, 4, 1)))
    context = made.context()
    before = form_settings.in_force(context, CaseForm.PLEDGE, on=date(2021, 3, 31))
    after = form_settings.in_force(context, CaseForm.PLEDGE, on=date(2021, 4, 1))
    assert before == shipped_setting(CaseForm.PLEDGE)
    assert after.title == "诚信承诺书（新版）"


def test_of_two_wordings_from_one_day_the_later_entry_holds(made: TestDesk) -> None:
    _enter(made, WORDED)
    _enter(made, replace(WORDED, title="再改版"))
    context = made.context()
    assert form_settings.in_force(context, CaseForm.PLEDGE, on=DAY).title == "再改版"
    assert [one.title for one in form_settings.entered(context, CaseForm.PLEDGE)] == [
        "诚信承诺书（新版）",
        "再改版",
    ]


def test_a_form_of_an_earlier_day_keeps_its_wording(made: TestDesk) -> None:
    found = an_accepted_case(made)
    first = papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id)
    _enter(made, replace(WORDED, valid_from=date(2021, 3, 11)))
    assert papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id) == first


def test_only_the_system_seat_words_forms(made: TestDesk) -> None:
    with pytest.raises(SeatMissingError):
        form_settings.enter(made.context("经办甲"), WORDED)


@pytest.mark.parametrize(
    ("setting", "error"),
    [
        (replace(WORDED, form="nothing"), FormUnknownError),
        (replace(WORDED, title="  "), SettingTextError),
        (replace(WORDED, title="长" * 61), SettingTextError),
        (replace(WORDED, copies=("份",) * 6), SettingTextError),
        (replace(WORDED, columns=("amount",)), SettingColumnError),
        (replace(WORDED, picture=b"no picture"), SettingPictureError),
        (replace(WORDED, picture=_png()[:60]), SettingPictureError),
        (replace(WORDED, title="\U0010fffd"), MissingGlyphError),
    ],
)
def test_a_wording_that_cannot_be_printed_is_refused(
    made: TestDesk, setting: FormSetting, error: type[Exception]
) -> None:
    with pytest.raises(error):
        _enter(made, setting)
    assert form_settings.entered(made.context(), setting.form) == ()


def test_a_picture_above_the_title_is_off_until_it_is_set(made: TestDesk) -> None:
    found = an_accepted_case(made)
    without = papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id)
    _enter(made, replace(WORDED, picture=_png()))
    with_picture = papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id)
    assert b"/Subtype /Image" not in without
    assert b"/Subtype /Image" in with_picture


def test_an_optional_part_is_printed_where_the_office_asks_for_it(made: TestDesk) -> None:
    found = an_accepted_case(made)
    shipped = shipped_setting(CaseForm.APPLICATION)
    pdf = papers.form_pdf(made.context(), CaseForm.APPLICATION, found.case_id)
    assert "社区（村）意见" not in "".join(page_texts(pdf))
    _enter(made, replace(shipped, valid_from=DAY, columns=("community",)))
    pdf = papers.form_pdf(made.context(), CaseForm.APPLICATION, found.case_id)
    assert "社区（村）意见" in "".join(page_texts(pdf))


def test_settings_follow_from_the_journal(made: TestDesk) -> None:
    _enter(made, replace(WORDED, picture=_png()))
    assert verification.verify(made.context()).good
