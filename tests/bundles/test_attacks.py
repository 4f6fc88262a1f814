"""ATTACKS.md tells the truth: every test and vector it names exists, and no attack has none."""

import re
from pathlib import Path

from tests.bundles.bad_kinds import BAD, GOOD

TABLE = Path(__file__).with_name("ATTACKS.md")
TESTS = Path(__file__).parents[1]
ATTACKS = 60


def rows() -> list[tuple[str, list[str]]]:
    """Each attack with what proves it."""
    found = []
    for line in TABLE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[0] not in ("attack", "trouble"):
            found.append((cells[0], [proof.strip() for proof in cells[1].split(",")]))
    return found


def is_there(proof: str) -> bool:
    """Whether a named test or vector exists."""
    if proof.endswith(".age"):
        return proof.removesuffix(".age") in {name for name, *_ in (*BAD, *GOOD)}
    file, _, test = proof.partition("::")
    path = TESTS / f"{file}.py"
    return path.is_file() and bool(
        re.search(rf"^def {test}\(", path.read_text("utf-8"), re.MULTILINE)
    )


def test_every_attack_is_proved_by_something_that_exists() -> None:
    lines = rows()
    assert len(lines) >= ATTACKS
    assert not [(attack, proof) for attack, proofs in lines for proof in proofs if not proof]
    missing = [proof for _, proofs in lines for proof in proofs if not is_there(proof)]
    assert missing == []
