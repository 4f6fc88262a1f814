"""The front door: make a desk, sign in to it, and give each service call its context.

A desk is a folder with the encrypted file and its slots. The open `Desk` belongs to the thread
that opened it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from reliefdesk import wording
from reliefdesk.clock import Clock, IdSource
from reliefdesk.domain.desks import DeskCreated, DeskKind, Office
from reliefdesk.domain.ids import DeskId, OperatorId
from reliefdesk.domain.operators import Operator, Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.streams import EpochReason
from reliefdesk.keys import recovery, slots
from reliefdesk.keys.passphrases import require_passphrase
from reliefdesk.keys.work import PIN_WORK, SLOT_WORK, Work
from reliefdesk.services import backups, desk_keys, operators, setup, verification
from reliefdesk.services.operators import OperatorDraft
from reliefdesk.services.recording import Context, Recorded, record
from reliefdesk.storage import desks, opening, settings, streams
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.journal import Head
from reliefdesk.storage.verification import VerificationReport

_MACHINE = desk_keys.MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Time, chance, the cost of guessing a secret, and the machine; tests pass their own.

    `machine` tells this PC from another; empty where it cannot be told.
    """

    clock: Clock
    ids: IdSource
    slot_work: Work = SLOT_WORK
    pin_work: Work = PIN_WORK
    machine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one operator gets at the start: name, seats, sign-in passphrase, confirming PIN."""

    name: str
    seats: tuple[Seat, ...]
    passphrase: str = field(repr=False)
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPlan:
    """What a new desk needs to exist at all: office, kind and its first administrator."""

    office: Office
    kind: DeskKind
    administrator: Account


def exists(folder: Path) -> bool:
    """Whether a desk lies in `folder`."""
    return (folder / opening.DESK_FILE).exists()


def account_names(folder: Path) -> tuple[str, ...]:
    """Give the names that can sign in, for the sign-in page. Raises SlotsMissingError."""
    return tuple(slot.name for slot in slots.read(folder / opening.SLOTS_FILE).slots)


def backup_account_names(path: Path) -> tuple[str, ...]:
    """Give the names that open a backup file. Raises SlotsMissingError."""
    return tuple(slot.name for slot in slots.read(backups.slots_of(path)).slots)


def create(folder: Path, plan: DeskPlan, surroundings: Surroundings) -> "Desk":
    """Make a new desk with its first administrator, and open it.

    Raises DeskExistsError, NetworkShareError, a passphrase or PIN error; then nothing is left.
    """
    require_passphrase(plan.administrator.passphrase, name=plan.administrator.name)
    key = slots.new_data_key()
    operator_id = OperatorId(surroundings.ids.new())
    opened = slots.Opened(data_key=key, operator_id=operator_id)
    genesis = DeskCreated(
        desk_id=DeskId(surroundings.ids.new()), office=plan.office, kind=plan.kind, epoch=1
    )

    def desk_of(file: DeskFile) -> Desk:
        return Desk(folder, file, opened=opened, genesis=genesis, surroundings=surroundings)

    def fill(file: DeskFile) -> None:
        desk = desk_of(file)
        with file.transaction():
            record(desk.context(), genesis)
            desk_keys.make(desk.context(), epoch=genesis.epoch)
            settings.put(file, _MACHINE, surroundings.machine)
        draft = _draft_of(plan.administrator, operator_id)
        operators.add(desk.context(), draft, work=desk.pin_work)
        # Slots of a creation that was broken off open nothing: start anew.
        desk.start_slots(plan.administrator)

    return desk_of(opening.create_desk_file(folder, key, fill=fill))


def sign_in(folder: Path, name: str, passphrase: str, surroundings: Surroundings) -> "Desk":
    """Open the desk in `folder` with an account's passphrase.

    Raises PassphraseRefusedError, SlotsMissingError, DeskHeldError (names the holder) and whatever
    is wrong with the file.
    """
    opened = slots.open_slot(
        slots.read(folder / opening.SLOTS_FILE), name=name, passphrase=passphrase
    )
    return _opened(folder, opened, surroundings)


def recover(folder: Path, code: str, surroundings: Surroundings) -> "Desk":
    """Open the desk with the recovery code on paper, as its first active administrator."""
    key = slots.open_recovery(slots.read(folder / opening.SLOTS_FILE), code)
    nobody = slots.Opened(data_key=key, operator_id=OperatorId(""))
    desk = _opened(folder, nobody, surroundings)
    administrators = operators.with_seat(desk.context(OperatorId("")), Seat.ADMINISTRATOR)
    desk.operator_id = administrators[0].operator_id
    return desk


def verify(
    folder: Path, name: str, passphrase: str, witnessed: Iterable[Head] = ()
) -> VerificationReport:
    """Check the desk in `folder`, also one that would no longer open.

    `witnessed` are heads from paper. Raises PassphraseRefusedError, DeskHeldError and what keeps
    the file from being read at all.
    """
    key = _data_key(folder / opening.SLOTS_FILE, name, passphrase)
    return verification.verify_folder(folder, key, witnessed)


def restore_check(path: Path, name: str, passphrase: str) -> VerificationReport:
    """Open a backup file as a restore would and check all of it; no byte of it changes."""
    return backups.restore_check(path, _data_key(backups.slots_of(path), name, passphrase))


def _data_key(slots_path: Path, name: str, passphrase: str) -> bytes:
    return slots.open_slot(slots.read(slots_path), name=name, passphrase=passphrase).data_key


class Desk:
    """An open desk. `operator_id` is who opened it last; the window may sign others in."""

    def __init__(
        self,
        folder: Path,
        file: DeskFile,
        *,
        opened: slots.Opened,
        genesis: DeskCreated,
        surroundings: Surroundings,
    ) -> None:
        """Wrap an open file; use `create` or `sign_in` instead."""
        self.folder = folder
        self.genesis = genesis
        self.operator_id = opened.operator_id
        self._file = file
        self._opened = opened
        self._surroundings = surroundings

    @property
    def pin_work(self) -> Work:
        """The cost of a PIN hash on this desk."""
        return self._surroundings.pin_work

    @property
    def recovery_confirmed(self) -> bool:
        """Whether the printed recovery code was typed back once."""
        return self._slots().recovery_confirmed

    def context(self, operator_id: OperatorId | None = None) -> Context:
        """Give what a service call needs, for an operator or for who opened the desk."""
        self.genesis = desks.known(self._file) or self.genesis  # an epoch may have begun
        return Context(
            file=self._file,
            clock=self._surroundings.clock,
            ids=self._surroundings.ids,
            desk=self.genesis,
            operator_id=operator_id or self.operator_id,
            stopped=self._why_stopped(),
            machine=self._surroundings.machine,
        )

    def open_epoch(
        self, reason: EpochReason, *, officer: VerifiedOfficer
    ) -> Recorded[desk_keys.KeyPaper]:
        """Begin a new epoch after a restore, a copy or for new keys; this PC is its home then."""
        return desk_keys.open_epoch(self.context(), reason, officer=officer)

    def _why_stopped(self) -> str:
        """Say why nothing may be recorded: the desk came from another PC, or fell behind."""
        home, here = settings.get(self._file, _MACHINE), self._surroundings.machine
        if home and here and home != here:
            return wording.text("sync.stopped_moved")
        if streams.is_frozen(self._file, self.genesis.desk_id, self.genesis.epoch):
            return wording.text("sync.stopped_behind")
        return ""

    def switch(self, name: str, passphrase: str) -> OperatorId:
        """Sign another operator in on the open desk. Raises PassphraseRefusedError."""
        opened = slots.open_slot(self._slots(), name=name, passphrase=passphrase)
        self.operator_id = opened.operator_id
        return opened.operator_id

    def add_operator(self, account: Account) -> Recorded[Operator]:
        """Open an account with its passphrase and PIN; needs the system seat."""
        require_passphrase(account.passphrase, name=account.name)
        operator_id = OperatorId(self._surroundings.ids.new())
        draft = _draft_of(account, operator_id)
        self._require_free_name(account.name)
        done = operators.add(self.context(), draft, work=self.pin_work)
        self.write_slot(account.name, account.passphrase, operator_id)
        return done

    def remove_operator(self, operator_id: OperatorId) -> Recorded[Operator]:
        """Close an account; its passphrase opens nothing any more."""
        done = operators.leave(self.context(), operator_id)
        slots.write(self._slots_path, slots.without_slot(self._slots(), operator_id))
        return done

    def set_passphrase(self, operator_id: OperatorId, passphrase: str) -> None:
        """Set a new sign-in passphrase: one's own, or as administrator anybody's."""
        context = self.context()
        if operator_id != self.operator_id:
            require_seat(operators.signed_in(context), Seat.ADMINISTRATOR)
        self.write_slot(operators.operator(context, operator_id).name, passphrase, operator_id)

    def start_slots(self, administrator: Account) -> None:
        """Put a slot file in place that holds the first administrator's slot and no other."""
        after = slots.with_slot(
            slots.EMPTY,
            self._opened,
            name=administrator.name,
            passphrase=administrator.passphrase,
            work=self._surroundings.slot_work,
        )
        slots.write(self._slots_path, after)

    def write_slot(self, name: str, passphrase: str, operator_id: OperatorId) -> None:
        """Seal the data key for an operator and put the slot file in place."""
        path, before = self._slots_path, self._slots()
        opened = slots.Opened(data_key=self._opened.data_key, operator_id=operator_id)
        work = self._surroundings.slot_work
        after = slots.with_slot(before, opened, name=name, passphrase=passphrase, work=work)
        slots.write(path, after)

    def new_recovery_code(self) -> str:
        """Make a recovery code for paper; it counts once it was typed back."""
        code = recovery.new_code()
        after = slots.with_recovery(
            self._slots(), self._opened.data_key, code, work=self._surroundings.slot_work
        )
        slots.write(self._slots_path, after)
        return code

    def confirm_recovery_code(self, code: str) -> None:
        """Take the code as typed back. Raises RecoveryCodeError or RecoveryRefusedError."""
        slots.write(self._slots_path, slots.with_recovery_confirmed(self._slots(), code))

    def remaining_steps(self) -> tuple[setup.SetupStep, ...]:
        """Give what the wizard still has to do."""
        return setup.remaining_steps(self.context(), recovery_confirmed=self.recovery_confirmed)

    def close(self) -> None:
        """Close the desk and let its lock go."""
        self._file.close()

    @property
    def _slots_path(self) -> Path:
        return self.folder / opening.SLOTS_FILE

    def _slots(self) -> slots.SlotFile:
        return slots.read(self._slots_path)

    def _require_free_name(self, name: str) -> None:
        if name.strip() in {slot.name for slot in self._slots().slots}:
            raise slots.NameTakenError(name=name.strip())


def _opened(folder: Path, opened: slots.Opened, surroundings: Surroundings) -> Desk:
    file = opening.open_desk_file(folder, opened.data_key)
    try:
        genesis = desks.desk(file)
    except BaseException:
        file.abandon()
        raise
    return Desk(folder, file, opened=opened, genesis=genesis, surroundings=surroundings)


def _draft_of(account: Account, operator_id: OperatorId) -> OperatorDraft:
    return OperatorDraft(
        operator_id=operator_id, name=account.name, seats=account.seats, pin=account.pin
    )
