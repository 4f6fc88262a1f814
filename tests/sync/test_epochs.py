"""A restored backup, a copied disk, new keys: always a new epoch, never a continued one."""

import shutil
from pathlib import Path

import pytest

from reliefdesk.domain.partners import EpochStoppedError
from reliefdesk.domain.streams import EpochReason, PlanState
from reliefdesk.keys.enrolment import RotationRefusedError
from reliefdesk.services import desk_keys, partners, sync
from reliefdesk.services.partners import EnrolOrder, RevokeOrder
from reliefdesk.storage import streams
from tests.builders import P02, P03, P05, a_draft, an_accepted_case
from tests.sync.parties import (
    APART,
    Trio,
    desk_id,
    enrol,
    exchange,
    pay_somebody,
    reopen,
    require_sound,
    rows_of,
    send,
    take,
)


def back_up(trio: Trio) -> Path:
    """Copy the office's folder as it lies."""
    trio.a.desk.close()
    shutil.copytree(trio.folder / "a", trio.folder / "backup")
    trio.a = reopen(trio.folder / "a", trio.a, first_id=4 * APART)
    return trio.folder / "backup"


def restore(trio: Trio, folder: Path) -> None:
    """Go on with the copy."""
    trio.a.desk.close()
    trio.a = reopen(folder, trio.a, first_id=5 * APART)


