"""The test vectors: good ones open, each bad one is refused with its code; a script made them."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]  # the wheel carries no types
import pytest

from reliefdesk.bundles import refusals
from reliefdesk.bundles.key_file import read_key_file
from reliefdesk.bundles.reading import Me, VerifiedBundle, open_bundle
from reliefdesk.errors import ReliefDeskError
from reliefdesk.keys.enrolment import read_request, read_rotation
from reliefdesk.keys.key_list import KnownKeys, open_key_list
from tests.bundles import forge, make_vectors
from tests.bundles.bad_kinds import BAD
from tests.bundles.forge import Forge

FOLDER = Path(__file__).with_name("vectors")
VECTORS: dict[str, Any] = json.loads((FOLDER / "vectors.json").read_text("ascii"))
MADE = {entry["file"]: made for entry, made in make_vectors.bundles()}


def _bytes(name: str) -> bytes:
    """Give a vector; a few are too large to be kept and are made here."""
    path = FOLDER / name
    return path.read_bytes() if path.exists() else MADE[name].made()


def _known() -> KnownKeys:
    listed = open_key_list((FOLDER / "key-list.json").read_bytes(), VECTORS["root"])
    return KnownKeys(rows=listed.rows)


def _code_of(call: Callable[[], object]) -> str | None:
    try:
        call()
    except ReliefDeskError as refusal:
        return refusal.code
    return None


def _me() -> Me:
    recipient = VECTORS["recipient"]
    return Me(office=recipient["office"], devices=frozenset({recipient["device"]}))


@pytest.mark.parametrize("entry", VECTORS["bundles"], ids=lambda entry: str(entry["file"]))
def test_every_vector_gives_what_is_expected_of_it(entry: dict[str, str | None]) -> None:
    identity = read_key_file(FOLDER / "recipient.key").identity
    content = _bytes(str(entry["file"]))

    def opening() -> VerifiedBundle:
        return open_bundle(content, identity=identity, known=_known(), me=_me())

    if entry["expect"] is None:
        assert opening().manifest_id == entry["manifest_id"]
    else:
        assert _code_of(opening) == entry["expect"]


def test_the_script_makes_these_very_vectors() -> None:
    assert make_vectors.listed() == VECTORS
    kept = {path.name for path in FOLDER.iterdir()} - {"vectors.json", "recipient.key"}
    named = {entry["file"] for entry in VECTORS["bundles"] + VECTORS["statements"]}
    assert kept <= named
    assert (FOLDER / "recipient.key").read_text("ascii") == forge.KEY_FILE


@pytest.mark.parametrize("entry", VECTORS["bundles"], ids=lambda entry: str(entry["file"]))
def test_the_inside_of_a_kept_vector_is_what_the_script_makes(entry: dict[str, str]) -> None:
    identity = pyrage.x25519.Identity.from_str(forge.DISTRICT.secret)
    try:
        inside = pyrage.decrypt(_bytes(entry["file"]), [identity])
    except pyrage.DecryptError:
        assert "expect" in entry
        assert entry["expect"].split(".")[1] in {
            *("file_empty", "not_a_bundle", "not_for_us", "damaged")
        }
    else:
        assert hashlib.sha256(inside).hexdigest() == entry["inside"]


@pytest.mark.parametrize("entry", VECTORS["statements"], ids=lambda entry: str(entry["file"]))
def test_every_signed_statement_gives_what_is_expected_of_it(entry: dict[str, str | None]) -> None:
    content = (FOLDER / str(entry["file"])).read_bytes()
    readers: dict[str, Callable[[], object]] = {
        "key_list": lambda: open_key_list(content, VECTORS["root"]),
        "enrolment": lambda: read_request(content),
        "rotation": lambda: read_rotation(content, forge.OFFICE.public),
    }
    assert _code_of(readers[str(entry["kind"])]) == entry["expect"]


def test_every_refusal_of_the_specification_has_a_vector() -> None:
    text = (Path(refusals.__file__).with_name("FORMAT.md")).read_text("utf-8")
    named = {
        kind.code: kind.check
        for kind in vars(refusals).values()
        if isinstance(kind, type) and issubclass(kind, refusals.BundleError) and kind.check
    }
    for code, check in named.items():
        assert any(
            row.startswith(f"| {check} |") and f"`{code}`" in row for row in text.split("\n")
        )
    large = {"bundles.file_too_large"}  # 260 MiB are tested as a hole in a file
    assert {f"bundles.{code}" for _name, code, _made in BAD} == set(named) - large


def test_our_reader_and_a_second_maker_agree_on_the_golden_bundle() -> None:
    bundle = forge.opened(Forge().made())
    assert [line.content for line in bundle.lines()] == list(forge.LINES)
    assert [line.hash for line in bundle.lines()] == forge.chain(forge.LINES)
    assert bundle.trusted_to is None
