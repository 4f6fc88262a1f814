"""Opening: whole or not at all, in memory, in the order of the checks, whatever the file is."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk import wording
from reliefdesk.bundles import lines as rules
from reliefdesk.bundles.limits import FILE_MAX
from reliefdesk.bundles.outside import outside
from reliefdesk.bundles.refusals import (
    BundleError,
    DamagedError,
    EnvelopeError,
    FileTooLargeError,
    KeyStoppedError,
    NotABundleError,
    NotForUsError,
    SignatureWrongError,
    StickUnreadableError,
    StructureError,
    UnknownKeyError,
    VersionError,
    WrongRecipientError,
)
from reliefdesk.keys.age import Identity, UnsealedError
from reliefdesk.keys.key_list import KnownKeys
from reliefdesk.storage import journal
from tests.bundles import forge
from tests.bundles.bad_kinds import flipped, told
from tests.bundles.forge import (
    KNOWN,
    LINES,
    LOST,
    LOST_ROW,
    ME,
    OFFICE_DEVICE,
    OFFICE_ROW,
    STRANGER,
    Forge,
    opened,
)
from tests.bundles.parties import a_plan, sealed

CHUNK = 64 * 1024


def a_large_bundle() -> bytes:
    """Give a bundle of several chunks that cannot be packed smaller."""
    noise = os.urandom(200_000).hex()
    return sealed([forge.line(1, note=noise), forge.line(2, note=noise[::-1])], a_plan()).content


def test_cut_at_every_chunk_it_is_damaged() -> None:
    whole = a_large_bundle()
    assert len(whole) > 5 * CHUNK
    header = whole.index(b"\n---") + 49
    for end in (*range(CHUNK, len(whole), CHUNK), *range(header + 16, len(whole), CHUNK + 16)):
        with pytest.raises(DamagedError) as refusal:
            opened(whole[:end])
        assert refusal.value.facts["size"] == end


def test_a_flipped_byte_anywhere_in_the_header_is_refused() -> None:
    whole = Forge().made()
    header = whole.index(b"\n---") + 49
    for place in range(header):
        with pytest.raises((NotABundleError, NotForUsError, DamagedError)):
            opened(flipped(place)(whole))


def test_nothing_is_written_anywhere_not_even_for_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    opened(a_large_bundle())
    for place in (-1, -CHUNK, -3 * CHUNK):
        with pytest.raises(DamagedError):
            opened(flipped(place)(a_large_bundle()))
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_opened_as_its_bytes_are(tmp_path: Path) -> None:
    made = sealed(LINES, a_plan())
    path = tmp_path / f"{made.name[:-4]} (1).AGE"
    path.write_bytes(made.content)
    bundle = forge.opened_file(path)
    assert bundle.manifest_id == made.manifest_id
    seen = outside(path)
    assert (seen.office, seen.number, seen.size) == ("150302003", 7, made.size)
    assert (seen.fingerprint, seen.sha256) == (made.fingerprint, made.sha256)


def test_a_file_of_another_name_is_still_a_bundle(tmp_path: Path) -> None:
    path = tmp_path / "download.bin"
    path.write_bytes(Forge().made())
    assert (outside(path).office, outside(path).number) == ("", 0)
    assert forge.opened_file(path).manifest.number == 7


def test_what_cannot_be_read_is_told_apart_from_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(StickUnreadableError):
        forge.opened_file(tmp_path / "nothing.AGE")
    with pytest.raises(StickUnreadableError):
        forge.opened_file(tmp_path)
    os.mkfifo(tmp_path / "pipe.AGE")
    with pytest.raises(StickUnreadableError):
        forge.opened_file(tmp_path / "pipe.AGE")


def test_a_size_is_looked_at_before_the_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.AGE"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)
    with pytest.raises(FileTooLargeError):
        forge.opened_file(path)
    with pytest.raises(FileTooLargeError):
        opened(bytes(FILE_MAX + 1))


def test_a_header_with_recipients_without_end_costs_no_work() -> None:
    whole = Forge().made()
    magic, stanza, rest = whole.partition(b"-> X25519 ")
    padded = magic + b"-> more\n\n" * 10_000 + stanza + rest
    for content in (padded, magic + b"-> more\n\n" * 10_000):
        with pytest.raises(NotABundleError):
            opened(content)


def test_more_plaintext_than_allowed_is_never_held() -> None:
    content = Forge(inside=lambda inside: inside + bytes(CHUNK * 4)).made()
    with pytest.raises(UnsealedError):
        forge.DISTRICT.identity.opened(content, CHUNK)


def test_the_order_of_checks_decides_what_is_told() -> None:
    """Each file is wrong in every later way too."""
    wrong = told(recipient={"office": "150303"}, sender={"epoch": 9}, sha256="1" * 64)
    everything = Forge(told=wrong, keys=STRANGER, packed=lambda _: b"")
    cases: list[tuple[type[BundleError], Forge]] = [
        (NotForUsError, replace(everything, recipients=[STRANGER.public.recipient])),
        (StructureError, replace(everything, inside=lambda _: b"", envelope_bytes=lambda _: b"")),
        (EnvelopeError, replace(everything, payload_type="x", payload=lambda _: b"{}")),
        (VersionError, replace(everything, told=told(suite="s9", sender={"epoch": 9}))),
        (UnknownKeyError, everything),
        (KeyStoppedError, replace(everything, keys=LOST, lines=LINES[3:], before=_third())),
        (WrongRecipientError, replace(everything, keys=forge.OFFICE)),
    ]
    for refusal, made in cases:
        with pytest.raises(refusal):
            opened(made.made())


def _third() -> tuple[int, str]:
    return 3, forge.chain(LINES)[2]


def test_a_revoked_key_holds_up_to_its_last_trusted_number() -> None:
    assert opened(Forge(keys=LOST, lines=LINES[:2]).made()).trusted_to is None
    assert opened(Forge(keys=LOST, lines=LINES[:3]).made()).trusted_to is None
    assert opened(Forge(keys=LOST).made()).trusted_to == 3
    with pytest.raises(KeyStoppedError):
        opened(Forge(keys=LOST, lines=LINES[3:], before=_third()).made())


def test_a_key_lost_before_anything_arrived_opens_nothing() -> None:
    nothing = replace(LOST_ROW.trusted, seq=0, hash="0" * 64) if LOST_ROW.trusted else None
    known = KnownKeys(rows=[replace(LOST_ROW, trusted=nothing)])
    with pytest.raises(KeyStoppedError):
        opened(Forge(keys=LOST).made(), known)


def test_a_frozen_epoch_is_refused_until_a_person_decides() -> None:
    frozen = KnownKeys(rows=[OFFICE_ROW], frozen=frozenset({(OFFICE_DEVICE, 1)}))
    with pytest.raises(KeyStoppedError):
        opened(Forge().made(), frozen)
    other = KnownKeys(rows=[OFFICE_ROW], frozen=frozenset({(OFFICE_DEVICE, 2)}))
    assert opened(Forge().made(), other).manifest.count == 5


def test_a_point_that_is_no_key_verifies_nothing() -> None:
    strange = replace(OFFICE_ROW.keys, signing="f" * 64)
    known = KnownKeys(rows=[replace(OFFICE_ROW, keys=strange)])
    keyid = {"keyid": strange.key_id}
    made = Forge(envelope=lambda told: {**told, "signatures": [{**told["signatures"][0], **keyid}]})
    with pytest.raises(SignatureWrongError):
        opened(made.made(), known)


def test_an_earlier_installation_of_ours_may_be_meant() -> None:
    devices = frozenset({*ME.devices, "device-before"})
    content = Forge(told=told(recipient={"device": "device-before"})).made()
    assert opened(content, me=replace(ME, devices=devices)).manifest.count == 5


def test_what_is_ours_opens_with_any_of_our_keys() -> None:
    both = Identity(STRANGER.secret, forge.SPARE)
    assert both.opened(Forge().made(), CHUNK).read() == Forge().archive()


def test_the_chain_is_that_of_the_journal() -> None:
    assert rules.hash_of("0" * 64, LINES[0]) == journal.hash_of("0" * 64, LINES[0])
    assert journal.GENESIS_HASH == "0" * 64


def test_every_refusal_says_a_plain_sentence() -> None:
    with pytest.raises(DamagedError) as damaged:
        opened(Forge(file=flipped(-1)).made())
    assert wording.sentence(damaged.value).startswith("文件已损坏（可能没有安全退出U盘）")
    with pytest.raises(VersionError) as newer:
        opened(Forge(told=told(suite="gm1")).made())
    assert "请先升级本机软件" in wording.sentence(newer.value)
    assert "gm1/1" in wording.sentence(newer.value)
    assert KNOWN.row_of("nobody") is None
