"""Tokens that stand for a person in a district's lists: slow to make for each number that is tried.

`HMAC-SHA-256(key of the office, Argon2id(number, salt of the year))`, its first 16 bytes. Whoever
holds a list with key and salt can test one named person; the desk's passphrase is the wall.
"""

import functools
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reliefdesk.keys.work import Work

TOKEN_WORK = Work(kibibytes=19 * 1024, passes=2, lanes=1)
"""About 27 ms for each number: nothing at a counter, 11 days for all numbers of one county."""

TOKEN_BYTES = 16
_SECRET_BYTES = _KEY_BYTES = 32
_SALT_BYTES = 16
_REMEMBERED = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKey:
    """What an office needs to look somebody up: the salt of the year, its own key (both hex)."""

    salt: str
    key: str = field(repr=False)


def new_secret() -> str:
    """Make the secret (hex) from which salt and keys of one year's lists follow."""
    return secrets.token_bytes(_SECRET_BYTES).hex()


def salt_of(secret: str) -> str:
    """Give the salt (hex) that all lists of a secret share, so that a number is stretched once."""
    return _derived(secret, b"reliefdesk token salt", _SALT_BYTES)


def list_key(secret: str, desk_id: str) -> ListKey:
    """Give salt and key for one office; its key tells nothing of another's."""
    key = _derived(secret, b"reliefdesk token key " + desk_id.encode(), _KEY_BYTES)
    return ListKey(salt=salt_of(secret), key=key)


@functools.lru_cache(maxsize=_REMEMBERED)  # the counter asks again with every key stroke
def stretched(number: str, salt: str) -> str:
    """Give the slow hash (hex) of a normalised number; no token yet, for it lacks the key."""
    work = TOKEN_WORK
    made = Argon2id(
        salt=bytes.fromhex(salt),
        length=_KEY_BYTES,
        iterations=work.passes,
        lanes=work.lanes,
        memory_cost=work.kibibytes,
    )
    return made.derive(number.encode()).hex()


def token_of(slow: str, key: ListKey) -> str:
    """Give the token (32 hex digits) of a stretched number under an office's key."""
    keyed = HMAC(bytes.fromhex(key.key), hashes.SHA256())
    keyed.update(bytes.fromhex(slow))
    return keyed.finalize()[:TOKEN_BYTES].hex()


def token(number: str, key: ListKey) -> str:
    """Give the token of a normalised number: 18 characters, X upper case."""
    return token_of(stretched(number, key.salt), key)


def _derived(secret: str, purpose: bytes, length: int) -> str:
    made = HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=purpose)
    return made.derive(bytes.fromhex(secret)).hex()
