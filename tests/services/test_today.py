"""Claims about 今日待办: what waits or is due stands there, the most pressing first, and goes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.case_records import Case, DayOrder, FirstReliefOrder
from reliefdesk.domain.cases import ApprovalMeans
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import AreaClass, PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.today import Place, TodayKind, TodayLine, Urgency
from reliefdesk.services import cases, decisions, drafts, receipts, today, verification
from reliefdesk.services.receipts import ReceiptForm
from reliefdesk.services.setup import SetupStep
from tests.builders import (
    LASENGMIAO,
    P02,
    TestDesk,
    a_desk,
    a_draft,
    a_pay_order,
    a_reviewed_case,
    an_accepted_case,
    an_approved_case,
    an_empty_desk,
    enter,
)
from tests.services.money import opened, pay, sign, void

TAX_DAY = datetime(2021, 9, 17, 1, 0, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk whose records were checked today, so that only its cases speak."""
    for desk in opened(tmp_path):
        verification.verify(desk.context())
        yield desk


def lines(made: TestDesk) -> tuple[TodayLine, ...]:
    """What waits, the cash of days that nobody closed apart: test_closings tells of it."""
    found = today.todo(made.context())
    return tuple(line for line in found if line.kind is not TodayKind.DAY_OPEN)


def kinds(made: TestDesk) -> list[TodayKind]:
    return [line.kind for line in lines(made)]


def calm_draft(made: TestDesk) -> Case:
    draft = replace(a_draft(at=made.clock.now()), urgent=False)
    return an_accepted_case(made, draft)


def a_first_relief(made: TestDesk) -> Case:
    """Pay before the decision."""
    found = an_accepted_case(made)
    order = FirstReliefOrder(
        case_id=found.case_id,
        seen_version=found.version,
        approver=made.by_name["审批丙"],
        amount=Money.parse("500"),
        means=ApprovalMeans.IN_PERSON,
        approved_at=made.clock.now(),
    )
    relieved = decisions.approve_first_relief(
        made.context(), order, officer=made.officer("审批丙")
    ).result
    sign(made, pay(made, a_pay_order(made, relieved)).receipt_no)
    return cases.case(made.context(), found.case_id)


def end_emergency(made: TestDesk, found: Case, on: date) -> Case:
    order = DayOrder(case_id=found.case_id, seen_version=found.version, on=on)
    return decisions.end_emergency(made.context(), order).result


def test_a_desk_with_nothing_to_do_has_no_line(made: TestDesk) -> None:
    assert lines(made) == ()


def test_a_request_waits_for_review_then_decision_then_cash(made: TestDesk) -> None:
    calm_draft(made)
    assert kinds(made) == [TodayKind.REVIEW]
    a_reviewed_case(made, replace(a_draft(P02, at=made.clock.now()), urgent=False))
    assert kinds(made) == [TodayKind.DECISION, TodayKind.REVIEW]


def test_an_approved_case_waits_for_the_cashier_and_leads_to_the_case(made: TestDesk) -> None:
    found = an_approved_case(made)
    first = pay(made, replace(a_pay_order(made, found, yuan="500"), difference_reason="分次发放"))
    sign(made, first.receipt_no)
    line = next(line for line in lines(made) if line.kind is TodayKind.PAYMENT)
    assert (line.who, line.urgency) == ("出纳", Urgency.WAITING)
    assert (line.place.page, line.place.record_id) == ("cases", found.case_id)
    assert "1,500.00" in today.line_text(line)


def test_an_urgent_case_without_money_is_overdue_after_24_hours(made: TestDesk) -> None:
    an_accepted_case(made)
    (line,) = lines(made)
    assert (line.kind, line.urgency) == (TodayKind.URGENT, Urgency.NOW)
    made.clock.advance(timedelta(hours=24, minutes=1))
    (line,) = lines(made)
    assert line.urgency is Urgency.OVERDUE
    assert line.due_at == datetime(2021, 3, 11, 1, 0, tzinfo=UTC)
    assert "已24小时" in today.line_text(line)


def test_the_hours_of_an_urgent_case_come_from_the_policy(made: TestDesk) -> None:
    rule = PolicyRowDraft(
        key=PolicyKey.FIRST_RELIEF_HOURS,
        value="48",
        valid_from=date(2021, 1, 1),
        document="虚构〔2021〕9号",
    )
    enter(made, rule)
    an_accepted_case(made)
    made.clock.advance(timedelta(hours=25))
    assert lines(made)[0].urgency is Urgency.NOW


def test_a_paid_urgent_case_is_urgent_no_more(made: TestDesk) -> None:
    found = an_approved_case(made)
    paid = pay(made, a_pay_order(made, found))
    assert TodayKind.URGENT not in kinds(made)
    void(made, paid.receipt_no)
    assert TodayKind.URGENT in kinds(made)


def test_a_first_relief_asks_for_the_end_of_its_emergency(made: TestDesk) -> None:
    found = a_first_relief(made)
    assert TodayKind.EMERGENCY_END in kinds(made)
    end_emergency(made, found, made.context().today)
    assert TodayKind.EMERGENCY_END not in kinds(made)
    assert TodayKind.PAPERS in kinds(made)


