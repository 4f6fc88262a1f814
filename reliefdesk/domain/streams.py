"""Where a conversation of two desks stands: places of streams, epochs, and what moves them.

A partner's event is received as an own event that carries its canonical line, so that one journal
tells everything that this desk knows, and a replay gives it back.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.terms import Term
from reliefdesk.errors import BugError, SurroundingsError, TrustError, UserError


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


class BundleState(Term):
    """What became of a bundle that was made here; only an acknowledgement moves the checkpoint."""

    SEALED = "sealed", "已生成"
    WRITTEN = "written", "已写入并核对"
    HANDED_OVER = "handed_over", "已移交"
    OVERDUE = "overdue", "逾期未回执"
    SUPERSEDED = "superseded", "已被取代"
    ACKNOWLEDGED = "acknowledged", "已回执"
    PARTLY = "partly", "部分认可"
    REFUSED = "refused", "被拒"


class PlanState(Term):
    """What an import would do with one bundle."""

    READY = "ready", "可以导入"
    SEEN = "seen", "已经导入过"
    WAITING = "waiting", "等待前面的包"
    REFUSED = "refused", "不能导入"
    ALARM = "alarm", "已停用，请核对"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFate:
    """What is known of a sent bundle, from which its state follows."""

    refused: bool
    covered: bool
    set_aside: bool
    superseded: bool
    handed_on: date | None
    written: bool


def state_of(fate: BundleFate, *, today: date, answer_days: int) -> BundleState:
    """Say where a bundle stands; it is overdue once more than `answer_days` passed."""
    if fate.covered:
        return BundleState.PARTLY if fate.set_aside else BundleState.ACKNOWLEDGED
    if fate.refused:
        return BundleState.REFUSED
    if fate.superseded:
        return BundleState.SUPERSEDED
    if fate.handed_on is not None:
        late = (today - fate.handed_on).days > answer_days
        return BundleState.OVERDUE if late else BundleState.HANDED_OVER
    return BundleState.WRITTEN if fate.written else BundleState.SEALED


class NothingToSendError(UserError):
    """The partner holds everything that is worth a stick."""

    code = "sync.nothing"


class BundleUnknownError(UserError):
    """No such bundle was made here."""

    code = "sync.bundle_unknown"


class ReadBackError(SurroundingsError):
    """What lies on the stick is not what was written. Facts: name."""

    code = "sync.read_back"


class ReceiverMissingError(UserError):
    """The slip names who took the stick."""

    code = "sync.receiver"


class HandoverDayError(UserError):
    """A stick is handed over after it was written and not in the future. Facts: on."""

    code = "sync.handover_day"


class NumbersMissingError(TrustError):
    """Check 18: numbers before this bundle are missing here. Facts: first, last."""

    code = "sync.numbers_missing"


class NotJoinedError(TrustError):
    """Check 19: the bundle does not continue what we hold: an old backup? Facts: seq."""

    code = "sync.not_joined"


class ForkError(TrustError):
    """Check 20: one number has two contents. Facts: seq."""

    code = "sync.fork"


class HaveAheadError(TrustError):
    """Check 29: the partner holds more of our stream than we recorded. Facts: seq."""

    code = "sync.have_ahead"


class CountsDifferError(BugError):
    """After the import, counts and sums are not those of the manifest. Facts: number."""

    code = "sync.counts_differ"
