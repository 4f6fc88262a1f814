"""Desk keys: made once, shown never, kept as one text, compared by their fingerprints."""

from dataclasses import replace
from io import BytesIO

import pytest

from reliefdesk.errors import BugError
from reliefdesk.keys import age, fingerprints
from reliefdesk.keys.age import (
    Identity,
    IdentityError,
    NoMatchingKeyError,
    RecipientError,
    UnsealedError,
)
from reliefdesk.keys.desk_keys import (
    PublicKeys,
    keys_from,
    new_desk_keys,
    new_spare,
    read_kept,
)
from reliefdesk.keys.fingerprints import FingerprintDiffersError, FingerprintSlipError
from reliefdesk.keys.statements import NotAStatementError

MEBIBYTE = 1024 * 1024
KEYS = new_desk_keys()


def test_keys_come_back_from_the_kept_text_as_they_were() -> None:
    keys = new_desk_keys(new_spare().recipient)
    again = read_kept(keys.kept)
    assert again == keys
    assert again.signer.sign(b"x") == keys.signer.sign(b"x")
    with pytest.raises(NotAStatementError):
        read_kept(keys.kept.replace(":", ": ", 1))


def test_private_parts_never_show_themselves() -> None:
    spare = new_spare()
    shown = repr((KEYS, KEYS.signer, KEYS.identity, spare))
    for secret in (KEYS.seed, KEYS.secret, spare.secret):
        assert secret not in shown
        assert secret.lower() not in shown.lower()


def test_no_two_desks_have_the_same_keys() -> None:
    other = new_desk_keys()
    assert len({KEYS.seed, other.seed, KEYS.secret, other.secret}) == 4
    assert KEYS.public.key_id != other.public.key_id


def test_the_same_private_parts_give_the_same_keys() -> None:
    again = keys_from(bytes.fromhex(KEYS.seed), KEYS.secret)
    assert again == KEYS


def test_what_is_sealed_for_desk_and_spare_opens_with_either() -> None:
    spare = new_spare()
    keys = new_desk_keys(spare.recipient)
    content = age.sealed(BytesIO(b"letter"), keys.public.recipients)
    assert keys.identity.opened(content, MEBIBYTE).read() == b"letter"
    assert Identity(spare.secret).opened(content, MEBIBYTE).read() == b"letter"
    with pytest.raises(NoMatchingKeyError):
        KEYS.identity.opened(content, MEBIBYTE)


def test_a_letter_that_is_damaged_or_too_long_is_not_opened() -> None:
    content = age.sealed(BytesIO(bytes(100_000)), KEYS.public.recipients)
    for broken in (content[:-1], content + b"x", b"", content[:30], content[:-70_000]):
        with pytest.raises(UnsealedError):
            KEYS.identity.opened(broken, MEBIBYTE)
    with pytest.raises(UnsealedError):
        KEYS.identity.opened(content, 99_999)
    assert len(KEYS.identity.opened(content, 100_000).read()) == 100_000


def test_a_letter_goes_to_somebody_who_exists() -> None:
    with pytest.raises(BugError):
        age.sealed(BytesIO(b""), [])
    with pytest.raises(RecipientError):
        age.sealed(BytesIO(b""), [KEYS.public.recipient[:-1]])


@pytest.mark.parametrize("secrets", [(), ("AGE-SECRET-KEY-1",), (KEYS.public.recipient,)])
def test_an_identity_is_a_private_key(secrets: tuple[str, ...]) -> None:
    with pytest.raises(IdentityError):
        Identity(*secrets)


@pytest.mark.parametrize("recipient", ["", "age1", "age1" + "b" * 58, "AGE1" + "q" * 58])
def test_public_keys_name_recipients(recipient: str) -> None:
    with pytest.raises(ValueError, match="recipient"):
        replace(KEYS.public, recipient=recipient)
    if recipient:
        with pytest.raises(ValueError, match="recipient"):
            replace(KEYS.public, spare=recipient)


def test_a_fingerprint_has_six_groups_of_four_digits_and_a_check_pair() -> None:
    groups = KEYS.public.fingerprint.split(" ")
    assert [len(group) for group in groups] == [4, 4, 4, 4, 4, 4, 2]
    assert "".join(groups).isdigit()


def test_a_fingerprint_covers_every_public_part() -> None:
    public = new_desk_keys(new_spare().recipient).public
    other = new_desk_keys(new_spare().recipient).public
    changed: list[PublicKeys] = [
        replace(public, signing=other.signing),
        replace(public, recipient=other.recipient),
        replace(public, spare=other.spare),
        replace(public, spare=""),
        replace(public, suite="s2"),
    ]
    assert len({item.fingerprint for item in [public, *changed]}) == 6


def test_what_was_read_aloud_is_compared_with_blanks_and_dashes_as_they_come() -> None:
    printed = KEYS.public.fingerprint
    for spelled in (printed, printed.replace(" ", "-"), printed.replace(" ", ""), f" {printed} "):
        fingerprints.require_same(spelled, printed)


def test_a_slip_is_told_apart_from_another_key() -> None:
    printed = KEYS.public.fingerprint
    with pytest.raises(FingerprintDiffersError):
        fingerprints.require_same(new_desk_keys().public.fingerprint, printed)
    digit = str((int(printed[3]) + 1) % 10)
    swapped = printed[:3] + digit + printed[4:]
    for slip in (
        swapped,
        printed[:-1],
        printed + "0",
        "",
        "一二三四",
        printed.replace("0", "O")[:-1],
    ):
        with pytest.raises(FingerprintSlipError):
            fingerprints.require_same(slip, printed)


def test_every_single_wrong_digit_is_a_slip() -> None:
    printed = KEYS.public.fingerprint
    for place, char in enumerate(printed):
        if char != " ":
            wrong = printed[:place] + str((int(char) + 1) % 10) + printed[place + 1 :]
            with pytest.raises(FingerprintSlipError):
                fingerprints.require_same(wrong, printed)
