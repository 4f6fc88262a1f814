"""On no form is anything cut, overlapping or crossed by a rule; all that was told stands there."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from reliefdesk.documents.application_form import application_pdf
from reliefdesk.documents.form_grid import (
    SEAL,
    Option,
    choices,
    label,
    opinion,
    pairs,
    row,
    text_rows,
)
from reliefdesk.documents.form_page import Block, form_pdf
from reliefdesk.documents.page import Box, Sheet, Type
from reliefdesk.documents.publicity_sheet import publicity_pdf
from reliefdesk.domain.cases import Cause
from reliefdesk.domain.form_settings import CaseForm
from tests.documents.geometry import crossings, geometry, outside, overlaps
from tests.gallery import forms
from tests.gallery.case_facts import LONG_NAME, NASTY_REQUEST, RARE_NAME, REASON, head_of
from tests.gallery.case_forms import APPLICATION, FORMS, PUBLICITY

HEAD = head_of(CaseForm.APPLICATION)


def _told(pdf: bytes) -> str:
    text = "".join(page.text for page in geometry(pdf))
    return "".join(text.split()).replace("\ufffe", "")


@pytest.mark.parametrize("name", sorted(forms.FORMS))
def test_nothing_overlaps_and_no_rule_runs_through_text(name: str) -> None:
    for page in geometry(forms.FORMS[name]()):
        # 以下空白 stands across the columns of a book on purpose, so that nothing is added there.
        assert {each[0] for each in crossings(page, spare=0.15)} <= set("以下空白")
        assert list(overlaps(page, share=0.2)) == []
        assert list(outside(page, margin=4)) == []


@pytest.mark.parametrize("name", sorted(name for name in FORMS if name.endswith("nasty")))
def test_nothing_is_left_to_the_case_file(name: str) -> None:
    assert "余见案卷" not in _told(FORMS[name]())


def test_twenty_members_and_three_line_reasons_stand_whole() -> None:
    told = _told(FORMS["case-application-nasty"]())
    for member in NASTY_REQUEST.members:
        assert member.name in told
        assert member.health in told
    assert told.count("".join(REASON.split())) >= 8
    assert LONG_NAME in told


def test_rare_characters_can_be_searched_in_every_reader() -> None:
    pdf = FORMS["case-application-nasty"]()
    assert RARE_NAME in _told(pdf)


def test_every_page_says_which_form_case_and_page_it_is() -> None:
    pages = geometry(FORMS["case-application-nasty"]())
    for number, page in enumerate(pages, start=1):
        assert "AJ-150302003-2021-000001" in page.text
        assert f"第{number}页" in page.text
        assert f"共{len(pages)}页" in page.text


def test_the_seal_has_a_clear_square_of_45_millimetres() -> None:
    (page,) = geometry(form_pdf(HEAD, [opinion("审批意见", REASON, ("负责人",), seal="公章")]))
    caption = next(char for char in page.chars if char.text == "公")
    low, middle = caption.box.top, caption.box.left + 3
    inside = [
        char
        for char in page.chars
        if low - SEAL < char.box.bottom < low and abs(char.box.left - middle) < SEAL / 2
    ]
    assert inside == []
    frame_top = min(rule.top for rule in page.rules)
    assert low - frame_top >= SEAL


def test_a_row_grows_with_its_longest_cell() -> None:
    short, long = row(label("甲")), pairs(("姓名", LONG_NAME, 20))
    assert long.height > 3 * short.height


def test_text_of_any_length_goes_on_in_further_rows() -> None:
    text = "".join(f"第{number}句话说完了。" for number in range(700))
    blocks = text_rows("情形", text)
    assert len(blocks) > 2
    told = _told(form_pdf(HEAD, blocks))
    assert [n for n in range(700) if f"第{n}句话说完了。" not in told] == []


def test_a_sentence_without_a_stop_goes_on_too() -> None:
    blocks = text_rows("情形", "长" * 5000)
    assert _told(form_pdf(HEAD, blocks)).count("长") == 5000


def test_options_wrap_and_keep_their_boxes() -> None:
    many = [Option(f"选项第{number}号内容", ticked=number == 7) for number in range(30)]
    (page,) = geometry(form_pdf(HEAD, [row(label("多选"), choices(many))]))
    assert list(overlaps(page, share=0.2)) == []
    assert all(f"选项第{number}号内容" in "".join(page.text.split()) for number in range(30))


def test_a_minor_and_a_protected_person_are_counted_not_named() -> None:
    adult = PUBLICITY.reliefs[0]
    child = replace(adult, name="测试丑", birth_on=date(2019, 8, 12))
    hidden = replace(adult, name="欧阳测试", protected=True)
    ill = replace(adult, name="端木测试", cause=Cause.ILLNESS)
    told = _told(publicity_pdf(replace(PUBLICITY, reliefs=(adult, child, hidden, ill))))
    assert "另有2人依法不公开姓名" in told
    assert "端木**" in told
    for secret in ("测试丑", "欧阳", "疾病", "测试甲"):
        assert secret not in told


def test_the_chosen_terms_are_ticked_for_a_reader_that_sees_no_boxes() -> None:
    pdf = application_pdf(APPLICATION)
    spoken = _spoken(pdf)
    for said in ("☑交通事故", "□火灾", "☑未办理", "☑农村"):
        assert said in spoken


def test_the_checks_find_what_they_look_for() -> None:
    def draw(sheet: Sheet, top: float) -> None:
        place = Box(30, top, 60, 8)
        sheet.text(place, "压线的字", Type(size=12))
        sheet.line((25, top + 4), (95, top + 4), 0.5)
        sheet.text(place._replace(top=top + 20), "重叠的字", Type(size=12))
        sheet.text(place._replace(top=top + 21), "叠重的字", Type(size=12))
        sheet.text(Box(1, top + 40, 60, 8), "出格", Type(size=12))

    (page,) = geometry(form_pdf(HEAD, [Block(height=60, draw=draw)]))
    assert len(list(crossings(page, spare=0.15))) == 4
    assert len(list(overlaps(page, share=0.2))) >= 4
    assert len(list(outside(page, margin=5))) == 1


def _spoken(pdf: bytes) -> str:
    """Every text that stands in for drawn boxes."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    found = (reader.get_object(index) for index in range(1, len(reader.xref[0]) + 1))
    named = (one for one in found if isinstance(one, DictionaryObject))
    return "".join(str(one.get("/ActualText", "")) for one in named)
