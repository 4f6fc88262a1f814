"""Claims about the form of the counter: nothing typed is lost, everything known is shown."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reliefdesk.domain.case_records import Case, CaseFilter
from reliefdesk.domain.cases import Finding
from reliefdesk.domain.persons import DetailRevealed, Verdict
from reliefdesk.services import cases, drafts, persons
from reliefdesk.storage import journal
from tests.builders import P01, PINS, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.money import pay
from tests.ui.real_page import Stage, on_stage
from ui.counter.drafts import SLOT
from ui.counter.fields import put_text, text_of
from ui.counter.form import form_from_json, form_of
from ui.counter.page import CounterPage

NUMBER = "640181198506179976"
LEGACY, LONG = "620102781121951", "620102197811219512"


@pytest.fixture
def stage(qtbot: QtBot, made: TestDesk) -> Iterator[Stage]:
    """Give the registrar's window."""
    with on_stage(qtbot, made) as opened:
        yield opened


def a_counter(stage: Stage) -> CounterPage:
    page = CounterPage(stage.workplace)
    stage.show(page)
    return page


def fill_in(page: CounterPage, stage: Stage, **texts: str) -> None:
    """Type a whole request; `texts` change single boxes."""
    wanted = dict(form_of(a_draft(), case_id="").texts) | texts
    for grid in (page.form.person.grid, page.form.emergency.grid, page.form.amount.grid):
        for name in grid.names():
            if name in wanted and name not in ("hukou_place", "place_code"):
                put_text(grid.field(name), wanted[name])
    stage.settle()


def accepted(page: CounterPage, stage: Stage) -> Case:
    """Submit and give the case that stands on the page."""
    page.intake.submit()
    stage.settle()
    assert page.case.view is not None, page.messages.text()
    return page.case.view.case


def an_earlier_case(stage: Stage) -> Case:
    return stage.ask(
        lambda context: cases.accept(context, a_draft(), case_id=stage.made.new_case_id())
    ).result


def test_a_number_tells_sex_birth_day_and_native_place(stage: Stage) -> None:
    page = a_counter(stage)
    page.intake.begin(NUMBER)
    stage.settle()
    told = page.form.person.derived.text()
    assert "男" in told
    assert "1985-06-17" in told
    assert "灵武市" in told
    assert page.intake.form.text("hukou_code") == "640181"


def test_a_wrong_number_keeps_its_text_and_names_the_rule(stage: Stage) -> None:
    page = a_counter(stage)
    page.intake.begin("640181198506179975")
    stage.settle()
    grid = page.form.person.grid
    assert text_of(grid.field("number")) == "640181198506179975"
    assert "校验" in grid.problem_text("number")


def test_every_edit_is_in_the_draft_at_once(stage: Stage) -> None:
    page = a_counter(stage)
    page.intake.begin("")
    put_text(page.form.emergency.grid.field("narrative"), "钱物被盗，\n滞留车站")
    put_text(page.form.amount.grid.field("requested"), "2430.001")
    stage.settle()
    kept = stage.ask(lambda context: drafts.load(context, SLOT))
    assert kept is not None
    form = form_from_json(kept.content)
    assert form.text("narrative") == "钱物被盗，\n滞留车站"
    assert form.text("requested") == "2430.001"
    assert page.form.amount.draft.text().startswith("草稿已保存")


def test_a_draft_comes_back_at_the_next_sign_in(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, narrative="只填到这里")
    again = a_counter(stage)
    assert text_of(again.form.emergency.grid.field("narrative")) == "只填到这里"
    assert "取回" in again.messages.text()


def test_a_submitted_form_leaves_no_draft_behind(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage)
    accepted(page, stage)
    assert stage.ask(lambda context: drafts.load(context, SLOT)) is None


def test_a_form_left_for_another_person_comes_back_whole(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, narrative="第一位的情形")
    page.intake.begin("411525199203049967")
    stage.settle()
    assert text_of(page.form.emergency.grid.field("narrative")) == ""
    page.form.amount.aside_button.click()
    stage.settle()
    assert text_of(page.form.emergency.grid.field("narrative")) == "第一位的情形"
    assert text_of(page.form.person.grid.field("number")) == NUMBER
    page.form.amount.aside_button.click()
    stage.settle()
    assert text_of(page.form.person.grid.field("number")) == "411525199203049967"


def test_an_incomplete_form_marks_every_gap_and_erases_nothing(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, narrative="", place="", requested="2,43O")
    page.intake.submit()
    stage.settle()
    assert not page.on_case
    emergency = page.form.emergency.grid
    assert emergency.problem_text("narrative")
    assert emergency.problem_text("place")
    assert page.form.amount.amount.text() == "2,43O"
    assert page.form.amount.grid.problem_text("requested")
    assert "3 处" in page.messages.text()


