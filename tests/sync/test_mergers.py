"""An office is merged into another: ordered, closed, taken over, paid on; the district sees it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reliefdesk.desk import Account
from reliefdesk.documents.receipt import ReceiptForm
from reliefdesk.domain.mergers import (
    CashLeftError,
    GivenDiffersError,
    MergerDayError,
    MergerSidesError,
    MergerState,
    NotClosedError,
    OfficeClosedError,
    OfficeTakenOver,
    TakenAlreadyError,
)
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.partners import PartnerUnknownError
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.domain.requests import RequestKind, RequestState
from reliefdesk.domain.streams import StreamPlace
from reliefdesk.domain.today import TodayKind
from reliefdesk.keys.fingerprints import FingerprintDiffersError
from reliefdesk.services import (
    cases,
    cash,
    desk_keys,
    mergers,
    partners,
    persons,
    receipts,
    recoveries,
    requests,
    sync,
)
from reliefdesk.services import today as todo
from reliefdesk.services.mergers import MergeOrder
from reliefdesk.services.recording import record
from reliefdesk.services.requests import AskOrder, DecideOrder
from reliefdesk.storage import today
from tests.builders import (
    P01,
    P02,
    P03,
    PASSPHRASE,
    TestDesk,
    a_draft,
    a_reviewed_case,
    add_float,
    an_accepted_case,
)
from tests.documents.papers import page_texts
from tests.services.drawer import count
from tests.services.money import reverse, sign
from tests.services.recovering import an_open_claim, repay
from tests.sync.merging import (
    DOCUMENT,
    ON,
    approve,
    close,
    give,
    know_each_other,
    merged,
    ordered,
    pay,
    take_cash,
    take_over,
    to_heir,
)
from tests.sync.parties import (
    Trio,
    desk_id,
    exchange,
    pay_somebody,
    require_sound,
    rows_of,
    send,
    take,
)


def test_an_office_is_merged_with_an_open_case_an_unsent_bundle_and_cash(trio: Trio) -> None:
    pay_somebody(trio.b)
    exchange(trio, trio.b)
    waits = a_reviewed_case(trio.b, a_draft(P02))
    made = sync.prepare(trio.b.context()).result  # never handed over
    merged(trio)
    assert cash.balance(trio.b.context()) == Money(0)
    assert cash.balance(trio.a.context()) == Money.parse("18000")
    assert [each.case_id for each in today.open_cases(trio.a.context().file)] == [waits.case_id]
    found = cases.case(trio.a.context(), waits.case_id)
    assert found.case_no == waits.case_no
    assert "150302007" in found.case_no
    approve(trio.a, waits.case_id)
    pay(trio.a, waits.case_id)
    assert cases.case(trio.a.context(), waits.case_id).paid == Money.parse("2000")
    take(trio.district, send(trio, trio.b))
    exchange(trio, trio.a)
    district = trio.district.context()
    row = mergers.listed(district)[0]
    assert (row.state, row.told.merged_on) == (MergerState.TAKEN, ON)
    assert cases.case(district, waits.case_id).paid == Money.parse("2000")
    paid = rows_of(trio.b, "payments", "payment_id") | rows_of(trio.a, "payments", "payment_id")
    assert rows_of(trio.district, "payments", "payment_id") == paid
    assert not rows_of(trio.district, "received", "seq", "code <> ''")
    assert made.number == 2
    require_sound(trio.a, trio.b, trio.district)


def test_what_the_heir_does_before_the_last_bundle_came_is_counted_once_it_is_here(
    trio: Trio,
) -> None:
    waits = a_reviewed_case(trio.b, a_draft(P02))
    merged(trio)
    approve(trio.a, waits.case_id)
    exchange(trio, trio.a)
    assert rows_of(trio.district, "received", "event", "code <> ''")
    take(trio.district, send(trio, trio.b))
    assert not rows_of(trio.district, "received", "event", "code <> ''")
    assert cases.case(trio.district.context(), waits.case_id).decision is not None
    require_sound(trio.district)


def test_a_closed_office_records_nothing_more_but_reads_prints_and_sends(trio: Trio) -> None:
    paid = pay_somebody(trio.b)
    merged(trio)
    b = trio.b
    with pytest.raises(OfficeClosedError) as refused:
        an_accepted_case(b, a_draft(P03))
    assert refused.value.facts == {"heir": trio.a.desk.genesis.office.name}
    with pytest.raises(OfficeClosedError):
        count(b, "0")
    with pytest.raises(OfficeClosedError):
        add_float(b, "100")
    with pytest.raises(OfficeClosedError):
        b.desk.add_operator(
            Account(
                name="新来", seats=(Seat.CASHIER,), passphrase=PASSPHRASE + "新来", pin="664716"
            )
        )
    number = receipts.of_case(b.context(), paid.case_id)[0].receipt_no
    receipts.print_receipt(b.context("出纳丁"), number, ReceiptForm.A5)
    assert persons.reveal(b.context(), paid.person_id, "number").result == P01.number
    take(trio.district, send(trio, b))
    assert not rows_of(trio.district, "received", "event", "code <> ''")
    require_sound(b, trio.district)


def test_the_same_person_is_found_in_both_histories(trio: Trio) -> None:
    pay_somebody(trio.b, draft=a_draft(P01))
    merged(trio)
    a = trio.a.context()
    hints = cases.check(a, a_draft(P01)).hints
    assert hints
    row = persons.find(a, P01.number)[0]
    numbers = [each.case_no for each in persons.history(a, row.person_id).cases]
    assert numbers
    assert all("150302007" in number for number in numbers)
    assert [each.person_id for each in persons.find(a, P01.name)] == [row.person_id]


def test_the_heir_signs_and_reverses_a_receipt_under_its_old_number(trio: Trio) -> None:
    paid = pay_somebody(trio.b)
    merged(trio)
    number = receipts.of_case(trio.a.context(), paid.case_id)[0].receipt_no
    assert "150302007" in number
    assert [each.receipt.receipt_no for each in receipts.waiting(trio.a.context())] == [number]
    sign(trio.a, number)
    reverse(trio.a, number)
    assert cash.balance(trio.a.context()) == Money.parse("20000")
    for sender in (trio.b, trio.a):
        take(trio.district, send(trio, sender))
    assert not rows_of(trio.district, "received", "event", "code <> ''")
    state = receipts.receipt(trio.district.context(), number).state
    assert state is ReceiptState.REVERSED
    require_sound(trio.a, trio.district)


def test_an_office_closes_with_empty_drawers_only_and_knows_its_heir(trio: Trio) -> None:
    ordered(trio)
    with pytest.raises(PartnerUnknownError):
        close(trio)
    know_each_other(trio)
    with pytest.raises(CashLeftError):
        close(trio)


def test_a_wrong_fingerprint_makes_nobody_known(trio: Trio) -> None:
    ordered(trio)
    spelled = desk_keys.current(trio.a.context()).public.fingerprint
    with pytest.raises(FingerprintDiffersError):
        mergers.know(
            trio.a.context("系统己"), desk_id(trio.b), spelled, officer=trio.a.officer("审批丙")
        )
    assert len(partners.listed(trio.a.context())) == 1


def test_nothing_is_taken_over_before_the_office_closed_and_no_cash_of_another_sum(
    trio: Trio,
) -> None:
    ordered(trio)
    know_each_other(trio)
    with pytest.raises(NotClosedError):
        take_over(trio)
    given = give(trio)
    close(trio)
    take(trio.a, to_heir(trio))
    with pytest.raises(GivenDiffersError):
        take_cash(trio, given, "9999")
    take_cash(trio, given, "10000")
    with pytest.raises(TakenAlreadyError):
        take_cash(trio, given, "10000")
    take_over(trio)
    with pytest.raises(TakenAlreadyError):
        take_over(trio)


def test_only_two_offices_in_service_are_merged_and_never_back_in_time(trio: Trio) -> None:
    with pytest.raises(MergerDayError):
        ordered(trio, on=date(2021, 3, 9))
    district = trio.district
    order = MergeOrder(
        closing=desk_id(trio.b), heir=desk_id(trio.b), merged_on=ON, document=DOCUMENT
    )
    with pytest.raises(MergerSidesError):
        mergers.order(district.context("系统己"), order, officer=district.officer("审批丙"))
    ordered(trio)
    back = replace(order, closing=desk_id(trio.a))
    with pytest.raises(MergerSidesError):
        mergers.order(district.context("系统己"), back, officer=district.officer("审批丙"))


def test_what_an_office_records_for_a_day_after_its_merger_waits_for_a_look(trio: Trio) -> None:
    ordered(trio)
    know_each_other(trio)
    trio.b.clock.advance(timedelta(days=5))
    trio.district.clock.advance(timedelta(days=5))
    an_accepted_case(trio.b, a_draft(P02, at=trio.b.clock.now()))
    give(trio)
    close(trio)
    take(trio.district, send(trio, trio.b))
    aside = rows_of(trio.district, "received", "event, code", "code <> ''")
    assert {code for _, code in aside} == {"sync.aside_merged"}
    assert ("CaseAccepted", "sync.aside_merged") in aside
    assert ("OfficeClosed", "sync.aside_merged") not in aside


def test_an_office_cannot_take_over_what_was_not_merged_into_it(trio: Trio) -> None:
    exchange(trio, trio.b)
    event = OfficeTakenOver(
        desk_id=desk_id(trio.b),
        through=StreamPlace(seq=1, hash="0" * 64),
        open_cases=0,
        taken_on=date(2021, 3, 10),
    )
    context = trio.a.context()
    with context.file.transaction():
        record(context, event)
    exchange(trio, trio.a)
    aside = rows_of(trio.district, "received", "event, code", "code <> ''")
    assert aside == {("OfficeTakenOver", "sync.aside_content")}


def test_the_sheet_of_the_cash_names_both_cashiers_and_the_key(trio: Trio) -> None:
    ordered(trio)
    know_each_other(trio)
    given = give(trio)
    text = "".join(page_texts(mergers.cash_paper(trio.b.context(), given).pdf))
    for word in ("出纳丁", "出纳庚", "新华街道办事处", "10000.00", DOCUMENT):
        assert word in text.replace(",", "")


def steps(made: TestDesk) -> list[tuple[str, str]]:
    """What today's list says of mergers, and the record that Enter opens."""
    lines = todo.todo(made.context())
    return [
        (todo.line_text(line), line.place.record_id)
        for line in lines
        if line.kind is TodayKind.MERGER
    ]


