"""The district's signed list of keys: who may sign for which desk, since when, and until where.

Only the root key signs it. What a revoked key signed holds up to its last trusted number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reliefdesk.domain.desks import DeskKind
from reliefdesk.errors import TrustError
from reliefdesk.keys import statements
from reliefdesk.keys.desk_keys import PublicKeys
from reliefdesk.keys.root_key import RootKey
from reliefdesk.keys.statements import (
    Count,
    DeviceId,
    Hash,
    NotAStatementError,
    OfficeCode,
    Ordinal,
    require_utc,
)

PAYLOAD_TYPE = "application/vnd.reliefdesk.key-list.v1+json"


class KeyListRefusedError(TrustError):
    """This is no key list that our district's root key signed."""

    code = "keys.key_list_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """The end of what is believed of a revoked key: number and hash; 0 and 64 zeros for nothing."""

    seq: Count
    hash: Hash


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """One key: whose it is (office, device and epoch), from when, and if revoked until where.

    `device` is the id of the installation, which is the desk's id. Instants are UTC.
    """

    keys: PublicKeys
    role: DeskKind
    office: OfficeCode
    device: DeviceId
    epoch: Ordinal
    valid_from: datetime
    revoked_at: datetime | None = None
    trusted: Trusted | None = None

    def __post_init__(self) -> None:
        """Refuse (ValueError) other offsets and half a revocation."""
        for at in (self.valid_from, *([self.revoked_at] if self.revoked_at else [])):
            require_utc(at)
        if (self.revoked_at is None) != (self.trusted is None):
            raise ValueError("key row")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyList:
    """All keys of a district. A higher `number` replaces a lower one, never the other way."""

    district: OfficeCode
    number: Ordinal
    made_at: datetime
    rows: tuple[KeyRow, ...]

    def __post_init__(self) -> None:
        """Refuse (ValueError) a key or a desk's epoch twice, and training beside real desks."""
        require_utc(self.made_at)
        keys = {row.keys.key_id for row in self.rows}
        places = {(row.device, row.epoch) for row in self.rows}
        if min(len(keys), len(places)) < len(self.rows):
            raise ValueError("doubled row")
        if len({row.role.is_training for row in self.rows}) > 1:
            raise ValueError("training beside real desks")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKeys:
    """Whose signatures are known here, and which epochs (device, number) are frozen for a fork."""

    rows: Sequence[KeyRow]
    frozen: frozenset[tuple[str, int]] = frozenset()

    def row_of(self, key_id: str) -> KeyRow | None:
        """Find the row of a key id."""
        return next((row for row in self.rows if row.keys.key_id == key_id), None)

    def is_frozen(self, row: KeyRow) -> bool:
        """Whether the epoch of this row is frozen here."""
        return (row.device, row.epoch) in self.frozen


def sign_key_list(keys: KeyList, root: RootKey) -> bytes:
    """Give the file of a key list."""
    return statements.sign(statements.encode(keys), PAYLOAD_TYPE, [root.signer])


def open_key_list(content: bytes, root_public: str) -> KeyList:
    """Read a key list that this root key (hex) signed. Raises KeyListRefusedError."""
    try:
        statement = statements.read(content)
        keys = statements.decode(statement.payload, KeyList)
    except NotAStatementError as broken:
        raise KeyListRefusedError from broken
    if statement.payload_type != PAYLOAD_TYPE or not statements.is_signed(statement, [root_public]):
        raise KeyListRefusedError
    return keys
