"""Mutated bundles at every layer end in named refusals only; nothing is written, memory stays."""

import random
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reliefdesk.bundles.refusals import BundleError, StickUnreadableError
from tests.bundles import forge
from tests.bundles.forge import Forge

MEMORY = 64 * 1024 * 1024
Mutation = Callable[[bytes], bytes]


def mutated(chance: random.Random) -> Mutation:
    """Give a mutation: bits, cuts, doubled or moved pieces, zeros, numbers, brackets."""
    kind = chance.randrange(7)
    times = chance.choice([1, 1, 1, 2, 8])

    def once(content: bytes) -> bytes:
        if not content:
            return bytes(chance.randrange(3))
        start = chance.randrange(len(content))
        end = min(len(content), start + chance.choice([1, 2, 8, 64, 512]))
        piece = content[start:end]
        return (
            content[:start]
            + bytes([content[start] ^ 1 << chance.randrange(8)])
            + content[start + 1 :],
            content[:start] + content[end:],
            content[:end] + piece + content[end:],
            content[:start] + bytes(len(piece)) + content[end:],
            content[:start] + chance.randbytes(len(piece)) + content[end:],
            content[:start]
            + chance.choice([b"0", b"9", b"-", b"}", b'"', b"[" * 2000])
            + piece
            + content[end:],
            content[:start],
        )[kind]

    def several(content: bytes) -> bytes:
        for _ in range(times):
            content = once(content)
        return content

    return several


LAYERS = ("text", "packed", "payload", "envelope_bytes", "inside", "file")


def _open(seed: int) -> str:
    """Open one mutated bundle and tell how it ended."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    layer = LAYERS[seed % len(LAYERS)]
    mutation: Mutation = mutated(chance)
    changed: dict[str, Any] = {layer: mutation}
    made = replace(Forge(), **changed)
    if layer == "text" and chance.random() < 0.5:
        made = replace(Forge(), lines=[mutation(line) for line in forge.LINES])
    try:
        content = made.made()
    except (RecursionError, ValueError):  # the second maker cannot even count such lines
        return "not made"
    try:
        forge.opened(content)
    except BundleError as refusal:
        return refusal.code
    return "opened"


def _fuzz(seeds: range, folder: Path) -> set[str]:
    tracemalloc.start()
    ends = {_open(seed) for seed in seeds}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MEMORY
    assert list(folder.iterdir()) == []
    return ends


def test_two_thousand_mutated_bundles_end_in_named_refusals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ends = _fuzz(range(2_000), tmp_path)
    layers = {"damaged", "structure", "envelope", "size_differs", "sums_differ", "chain_broken"}
    assert {f"bundles.{code}" for code in layers} <= ends


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_mutated_bundles_end_in_named_refusals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(_fuzz(range(10_000, 110_000), tmp_path)) > 8


def test_files_that_are_no_bundle_at_all_end_in_named_refusals(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    path = tmp_path / "RD-150302003-000001-00000000.AGE"
    for size in (0, 1, 21, 22, 23, 200, 5_000):
        for start in (b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 "):
            path.write_bytes((start + chance.randbytes(size))[: size or None])
            with pytest.raises((BundleError, StickUnreadableError)):
                forge.opened_file(path)
