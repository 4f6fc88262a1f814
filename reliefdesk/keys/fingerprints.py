"""Fingerprints that two people read to each other: six groups of four digits and a check pair.

80 bits of SHA-256, written as 24 digits; the pair (ISO 7064, mod 97-10) catches a slip of the ear.
"""

import hashlib

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

from reliefdesk.errors import TrustError, UserError

_BYTES = 10  # 80 bits
_DIGITS = 24
_GROUP = 4
_CHECK = 2
_BLANKS = " -－—·　"


class FingerprintSlipError(UserError):
    """What was read aloud or typed is no fingerprint: a digit is missing or wrong."""

    code = "keys.fingerprint_slip"


class FingerprintDiffersError(TrustError):
    """The fingerprint is well spelled, but that of another key."""

    code = "keys.fingerprint_differs"


def spelled(content: bytes) -> str:
    """Give the fingerprint of some bytes as printed, for example `0123 4567 … 0123 45`."""
    number = int.from_bytes(hashlib.sha256(content).digest()[:_BYTES], "big")
    digits = f"{number % 10**_DIGITS:0{_DIGITS}d}"
    whole = digits + mod_97_10.calc_check_digits(digits)
    return " ".join(whole[start : start + _GROUP] for start in range(0, len(whole), _GROUP))


def require_same(typed: str, printed: str) -> None:
    """Compare what the other person read with ours.

    Raises FingerprintSlipError for a slip, FingerprintDiffersError for another key.
    """
    bare = "".join(char for char in typed if char not in _BLANKS)
    try:
        sound = len(bare) == _DIGITS + _CHECK and bare.isascii() and bare.isdigit()
        mod_97_10.validate(bare if sound else "")
    except ValidationError as slip:
        raise FingerprintSlipError from slip
    if bare != printed.replace(" ", ""):
        raise FingerprintDiffersError
