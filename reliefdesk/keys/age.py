"""Encryption to a recipient with age (X25519): bytes go in whole and come out whole or not at all.

age proves no sender; that is what signatures are for.
"""

import errno
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

import pyrage  # type: ignore[import-untyped]  # the wheel carries no types

from reliefdesk.errors import BugError, TrustError, UserError

MAGIC = b"age-encryption.org/v1\n"
HEADER_END = b"\n--- "
_NOT_OURS = "No matching keys found"  # the library has one exception for all; a test pins this text


class NoMatchingKeyError(TrustError):
    """None of our keys is among the recipients."""

    code = "keys.no_matching_key"


class UnsealedError(TrustError):
    """The bytes are damaged or altered: nothing of them was kept."""

    code = "keys.unsealed"


class RecipientError(UserError):
    """This text names no age recipient (`age1…`)."""

    code = "keys.recipient"


class IdentityError(UserError):
    """This text is no age identity (`AGE-SECRET-KEY-1…`)."""

    code = "keys.identity"


class Identity:
    """One or more private keys that open what was encrypted to them; never shown."""

    __slots__ = ("_opened_by", "recipient")

    def __init__(self, *secrets: str) -> None:
        """Take `AGE-SECRET-KEY-1…` texts, at least one. Raises IdentityError."""
        try:
            self._opened_by = [pyrage.x25519.Identity.from_str(secret) for secret in secrets]
        except pyrage.IdentityError as broken:
            raise IdentityError from broken
        if not self._opened_by:
            raise IdentityError
        self.recipient = str(self._opened_by[0].to_public())

    def opened(self, content: bytes, limit: int) -> BytesIO:
        """Decrypt the whole into memory, at most `limit` bytes.

        Raises NoMatchingKeyError, or UnsealedError and then nothing is left of what was read.
        """
        target = _Bounded(limit)
        try:
            pyrage.decrypt_io(BytesIO(content), target, self._opened_by)
        except pyrage.DecryptError as refused:
            if str(refused) == _NOT_OURS:
                raise NoMatchingKeyError from refused
            raise UnsealedError from refused
        except OSError as broken:
            raise UnsealedError from broken
        target.seek(0)
        return target


def new_secret() -> str:
    """Make a private key: `AGE-SECRET-KEY-1…`."""
    return str(pyrage.x25519.Identity.generate())


def sealed(source: BinaryIO, recipients: Iterable[str]) -> bytes:
    """Encrypt a stream, so that each of the recipients can open it.

    Raises RecipientError for a text that names none, BugError without any.
    """
    try:
        keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    except pyrage.RecipientError as broken:
        raise RecipientError from broken
    if not keys:
        raise BugError(rule="encrypted to somebody")
    target = BytesIO()
    pyrage.encrypt_io(source, target, keys)
    return target.getvalue()


class _Bounded(BytesIO):
    """Memory that takes so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]  # the library writes bytes
        self._left -= len(piece)
        if self._left < 0:
            raise OSError(errno.EFBIG, "longer than allowed")
        return super().write(piece)
