"""A bundle of hundreds of events: one bad one stays aside, and no person is seen from outside."""

from pathlib import Path

from reliefdesk.domain.streams import PlanState
from reliefdesk.services import receiving, sync
from reliefdesk.storage import streams
from tests.builders import P01, P02, a_draft, an_accepted_case
from tests.sync.parties import (
    a_trio,
    forged,
    last_seq,
    pay_somebody,
    require_sound,
    rows_of,
    send,
    take,
)


def test_one_bad_event_in_five_hundred_costs_one_event(tmp_path: Path) -> None:
    trio = a_trio(tmp_path)
    while last_seq(trio.a) < 500:
        an_accepted_case(trio.a, a_draft(P02))
    last = last_seq(trio.a)
    (bad,) = max(rows_of(trio.a, "journal", "seq", "type = 'CaseAccepted' AND seq < 300"))

    def spoil(seq: int, line: bytes) -> bytes:
        return line.replace(b'"area":"urban"', b'"area":"moon"') if seq == bad else line

    (row,) = take(trio.district, forged(trio, trio.a, spoil))
    assert (row.state, row.fresh, len(row.aside)) == (PlanState.READY, last, 1)
    held = streams.held(trio.district.context().file, trio.a.desk.genesis.desk_id)
    assert held is not None
    assert held.place.seq == last  # the checkpoint moves all the same
    cases = len(rows_of(trio.a, "cases", "case_id"))
    assert len(rows_of(trio.district, "cases", "case_id")) == cases - 1
    require_sound(trio.district)
    trio.close()


def test_nothing_outside_names_a_person(tmp_path: Path) -> None:
    trio = a_trio(tmp_path)
    pay_somebody(trio.a)
    file = send(trio, trio.a)
    planned = receiving.plan(trio.district.context(), [file])
    receiving.take(trio.district.context(), planned)
    answer = send(trio, trio.district, trio.a)
    (slip,) = sync.bundles(trio.a.context())
    said = f"{planned.rows} {slip} {file.name} {answer.name}"
    for text in (P01.number, P01.name, P01.phone):
        assert text not in said
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            needle = text.encode(encoding)
            assert needle not in file.read_bytes()
            assert needle not in answer.read_bytes()
    trio.close()
