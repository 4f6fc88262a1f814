"""A spot check goes round through real bundles: drawn, found, asked, answered, closed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from reliefdesk.domain.case_records import FirstReliefOrder, ReasonOrder
from reliefdesk.domain.cases import ApprovalMeans
from reliefdesk.domain.check_records import (
    AnswerMissingError,
    CheckState,
    CheckStateError,
    CheckUnknownError,
    DueDayError,
    FindingIncompleteError,
    MonthRunningError,
    NothingToDrawError,
    RectificationAnswered,
)
from reliefdesk.domain.checks import PercentError, draw, read_list
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.domain.partners import RoleError
from reliefdesk.domain.statistics import Month
from reliefdesk.domain.today import TodayKind
from reliefdesk.services import (
    check_list,
    check_papers,
    check_today,
    checks,
    decisions,
    ledger,
    mergers,
    partners,
    payments,
)
from reliefdesk.services.checks import FindingOrder
from reliefdesk.services.ledger import year_filter
from reliefdesk.services.mergers import MergeOrder
from reliefdesk.services.partners import RevokeOrder
from reliefdesk.services.recording import record
from reliefdesk.storage import journal
from tests.builders import (
    P01,
    P02,
    P03,
    P05,
    XINHUA,
    TestDesk,
    a_desk,
    a_draft,
    a_pay_order,
    a_reviewed_case,
    an_accepted_case,
    an_approved_case,
)
from tests.documents.papers import page_texts
from tests.sync.checking import (
    MARCH,
    a_month,
    answered,
    asked,
    closed,
    drawn,
    found,
    of_office,
    until_april,
)
from tests.sync.parties import (
    APART,
    Trio,
    desk_id,
    enrol,
    exchange,
    pay_somebody,
    require_sound,
    send,
    take,
)


def kinds(made: TestDesk) -> list[TodayKind]:
    return [line.kind for line in check_today.lines(made.context())]


def test_a_draw_covers_every_office_and_is_redone_from_its_seed_and_list(trio: Trio) -> None:
    a_month(trio)
    (month,) = check_list.open_months(trio.district.context())
    assert (month.month, month.round, len(month.matters)) == (MARCH, 0, 4)
    assert month.missing == ("新华街道办事处", "滨河街道办事处")  # nothing since March ended
    assert kinds(trio.district) == [TodayKind.CHECK_DRAW]
    made = drawn(trio)
    assert made.check_no == "CC-150302-202103-00"
    assert {each.split("-")[1] for each in made.draw.drawn} == {"150302003", "150302007"}
    head = journal.entry_at(trio.district.context().file, made.seed_number)
    assert head.hash == made.draw.seed
    name, content = checks.list_file(trio.district.context(), made.check_id)
    assert name == "CC-150302-202103-00.TXT"
    assert draw(made.draw.seed, read_list(content)).drawn == made.draw.drawn
    assert made.is_redone
    assert check_list.open_months(trio.district.context()) == ()
    require_sound(trio.district)


def test_an_office_sees_its_own_part_only_and_can_redo_it(trio: Trio) -> None:
    a_month(trio)
    made = drawn(trio)
    exchange(trio, trio.a)
    context = trio.a.context()
    (item,) = checks.listed(context)
    held = checks.check(context, item.check_id)
    assert held.origin == trio.district.desk.genesis.desk_id
    assert held.is_redone
    assert held.list_hash == made.list_hash
    assert not replace(held, draw=replace(held.draw, drawn=())).is_redone
    assert {line.office for line in held.draw.lines} == {"150302003"}
    assert len(held.draw.lines) == 3
    assert item.line.case_no in made.draw.drawn
    assert item.name in {"测试甲", "测试乙", "测试丙"}
    require_sound(trio.a)


def test_a_rectification_goes_round_and_is_closed(trio: Trio) -> None:
    a_month(trio)
    drawn(trio)
    item = of_office(trio, trio.a)
    assert item.state is CheckState.DRAWN
    assert found(trio, item).state is CheckState.DEFECTIVE
    assert asked(trio, item).state is CheckState.ASKED
    exchange(trio, trio.a)
    (theirs,) = checks.listed(trio.a.context())
    assert theirs.state is CheckState.ASKED
    assert theirs.finding is not None
    assert theirs.finding.words == "手续材料不全、签字、指印缺失"
    assert kinds(trio.a) == [TodayKind.RECTIFY]
    answered(trio.a, theirs)
    exchange(trio, trio.a)
    back = of_office(trio, trio.a)
    assert back.rectification is not None
    assert (back.state, back.rectification.answered_by) == (CheckState.ANSWERED, "审批丙")
    assert kinds(trio.district) == [TodayKind.CHECK_ANSWERED]
    closed(trio, back)
    exchange(trio, trio.a)
    assert checks.listed(trio.a.context()) == (replace(of_office(trio, trio.a), recipient=""),)
    assert kinds(trio.a) == []
    require_sound(trio.a, trio.district)


def test_an_answer_that_does_not_suffice_is_asked_for_again(trio: Trio) -> None:
    a_month(trio)
    drawn(trio)
    item = found(trio, of_office(trio, trio.a))
    asked(trio, item)
    exchange(trio, trio.a)
    answered(trio.a, item)
    exchange(trio, trio.a)
    again = asked(trio, item, demand="复印件看不清，请重报", due_on=date(2021, 4, 30))
    assert again.rectification is not None
    assert (again.state, again.rectification.answer) == (CheckState.ASKED, "")
    exchange(trio, trio.a)
    (theirs,) = checks.listed(trio.a.context())
    assert theirs.state is CheckState.ASKED


def test_a_case_that_conforms_is_told_to_the_office(trio: Trio) -> None:
    a_month(trio)
    drawn(trio)
    found(trio, of_office(trio, trio.b), conform=True, defects=(), remark="")
    exchange(trio, trio.b)
    (theirs,) = checks.listed(trio.b.context())
    assert theirs.state is CheckState.CONFORM
    (line,) = ledger.lines(trio.b.context(), year_filter(2021))
    assert line.spot_check == "2021-04-02 符合规定"


@pytest.mark.parametrize("side", ["a", "district"])
def test_both_sides_print_the_sheet_with_findings_seed_and_list(trio: Trio, side: str) -> None:
    a_month(trio)
    made = drawn(trio)
    asked(trio, found(trio, of_office(trio, trio.a)))
    exchange(trio, trio.a)
    paper = check_papers.check_sheet(getattr(trio, side).context(), made.check_id)
    sheet, names = page_texts(paper.pdf)
    assert paper.title == "抽查表 CC-150302-202103-00"
    for words in (made.draw.seed, made.list_hash, "缺调查人签字", "补签调查表并复印", "2021-04-16"):
        assert words in sheet
    own = [line for line in made.draw.lines if side == "district" or line.office == "150302003"]
    assert all(line.case_no in names for line in own)
    chosen = sum(line.case_no in made.draw.drawn for line in own)
    assert names.count("抽中") == 2 + chosen  # both halves of the list have it in their head


def test_a_late_bundle_is_drawn_for_itself_and_the_first_draw_stands(trio: Trio) -> None:
    a_month(trio)
    first = drawn(trio)
    for made in (trio.b, trio.district):
        made.clock.set(datetime(2021, 3, 30, 1, 0, tzinfo=UTC))
    late = pay_somebody(trio.b, draft=a_draft(P02, at=trio.b.clock.now()))
    until_april(trio, days=3)
    exchange(trio, trio.b)
    assert kinds(trio.district) == [TodayKind.CHECK_LATE]
    second = drawn(trio)
    assert (second.round, second.check_no) == (1, "CC-150302-202103-01")
    assert second.draw.drawn == (late.case_no,)
    assert checks.check(trio.district.context(), first.check_id) == first
    require_sound(trio.district)


def test_a_case_paid_after_the_draw_comes_up_again_unless_it_was_drawn(trio: Trio) -> None:
    cases = [an_approved_case(trio.a, a_draft(person)) for person in (P01, P02, P03, P05)]
    exchange(trio, trio.a)
    until_april(trio)
    first = drawn(trio)
    assert {line.stratum for line in first.draw.lines} == {"未发放-2"}
    assert len(first.draw.drawn) == 2
    for case in cases:
        payments.pay(
            trio.a.context("出纳丁"),
            a_pay_order(trio.a, case),
            seen_version=case.version,
            officer=trio.a.officer("出纳丁"),
        )
    exchange(trio, trio.a)
    second = drawn(trio)
    again = {line.case_no for line in second.draw.lines}
    assert again == {case.case_no for case in cases} - set(first.draw.drawn)
    assert {line.stratum for line in second.draw.lines} == {"现金-2"}
    assert check_list.open_months(trio.district.context()) == ()


def test_what_makes_no_sense_is_refused(trio: Trio) -> None:
    a_month(trio)
    with pytest.raises(MonthRunningError):
        drawn(trio, month=Month(2021, 4))
    with pytest.raises(NothingToDrawError):
        drawn(trio, month=Month(2021, 2))
    with pytest.raises(PercentError):
        drawn(trio, percent=29)
    drawn(trio)
    item = of_office(trio, trio.a)
    with pytest.raises(CheckStateError):
        asked(trio, item)
    for wrong in ({"defects": ()}, {"conform": True}, {"remark": " "}):
        with pytest.raises(FindingIncompleteError):
            found(trio, item, **wrong)
    found(trio, item)
    for due in (date(2021, 4, 2), date(2021, 3, 1)):
        with pytest.raises(DueDayError):
            asked(trio, item, due_on=due)
    with pytest.raises(AnswerMissingError):
        asked(trio, item, demand=" ")
    asked(trio, item)
    with pytest.raises(CheckStateError):
        found(trio, item)
    with pytest.raises(CheckStateError):
        closed(trio, item)
    with pytest.raises(CheckUnknownError):
        checks.check(trio.district.context(), "none")


def test_only_a_district_draws_and_only_an_office_answers(trio: Trio) -> None:
    a_month(trio)
    drawn(trio)
    item = asked(trio, found(trio, of_office(trio, trio.a)))
    with pytest.raises(RoleError):
        answered(trio.district, item)
    with pytest.raises(RoleError):
        drawn(replace(trio, district=trio.a))
    exchange(trio, trio.a)
    with pytest.raises(DueDayError):
        answered(trio.a, item, done_on=date(2021, 4, 3))
    order = FindingOrder(
        check_id=item.check_id,
        case_no=item.line.case_no,
        conform=True,
        defects=(),
        remark="",
        checked_on=date(2021, 4, 2),
    )
    district = trio.district
    with pytest.raises(SeatMissingError):
        checks.give_finding(district.context(), order, officer=district.officer("出纳丁"))


def test_an_answer_of_another_office_changes_nothing(trio: Trio) -> None:
    a_month(trio)
    drawn(trio)
    item = asked(trio, found(trio, of_office(trio, trio.a)))
    stranger = RectificationAnswered(
        check_id=item.check_id,
        case_no=item.line.case_no,
        answer="已整改",
        done_on=date(2021, 4, 2),
        answered_by="审批丙",
    )
    with trio.b.context().file.transaction():
        record(trio.b.context(), stranger)
    take(trio.district, send(trio, trio.b))
    assert of_office(trio, trio.a).state is CheckState.ASKED
    require_sound(trio.district)


def test_the_new_computer_of_a_lost_office_gets_the_list_and_answers(trio: Trio) -> None:
    a_month(trio)
    district = trio.district
    lost = RevokeOrder(desk_id=desk_id(trio.a), epoch=1, reason="电脑丢失")
    partners.revoke(district.context("系统己"), lost, officer=district.officer("审批丙"))
    fresh = a_desk(trio.folder / "fresh", office=XINHUA, first_id=4 * APART)
    enrol(trio, fresh)
    fresh.clock.set(district.clock.now())
    drawn(trio)
    item = asked(trio, found(trio, of_office(trio, trio.a)))
    assert item.recipient == desk_id(fresh)
    exchange(trio, fresh)
    (theirs,) = checks.listed(fresh.context())
    assert (theirs.state, theirs.case_id, theirs.name) == (CheckState.ASKED, None, "")
    answered(fresh, theirs)
    exchange(trio, fresh)
    assert of_office(trio, trio.a).state is CheckState.ANSWERED
    require_sound(fresh, district)
    fresh.desk.close()


def test_what_is_confirmed_counts_and_what_is_open_or_withdrawn_does_not(trio: Trio) -> None:
    made = trio.a
    refused = a_reviewed_case(made, a_draft(P01))
    order = ReasonOrder(case_id=refused.case_id, seen_version=refused.version, reason="与事实不符")
    decisions.refuse(made.context(), order, officer=made.officer("审批丙"))
    gone = an_accepted_case(made, a_draft(P02))
    left = ReasonOrder(case_id=gone.case_id, seen_version=gone.version, reason="本人放弃")
    decisions.withdraw(made.context(), left)
    an_accepted_case(made, a_draft(P03))
    exchange(trio, made)
    until_april(trio)
    (month,) = check_list.open_months(trio.district.context())
    (matter,) = month.matters
    assert matter.line.case_no == refused.case_no
    assert matter.line.stratum == "不予救助-1"


def test_relief_paid_before_its_decision_counts_in_the_month_of_the_money(trio: Trio) -> None:
    made = trio.a
    case = an_accepted_case(made, a_draft(P01, yuan="800"))
    first = FirstReliefOrder(
        case_id=case.case_id,
        seen_version=case.version,
        approver=made.by_name["审批丙"],
        amount=case.request.requested,
        means=ApprovalMeans.PHONE,
        approved_at=made.clock.now(),
    )
    case = decisions.approve_first_relief(
        made.context(), first, officer=made.officer("经办甲")
    ).result
    order = a_pay_order(made, case)
    payments.pay(
        made.context("出纳丁"), order, seen_version=case.version, officer=made.officer("出纳丁")
    )
    exchange(trio, made)
    until_april(trio)
    (month,) = check_list.open_months(trio.district.context())
    assert [one.line.stratum for one in month.matters] == ["现金-1"]


def test_the_heir_of_a_merged_office_gets_both_lists_in_one_and_answers(trio: Trio) -> None:
    a_month(trio)
    district = trio.district
    wanted = MergeOrder(
        closing=desk_id(trio.b),
        heir=desk_id(trio.a),
        merged_on=district.context().today,
        document="虚构编〔2021〕5号",
    )
    mergers.order(district.context("系统己"), wanted, officer=district.officer("审批丙"))
    drawn(trio)
    item = asked(trio, found(trio, of_office(trio, trio.b)))
    assert item.recipient == desk_id(trio.a)
    exchange(trio, trio.a)
    offices = {one.line.office for one in checks.listed(trio.a.context())}
    assert offices == {"150302003", "150302007"}
    answered(trio.a, item)
    exchange(trio, trio.a)
    assert of_office(trio, trio.b).state is CheckState.ANSWERED
    require_sound(trio.a, district)
