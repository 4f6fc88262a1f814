"""Opening a bundle: checks 1 to 16 and 21 of FORMAT.md in order, in memory, whole or not at all.

Only what passed all of them becomes a VerifiedBundle; whether it fits to what we have comes later.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from reliefdesk.bundles import archive, manifest
from reliefdesk.bundles.limits import FILE_MAX
from reliefdesk.bundles.lines import Walk, hash_of
from reliefdesk.bundles.manifest import PAYLOAD_TYPE, Manifest
from reliefdesk.bundles.outside import sealed_bytes
from reliefdesk.bundles.packing import unpacked
from reliefdesk.bundles.refusals import (
    ChainBrokenError,
    DamagedError,
    EnvelopeError,
    KeyStoppedError,
    NotForUsError,
    SignatureWrongError,
    SumsDifferError,
    UnknownKeyError,
    WrongRecipientError,
    WrongSenderError,
)
from reliefdesk.keys import statements
from reliefdesk.keys.age import Identity, NoMatchingKeyError, UnsealedError
from reliefdesk.keys.key_list import KeyRow, KnownKeys
from reliefdesk.keys.statements import NotAStatementError, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who opens: our office code, and the ids of our installations, earlier ones included."""

    office: str
    devices: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine:
    """One checked line of a partner's stream: its number, its bytes, and the chain around it."""

    seq: int
    content: bytes = field(repr=False)
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedBundle:
    """A bundle whose every signed word was checked. `sender` is the signer's row of the key list.

    Lines beyond `trusted_to` were recorded with a key that was revoked at that number: they are
    authentic, and not to be believed; None when the key is in force.
    """

    manifest: Manifest
    manifest_id: str
    sender: KeyRow
    trusted_to: int | None
    content: bytes = field(repr=False)

    def lines(self) -> Iterator[ReceivedLine]:
        """Give the lines in order."""
        before = self.manifest.before.hash
        for seq, line in enumerate(_lines(self.content), start=self.manifest.first):
            digest = hash_of(before, line)
            yield ReceivedLine(seq=seq, content=line, previous_hash=before, hash=digest)
            before = digest


def open_bundle(
    source: Path | bytes, *, identity: Identity, known: KnownKeys, me: Me
) -> VerifiedBundle:
    """Open and check a bundle; nothing is written anywhere.

    Raises one of the named errors in `refusals`, and no other.
    """
    packed, envelope = archive.read(_decrypted(sealed_bytes(source), identity))
    statement = _statement(envelope)
    told = manifest.read(statement.payload)
    row = _row(statement, known)
    trusted_to = _trusted_to(told, row, known)
    if not statements.is_signed(statement, [row.keys.signing]):
        raise SignatureWrongError
    _require_parties(told, row, me)
    content = unpacked(packed, told.size)
    _require_content(content, told, row)
    return VerifiedBundle(
        manifest=told,
        manifest_id=manifest.id_of(statement.payload),
        sender=row,
        trusted_to=trusted_to,
        content=content,
    )


def _decrypted(content: bytes, identity: Identity) -> BytesIO:
    try:
        return identity.opened(content, FILE_MAX)
    except NoMatchingKeyError as refused:
        raise NotForUsError from refused
    except UnsealedError as refused:
        raise DamagedError(size=len(content)) from refused


def _statement(envelope: bytes) -> Statement:
    try:
        statement = statements.read(envelope)
    except NotAStatementError as broken:
        raise EnvelopeError from broken
    if statement.payload_type != PAYLOAD_TYPE or len(statement.signatures) != 1:
        raise EnvelopeError
    return statement


def _row(statement: Statement, known: KnownKeys) -> KeyRow:
    row = known.row_of(statement.signatures[0].key_id)
    if row is None:
        raise UnknownKeyError
    return row


def _trusted_to(told: Manifest, row: KeyRow, known: KnownKeys) -> int | None:
    """What was recorded before a revocation stays valid: only ranges wholly behind are refused."""
    behind = row.trusted is not None and told.first > row.trusted.seq
    if behind or known.is_frozen(row):
        raise KeyStoppedError(office=row.office)
    return row.trusted.seq if row.trusted is not None and told.last > row.trusted.seq else None


def _require_parties(told: Manifest, row: KeyRow, me: Me) -> None:
    if told.recipient.office != me.office or told.recipient.device not in me.devices:
        raise WrongRecipientError(office=told.recipient.office)
    sender = told.sender
    if (sender.office, sender.device, sender.epoch) != (row.office, row.device, row.epoch):
        raise WrongSenderError(office=sender.office)


def _require_content(content: bytes, told: Manifest, row: KeyRow) -> None:
    whole = hashlib.sha256(content).hexdigest() == told.sha256 and content.endswith(b"\n")
    if not whole or content.count(b"\n") != told.count:
        raise SumsDifferError
    walk = Walk(told.first, told.before.hash)
    trusted = row.trusted
    forked = False
    for line in _lines(content):
        walk.add(line)
        if trusted is not None and walk.last == trusted.seq:
            forked = walk.head != trusted.hash
    if walk.sums != told.sums:
        raise SumsDifferError
    if walk.place != told.head:
        raise ChainBrokenError(seq=walk.last)
    if forked:
        raise KeyStoppedError(office=row.office)


def _lines(content: bytes) -> Iterator[bytes]:
    """Cut at line feeds only, one line at a time."""
    return (line[:-1] for line in BytesIO(content))