def test_a_returning_person_shows_history_and_masked_number(stage: Stage) -> None:
    earlier = an_earlier_case(stage)
    page = a_counter(stage)
    page.intake.take(earlier.person_id)
    stage.settle()
    assert page.form.person.number.text() == "6401**********9976"
    assert [row.case_no for row in page.form.history.rows.rows()] == [earlier.case_no]
    assert not page.form.person.grid.field("number").isVisible()


def test_a_held_key_reveals_the_number_and_the_look_is_recorded(stage: Stage) -> None:
    earlier = an_earlier_case(stage)
    page = a_counter(stage)
    page.intake.take(earlier.person_id)
    stage.settle()
    hold = next(each for each in page.form.person.number.findChildren(QPushButton))
    QTest.mousePress(hold, Qt.MouseButton.LeftButton)
    stage.settle()
    assert page.form.person.number.visible_text() == NUMBER
    QTest.mouseRelease(hold, Qt.MouseButton.LeftButton)
    assert page.form.person.number.visible_text() == "6401**********9976"
    last = stage.ask(lambda context: list(journal.entries(context.file)))[-1]
    assert last.event == DetailRevealed(person_id=earlier.person_id, detail="number")


def test_the_meter_knows_the_year_before_the_form_is_complete(stage: Stage) -> None:
    page = a_counter(stage)
    page.intake.begin(NUMBER)
    put_text(page.form.person.grid.field("name"), "测试甲")
    stage.settle()
    lines = page.form.eligibility.meter.text()
    assert "限 1 次" in lines
    assert "810.00" in lines
    assert "2,430.00" in lines


def test_more_than_the_cap_is_said_at_once_with_its_source(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, requested="2430.01")
    assert Finding.FAILS.label in page.form.eligibility.finding.text()
    assert "乌民发〔2021〕17号" in page.form.eligibility.reasons.text()
    fill_in(page, stage, requested="2430.00")
    assert Finding.MEETS.label in page.form.eligibility.finding.text()


def test_a_local_resident_is_routed_to_ordinary_relief(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, number="150303198808089998", name="测试庚", phone="")
    assert "普通临时救助" in page.form.eligibility.finding.text()


def test_fifteen_and_eighteen_digits_are_shown_as_alike_and_never_merged(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, number=LEGACY, name="测试丙", phone="")
    first = accepted(page, stage)
    page = a_counter(stage)
    fill_in(page, stage, number=LONG, name="测试 丙", phone="")
    assert page.form.duplicates.isVisible()
    second = accepted(page, stage)
    assert first.person_id != second.person_id


def test_a_judgement_needs_its_reason_and_quiets_the_hint(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, number=LEGACY, name="测试丙", phone="")
    first = accepted(page, stage)
    fill_in(page, stage, number=LONG, name="测试丙", phone="")
    second = accepted(page, stage)
    page = a_counter(stage)
    page.intake.take(second.person_id)
    stage.settle()
    page.form.duplicates.judged.emit(first.person_id, Verdict.SAME, "")
    stage.settle()
    assert page.form.duplicates.isVisible()
    page.form.duplicates.judged.emit(first.person_id, Verdict.SAME, "新旧两代证")
    stage.settle()
    assert not page.form.duplicates.isVisible()
    history = stage.ask(lambda context: persons.history(context, second.person_id))
    assert [other.person_id for other in history.others] == [first.person_id]


def test_a_mass_event_keeps_cause_place_and_time_for_the_next(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage)
    page._submit_next()
    stage.settle()
    assert not page.on_case
    kept = page.intake.form
    assert kept.text("place") == "新华街与人民路路口"
    assert kept.text("happened_at")
    assert kept.text("narrative") == kept.text("number") == ""
    page.intake.begin("411525199203049967")
    stage.settle()
    assert page.intake.form.text("place") == "新华街与人民路路口"


def test_a_failed_check_digit_passes_with_reason_officer_and_pin(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, number="640181198506179975")
    override = page.form.override
    assert override.isVisible()
    put_text(override.grid.field("override_reason"), "旧证号码即如此，已看原件")
    override.officer.choose(stage.made.by_name["审核乙"])
    override.pin.setText(PINS["审核乙"])
    stage.settle()
    assert accepted(page, stage).person_name == P01.name


