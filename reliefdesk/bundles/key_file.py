"""The key file for checking a bundle by hand: an age identity with our facts in its comments.

So the same file works with the public tool as it is: `age -d -i KEY`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reliefdesk.bundles.reading import Me
from reliefdesk.domain.desks import DeskKind
from reliefdesk.errors import SurroundingsError, UserError
from reliefdesk.keys import statements
from reliefdesk.keys.age import Identity, IdentityError
from reliefdesk.keys.desk_keys import PublicKeys
from reliefdesk.keys.key_list import KeyRow, KnownKeys
from reliefdesk.keys.statements import NotAStatementError

_SENDER, _RECIPIENT = "# sender ", "# recipient "
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how such a line begins
_FOREVER = datetime(1970, 1, 1, tzinfo=UTC)
_PARTS = {_SENDER: 5, _RECIPIENT: 2}


class KeyFileUnreadableError(SurroundingsError):
    """The key file cannot be read."""

    code = "bundles.key_file_unreadable"


class KeyFileError(UserError):
    """The key file lacks an identity, a sender or the recipient, or a line is wrong."""

    code = "bundles.key_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What a key file says: what opens, who is meant, whose signatures are known."""

    identity: Identity
    me: Me
    known: KnownKeys


def read_key_file(path: Path) -> KeyFile:
    """Read a key file.

    Lines: `AGE-SECRET-KEY-1…`; `# recipient OFFICE DEVICE`; `# sender s1 HEX OFFICE DEVICE EPOCH`.
    Raises KeyFileUnreadableError or KeyFileError.
    """
    try:
        lines = path.read_text("ascii").splitlines()
    except OSError as failure:
        raise KeyFileUnreadableError from failure
    except UnicodeDecodeError as strange:
        raise KeyFileError from strange
    try:
        identity = Identity(*(line.strip() for line in lines if line.startswith(_SECRET)))
        rows = [_row(facts, identity) for facts in _facts(lines, _SENDER)]
    except (IdentityError, ValueError, NotAStatementError) as broken:
        raise KeyFileError from broken
    meant = _facts(lines, _RECIPIENT)
    if not rows or len({office for office, _ in meant}) != 1:
        raise KeyFileError
    me = Me(office=meant[0][0], devices=frozenset(device for _, device in meant))
    return KeyFile(identity=identity, me=me, known=KnownKeys(rows=rows))


def _facts(lines: list[str], start: str) -> list[list[str]]:
    found = [line.removeprefix(start).split() for line in lines if line.startswith(start)]
    return [facts for facts in found if len(facts) == _PARTS[start]]


def _row(facts: list[str], identity: Identity) -> KeyRow:
    suite, signing, office, device, epoch = facts
    # Only the signing key matters here; the recipient's place is filled with our own.
    keys = PublicKeys(suite=suite, signing=signing, recipient=identity.recipient, spare="")
    row = KeyRow(
        keys=keys,
        role=DeskKind.OFFICE,
        office=office,
        device=device,
        epoch=int(epoch),
        valid_from=_FOREVER,
    )
    return statements.decode(statements.encode(row), KeyRow)
