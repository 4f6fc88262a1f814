"""Signed statements: one canonical JSON value in a DSSE envelope with exactly the expected signers.

Whatever is not the one spelling of what it says is refused before anybody looks at a signature.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reliefdesk.errors import TrustError

SUITE = "s1"
"""Ed25519 (RFC 8032), SHA-256, age with X25519. Nothing is negotiated; others get other names."""

ENVELOPE_MAX = 1024 * 1024
"""Bytes of a whole envelope, at most."""

INTEGER_MAX = 2**53
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
SuiteName = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]{1,16}$")]
OfficeCode = Annotated[str, msgspec.Meta(pattern="^[0-9]{6,12}$")]
DeviceId = Annotated[str, msgspec.Meta(pattern="^[0-9a-z-]{1,64}$")]
Count = Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)]
Ordinal = Annotated[int, msgspec.Meta(ge=1, le=INTEGER_MAX)]

T = TypeVar("T")


class NotAStatementError(TrustError):
    """These bytes are no statement of the expected kind, or not in its one spelling."""

    code = "keys.not_a_statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature of an envelope: the signer's key id and 64 raw bytes."""

    key_id: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An envelope that was read and not yet verified."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]


class Signer:
    """Signs with a key that it never shows."""

    __slots__ = ("_private", "key_id", "public")

    def __init__(self, seed: bytes) -> None:
        """Take the 32 bytes of an Ed25519 private key (RFC 8032)."""
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw().hex()
        self.key_id = key_id_of(self.public)

    def sign(self, content: bytes) -> bytes:
        """Give 64 raw bytes; the same content is always signed alike."""
        return self._private.sign(content)


class _SignatureForm(msgspec.Struct, frozen=True, kw_only=True):
    keyid: str
    sig: str


class _EnvelopeForm(msgspec.Struct, frozen=True, kw_only=True):
    payload: str
    payloadType: str  # noqa: N815 - DSSE spells it so
    signatures: tuple[_SignatureForm, ...]


class _Decoders(dict[type, msgspec.json.Decoder[Any]]):
    def __missing__(self, kind: type) -> msgspec.json.Decoder[Any]:
        return self.setdefault(kind, msgspec.json.Decoder(kind))


_encoder = msgspec.json.Encoder(order="sorted")
_DECODERS = _Decoders()


def key_id_of(public: str) -> str:
    """Name a public key (hex): the SHA-256 of its 32 bytes, in hex."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()


def encode(value: object) -> bytes:
    """Give the canonical JSON bytes of a value: sorted ASCII keys, no blanks, no floats."""
    return _encoder.encode(value)


def decode(content: bytes, kind: type[T]) -> T:
    """Read canonical bytes strictly. Raises NotAStatementError."""
    try:
        value: T = _DECODERS[kind].decode(content)
        # Decoders take doubled and unknown keys and blanks silently: compare the bytes.
        same = _encoder.encode(value) == content
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as broken:
        raise NotAStatementError from broken
    if not same:
        raise NotAStatementError
    return value


def sign(payload: bytes, payload_type: str, signers: Sequence[Signer]) -> bytes:
    """Give the canonical bytes of a DSSE envelope over a payload."""
    content = pae(payload, payload_type)
    signatures = tuple(
        _SignatureForm(keyid=signer.key_id, sig=_text(signer.sign(content))) for signer in signers
    )
    form = _EnvelopeForm(payload=_text(payload), payloadType=payload_type, signatures=signatures)
    return encode(form)


def read(content: bytes) -> Statement:
    """Read an envelope in its one spelling. Raises NotAStatementError."""
    if len(content) > ENVELOPE_MAX:
        raise NotAStatementError
    form = decode(content, _EnvelopeForm)
    return Statement(
        payload_type=form.payloadType,
        payload=_raw(form.payload),
        signatures=tuple(
            Signature(key_id=item.keyid, raw=_raw(item.sig)) for item in form.signatures
        ),
    )


def is_signed(statement: Statement, publics: Sequence[str]) -> bool:
    """Whether exactly these keys (hex), in this order, signed the statement."""
    from securesystemslib.dsse import Envelope  # noqa: PLC0415 - 0.1 s that a start need not pay
    from securesystemslib.exceptions import VerificationError  # noqa: PLC0415 - the same
    from securesystemslib.signer import (  # type: ignore[attr-defined]  # noqa: PLC0415 - the same
        Key,
        SSlibKey,
    )
    from securesystemslib.signer import (  # type: ignore[attr-defined]  # noqa: PLC0415 - the same
        Signature as Given,
    )

    wanted = [key_id_of(public) for public in publics]
    if [item.key_id for item in statement.signatures] != wanted or len(set(wanted)) < len(wanted):
        return False
    given = {item.key_id: Given(item.key_id, item.raw.hex()) for item in statement.signatures}
    keys: list[Key] = [
        SSlibKey(key_id, "ed25519", "ed25519", {"public": public})
        for key_id, public in zip(wanted, publics, strict=True)
    ]
    try:
        Envelope(statement.payload, statement.payload_type, given).verify(keys, len(keys))
    except VerificationError:
        return False
    return True


def pae(payload: bytes, payload_type: str) -> bytes:
    """The bytes that DSSE signs (pre-authentication encoding)."""
    from securesystemslib.dsse import Envelope  # noqa: PLC0415 - 0.1 s that a start need not pay

    return Envelope(payload, payload_type, {}).pae()


def require_utc(at: datetime) -> None:
    """Refuse (ValueError) an instant with another offset: it would have two spellings."""
    if at.utcoffset() != timedelta(0):
        raise ValueError("instants are UTC")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise NotAStatementError from broken
    if _text(raw) != text:  # spare bits in the last character
        raise NotAStatementError
    return raw
