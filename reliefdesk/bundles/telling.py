"""What the command line tells of a bundle: facts of its outside or its manifest, never a person."""

from pathlib import Path
from typing import Any

from reliefdesk.bundles.key_file import read_key_file
from reliefdesk.bundles.outside import outside
from reliefdesk.bundles.reading import open_bundle
from reliefdesk.domain.money import Money
from reliefdesk.keys import statements

Facts = dict[str, Any]


def outside_facts(file: Path) -> Facts:
    """Tell name, office, number, size and fingerprint without a key. Raises as `outside`."""
    seen = outside(file)
    return {
        "name": seen.name,
        "office": seen.office,
        "number": seen.number,
        "size": seen.size,
        "fingerprint": seen.fingerprint,
        "sha256": seen.sha256,
    }


def inside_facts(file: Path, key: Path) -> Facts:
    """Open and check a bundle and tell what its manifest says; `events` are sums by type.

    Raises as `read_key_file` and `open_bundle`.
    """
    given = read_key_file(key)
    bundle = open_bundle(file, identity=given.identity, known=given.known, me=given.me)
    told = bundle.manifest
    return {
        "suite": told.suite,
        "format": told.format,
        "office": told.sender.office,
        "device": told.sender.device,
        "epoch": told.sender.epoch,
        "recipient": told.recipient.office,
        "number": told.number,
        "first": told.first,
        "last": told.last,
        "count": told.count,
        "before": told.before.hash,
        "head": told.head.hash,
        "manifest_id": bundle.manifest_id,
        "sha256": told.sha256,
        "created_at": statements.encode(told.created_at).decode().strip('"'),
        "program": told.program,
        "events": [
            {
                "event": item.event,
                "count": item.count,
                "fen": item.fen,
                "amount": Money(item.fen).figures,
            }
            for item in told.sums
        ],
    }
