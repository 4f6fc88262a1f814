"""Claims about packs for reimbursement: what is due, one pack at most, answers, red entries."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from reliefdesk.domain.ids import PackId
from reliefdesk.domain.reimbursements import (
    NotInPackError,
    Pack,
    PackEmptyError,
    PackOrder,
    PackState,
    PackStateError,
    PackTextError,
    ReceiptPackedError,
)
from reliefdesk.services import reimbursements
from reliefdesk.services.reimbursements import Answer
from reliefdesk.storage import verification
from tests.builders import P01, P02, TestDesk, a_draft, a_pay_order, an_approved_case
from tests.services.counter import somebody
from tests.services.money import a_signed_payment, opened, pay, reverse


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk with two signed receipts and one that nobody signed."""
    for desk in opened(tmp_path):
        a_signed_payment(desk, an_approved_case(desk, a_draft(P01, yuan="700")))
        a_signed_payment(desk, an_approved_case(desk, a_draft(P02, yuan="300.50")))
        yield desk


def make(made: TestDesk, pack_id: str = "") -> Pack:
    today = made.context().today
    order = PackOrder(
        pack_id=PackId(pack_id or made.ids.new()), since=today.replace(day=1), until=today
    )
    context = made.context("出纳丁")
    return reimbursements.make(context, order, officer=made.officer("出纳丁")).result


def hand_in(made: TestDesk, found: Pack) -> Pack:
    return reimbursements.hand_in(
        made.context("出纳丁"), found.details.pack_id, "财务庚", officer=made.officer("出纳丁")
    ).result


def answer(made: TestDesk, found: Pack, *returned: str, reason: str = "缺指印") -> Pack:
    said = Answer(document="付〔2021〕8号", returned=returned, reason=reason)
    return reimbursements.answer(
        made.context("出纳丁"), found.details.pack_id, said, officer=made.officer("出纳丁")
    ).result


def test_a_pack_takes_what_is_signed_and_only_once(made: TestDesk) -> None:
    found = make(made, "a")
    assert found.details.total.figures == "1,000.50"
    assert found.details.pack_no == "BZ-150302003-2021-0001"
    assert make(made, "a") == found  # a window asking again
    with pytest.raises(PackEmptyError):
        make(made)


def test_an_unsigned_receipt_waits(made: TestDesk) -> None:
    make(made)
    third = an_approved_case(made, a_draft(somebody(3), yuan="10"))
    pay(made, a_pay_order(made, third))
    with pytest.raises(PackEmptyError):
        make(made)


def test_what_finance_returns_goes_into_the_next_pack(made: TestDesk) -> None:
    found = answer(made, hand_in(made, make(made)), "2")
    assert (found.state, found.returned) == (PackState.ANSWERED, 1)
    assert found.accepted.figures == "700.00"
    again = make(made)
    assert [line.receipt_no[-6:] for line in again.details.lines] == ["000002"]


def test_an_answer_names_receipts_of_the_pack_and_says_why(made: TestDesk) -> None:
    found = hand_in(made, make(made))
    with pytest.raises(NotInPackError):
        answer(made, found, "9")
    with pytest.raises(PackTextError):
        answer(made, found, "1", reason=" ")


def test_acts_follow_one_another(made: TestDesk) -> None:
    found = make(made)
    with pytest.raises(PackStateError):
        answer(made, found)
    hand_in(made, found)
    with pytest.raises(PackStateError):
        hand_in(made, found)
    with pytest.raises(PackStateError):
        reimbursements.dissolve(
            made.context("出纳丁"), found.details.pack_id, "错", officer=made.officer("出纳丁")
        )


def test_a_dissolved_pack_sets_its_receipts_free(made: TestDesk) -> None:
    found = make(made)
    reimbursements.dissolve(
        made.context("出纳丁"), found.details.pack_id, "日期错", officer=made.officer("出纳丁")
    )
    assert make(made).details.total == found.details.total


def test_a_receipt_on_its_way_is_not_reversed(made: TestDesk) -> None:
    make(made)
    with pytest.raises(ReceiptPackedError):
        reverse(made, "XJ-150302003-2021-000001")


def test_a_reversal_after_reimbursement_is_a_red_line_of_the_next_pack(made: TestDesk) -> None:
    answer(made, hand_in(made, make(made)))
    made.clock.advance(timedelta(days=1))
    reverse(made, "XJ-150302003-2021-000001")
    red = make(made)
    assert red.details.total.figures == "-700.00"
    text = text_of(made, red)[0]
    assert "（红字）人民币柒佰元整" in text


def text_of(made: TestDesk, found: Pack) -> list[str]:
    paper = reimbursements.pack_paper(made.context("出纳丁"), found.details.pack_id)
    pages = PdfReader(io.BytesIO(paper.pdf)).pages
    return ["".join(page.extract_text().split()) for page in pages]


def test_list_totals_and_second_copies_are_one_file(made: TestDesk) -> None:
    pages = text_of(made, make(made))
    assert len(pages) == 3
    assert "附单据第二联2张合计￥1,000.50（大写）人民币壹仟元零伍角整" in pages[0]
    assert all("副本" in page and "第二联" in page for page in pages[1:])


def test_replay_gives_the_same_tables(made: TestDesk) -> None:
    answer(made, hand_in(made, make(made)), "1")
    make(made)
    assert verification.verify(made.context().file).good
