"""Claims about blank receipts for a power cut: numbers, entries, honest instants, warnings."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.pads import (
    HandWarning,
    PadDayError,
    PadEmptyError,
    PadNumber,
    PadNumberError,
    PadReasonError,
    PadSizeError,
    PadState,
)
from reliefdesk.domain.payments import AlreadyPaidError, NotPayableError
from reliefdesk.domain.print_jobs import JobState, JobUnclearError
from reliefdesk.domain.receipts import ReceiptState, ReprintReasonError, SecondPersonError
from reliefdesk.services import cash, number_fates, pad_papers, pads, payments, print_jobs, receipts
from reliefdesk.services.receipts import ReceiptForm
from reliefdesk.storage import sqlcipher, verification
from tests.builders import P02, TestDesk, a_draft, a_pay_order, an_accepted_case, an_approved_case
from tests.documents.papers import page_texts
from tests.services.drawer import close, count
from tests.services.money import opened, pay
from tests.services.padding import (
    a_pad,
    an_entry_order,
    enter,
    give_back,
    spoil,
    without_approval,
)

PREFIX = "XJ-150302003-2021-00000"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk with a float of 10,000."""
    yield from opened(tmp_path)


def test_a_pad_takes_the_next_numbers_and_payments_go_on_after_it(made: TestDesk) -> None:
    found = an_approved_case(made)
    numbers = a_pad(made, 3)
    assert [each.receipt_no for each in numbers] == [f"{PREFIX}{n}" for n in (1, 2, 3)]
    assert pay(made, a_pay_order(made, found)).receipt_no == f"{PREFIX}4"
    assert receipts.faults(made.context()) == ()


def test_a_hand_written_receipt_is_entered_under_its_number_and_real_day(made: TestDesk) -> None:
    found, numbers = an_approved_case(made), a_pad(made)
    handed_on = made.context().today
    made.clock.advance(timedelta(days=1))
    done = enter(made, an_entry_order(made, found, numbers[1].receipt_no, on=handed_on))
    assert done.payment.receipt_no == numbers[1].receipt_no
    assert done.payment.details.paid_on == handed_on
    assert done.payment.paid_at == made.clock.now()  # the instant of entry is honest
    receipt = receipts.receipt(made.context(), numbers[1].receipt_no)
    assert (receipt.state, receipt.signed_on) == (ReceiptState.SIGNED, handed_on)
    assert cash.balance(made.context()).figures == "8,000.00"


def test_a_number_is_entered_once(made: TestDesk) -> None:
    numbers = a_pad(made)
    order = an_entry_order(made, an_approved_case(made), numbers[0].receipt_no)
    assert enter(made, order).payment == enter(made, order).payment  # a window asking again
    other = an_approved_case(made, a_draft(P02))
    with pytest.raises(PadNumberError):
        enter(made, an_entry_order(made, other, numbers[0].receipt_no))


def test_a_number_outside_a_pad_is_not_entered(made: TestDesk) -> None:
    found = an_approved_case(made)
    a_pad(made, 1)
    for number in (f"{PREFIX}2", "XJ-1"):
        with pytest.raises(PadNumberError):
            enter(made, an_entry_order(made, found, number))


def test_the_real_day_lies_between_the_pad_and_today(made: TestDesk) -> None:
    found, (number, *_) = an_approved_case(made), a_pad(made)
    today = made.context().today
    for on in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(PadDayError):
            enter(made, an_entry_order(made, found, number.receipt_no, on=on))
    with pytest.raises(PadReasonError):
        enter(made, replace(an_entry_order(made, found, number.receipt_no), reason=" "))


def test_what_was_never_granted_is_not_entered(made: TestDesk) -> None:
    found, (number, *_) = an_accepted_case(made), a_pad(made)
    order = replace(
        an_entry_order(made, found, number.receipt_no),
        pay=a_pay_order(made, found, yuan="2000"),
    )
    with pytest.raises(NotPayableError):
        enter(made, order)
    assert pads.numbers(made.context())[0].state is PadState.BLANK  # nothing was half done


def test_nobody_is_paid_twice_through_a_pad(made: TestDesk) -> None:
    found, (number, *_) = an_approved_case(made), a_pad(made)
    pay(made, a_pay_order(made, found))
    order = replace(
        an_entry_order(made, found, number.receipt_no),
        pay=a_pay_order(made, found, yuan="2000"),
    )
    with pytest.raises(AlreadyPaidError):
        enter(made, order)


