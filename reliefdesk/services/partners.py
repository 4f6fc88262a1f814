"""Enrolling, revoking and listing partners: never by one person, never on trust at first sight."""

from dataclasses import dataclass
from datetime import date

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.desks import DeskKind, Office
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.messages import KeyListIssued
from reliefdesk.domain.operators import VerifiedOfficer
from reliefdesk.domain.partners import (
    EnrolledAlreadyError,
    KeyListOldError,
    Partner,
    PartnerEnrolled,
    PartnerKeys,
    PartnerRevoked,
    PartnerRow,
    PartnerState,
    PartnerUnknownError,
    RoleError,
    RootDiffersError,
    RootKnown,
    RootMissingError,
    require_district,
)
from reliefdesk.domain.streams import START, StreamPlace
from reliefdesk.keys import enrolment, fingerprints, key_list, root_key
from reliefdesk.keys.desk_keys import PublicKeys
from reliefdesk.keys.enrolment import RotationRefusedError
from reliefdesk.keys.key_list import KeyList, KeyListRefusedError, KeyRow, Trusted
from reliefdesk.keys.root_key import root_fingerprint
from reliefdesk.services import desk_keys, messages, publishing
from reliefdesk.services.desk_keys import KeyPaper, require_two
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import canonical, streams
from reliefdesk.storage import desk_keys as stored_keys
from reliefdesk.storage import partners as stored

_CHANGED = ("partners", "sync", "today")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolOrder:
    """A file from the stick, and the fingerprint that the other person read from paper."""

    content: bytes
    office_name: str
    typed_fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeOrder:
    """Which key counts no more and why; `trusted` None means up to what was acknowledged."""

    desk_id: DeskId
    epoch: int
    reason: str
    trusted: StreamPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRequest:
    """What a request file says before anybody compared its fingerprint."""

    office: str
    role: DeskKind
    epoch: int


def seen(content: bytes) -> SeenRequest:
    """Look at a request file. Raises RequestRefusedError."""
    request = enrolment.read_request(content)
    return SeenRequest(office=request.office, role=request.role, epoch=request.epoch)


def is_rotation(content: bytes) -> bool:
    """Whether a file renews the keys of a partner, which needs no fingerprint from paper."""
    return enrolment.is_rotation(content)


def enrol(context: Context, order: EnrolOrder, *, officer: VerifiedOfficer) -> Recorded[Partner]:
    """Enrol an office at the district, after `officer` read its fingerprint from paper.

    Raises RequestRefusedError, FingerprintSlipError, FingerprintDiffersError, RoleError,
    EnrolledAlreadyError, SamePersonError.
    """
    require_two(context, officer)
    require_district(context.desk.kind)
    request = enrolment.read_request(order.content)
    if request.role is not context.desk.kind.partner_kind:
        raise RoleError(role=request.role.label)
    fingerprints.require_same(order.typed_fingerprint, request.keys.fingerprint)
    office = Office(code=request.office, name=order.office_name.strip() or request.office)
    row = KeyRow(
        keys=request.keys,
        role=request.role,
        office=request.office,
        device=request.device,
        epoch=request.epoch,
        valid_from=context.now,
    )
    with context.file.transaction():
        _end_earlier(context, row, officer)
        found = _record_enrolled(context, row, office, officer)
        if request.epoch == 1:
            for message in publishing.everything_for(context):
                messages.queue(context, found.desk_id, message)
    return recorded(found, *_CHANGED)


def accept_rotation(
    context: Context, content: bytes, *, officer: VerifiedOfficer
) -> Recorded[Partner]:
    """Take over new keys that the partner's old key signed too; the old one ends where it says.

    Raises RotationRefusedError where no known partner's key signed it.
    """
    require_two(context, officer)
    for partner in stored.partners(context.file):
        if partner.revoked_at is not None:
            continue
        try:
            rotation = enrolment.read_rotation(content, desk_keys.public_of(partner))
        except RotationRefusedError:
            continue
        if (rotation.device, rotation.epoch) != (partner.desk_id, partner.epoch + 1):
            continue
        row = KeyRow(
            keys=rotation.new,
            role=partner.role,
            office=partner.office.code,
            device=partner.desk_id,
            epoch=rotation.epoch,
            valid_from=context.now,
        )
        end = StreamPlace(seq=rotation.after.seq, hash=rotation.after.hash)
        with context.file.transaction():
            _record_revoked(context, partner, end, reason="更换密钥", officer=officer)
            found = _record_enrolled(context, row, partner.office, officer)
        return recorded(found, *_CHANGED)
    raise RotationRefusedError


