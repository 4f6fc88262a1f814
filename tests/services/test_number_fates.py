"""Claims about 号码去向: every number of every kind once, summing to the journal."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.domain.number_fates import NumberFate, NumberKind, missing_numbers, net_of
from reliefdesk.services import number_fates, recoveries
from reliefdesk.storage import payments as stored_payments
from tests.builders import P01, P02, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.money import opened, pay, void
from tests.services.padding import a_pad, an_entry_order, enter, give_back, spoil
from tests.services.recovering import an_open_claim, repay


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk where every kind of number has met every kind of fate."""
    for desk in opened(tmp_path):
        every_fate(desk)
        yield desk


def every_fate(made: TestDesk) -> None:
    found = an_approved_case(made, a_draft(P01))
    paid = pay(made, a_pay_order(made, found))
    void(made, paid.receipt_no, a_pay_order(made, found, yuan="2000"))
    numbers = a_pad(made, 4)
    by_hand = an_approved_case(made, a_draft(P02))
    enter(made, an_entry_order(made, by_hand, numbers[1].receipt_no))
    spoil(made, numbers[0].receipt_no)
    claim = an_open_claim(made)
    repay(made, claim, "1000")
    wrong = repay(made, claim, "77").repayments[-1].details.repayment_id
    recoveries.void(
        made.context("出纳丁"),
        wrong,
        "金额写错",
        officer=made.officer("出纳丁"),
        second=made.officer("记账戊"),
    )
    give_back(made, numbers)


def of(made: TestDesk) -> tuple[NumberFate, ...]:
    return number_fates.fates(made.context(), 2021)


def text_of(pdf: bytes) -> str:
    return "".join(
        "".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages
    )


def test_every_number_stands_exactly_once(made: TestDesk) -> None:
    numbers = [each.number for each in of(made)]
    assert len(numbers) == len(set(numbers)) == 9
    assert missing_numbers(of(made)) == ()
    assert [each.state for each in of(made)] == [
        "已收款",
        "作废",
        "作废",
        "已开具",
        "写坏作废",
        "已签领",
        "未用交回",
        "未用交回",
        "已签领",
    ]


def test_the_numbers_sum_to_the_journal(made: TestDesk) -> None:
    paid = net_of(of(made), NumberKind.RECEIPT, NumberKind.PAD)
    assert paid == stored_payments.net_total(made.context().file)
    (claim,) = recoveries.listed(made.context())
    assert net_of(of(made), NumberKind.REPAYMENT) == claim.repaid


def test_a_fate_names_who_when_why_and_what_follows(made: TestDesk) -> None:
    by_number = {each.number[-9:]: each for each in of(made) if each.number.startswith("XJ")}
    void_one, spoilt, by_hand = (by_number[f"21-{n:06d}"] for n in (1, 3, 4))
    assert (void_one.who, void_one.second, void_one.link[-6:]) == ("出纳丁", "记账戊", "000002")
    assert (spoilt.second, spoilt.reason, spoilt.amount.fen) == ("记账戊", "写错字", 0)
    assert "手工付款" in by_hand.reason
    assert by_hand.kind is NumberKind.PAD


def test_the_list_on_paper_has_them_all_and_their_sum(made: TestDesk) -> None:
    text = text_of(number_fates.numbers_pdf(made.context(), 2021))
    for each in of(made):
        assert each.number in text
    assert "缺号：无" in text
    assert "收回￥1,000.00" in text


def test_void_reversed_and_spoilt_numbers_stand_in_the_register(made: TestDesk) -> None:
    paper = number_fates.void_register(made.context(), 2021)
    text = text_of(paper.pdf)
    assert "合计3号" in text
    for number in (
        "XJ-150302003-2021-000001",
        "XJ-150302003-2021-000003",
        "SK-150302003-2021-000002",
    ):
        assert number in text


def test_other_years_have_their_own_list(made: TestDesk) -> None:
    assert number_fates.fates(made.context(), 2022) == ()
