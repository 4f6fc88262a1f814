"""What was read off a ruler page is taken as typed, and a slip of the ruler is named."""

import pytest

from reliefdesk.domain.calibrations import TRUE_READING, RulerReading, check_reading

GOOD = {"left": "20.3", "top": "19．8", "across": "100", "down": "50.1 毫米"}


def test_lengths_are_read_to_a_tenth_of_a_millimetre() -> None:
    assert check_reading(GOOD) == RulerReading(left=203, top=198, across=1000, down=501)


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("left", "", "printing.reading_missing"),
        ("top", "两厘米", "printing.reading_missing"),
        ("across", "10", "printing.reading_far"),
        ("down", "60.0", "printing.reading_far"),
        ("left", "35.1", "printing.reading_far"),
    ],
)
def test_a_slip_of_the_ruler_is_named(name: str, typed: str, code: str) -> None:
    problems = check_reading({**GOOD, name: typed})
    assert isinstance(problems, tuple)
    assert [(each.field, each.code) for each in problems] == [(name, code)]


def test_a_reading_is_kept_as_text() -> None:
    assert RulerReading.read(TRUE_READING.text) == TRUE_READING
