"""How much work a guess costs: the parameters of Argon2id, and the randomness of keys and salts."""

import secrets
from dataclasses import dataclass

SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Cost of one Argon2id derivation (RFC 9106): memory in KiB, passes, lanes."""

    kibibytes: int
    passes: int
    lanes: int


SLOT_WORK = Work(kibibytes=64 * 1024, passes=3, lanes=4)
"""For passphrases: the second choice of RFC 9106, section 4; about 0.1 s on an office PC."""

PIN_WORK = Work(kibibytes=19 * 1024, passes=2, lanes=1)
"""For PINs inside the encrypted desk: OWASP's floor; the failure counter does the rest."""


def new_salt() -> bytes:
    """Give 16 random bytes."""
    return secrets.token_bytes(SALT_BYTES)
