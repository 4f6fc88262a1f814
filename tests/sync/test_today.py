"""今日待办 says what the conversation with partners leaves to do."""

from dataclasses import replace
from datetime import timedelta

from reliefdesk.domain.money import Money
from reliefdesk.domain.requests import RequestKind
from reliefdesk.domain.streams import EpochReason
from reliefdesk.domain.today import TodayKind
from reliefdesk.services import requests, sync, today
from reliefdesk.services.requests import AskOrder, DecideOrder, PhoneOrder
from reliefdesk.services.sync import HandoverOrder
from tests.builders import P02, TestDesk, a_draft, a_reviewed_case, an_accepted_case
from tests.sync.parties import (
    APART,
    Trio,
    exchange,
    forged,
    pay_somebody,
    reopen,
    send,
    take,
)


def said(made: TestDesk, kind: TodayKind) -> list[str]:
    return [today.line_text(line) for line in today.todo(made.context()) if line.kind is kind]


def test_an_answer_that_does_not_come_is_asked_for(trio: Trio) -> None:
    send(trio, trio.a)
    (row,) = sync.bundles(trio.a.context())
    on = trio.a.context().today
    sync.hand_over(
        trio.a.context(),
        HandoverOrder(manifest_id=row.manifest_id, handed_on=on, receiver="收件人"),
    )
    assert said(trio.a, TodayKind.ANSWER_OVERDUE) == []
    assert said(trio.a, TodayKind.UNHANDED) == []
    trio.a.clock.advance(timedelta(days=11))
    (text,) = said(trio.a, TodayKind.ANSWER_OVERDUE)
    assert "第1号数据包2021年3月10日已移交" in text


def test_a_stick_without_a_signed_slip_and_records_never_sent_are_told(trio: Trio) -> None:
    assert said(trio.a, TodayKind.UNSENT) == []
    send(trio, trio.a)
    (text,) = said(trio.a, TodayKind.UNHANDED)
    assert "第1号数据包2021年3月10日已写入U盘，还没有登记移交" in text
    trio.a.clock.advance(timedelta(days=11))
    (text,) = said(trio.a, TodayKind.UNSENT)
    assert "2021年3月10日起的记录海勃湾区民政局还没有回执" in text
    exchange(trio, trio.a)
    assert said(trio.a, TodayKind.UNSENT) == said(trio.a, TodayKind.UNHANDED) == []


def test_the_district_sees_what_waits_and_who_is_silent(trio: Trio) -> None:
    an_accepted_case(trio.a)
    take(trio.district, forged(trio, trio.a, lambda _seq, line: line, after=10))
    assert "1个数据包" in said(trio.district, TodayKind.BUNDLE_GAP)[0]

    def spoil(_seq: int, line: bytes) -> bytes:
        return line.replace(b'"event":"FloatReceived"', b'"event":"FloatFromTheFuture"')

    take(trio.district, forged(trio, trio.b, spoil))
    assert "有1条记录单独存放" in said(trio.district, TodayKind.SET_ASIDE)[0]
    take(trio.district, send(trio, trio.b))
    assert "滨河" in said(trio.district, TodayKind.STREAM_FROZEN)[0]
    trio.district.clock.advance(timedelta(days=11))
    assert said(trio.district, TodayKind.SILENT) == ["新华街道办事处已11天没有报送"]


def test_requests_wait_at_the_district_and_contradictions_at_the_office(trio: Trio) -> None:
    found = a_reviewed_case(trio.a, a_draft())
    order = AskOrder(
        request_id=trio.a.ids.new(),
        case_id=found.case_id,
        kind=RequestKind.FIRST_RELIEF,
        amount=found.request.requested,
        reason="请确认先行救助",
    )
    requests.ask(trio.a.context(), order)
    call = PhoneOrder(
        request_id=order.request_id,
        name="李科长",
        said_at=trio.a.clock.now(),
        amount=order.amount,
    )
    requests.note_phone(trio.a.context(), call, officer=trio.a.officer("经办甲"))
    exchange(trio, trio.a)
    assert "先行救助备案确认" in said(trio.district, TodayKind.REQUEST)[0]
    answer = DecideOrder(
        request_id=order.request_id,
        granted=False,
        amount=Money(0),
        document="",
        remark="不符合",
    )
    officer = trio.district.officer("审批丙")
    requests.decide(trio.district.context(), answer, officer=officer)
    assert said(trio.district, TodayKind.REQUEST) == []
    take(trio.a, send(trio, trio.district, trio.a))
    assert found.case_no in said(trio.a, TodayKind.CONTRADICTED)[0]


def test_a_desk_that_was_copied_says_why_it_stopped(trio: Trio) -> None:
    officer = trio.a.officer("审批丙")
    trio.a.desk.close()
    home = reopen(trio.folder / "a", trio.a, first_id=4 * APART, machine="machine-1")
    home.desk.open_epoch(EpochReason.MOVED, officer=officer)
    home.desk.close()
    trio.a = reopen(trio.folder / "a", home, first_id=5 * APART, machine="machine-2")
    assert "另一台电脑" in said(trio.a, TodayKind.DESK_STOPPED)[0]


def test_money_of_offices_is_none_of_the_districts_own_work(trio: Trio) -> None:
    pay_somebody(trio.a, draft=replace(a_draft(P02)))
    take(trio.district, send(trio, trio.a))
    own = {TodayKind.NOT_PRINTED, TodayKind.NOT_SIGNED, TodayKind.PAYMENT, TodayKind.FLOAT_SHORT}
    assert own.isdisjoint(line.kind for line in today.todo(trio.district.context()))