def test_what_could_not_be_checked_by_hand_is_told(made: TestDesk) -> None:
    numbers = a_pad(made)
    handed_on = made.context().today
    made.clock.advance(timedelta(days=1))
    found = an_approved_case(made, a_draft(at=made.clock.now()))
    order = an_entry_order(made, found, numbers[0].receipt_no, on=handed_on)
    warned = enter(made, without_approval(order)).warnings
    assert set(warned) == {
        HandWarning.NOT_PRINTED,
        HandWarning.CASH_APPROVAL,
        HandWarning.CASE_LATER,
        HandWarning.APPROVED_LATER,
    }


def test_a_closed_day_stays_closed_and_the_entry_is_booked_today(made: TestDesk) -> None:
    found, numbers = an_approved_case(made), a_pad(made)
    handed_on = made.context().today
    count(made, "10000")
    close(made)
    made.clock.advance(timedelta(days=1))
    done = enter(made, an_entry_order(made, found, numbers[0].receipt_no, on=handed_on))
    assert done.payment.details.paid_on == made.context().today
    assert HandWarning.BOOKED_TODAY in done.warnings
    receipt = receipts.receipt(made.context(), numbers[0].receipt_no)
    assert receipt.signed_on == handed_on


def test_a_reprint_of_a_hand_written_receipt_is_marked(made: TestDesk) -> None:
    found, (number, *_) = an_approved_case(made), a_pad(made)
    enter(made, an_entry_order(made, found, number.receipt_no))
    done = receipts.print_receipt(
        made.context("出纳丁"), number.receipt_no, ReceiptForm.A5, reason="原件污损"
    )
    text = "".join(PdfReader(io.BytesIO(done.result)).pages[0].extract_text().split())
    assert "补打第1次" in text
    assert "停电手工单，2021-03-10补录" in text
    journal = cash.journal(made.context(), made.context().today, made.context().today)
    said = [line.entry.summary for line in journal.lines if line.entry is not None]
    assert "测试甲（停电手工单补录）" in said[-1]


def test_spoilt_and_unused_numbers_have_their_fate_and_a_second_person(made: TestDesk) -> None:
    numbers = a_pad(made, 4)
    with pytest.raises(SecondPersonError):
        spoil(made, numbers[0].receipt_no, second="出纳丁")
    assert spoil(made, numbers[0].receipt_no).state is PadState.SPOILT
    states = [each.state for each in give_back(made, numbers)]
    assert states == [PadState.SPOILT, PadState.UNUSED, PadState.UNUSED, PadState.UNUSED]
    with pytest.raises(PadEmptyError):
        give_back(made, numbers)
    with pytest.raises(PadNumberError):
        spoil(made, numbers[1].receipt_no)


def test_a_pad_has_one_to_fifty_numbers(made: TestDesk) -> None:
    for size in (0, 51):
        with pytest.raises(PadSizeError):
            a_pad(made, size)
    assert len(a_pad(made, 50)) == 50


def test_the_database_itself_refuses_a_blank_number_as_a_payment(made: TestDesk) -> None:
    a_pad(made, 2)
    file = made.context().file
    with pytest.raises(sqlcipher.IntegrityError), file.transaction():
        file.execute(
            "INSERT INTO receipts VALUES (?, 'XJ', '150302003', 2021, 2, 'p', 'c', 'issued', 0, "
            "'2021-03-10', NULL, NULL, NULL, '', NULL, NULL, '')",
            (f"{PREFIX}2",),
        )


def sheets(
    made: TestDesk,
    numbers: tuple[PadNumber, ...],
    *,
    only: ReceiptNo | None = None,
    reason: str = "",
) -> list[str]:
    """Print blank receipts as the cashier and hand them over; give the text of each page."""
    context, pad_id = made.context("出纳丁"), numbers[0].pad_id
    paper = pad_papers.print_blank(context, pad_id, only=only, reason=reason).result
    print_jobs.move(context, paper.number, JobState.HANDED)
    return ["".join(text.split()) for text in page_texts(paper.pdf)]


def test_blank_receipts_bear_their_numbers_on_three_copies(made: TestDesk) -> None:
    pages = sheets(made, a_pad(made, 2))
    assert len(pages) == 6
    assert all(f"{PREFIX}1" in page for page in pages[:3])
    assert "停电应急手工填写" in pages[0]
    assert not any("补打" in page for page in pages)


def test_no_blank_receipt_comes_out_twice_unmarked(made: TestDesk) -> None:
    numbers = a_pad(made, 2)
    sheets(made, numbers)
    for only, reason in ((None, ""), (numbers[1].receipt_no, ""), (None, "  ")):
        with pytest.raises(ReprintReasonError):
            sheets(made, numbers, only=only, reason=reason)
    pages = sheets(made, numbers, reason="锁在保险柜里取不出")
    assert len(pages) == 6
    assert all("停电应急补打第1次" in page for page in pages)


