"""Sticks that are lost, doubled, reordered, damaged; events that are bad; keys that are stopped."""

from dataclasses import replace
from datetime import date, timedelta

from reliefdesk.bundles.manifest import Place
from reliefdesk.domain.ids import PersonId, ReceiptNo
from reliefdesk.domain.messages import KeyListIssued
from reliefdesk.domain.partners import OfficeMerged, PartnerState
from reliefdesk.domain.persons import DetailRevealed
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.receipts import ReceiptPrinted
from reliefdesk.domain.streams import BundleState, EventVerdict, PlanState
from reliefdesk.services import messages, partners, policies, receiving, sync, verdicts
from reliefdesk.services.partners import RevokeOrder
from reliefdesk.services.recording import record
from reliefdesk.services.verdicts import CureOrder
from reliefdesk.storage import streams
from tests.builders import P02, P03, a_draft, an_accepted_case, enter
from tests.sync.parties import (
    Trio,
    desk_id,
    exchange,
    forged,
    last_seq,
    pay_somebody,
    require_sound,
    rows_of,
    send,
    take,
)


def test_a_lost_stick_costs_nothing(trio: Trio) -> None:
    pay_somebody(trio.a)
    send(trio, trio.a).unlink()
    second = send(trio, trio.a)
    states = [row.state for row in sync.bundles(trio.a.context())]
    assert states == [BundleState.WRITTEN, BundleState.SUPERSEDED]
    (row,) = take(trio.district, second)
    assert row.state is PlanState.READY
    require_sound(trio.district)


def unchanged(_seq: int, line: bytes) -> bytes:
    return line


def test_a_bundle_after_a_gap_waits_until_it_is_filled(trio: Trio) -> None:
    pay_somebody(trio.a)
    middle = last_seq(trio.a)
    an_accepted_case(trio.a, a_draft(P02))
    first = forged(trio, trio.a, unchanged, until=middle)
    second = forged(trio, trio.a, unchanged, after=middle, number=100)
    (row,) = take(trio.district, second)
    assert (row.state, row.code) == (PlanState.WAITING, "sync.numbers_missing")
    assert f"第1–{middle}号" in row.why
    (kept,) = receiving.waiting(trio.district.context())
    assert kept.why == f"等待第{middle}号"
    assert partners.listed(trio.district.context())[0].waiting == 1
    rows = take(trio.district, first)
    assert [row.state for row in rows] == [PlanState.READY, PlanState.READY]
    assert receiving.waiting(trio.district.context()) == ()
    assert len(rows_of(trio.district, "cases", "case_no")) == 2
    require_sound(trio.district)


def test_both_halves_of_a_folder_are_taken_in_whatever_their_order(trio: Trio) -> None:
    pay_somebody(trio.a)
    middle = last_seq(trio.a)
    an_accepted_case(trio.a, a_draft(P02))
    first = forged(trio, trio.a, unchanged, until=middle)
    second = forged(trio, trio.a, unchanged, after=middle, number=100)
    rows = take(trio.district, second, first)
    assert [(row.state, row.first) for row in rows] == [
        (PlanState.READY, 1),
        (PlanState.READY, middle + 1),
    ]


def test_a_waiting_bundle_whose_key_is_stopped_stays_out(trio: Trio) -> None:
    pay_somebody(trio.a)
    an_accepted_case(trio.a, a_draft(P02))
    first = forged(trio, trio.a, unchanged, until=10)
    take(trio.district, forged(trio, trio.a, unchanged, after=20, number=100))
    take(trio.district, forged(trio, trio.a, unchanged, after=15, until=20, number=98))
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    order = RevokeOrder(desk_id=desk_id(trio.a), epoch=1, reason="电脑被盗")
    partners.revoke(context, order, officer=officer)
    assert take(trio.district, first)[0].state is PlanState.REFUSED
    assert len(receiving.waiting(trio.district.context())) == 2


def test_a_hash_that_does_not_continue_is_alarmed(trio: Trio) -> None:
    pay_somebody(trio.a)
    take(trio.district, forged(trio, trio.a, unchanged, until=10))
    other = Place(seq=10, hash="ab" * 32)
    (row,) = take(trio.district, forged(trio, trio.a, unchanged, after=10, before=other))
    assert (row.state, row.code) == (PlanState.ALARM, "sync.not_joined")
    assert partners.listed(trio.district.context())[0].state is PartnerState.FROZEN


