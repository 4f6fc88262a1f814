"""Documents: every vector, which digit breaks which rule, and no text that raises."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reliefdesk import wording
from reliefdesk.domain import identity
from reliefdesk.domain.identity import (
    DocumentKind,
    DocumentReading,
    KnownAreas,
    Sex,
    check_character,
    comparison_key,
    read_document,
)
from reliefdesk.domain.problems import Level

TODAY = date(2026, 11, 24)
DIGITS = "0123456789X"


def read(text: str, kind: DocumentKind | None = None) -> DocumentReading:
    return read_document(text, today=TODAY, kind=kind)


def codes(reading: DocumentReading) -> list[str]:
    return [problem.code for problem in reading.problems]


@st.composite
def citizen_numbers(draw: st.DrawFn) -> str:
    area = draw(st.integers(110000, 659999))
    born = draw(st.dates(date(1910, 1, 1), TODAY))
    first17 = f"{area}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + check_character(first17)


VALID = [
    ("640181198506179976", "1", "1985-06-17", DocumentKind.CITIZEN),
    ("411525199203049967", "2", "1992-03-04", DocumentKind.CITIZEN),
    ("620102197811219993", "1", "1978-11-21", DocumentKind.CITIZEN),
    ("500235201908129980", "2", "2019-08-12", DocumentKind.CITIZEN),
    ("152801196909159972", "1", "1969-09-15", DocumentKind.CITIZEN),
    ("150303198808089998", "1", "1988-08-08", DocumentKind.CITIZEN),
    ("341221196304309971", "1", "1963-04-30", DocumentKind.CITIZEN),
    ("510104201006019995", "1", "2010-06-01", DocumentKind.CITIZEN),
    ("150302200501019980", "2", "2005-01-01", DocumentKind.CITIZEN),
    ("810000199005209973", "1", "1990-05-20", DocumentKind.HKMT_RESIDENT),
    ("820000199512129961", "2", "1995-12-12", DocumentKind.HKMT_RESIDENT),
    ("830000198707039998", "1", "1987-07-03", DocumentKind.HKMT_RESIDENT),
    ("932682198501010017", "1", "1985-01-01", DocumentKind.FOREIGN_RESIDENT),
    ("911124198108030024", "2", "1981-08-03", DocumentKind.FOREIGN_RESIDENT),
]


@pytest.mark.parametrize(("number", "sex", "birth", "kind"), VALID)
def test_every_valid_number_yields_kind_sex_and_birth_day(
    number: str, sex: str, birth: str, kind: DocumentKind
) -> None:
    reading = read(number)
    assert (reading.valid, codes(reading)) == (True, [])
    assert (reading.kind, reading.sex, str(reading.birth_on)) == (kind, Sex(sex), birth)


def test_a_foreigner_s_number_names_the_nation_and_no_county() -> None:
    reading = read("932682198501010017")
    assert (reading.nationality, reading.area_code) == ("682", "")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("640181198506179975", ["identity.check_digit"]),
        ("640181198506719976", ["identity.day", "identity.check_digit"]),
        ("411525199202309967", ["identity.date", "identity.check_digit"]),
        ("411525199213309967", ["identity.month", "identity.check_digit"]),
        ("411525199213329967", ["identity.month", "identity.day", "identity.check_digit"]),
        ("64018119850617997", ["identity.length"]),
        ("6401811985O617997", ["identity.length", "identity.character"]),
        ("6401811985O6179976", ["identity.character"]),
        ("64018119850617997\u0007", ["identity.character"]),
        ("", ["identity.missing"]),
        (" \u3000\u200b", ["identity.missing"]),
    ],
)
def test_every_broken_rule_is_named(number: str, expected: list[str]) -> None:
    reading = read(number)
    assert codes(reading) == expected
    assert not reading.valid
    assert reading.typed == number


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("640181198506719976", "第13–14位的日期是71日"),
        ("640102781571951", "第9–10位的月份是15"),
        ("6401811985O6179976", "第11位是「O」"),
        ("640181198506179975", "第18位校验码是5，按前17位计算应为6"),
        ("64018119850617997", "号码有17位"),
        ("64018119850617997\u0007", "第18位是「不可见字符」"),
        ("411525199202309967", "第7–14位的出生日期是1992年2月30日"),
    ],
)
def test_the_message_says_which_digit_breaks_which_rule(number: str, said: str) -> None:
    sentences = [wording.problem_sentence(problem) for problem in read(number).problems]
    assert any(said in sentence for sentence in sentences), sentences


def test_only_a_failed_check_digit_can_be_overridden() -> None:
    assert [problem.overridable for problem in read("640181198506719976").problems] == [False, True]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("６４０１８１１９８５０６１７９９７６", "640181198506179976"),
        ("64010420000229998x", "64010420000229998X"),
        ("64010420000229998ｘ", "64010420000229998X"),
        (" 640181 19850617 9976 ", "640181198506179976"),
        ("\u202a640181198506179976\ufeff".replace("\u202a", "\u200e"), "640181198506179976"),
    ],
)
def test_typing_habits_are_normalised_and_the_typed_text_is_kept(typed: str, number: str) -> None:
    reading = read(typed)
    assert (reading.number, reading.valid, reading.typed) == (number, True, typed)


@pytest.mark.parametrize("lookalike", "ⅩⅹХхΧ×")
def test_a_letter_that_only_looks_like_x_is_mended_with_a_notice(lookalike: str) -> None:
    reading = read("64010420000229998" + lookalike)
    assert (reading.number, codes(reading)) == ("64010420000229998X", ["identity.lookalike_x"])
    assert reading.valid


def test_fifteen_digits_compare_as_the_eighteen_they_became() -> None:
    old, new = read("620102781121951"), read("620102197811219512")
    assert old.valid
    assert old.number == "620102781121951"
    assert comparison_key(old) == comparison_key(new) == "620102197811219512"
    assert str(old.birth_on) == "1978-11-21"


def test_the_sequences_of_centenarians_leave_the_century_open() -> None:
    reading = read("620102051121996")
    assert codes(reading) == ["identity.century_unclear", "identity.very_old"]
    assert reading.valid


@given(citizen_numbers())
def test_any_well_made_number_is_valid_and_its_old_form_upgrades_to_it(number: str) -> None:
    assert [code for code in codes(read(number)) if code != "identity.very_old"] == []
    if number[6:8] == "19":
        assert comparison_key(read(number[:6] + number[8:17])) == number


@given(citizen_numbers(), st.integers(0, 17), st.sampled_from(DIGITS))
def test_any_single_mistyped_digit_is_caught(number: str, at: int, digit: str) -> None:
    mistyped = number[:at] + digit + number[at + 1 :]
    assert mistyped == number or not read(mistyped, DocumentKind.CITIZEN).valid


@given(citizen_numbers(), st.integers(0, 16))
def test_any_two_neighbours_swapped_are_caught(number: str, at: int) -> None:
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert swapped == number or not read(swapped, DocumentKind.CITIZEN).valid


@settings(max_examples=10_000)
@given(st.text(max_size=40), st.none() | st.sampled_from(DocumentKind))
def test_no_text_raises(text: str, kind: DocumentKind | None) -> None:
    reading = read(text, kind)
    assert reading.typed == text
    assert all(wording.problem_sentence(problem).endswith("。") for problem in reading.problems)


@settings(max_examples=500)
@given(st.text(alphabet="0123456789xXⅩ１２", min_size=14, max_size=19))
def test_no_row_of_digits_raises(text: str) -> None:
    assert read(text).typed == text


def test_a_birth_day_to_come_is_refused_and_a_very_old_one_only_warned_about() -> None:
    born = TODAY + timedelta(days=1)
    first17 = f"640181{born:%Y%m%d}997"
    assert codes(read(first17 + check_character(first17))) == ["identity.born_later"]
    old = read("64018118500617997" + check_character("64018118500617997"))
    assert codes(old) == ["identity.very_old"]
    assert old.valid


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("H12345678", DocumentKind.HK_MACAO_PERMIT),
        ("M1234567801", DocumentKind.HK_MACAO_PERMIT),
        ("E12345678", DocumentKind.PASSPORT),
        ("EA1234567", DocumentKind.PASSPORT),
        ("G12345678", DocumentKind.PASSPORT),
        ("Q123456789", DocumentKind.BIRTH_CERTIFICATE),
        ("CAN110181080301", DocumentKind.FOREIGN_RESIDENT),
        ("WZ-150302007-2021-0001", DocumentKind.NO_DOCUMENT),
    ],
)
def test_other_documents_are_recognised_by_their_form(text: str, kind: DocumentKind) -> None:
    reading = read(text)
    assert (reading.kind, reading.number, codes(reading)) == (kind, text, [])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12345678", DocumentKind.TAIWAN_PERMIT),
        ("1234567890B", DocumentKind.TAIWAN_PERMIT),
        ("AB12345", DocumentKind.FOREIGN_PASSPORT),
        ("军字第1234567号", DocumentKind.OTHER),
        ("640181198506179976", DocumentKind.HUKOU_BOOK),
        ("CAN110181080301", DocumentKind.FOREIGN_RESIDENT),
    ],
)
def test_a_chosen_kind_is_read_by_its_own_form(text: str, kind: DocumentKind) -> None:
    reading = read(text, kind)
    assert (reading.kind, codes(reading)) == (kind, [])


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (DocumentKind.HK_MACAO_PERMIT, "identity.form_hk_macao"),
        (DocumentKind.TAIWAN_PERMIT, "identity.form_taiwan"),
        (DocumentKind.PASSPORT, "identity.form_passport"),
        (DocumentKind.FOREIGN_PASSPORT, "identity.form_foreign_passport"),
        (DocumentKind.BIRTH_CERTIFICATE, "identity.form_birth_certificate"),
        (DocumentKind.OTHER, "identity.form_other"),
    ],
)
def test_a_number_in_the_wrong_form_names_the_form_of_its_kind(
    kind: DocumentKind, code: str
) -> None:
    assert codes(read("?!", kind)) == [code]


def test_a_kind_that_the_number_contradicts_is_warned_about() -> None:
    reading = read("932682198501010017", DocumentKind.CITIZEN)
    assert (codes(reading), reading.valid) == (["identity.kind_differs"], True)


def test_retired_and_unknown_area_codes_warn_and_never_refuse() -> None:
    areas = KnownAreas(current=frozenset({"640181"}), retired=frozenset({"152801"}))
    found = {
        number: read_document(number, today=TODAY, known_areas=areas)
        for number in ("640181198506179976", "152801196909159972", "411525199203049967")
    }
    assert [codes(reading) for reading in found.values()] == [
        [],
        ["identity.area_retired"],
        ["identity.area_unknown"],
    ]
    assert all(reading.valid for reading in found.values())
    assert found["152801196909159972"].problems[0].level is Level.WARNING


def test_documents_of_foreigners_and_of_hong_kong_are_told_apart() -> None:
    assert identity.is_foreign(DocumentKind.FOREIGN_PASSPORT)
    assert identity.is_hkmt(DocumentKind.TAIWAN_PERMIT)
    assert not identity.is_foreign(DocumentKind.CITIZEN)
    assert not identity.is_hkmt(DocumentKind.CITIZEN)


def test_a_person_without_papers_gets_a_temporary_number_that_is_no_identity_number() -> None:
    number = identity.temporary_number("150302007", 2021, 1)
    assert number == "WZ-150302007-2021-0001"
    assert read(number).kind is DocumentKind.NO_DOCUMENT
