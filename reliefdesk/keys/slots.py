"""The slot file beside a desk: for each operator the data key, sealed under a passphrase.

A slot is AES-256-GCM over the data key with a key that Argon2id derives; the account name and the
operator's id are bound into it. A recovery slot opens with the code on paper.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from reliefdesk.domain.ids import OperatorId
from reliefdesk.errors import SurroundingsError, TrustError, UserError
from reliefdesk.keys import durable
from reliefdesk.keys.passphrases import require_passphrase
from reliefdesk.keys.recovery import read_code
from reliefdesk.keys.work import SLOT_WORK, Work, new_salt

FORMAT = 1
_RECOVERY_NAME = "recovery"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_WORK_MAX = Work(kibibytes=1024 * 1024, passes=16, lanes=16)


class SlotsMissingError(SurroundingsError):
    """The slot file is not beside the desk: without it no passphrase opens anything."""

    code = "keys.slots_missing"


class SlotsDamagedError(TrustError):
    """The slot file is not what this program wrote."""

    code = "keys.slots_damaged"


class SlotsNotWrittenError(SurroundingsError):
    """The slot file could not be written; the old one stands."""

    code = "keys.slots_not_written"


class PassphraseRefusedError(TrustError):
    """No account of this name opens with this passphrase."""

    code = "keys.passphrase_refused"


class RecoveryRefusedError(TrustError):
    """The code is well written, but not that of this desk."""

    code = "keys.recovery_refused"


class NameTakenError(UserError):
    """Another account has this name. Facts: name."""

    code = "keys.name_taken"


class LastSlotError(UserError):
    """The last slot cannot be removed: nobody could open the desk again."""

    code = "keys.last_slot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A data key sealed under a secret; bytes in hex. All of it is bound by the seal."""

    salt: str
    kibibytes: int
    passes: int
    lanes: int
    nonce: str
    sealed_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One account: the name typed at sign-in, its operator, and the sealed data key."""

    name: str
    operator_id: str
    sealed: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotFile:
    """All slots of one desk. `recovery_confirmed`: the printed code was typed back once."""

    format: int
    slots: tuple[Slot, ...]
    recovery: Sealed | None
    recovery_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The data key and whose passphrase gave it."""

    data_key: bytes = field(repr=False)
    operator_id: OperatorId


DATA_KEY_BYTES = 32


def new_data_key() -> bytes:
    """Make the data key of a new desk: 32 random bytes that are never written plainly."""
    return secrets.token_bytes(DATA_KEY_BYTES)


EMPTY = SlotFile(format=FORMAT, slots=(), recovery=None, recovery_confirmed=False)


def read(path: Path) -> SlotFile:
    """Read a slot file. Raises SlotsMissingError or SlotsDamagedError."""
    try:
        content = path.read_bytes()
    except OSError as failure:
        raise SlotsMissingError from failure
    try:
        file = msgspec.json.decode(content, type=SlotFile)
    except msgspec.MsgspecError as failure:
        raise SlotsDamagedError from failure
    sealed = [slot.sealed for slot in file.slots] + ([file.recovery] if file.recovery else [])
    if file.format != FORMAT or not all(_is_sane(item) for item in sealed):
        raise SlotsDamagedError
    return file


def write(path: Path, file: SlotFile) -> None:
    """Put the slot file in place whole, forced to the disk. Raises SlotsNotWrittenError."""
    try:
        durable.write(path, msgspec.json.format(msgspec.json.encode(file)))
    except OSError as failure:
        raise SlotsNotWrittenError from failure


def with_slot(
    file: SlotFile,
    opened: Opened,
    *,
    name: str,
    passphrase: str,
    work: Work = SLOT_WORK,
) -> SlotFile:
    """Give the file with a slot for `opened.operator_id`, in place of an earlier one.

    Raises NameTakenError, PassphraseShortError or PassphraseObviousError.
    """
    others = tuple(slot for slot in file.slots if slot.operator_id != opened.operator_id)
    if any(_same_name(slot.name, name) for slot in others):
        raise NameTakenError(name=name)
    require_passphrase(passphrase, name=name)
    bound = _bound(name, opened.operator_id)
    sealed = _seal(opened.data_key, passphrase.encode(), bound, work)
    slot = Slot(name=name, operator_id=opened.operator_id, sealed=sealed)
    return replace(file, slots=(*others, slot))


