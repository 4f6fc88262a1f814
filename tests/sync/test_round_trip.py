"""What an office recorded reaches the district once and whole, and an answer comes back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.events import EVENT_TYPES
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.messages import BundleRefused
from reliefdesk.domain.money import Money
from reliefdesk.domain.partners import PartnerMissingError, PartnerUnknownError
from reliefdesk.domain.streams import (
    BundleState,
    BundleUnknownError,
    EventVerdict,
    HandoverDayError,
    NothingToSendError,
    PlanState,
    ReadBackError,
    ReceiverMissingError,
)
from reliefdesk.services import cash, ledger, messages, sync, verdicts
from reliefdesk.services.ledger import year_filter
from reliefdesk.services.sync import HandoverOrder
from tests.builders import P02, a_desk, a_draft, an_accepted_case
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


def test_the_work_ledger_names_the_bundle_that_carried_a_case(trio: Trio) -> None:
    def reports() -> list[str]:
        return [line.report for line in ledger.lines(trio.a.context(), year_filter(2021))]

    pay_somebody(trio.a)
    assert reports() == [""]
    send(trio, trio.a)
    an_accepted_case(trio.a, a_draft(P02))
    assert reports() == ["1", ""]
    send(trio, trio.a)
    assert reports() == ["1", "2"]


def test_the_same_range_gives_the_same_content_again(trio: Trio) -> None:
    pay_somebody(trio.a)
    row = sync.prepare(trio.a.context()).result
    first = sync.content(trio.a.context(), row.manifest_id)
    again = sync.content(trio.a.context(), row.manifest_id)
    assert first.manifest == again.manifest
    assert first.content != again.content  # age never encrypts twice alike


def test_every_event_has_a_name_that_people_read() -> None:
    for kind in EVENT_TYPES:
        label = messages.event_label(kind.__name__)
        assert not label.isascii(), kind
    assert messages.event_label("FromTheFuture") == "FromTheFuture"


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


def test_a_stick_without_an_answer_becomes_overdue(trio: Trio) -> None:
    send(trio, trio.a)
    (row,) = sync.bundles(trio.a.context())
    day = trio.a.context().today
    order = HandoverOrder(manifest_id=row.manifest_id, handed_on=day, receiver=" ")
    with pytest.raises(ReceiverMissingError):
        sync.hand_over(trio.a.context(), order)
    later = replace(order, receiver="收件人", handed_on=day + timedelta(days=1))
    with pytest.raises(HandoverDayError):
        sync.hand_over(trio.a.context(), later)
    sync.hand_over(trio.a.context(), replace(order, receiver="收件人"))
    trio.a.clock.advance(timedelta(days=10))
    assert sync.bundle(trio.a.context(), row.manifest_id).state is BundleState.HANDED_OVER
    trio.a.clock.advance(timedelta(days=1))
    assert sync.bundle(trio.a.context(), row.manifest_id).state is BundleState.OVERDUE
    sync.set_answer_days(trio.a.context(), 30)
    assert sync.bundle(trio.a.context(), row.manifest_id).state is BundleState.HANDED_OVER


def test_a_stick_that_lies_is_not_believed(trio: Trio) -> None:
    class Liar:
        label = "LIAR"

        def put(self, name: str, content: bytes) -> str:
            return "0" * len(name + str(len(content)))

    row = sync.prepare(trio.a.context()).result
    with pytest.raises(ReadBackError):
        sync.write(trio.a.context(), row.manifest_id, Liar())
    assert sync.bundle(trio.a.context(), row.manifest_id).state is BundleState.SEALED


def test_a_desk_without_a_partner_says_so(tmp_path: Path) -> None:
    made = a_desk(tmp_path / "alone")
    with pytest.raises(PartnerMissingError):
        sync.pending(made.context())
    with pytest.raises(PartnerUnknownError):
        sync.pending(made.context(), DeskId("nobody"))
    with pytest.raises(BundleUnknownError):
        sync.bundle(made.context(), "nothing")
    made.desk.close()


def test_pending_is_told_by_day_with_the_cash_paid(trio: Trio) -> None:
    exchange(trio, trio.a)
    pay_somebody(trio.a)
    found = sync.pending(trio.a.context())
    (day,) = found.days
    assert (day.paid, found.paid) == (Money.parse("2000"), Money.parse("2000"))
    assert found.events == day.events > 4


def test_a_refused_bundle_is_told_to_the_office(trio: Trio) -> None:
    pay_somebody(trio.a)
    take(trio.district, send(trio, trio.a))
    take(trio.a, send(trio, trio.district, trio.a))
    an_accepted_case(trio.a, a_draft(P02))
    file = send(trio, trio.a)
    row = sync.bundles(trio.a.context())[0]
    context = trio.district.context()
    refused = BundleRefused(manifest_id=row.manifest_id, number=row.number, code="sync.fork")
    with context.file.transaction():
        messages.queue(context, desk_id(trio.a), refused)
    take(trio.a, send(trio, trio.district, trio.a))
    assert sync.bundle(trio.a.context(), row.manifest_id).state is BundleState.REFUSED
    take(trio.district, file)
    take(trio.a, send(trio, trio.district, trio.a))
    assert sync.bundle(trio.a.context(), row.manifest_id).state is BundleState.ACKNOWLEDGED
