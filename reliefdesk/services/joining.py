"""Whether a bundle continues what we hold of its sender's stream: checks 18, 19, 20 and 29.

Overlap must be equal byte for byte; a later epoch may begin at any place that we hold.
"""

from dataclasses import dataclass
from pathlib import Path

from reliefdesk.bundles.outside import sealed_bytes
from reliefdesk.bundles.reading import VerifiedBundle
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.streams import (
    START,
    ForkError,
    HaveAheadError,
    HeldPlace,
    NotJoinedError,
    NumbersMissingError,
    StreamPlace,
)
from reliefdesk.services.recording import Context
from reliefdesk.storage import chain, journal, sendings, streams
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.journal import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Up to which number a bundle brings nothing new, and an acknowledgement that moves us on."""

    held_to: int
    have: HeldPlace | None


def bytes_of(path: Path) -> bytes:
    """Read a file of a stick as far as it can be a bundle. Raises checks 1 to 4."""
    return sealed_bytes(path)


def join(context: Context, bundle: VerifiedBundle) -> Joined:
    """Check a bundle against what is held here.

    Raises HaveAheadError, NumbersMissingError, NotJoinedError or ForkError.
    """
    have = _have(context, bundle)
    told = bundle.manifest
    desk_id, epoch = DeskId(told.sender.device), told.sender.epoch
    stream = streams.last(context.file, desk_id, epoch)
    last = 0 if stream is None else stream.seq
    before = _held(context.file, bundle, told.before.seq)
    if before is None:
        raise NumbersMissingError(first=_known_to(context.file, bundle) + 1, last=told.before.seq)
    if before != told.before.hash:
        raise NotJoinedError(seq=told.before.seq)
    held_to = told.before.seq
    for line in bundle.lines():
        same = _held(context.file, bundle, line.seq)
        if line.seq <= last and same != line.hash:
            raise ForkError(seq=line.seq)
        if line.seq > last and (stream is not None or same != line.hash):
            break
        held_to = line.seq
    return Joined(held_to=held_to, have=have)


def _held(file: DeskFile, bundle: VerifiedBundle, seq: int) -> str | None:
    """Give the hash we hold of a number, only from what belongs to the bundle's epoch."""
    if seq == 0:
        return START.hash
    sender = bundle.manifest.sender
    desk_id, epoch = DeskId(sender.device), sender.epoch
    stream = streams.last(file, desk_id, epoch)
    if stream is not None and seq > stream.seq:
        return None
    return streams.held_hash(file, desk_id, epoch, seq)


def _known_to(file: DeskFile, bundle: VerifiedBundle) -> int:
    sender = bundle.manifest.sender
    stream = streams.last(file, DeskId(sender.device), sender.epoch)
    if stream is not None:
        return stream.seq
    held = streams.held(file, DeskId(sender.device))
    return 0 if held is None else held.place.seq


def _have(context: Context, bundle: VerifiedBundle) -> HeldPlace | None:
    """Give the partner's acknowledgement where it says more than the ones before."""
    told, desk = bundle.manifest.have, context.desk
    if told is None or told.device != desk.desk_id:
        return None
    partner = DeskId(bundle.manifest.sender.device)
    place = StreamPlace(seq=told.seq, hash=told.hash)
    if not _is_ours(context, partner, place):
        if told.epoch >= desk.epoch:
            raise HaveAheadError(seq=told.seq)
        return None  # of an epoch that ended: they hold what a restore has lost here
    if told.seq <= streams.acknowledged(context.file, partner).seq:
        return None
    return HeldPlace(epoch=told.epoch, place=place)


def _is_ours(context: Context, partner: DeskId, place: StreamPlace) -> bool:
    if place.seq == 0:
        return place.hash == START.hash
    if context.desk.kind.is_district:
        return sendings.message_hash(context.file, partner, place.seq) == place.hash
    if place.seq > journal.head(context.file).seq:
        return False
    return chain.holds(context.file, Head(seq=place.seq, hash=place.hash))
