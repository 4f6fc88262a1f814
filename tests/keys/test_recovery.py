"""A recovery code can be copied from paper by hand, and a slip in it is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.keys.recovery import ALPHABET, RecoveryCodeError, new_code, read_code, spelled

SECRETS = st.binary(min_size=20, max_size=20)


@given(SECRETS)
def test_a_printed_code_reads_back(secret: bytes) -> None:
    code = spelled(secret)
    assert read_code(code) == secret
    assert [len(group) for group in code.split("-")] == [4] * 9


@given(SECRETS)
def test_small_letters_blanks_and_lookalikes_are_understood(secret: bytes) -> None:
    typed = spelled(secret).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_code(typed) == secret


@given(SECRETS, st.integers(0, 35), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(secret: bytes, place: int, char: str) -> None:
    bare = spelled(secret).replace("-", "")
    typed = bare[:place] + char + bare[place + 1 :]
    if typed != bare:
        with pytest.raises(RecoveryCodeError):
            read_code(typed)


@pytest.mark.parametrize("text", ["", "XS33", "XS33-" * 9, "U" * 36, "密" * 36])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(RecoveryCodeError):
        read_code(text)


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    with pytest.raises(RecoveryCodeError):
        read_code(text)


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(100)}) == 100