def test_one_spoilt_sheet_is_printed_again_alone_and_each_number_counts_its_own(
    made: TestDesk,
) -> None:
    numbers = a_pad(made, 3)
    sheets(made, numbers)
    alone = sheets(made, numbers, only=numbers[1].receipt_no, reason="卡纸")
    assert len(alone) == 3
    assert all(f"{PREFIX}2" in page and "补打第1次" in page for page in alone)
    pages = sheets(made, numbers, reason="整本受潮")
    assert ["补打第2次" in page for page in pages] == [False] * 3 + [True] * 3 + [False] * 3
    left = pads.of_pad(made.context(), numbers[0].pad_id)
    assert [(each.prints, each.print_reason) for each in left] == [
        (2, "整本受潮"),
        (3, "整本受潮"),
        (2, "整本受潮"),
    ]
    fates = number_fates.fates(made.context(), 2021)
    assert {each.reason for each in fates} == {"补打：整本受潮"}


def test_blank_receipts_that_never_left_the_desk_come_again_as_they_were(made: TestDesk) -> None:
    numbers = a_pad(made, 2)
    context = made.context("出纳丁")
    first, again = (pad_papers.print_blank(context, numbers[0].pad_id).result for _ in range(2))
    assert again.pdf == first.pdf
    assert pads.numbers(context)[0].prints == 1
    spoil(made, numbers[0].receipt_no)
    with pytest.raises(ReprintReasonError):  # what lies ready shows a number settled since
        pad_papers.print_blank(context, numbers[0].pad_id)


def test_a_handing_over_that_broke_off_is_asked_about(made: TestDesk) -> None:
    numbers = a_pad(made, 1)
    context = made.context("出纳丁")
    paper = pad_papers.print_blank(context, numbers[0].pad_id).result
    print_jobs.move(context, paper.number, JobState.HANDING)
    with pytest.raises(JobUnclearError):
        pad_papers.print_blank(context, numbers[0].pad_id)
    assert all("补打第1次" in page for page in sheets(made, numbers, reason="纸没有出来"))


def test_settled_numbers_are_never_printed(made: TestDesk) -> None:
    numbers = a_pad(made, 2)
    spoil(made, numbers[0].receipt_no)
    assert all(f"{PREFIX}2" in page for page in sheets(made, numbers))
    with pytest.raises(PadNumberError):
        sheets(made, numbers, only=numbers[0].receipt_no, reason="再要一张")
    give_back(made, numbers)
    with pytest.raises(PadEmptyError):
        sheets(made, numbers, reason="再要一张")


def test_a_hand_written_receipt_keeps_the_prints_of_its_blank_sheet(made: TestDesk) -> None:
    found, numbers = an_approved_case(made), a_pad(made, 2)
    sheets(made, numbers)
    sheets(made, numbers, only=numbers[0].receipt_no, reason="卡纸")
    done = enter(made, an_entry_order(made, found, numbers[0].receipt_no))
    assert HandWarning.NOT_PRINTED not in done.warnings
    rows = receipts.prints(made.context(), numbers[0].receipt_no)
    assert [(row.form, row.nth, row.reason) for row in rows] == [("pad", 0, ""), ("pad", 1, "卡纸")]
    again = receipts.print_receipt(
        made.context("出纳丁"), numbers[0].receipt_no, ReceiptForm.A5, reason="原件污损"
    )
    assert all("补打第2次" in "".join(page.split()) for page in page_texts(again.result))
    assert verification.verify(made.context().file).good


def test_a_hand_written_receipt_whose_sheet_was_never_printed_is_told(made: TestDesk) -> None:
    found, (number, *_) = an_approved_case(made), a_pad(made)
    assert (
        HandWarning.NOT_PRINTED
        in enter(made, an_entry_order(made, found, number.receipt_no)).warnings
    )
    (row,) = receipts.prints(made.context(), number.receipt_no)
    assert (row.form, row.nth) == ("pad", 0)  # it exists on paper all the same


def test_replay_gives_the_same_tables(made: TestDesk) -> None:
    numbers = a_pad(made, 4)
    enter(made, an_entry_order(made, an_approved_case(made), numbers[2].receipt_no))
    spoil(made, numbers[0].receipt_no)
    give_back(made, numbers)
    assert payments.of_case(made.context(), numbers[0].pad_id) == ()  # type: ignore[arg-type]
    assert verification.verify(made.context().file).good
