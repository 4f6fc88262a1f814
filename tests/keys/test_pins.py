"""A confirming PIN has six digits that nobody tries first, and waits grow with wrong ones."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.errors import ReliefDeskError
from reliefdesk.keys import pins
from reliefdesk.keys.work import PIN_WORK, Work, new_salt

CHEAP = Work(kibibytes=8, passes=1, lanes=1)


@pytest.mark.parametrize("pin", ["482913", "907351", "314159", "271828", "135790"])
def test_six_ordinary_digits_are_accepted(pin: str) -> None:
    pins.require_pin(pin)


@pytest.mark.parametrize(
    ("pin", "refusal"),
    [
        ("12345", pins.PinShapeError),
        ("1234567", pins.PinShapeError),
        ("12a456", pins.PinShapeError),
        ("１２３４５６", pins.PinShapeError),
        ("482913\n", pins.PinShapeError),
        ("000000", pins.PinWeakError),
        ("123456", pins.PinWeakError),
        ("654321", pins.PinWeakError),
        ("567890", pins.PinWeakError),
        ("121212", pins.PinWeakError),
        ("123123", pins.PinWeakError),
        ("112111", pins.PinWeakError),
        ("198506", pins.PinWeakError),
        ("850617", pins.PinWeakError),
    ],
)
def test_other_shapes_and_obvious_pins_are_refused(
    pin: str, refusal: type[ReliefDeskError]
) -> None:
    with pytest.raises(refusal):
        pins.require_pin(pin)


@given(st.from_regex(r"[0-9]{6}", fullmatch=True), st.text(max_size=12))
def test_only_the_same_pin_matches(pin: str, other: str) -> None:
    try:
        kept = pins.pin_hash(pin, salt=new_salt(), work=CHEAP)
    except pins.PinWeakError:
        return
    assert pins.matches(pin, kept)
    assert pins.matches(other, kept) == (other == pin)
    assert pin not in kept


@pytest.mark.parametrize("kept", ["", "x", "$argon2id$v=19$m=8,t=1,p=1$MTEx"])
def test_a_damaged_hash_matches_nothing(kept: str) -> None:
    assert not pins.matches("482913", kept)


def test_the_shipped_cost_is_the_floor_that_owasp_names() -> None:
    assert (PIN_WORK.kibibytes, PIN_WORK.passes, PIN_WORK.lanes) == (19 * 1024, 2, 1)


def test_waiting_never_gets_shorter_with_more_failures() -> None:
    waits = [pins.delay_after(failures) for failures in range(pins.FAILURES_MAX + 1)]
    assert waits == sorted(waits)
    assert waits[:3] == [timedelta(0)] * 3
    assert waits[3] == timedelta(seconds=30)
    assert waits[-1] == timedelta(minutes=5)
