"""The drawer's table cannot owe, skip a balance or hold an empty line."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reliefdesk.domain.money import Money
from reliefdesk.storage import cash
from reliefdesk.storage.sqlcipher import IntegrityError
from tests.builders import TestDesk, an_approved_case
from tests.services.money import a_signed_payment, opened, reverse

INSERT = """
INSERT INTO cash_entries SELECT seq + 100, 'x' || seq, cashier, entered_on, entered_at, ?,
  voucher, summary, account, ?, ?, ?, NULL, NULL, NULL, '' FROM cash_entries
  ORDER BY seq DESC LIMIT 1
"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        ("payment", 0, 1_000_001, -1),  # owes
        ("payment", 0, 100, 1_000_000),  # the balance does not follow
        ("payment", 0, 0, 1_000_000),  # empty
        ("payment", 100, 100, 1_000_000),  # both sides
        ("payment", 0, -100, 1_000_100),  # a payment that brings money in
        ("reversal", 0, 100, 999_900),  # a red entry that takes money out
        ("float_in", -100, 0, 999_900),
        ("gift", 100, 0, 1_000_100),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(
    made: TestDesk, line: tuple[str, int, int, int]
) -> None:
    with pytest.raises(IntegrityError):
        made.context().file.connection.execute(INSERT, line)
    assert cash.balance(made.context().file) == Money(1_000_000)


def test_balance_and_sum_of_all_lines_agree(made: TestDesk) -> None:
    paid = a_signed_payment(made, an_approved_case(made))
    reverse(made, paid.receipt_no)
    file = made.context().file
    assert cash.drawer_sum(file) == cash.balance(file) == Money(1_000_000)
    assert len(cash.entries(file, date(2021, 3, 10), date(2021, 3, 10))) == 3


def test_carried_sums_stop_before_the_day(made: TestDesk) -> None:
    file = made.context().file
    before = cash.carry(file, date(2021, 3, 10))
    after = cash.carry(file, date(2021, 3, 11))
    assert (before.balance, after.balance) == (Money(0), Money(1_000_000))
    assert after.month == after.year
    assert cash.carry(file, date(2021, 4, 1)).month.income == Money(0)
