"""The database itself refuses gaps, doubles, changed numbers and steps that do not exist."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.receipts import ReceiptSeries, ReceiptSigned, ReceiptState, SignedBy
from reliefdesk.errors import BugError
from reliefdesk.services.recording import record
from reliefdesk.storage import receipts
from reliefdesk.storage.sqlcipher import IntegrityError
from tests.builders import P02, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.money import opened, pay

SERIES = ReceiptSeries(prefix="XJ", office="150302003", year=2021)
INSERT = """
INSERT INTO receipts SELECT ?, prefix, office, year, ?, ?, case_id, state, prints, issued_on,
  NULL, NULL, NULL, '', NULL, NULL, '' FROM receipts LIMIT 1
"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    for desk in opened(tmp_path):
        pay(desk, a_pay_order(desk, an_approved_case(desk)))
        yield desk


@pytest.mark.parametrize("serial", [1, 3, 4, 0, -1, 1_000_000])
def test_a_number_that_does_not_follow_is_refused(made: TestDesk, serial: int) -> None:
    with pytest.raises(IntegrityError):
        made.context().file.connection.execute(
            INSERT, (f"XJ-150302003-2021-{serial:06d}", serial, "other")
        )
    assert receipts.faults(made.context().file) == ()


def test_a_number_is_spelled_from_its_series_and_serial(made: TestDesk) -> None:
    with pytest.raises(IntegrityError, match="CHECK"):
        made.context().file.connection.execute(INSERT, ("XJ-150302003-2021-2", 2, "other"))


@pytest.mark.parametrize(
    "change",
    [
        "receipt_no = 'XJ-150302003-2021-000009'",
        "serial = 2",
        "year = 2020",
        "office = '150302007'",
        "payment_id = 'other'",
        "issued_on = '2020-01-01'",
    ],
)
def test_a_number_is_frozen(made: TestDesk, change: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"):
        made.context().file.connection.execute(f"UPDATE receipts SET {change}")


@pytest.mark.parametrize("state", ["signed", "filed", "reversed", "issued", "torn"])
def test_an_issued_number_takes_no_step_that_does_not_exist(made: TestDesk, state: str) -> None:
    with pytest.raises(IntegrityError, match="no such step"):
        made.context().file.connection.execute("UPDATE receipts SET state = ?", (state,))


def test_a_number_is_never_deleted(made: TestDesk) -> None:
    with pytest.raises(IntegrityError, match="never deleted"):
        made.context().file.connection.execute("DELETE FROM receipts")


def test_a_look_at_the_next_number_takes_nothing(made: TestDesk) -> None:
    file = made.context().file
    assert receipts.next_number(file, SERIES) == receipts.next_number(file, SERIES)
    paid = pay(made, a_pay_order(made, an_approved_case(made, a_draft(P02))))
    assert paid.receipt_no == SERIES.number(2)


def test_numbers_are_listed_by_year_and_state(made: TestDesk) -> None:
    file = made.context().file
    assert [receipt.serial for receipt in receipts.of_year(file, 2021)] == [1]
    assert receipts.of_year(file, 2022) == ()
    assert len(receipts.in_state(file, ReceiptState.ISSUED)) == 1
    assert receipts.in_state(file, ReceiptState.SIGNED) == ()


def test_an_event_about_a_number_nobody_took_is_a_bug(made: TestDesk) -> None:
    event = ReceiptSigned(
        receipt_no=ReceiptNo("XJ-150302003-2021-000009"),
        signed_on=made.context().today,
        signed_by=SignedBy.SIGNATURE,
    )
    with pytest.raises(BugError), made.context().file.transaction():
        record(made.context(), event)
