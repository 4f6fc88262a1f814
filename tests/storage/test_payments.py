"""Money rows resist every tool that speaks SQL, and payments read back exactly as recorded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.ids import PaymentId
from reliefdesk.domain.money import Money
from reliefdesk.domain.payments import PaymentReversed, Proxy, moved
from reliefdesk.errors import BugError
from reliefdesk.services.recording import record
from reliefdesk.storage import payments
from reliefdesk.storage.sqlcipher import IntegrityError
from tests.builders import (
    P02,
    TestDesk,
    a_draft,
    a_pay_order,
    an_approved_case,
)
from tests.services.money import a_signed_payment, opened, pay, reverse

TABLES = ("payments", "payment_undoings", "cash_entries", "receipt_prints", "journal")


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


@pytest.fixture
def busy(made: TestDesk) -> TestDesk:
    """A desk with a payment, a print, a signature and a red entry."""
    paid = a_signed_payment(made, an_approved_case(made))
    reverse(made, paid.receipt_no)
    return made


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET seq = seq + 1"])
def test_money_rows_are_never_updated_or_deleted(busy: TestDesk, table: str, sql: str) -> None:
    file = busy.context().file
    before = file.rows(f"SELECT * FROM {table}")
    assert before
    with pytest.raises(IntegrityError, match="never"):
        file.connection.execute(sql.format(table))
    assert [tuple(row) for row in file.rows(f"SELECT * FROM {table}")] == [
        tuple(row) for row in before
    ]


@pytest.mark.parametrize("table", TABLES)
def test_money_rows_are_not_replaced(busy: TestDesk, table: str) -> None:
    with pytest.raises(IntegrityError):
        busy.context().file.connection.execute(
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        )


def test_a_payment_reads_back_exactly_as_recorded(made: TestDesk) -> None:
    proxy = Proxy(name="子", number="150302200501019980", relation="女儿", authorisation="委")
    order = replace(a_pay_order(made, an_approved_case(made)), proxy=proxy, remark="雨天")
    paid = pay(made, order)
    file = made.context().file
    assert payments.payment(file, paid.payment_id) == paid
    assert payments.by_receipt(file, paid.receipt_no) == paid
    assert paid.details.proxy == proxy


def test_the_net_of_payments_leaves_out_what_was_taken_back(busy: TestDesk) -> None:
    pay(busy, a_pay_order(busy, an_approved_case(busy, a_draft(P02, yuan="300"))))
    file = busy.context().file
    assert payments.net_total(file) == Money.parse("300")
    (first, second) = payments.touching(file, date(2021, 3, 10), date(2021, 3, 10))
    assert payments.net_paid(file, first.details.case_id) == Money(0)
    assert payments.net_paid(file, second.details.case_id) == Money.parse("300")


def test_a_payment_moves_the_day_it_is_made_and_the_day_it_is_taken_back(made: TestDesk) -> None:
    paid = a_signed_payment(made, an_approved_case(made))
    made.clock.advance(timedelta(days=1))
    undone = reverse(made, paid.receipt_no).undone
    first = date(2021, 3, 10)
    second = first + timedelta(days=1)
    assert moved([undone], first, first) == Money.parse("2000")
    assert moved([undone], second, second) == -Money.parse("2000")
    assert moved([undone], first, second) == Money(0)


def test_an_undoing_of_nothing_and_a_replacement_of_what_stands_are_bugs(made: TestDesk) -> None:
    paid = pay(made, a_pay_order(made, an_approved_case(made)))
    event = PaymentReversed(
        reversal_id=made.new_payment_id(),
        payment_id=PaymentId("none"),
        case_id=paid.details.case_id,
        receipt_no=paid.receipt_no,
        amount=paid.amount,
        reason="无",
        cashier=paid.details.cashier,
        second=made.by_name["记账戊"],
        reversed_on=paid.details.paid_on,
    )
    doubled = replace(
        paid.details,
        payment_id=made.new_payment_id(),
        receipt_no=type(paid.receipt_no)("XJ-150302003-2021-000002"),
        replaces=paid.receipt_no,
    )
    for wrong in (event, doubled):
        with pytest.raises(BugError), made.context().file.transaction():
            record(made.context(), wrong)
    assert len(payments.of_case(made.context().file, paid.details.case_id)) == 1
