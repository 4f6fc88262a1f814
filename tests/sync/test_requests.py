"""What only the district may allow: asked in the bundle, decided there, usable at the counter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.approvals import CashMeans
from reliefdesk.domain.case_records import ApprovalOrder, Case, FirstReliefOrder
from reliefdesk.domain.cases import ApprovalMeans, CaseUnknownError, Stage
from reliefdesk.domain.decisions import DistrictNeededError
from reliefdesk.domain.money import Money
from reliefdesk.domain.partners import RoleError
from reliefdesk.domain.policies import CalendarLoaded, PolicyPublishedError, PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.requests import (
    CallTimeError,
    RequestAmountError,
    RequestClosedError,
    RequestKind,
    RequestOpenError,
    RequestReasonError,
    RequestRow,
    RequestState,
    RequestUnknownError,
)
from reliefdesk.services import decisions, payments, policies, publishing, requests, verdicts
from reliefdesk.services.requests import AskOrder, DecideOrder, PhoneOrder
from reliefdesk.services.verdicts import CorrectionOrder, CureOrder
from tests.builders import a_draft, a_pay_order, a_reviewed_case, an_accepted_case, enter
from tests.sync.parties import Trio, a_trio, desk_id, exchange, require_sound, send, take

LIMIT = PolicyRowDraft(
    key=PolicyKey.DELEGATION_LIMIT,
    value="1000.00",
    valid_from=date(2021, 3, 1),
    document="虚构委〔2021〕9号",
)


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """Offices that learned of a delegation of 1,000."""
    made = a_trio(tmp_path)
    enter(made.district, LIMIT)
    exchange(made, made.a)
    yield made
    made.close()


def approve(trio: Trio, found: Case) -> Case:
    order = ApprovalOrder(
        case_id=found.case_id, seen_version=found.version, amount=found.request.requested
    )
    return decisions.approve(trio.a.context(), order, officer=trio.a.officer("审批丙")).result


def ask(trio: Trio, found: Case, kind: RequestKind = RequestKind.DELEGATION) -> RequestRow:
    order = AskOrder(
        request_id=trio.a.ids.new(),
        case_id=found.case_id,
        kind=kind,
        amount=found.request.requested,
        reason="伤情较重，需要两千元",
    )
    requests.ask(trio.a.context(), order)
    return requests.ask(trio.a.context(), order).result  # a retry asks nothing twice


def answer(trio: Trio, asked: RequestRow, **changed: object) -> RequestRow:
    order = DecideOrder(
        request_id=asked.request_id,
        granted=True,
        amount=asked.asked,
        document="海民批〔2021〕7号",
        remark="",
    )
    order = replace(order, **changed)  # type: ignore[arg-type]  # any of its fields
    officer = trio.district.officer("审批丙")
    return requests.decide(trio.district.context(), order, officer=officer).result


def test_a_published_row_is_obeyed_and_cannot_be_overruled(trio: Trio) -> None:
    rows = policies.in_force(trio.a.context())
    use = rows.get(PolicyKey.DELEGATION_LIMIT, on=date(2021, 3, 10), office="150302003")
    assert (use.value, use.document) == ("1000.00", "虚构委〔2021〕9号")
    with pytest.raises(PolicyPublishedError):
        enter(trio.a, replace(LIMIT, value="9000.00", valid_from=date(2021, 3, 5)))


def test_a_granted_request_allows_the_approval_without_typing_a_number(trio: Trio) -> None:
    found = a_reviewed_case(trio.a, a_draft())
    with pytest.raises(DistrictNeededError):
        approve(trio, found)
    asked = ask(trio, found)
    exchange(trio, trio.a)
    (waiting,) = requests.waiting(trio.district.context())
    assert (waiting.request_id, waiting.office) == (asked.request_id, "新华街道办事处")
    answer(trio, waiting)
    exchange(trio, trio.a)
    approved = approve(trio, found)
    assert approved.stage is Stage.APPROVED
    assert approved.decision is not None
    assert approved.decision.district_document == "海民批〔2021〕7号"
    (row,) = exchange(trio, trio.a)[:1]
    assert row.aside == ()  # the district knows its own document
    require_sound(trio.a, trio.district)


def test_a_declined_request_allows_nothing(trio: Trio) -> None:
    found = a_reviewed_case(trio.a, a_draft())
    asked = ask(trio, found)
    exchange(trio, trio.a)
    answer(trio, asked, granted=False, document="", remark="请转普通临时救助")
    exchange(trio, trio.a)
    assert requests.request(trio.a.context(), asked.request_id).state is RequestState.DECLINED
    with pytest.raises(DistrictNeededError):
        approve(trio, found)


def test_a_decision_by_phone_holds_until_the_file_confirms_or_contradicts_it(trio: Trio) -> None:
    found = a_reviewed_case(trio.a, a_draft())
    asked = ask(trio, found)
    order = PhoneOrder(
        request_id=asked.request_id,
        name="李科长",
        said_at=trio.a.clock.now(),
        amount=asked.asked,
    )
    registrar = trio.a.officer("经办甲")
    row = requests.note_phone(trio.a.context(), order, officer=registrar).result
    assert (row.state, row.contradicted) == (RequestState.BY_PHONE, False)
    approved = approve(trio, found)
    assert approved.decision is not None
    assert "李科长电话同意" in approved.decision.district_document
    exchange(trio, trio.a)
    answer(trio, asked, amount=Money.parse("1500"))
    exchange(trio, trio.a)
    row = requests.request(trio.a.context(), asked.request_id)
    assert (row.state, row.contradicted) == (RequestState.GRANTED, True)


def test_cash_above_the_limit_is_paid_under_the_districts_answer(trio: Trio) -> None:
    found = a_reviewed_case(trio.a, a_draft())
    for kind in (RequestKind.DELEGATION, RequestKind.CASH):
        asked = ask(trio, found, kind)
        exchange(trio, trio.a)
        answer(trio, asked, document=f"海民批〔2021〕{kind.value}号")
        exchange(trio, trio.a)
    approved = approve(trio, found)
    order = replace(a_pay_order(trio.a, approved), cash_approval=None)
    paid = payments.pay(
        trio.a.context("出纳丁"),
        order,
        seen_version=approved.version,
        officer=trio.a.officer("出纳丁"),
    ).result
    allowed = paid.details.cash_approval
    assert allowed is not None
    assert (allowed.approver, allowed.means) == ("区民政局", CashMeans.WRITING)
    assert allowed.document == "海民批〔2021〕cash号"
    assert allowed.at <= trio.a.clock.now()


def test_a_correction_that_the_district_asks_for_reaches_the_office(trio: Trio) -> None:
    order = CorrectionOrder(partner=desk_id(trio.a), epoch=1, seq=3, text="请补正")
    verdicts.ask_correction(trio.district.context(), order)
    take(trio.a, send(trio, trio.district, trio.a))
    (line,) = verdicts.corrections(trio.a.context())
    assert (line.seq, line.text) == (3, "请补正")
    with pytest.raises(RequestReasonError):
        verdicts.ask_correction(trio.district.context(), replace(order, text=" "))
    with pytest.raises(RequestReasonError):
        verdicts.cure(trio.a.context(), CureOrder(epoch=1, seq=3, note=" "))


def test_a_request_needs_its_case_and_its_reason(trio: Trio) -> None:
    order = AskOrder(
        request_id=trio.a.ids.new(),
        case_id=trio.a.new_case_id(),
        kind=RequestKind.ROUTE,
        amount=Money.parse("10"),
        reason="理由",
    )
    with pytest.raises(CaseUnknownError):
        requests.ask(trio.a.context(), order)
    with pytest.raises(RequestReasonError):
        requests.ask(trio.a.context(), replace(order, reason=" "))


def test_a_holiday_table_of_the_district_holds_in_the_office(trio: Trio) -> None:
    calendar = CalendarLoaded(
        year=2022,
        holidays=(date(2022, 1, 3),),
        working_weekends=(),
        document="国办发〔2021〕11号",
    )
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    policies.load_calendar(context, calendar, officer=officer)
    exchange(trio, trio.a)
    assert 2022 in policies.calendar_years(trio.a.context())
    assert {line.published for line in policies.listed(trio.a.context())} == {True, False}
    with pytest.raises(PolicyPublishedError):
        policies.load_calendar(
            trio.a.context("系统己"),
            replace(calendar, document="街道自定"),
            officer=trio.a.officer("审批丙"),
        )
    offices = {one.name for one in publishing.offices(trio.district.context())}
    assert offices == {"新华街道办事处", "滨河街道办事处"}
    assert publishing.offices(trio.a.context()) == ()


def test_what_makes_no_sense_is_refused(trio: Trio) -> None:
    found = a_reviewed_case(trio.a, a_draft())
    asked = ask(trio, found)
    exchange(trio, trio.a)
    context, officer = trio.a.context(), trio.a.officer("审批丙")
    with pytest.raises(RequestUnknownError):
        requests.request(context, "nobody")
    later = trio.a.clock.now() + timedelta(hours=1)
    call = PhoneOrder(request_id=asked.request_id, name="李科长", said_at=later, amount=asked.asked)
    with pytest.raises(CallTimeError):
        requests.note_phone(context, call, officer=officer)
    with pytest.raises(RoleError):
        answer(replace(trio, district=trio.a), asked)
    with pytest.raises(RequestReasonError):
        answer(trio, asked, document=" ")
    with pytest.raises(RequestAmountError):
        answer(trio, asked, amount=asked.asked + asked.asked)
    answer(trio, asked)
    with pytest.raises(RequestClosedError):
        answer(trio, asked)


def test_first_relief_beyond_the_delegation_goes_out_on_a_word_by_phone_and_is_confirmed(
    trio: Trio,
) -> None:
    found = an_accepted_case(trio.a, a_draft())
    order = FirstReliefOrder(
        case_id=found.case_id,
        seen_version=found.version,
        amount=found.request.requested,
        means=ApprovalMeans.IN_PERSON,
        approver=trio.a.by_name["审批丙"],
        approved_at=trio.a.clock.now(),
        remark="当日无食宿",
    )
    approver = trio.a.officer("审批丙")
    with pytest.raises(DistrictNeededError):
        decisions.approve_first_relief(trio.a.context(), order, officer=approver)
    asked = ask(trio, found, RequestKind.FIRST_RELIEF)
    call = PhoneOrder(
        request_id=asked.request_id,
        name="李科长",
        said_at=trio.a.clock.now(),
        amount=asked.asked,
    )
    requests.note_phone(trio.a.context(), call, officer=trio.a.officer("经办甲"))
    done = decisions.approve_first_relief(trio.a.context(), order, officer=approver).result
    assert done.first_relief is not None
    assert "当日无食宿；区民政局李科长电话同意" in done.first_relief.remark
    exchange(trio, trio.a)
    answer(trio, asked)
    exchange(trio, trio.a)
    row = requests.request(trio.a.context(), asked.request_id)
    assert (row.state, row.contradicted) == (RequestState.GRANTED, False)
    require_sound(trio.a, trio.district)


def test_the_same_question_waits_only_once(trio: Trio) -> None:
    found = a_reviewed_case(trio.a, a_draft())
    ask(trio, found)
    with pytest.raises(RequestOpenError):
        ask(trio, found)
    ask(trio, found, RequestKind.CASH)
