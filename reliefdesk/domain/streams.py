"""Where a conversation of two desks stands: places of streams, epochs, and what moves them.

A partner's event is received as an own event that carries its canonical line, so that one journal
tells everything that this desk knows, and a replay gives it back.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.terms import Term


class EventVerdict(Term):
    """What a partner thinks of one event; transport is another matter (已签收 ≠ 已认可)."""

    ACCEPTED = "accepted", "已认可"
    DUPLICATE = "duplicate", "疑似重复，待核查"
    QUARANTINED = "quarantined", "单独存放，未计入"


class EpochReason(Term):
    """Why a desk began a new epoch with new keys."""

    RESTORED = "restored", "从备份恢复"
    MOVED = "moved", "复制或换了电脑"
    LOST = "lost", "电脑丢失"
    ROTATED = "rotated", "更换密钥"


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamPlace:
    """A number of a stream and the hash (hex) up to it; 0 and 64 zeros before the first."""

    seq: int
    hash: str


START = StreamPlace(seq=0, hash="0" * 64)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPlace:
    """Up to where a partner's stream is held here: the acknowledgement, cumulative."""

    epoch: int
    place: StreamPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskKeysMade:
    """The desk made its keys for an epoch; the private parts stay in a local table."""

    version: ClassVar[int] = 1
    epoch: int
    suite: str
    signing: str
    recipient: str
    spare: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochOpened:
    """The genesis of a later epoch: it names the last number and hash of the one before."""

    version: ClassVar[int] = 1
    epoch: int
    after: StreamPlace
    reason: EpochReason


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSealed:
    """A range was frozen for a partner: whatever is needed to make the same content again.

    `events` and `fen` count what people recorded; bookkeeping of the stick itself is left out.
    """

    version: ClassVar[int] = 1
    manifest_id: str
    number: int
    partner: DeskId
    epoch: int
    before: StreamPlace
    head: StreamPlace
    have: HeldPlace | None
    created_at: datetime
    program: str
    expires_on: date | None
    events: int
    fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleWritten:
    """The file was written to a stick and read back equal. `stick` names the stick, no person."""

    version: ClassVar[int] = 1
    manifest_id: str
    stick: str
    file_sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleHandedOver:
    """The paper slip was signed: on which day, and who took the stick."""

    version: ClassVar[int] = 1
    manifest_id: str
    handed_on: date
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleImported:
    """A partner's bundle was taken in whole; what it carries follows in the same transaction.

    Numbers up to `held_to` were held already. `have` is the partner's acknowledgement of us.
    """

    version: ClassVar[int] = 1
    manifest_id: str
    number: int
    partner: DeskId
    epoch: int
    before: StreamPlace
    head: StreamPlace
    held_to: int
    have: HeldPlace | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReceived:
    """A partner's event was taken in and applied; `line` is its canonical text."""

    version: ClassVar[int] = 1
    desk_id: DeskId
    epoch: int
    seq: int
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuarantined:
    """A partner's event arrived whole and was set aside: kept, not applied, named by its code."""

    version: ClassVar[int] = 1
    desk_id: DeskId
    epoch: int
    seq: int
    line: str
    code: str
    facts: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineCured:
    """The desk that recorded a quarantined event says how it was put right, by later events."""

    version: ClassVar[int] = 1
    epoch: int
    seq: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFrozen:
    """Two histories appeared under one epoch: nothing more of it is taken until people decide.

    With this desk's own id, the desk itself is the one that fell behind.
    """

    version: ClassVar[int] = 1
    desk_id: DeskId
    epoch: int
    seq: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQueued:
    """The district has something to say to an office; `line` is the message's canonical text."""

    version: ClassVar[int] = 1
    partner: DeskId
    number: int
    line: str


BOOKKEEPING: tuple[type, ...] = (
    DeskKeysMade,
    EpochOpened,
    BundleSealed,
    BundleWritten,
    BundleHandedOver,
    BundleImported,
    EventReceived,
    EventQuarantined,
    StreamFrozen,
    MessageQueued,
)
"""What the stick itself leaves in a journal: it travels along, and nobody need answer it."""
