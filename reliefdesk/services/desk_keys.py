"""This desk's keys: made at its creation, renewed with every epoch, never outside the desk.

What a partner may know leaves as a request file and a fingerprint on paper, read by two people.
"""

from dataclasses import dataclass

from reliefdesk.bundles.reading import Me
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.partners import KeysMissingError, Partner, SamePersonError
from reliefdesk.domain.streams import DeskKeysMade, EpochOpened, EpochReason, StreamPlace
from reliefdesk.keys.age import Identity
from reliefdesk.keys.desk_keys import DeskKeys, PublicKeys, new_desk_keys
from reliefdesk.keys.enrolment import EnrolmentRequest, Rotation, sign_request, sign_rotation
from reliefdesk.keys.key_list import KeyRow, KnownKeys, Trusted
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import desk_keys as stored
from reliefdesk.storage import desks, journal, partners, settings, streams

MACHINE = "machine"
"""The setting that names the PC on which the present epoch lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPaper:
    """A file for the stick, and the fingerprint that goes on paper beside it."""

    name: str
    content: bytes
    fingerprint: str


def make(context: Context, *, epoch: int) -> DeskKeys:
    """Make and keep the keys of an epoch, inside the caller's transaction."""
    made = new_desk_keys()
    public = made.public
    event = DeskKeysMade(
        epoch=epoch,
        suite=public.suite,
        signing=public.signing,
        recipient=public.recipient,
        spare=public.spare,
    )
    record(context, event)
    stored.put(context.file, epoch, made)
    return made


def current(context: Context) -> DeskKeys:
    """Give the keys of the present epoch; raises KeysMissingError."""
    return of_epoch(context, context.desk.epoch)


def of_epoch(context: Context, epoch: int) -> DeskKeys:
    """Give the keys of an epoch of this desk."""
    found = stored.keys(context.file).get(epoch)
    if found is None:
        raise KeysMissingError
    return found


def identity(context: Context) -> Identity:
    """Give what opens bundles for this desk, those sealed to its earlier keys included."""
    current(context)
    return Identity(*(keys.secret for keys in stored.keys(context.file).values()))


def me(context: Context) -> Me:
    """Say who opens a bundle here."""
    return Me(office=context.desk.office.code, devices=frozenset({context.desk.desk_id}))


def known(context: Context) -> KnownKeys:
    """Give the keys of every partner, and the epochs that are frozen here."""
    rows = [_key_row(partner) for partner in partners.partners(context.file)]
    return KnownKeys(rows=rows, frozen=frozenset(streams.frozen(context.file)))


def public_of(partner: Partner) -> PublicKeys:
    """Give a partner's public keys as the room of keys spells them."""
    keys = partner.keys
    return PublicKeys(
        suite=keys.suite, signing=keys.signing, recipient=keys.recipient, spare=keys.spare
    )


def request_file(context: Context) -> KeyPaper:
    """Give the file with which this desk asks to be enrolled, and its fingerprint for paper."""
    keys, desk = current(context), context.desk
    request = EnrolmentRequest(
        keys=keys.public,
        role=desk.kind,
        office=desk.office.code,
        device=desk.desk_id,
        epoch=desk.epoch,
        made_at=context.now,
    )
    name = f"RD-{desk.office.code}-KEY-{desk.epoch:03d}.JSON"
    return KeyPaper(
        name=name, content=sign_request(request, keys), fingerprint=keys.public.fingerprint
    )


def open_epoch(
    context: Context, reason: EpochReason, *, officer: VerifiedOfficer
) -> Recorded[KeyPaper]:
    """Begin a new epoch with new keys, named after the end of the old one.

    The result is what the partner needs: for a planned change a file that both keys signed, else
    a request whose fingerprint is compared anew. Needs the system seat and a second person.
    """
    require_two(context, officer)
    old = current(context)
    end = journal.head(context.file)
    after = StreamPlace(seq=end.seq, hash=end.hash)
    epoch = context.desk.epoch + 1
    with context.file.transaction():
        event = EpochOpened(epoch=epoch, after=after, reason=reason)
        record(context, event, confirmed_by=(officer.operator.operator_id,))
        new = make(context, epoch=epoch)
        settings.put(context.file, MACHINE, context.machine)  # this PC is its home from here on
    opened = _in_epoch(context)
    if reason is not EpochReason.ROTATED:
        return recorded(request_file(opened), "sync", "partners")
    rotation = Rotation(
        old=old.public,
        new=new.public,
        office=context.desk.office.code,
        device=context.desk.desk_id,
        epoch=epoch,
        after=Trusted(seq=after.seq, hash=after.hash),
        made_at=context.now,
    )
    paper = KeyPaper(
        name=f"RD-{context.desk.office.code}-KEY-{epoch:03d}.JSON",
        content=sign_rotation(rotation, old=old, new=new),
        fingerprint=new.public.fingerprint,
    )
    return recorded(paper, "sync", "partners")


def require_two(context: Context, officer: VerifiedOfficer) -> None:
    """Refuse what one person would do alone: the system seat signed in, and another's PIN."""
    require_seat(operators.signed_in(context), Seat.ADMINISTRATOR)
    if officer.operator.operator_id == context.operator_id:
        raise SamePersonError(name=officer.operator.name)


def _in_epoch(context: Context) -> Context:
    return Context(
        file=context.file,
        clock=context.clock,
        ids=context.ids,
        desk=desks.desk(context.file),
        operator_id=context.operator_id,
    )


def _key_row(partner: Partner) -> KeyRow:
    trusted = partner.trusted
    return KeyRow(
        keys=public_of(partner),
        role=partner.role,
        office=partner.office.code,
        device=partner.desk_id,
        epoch=partner.epoch,
        valid_from=partner.valid_from,
        revoked_at=partner.revoked_at,
        trusted=None if trusted is None else Trusted(seq=trusted.seq, hash=trusted.hash),
    )
