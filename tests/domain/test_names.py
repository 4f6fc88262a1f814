"""Names: as people bear them, mended only between letters, never normalised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.masking import mask_card, mask_name, mask_number, mask_phone
from reliefdesk.domain.names import NAME_CHARACTERS_MAX, read_name, search_form
from reliefdesk.domain.problems import Level


def codes(text: str) -> list[str]:
    return [problem.code for problem in read_name(text).problems]


@pytest.mark.parametrize(
    "name", ["测试䶮", "㛃", "𬱖𠮷", "堃〇", "巴特尔·测试", "O'Brien-Smith", "张 三", "测试（大）"]
)
def test_rare_and_foreign_names_stand_as_typed(name: str) -> None:
    assert (read_name(name).name, codes(name)) == (name, [])


@pytest.mark.parametrize("dot", "•・‧．.∙･●")
def test_a_lookalike_dot_between_letters_becomes_the_interpunct_to_be_confirmed(dot: str) -> None:
    reading = read_name(f"巴特尔{dot}测试")
    assert reading.name == "巴特尔·测试"
    assert [(problem.code, problem.level) for problem in reading.problems] == [
        ("names.interpunct", Level.WARNING)
    ]


def test_a_dot_at_the_end_is_no_separator() -> None:
    assert read_name("测试.").name == "测试."


def test_compatibility_ideographs_are_not_rewritten() -> None:
    assert read_name("\uf900\u0387测").name.startswith("\uf900")


def test_outer_blanks_go_and_the_typed_text_stays() -> None:
    reading = read_name("　测试 ")
    assert (reading.name, reading.typed, codes("　测试 ")) == ("测试", "　测试 ", [])


def test_nothing_is_no_name() -> None:
    assert codes(" 　") == ["names.missing"]


def test_fifty_characters_fit_and_one_more_does_not() -> None:
    assert codes("𬱖" * NAME_CHARACTERS_MAX) == []
    assert codes("𬱖" * (NAME_CHARACTERS_MAX + 1)) == ["names.long"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("测\ue863试", "names.private_use"),
        ("测1试", "names.character"),
        ("测\u202e试", "names.character"),
        ("测😀", "names.character"),
        ("';DROP", "names.character"),
    ],
)
def test_a_strange_character_is_named(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_many_strange_characters_are_one_problem() -> None:
    (problem,) = read_name("1234567890").problems
    assert problem.facts["character"] == "12345等"


@given(st.text())
def test_any_text_is_read_and_kept(text: str) -> None:
    reading = read_name(text)
    assert reading.typed == text
    assert len(reading.name) <= len(text)


@given(st.text(alphabet="巴特尔测试 ·•・", min_size=1))
def test_searching_ignores_blanks_and_separators(name: str) -> None:
    assert search_form(name) == search_form(read_name(name).name)
    assert not set(search_form(name)) & set(" ·•・")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳锋", "欧阳*"),
        ("欧阳", "欧*"),
        ("巴特尔·测试", "巴特尔·*"),
        ("张", "张*"),
    ],
)
def test_a_masked_name_keeps_only_its_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("640181198506179976", "6401**********9976"),
        ("H12345678", "H1*****78"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_a_masked_number_keeps_its_ends(number: str, masked: str) -> None:
    assert mask_number(number) == masked


def test_masked_phones_and_cards_keep_their_tail() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("2012345") == "*****45"
    assert mask_phone("") == ""
    assert mask_card("6217000000000000012") == "*" * 15 + "0012"
    assert mask_card("12") == "12"


@given(st.text(alphabet="0123456789X", min_size=1, max_size=30))
def test_a_masked_number_never_shows_more_than_half(number: str) -> None:
    masked = mask_number(number)
    assert len(masked) == len(number)
    assert masked.count("*") * 2 >= len(number)
