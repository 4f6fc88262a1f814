"""Relief by bank or in kind: in the case, the year and the ledger, never in a drawer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.budgets import FundSource
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import CaseChangedError
from reliefdesk.domain.ledger import PayMethod, year_filter
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.domain.payments import (
    AlreadyPaidError,
    NotPayableError,
    OverCapError,
    OverGrantedError,
)
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.receipts import SecondPersonError
from reliefdesk.domain.transfers import (
    AccountError,
    GoodsMissingError,
    ReturnReasonError,
    Transfer,
    TransferMethod,
    TransferOrder,
    TransferReturnedError,
    TransferUnknownError,
    VoucherMissingError,
)
from reliefdesk.services import cases, cash, ledger, payments, transfers
from reliefdesk.storage import verification
from tests.builders import (
    TestDesk,
    a_pay_order,
    an_accepted_case,
    an_approved_case,
    enter,
)
from tests.services.money import opened, pay
from tests.services.test_sheets import paper


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def an_order(made: TestDesk, found: Case, yuan: str = "2000") -> TransferOrder:
    return TransferOrder(
        payment_id=made.new_payment_id(),
        case_id=found.case_id,
        method=TransferMethod.BANK,
        amount=Money.parse(yuan),
        voucher="HD20210310-1",
        account="6222 0000 1111 2222",
        fund_source=FundSource.REGION,
    )


def give(made: TestDesk, order: TransferOrder) -> Transfer:
    version = cases.case(made.context(), order.case_id).version
    return transfers.give(
        made.context("出纳丁"), order, seen_version=version, officer=made.officer("出纳丁")
    ).result


def back(
    made: TestDesk, given: Transfer, *, second: str = "记账戊", reason: str = "户名不符"
) -> None:
    transfers.give_back(
        made.context("出纳丁"),
        given.details.payment_id,
        reason,
        officer=made.officer("出纳丁"),
        second=made.officer(second),
    )


def test_a_transfer_pays_the_case_and_leaves_drawer_and_numbers_alone(made: TestDesk) -> None:
    found = an_approved_case(made)
    given = give(made, an_order(made, found))
    after = cases.case(made.context(), found.case_id)
    assert (after.rest.fen, after.paid.figures) == (0, "2,000.00")
    assert cash.balance(made.context()).figures == "10,000.00"
    assert payments.of_case(made.context(), found.case_id) == ()
    assert given.details.account == "************2222"
    assert verification.verify(made.context().file).good


def test_goods_and_cash_share_one_grant(made: TestDesk) -> None:
    found = an_approved_case(made)
    goods = replace(
        an_order(made, found, "500"), method=TransferMethod.GOODS, account="", goods="棉被2床"
    )
    give(made, goods)
    order = a_pay_order(made, cases.case(made.context(), found.case_id))
    assert order.amount.figures == "1,500.00"
    pay(made, order)
    with pytest.raises(AlreadyPaidError):
        give(made, an_order(made, found, "0.01"))


def test_the_ledger_shows_transfers_and_its_cash_part_is_the_journals(made: TestDesk) -> None:
    found = an_approved_case(made)
    give(made, an_order(made, found, "1200"))
    pay(made, a_pay_order(made, cases.case(made.context(), found.case_id)))
    book = ledger.ledger(made.context(), year_filter(2021))
    (row,) = book.rows
    assert (row.method, row.paid.figures, row.paid_cash.figures) == (
        PayMethod.SEVERAL,
        "2,000.00",
        "800.00",
    )
    assert [each.receipt_no for each in row.payments][1] == "HD20210310-1"
    assert (book.totals.payments, book.totals.paid_cash.figures) == (2, "800.00")
    today = made.context().today
    assert cash.journal(made.context(), today, today).sums.outgo == book.totals.paid_cash
    said = paper(ledger.ledger_pdf(made.context(), year_filter(2021)))
    assert "￥2,000.00其中现金￥800.00" in said


def test_what_came_back_may_be_paid_anew_and_counts_on_its_own_day(made: TestDesk) -> None:
    found = an_approved_case(made)
    given = give(made, an_order(made, found))
    made.clock.advance(timedelta(days=40))
    back(made, given)
    assert cases.case(made.context(), found.case_id).rest.figures == "2,000.00"
    whole = ledger.ledger(made.context(), year_filter(2021)).totals
    assert (whole.paid.fen, whole.payments) == (0, 0)
    month = replace(year_filter(2021), until=given.details.paid_on)
    assert ledger.ledger(made.context(), month).totals.paid.figures == "2,000.00"
    with pytest.raises(TransferReturnedError):
        back(made, given)


def test_coming_back_needs_a_reason_and_somebody_else(made: TestDesk) -> None:
    given = give(made, an_order(made, an_approved_case(made)))
    with pytest.raises(ReturnReasonError):
        back(made, given, reason=" ")
    with pytest.raises(SecondPersonError):
        back(made, given, second="出纳丁")
    with pytest.raises(TransferUnknownError):
        transfers.transfer(made.context(), made.new_payment_id())


def test_a_transfer_tells_account_voucher_and_goods(made: TestDesk) -> None:
    order = an_order(made, an_approved_case(made))
    for wrong, error in (
        (replace(order, account="62220"), AccountError),
        (replace(order, account="6222-0000-1111"), AccountError),
        (replace(order, voucher=" "), VoucherMissingError),
        (replace(order, method=TransferMethod.GOODS, goods=""), GoodsMissingError),
        (replace(order, amount=Money.parse("2000.01")), OverGrantedError),
    ):
        with pytest.raises(error):
            give(made, wrong)


def test_a_transfer_needs_a_decision_the_seat_and_the_case_as_it_is(made: TestDesk) -> None:
    with pytest.raises(NotPayableError):
        give(made, an_order(made, an_accepted_case(made)))


def test_only_the_cashier_gives_and_only_on_what_the_window_saw(made: TestDesk) -> None:
    found = an_approved_case(made)
    order = an_order(made, found)
    with pytest.raises(CaseChangedError):
        transfers.give(made.context(), order, seen_version=0, officer=made.officer("出纳丁"))
    with pytest.raises(SeatMissingError):
        transfers.give(
            made.context(), order, seen_version=found.version, officer=made.officer("记账戊")
        )


def test_asking_again_gives_once(made: TestDesk) -> None:
    order = an_order(made, an_approved_case(made))
    assert give(made, order) == give(made, order)


def test_the_cap_of_the_payment_day_holds_for_transfers_too(made: TestDesk) -> None:
    found = an_approved_case(made)
    day = PolicyRowDraft(
        key=PolicyKey.STANDARD_DAY,
        value="payment",
        valid_from=made.context().today,
        document="虚构9号",
    )
    enter(made, day)
    low = PolicyRowDraft(
        key=PolicyKey.CAP_MULTIPLIER,
        value="2",
        valid_from=made.context().today,
        document="虚构10号",
    )
    enter(made, low)
    with pytest.raises(OverCapError):
        give(made, an_order(made, found))
    assert len(give(made, an_order(made, found, "1620")).details.uses) == 3
