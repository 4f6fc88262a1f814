"""The keys of one desk in one epoch: it signs with one, opens what is addressed to it with another.

Private parts leave this module only as `kept` text, which stands inside the encrypted desk file.
"""

import re
import secrets
from dataclasses import dataclass, field

from reliefdesk.keys import age, fingerprints, statements
from reliefdesk.keys.age import Identity
from reliefdesk.keys.statements import SUITE, Hash, Signer, SuiteName

_SEED_BYTES = 32
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKeys:
    """What partners may know. Bytes in hex, age recipients as `age1…`.

    `spare` is the recipient whose private key lies on paper in a sealed envelope; "" for none.
    """

    suite: SuiteName
    signing: Hash
    recipient: str
    spare: str

    def __post_init__(self) -> None:
        """Refuse (ValueError) what names no recipient."""
        texts = [self.recipient, *([self.spare] if self.spare else [])]
        if not all(_RECIPIENT.fullmatch(text) for text in texts):
            raise ValueError("recipient")

    @property
    def key_id(self) -> str:
        """The name of the signing key: SHA-256 of its 32 bytes, in hex."""
        return statements.key_id_of(self.signing)

    @property
    def recipients(self) -> tuple[str, ...]:
        """To whom a bundle for this desk is encrypted: its working key and its sealed spare."""
        return (self.recipient, self.spare) if self.spare else (self.recipient,)

    @property
    def fingerprint(self) -> str:
        """Six groups of four digits and a check pair, over everything above."""
        return fingerprints.spelled(statements.encode(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskKeys:
    """Both private keys of a desk. Keep them inside the encrypted desk only."""

    seed: str = field(repr=False)
    secret: str = field(repr=False)
    public: PublicKeys

    @property
    def signer(self) -> Signer:
        """What signs for this desk."""
        return Signer(bytes.fromhex(self.seed))

    @property
    def identity(self) -> Identity:
        """What opens bundles that are addressed to this desk."""
        return Identity(self.secret)

    @property
    def kept(self) -> str:
        """The keys as one line of text, for a table of the encrypted desk."""
        return statements.encode(self).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareKey:
    """A second key to open bundles: `secret` goes on paper into a sealed envelope, never to disk.

    The paper can be typed into a file and given to the public `age` tool as it is.
    """

    secret: str = field(repr=False)
    recipient: str


def new_desk_keys(spare: str = "") -> DeskKeys:
    """Make both keys of a desk. `spare` is the recipient of a SpareKey, if it has one."""
    return _desk_keys(secrets.token_bytes(_SEED_BYTES).hex(), age.new_secret(), spare)


def read_kept(text: str) -> DeskKeys:
    """Read back what `DeskKeys.kept` gave. Raises NotAStatementError."""
    return statements.decode(text.encode(), DeskKeys)


def new_spare() -> SpareKey:
    """Make a spare key."""
    secret = age.new_secret()
    return SpareKey(secret=secret, recipient=Identity(secret).recipient)


def keys_from(seed: bytes, secret: str, *, spare: str = "") -> DeskKeys:
    """Build keys from given private parts: repeatable, for test vectors and demonstrations."""
    return _desk_keys(seed.hex(), secret, spare)


def _desk_keys(seed: str, secret: str, spare: str) -> DeskKeys:
    signer = Signer(bytes.fromhex(seed))
    recipient = Identity(secret).recipient
    public = PublicKeys(suite=SUITE, signing=signer.public, recipient=recipient, spare=spare)
    return DeskKeys(seed=seed, secret=secret, public=public)
