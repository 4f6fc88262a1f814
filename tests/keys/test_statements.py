"""Signed statements: key lists, enrolment and rotation hold for the right signers only."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.desks import DeskKind
from reliefdesk.keys import statements
from reliefdesk.keys.desk_keys import DeskKeys, new_desk_keys
from reliefdesk.keys.enrolment import (
    ROTATION_TYPE,
    EnrolmentRequest,
    RequestRefusedError,
    Rotation,
    RotationRefusedError,
    read_request,
    read_rotation,
    sign_request,
    sign_rotation,
)
from reliefdesk.keys.key_list import (
    KeyList,
    KeyListRefusedError,
    KeyRow,
    KnownKeys,
    Trusted,
    open_key_list,
    sign_key_list,
)
from reliefdesk.keys.root_key import (
    RootCodeError,
    new_root_key,
    read_root_key,
    root_fingerprint,
)
from reliefdesk.keys.statements import NotAStatementError

AT = datetime(2021, 3, 10, 1, 0, tzinfo=UTC)
CHINA = AT.astimezone(timezone(timedelta(hours=8)))
ROOT, OLD, NEW = new_root_key(), new_desk_keys(), new_desk_keys()
TRUSTED = Trusted(seq=3, hash="ab" * 32)


def a_row(keys: DeskKeys = OLD, *, epoch: int = 1) -> KeyRow:
    return KeyRow(
        keys=keys.public,
        role=DeskKind.OFFICE,
        office="150302003",
        device="device-1",
        epoch=epoch,
        valid_from=AT,
    )


REVOKED = replace(a_row(NEW, epoch=2), revoked_at=AT, trusted=TRUSTED)
LIST = KeyList(district="150302", number=1, made_at=AT, rows=(a_row(), REVOKED))
REQUEST = EnrolmentRequest(
    keys=OLD.public,
    role=DeskKind.OFFICE,
    office="150302003",
    device="device-1",
    epoch=1,
    made_at=AT,
)
ROTATION = Rotation(
    old=OLD.public,
    new=NEW.public,
    office="150302003",
    device="device-1",
    epoch=2,
    after=TRUSTED,
    made_at=AT,
)
LISTED = sign_key_list(LIST, ROOT)
REQUESTED = sign_request(REQUEST, OLD)
ROTATED = sign_rotation(ROTATION, old=OLD, new=NEW)
READERS: list[tuple[bytes, Callable[[bytes], object], object]] = [
    (LISTED, lambda content: open_key_list(content, ROOT.public), LIST),
    (REQUESTED, read_request, REQUEST),
    (ROTATED, lambda content: read_rotation(content, OLD.public), ROTATION),
]


def test_a_key_list_is_read_as_it_was_signed() -> None:
    assert open_key_list(sign_key_list(LIST, ROOT), ROOT.public) == LIST


def test_a_key_list_of_another_root_is_refused() -> None:
    with pytest.raises(KeyListRefusedError):
        open_key_list(sign_key_list(LIST, new_root_key()), ROOT.public)


def test_a_changed_key_list_is_refused() -> None:
    signed = sign_key_list(LIST, ROOT)
    statement = statements.read(signed)
    payload = statement.payload.replace(b"150302003", b"150302007")
    changed = signed.replace(_b64(statement.payload), _b64(payload))
    assert changed != signed
    for content in (changed, signed[:-1], b"", b" " * (statements.ENVELOPE_MAX + 1)):
        with pytest.raises(KeyListRefusedError):
            open_key_list(content, ROOT.public)


def test_a_signature_holds_for_its_own_kind_of_statement_only() -> None:
    as_request = statements.sign(statements.encode(LIST), "application/other", [ROOT.signer])
    with pytest.raises(KeyListRefusedError):
        open_key_list(as_request, ROOT.public)


def _b64(raw: bytes) -> bytes:
    return statements.encode(statements._text(raw)).strip(b'"')


def test_a_list_has_no_key_and_no_epoch_twice() -> None:
    for rows in ((a_row(), a_row(epoch=2)), (a_row(), a_row(NEW))):
        with pytest.raises(ValueError, match="doubled"):
            replace(LIST, rows=rows)


def test_a_row_is_revoked_wholly_or_not_at_all() -> None:
    for changed in (
        {"revoked_at": AT},
        {"trusted": TRUSTED},
    ):
        with pytest.raises(ValueError, match="key row"):
            replace(a_row(), **changed)


def test_training_never_stands_in_a_list_of_real_desks() -> None:
    invented = replace(a_row(NEW, epoch=2), role=DeskKind.TRAINING)
    with pytest.raises(ValueError, match="training"):
        replace(LIST, rows=(a_row(), invented))


def test_instants_are_utc() -> None:
    for statement in (LIST, REQUEST, ROTATION):
        with pytest.raises(ValueError, match="UTC"):
            replace(statement, made_at=CHINA)
    with pytest.raises(ValueError, match="UTC"):
        replace(a_row(), valid_from=CHINA)


def test_known_keys_find_a_row_by_its_key_and_know_frozen_epochs() -> None:
    known = KnownKeys(rows=LIST.rows, frozen=frozenset({("device-1", 2)}))
    assert known.row_of(OLD.public.key_id) == a_row()
    assert known.row_of("f" * 64) is None
    assert [known.is_frozen(row) for row in LIST.rows] == [False, True]


def test_a_request_is_signed_with_the_key_it_asks_for() -> None:
    assert read_request(sign_request(REQUEST, OLD)) == REQUEST
    for content in (sign_request(REQUEST, NEW), b"{}", sign_rotation(ROTATION, old=OLD, new=NEW)):
        with pytest.raises(RequestRefusedError):
            read_request(content)


def test_a_rotation_is_signed_by_the_old_and_the_new_key() -> None:
    assert read_rotation(sign_rotation(ROTATION, old=OLD, new=NEW), OLD.public) == ROTATION
    payload = statements.encode(ROTATION)
    wrong = [
        statements.sign(payload, ROTATION_TYPE, [OLD.signer]),
        statements.sign(payload, ROTATION_TYPE, [NEW.signer, OLD.signer]),
        statements.sign(payload, ROTATION_TYPE, [OLD.signer, OLD.signer]),
        statements.sign(payload, "application/other", [OLD.signer, NEW.signer]),
        sign_request(REQUEST, OLD),
    ]
    for content in wrong:
        with pytest.raises(RotationRefusedError):
            read_rotation(content, OLD.public)


def test_a_rotation_away_from_unknown_keys_is_refused() -> None:
    stranger = new_desk_keys()
    strange = replace(ROTATION, old=stranger.public)
    with pytest.raises(RotationRefusedError):
        read_rotation(sign_rotation(strange, old=stranger, new=NEW), OLD.public)
    with pytest.raises(ValueError, match="rotation"):
        replace(ROTATION, new=OLD.public)


def test_the_same_key_signing_twice_is_one_signer() -> None:
    statement = statements.read(statements.sign(b"{}", "x", [OLD.signer, OLD.signer]))
    assert not statements.is_signed(statement, [OLD.public.signing, OLD.public.signing])


def test_the_root_key_comes_back_from_its_paper() -> None:
    code = ROOT.code
    assert [len(group) for group in code.split("-")] == [4] * 14
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("0", "O")):
        again = read_root_key(typed)
        assert (again.public, again.code) == (ROOT.public, code)
    assert ROOT.fingerprint == root_fingerprint(ROOT.public)
    assert code not in repr(ROOT)


def test_every_slip_in_the_root_code_is_noticed() -> None:
    code = ROOT.code
    for place, char in enumerate(code):
        if char != "-":
            wrong = code[:place] + ("3" if char != "3" else "4") + code[place + 1 :]
            with pytest.raises(RootCodeError):
                read_root_key(wrong)
    for typed in ("", "ABCD", code[:-1], code + "0", code[:-4] + "UUUU", "根" + code[1:], code[5:]):
        with pytest.raises(RootCodeError):
            read_root_key(typed)


@given(place=st.integers(0, 5_000), piece=st.binary(max_size=4), cut=st.integers(0, 4))
def test_a_mutated_statement_is_refused_or_says_the_very_same(
    place: int, piece: bytes, cut: int
) -> None:
    for signed, read, said in READERS:
        start = place % len(signed)
        try:
            assert read(signed[:start] + piece + signed[start + cut :]) == said
        except (KeyListRefusedError, RequestRefusedError, RotationRefusedError):
            continue


@pytest.mark.parametrize(
    "content", [b"[]", b"{", b"\xff", b"[" * 100_000, b'{"a":1,"a":1}', b"1.0"]
)
def test_what_is_not_canonical_is_no_statement(content: bytes) -> None:
    with pytest.raises(NotAStatementError):
        statements.decode(content, dict)
