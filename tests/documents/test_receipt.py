"""A receipt says everything the form must say, on each 联 what belongs there, and nothing twice."""

from collections import Counter
from datetime import date

import pytest

from reliefdesk.documents.fonts import MissingGlyphError
from reliefdesk.documents.lines import TextRoomError
from reliefdesk.documents.receipt import ReceiptForm, receipt_pdf, receipts_pdf, require_printable
from reliefdesk.documents.receipt_facts import PrintMark, ReversalMark, VoidMark
from reliefdesk.documents.receipt_stock import receipt_stock_pdf
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.masking import mask_number
from reliefdesk.domain.money import Money
from reliefdesk.domain.payments import CannotSign, Fingerprint, Proxy
from tests.documents.geometry import PageGeometry, geometry
from tests.documents.papers import (
    NUMBER,
    PRINTED,
    a_receipt,
    codes_on,
    page_sizes,
    page_texts,
    places,
)
from tests.gallery.case_facts import head_of, trained

every_form = pytest.mark.parametrize("form", list(ReceiptForm))
PLAIN = {
    ReceiptForm.A5: ReceiptForm.A5_OVERLAY,
    ReceiptForm.CONTINUOUS_241: ReceiptForm.OVERLAY_241,
}
"""Forms on plain paper, and the overlay for stock that is printed like them."""
on_plain_paper = pytest.mark.parametrize("form", list(PLAIN))
PROXY = Proxy(name="其其格", number="152601198501010024", relation="配偶", authorisation="委2021-3")


@on_plain_paper
def test_three_copies_name_themselves_their_purpose_and_their_page(form: ReceiptForm) -> None:
    pages = page_texts(receipt_pdf(a_receipt(), form=form))
    for page, (name, purpose) in enumerate(
        [("存根", "存根备查"), ("报账", "仅此联有效"), ("领款人", "领款人留存")], start=1
    ):
        assert name in pages[page - 1]
        assert purpose in pages[page - 1]
        assert f"第{page}页　共3页" in pages[page - 1]
    assert len(pages) == 3


@every_form
def test_only_the_copies_that_stay_carry_the_full_number(form: ReceiptForm) -> None:
    first, second, third = page_texts(receipt_pdf(a_receipt(proxy=PROXY), form=form))
    for number in (NUMBER, PROXY.number):
        assert number in first
        assert number in second
        assert number not in third
        assert mask_number(number) in third


@on_plain_paper
def test_every_copy_carries_the_facts_of_the_payment(form: ReceiptForm) -> None:
    told = (
        "凤凰岭街道办事处",
        "临时救助金（现金）发放领款单",
        "XJ-150302003-2021-000001",
        "AJ-150302003-2021-000007",
        "2021 年 7 月 5 日",
        "人民币贰仟肆佰叁拾元整",
        "￥2,430.00",
        "乌民发〔2021〕17号",
        "困难群众救助补助资金",
        "本人领取",
        "首次打印　2021年7月5日 10:20　操作员 李四",
        *("出纳（付款人）", "经办人", "审批人"),
        *("李四", "王五", "赵六", "钱七"),
        "监发人（证明人）",
        "指印",
        "单位公章",
    )
    for page in page_texts(receipt_pdf(a_receipt(), form=form)):
        assert [text for text in told if text not in page] == []


def test_the_pages_have_the_size_of_their_paper() -> None:
    a5 = page_sizes(receipt_pdf(a_receipt(), form=ReceiptForm.A5))
    wide = page_sizes(receipt_pdf(a_receipt(), form=ReceiptForm.CONTINUOUS_241))
    assert [(round(width), round(height)) for width, height in a5] == [(595, 420)] * 3
    assert [(round(width, 1), height) for width, height in wide] == [(683.1, 264.0)] * 3


@every_form
def test_the_code_names_case_and_receipt_and_nobody(form: ReceiptForm) -> None:
    read = codes_on(receipt_pdf(a_receipt(), form=form))
    assert read == [["RD1:XJ-150302003-2021-000001:AJ-150302003-2021-000007"]] * 3


@every_form
def test_a_look_before_the_payment_has_neither_number_nor_code(form: ReceiptForm) -> None:
    pdf = receipt_pdf(a_receipt(receipt_no=None, printed=None), form=form)
    for page in page_texts(pdf):
        assert "预览" in page
        assert "不作凭证" in page
        assert "XJ-" not in page
    assert codes_on(pdf) == [[], [], []]


@every_form
def test_a_reprint_is_marked_on_every_page(form: ReceiptForm) -> None:
    mark = PrintMark(nth=2, at=PRINTED.at, operator="斯琴高娃")
    for page in page_texts(receipt_pdf(a_receipt(printed=mark), form=form)):
        assert "补打第2次" in page
        assert "2021年7月5日 10:20　斯琴高娃" in page
        assert "首次打印" not in page


def test_the_first_print_carries_no_reprint_mark() -> None:
    assert all(
        "补打" not in page for page in page_texts(receipt_pdf(a_receipt(), form=ReceiptForm.A5))
    )


@every_form
def test_a_void_receipt_is_stamped_and_names_its_successor(form: ReceiptForm) -> None:
    void = VoidMark(
        reason="金额写错",
        second="王五",
        voided_on=date(2021, 7, 6),
        replacement="XJ-150302003-2021-000002",
    )
    for page in page_texts(receipt_pdf(a_receipt(void=void), form=form)):
        assert page.count("作废") >= 3
        assert "XJ-150302003-2021-000002号替换" in page
        assert "原因：金额写错" in page


