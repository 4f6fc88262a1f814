"""Finding, correcting, judging and revealing persons."""

from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.persons import (
    DetailRevealed,
    Likeness,
    PersonCorrected,
    PersonDraft,
    ReasonMissingError,
    Verdict,
)
from reliefdesk.errors import BugError
from reliefdesk.services import persons
from reliefdesk.storage import journal, search
from tests.builders import P01, P03, a_desk, a_draft, an_accepted_case


def test_a_person_is_found_by_number_tail_name_initials_and_phone(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    an_accepted_case(made)
    for text in (P01.number, "9976", "测试", "测试甲", "csj", "CSJ", "13800000001", "0001"):
        assert [row.name for row in persons.find(made.context(), text)] == ["测试甲"], text
    assert persons.find(made.context(), "  ") == ()
    assert persons.find(made.context(), "9999") == ()


def test_a_person_is_found_by_the_number_of_a_case_whole_and_by_its_end(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    an_accepted_case(made, a_draft(P03))
    found = an_accepted_case(made)
    for text in (found.case_no, found.case_no.lower(), "2021000002", "000002"):
        assert [row.name for row in persons.find(made.context(), text)] == ["测试甲"], text
    assert search.faults(made.context().file) == 0


def test_a_search_row_shows_masked_numbers_only(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    an_accepted_case(made)
    row = persons.find(made.context(), "测试甲")[0]
    assert (row.number, row.phone, row.cases) == ("6401**********9976", "138****0001", 1)


def test_the_fifteen_digit_number_of_a_known_person_is_hinted_never_merged(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    older = replace(P03, number="620102781121951", name="测试丙")
    first = an_accepted_case(made, a_draft(older))
    newer = replace(P03, number="620102197811219512", name="测试 丙")
    hints = persons.duplicates(made.context(), newer)
    assert [hint.person.person_id for hint in hints] == [first.person_id]
    assert hints[0].likenesses == (Likeness.UPGRADED_NUMBER, Likeness.NAME_AND_BIRTH)
    second = an_accepted_case(made, a_draft(newer))
    assert second.person_id != first.person_id


def test_a_judged_pair_is_not_hinted_again(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    first = an_accepted_case(made)
    second = an_accepted_case(made, a_draft(replace(P03, phone=P01.phone)))
    draft = replace(P03, phone=P01.phone)
    assert persons.duplicates(made.context(), draft, second.person_id)
    persons.judge(
        made.context(),
        first.person_id,
        second.person_id,
        verdict=Verdict.DIFFERENT,
        reason="同住，共用电话",
    )
    assert persons.duplicates(made.context(), draft, second.person_id) == ()
    assert persons.history(made.context(), first.person_id).others == ()


def test_a_verdict_can_be_changed_and_needs_a_reason(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    one = an_accepted_case(made).person_id
    other = an_accepted_case(made, a_draft(P03)).person_id
    with pytest.raises(ReasonMissingError):
        persons.judge(made.context(), one, other, verdict=Verdict.SAME, reason="")
    persons.judge(made.context(), one, other, verdict=Verdict.SAME, reason="同一人")
    assert len(persons.history(made.context(), one).cases) == 2
    persons.judge(made.context(), other, one, verdict=Verdict.DIFFERENT, reason="看错")
    assert len(persons.history(made.context(), one).cases) == 1


def test_a_correction_keeps_the_earlier_record_in_the_journal(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    person_id = an_accepted_case(made).person_id
    mended = replace(P01, name="测试佳")
    with pytest.raises(ReasonMissingError):
        persons.correct(made.context(), person_id, mended, reason=" ")
    persons.correct(made.context(), person_id, mended, reason="姓名录入有误")
    assert persons.person(made.context(), person_id).details.name == "测试佳"
    events = [entry.event for entry in journal.entries(made.context().file)]
    assert sum(isinstance(event, PersonCorrected) for event in events) == 1
    persons.correct(made.context(), person_id, mended, reason="姓名录入有误")
    assert len(list(journal.entries(made.context().file))) == len(events)


def test_a_person_without_papers_keeps_the_temporary_number_through_a_correction(
    tmp_path: Path,
) -> None:
    made = a_desk(tmp_path)
    unknown = PersonDraft(kind=DocumentKind.NO_DOCUMENT, name="不详男", identity_note="男，约40岁")
    person_id = an_accepted_case(made, a_draft(unknown)).person_id
    before = persons.person(made.context(), person_id).details
    assert before.number.startswith("WZ-")
    persons.correct(made.context(), person_id, replace(unknown, name="不详"), reason="称呼更正")
    after = persons.person(made.context(), person_id).details
    assert (after.number, after.same_key) == (before.number, before.same_key)
    assert after.name == "不详"


def test_a_correction_that_does_not_hold_is_a_bug_of_the_window(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    person_id = an_accepted_case(made).person_id
    with pytest.raises(BugError):
        persons.correct(made.context(), person_id, replace(P01, number="1"), reason="改号")


def test_looking_at_a_number_in_full_is_recorded(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    person_id = an_accepted_case(made).person_id
    assert persons.reveal(made.context("审核乙"), person_id, "number").result == P01.number
    last = list(journal.entries(made.context().file))[-1]
    assert last.event == DetailRevealed(person_id=person_id, detail="number")
    assert last.header.operator_id == made.by_name["审核乙"]
    with pytest.raises(BugError):
        persons.reveal(made.context(), person_id, "name")


def test_a_checked_draft_derives_sex_and_birth_day(tmp_path: Path) -> None:
    made = a_desk(tmp_path)
    found = persons.check(made.context(), P01)
    assert found.details is not None
    assert found.details.sex.label == "男"
    assert f"{found.details.birth_on}" == "1985-06-17"