def test_papers_count_working_days_and_stand_first_when_overdue(made: TestDesk) -> None:
    made.clock.set(TAX_DAY)
    found = a_first_relief(made)
    end_emergency(made, found, date(2021, 9, 17))
    papers = next(line for line in lines(made) if line.kind is TodayKind.PAPERS)
    assert (papers.due_on, papers.left) == (date(2021, 10, 8), 10)
    made.clock.set(datetime(2021, 10, 11, 1, 0, tzinfo=UTC))
    first = lines(made)[0]
    assert (first.kind, first.urgency, first.left) == (TodayKind.PAPERS, Urgency.OVERDUE, -2)
    assert today.due_text(first) == "10月8日，过2个工作日"


def test_papers_are_due_soon_three_working_days_before(made: TestDesk) -> None:
    made.clock.set(TAX_DAY)
    end_emergency(made, a_first_relief(made), date(2021, 9, 17))
    made.clock.set(datetime(2021, 9, 28, 1, 0, tzinfo=UTC))
    papers = next(line for line in lines(made) if line.kind is TodayKind.PAPERS)
    assert (papers.urgency, papers.left) == (Urgency.SOON, 3)


def test_a_receipt_asks_to_be_printed_signed_and_filed(made: TestDesk) -> None:
    paid = pay(made, a_pay_order(made, an_approved_case(made)))
    assert kinds(made) == [TodayKind.NOT_PRINTED]
    receipts.print_receipt(made.context("出纳丁"), paid.receipt_no, ReceiptForm.A5)
    assert kinds(made) == [TodayKind.NOT_SIGNED]
    receipts.sign(made.context("出纳丁"), paid.receipt_no)
    assert kinds(made) == [TodayKind.NOT_FILED]
    receipts.file_original(made.context("记账戊"), paid.receipt_no, "2021-救助-1")
    assert kinds(made) == []


def test_an_unprinted_receipt_of_yesterday_is_overdue_and_masks_the_name(made: TestDesk) -> None:
    pay(made, a_pay_order(made, an_approved_case(made)))
    made.clock.advance(timedelta(days=1))
    (line,) = lines(made)
    assert line.urgency is Urgency.OVERDUE
    assert "测试甲" not in today.line_text(line)


def test_promises_beyond_the_float_are_named(tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "poor", float_yuan="1500")
    an_approved_case(desk)
    line = next(line for line in lines(desk) if line.kind is TodayKind.FLOAT_SHORT)
    assert (line.facts["short"], line.place.page) == (Money.parse("500"), "cash")
    desk.desk.close()


def test_a_draft_belongs_to_who_typed_it(made: TestDesk) -> None:
    drafts.save(made.context("经办甲"), "counter", "{}")
    assert kinds(made) == [TodayKind.DRAFT]
    assert today.todo(made.context("审核乙")) == ()


def test_a_desk_without_a_standard_says_so_with_its_area(tmp_path: Path) -> None:
    made = an_empty_desk(tmp_path / "town", office=LASENGMIAO)
    told = today.todo(made.context("系统己"))
    found = [line for line in told if line.kind is TodayKind.STANDARD_MISSING]
    assert [line.facts["area"] for line in found] == [AreaClass.URBAN, AreaClass.RURAL]
    made.desk.close()


def test_a_standard_of_more_than_a_year_asks_to_be_looked_up(made: TestDesk) -> None:
    made.clock.set(datetime(2022, 7, 1, 1, 0, tzinfo=UTC))
    verification.verify(made.context())
    (line,) = lines(made)
    assert (line.kind, line.urgency) == (TodayKind.STANDARD_OLD, Urgency.NOTE)
    assert "自2021年7月1日起" in today.line_text(line)


def test_a_parameter_that_ends_without_a_successor_is_announced(made: TestDesk) -> None:
    rule = PolicyRowDraft(
        key=PolicyKey.CASH_SINGLE_LIMIT,
        value="1500.00",
        valid_from=date(2021, 1, 1),
        valid_to=date(2021, 4, 1),
        document="虚构〔2021〕9号",
    )
    enter(made, rule)
    (line,) = lines(made)
    assert line.kind is TodayKind.POLICY_ENDS
    assert today.line_text(line) == "「现金单笔限额」到2021年4月1日止，没有接续的一条"
    enter(made, replace(rule, valid_from=date(2021, 4, 1), valid_to=None))
    assert kinds(made) == []


def test_a_year_without_holiday_table_is_missed_in_time(made: TestDesk) -> None:
    made.clock.set(datetime(2098, 12, 1, 1, 0, tzinfo=UTC))
    years = [line.facts["year"] for line in lines(made) if line.kind is TodayKind.CALENDAR]
    assert years == [2098, 2099]


def test_records_never_checked_are_a_note_until_they_are(tmp_path: Path) -> None:
    for made in opened(tmp_path):
        assert kinds(made) == [TodayKind.VERIFICATION]
        verification.verify(made.context())
        assert kinds(made) == []
        made.clock.advance(timedelta(days=32))
        assert kinds(made) == [TodayKind.VERIFICATION]


def test_an_unfinished_setup_stands_among_todays_work(made: TestDesk) -> None:
    (line,) = today.todo(made.context(), remaining=(SetupStep.RECOVERY,))
    assert (line.kind, line.place.page) == (TodayKind.SETUP, "setup")
    assert "恢复凭单" in today.line_text(line)


def test_every_kind_has_its_sentence() -> None:
    for kind in TodayKind:
        line = TodayLine(kind=kind, urgency=Urgency.NOTE, place=Place(page="today"))
        assert not today.line_text(line).startswith("today.")
