"""The forms of a case on screen: listed by stage, looked at, saved, left again by Esc."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.services import papers
from tests.builders import (
    P03,
    TestDesk,
    a_draft,
    a_reviewed_case,
    an_accepted_case,
    an_approved_case,
)
from tests.documents.papers import page_texts
from tests.services.money import publish
from tests.ui.case_window import Opener, decide, standing
from tests.ui.walk import misnamed


def test_a_case_offers_the_forms_of_its_stage(theatre: Opener, made: TestDesk) -> None:
    publish(made, "pre")
    page, stage = theatre.open(made, a_reviewed_case(made))
    forms = stage.ask(lambda context: papers.available(context, standing(page).case_id))
    assert page.case.papers.offered() == forms
    assert CaseForm.PUBLICITY not in page.case.papers.offered()
    decide(page, stage, "审批丙")
    assert CaseForm.PUBLICITY in page.case.papers.offered()


def test_enter_shows_the_chosen_form_and_esc_comes_back(theatre: Opener, made: TestDesk) -> None:
    page, stage = theatre.open(made, an_accepted_case(made))
    panel = page.case.papers
    panel.forms.setCurrentRow(panel.offered().index(CaseForm.PLEDGE))
    QTest.keyClick(panel.forms, Qt.Key.Key_Return)
    stage.settle()
    assert panel.printing.is_open
    assert not page.case.columns.isVisible()
    assert not panel.printing.sheet.pixmap().isNull()
    QTest.keyClick(panel.printing.area, Qt.Key.Key_Escape)
    stage.settle()
    assert page.case.columns.isVisible()
    assert panel.chosen() is CaseForm.PLEDGE


def test_the_saved_file_is_the_form_of_this_case_and_names_nobody(
    theatre: Opener, made: TestDesk, tmp_path: Path
) -> None:
    page, stage = theatre.open(made, an_approved_case(made))
    panel = page.case.papers
    panel.open_button.click()
    stage.settle()
    paper = panel.printing.paper
    assert paper is not None
    assert paper.file_name == f"申请审批表 {standing(page).case_no}.pdf"
    panel.printing.save(tmp_path / paper.file_name)
    stage.settle()
    text = "".join(page_texts((tmp_path / paper.file_name).read_bytes()))
    assert standing(page).case_no in text


def test_another_case_closes_the_paper_of_the_first(theatre: Opener, made: TestDesk) -> None:
    first, other = an_accepted_case(made, a_draft(P03)), an_approved_case(made)
    page, stage = theatre.open(made, first)
    page.case.papers.open_button.click()
    stage.settle()
    page.open_case(other.case_id)
    stage.settle()
    assert not page.case.papers.printing.is_open
    assert page.case.columns.isVisible()
    assert CaseForm.PROXY_LETTER in page.case.papers.offered()


def test_everything_of_the_panel_is_named(theatre: Opener, made: TestDesk) -> None:
    page, _ = theatre.open(made, an_accepted_case(made))
    assert misnamed(page.case.papers) == []