def test_each_side_reads_its_next_step_in_the_list_of_today(trio: Trio) -> None:
    ordered(trio)
    ((here, opens),), ((there, _),) = steps(trio.b), steps(trio.a)
    assert opens == "mergers"
    assert "先核对新华街道办事处的指纹" in here
    assert "先核对滨河街道办事处的指纹" in there
    know_each_other(trio)
    given = give(trio)
    close(trio)
    assert "本单位已停办" in steps(trio.b)[0][0]
    take(trio.a, to_heir(trio))
    assert "接收业务" in steps(trio.a)[0][0]
    take_over(trio)
    assert "现金还没有接收" in steps(trio.a)[0][0]
    take_cash(trio, given, "10000")
    assert steps(trio.a) == []
    assert "还没有收到停办后的数据包" in steps(trio.district)[0][0]


def test_what_the_closed_office_asked_is_answered_to_its_heir(trio: Trio) -> None:
    found = an_accepted_case(trio.b, a_draft(P02))
    order = AskOrder(
        request_id="ask-1",
        case_id=found.case_id,
        kind=RequestKind.DELEGATION,
        amount=Money.parse("5000"),
        reason="超出委托限额",
    )
    requests.ask(trio.b.context(), order)
    exchange(trio, trio.b)
    merged(trio)
    exchange(trio, trio.a)
    decided = DecideOrder(
        request_id="ask-1",
        granted=True,
        amount=Money.parse("4000"),
        document="虚构批〔2021〕9号",
        remark="",
    )
    district = trio.district
    requests.decide(district.context(), decided, officer=district.officer("审批丙"))
    take(trio.a, send(trio, district, trio.a))
    row = requests.request(trio.a.context(), "ask-1")
    assert (row.state, row.document) == (RequestState.GRANTED, "虚构批〔2021〕9号")
    require_sound(trio.a, district)


def test_money_claimed_back_by_the_closed_office_is_repaid_to_its_heir(trio: Trio) -> None:
    claimed = an_open_claim(trio.b)
    merged(trio)
    (found,) = recoveries.listed(trio.a.context())
    assert found.details.recovery_id == claimed.details.recovery_id
    repay(trio.a, found, "2430")
    for sender in (trio.b, trio.a):
        take(trio.district, send(trio, sender))
    assert not rows_of(trio.district, "received", "event", "code <> ''")
    assert rows_of(trio.district, "repayments", "fen") == {(243_000,)}
    require_sound(trio.a, trio.district)