def test_a_restored_backup_is_told_by_the_answer_and_goes_on_in_a_new_epoch(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    backup = back_up(trio)
    pay_somebody(trio.a, draft=a_draft(P02))
    take(trio.district, send(trio, trio.a))
    restore(trio, backup)
    (row,) = take(trio.a, send(trio, trio.district, trio.a))
    assert (row.state, row.code) == (PlanState.ALARM, "sync.have_ahead")
    with pytest.raises(EpochStoppedError):
        an_accepted_case(trio.a, a_draft(P03))
    trio.a.desk.open_epoch(EpochReason.RESTORED, officer=trio.a.officer("审批丙"))
    enrol(trio, trio.a)
    pay_somebody(trio.a, draft=a_draft(P02))  # entered again from paper
    pay_somebody(trio.a, draft=a_draft(P03))
    exchange(trio, trio.a)
    numbers = rows_of(trio.district, "cases", "case_no")
    assert numbers == rows_of(trio.a, "cases", "case_no")
    assert len(rows_of(trio.district, "payments", "payment_id")) == 3
    held = streams.held(trio.district.context().file, desk_id(trio.a))
    assert held is not None
    assert held.epoch == 2
    assert sync.pending(trio.a.context()).events == 0
    require_sound(trio.a, trio.district)


def test_events_that_only_the_backup_knew_are_sent_in_the_new_epoch(trio: Trio) -> None:
    exchange(trio, trio.a)
    pay_somebody(trio.a)
    backup = back_up(trio)
    restore(trio, backup)
    trio.a.desk.open_epoch(EpochReason.RESTORED, officer=trio.a.officer("审批丙"))
    enrol(trio, trio.a)
    exchange(trio, trio.a)
    assert len(rows_of(trio.district, "payments", "payment_id")) == 1
    require_sound(trio.a, trio.district)


def test_a_copied_disk_refuses_to_write_in_that_epoch(trio: Trio) -> None:
    officer = trio.a.officer("审批丙")
    trio.a.desk.close()
    first = reopen(trio.folder / "a", trio.a, first_id=4 * APART, machine="machine-1")
    first.desk.open_epoch(EpochReason.MOVED, officer=officer)
    an_accepted_case(first)
    first.desk.close()
    shutil.copytree(trio.folder / "a", trio.folder / "copy")
    copied = reopen(trio.folder / "copy", first, first_id=5 * APART, machine="machine-2")
    with pytest.raises(EpochStoppedError):
        an_accepted_case(copied, a_draft(P02))
    with pytest.raises(EpochStoppedError):
        sync.prepare(copied.context())
    copied.desk.close()
    trio.a = reopen(trio.folder / "a", first, first_id=6 * APART, machine="machine-1")
    an_accepted_case(trio.a, a_draft(P05))


def test_two_copies_that_both_report_are_noticed(trio: Trio) -> None:
    exchange(trio, trio.a)
    backup = back_up(trio)
    twin = reopen(backup, trio.a, first_id=5 * APART)
    pay_somebody(trio.a, draft=a_draft(P02))
    pay_somebody(twin, draft=a_draft(P03))
    take(trio.district, send(trio, trio.a))
    (row,) = take(trio.district, send(trio, twin))
    assert (row.state, row.code) == (PlanState.ALARM, "sync.fork")
    twin.desk.close()
    require_sound(trio.district)


def test_new_keys_are_signed_by_the_old_ones_and_need_no_fingerprint(trio: Trio) -> None:
    exchange(trio, trio.a)
    paper = trio.a.desk.open_epoch(EpochReason.ROTATED, officer=trio.a.officer("审批丙")).result
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    found = partners.accept_rotation(context, paper.content, officer=officer).result
    assert found.epoch == 2
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    assert len(rows_of(trio.district, "payments", "payment_id")) == 1
    require_sound(trio.a, trio.district)


def test_a_request_is_no_rotation(trio: Trio) -> None:
    paper = desk_keys.request_file(trio.a.context())
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    with pytest.raises(RotationRefusedError):
        partners.accept_rotation(context, paper.content, officer=officer)


def test_an_answer_sealed_to_the_old_keys_still_opens(trio: Trio) -> None:
    pay_somebody(trio.a)
    take(trio.district, send(trio, trio.a))
    answer = send(trio, trio.district, trio.a)
    trio.a.desk.open_epoch(EpochReason.ROTATED, officer=trio.a.officer("审批丙"))
    (row,) = take(trio.a, answer)
    assert row.state is PlanState.READY


def test_new_keys_of_the_district_come_with_a_card_and_end_the_old_ones(trio: Trio) -> None:
    exchange(trio, trio.a)
    late = send_to_b(trio)
    district = trio.district
    district.desk.open_epoch(EpochReason.ROTATED, officer=district.officer("审批丙"))
    card = partners.district_card(
        district.context("系统己"), trio.root_code, officer=district.officer("审批丙")
    ).result
    pay_somebody(trio.a)
    take(district, send(trio, trio.a))
    answer = send(trio, district, trio.a)
    assert take(trio.a, answer)[0].code == "bundles.unknown_key"
    for made in (trio.a, trio.b):
        order = EnrolOrder(content=card.content, office_name="", typed_fingerprint="")
        found = partners.enrol_district(
            made.context("系统己"), order, officer=made.officer("审批丙")
        ).result
        assert found.epoch == 2
    assert take(trio.a, answer)[0].state is PlanState.READY
    assert take(trio.b, late)[0].code == "bundles.key_stopped"
    pay_somebody(trio.b, draft=a_draft(P02))
    exchange(trio, trio.b)
    assert sync.pending(trio.b.context()).events == 0
    require_sound(trio.a, trio.b, trio.district)


def send_to_b(trio: Trio) -> Path:
    """The district's answer to the second office, still under way."""
    take(trio.district, send(trio, trio.b))
    return send(trio, trio.district, trio.b)


def test_a_key_list_in_a_bundle_stops_the_districts_old_keys(trio: Trio) -> None:
    district = trio.district
    district.desk.open_epoch(EpochReason.ROTATED, officer=district.officer("审批丙"))
    for number in (1, 2):
        card = partners.district_card(
            district.context("系统己"), trio.root_code, officer=district.officer("审批丙")
        ).result
        if number == 1:
            order = EnrolOrder(content=card.content, office_name="", typed_fingerprint="")
            partners.enrol_district(
                trio.a.context("系统己"), order, officer=trio.a.officer("审批丙")
            )
    exchange(trio, trio.a)
    revoked = rows_of(trio.a, "partners", "epoch", "revoked_at IS NOT NULL")
    assert revoked == {(1,)}
    assert rows_of(trio.a, "roots", "list_number") == rows_of(district, "roots", "list_number")


def test_a_request_file_says_who_asks(trio: Trio) -> None:
    paper = desk_keys.request_file(trio.a.context())
    asked = partners.seen(paper.content)
    assert (asked.office, asked.epoch) == ("150302003", 1)


def test_a_rotation_away_from_revoked_keys_is_refused(trio: Trio) -> None:
    exchange(trio, trio.a)
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    paper = trio.a.desk.open_epoch(EpochReason.ROTATED, officer=trio.a.officer("审批丙")).result
    order = RevokeOrder(desk_id=desk_id(trio.a), epoch=1, reason="电脑被盗")
    partners.revoke(context, order, officer=officer)
    with pytest.raises(RotationRefusedError):
        partners.accept_rotation(context, paper.content, officer=officer)
