"""Proving a desk: everything checked line by line, also when it would no longer open."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reliefdesk import wording
from reliefdesk.errors import UserError
from reliefdesk.services.recording import Context
from reliefdesk.storage import (
    canonical,
    desk_lock,
    journal,
    opening,
    settings,
    verification,
    witnesses,
)
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.journal import Head
from reliefdesk.storage.verification import VerificationLine, VerificationReport
from reliefdesk.storage.witnesses import WitnessedHead, WitnessPlace

_HASH_CHARACTERS = 64
_VERIFIED_AT = "verified_at"


class HeadUnreadableError(UserError):
    """A head from paper is written as number and hash, `12:ab…`. Facts: text."""

    code = "storage.head_unreadable"


def verify(context: Context, witnessed: Iterable[Head] = ()) -> VerificationReport:
    """Check the open desk; `witnessed` are heads from paper or bundles. A good end is noted."""
    report = verification.verify(context.file, witnessed)
    if report.good:
        with context.file.transaction():
            settings.put(context.file, _VERIFIED_AT, canonical.instant_text(context.now))
    return report


def last_verified(context: Context) -> datetime | None:
    """Give the instant (UTC) of the last check of this desk that found nothing, or None."""
    text = settings.get(context.file, _VERIFIED_AT)
    return None if text is None else canonical.read_instant(text)


def verify_folder(
    folder: Path, data_key: bytes, witnessed: Iterable[Head] = ()
) -> VerificationReport:
    """Check a desk that is not open, even one that opening would refuse.

    Raises DeskHeldError while someone works on it, KeyRefusedError, AlienFileError, CutFileError
    or DeskDamagedError where nothing can be read.
    """
    lock = desk_lock.hold(folder)
    try:
        file = DeskFile.open(folder / opening.DESK_FILE, data_key)
        try:
            return verification.verify(file, witnessed)
        finally:
            file.abandon()
    finally:
        lock.release()


def head(context: Context) -> Head:
    """Give the journal's number and hash, to be printed or compared with paper."""
    return journal.head(context.file)


def witness(context: Context, place: WitnessPlace) -> Head:
    """Note that the present head leaves this PC, and give it for the paper or the bundle.

    An empty journal has nothing to witness.
    """
    present = journal.head(context.file)
    if present.seq:
        noted = WitnessedHead(head=present, place=place, witnessed_at=context.now)
        with context.file.transaction():
            witnesses.witness(context.file, noted)
    return present


def read_head(text: str) -> Head:
    """Read a head as it stands on paper: `number:hash`. Raises HeadUnreadableError."""
    number, _, digest = "".join(text.split()).lower().partition(":")
    if not (number.isascii() and number.isdecimal() and _is_hash(digest)):
        raise HeadUnreadableError(text=text)
    return Head(seq=int(number), hash=digest)


def line_text(line: VerificationLine) -> str:
    """Say a line of a report in Chinese."""
    facts = dict(line.facts)
    if "table" in facts:
        facts["table"] = wording.text(f"verification.table_{facts['table']}")
    return wording.text(line.code, **facts)


def limited(report: VerificationReport, most: int) -> VerificationReport:
    """Give a report with at most so many findings, for a screen or a page."""
    shown = [line for line in report.lines if line.good]
    return replace(report, lines=(*shown, *report.findings[:most]))


def _is_hash(text: str) -> bool:
    return len(text) == _HASH_CHARACTERS and all(char in "0123456789abcdef" for char in text)
