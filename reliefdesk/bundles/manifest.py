"""The manifest: what the sender signs about a bundle, and what every later check measures by."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

import msgspec

from reliefdesk.bundles.limits import EVENTS_MAX
from reliefdesk.bundles.refusals import EnvelopeError, VersionError
from reliefdesk.keys import statements
from reliefdesk.keys.statements import (
    INTEGER_MAX,
    SUITE,
    Count,
    DeviceId,
    Hash,
    NotAStatementError,
    OfficeCode,
    Ordinal,
    SuiteName,
    require_utc,
)

PAYLOAD_TYPE = "application/vnd.reliefdesk.manifest+json"
FORMAT = 1
GENESIS_HASH = "0" * 64

EventName = Annotated[str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9]{0,63}$")]
ProgramName = Annotated[str, msgspec.Meta(pattern="^[ -~]{1,64}$")]
Fen = Annotated[int, msgspec.Meta(ge=-INTEGER_MAX, le=INTEGER_MAX)]
Size = Annotated[int, msgspec.Meta(ge=1, le=EVENTS_MAX)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a stream stands: a number and its hash; 0 and 64 zeros before the first."""

    seq: Count
    hash: Hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends: office code, the installation's id, and the epoch of its stream."""

    office: OfficeCode
    device: DeviceId
    epoch: Ordinal


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom the sender means: office code and the installation's id."""

    office: OfficeCode
    device: DeviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Have:
    """Up to where the sender holds the recipient's own stream: the acknowledgement."""

    device: DeviceId
    epoch: Ordinal
    seq: Count
    hash: Hash


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSum:
    """How many events of one type, and the sum of their `amount` in 分 (0 without amounts)."""

    event: EventName
    count: Ordinal
    fen: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A bundle in one value.

    `number` counts the sender's bundles for this recipient. `before` is the place before the first
    line, `head` that of the last. `size` and `sha256` are those of the uncompressed lines.
    `have` is None while nothing of the recipient was ever received. `created_at` is UTC;
    `expires_on` the last calendar day (Asia/Shanghai) on which lists inside may be relied on.
    """

    suite: SuiteName
    format: Ordinal
    number: Ordinal
    sender: Sender
    recipient: Recipient
    before: Place
    head: Place
    have: Have | None
    sums: tuple[EventSum, ...]
    size: Size
    sha256: Hash
    created_at: datetime
    expires_on: date | None
    program: ProgramName

    known: ClassVar[tuple[str, int]] = (SUITE, FORMAT)

    def __post_init__(self) -> None:
        """Refuse (ValueError) what contradicts itself."""
        require_utc(self.created_at)
        names = [item.event for item in self.sums]
        whole = sum(item.count for item in self.sums) == self.count
        if self.count < 1 or not whole or names != sorted(set(names)):
            raise ValueError("manifest")
        if (self.before.seq == 0) != (self.before.hash == GENESIS_HASH):
            raise ValueError("manifest")

    @property
    def first(self) -> int:
        """The number of the first line."""
        return self.before.seq + 1

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.head.seq

    @property
    def count(self) -> int:
        """How many lines."""
        return self.head.seq - self.before.seq

    @property
    def id(self) -> str:
        """The identity of the bundle: SHA-256 of the canonical manifest, in hex."""
        return id_of(statements.encode(self))


class _Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What every manifest of every version has."""

    suite: SuiteName
    format: Ordinal


def id_of(payload: bytes) -> str:
    """Give the identity of a bundle from its canonical manifest."""
    return hashlib.sha256(payload).hexdigest()


def read(payload: bytes) -> Manifest:
    """Read a signed payload. Raises VersionError (9), or EnvelopeError (8) for no manifest."""
    try:
        opening = msgspec.json.decode(payload, type=_Opening)
        if (opening.suite, opening.format) != Manifest.known:
            raise VersionError(suite=opening.suite, version=opening.format)
        return statements.decode(payload, Manifest)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, NotAStatementError) as broken:
        raise EnvelopeError from broken