def test_clocks_that_leap_and_lists_that_expired_are_shown(trio: Trio) -> None:
    made_at = trio.a.clock.now() + timedelta(days=3)
    file = forged(trio, trio.a, unchanged, created_at=made_at, expires_on=date(2021, 3, 1))
    (row,) = take(trio.district, file)
    assert row.state is PlanState.READY
    assert ["时间" in row.warnings[0], "过期" in row.warnings[1]] == [True, True]


def test_what_a_merged_office_records_later_waits_for_a_look(trio: Trio) -> None:
    event = OfficeMerged(
        desk_id=desk_id(trio.a),
        into=desk_id(trio.b),
        merged_on=date(2021, 3, 9),
        document="虚构并〔2021〕1号",
    )
    context = trio.district.context("系统己")
    with context.file.transaction():
        record(context, event)
    an_accepted_case(trio.a)
    (row,) = take(trio.district, send(trio, trio.a))
    assert all("并入" in sentence for sentence in row.aside)
    assert partners.listed(trio.district.context())[0].state is PartnerState.MERGED
    require_sound(trio.district)


def test_files_of_a_folder_are_taken_in_their_order(trio: Trio) -> None:
    pay_somebody(trio.a)
    whole = send(trio, trio.a)
    an_accepted_case(trio.a, a_draft(P02))
    longer = send(trio, trio.a)
    pay_somebody(trio.b)
    other = send(trio, trio.b)
    planned = receiving.plan(trio.district.context(), [longer, other, whole])
    assert planned.is_useful
    assert [row.state for row in planned.rows] == [PlanState.READY] * 3
    assert rows_of(trio.district, "cases", "case_no") == set()  # nothing was written yet
    rows = receiving.take(trio.district.context(), planned).result
    assert [row.state for row in rows] == [PlanState.READY] * 3
    assert len(rows_of(trio.district, "cases", "case_no")) == 3
    require_sound(trio.district)


def test_a_shorter_bundle_after_a_longer_one_brings_nothing(trio: Trio) -> None:
    pay_somebody(trio.a)
    shorter = send(trio, trio.a)
    an_accepted_case(trio.a, a_draft(P02))
    take(trio.district, send(trio, trio.a))
    head = last_seq(trio.district)
    assert take(trio.district, shorter)[0].state is PlanState.SEEN
    assert last_seq(trio.district) == head


def test_a_damaged_file_stands_in_the_plan_with_its_reason(trio: Trio) -> None:
    file = send(trio, trio.a)
    content = bytearray(file.read_bytes())
    content[-10] ^= 1
    file.write_bytes(content)
    (row,) = receiving.plan(trio.district.context(), [file]).rows
    assert (row.state, row.code, row.number) == (PlanState.REFUSED, "bundles.damaged", 1)
    assert "损坏" in row.why


def test_one_bad_event_is_set_aside_and_the_rest_applies(trio: Trio) -> None:
    for person in (P02, P03):
        pay_somebody(trio.a, draft=a_draft(person))
    bad = next(row[0] for row in rows_of(trio.a, "journal", "seq", "type = 'CaseReviewed'"))

    def spoil(seq: int, line: bytes) -> bytes:
        return line.replace(b'"opinion":"agree"', b'"opinion":"maybe"') if seq == bad else line

    (row,) = take(trio.district, forged(trio, trio.a, spoil))
    assert (row.state, len(row.aside)) == (PlanState.READY, 1)
    aside = streams.aside(trio.district.context().file)
    assert [(one.seq, one.code) for one in aside] == [(bad, "sync.aside_content")]
    assert len(rows_of(trio.district, "payments", "payment_id")) == 2
    held = streams.held(trio.district.context().file, desk_id(trio.a))
    assert held is not None
    assert held.place.seq == row.last
    (listed, _) = partners.listed(trio.district.context())
    assert listed.quarantined == 1
    require_sound(trio.district)


