"""The drawer's papers say what is recorded, bear the same number again, and carry the head."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.domain.cash import EntryUnknownError, FloatDraft
from reliefdesk.domain.counts import CountUnknownError
from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.handovers import HandoverUnknownError
from reliefdesk.domain.ids import CountId, EntryId, HandoverId
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import cash, closings, drawer_papers, verification
from tests.builders import MORNING, TestDesk, a_desk, a_pay_order, an_approved_case, enter
from tests.documents.papers import codes_on
from tests.services.drawer import (
    FIRST,
    SECOND,
    cashier,
    close,
    count,
    explain,
    hand_over,
    opened,
    post,
)
from tests.services.money import pay, void
from tests.services.padding import a_pad, an_entry_order, give_back, spoil
from tests.services.padding import enter as enter_by_hand


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def told(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_the_count_sheet_tells_pieces_sums_difference_and_its_fate(made: TestDesk) -> None:
    found = explain(made, count(made, "9983.5"))
    waiting = told(drawer_papers.count_sheet(made.context(FIRST), found.count_id))
    for words in ("PD-150302003-2021-0001", "9,983.50", "￥16.50人民币壹拾陆元伍角整", "待处理"):
        assert words in waiting
    post(made, found)
    after = told(drawer_papers.count_sheet(made.context(FIRST), found.count_id))
    assert "已入账，批准：批1号（审批丙）" in after
    assert "监盘人记账戊（签字）" in after


def test_the_day_sheet_sums_by_kind_and_names_the_numbers(made: TestDesk) -> None:
    first = pay(made, a_pay_order(made, an_approved_case(made))).receipt_no
    void(made, first)
    count(made, "10000")
    text = told(drawer_papers.day_sheet(made.context(FIRST), close(made).details.closing_id))
    for words in (
        "使用1号000001",
        "作废1号000001",
        "红冲0号无",
        "发放12,000.00",
        "期末余额10,000.00",
    ):
        assert words in text
    assert "作废冲回1-2,000.00" in text


def test_the_day_sheet_explains_every_number_of_the_day_also_those_of_blank_receipts(
    made: TestDesk,
) -> None:
    numbers = a_pad(made, 3)
    spoil(made, numbers[0].receipt_no)
    order = an_entry_order(made, an_approved_case(made), numbers[1].receipt_no)
    enter_by_hand(made, order)
    count(made, "8000")
    closed = close(made).details.closing_id
    before = drawer_papers.day_sheet(made.context(FIRST), closed)
    for words in ("使用1号000002", "领应急单3号000001、000002、000003", "应急单写坏1号000001"):
        assert words in told(before)
    assert "应急单交回" not in told(before)
    made.clock.advance(timedelta(hours=1))
    give_back(made, numbers)  # after the close: the sheet stays what it was
    assert drawer_papers.day_sheet(made.context(FIRST), closed) == before
    made.clock.advance(timedelta(days=1))
    count(made, "8000")
    following = drawer_papers.day_sheet(made.context(FIRST), close(made).details.closing_id)
    assert "应急单交回1号000003" in told(following)
    assert "领应急单" not in told(following)


def test_the_code_on_the_day_sheet_is_the_head_that_verification_reads(made: TestDesk) -> None:
    count(made, "10000")
    closed = close(made)
    (codes,) = codes_on(drawer_papers.day_sheet(made.context(FIRST), closed.details.closing_id))
    head = verification.read_head(codes[0])
    assert head.seq == closed.seq
    assert verification.verify(made.context(), [head]).good


def test_a_paper_printed_again_later_is_the_same(made: TestDesk) -> None:
    count(made, "10000")
    closed = close(made).details.closing_id
    before = drawer_papers.day_sheet(made.context(FIRST), closed)
    made.clock.set(MORNING.replace(year=2022))
    count(made, "10000")
    close(made)
    assert drawer_papers.day_sheet(made.context(FIRST), closed) == before
    assert closings.listed(made.context(), MORNING.date(), MORNING.date())


def test_the_day_sheet_says_what_is_beyond_the_limit(made: TestDesk) -> None:
    row = PolicyRowDraft(
        key=PolicyKey.CASH_TOTAL_LIMIT,
        value="8000.00",
        valid_from=made.context().today,
        document="虚构6号",
    )
    enter(made, row)
    count(made, "10000")
    text = told(drawer_papers.day_sheet(made.context(FIRST), close(made).details.closing_id))
    assert "￥2,000.00人民币贰仟元整，应送存" in text


def test_the_handover_sheet_names_both_and_what_stays_behind(made: TestDesk) -> None:
    explain(made, count(made, "9980"))
    moved = hand_over(made)
    text = told(drawer_papers.handover_sheet(made.context(FIRST), moved.details.handover_id))
    for words in (
        f"移交人{FIRST}",
        f"接收人{SECOND}",
        "￥9,980.00",
        "留移交人账上￥20.00",
        "短款￥20.00",
    ):
        assert words in text


def test_the_float_slip_ticks_what_it_is_and_lists_what_followed(made: TestDesk) -> None:
    back = FloatDraft(
        entry_id=EntryId("back"), amount=Money.parse("400"), approval="备9号", source="财务室"
    )
    cash.return_float(made.context(FIRST), back, officer=cashier(made))
    today = made.context().today
    returned, claimed = cash.floats(made.context(), today, today)
    first = told(drawer_papers.float_slip(made.context(FIRST), EntryId(claimed.entry_id)))
    assert "BY-150302003-2021-0001" in first
    assert "备用金归还备9号400.00" in first
    second = told(drawer_papers.float_slip(made.context(FIRST), EntryId(returned.entry_id)))
    assert "办理前余额10,000.00办理后余额9,600.00" in second


def test_papers_of_a_training_desk_say_so(tmp_path: Path) -> None:
    made = a_desk(tmp_path / "training", kind=DeskKind.TRAINING)
    today = made.context().today
    (entry,) = cash.floats(made.context(), today, today)
    slip = drawer_papers.float_slip(made.context("出纳丁"), EntryId(entry.entry_id))
    assert "（演练，不作凭证）" in told(slip)
    made.desk.close()


def test_papers_of_what_was_never_recorded_are_refused(made: TestDesk) -> None:
    context = made.context(FIRST)
    with pytest.raises(EntryUnknownError):
        drawer_papers.float_slip(context, EntryId("nothing"))
    with pytest.raises(CountUnknownError):
        drawer_papers.count_sheet(context, CountId("nothing"))
    with pytest.raises(HandoverUnknownError):
        drawer_papers.handover_sheet(context, HandoverId("nothing"))
