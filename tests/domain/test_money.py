"""Amounts: read without rounding, written in figures and words that say the same 分."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain import money
from reliefdesk.domain.money import FEN_MAX, Money, total
from reliefdesk.errors import UserError
from tests.domain.words import fen_of

AMOUNTS = st.integers(min_value=-FEN_MAX, max_value=FEN_MAX).map(Money)

WORDS = {
    "0.01": "壹分",
    "0.05": "伍分",
    "0.50": "伍角整",
    "1.00": "壹元整",
    "1.05": "壹元零伍分",
    "10.00": "壹拾元整",
    "10.05": "壹拾元零伍分",
    "15.00": "壹拾伍元整",
    "100.00": "壹佰元整",
    "101.00": "壹佰零壹元整",
    "110.00": "壹佰壹拾元整",
    "325.04": "叁佰贰拾伍元零肆分",
    "1,001.00": "壹仟零壹元整",
    "1,010.00": "壹仟零壹拾元整",
    "1,409.50": "壹仟肆佰零玖元伍角整",
    "1,680.32": "壹仟陆佰捌拾元零叁角贰分",
    "2,430.00": "贰仟肆佰叁拾元整",
    "2,430.05": "贰仟肆佰叁拾元零伍分",
    "6,007.14": "陆仟零柒元壹角肆分",
    "7,290.00": "柒仟贰佰玖拾元整",
    "9,999.99": "玖仟玖佰玖拾玖元玖角玖分",
    "10,000.00": "壹万元整",
    "10,001.00": "壹万零壹元整",
    "10,100.00": "壹万零壹佰元整",
    "16,409.02": "壹万陆仟肆佰零玖元零贰分",
    "20,005.00": "贰万零伍元整",
    "100,000.00": "壹拾万元整",
    "100,001.00": "壹拾万零壹元整",
    "101,000.00": "壹拾万壹仟元整",
    "1,000,100.00": "壹佰万零壹佰元整",
    "100,005,000.00": "壹亿零伍仟元整",
    "0.00": "零元整",
}


@pytest.mark.parametrize(("figures", "words"), WORDS.items())
def test_every_official_example_is_written_as_printed(figures: str, words: str) -> None:
    amount = Money.parse(figures)
    assert amount.words == "人民币" + words
    assert amount.figures == figures


def test_a_negative_amount_is_the_red_form() -> None:
    red = Money.parse("-2,430.00")
    assert red.words == "（红字）人民币贰仟肆佰叁拾元整"
    assert red.figures == "-2,430.00"
    assert -red == Money(243000)


@given(AMOUNTS)
def test_words_and_figures_say_the_same_amount(amount: Money) -> None:
    assert fen_of(amount.words) == amount.fen
    assert Money.parse(amount.figures) == amount


@given(AMOUNTS)
def test_words_keep_the_rules_of_zero_and_the_closing_character(amount: Money) -> None:
    words = amount.words
    assert "零零" not in words
    assert not words.endswith(("零", "角"))
    assert words.endswith("整") != words.endswith("分")
    assert "负" not in words
    assert "零元" not in words or abs(amount.fen) == 0


@given(st.integers(0, FEN_MAX // 100), st.integers(0, 99))
def test_every_usual_spelling_reads_as_the_same_amount(yuan: int, fen: int) -> None:
    amount = Money(yuan * 100 + fen)
    for spelling in (
        f"{yuan}.{fen:02d}",
        f"￥{yuan:,}.{fen:02d}",
        f" {yuan}.{fen:02d}元 ",
        f"¥{yuan}．{fen:02d}".replace("0", "０"),
    ):
        assert Money.parse(spelling) == amount


def test_one_decimal_and_none_are_enough() -> None:
    assert [Money.parse(text).fen for text in ("2430", "2430.", "2430.5")] == [
        243000,
        243000,
        243050,
    ]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", money.AmountEmptyError),
        ("￥ 元", money.AmountEmptyError),
        ("12.345", money.AmountDecimalsError),
        ("0.000", money.AmountDecimalsError),
        ("2,43", money.AmountTextError),
        ("1e3", money.AmountTextError),
        ("abc", money.AmountTextError),
        ("--5", money.AmountTextError),
        ("٣", money.AmountTextError),
        ("１２３４５６７８９０１２３", money.AmountLargeError),
        ("10000000000", money.AmountLargeError),
    ],
)
def test_what_is_not_an_amount_is_refused_by_name(
    text: str, refusal: type[money.AmountTextError]
) -> None:
    with pytest.raises(refusal):
        Money.parse(text)


@given(st.text())
def test_any_text_is_an_amount_or_an_amount_error(text: str) -> None:
    try:
        assert abs(Money.parse(text).fen) <= FEN_MAX
    except UserError as refusal:
        assert refusal.code.startswith("amount.")  # noqa: PT017 - both outcomes are right


@pytest.mark.parametrize("value", [2430.0, True, "2430", None, Decimal(5)])
def test_anything_but_a_whole_number_of_fen_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        Money(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("fen", [0, -1])
def test_a_payment_form_refuses_zero_and_less(fen: int) -> None:
    with pytest.raises(money.AmountZeroError):
        Money(fen).require_positive()


@given(AMOUNTS, AMOUNTS)
def test_money_is_counted_like_whole_numbers(one: Money, other: Money) -> None:
    assert (one + other).fen == one.fen + other.fen
    assert (one - other).fen == one.fen - other.fen
    assert total([one, other]) == one + other
    assert (one < other) == (one.fen < other.fen)
    assert len({one, Money(one.fen)}) == 1


def test_a_multiple_is_rounded_down_to_fen() -> None:
    assert Money(81000).times(3) == Money(243000)
    assert Money(101).times(Decimal("1.5")) == Money(151)


def test_money_never_equals_a_bare_number_and_shows_its_fen() -> None:
    assert Money(5) != 5
    assert repr(Money(5)) == "Money(5)"
    assert Money(5).require_positive() == Money(5)