def district_card(context: Context, code: str, *, officer: VerifiedOfficer) -> Recorded[KeyPaper]:
    """Sign a new key list with the root code from paper, and give it as a card for new offices.

    Offices that are enrolled get the list with their next bundle. Raises RootCodeError,
    RootDiffersError, RootMissingError.
    """
    require_two(context, officer)
    require_district(context.desk.kind)
    public, number = stored.root(context.file)
    if not public:
        raise RootMissingError
    root = root_key.read_root_key(code)
    if root.public != public:
        raise RootDiffersError
    rows = (*_own_rows(context), *desk_keys.known(context).rows)
    listed_keys = KeyList(
        district=context.desk.office.code, number=number + 1, made_at=context.now, rows=rows
    )
    envelope = key_list.sign_key_list(listed_keys, root)
    message = KeyListIssued(number=number + 1, envelope=envelope.decode())
    with context.file.transaction():
        event = RootKnown(public=public, list_number=number + 1)
        record(context, event, confirmed_by=(officer.operator.operator_id,))
        messages.queue_for_all(context, message)
    paper = KeyPaper(
        name=f"RD-{context.desk.office.code}-LIST-{number + 1:03d}.JSON",
        content=public.encode() + b"\n" + envelope,
        fingerprint=root.fingerprint,
    )
    return recorded(paper, *_CHANGED)


def enrol_district(
    context: Context, order: EnrolOrder, *, officer: VerifiedOfficer
) -> Recorded[Partner]:
    """Enrol the district at an office from its card.

    The first time, `officer` reads the root key's fingerprint from paper; later cards need only
    the known root key's signature. Raises KeyListRefusedError, RootDiffersError, KeyListOldError,
    and RoleError where training would meet a real office.
    """
    require_two(context, officer)
    if context.desk.kind.is_district:
        raise RoleError(role=context.desk.kind.label)
    public, _, envelope = order.content.partition(b"\n")
    known_root, known_number = stored.root(context.file)
    root = _root_of(public)
    if known_root and known_root != root:
        raise RootDiffersError
    if not known_root:
        fingerprints.require_same(order.typed_fingerprint, root_fingerprint(root))
    listed_keys = key_list.open_key_list(envelope, root)
    if listed_keys.number <= known_number:
        raise KeyListOldError(number=listed_keys.number, known=known_number)
    rows = [row for row in listed_keys.rows if row.role.is_district]
    if any(row.role is not context.desk.kind.partner_kind for row in rows):
        raise RoleError(role=rows[0].role.label)
    with context.file.transaction():
        record(context, RootKnown(public=root, list_number=listed_keys.number))
        office = Office(
            code=listed_keys.district, name=order.office_name.strip() or listed_keys.district
        )
        for row in rows:
            _take_row(context, row, office, officer)
    found = stored.partner(context.file, DeskId(rows[-1].device)) if rows else None
    if found is None:
        raise KeyListRefusedError
    return recorded(found, *_CHANGED)


def revoke(context: Context, order: RevokeOrder, *, officer: VerifiedOfficer) -> Recorded[Partner]:
    """Stop a key: a lost desk, an old backup. What came up to `trusted` stays.

    Raises PartnerUnknownError, SamePersonError.
    """
    require_two(context, officer)
    found = _in_epoch(context, order.desk_id, order.epoch)
    held = streams.last(context.file, order.desk_id, order.epoch) or START
    with context.file.transaction():
        end, reason = order.trusted or held, order.reason.strip()
        _record_revoked(context, found, end, reason=reason, officer=officer)
    return recorded(_in_epoch(context, order.desk_id, order.epoch), *_CHANGED)


def listed(context: Context) -> tuple[PartnerRow, ...]:
    """Give every partner in its newest epoch: state, last bundle, silence, what waits."""
    newest = {partner.desk_id: partner for partner in stored.partners(context.file)}
    waiting = [bundle.desk_id for bundle in stored_keys.waiting(context.file)]
    aside = [row.desk_id for row in streams.aside(context.file) if not row.cured]
    return tuple(
        _row(context, partner, waiting=waiting.count(desk_id), aside=aside.count(desk_id))
        for desk_id, partner in newest.items()
    )


def own_fingerprint(context: Context) -> str:
    """Give the fingerprint of this desk's keys, for the page and the paper."""
    return desk_keys.current(context).public.fingerprint