def without_slot(file: SlotFile, operator_id: OperatorId) -> SlotFile:
    """Give the file without an operator's slot. Raises LastSlotError."""
    rest = tuple(slot for slot in file.slots if slot.operator_id != operator_id)
    if not rest:
        raise LastSlotError
    return replace(file, slots=rest)


def open_slot(file: SlotFile, *, name: str, passphrase: str) -> Opened:
    """Open the data key with an account's passphrase. Raises PassphraseRefusedError.

    A wrong name takes as long as a wrong passphrase and gets the same answer.
    """
    slot = next((slot for slot in file.slots if _same_name(slot.name, name)), None)
    if slot is None:
        _derive(passphrase.encode(), new_salt(), SLOT_WORK)
        raise PassphraseRefusedError
    bound = _bound(slot.name, slot.operator_id)
    data_key = _unseal(slot.sealed, passphrase.encode(), bound, PassphraseRefusedError)
    return Opened(data_key=data_key, operator_id=OperatorId(slot.operator_id))


def with_recovery(
    file: SlotFile, data_key: bytes, code: str, *, work: Work = SLOT_WORK
) -> SlotFile:
    """Give the file with a recovery slot for a printed code, not yet confirmed."""
    sealed = _seal(data_key, read_code(code), _bound(_RECOVERY_NAME, ""), work)
    return replace(file, recovery=sealed, recovery_confirmed=False)


def open_recovery(file: SlotFile, code: str) -> bytes:
    """Open the data key with the code on paper.

    Raises RecoveryCodeError for a slip, RecoveryRefusedError for another desk's code.
    """
    secret = read_code(code)
    if file.recovery is None:
        raise RecoveryRefusedError
    return _unseal(file.recovery, secret, _bound(_RECOVERY_NAME, ""), RecoveryRefusedError)


def with_recovery_confirmed(file: SlotFile, code: str) -> SlotFile:
    """Give the file with its recovery slot marked as tried, once the code was typed back."""
    open_recovery(file, code)
    return replace(file, recovery_confirmed=True)


def _same_name(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _bound(name: str, operator_id: str) -> bytes:
    return msgspec.json.encode(("reliefdesk slot", FORMAT, name, operator_id))


def _seal(data_key: bytes, secret: bytes, bound: bytes, work: Work) -> Sealed:
    salt, nonce = new_salt(), secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_derive(secret, salt, work)).encrypt(nonce, data_key, bound)
    return Sealed(
        salt=salt.hex(),
        kibibytes=work.kibibytes,
        passes=work.passes,
        lanes=work.lanes,
        nonce=nonce.hex(),
        sealed_key=sealed.hex(),
    )


def _unseal(
    sealed: Sealed, secret: bytes, bound: bytes, refused: Callable[[], TrustError]
) -> bytes:
    work = Work(kibibytes=sealed.kibibytes, passes=sealed.passes, lanes=sealed.lanes)
    key = _derive(secret, bytes.fromhex(sealed.salt), work)
    try:
        return AESGCM(key).decrypt(
            bytes.fromhex(sealed.nonce), bytes.fromhex(sealed.sealed_key), bound
        )
    except InvalidTag as failure:
        raise refused() from failure


def _derive(secret: bytes, salt: bytes, work: Work) -> bytes:
    return Argon2id(
        salt=salt,
        length=_KEY_BYTES,
        iterations=work.passes,
        lanes=work.lanes,
        memory_cost=work.kibibytes,
    ).derive(secret)


def _is_sane(sealed: Sealed) -> bool:
    """Whether the numbers can be worked with: a changed file must not eat the memory."""
    most = _WORK_MAX
    lanes_fit = 1 <= sealed.lanes <= most.lanes
    memory_fits = 8 * sealed.lanes <= sealed.kibibytes <= most.kibibytes
    if not (lanes_fit and memory_fits and 1 <= sealed.passes <= most.passes):
        return False
    lengths = ((sealed.salt, 16), (sealed.nonce, _NONCE_BYTES), (sealed.sealed_key, 48))
    return all(_is_hex(text, length) for text, length in lengths)


def _is_hex(text: str, length: int) -> bool:
    try:
        return len(bytes.fromhex(text)) == length
    except ValueError:
        return False
