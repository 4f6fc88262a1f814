"""Sticks that are lost, doubled, reordered, damaged; events that are bad; keys that are stopped."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.partners import PartnerState, TrainingStreamError
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.streams import BundleState, EventVerdict, PlanState
from reliefdesk.services import partners, receiving, sync, verdicts
from reliefdesk.services.partners import RevokeOrder
from reliefdesk.services.verdicts import CureOrder
from reliefdesk.storage import streams
from tests.builders import P02, P03, a_draft, an_accepted_case, an_empty_desk, enter
from tests.sync.parties import (
    APART,
    Trio,
    a_trio,
    desk_id,
    exchange,
    forged,
    pay_somebody,
    reopen,
    require_sound,
    rows_of,
    send,
    take,
)


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    made = a_trio(tmp_path)
    yield made
    made.close()


def test_a_lost_stick_costs_nothing(trio: Trio) -> None:
    pay_somebody(trio.a)
    send(trio, trio.a).unlink()
    second = send(trio, trio.a)
    states = [row.state for row in sync.bundles(trio.a.context())]
    assert states == [BundleState.WRITTEN, BundleState.SUPERSEDED]
    (row,) = take(trio.district, second)
    assert row.state is PlanState.READY
    require_sound(trio.district)


def test_a_bundle_after_a_gap_waits_until_it_is_filled(trio: Trio) -> None:
    pay_somebody(trio.a)
    first = send(trio, trio.a)
    trio.district.desk.close()
    shutil.copytree(trio.folder / "district", trio.folder / "earlier")
    trio.district = reopen(trio.folder / "district", trio.district, first_id=4 * APART)
    take(trio.district, first)
    take(trio.a, send(trio, trio.district, trio.a))
    an_accepted_case(trio.a, a_draft(P02))
    second = send(trio, trio.a)
    earlier = reopen(trio.folder / "earlier", trio.district, first_id=5 * APART)
    # What the office knows of the district lies ahead of this copy: it says so and stops.
    assert take(earlier, second)[0].state is PlanState.ALARM
    earlier.desk.close()


def test_files_of_a_folder_are_taken_in_their_order(trio: Trio) -> None:
    pay_somebody(trio.a)
    whole = send(trio, trio.a)
    an_accepted_case(trio.a, a_draft(P02))
    longer = send(trio, trio.a)
    pay_somebody(trio.b)
    other = send(trio, trio.b)
    planned = receiving.plan(trio.district.context(), [longer, other, whole])
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
    head = rows_of(trio.district, "journal", "max(seq)")
    assert take(trio.district, shorter)[0].state is PlanState.SEEN
    assert rows_of(trio.district, "journal", "max(seq)") == head


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


def test_a_training_desk_speaks_with_nobody(tmp_path: Path) -> None:
    made = an_empty_desk(tmp_path / "t", kind=DeskKind.TRAINING)
    with pytest.raises(TrainingStreamError):
        sync.pending(made.desk.context())
    with pytest.raises(TrainingStreamError):
        receiving.plan(made.desk.context(), [tmp_path / "x"])
    made.desk.close()
