"""Sticks for this desk: which are there and whose they are, what goes on one, what is read off it.

A stick is looked at before anything is made for it, and what was made stays when writing fails.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reliefdesk import wording
from reliefdesk.bundles import names
from reliefdesk.devices import sticks
from reliefdesk.devices.sticks import Found, Stick, StickPulledError, StickState
from reliefdesk.domain.ids import DeskId
from reliefdesk.errors import ReliefDeskError, SurroundingsError, UserError
from reliefdesk.services import desk_keys, receiving, sync
from reliefdesk.services.desk_keys import KeyPaper
from reliefdesk.services.receiving import ImportPlan, PlannedBundle
from reliefdesk.services.recording import Context, Recorded, recorded
from reliefdesk.services.sync import SentRow
from reliefdesk.storage import partners

__all__ = ["Found", "StickState"]
_KEY_ENDING = ".JSON"
_KEY_FILE_MAX = 1_000_000


class StickMissingError(SurroundingsError):
    """No stick is in and no folder was chosen."""

    code = "sticks.none"


class SticksSeveralError(UserError):
    """More than one stick is in and none was chosen. Facts: count."""

    code = "sticks.several"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A bundle that lies on a stick and was read back; `was_slow` tells a worn-out stick."""

    row: SentRow
    stick: str
    was_slow: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenKey:
    """A request or key list that lies on a stick, with the fingerprint for paper."""

    paper: KeyPaper
    stick: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of each file, and to which offices an answer was written on which stick.

    `answer_failed` says why answers are not on the stick, empty when all are.
    """

    rows: tuple[PlannedBundle, ...]
    answered: tuple[str, ...]
    stick: str
    answer_failed: str


def found(context: Context, folders: Iterable[Path] = ()) -> tuple[Found, ...]:
    """Give the sticks that are in, and chosen folders, with their states for this desk."""
    accepts, label = _accepts(context), wording.text("sync_page.folder")
    seen = list(sticks.sticks())
    places = {one.folder for one in seen}
    seen += [sticks.look(folder, label) for folder in folders if folder not in places]
    return tuple(sticks.for_offices(one, accepts) for one in seen)


def one_of(offered: Iterable[Found], chosen: Path | None) -> Found:
    """Give the chosen stick, or the only one. Raises StickMissingError, SticksSeveralError."""
    usable = [one for one in offered if one.state is not StickState.PULLED]
    for one in usable:
        if one.folder == chosen:
            return one
    if not usable:
        raise StickMissingError
    if len(usable) > 1:
        raise SticksSeveralError(count=len(usable))
    return usable[0]


def send(context: Context, one: Found, partner: DeskId | None = None) -> Recorded[Written]:
    """Make the next bundle and write it; a stick that is not ready stops it before it is made.

    Raises the errors of sticks and of `sync.prepare`. When writing fails the bundle is made.
    """
    return _sent(context, _bound(context, one), partner)


def write_again(context: Context, manifest_id: str, one: Found) -> Recorded[Written]:
    """Write a bundle once more, to the same or another stick; its content is the same."""
    return _written(context, manifest_id, _bound(context, one))


def write_key(context: Context, paper: KeyPaper, one: Found) -> Recorded[WrittenKey]:
    """Write a request or key list to a stick."""
    stick = _bound(context, one)
    stick.put(paper.name, paper.content)
    return recorded(WrittenKey(paper=paper, stick=stick.label), "partners")


def require_ready(context: Context, one: Found) -> None:
    """Look at a stick before something is done that a file must follow. Raises errors of sticks."""
    _bound(context, one).require_ready()


def write_request(context: Context, one: Found) -> Recorded[WrittenKey]:
    """Write the file with which this desk asks to be enrolled."""
    return write_key(context, desk_keys.request_file(context), one)


def plan(context: Context, sources: Sequence[Path]) -> ImportPlan:
    """Plan the import of files, and of the bundles in folders that others made."""
    files: list[Path] = []
    for source in sources:
        files += _from_others(context, source) if source.is_dir() else [source]
    return receiving.plan(context, files)


def take(context: Context, planned: ImportPlan, one: Found | None) -> Recorded[Taken]:
    """Take a plan in; a district then writes its answers to the stick, one for each office."""
    done = receiving.take(context, planned)
    answered: list[str] = []
    why = ""
    if context.desk.kind.is_district and one is not None:
        stick = _bound(context, one)
        try:
            for partner in _senders(planned):
                if sync.pending(context, partner).is_offered:
                    written = _sent(context, stick, partner).result
                    answered.append(written.row.office)
        except ReliefDeskError as refusal:
            why = wording.sentence(refusal)
    taken = Taken(
        rows=done.result,
        answered=tuple(answered),
        stick="" if one is None else one.label,
        answer_failed=why,
    )
    return recorded(taken, *done.changes)


def key_files(context: Context, one: Found) -> tuple[Path, ...]:
    """Give what may enrol a partner here: requests for a district, key lists for an office."""
    mark = "-KEY-" if context.desk.kind.is_district else "-LIST-"
    files = sticks.bundle_files(one.folder, _KEY_ENDING)
    return tuple(path for path in files if mark in path.name.upper())


def read_key_file(path: Path) -> bytes:
    """Read a request or key list as far as it can be one. Raises StickPulledError."""
    try:
        with path.open("rb") as stream:
            return stream.read(_KEY_FILE_MAX)
    except OSError as failure:
        raise StickPulledError(stick=path.parent.name) from failure


def look(context: Context, folder: Path) -> Found:
    """Look at one folder for this desk."""
    seen = {one.folder: one for one in found(context, [folder])}
    return seen[folder]


def _sent(context: Context, stick: Stick, partner: DeskId | None) -> Recorded[Written]:
    stick.require_ready()
    made = sync.prepare(context, partner)
    return _written(context, made.result.manifest_id, stick)


def _written(context: Context, manifest_id: str, stick: Stick) -> Recorded[Written]:
    done = sync.write(context, manifest_id, stick)
    written = Written(row=done.result, stick=stick.label, was_slow=stick.was_slow)
    return recorded(written, *done.changes)


def _from_others(context: Context, folder: Path) -> list[Path]:
    """What this desk wrote itself lies on the stick too, and is not for it."""
    own = context.desk.office.code
    return [path for path in sticks.bundle_files(folder) if names.told_by(path.name)[0] != own]


def _senders(planned: ImportPlan) -> tuple[DeskId, ...]:
    bundles = [one.bundle for one in planned.opened if one.bundle is not None]
    return tuple(dict.fromkeys(DeskId(one.manifest.sender.device) for one in bundles))


def _bound(context: Context, one: Found) -> Stick:
    return Stick(
        found=one,
        office=context.desk.office.code,
        accepts=_accepts(context),
        new_mark=context.ids.new(),
    )


def _accepts(context: Context) -> frozenset[str]:
    known = {one.office.code for one in partners.partners(context.file)}
    return frozenset(known | {context.desk.office.code})