@on_plain_paper
def test_a_reversal_is_the_red_form_and_names_what_it_cancels(form: ReceiptForm) -> None:
    back = ReversalMark(reason="重复领取", second="王五", paid_on=date(2021, 7, 5))
    facts = a_receipt(amount=Money(-243000), reversal=back, paid_on=date(2021, 7, 9))
    for page in page_texts(receipt_pdf(facts, form=form)):
        assert "（红字）人民币贰仟肆佰叁拾元整" in page
        assert "-￥2,430.00" in page
        assert "冲销2021年7月5日第XJ-150302003-2021-000001号" in page
        assert "退款人签字" in page
        assert "负" not in page.replace("负责人", "")


def test_training_paper_says_so_on_every_page() -> None:
    for page in page_texts(
        receipt_pdf(a_receipt(head=trained(head_of(MoneyForm.RECEIPT))), form=ReceiptForm.A5)
    ):
        assert page.count("演练") == 4
        assert "不作凭证" in page


@every_form
def test_a_fingerprint_names_reason_and_witness(form: ReceiptForm) -> None:
    mark = Fingerprint(reason=CannotSign.ILLITERATE, witness="孙七")
    pages = page_texts(receipt_pdf(a_receipt(fingerprint=mark), form=form))
    assert all("不识字，按指印；见证人：孙七" in page for page in pages)


@every_form
def test_the_longest_name_and_the_largest_amount_stand_whole(form: ReceiptForm) -> None:
    name = ("巴雅尔图·" * 12)[:50]
    facts = a_receipt(recipient=name, amount=Money(999_999_999_999))
    for page in page_texts(receipt_pdf(facts, form=form)):
        assert name in page
        assert facts.amount.words in page
        assert facts.amount.figures in page


def test_a_long_story_is_referred_to_the_file_never_cut_in_silence() -> None:
    pages = page_texts(receipt_pdf(a_receipt(cause="火" * 10_000), form=ReceiptForm.A5))
    assert all("（余见案卷）" in page for page in pages)


def test_equal_facts_give_equal_bytes() -> None:
    first = receipt_pdf(a_receipt(), form=ReceiptForm.A5)
    assert first == receipt_pdf(a_receipt(), form=ReceiptForm.A5)


def test_many_receipts_stand_in_one_file_in_their_order() -> None:
    numbers = [f"XJ-150302003-2021-{serial:06d}" for serial in range(1, 6)]
    pages = page_texts(
        receipts_pdf([a_receipt(receipt_no=number) for number in numbers], form=ReceiptForm.A5)
    )
    assert [next(n for n in numbers if n in page) for page in pages] == [
        number for number in numbers for _ in range(3)
    ]


def test_what_could_not_be_printed_is_refused_before_money_moves() -> None:
    require_printable(a_receipt())
    with pytest.raises(MissingGlyphError, match=r"documents\.missing_glyph"):
        require_printable(a_receipt(recipient="张🫠"))
    with pytest.raises(MissingGlyphError):
        require_printable(a_receipt(cashier="李🫠"))
    with pytest.raises(TextRoomError):
        require_printable(a_receipt(document_number="9" * 400))
    with pytest.raises(TextRoomError):
        require_printable(a_receipt(head=head_of(MoneyForm.RECEIPT, unit="乌海市" * 80)))


def test_no_personal_data_stand_in_the_properties_of_the_file() -> None:
    pdf = receipt_pdf(a_receipt(), form=ReceiptForm.A5)
    assert NUMBER.encode() not in pdf
    assert "张三".encode("utf-16-be") not in pdf


@on_plain_paper
def test_an_overlay_puts_every_fact_where_the_whole_form_has_it(form: ReceiptForm) -> None:
    whole = receipt_pdf(a_receipt(), form=form)
    overlay = receipt_pdf(a_receipt(), form=PLAIN[form])
    assert page_sizes(overlay) == page_sizes(whole)
    for words in ("张三", "XJ-150302003-2021-000001", "2021 年 7 月 5 日", "赵六"):
        there, here = places(whole, words), places(overlay, words)
        assert len(here) == 3
        for one, other in zip(there, here, strict=True):
            assert other == pytest.approx(one, abs=0.1), words


@on_plain_paper
def test_an_overlay_draws_nothing_that_the_stock_has(form: ReceiptForm) -> None:
    for page in page_texts(receipt_pdf(a_receipt(), form=PLAIN[form])):
        for label in (
            "领款人姓名",
            "日期：",
            "编号",
            "第一联",
            "本联用途",
            "单位公章",
            "发放领款单",
        ):
            assert label not in page


@pytest.mark.parametrize(
    ("whole", "overlay"),
    [
        (ReceiptForm.A5, ReceiptForm.A5_OVERLAY),
        (ReceiptForm.CONTINUOUS_241, ReceiptForm.OVERLAY_241),
    ],
)
def test_an_overlay_on_its_stock_is_the_whole_form(
    whole: ReceiptForm, overlay: ReceiptForm
) -> None:
    facts = a_receipt()
    stock = geometry(receipt_stock_pdf(facts.head, overlay))
    printed = geometry(receipt_pdf(facts, form=overlay))
    assert len(stock) == 3
    for page, under, over in zip(
        geometry(receipt_pdf(facts, form=whole)), stock, printed, strict=True
    ):
        assert spots(page) == spots(under) + spots(over)
        assert set(page.rules) == set(under.rules) | set(over.rules)


def spots(page: PageGeometry) -> Counter[tuple[str, int, int]]:
    """Each character with its place to half a millimetre."""
    return Counter(
        (each.text, round(each.box.left * 2), round(each.box.top * 2)) for each in page.chars
    )
