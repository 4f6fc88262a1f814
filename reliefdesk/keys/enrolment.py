"""How a desk becomes known: a request that it signed itself, and a rotation that both keys signed.

Neither makes anybody trusted: two people compare fingerprints, then the root key signs the list.
"""

from dataclasses import dataclass
from datetime import datetime

from reliefdesk.domain.desks import DeskKind
from reliefdesk.errors import TrustError
from reliefdesk.keys import statements
from reliefdesk.keys.desk_keys import DeskKeys, PublicKeys
from reliefdesk.keys.key_list import Trusted
from reliefdesk.keys.statements import (
    DeviceId,
    NotAStatementError,
    OfficeCode,
    Ordinal,
    Statement,
    require_utc,
)

REQUEST_TYPE = "application/vnd.reliefdesk.enrolment.v1+json"
ROTATION_TYPE = "application/vnd.reliefdesk.rotation.v1+json"


class RequestRefusedError(TrustError):
    """This is no enrolment request, or not signed with the key that it names."""

    code = "keys.request_refused"


class RotationRefusedError(TrustError):
    """This is no change of keys that both the old and the new key signed."""

    code = "keys.rotation_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRequest:
    """A desk asks to be listed: what it is, its public keys, and when it asked (UTC)."""

    keys: PublicKeys
    role: DeskKind
    office: OfficeCode
    device: DeviceId
    epoch: Ordinal
    made_at: datetime

    def __post_init__(self) -> None:
        """Refuse (ValueError) other offsets."""
        require_utc(self.made_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """A desk changes its keys: `after` is the last number and hash of the epoch that ends."""

    old: PublicKeys
    new: PublicKeys
    office: OfficeCode
    device: DeviceId
    epoch: Ordinal
    after: Trusted
    made_at: datetime

    def __post_init__(self) -> None:
        """Refuse (ValueError) other offsets, and the same key twice."""
        require_utc(self.made_at)
        if self.old.signing == self.new.signing:
            raise ValueError("rotation")


def sign_request(request: EnrolmentRequest, keys: DeskKeys) -> bytes:
    """Give the request file: signed with the very key it asks for."""
    return statements.sign(statements.encode(request), REQUEST_TYPE, [keys.signer])


def read_request(content: bytes) -> EnrolmentRequest:
    """Read a request file; its fingerprint is still to be compared. Raises RequestRefusedError."""
    try:
        statement = statements.read(content)
        request = statements.decode(statement.payload, EnrolmentRequest)
    except NotAStatementError as broken:
        raise RequestRefusedError from broken
    if not _stands(statement, REQUEST_TYPE, request.keys):
        raise RequestRefusedError
    return request


def sign_rotation(rotation: Rotation, *, old: DeskKeys, new: DeskKeys) -> bytes:
    """Give the rotation file: signed with the old key, then with the new one."""
    return statements.sign(statements.encode(rotation), ROTATION_TYPE, [old.signer, new.signer])


def is_rotation(content: bytes) -> bool:
    """Whether a file says that it changes keys; that somebody signed it is still to be checked."""
    try:
        return statements.read(content).payload_type == ROTATION_TYPE
    except NotAStatementError:
        return False


def read_rotation(content: bytes, old: PublicKeys) -> Rotation:
    """Read a rotation away from keys that are known. Raises RotationRefusedError."""
    try:
        statement = statements.read(content)
        rotation = statements.decode(statement.payload, Rotation)
    except NotAStatementError as broken:
        raise RotationRefusedError from broken
    if rotation.old != old or not _stands(statement, ROTATION_TYPE, rotation.old, rotation.new):
        raise RotationRefusedError
    return rotation


def _stands(statement: Statement, payload_type: str, *keys: PublicKeys) -> bool:
    signed = statements.is_signed(statement, [item.signing for item in keys])
    return statement.payload_type == payload_type and signed
