"""The district's root key: made once, written on paper twice, and used only to sign the key list.

On paper it is 14 groups of four characters without look-alikes; the last group catches a slip.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field

from reliefdesk.errors import UserError
from reliefdesk.keys import fingerprints
from reliefdesk.keys.recovery import ALPHABET
from reliefdesk.keys.statements import Signer

_SEED_BYTES = 32
_GROUP = 4
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_PAPER = str.maketrans(_BASE32, ALPHABET)
_FROM_PAPER = str.maketrans(ALPHABET + "OIL", _BASE32 + _BASE32[0] + _BASE32[1] * 2)
_FROM_STRANGE = {ord(char): None for char in " -－—\t\r\n　"}


class RootCodeError(UserError):
    """The typed root code has a wrong length, a strange character, or a slip in it."""

    code = "keys.root_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class RootKey:
    """The root key while it is at hand. `code` is what stands on the paper."""

    code: str = field(repr=False)
    signer: Signer

    @property
    def public(self) -> str:
        """The public key (hex) that every desk of the district keeps."""
        return self.signer.public

    @property
    def fingerprint(self) -> str:
        """What two people compare when an office is enrolled."""
        return root_fingerprint(self.public)


def root_fingerprint(public: str) -> str:
    """Give the fingerprint of a root key (hex)."""
    return fingerprints.spelled(b"reliefdesk root " + bytes.fromhex(public))


def new_root_key() -> RootKey:
    """Make the root key of a district."""
    return root_key_from(secrets.token_bytes(_SEED_BYTES))


def root_key_from(seed: bytes) -> RootKey:
    """Build a root key from its 32 bytes."""
    text = base64.b32encode(seed).decode().rstrip("=") + _check(seed)
    bare = text.translate(_TO_PAPER)
    code = "-".join(bare[start : start + _GROUP] for start in range(0, len(bare), _GROUP))
    return RootKey(code=code, signer=Signer(seed))


def read_root_key(typed: str) -> RootKey:
    """Read the code from paper: small letters, blanks, O for 0, I or L for 1 are understood.

    Raises RootCodeError.
    """
    bare = typed.upper().translate(_FROM_STRANGE).translate(_FROM_PAPER)
    try:
        seed = base64.b32decode(bare[:-_GROUP] + "====")
    except (binascii.Error, ValueError) as slip:
        raise RootCodeError from slip
    root = root_key_from(seed) if len(seed) == _SEED_BYTES else None
    if root is None or root.code.replace("-", "").translate(_FROM_PAPER) != bare:
        raise RootCodeError
    return root


def _check(seed: bytes) -> str:
    digest = hashlib.sha256(b"reliefdesk root code" + seed).digest()
    return base64.b32encode(digest).decode()[:_GROUP]