def test_the_acknowledgement_names_the_bad_event(trio: Trio) -> None:
    limit = PolicyRowDraft(
        key=PolicyKey.DELEGATION_LIMIT,
        value="1000.00",
        valid_from=date(2021, 3, 1),
        document="虚构委〔2021〕9号",
    )
    enter(trio.district, limit)
    pay_somebody(trio.a)  # 2000, as the office's own row still allows
    exchange(trio, trio.a)
    sent = sync.bundles(trio.a.context())[0]
    assert sent.state is BundleState.PARTLY
    lines = verdicts.of_bundle(trio.a.context(), sent.manifest_id)
    (bad,) = [line for line in lines if line.verdict is EventVerdict.QUARANTINED]
    assert (bad.event, "超出当时标准" in bad.why) == ("ReliefApproved", True)
    seq = bad.seq
    verdicts.cure(trio.a.context(), CureOrder(epoch=1, seq=seq, note="已撤销，重新审批"))
    exchange(trio, trio.a)
    assert streams.aside(trio.district.context().file)[0].cured == "已撤销，重新审批"
    require_sound(trio.a, trio.district)


def test_an_event_set_aside_is_applied_once_what_it_needs_is_here(trio: Trio) -> None:
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    limit = PolicyRowDraft(
        key=PolicyKey.DELEGATION_LIMIT,
        value="1000.00",
        valid_from=date(2021, 3, 1),
        document="虚构委〔2021〕9号",
    )
    policies.enter(context, limit, officer=officer)
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    sent = sync.bundles(trio.a.context())[0]
    assert sent.state is BundleState.PARTLY
    wrong = next(line.row for line in policies.listed(context) if line.row.value == "1000.00")
    right = replace(limit, value="3000.00", corrects=wrong.row_id)
    policies.enter(context, right, officer=officer)
    assert receiving.retry_aside(trio.district.context()).result == 1
    assert streams.aside(trio.district.context().file) == ()
    assert rows_of(trio.district, "cases", "stage") == rows_of(trio.a, "cases", "stage")
    take(trio.a, send(trio, trio.district, trio.a))
    assert sync.bundle(trio.a.context(), sent.manifest_id).state is BundleState.ACKNOWLEDGED
    require_sound(trio.a, trio.district)


def test_an_event_of_a_newer_program_is_set_aside(trio: Trio) -> None:
    def spoil(_seq: int, line: bytes) -> bytes:
        return line.replace(b'"event":"FloatReceived"', b'"event":"FloatFromTheFuture"')

    take(trio.district, forged(trio, trio.a, spoil))
    codes = {one.code for one in streams.aside(trio.district.context().file)}
    assert codes == {"sync.aside_unknown"}
    said = rows_of(trio.district, "outgoing_messages", "line", "line LIKE '%aside_unknown%'")
    assert len(said) == 1
    assert receiving.retry_aside(trio.district.context()).result == 0


def test_a_fork_stops_the_epoch_and_keeps_both(trio: Trio) -> None:
    pay_somebody(trio.a)
    take(trio.district, send(trio, trio.a))

    def other(_seq: int, line: bytes) -> bytes:
        return line.replace("测试甲".encode(), "测试乙".encode())

    (row,) = take(trio.district, forged(trio, trio.a, other))
    assert (row.state, row.code) == (PlanState.ALARM, "sync.fork")
    (listed, _) = partners.listed(trio.district.context())
    assert listed.state is PartnerState.FROZEN
    an_accepted_case(trio.a, a_draft(P02))
    (row,) = take(trio.district, send(trio, trio.a))
    assert (row.state, row.code) == (PlanState.REFUSED, "bundles.key_stopped")
    require_sound(trio.district)


