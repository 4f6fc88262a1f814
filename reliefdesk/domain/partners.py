"""The desks this desk speaks with: enrolled by two people who compared fingerprints, or revoked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.desks import DeskKind, Office
from reliefdesk.domain.ids import DeskId, OperatorId
from reliefdesk.domain.streams import StreamPlace
from reliefdesk.domain.terms import Term
from reliefdesk.errors import SurroundingsError, TrustError, UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerKeys:
    """The public keys of a desk in one epoch (suite, Ed25519 in hex, age recipients)."""

    suite: str
    signing: str
    recipient: str
    spare: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerEnrolled:
    """A desk became known in an epoch: one person entered it, another read the fingerprint."""

    version: ClassVar[int] = 1
    desk_id: DeskId
    office: Office
    role: DeskKind
    epoch: int
    keys: PartnerKeys
    fingerprint: str
    valid_from: datetime
    entered_by: OperatorId
    compared_by: OperatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRevoked:
    """A key counts no more: what stands after `trusted` is not believed."""

    version: ClassVar[int] = 1
    desk_id: DeskId
    epoch: int
    trusted: StreamPlace
    revoked_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RootKnown:
    """The district's root key (hex): made here, or compared when the district was enrolled."""

    version: ClassVar[int] = 1
    public: str
    list_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeMerged:
    """The district closed an office's desk: what it records after the day waits for a look."""

    version: ClassVar[int] = 1
    desk_id: DeskId
    into: DeskId
    merged_on: date
    document: str


class PartnerState(Term):
    """Whether a partner may speak."""

    ACTIVE = "active", "正常"
    FROZEN = "frozen", "已停用，待核对"
    REVOKED = "revoked", "密钥已停用"
    MERGED = "merged", "已并入其他单位"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner in one epoch, as recorded."""

    desk_id: DeskId
    office: Office
    role: DeskKind
    epoch: int
    keys: PartnerKeys
    fingerprint: str
    valid_from: datetime
    revoked_at: datetime | None
    trusted: StreamPlace | None
    merged_on: date | None
    frozen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    """One partner as a list shows it; `silent_days` since its last bundle was imported."""

    desk_id: DeskId
    office: Office
    role: DeskKind
    epoch: int
    fingerprint: str
    state: PartnerState
    enrolled_on: date
    last_number: int
    last_seq: int
    last_imported_on: date | None
    silent_days: int | None
    waiting: int
    quarantined: int


class KeysMissingError(UserError):
    """The desk has no keys of its present epoch: an unfinished program made it."""

    code = "sync.keys_missing"


class PartnerUnknownError(UserError):
    """No such partner is enrolled here."""

    code = "sync.partner_unknown"


class PartnerMissingError(UserError):
    """Nobody is enrolled to whom this desk could send."""

    code = "sync.partner_missing"


class SamePersonError(UserError):
    """The one who entered a key may not compare its fingerprint too. Facts: name."""

    code = "sync.same_person"


class RoleError(UserError):
    """An office enrols its district and a district its offices. Facts: role."""

    code = "sync.role"


def require_district(kind: DeskKind) -> None:
    """Refuse with RoleError at an office what only its district does."""
    if not kind.is_district:
        raise RoleError(role=kind.label)


class EnrolledAlreadyError(UserError):
    """This desk is enrolled in this epoch already. Facts: office."""

    code = "sync.enrolled"


class RootMissingError(UserError):
    """The district has no root key yet: it signs the list of keys."""

    code = "sync.root_missing"


class RootMadeError(UserError):
    """The root key was made already; it is made once."""

    code = "sync.root_made"


class RootDiffersError(TrustError):
    """This is the root key of another district."""

    code = "sync.root_differs"


class KeyListOldError(TrustError):
    """The key list is not newer than the one known here. Facts: number, known."""

    code = "sync.key_list_old"


class EpochStoppedError(SurroundingsError):
    """This desk may be an old copy of itself: it records nothing before a new epoch. Facts: why."""

    code = "sync.epoch_stopped"