def test_a_person_without_papers_gets_a_temporary_number_and_a_written_description(
    stage: Stage,
) -> None:
    page = a_counter(stage)
    fill_in(page, stage, number="", name="自称王某")
    page.form.person.begin_without_document()
    stage.settle()
    page.intake.submit()
    stage.settle()
    grid = page.form.person.grid
    assert grid.problem_text("identity_note")
    assert not grid.field("number").isVisible()
    put_text(grid.field("identity_note"), "约四十岁，左臂有疤，110 送来")
    stage.settle()
    case = accepted(page, stage)
    person = stage.ask(lambda context: persons.person(context, case.person_id))
    assert person.details.number == "WZ-150302003-2021-0001"


def test_a_new_sign_in_shows_its_own_draft_and_no_other(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, narrative="经办甲写的")
    stage.operations.sign_in(stage.made.by_name["审核乙"])
    page.shown()
    stage.settle()
    assert text_of(page.form.emergency.grid.field("narrative")) == ""
    stage.operations.sign_in(stage.made.by_name["经办甲"])
    page.shown()
    stage.settle()
    assert text_of(page.form.emergency.grid.field("narrative")) == "经办甲写的"


def test_members_count_for_the_household_and_a_bad_number_is_told_by_row(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage)
    table = page.form.members.table
    for row, (name, number) in enumerate((("测试子", "500235201908129980"), ("测试父", "12"))):
        page.form.members.put(row, name=name, relation="子", number=number)
    stage.settle()
    assert "第2行" in page.form.members.says.text()
    cell = table.item(1, 2)
    assert cell is not None
    assert cell.text() == "12"


def test_the_household_of_the_last_case_is_taken_over_by_one_button(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage)
    page.form.members.put(0, name="测试子", relation="子", number="500235201908129980")
    stage.settle()
    earlier = accepted(page, stage)
    page.intake.take(earlier.person_id)
    page._show_form()
    stage.settle()
    assert "测试子（子）" in page.form.history.says.text()
    page.form.history.members_button.click()
    stage.settle()
    assert [member.name for member in page.intake.form.members] == ["测试子"]


def test_escape_closes_the_answers_and_keeps_the_typed_text(stage: Stage) -> None:
    page = a_counter(stage)
    page.search.box.setText("没有此人")
    stage.settle()
    assert page.search.answers_open
    QTest.keyClick(page.search.box, Qt.Key.Key_Escape)
    assert not page.search.answers_open
    assert page.search.box.text() == "没有此人"


def test_an_office_can_be_filled_by_keys_for_another_street(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage)
    put_text(page.form.emergency.grid.field("place_code"), "滨河街道")
    stage.settle()
    assert page.intake.form.text("place_code") == "150302007"
    assert page.form.emergency.grid.problem_text("place")
    accepted(page, stage)
    assert stage.ask(lambda context: cases.listed(context, CaseFilter()))


NASTY = (
    "a" * 10_000,
    "'; DROP TABLE cases; --",
    "\u202e测试\u202c",
    "\x00\x07\x1b控制",
    "🙂🙃",
    "ＡＢＣ１２３",
    "\u2028\u200b",
    "𬱖𠮷〇䶮",
)


@pytest.mark.parametrize("text", NASTY)
def test_strange_text_in_every_box_is_marked_or_taken_and_changes_no_neighbour(
    stage: Stage, text: str
) -> None:
    page = a_counter(stage)
    fill_in(page, stage)
    for grid in (page.form.person.grid, page.form.emergency.grid, page.form.emergency.further):
        for name in grid.names():
            before = {n: text_of(grid.field(n)) for n in grid.names() if n != name}
            old = text_of(grid.field(name))
            put_text(grid.field(name), text)
            stage.settle()
            after = {n: text_of(grid.field(n)) for n in grid.names() if n != name}
            assert before == after or name == "number", name
            put_text(grid.field(name), old)
    stage.settle()
    assert not page.on_case


@pytest.mark.parametrize("which", ["case", "receipt", "scanned"])
def test_the_number_of_a_case_or_of_its_receipt_opens_the_case(
    qtbot: QtBot, made: TestDesk, which: str
) -> None:
    found = an_approved_case(made)
    number = pay(made, a_pay_order(made, found)).receipt_no
    scanned = f"RD1：{number}：{found.case_no}"
    typed = {"case": found.case_no.lower(), "receipt": number, "scanned": scanned}[which]
    with on_stage(qtbot, made) as stage:
        page = a_counter(stage)
        page.search.box.setText(typed)
        stage.settle()
        assert "打开这件案子" in page.search.says.text()
        QTest.keyClick(page.search.box, Qt.Key.Key_Return)
        stage.settle()
        assert page.case.view is not None
        assert page.case.view.case.case_id == found.case_id
        assert page.search.box.text() == ""
