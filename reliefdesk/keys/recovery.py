"""The recovery code: 160 random bits on paper that open the desk when every passphrase is lost.

Nine groups of four characters without look-alikes; the last characters catch a mistyped one.
"""

import hashlib
import secrets

from reliefdesk.errors import UserError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
CODE_BYTES = 20
_CODE_CHARACTERS = 32
_CHECK_CHARACTERS = 4
_GROUP = 4
_LOOKALIKES = str.maketrans("OIL", "011")
_BITS = 5


class RecoveryCodeError(UserError):
    """The typed recovery code has a wrong length, a strange character, or a slip in it."""

    code = "keys.recovery_code"


def new_code() -> str:
    """Make a code, as it is printed: groups of four, joined by dashes."""
    return spelled(secrets.token_bytes(CODE_BYTES))


def spelled(secret: bytes) -> str:
    """Write 20 bytes as a printed code."""
    text = _encoded(secret, _CODE_CHARACTERS) + _check(secret)
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def read_code(text: str) -> bytes:
    """Read what was typed back: small letters, blanks, O for 0, I or L for 1 are understood.

    Raises RecoveryCodeError.
    """
    bare = "".join(char for char in text.upper() if not char.isspace() and char not in "-－—")
    bare = bare.translate(_LOOKALIKES)
    strange = any(char not in ALPHABET for char in bare)
    if strange or len(bare) != _CODE_CHARACTERS + _CHECK_CHARACTERS:
        raise RecoveryCodeError
    number = 0
    for char in bare[:_CODE_CHARACTERS]:
        number = number << _BITS | ALPHABET.index(char)
    secret = number.to_bytes(CODE_BYTES, "big")
    if bare[_CODE_CHARACTERS:] != _check(secret):
        raise RecoveryCodeError
    return secret


def _encoded(content: bytes, characters: int) -> str:
    number = int.from_bytes(content, "big")
    places = range(_BITS * (characters - 1), -1, -_BITS)
    return "".join(ALPHABET[number >> place & len(ALPHABET) - 1] for place in places)


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"reliefdesk recovery code" + secret).digest()
    return _encoded(digest[:3], _CHECK_CHARACTERS)
