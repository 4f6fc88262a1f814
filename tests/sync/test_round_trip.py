"""What an office recorded reaches the district once and whole, and an answer comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk.domain.streams import BundleState, EventVerdict, NothingToSendError, PlanState
from reliefdesk.services import cash, sync, verdicts
from reliefdesk.services.sync import HandoverOrder
from tests.sync.parties import (
    Trio,
    a_trio,
    exchange,
    pay_somebody,
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


def test_a_bundle_makes_the_districts_tables_those_of_the_office(trio: Trio) -> None:
    pay_somebody(trio.a)
    (row,) = take(trio.district, send(trio, trio.a))
    assert (row.state, row.aside) == (PlanState.READY, ())
    for table, columns in (
        ("cases", "case_id, case_no, stage, decision"),
        ("payments", "payment_id, fen, receipt_no"),
        ("receipts", "receipt_no, state"),
        ("cash_entries", "entry_id, in_fen, out_fen, balance_fen"),
    ):
        assert rows_of(trio.district, table, columns) == rows_of(trio.a, table, columns)
    assert cash.balance(trio.district.context()).fen == 0
    require_sound(trio.a, trio.district)


def test_only_the_answer_moves_the_checkpoint(trio: Trio) -> None:
    pay_somebody(trio.a)
    file = send(trio, trio.a)
    row = sync.bundles(trio.a.context())[0]
    assert row.state is BundleState.WRITTEN
    order = HandoverOrder(
        manifest_id=row.manifest_id, handed_on=trio.a.context().today, receiver="收件人"
    )
    assert sync.hand_over(trio.a.context(), order).result.state is BundleState.HANDED_OVER
    take(trio.district, file)
    assert sync.pending(trio.a.context()).after.seq == 0
    take(trio.a, send(trio, trio.district, trio.a))
    assert sync.bundle(trio.a.context(), row.manifest_id).state is BundleState.ACKNOWLEDGED
    assert sync.pending(trio.a.context()).after.seq == row.last
    lines = verdicts.of_bundle(trio.a.context(), row.manifest_id)
    assert {line.verdict for line in lines} == {EventVerdict.ACCEPTED}
    require_sound(trio.a, trio.district)


def test_the_same_range_gives_the_same_content_again(trio: Trio) -> None:
    pay_somebody(trio.a)
    row = sync.prepare(trio.a.context()).result
    first = sync.content(trio.a.context(), row.manifest_id)
    again = sync.content(trio.a.context(), row.manifest_id)
    assert first.manifest == again.manifest
    assert first.content != again.content  # age never encrypts twice alike


def test_importing_twice_changes_nothing(trio: Trio) -> None:
    pay_somebody(trio.a)
    file = send(trio, trio.a)
    take(trio.district, file)
    before = rows_of(trio.district, "journal", "seq, hash")
    (row,) = take(trio.district, file)
    assert row.state is PlanState.SEEN
    assert rows_of(trio.district, "journal", "seq, hash") == before


def test_nothing_new_is_not_offered(trio: Trio) -> None:
    exchange(trio, trio.a)
    send(trio, trio.a)  # it says how far the district's stream is held
    with pytest.raises(NothingToSendError):
        sync.prepare(trio.a.context())
