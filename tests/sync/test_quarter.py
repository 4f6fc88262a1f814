"""A quarter of three offices and a district: at the end the district holds what the offices hold.

200 cases and every way of a case; sticks lost, late, doubled and damaged; one office restored from
its backup, one computer lost and revoked, one office merged; every duplicate is found.
"""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from reliefdesk.domain.statistics import Month
from reliefdesk.domain.streams import EpochReason
from reliefdesk.services import cash, district_statistics, duplicates, statistics
from tests.builders import TestDesk
from tests.sync import bureau_acts
from tests.sync.merging import close as close_office
from tests.sync.merging import give, know_each_other, ordered, take_cash, take_over, to_heir
from tests.sync.parties import desk_id, require_sound, rows_of, send, take
from tests.sync.quarter import REVOKED, WEEKS, Quarter, a_quarter, end_day

CASES, DUPLICATES, KINDS = 200, 20, 70
MARCH, APRIL, MAY = (Month(2021, number) for number in (3, 4, 5))
TABLES = (
    ("cases", "case_id, case_no, person_id, stage, decision, first_relief, ended_on, due_on"),
    ("persons", "person_id, number, name, former_name"),
    ("payments", "payment_id, fen, receipt_no, paid_on"),
    ("payment_undoings", "payment_id, kind, undone_on"),
    ("receipts", "receipt_no, state, prints, file_place"),
    ("transfers", "payment_id, fen, method, paid_on"),
    ("transfer_returns", "payment_id, returned_on"),
    ("recoveries", "recovery_id, fen"),
    ("repayments", "repayment_id, fen"),
    ("filed_cases", "case_id, archive_no, filed_on"),
)
OWN = (
    ("cash_entries", "entry_id, in_fen, out_fen, balance_fen"),
    ("operators", "operator_id, name, seats, active"),
)


def held_by(made: TestDesk, table: str, columns: str, where: str = "1") -> dict[object, object]:
    """Rows by their first column."""
    return {row[0]: row for row in rows_of(made, table, columns, where)}


def merge(quarter: Quarter) -> None:
    """Office b goes into a, with open cases and cash, on this day."""
    trio = quarter.trio
    quarter.next_day()
    ordered(trio, trio.b.context().today)
    know_each_other(trio)
    left = cash.balance(trio.b.context())
    given = give(trio)
    close_office(trio)
    take(trio.a, to_heir(trio))
    take_over(trio)
    assert take_cash(trio, given, left.figures.replace(",", "")) == left
    take(trio.district, send(trio, trio.b))
    end_day(trio.a)
    quarter.merged = True


EVENTS: dict[int, Callable[[Quarter], None]] = {
    1: bureau_acts.publish,
    2: lambda quarter: quarter.back_up("c"),
    3: lambda quarter: quarter.restore("c", EpochReason.RESTORED),
    4: lambda quarter: quarter.end_of_month(MARCH),
    5: lambda quarter: quarter.back_up("b"),
    6: lambda quarter: quarter.lose("b"),
    7: bureau_acts.check,
    8: lambda quarter: quarter.end_of_month(APRIL),
    9: bureau_acts.ask,
    10: merge,
    11: bureau_acts.a_day_of_odds,
    12: bureau_acts.alike,
}
"""What happens at the end of a week besides its cases."""


@pytest.mark.timeout(600)
def test_at_the_end_of_a_quarter_the_district_holds_what_the_offices_hold(tmp_path: Path) -> None:
    played(tmp_path, seed=20210401)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_sticks_do_the_quarter_ends_alike(tmp_path: Path, seed: int) -> None:
    played(tmp_path, seed)


def played(folder: Path, seed: int) -> None:
    """Play the weeks with their events, let everything arrive, and compare."""
    quarter = a_quarter(folder, seed)
    for number in range(WEEKS):
        quarter.week(number)
        if number in EVENTS:
            EVENTS[number](quarter)
    for made in quarter.offices.values():
        quarter.settle(made)
    assert quarter.made_cases >= CASES
    every_duplicate_is_found(quarter)
    bureau_acts.decide_pairs(quarter)
    for made in quarter.offices.values():
        quarter.settle(made)
    every = (quarter.c, quarter.trio.b, quarter.trio.a)
    nothing_is_missing(quarter.trio.district, every)
    the_months_add_up(quarter)
    require_sound(*every, quarter.trio.district)
    assert len(kinds(*every, quarter.trio.district)) >= KINDS


def kinds(*desks: TestDesk) -> set[str]:
    """Every kind of event that stands in a journal or was received."""
    own = {str(row[0]) for made in desks for row in rows_of(made, "journal", "type")}
    return own | {str(row[0]) for made in desks for row in rows_of(made, "received", "event")}


def nothing_is_missing(district: TestDesk, offices: tuple[TestDesk, ...]) -> None:
    """The district's tables are the union of the offices'; the last one is heir of what it took."""
    for table, columns in TABLES:
        union = dict[object, object]()
        for made in offices:
            union |= held_by(made, table, columns)
        assert held_by(district, table, columns) == union, table
    for table, columns in OWN:
        union = {}
        for made in offices:
            union |= held_by(made, table, columns, "origin = ''")
        assert held_by(district, table, columns, "origin <> ''") == union, table
    assert rows_of(district, "received", "code", "code <> ''") <= {(REVOKED,)}


def every_duplicate_is_found(quarter: Quarter) -> None:
    """Pairs of cases of one person at two offices that gave something: found by brute force."""
    district = quarter.trio.district
    given = rows_of(district, "payments", "case_id") | rows_of(district, "transfers", "case_id")
    held = rows_of(
        district, "cases c JOIN persons p USING (person_id)", "c.case_id, p.same_key, c.origin"
    )
    helped = [row for row in held if (row[0],) in given]
    wanted = {
        frozenset((one[0], other[0]))
        for one, other in combinations(helped, 2)
        if one[1] == other[1] and one[2] != other[2]
    }
    found = duplicates.listed(district.context(), 2021)
    assert {frozenset((one.first.case.case_id, one.second.case.case_id)) for one in found} == wanted
    assert len(wanted) >= DUPLICATES


def the_months_add_up(quarter: Quarter) -> None:
    """What the district reports of a month is what the offices reported, line by line."""
    for month in (MARCH, APRIL, MAY):
        district = district_statistics.report(quarter.trio.district.context(), month)
        every = (quarter.trio.a, quarter.trio.b, quarter.c)
        own = {desk_id(made): statistics.report(made.context(), month).lines for made in every}
        assert {one.desk_id: one.report.lines for one in district.offices} == own
