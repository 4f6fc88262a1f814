"""Sticks for this desk: which are there and whose they are, one bound for writing, one read."""

from collections.abc import Iterable
from pathlib import Path

from reliefdesk import wording
from reliefdesk.devices import sticks
from reliefdesk.devices.sticks import Found, Stick, StickState
from reliefdesk.errors import SurroundingsError, UserError
from reliefdesk.services.recording import Context
from reliefdesk.storage import partners

__all__ = ["Found", "Stick", "StickState"]
KEY_ENDING = ".JSON"


class StickMissingError(SurroundingsError):
    """No stick is in and no folder was chosen."""

    code = "sticks.none"


class SticksSeveralError(UserError):
    """More than one stick is in and none was chosen. Facts: count."""

    code = "sticks.several"


def found(context: Context, folders: Iterable[Path] = ()) -> tuple[Found, ...]:
    """Give the sticks that are in, and chosen folders, with their states for this desk."""
    accepts = _accepts(context)
    label = wording.text("sync_page.folder")
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


def bind(context: Context, one: Found) -> Stick:
    """Bind a stick for writing: from now on no other may stand in its place."""
    return Stick(
        found=one,
        office=context.desk.office.code,
        accepts=_accepts(context),
        new_mark=context.ids.new(),
    )


def bundle_files(one: Found) -> tuple[Path, ...]:
    """Give the files on a stick that may be bundles. Raises StickPulledError."""
    return sticks.bundle_files(one.folder)


def key_files(one: Found) -> tuple[Path, ...]:
    """Give the files on a stick that may be requests or key lists. Raises StickPulledError."""
    return sticks.bundle_files(one.folder, KEY_ENDING)


def _accepts(context: Context) -> frozenset[str]:
    known = {one.office.code for one in partners.partners(context.file)}
    return frozenset(known | {context.desk.office.code})