def _row(context: Context, partner: Partner, *, waiting: int, aside: int) -> PartnerRow:
    last = streams.last_import(context.file, partner.desk_id)
    on = None if last is None else shanghai_day(canonical.read_instant(last["imported_at"]))
    since = on or shanghai_day(partner.valid_from)
    held = streams.held(context.file, partner.desk_id)
    return PartnerRow(
        desk_id=partner.desk_id,
        office=partner.office,
        role=partner.role,
        epoch=partner.epoch,
        fingerprint=partner.fingerprint,
        state=_state(partner, context.today),
        enrolled_on=shanghai_day(partner.valid_from),
        last_number=0 if last is None else last["number"],
        last_seq=0 if held is None else held.place.seq,
        last_imported_on=on,
        silent_days=(context.today - since).days,
        waiting=waiting,
        quarantined=aside,
    )


def _state(partner: Partner, today: date) -> PartnerState:
    if partner.frozen:
        return PartnerState.FROZEN
    if partner.revoked_at is not None:
        return PartnerState.REVOKED
    merged = partner.merged_on is not None and partner.merged_on <= today
    return PartnerState.MERGED if merged else PartnerState.ACTIVE


def _take_row(context: Context, row: KeyRow, office: Office, officer: VerifiedOfficer) -> None:
    known = {(one.desk_id, one.epoch): one for one in stored.partners(context.file)}
    found = known.get((DeskId(row.device), row.epoch))
    if found is None:
        found = _record_enrolled(context, row, office, officer)
    if row.trusted is not None and found.revoked_at is None:
        end = StreamPlace(seq=row.trusted.seq, hash=row.trusted.hash)
        _record_revoked(context, found, end, reason="密钥名单", officer=officer)


def _end_earlier(context: Context, row: KeyRow, officer: VerifiedOfficer) -> None:
    """A new epoch ends the ones before where we hold them."""
    for one in stored.partners(context.file):
        if one.desk_id == row.device and one.epoch < row.epoch and one.revoked_at is None:
            end = streams.last(context.file, one.desk_id, one.epoch) or START
            _record_revoked(context, one, end, reason="开新的一期", officer=officer)


def _record_enrolled(
    context: Context, row: KeyRow, office: Office, officer: VerifiedOfficer
) -> Partner:
    known = stored.partners(context.file)
    doubled = {(one.desk_id, one.epoch) for one in known} | {(one.keys.signing, 0) for one in known}
    if doubled & {(DeskId(row.device), row.epoch), (row.keys.signing, 0)}:
        raise EnrolledAlreadyError(office=office.name)
    event = PartnerEnrolled(
        desk_id=DeskId(row.device),
        office=office,
        role=row.role,
        epoch=row.epoch,
        keys=_partner_keys(row.keys),
        fingerprint=row.keys.fingerprint,
        valid_from=row.valid_from,
        entered_by=context.operator_id,
        compared_by=officer.operator.operator_id,
    )
    record(context, event, confirmed_by=(officer.operator.operator_id,))
    return _in_epoch(context, event.desk_id, event.epoch)


def _record_revoked(
    context: Context,
    partner: Partner,
    end: StreamPlace,
    *,
    reason: str,
    officer: VerifiedOfficer,
) -> None:
    event = PartnerRevoked(
        desk_id=partner.desk_id,
        epoch=partner.epoch,
        trusted=end,
        revoked_at=context.now,
        reason=reason,
    )
    record(context, event, confirmed_by=(officer.operator.operator_id,))


def _in_epoch(context: Context, desk_id: DeskId, epoch: int) -> Partner:
    for partner in stored.partners(context.file):
        if (partner.desk_id, partner.epoch) == (desk_id, epoch):
            return partner
    raise PartnerUnknownError


def _own_rows(context: Context) -> tuple[KeyRow, ...]:
    """This desk's own keys; those of an epoch that ended count for nothing any more."""
    desk = context.desk
    ended = Trusted(seq=START.seq, hash=START.hash)
    return tuple(
        KeyRow(
            keys=keys.public,
            role=desk.kind,
            office=desk.office.code,
            device=desk.desk_id,
            epoch=epoch,
            valid_from=context.now,
            revoked_at=None if epoch == desk.epoch else context.now,
            trusted=None if epoch == desk.epoch else ended,
        )
        for epoch, keys in stored_keys.keys(context.file).items()
    )


def _partner_keys(keys: PublicKeys) -> PartnerKeys:
    return PartnerKeys(
        suite=keys.suite, signing=keys.signing, recipient=keys.recipient, spare=keys.spare
    )


def _root_of(public: bytes) -> str:
    try:
        text = public.decode("ascii")
        same = len(bytes.fromhex(text)) == 32 and text == text.lower()  # noqa: PLR2004 - Ed25519
    except ValueError as broken:
        raise KeyListRefusedError from broken
    if not same:
        raise KeyListRefusedError
    return text
