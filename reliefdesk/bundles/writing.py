"""Sealing a bundle: lines in, one encrypted file out; the same lines give the same inside."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from reliefdesk.bundles import archive, names
from reliefdesk.bundles.limits import EVENTS_MAX
from reliefdesk.bundles.lines import Walk
from reliefdesk.bundles.manifest import (
    FORMAT,
    PAYLOAD_TYPE,
    Have,
    Manifest,
    Place,
    Recipient,
    Sender,
    read,
)
from reliefdesk.bundles.packing import Packer
from reliefdesk.bundles.refusals import ChainBrokenError, RangeEmptyError, RangeTooLargeError
from reliefdesk.errors import BugError, ReliefDeskError
from reliefdesk.keys import age, fingerprints, statements
from reliefdesk.keys.statements import SUITE, Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlan:
    """What is to be sent, frozen: the same plan and lines give the same manifest again.

    `number` counts the sender's bundles for this recipient, `before` is the place that the
    recipient is known to hold. Instants are UTC, days those of Asia/Shanghai.
    """

    number: int
    sender: Sender
    recipient: Recipient
    before: Place
    have: Have | None
    created_at: datetime
    program: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedBundle:
    """A bundle ready for the stick. `sha256` and `fingerprint` are those of the file.

    The encryption differs each time; `manifest.id` stays the same.
    """

    name: str
    content: bytes = field(repr=False)
    manifest: Manifest
    manifest_id: str
    sha256: str
    fingerprint: str

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.content)


def seal(
    plan: BundlePlan, lines: Iterable[bytes], *, signer: Signer, recipients: Iterable[str]
) -> SealedBundle:
    """Pack, sign and encrypt the lines that follow `plan.before`.

    Raises RangeEmptyError without lines, RangeTooLargeError beyond 256 MiB, RecipientError for a
    text that names no recipient, and BugError for lines that no partner would accept.
    """
    walk = Walk(plan.before.seq + 1, plan.before.hash)
    with Packer() as packer:
        for line in lines:
            if packer.size + len(line) + 1 > EVENTS_MAX:
                raise RangeTooLargeError(last=walk.last)
            _take(walk, line)
            packer.add(line + b"\n")
        if not packer.size:
            raise RangeEmptyError
        packed = packer.packed()
    payload = statements.encode(_manifest(plan, walk, packer))
    manifest = _reread(payload)
    envelope = statements.sign(payload, PAYLOAD_TYPE, [signer])
    content = age.sealed(BytesIO(archive.written(packed, envelope)), recipients)
    return SealedBundle(
        name=names.name_of(manifest),
        content=content,
        manifest=manifest,
        manifest_id=manifest.id,
        sha256=hashlib.sha256(content).hexdigest(),
        fingerprint=fingerprints.spelled(content),
    )


def _take(walk: Walk, line: bytes) -> None:
    try:
        walk.add(line)
    except ChainBrokenError as broken:
        raise BugError(rule="lines of a bundle are canonical and follow each other") from broken


def _manifest(plan: BundlePlan, walk: Walk, packer: Packer) -> Manifest:
    try:
        return Manifest(
            suite=SUITE,
            format=FORMAT,
            number=plan.number,
            sender=plan.sender,
            recipient=plan.recipient,
            before=plan.before,
            head=walk.place,
            have=plan.have,
            sums=walk.sums,
            size=packer.size,
            sha256=packer.sha256,
            created_at=plan.created_at,
            expires_on=plan.expires_on,
            program=plan.program,
        )
    except ValueError as broken:
        raise BugError(rule="a manifest agrees with itself") from broken


def _reread(payload: bytes) -> Manifest:
    """Read our own manifest as a partner will: constructors check less than decoders."""
    try:
        return read(payload)
    except ReliefDeskError as broken:
        raise BugError(rule="a manifest can be read back") from broken
