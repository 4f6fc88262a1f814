"""Attacks that need whole desks; tests/bundles/ATTACKS.md says where every other is proved."""

from pathlib import Path

import pytest

from reliefdesk.domain.partners import EnrolledAlreadyError
from reliefdesk.domain.streams import EpochReason, PlanState
from reliefdesk.services import partners, sync
from tests.builders import P02, P03, a_draft, an_accepted_case
from tests.sync.parties import (
    APART,
    Trio,
    enrol,
    exchange,
    forged,
    last_seq,
    pay_somebody,
    reopen,
    require_sound,
    rows_of,
    send,
    take,
)
from tests.sync.test_epochs import back_up


def unchanged(_seq: int, line: bytes) -> bytes:
    return line


def test_an_equal_overlap_brings_only_what_is_new(trio: Trio) -> None:
    pay_somebody(trio.a)
    middle = last_seq(trio.a)
    take(trio.district, forged(trio, trio.a, unchanged, until=middle))
    an_accepted_case(trio.a, a_draft(P02))
    last = last_seq(trio.a)
    (row,) = take(trio.district, forged(trio, trio.a, unchanged, after=middle - 5, number=100))
    assert (row.state, row.fresh, row.aside) == (PlanState.READY, last - middle, ())
    assert rows_of(trio.district, "cases", "case_no") == rows_of(trio.a, "cases", "case_no")
    require_sound(trio.district)


def test_a_replay_says_no_verdict_again(trio: Trio) -> None:
    pay_somebody(trio.a)
    file = send(trio, trio.a)
    take(trio.district, file)
    said = rows_of(trio.district, "outgoing_messages", "partner, number, line")
    assert said
    take(trio.district, file)
    assert rows_of(trio.district, "outgoing_messages", "partner, number, line") == said


def test_an_epoch_is_enrolled_once(trio: Trio) -> None:
    exchange(trio, trio.a)
    twin = reopen(back_up(trio), trio.a, first_id=5 * APART)
    for made in (trio.a, twin):
        made.desk.open_epoch(EpochReason.RESTORED, officer=made.officer("审批丙"))
    enrol(trio, trio.a)
    with pytest.raises(EnrolledAlreadyError):
        enrol(trio, twin)
    twin.desk.close()


def test_what_waited_while_the_keys_changed_comes_under_the_new_ones(trio: Trio) -> None:
    exchange(trio, trio.a)
    pay_somebody(trio.a)
    late = send(trio, trio.a)
    paper = trio.a.desk.open_epoch(EpochReason.ROTATED, officer=trio.a.officer("审批丙")).result
    pay_somebody(trio.a, draft=a_draft(P02))
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    partners.accept_rotation(context, paper.content, officer=officer)
    (row,) = take(trio.district, late)
    assert row.state is not PlanState.ALARM
    exchange(trio, trio.a)
    assert len(rows_of(trio.district, "payments", "payment_id")) == 2
    assert sync.pending(trio.a.context()).events == 0
    require_sound(trio.a, trio.district)


def test_the_answer_for_another_office_is_refused(trio: Trio) -> None:
    for made in (trio.a, trio.b):
        take(trio.district, send(trio, made))
    before = last_seq(trio.b)
    (row,) = take(trio.b, send(trio, trio.district, trio.a))
    assert (row.state, row.code) == (PlanState.REFUSED, "bundles.not_for_us")
    assert last_seq(trio.b) == before


def test_a_lost_answer_is_given_again_with_the_next(trio: Trio) -> None:
    take(trio.district, send(trio, trio.a))
    send(trio, trio.district, trio.a).unlink()
    assert sync.pending(trio.a.context()).events > 0
    pay_somebody(trio.a, draft=a_draft(P03))
    exchange(trio, trio.a)
    assert sync.pending(trio.a.context()).events == 0


def test_an_answer_that_is_applied_twice_changes_nothing(trio: Trio) -> None:
    pay_somebody(trio.a)
    take(trio.district, send(trio, trio.a))
    answer = send(trio, trio.district, trio.a)
    take(trio.a, answer)
    before = rows_of(trio.a, "journal", "seq, hash")
    copy = answer.with_name(f"{answer.stem} (1).age")
    copy.write_bytes(answer.read_bytes())
    for file in (answer, Path(copy)):
        assert take(trio.a, file)[0].state is PlanState.SEEN
    assert rows_of(trio.a, "journal", "seq, hash") == before
