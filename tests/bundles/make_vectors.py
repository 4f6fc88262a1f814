"""Makes the test vectors: `python -m tests.bundles.make_vectors`; nobody writes them by hand.

The encryption differs on every run, the inside never: `inside` in vectors.json is its hash.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reliefdesk.domain.desks import DeskKind
from reliefdesk.keys.enrolment import EnrolmentRequest, Rotation, sign_request, sign_rotation
from reliefdesk.keys.key_list import Trusted, sign_key_list
from tests.bundles import forge
from tests.bundles.bad_kinds import BAD, GOOD
from tests.bundles.forge import AT, KEY_LIST, LOST, OFFICE, ROOT, STRANGER, Forge

FOLDER = Path(__file__).with_name("vectors")
LARGE = 100_000
Entry = dict[str, Any]


def bundles() -> Iterator[tuple[Entry, Forge]]:
    """Give what vectors.json says of each bundle, and how it is made."""
    for name, made in GOOD:
        yield _entry(name, None, made), made
    for name, code, made in BAD:
        yield _entry(name, f"bundles.{code}", made), made


def statements() -> dict[str, tuple[str, str | None, bytes]]:
    """Give signed statements by name: kind, expected code, bytes."""
    request = EnrolmentRequest(
        keys=OFFICE.public,
        role=DeskKind.OFFICE,
        office=forge.OFFICE_CODE,
        device=forge.OFFICE_DEVICE,
        epoch=1,
        made_at=AT,
    )
    rotation = Rotation(
        old=OFFICE.public,
        new=LOST.public,
        office=forge.OFFICE_CODE,
        device=forge.OFFICE_DEVICE,
        epoch=2,
        after=Trusted(seq=5, hash=forge.chain(forge.LINES)[-1]),
        made_at=AT,
    )
    refused = "keys.request_refused"
    wanted = sign_request(request, OFFICE)
    return {
        "key-list.json": ("key_list", None, sign_key_list(KEY_LIST, ROOT)),
        "key-list-foreign.json": (
            "key_list",
            "keys.key_list_refused",
            sign_key_list(KEY_LIST, replace(ROOT, signer=STRANGER.signer)),
        ),
        "enrolment.json": ("enrolment", None, wanted),
        "enrolment-foreign.json": ("enrolment", refused, sign_request(request, STRANGER)),
        "enrolment-blank.json": ("enrolment", refused, wanted.replace(b",", b", ", 1)),
        "rotation.json": ("rotation", None, sign_rotation(rotation, old=OFFICE, new=LOST)),
        "rotation-half.json": (
            "rotation",
            "keys.rotation_refused",
            sign_rotation(rotation, old=STRANGER, new=LOST),
        ),
    }


def _entry(name: str, code: str | None, made: Forge) -> Entry:
    inside = made.archive()
    return {
        "file": f"{name}.age",
        "expect": code,
        "inside": hashlib.sha256(inside).hexdigest(),
        "manifest_id": hashlib.sha256(made.payload(forge.canonical(made.manifest()))).hexdigest(),
    }


def listed() -> Entry:
    """Give the content of vectors.json."""
    return {
        "recipient": {"office": forge.DISTRICT_CODE, "device": forge.DISTRICT_DEVICE},
        "root": ROOT.public,
        "sender": OFFICE.public.signing,
        "bundles": [entry for entry, _made in bundles()],
        "statements": [
            {"file": name, "kind": kind, "expect": code}
            for name, (kind, code, _content) in statements().items()
        ],
    }


def main() -> None:
    """Write every vector anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for entry, made in bundles():
        content = made.made()
        if len(content) < LARGE:
            (FOLDER / entry["file"]).write_bytes(content)
    for name, (_kind, _code, content) in statements().items():
        (FOLDER / name).write_bytes(content)
    (FOLDER / "recipient.key").write_text(forge.KEY_FILE, "ascii")
    text = json.dumps(listed(), indent=1)
    (FOLDER / "vectors.json").write_text(text + "\n", "ascii")


if __name__ == "__main__":
    main()
