"""What the ledger reads: cases of the days asked for, found by acceptance, payment or red entry."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.ledger import LedgerFilter
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import cases
from reliefdesk.storage import ledger
from tests.builders import TestDesk, a_pay_order, an_approved_case
from tests.services.money import opened, pay, reverse, sign


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def seen_on(made: TestDesk, day: date) -> bool:
    wanted = LedgerFilter(since=day, until=day)
    return bool(list(ledger.cases_wanted(made.context().file, wanted)))


def test_a_case_is_seen_on_the_days_something_happened_to_its_money(made: TestDesk) -> None:
    first = date(2021, 3, 10)
    found = an_approved_case(made)
    made.clock.advance(timedelta(days=2))
    paid = pay(made, a_pay_order(made, found))
    sign(made, paid.receipt_no)
    made.clock.advance(timedelta(days=2))
    reverse(made, paid.receipt_no)
    seen = [day for day in range(6) if seen_on(made, first + timedelta(days=day))]
    assert seen == [0, 2, 4]


def test_numbers_carry_the_state_of_their_receipt(made: TestDesk) -> None:
    found = an_approved_case(made)
    paid = pay(made, a_pay_order(made, found))
    sign(made, paid.receipt_no)
    day = made.context().today
    (number,) = ledger.numbers_of(made.context().file, day, day)[found.case_id]
    assert number.state is ReceiptState.SIGNED
    assert number.payment.receipt_no == paid.receipt_no
    assert ledger.investigation(made.context().file, found.case_id) is None
    assert cases.case(made.context(), found.case_id).paid == paid.amount