def test_a_lost_pc_is_revoked_at_the_last_acknowledged_number(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    held = streams.held(trio.district.context().file, desk_id(trio.a))
    assert held is not None
    order = RevokeOrder(desk_id=desk_id(trio.a), epoch=1, reason="电脑被盗")
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    found = partners.revoke(context, order, officer=officer).result
    assert found.trusted == held.place
    an_accepted_case(trio.a, a_draft(P02))
    (row,) = take(trio.district, send(trio, trio.a))
    assert row.code == "bundles.key_stopped"
    require_sound(trio.district)


def test_what_a_revoked_key_recorded_later_is_set_aside(trio: Trio) -> None:
    pay_somebody(trio.a)
    take(trio.district, send(trio, trio.a))
    order = RevokeOrder(desk_id=desk_id(trio.a), epoch=1, reason="电脑被盗")
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    partners.revoke(context, order, officer=officer)
    an_accepted_case(trio.a, a_draft(P02))
    (row,) = take(trio.district, send(trio, trio.a))
    codes = {one.code for one in streams.aside(trio.district.context().file)}
    assert (row.state, codes) == (PlanState.READY, {"sync.aside_revoked"})
    assert len(rows_of(trio.district, "cases", "case_no")) == 1


def test_the_same_person_paid_elsewhere_is_marked_for_both(trio: Trio) -> None:
    pay_somebody(trio.a)
    pay_somebody(trio.b)
    exchange(trio, trio.a)
    (row, _) = exchange(trio, trio.b)
    assert any("别处" in warning for warning in row.warnings)
    sent = sync.bundles(trio.b.context())[0]
    lines = verdicts.of_bundle(trio.b.context(), sent.manifest_id)
    assert EventVerdict.DUPLICATE in {line.verdict for line in lines}


def test_an_office_cannot_speak_of_another_offices_case(trio: Trio) -> None:
    found = pay_somebody(trio.a)
    take(trio.district, send(trio, trio.a))
    own = pay_somebody(trio.b)

    def meddle(_seq: int, line: bytes) -> bytes:
        if b'"event":"CaseReviewed"' in line:
            return line.replace(own.case_id.encode(), found.case_id.encode())
        return line

    (row,) = take(trio.district, forged(trio, trio.b, meddle))
    assert len(row.aside) == 1
    require_sound(trio.district)


def test_an_office_cannot_touch_what_another_desk_holds(trio: Trio) -> None:
    pay_somebody(trio.a)
    take(trio.district, send(trio, trio.a))
    pay_somebody(trio.b, draft=a_draft(P02))
    theirs = rows_of(trio.a, "receipts", "receipt_no").pop()[0]
    ours = rows_of(trio.b, "receipts", "receipt_no").pop()[0]
    cashiers = [made.by_name["出纳丁"].encode() for made in (trio.a, trio.b)]
    persons = [rows_of(made, "persons", "person_id").pop()[0] for made in (trio.a, trio.b)]
    context = trio.b.context()
    printed = ReceiptPrinted(receipt_no=ReceiptNo(str(ours)), form="A5", nth=0, reason="")
    with context.file.transaction():
        record(context, printed)
        revealed = DetailRevealed(person_id=PersonId(str(persons[1])), detail="phone")
        record(context, revealed)

    def meddle(_seq: int, line: bytes) -> bytes:
        if b'"event":"ReceiptPrinted"' in line:
            return line.replace(str(ours).encode(), str(theirs).encode())
        if b'"event":"FloatReceived"' in line:
            return line.replace(cashiers[1], cashiers[0])
        if b'"event":"DetailRevealed"' in line:
            return line.replace(str(persons[1]).encode(), str(persons[0]).encode())
        return line

    (row,) = take(trio.district, forged(trio, trio.b, meddle))
    assert len(row.aside) == 3
    prints = rows_of(trio.district, "receipts", "prints", f"receipt_no = '{theirs}'")
    assert prints == {(0,)}
    balances = rows_of(trio.a, "drawers", "cashier, balance_fen")
    assert balances <= rows_of(trio.district, "drawers", "cashier, balance_fen")
    require_sound(trio.district)


def test_a_key_list_that_the_root_key_did_not_sign_is_set_aside(trio: Trio) -> None:
    false = KeyListIssued(number=99, envelope="{}")
    context = trio.district.context()
    with context.file.transaction():
        messages.queue(context, desk_id(trio.a), false)
    take(trio.district, send(trio, trio.a))
    (row,) = take(trio.a, send(trio, trio.district, trio.a))
    assert [row.state, len(row.aside)] == [PlanState.READY, 1]
    require_sound(trio.a)
