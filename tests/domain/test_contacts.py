"""Phones and cards: warned about, never refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.contacts import read_bank_card, read_phone
from reliefdesk.domain.problems import Level


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("138 1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("0473-2012345", "04732012345"),
        ("2012345", "2012345"),
        ("+7 495 1234567", "+74951234567"),
        ("无", ""),
        ("", ""),
    ],
)
def test_a_usual_phone_is_read_without_its_blanks(typed: str, number: str) -> None:
    reading = read_phone(typed)
    assert (reading.number, reading.problems) == (number, ())


@pytest.mark.parametrize("typed", ["12345", "1381234567", "找他哥"])
def test_an_odd_phone_is_kept_with_a_warning(typed: str) -> None:
    (problem,) = read_phone(typed).problems
    assert (problem.code, problem.level) == ("contacts.phone", Level.WARNING)
    assert read_phone(typed).number == typed


@pytest.mark.parametrize(
    "card", ["6217000000000000012", "6228480000000000018", "6222020000000000018"]
)
def test_a_card_that_keeps_luhn_is_right(card: str) -> None:
    assert read_bank_card(card).problems == ()


@pytest.mark.parametrize("card", ["6217000000000000013", "123", "存折"])
def test_any_other_card_only_warns(card: str) -> None:
    (problem,) = read_bank_card(card).problems
    assert (problem.code, problem.level) == ("contacts.bank_card", Level.WARNING)


def test_no_card_is_no_problem() -> None:
    assert (read_bank_card("无").number, read_bank_card("").problems) == ("", ())


@given(st.text())
def test_no_text_raises_or_blocks(text: str) -> None:
    for problem in (*read_phone(text).problems, *read_bank_card(text).problems):
        assert problem.level is Level.WARNING
