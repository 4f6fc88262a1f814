"""Claims about batch payout: who is listed, each is paid once, absent people stay open."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.ids import RosterId
from reliefdesk.domain.rosters import RosterEmptyError, RosterOrder, RosterTitleError, RosterView
from reliefdesk.services import cases, rosters
from reliefdesk.storage import verification
from tests.builders import TestDesk, a_draft, a_pay_order, an_accepted_case, an_approved_case
from tests.services.counter import somebody
from tests.services.money import opened, pay

PEOPLE = 12


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk with twelve people granted 100 each after one accident."""
    for desk in opened(tmp_path):
        for number in range(PEOPLE):
            an_approved_case(desk, a_draft(somebody(number), yuan="100"))
        yield desk


def make(made: TestDesk, *, place: str = "新华街", title: str = "货车事故") -> RosterView:
    order = RosterOrder(
        roster_id=RosterId(made.ids.new()), title=title, cause=Cause.TRAFFIC, place=place
    )
    return rosters.make(made.context("出纳丁"), order, officer=made.officer("出纳丁")).result


def again(made: TestDesk, found: RosterView) -> RosterView:
    return rosters.view(made.context(), found.roster.details.roster_id)


def pay_line(made: TestDesk, found: RosterView, place: int) -> None:
    case = cases.case(made.context(), found.lines[place].case_id)
    pay(made, a_pay_order(made, case))


def text_of(made: TestDesk, found: RosterView) -> list[str]:
    paper = rosters.roster_paper(made.context("出纳丁"), found.roster.details.roster_id)
    pages = PdfReader(io.BytesIO(paper.pdf)).pages
    return ["".join(page.extract_text().split()) for page in pages]


def test_everybody_granted_and_unpaid_after_the_emergency_is_listed(made: TestDesk) -> None:
    an_accepted_case(made, a_draft(somebody(99), yuan="100"))  # not granted yet
    found = make(made)
    assert len(found.lines) == PEOPLE
    assert found.granted.figures == "1,200.00"
    assert found.roster.details.roster_no == "HM-150302003-2021-0001"


def test_nobody_and_nameless_rosters_are_refused(made: TestDesk) -> None:
    with pytest.raises(RosterEmptyError):
        make(made, place="不存在的路")
    with pytest.raises(RosterTitleError):
        make(made, title=" ")


def test_who_came_is_paid_and_who_is_absent_stays_open(made: TestDesk) -> None:
    found = make(made)
    pay_line(made, found, 0)
    pay_line(made, found, 2)
    after = again(made, found)
    assert [line.place for line in after.waiting][:3] == [2, 4, 5]
    assert after.lines[0].receipt_no.endswith("000001")
    assert after.granted == found.granted


def test_a_later_roster_lists_only_who_is_still_open(made: TestDesk) -> None:
    pay_line(made, make(made), 0)
    assert len(make(made).lines) == PEOPLE - 1


def test_ten_people_stand_on_a_page_with_page_and_running_totals(made: TestDesk) -> None:
    found = make(made)
    pay_line(made, found, 0)
    pages = text_of(made, found)
    assert len(pages) == 2
    assert "本页合计10人￥1,000.00（大写）人民币壹仟元整其中未领9人￥900.00" in pages[0]
    assert "本页合计2人￥200.00" in pages[1]
    assert "累计12人￥1,200.00（大写）人民币壹仟贰佰元整其中未领11人" in pages[1]
    assert "领款人签字（指印）" in pages[0]


def test_replay_gives_the_same_tables(made: TestDesk) -> None:
    pay_line(made, make(made), 0)
    assert verification.verify(made.context().file).good
