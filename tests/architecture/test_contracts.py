"""The contracts between rooms hold, and each of them breaks when it is violated."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reliefdesk import paths

REPOSITORY = Path(__file__).resolve().parents[2]
PROMISE = '"""A deliberate violation."""\n'


def test_the_contracts_between_rooms_hold() -> None:
    verdict = _lint(REPOSITORY)
    assert verdict.returncode == 0, verdict.stdout


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("reliefdesk/domain/upward.py", "import reliefdesk.storage", "point downwards only"),
        ("reliefdesk/documents/aside.py", "import reliefdesk.storage", "point downwards only"),
        ("reliefdesk/utils.py", "", "point downwards only"),
        ("reliefdesk/services/window.py", "import ui", "knows nothing of its window"),
        ("reliefdesk/services/window.py", "import PySide6.QtCore", "Qt stays in the window"),
        ("ui/shortcut.py", "import reliefdesk.storage", "never speaks to storage"),
        ("ui/shortcut.py", "import cryptography", "never speaks to storage"),
        ("reliefdesk/services/query.py", "import sqlcipher3", "SQL only in storage"),
        ("reliefdesk/services/query.py", "import sqlite_utils", "SQL only in storage"),
        ("reliefdesk/services/query.py", "import sqlite3", "SQL only in storage"),
        ("reliefdesk/services/paper.py", "import reportlab", "PDF only in documents"),
        ("reliefdesk/services/book.py", "import xlsxwriter", "Spreadsheets only in sheets"),
        ("ui/shortcut.py", "import python_calamine", "never speaks to storage"),
        ("reliefdesk/storage/seal.py", "import cryptography", "Cryptography only in keys"),
        ("reliefdesk/services/letter.py", "import pyrage", "Cryptography only in keys"),
        ("reliefdesk/bundles/dsse.py", "import securesystemslib", "Cryptography only in keys"),
        ("reliefdesk/bundles/aside.py", "import reliefdesk.storage", "point downwards only"),
        ("reliefdesk/domain/chance.py", "import random", "The domain is pure"),
    ],
)
def test_a_contract_breaks_when_violated(
    tmp_path: Path, path: str, line: str, contract: str
) -> None:
    tree = _copy(tmp_path)
    (tree / path).write_text(f"{PROMISE}\n{line}\n", encoding="utf-8")
    assert contract in _broken(tree)


def test_a_circle_between_neighbours_is_named(tmp_path: Path) -> None:
    tree = _copy(tmp_path)
    for here, there in (("left", "right"), ("right", "left")):
        text = f"{PROMISE}\nimport reliefdesk.services.{there}\n"
        (tree / "reliefdesk/services" / f"{here}.py").write_text(text, encoding="utf-8")
    assert "in a circle" in _broken(tree)


def _copy(folder: Path) -> Path:
    for room in ("reliefdesk", "ui"):
        shutil.copytree(REPOSITORY / room, folder / room)
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    return folder


def _broken(tree: Path) -> str:
    verdict = _lint(tree)
    assert verdict.returncode == 1, verdict.stdout + verdict.stderr
    return "\n".join(line for line in verdict.stdout.splitlines() if line.endswith("BROKEN"))


def _lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts on a tree, whose packages win over the installed ones."""
    return subprocess.run(  # noqa: S603  # our own interpreter and tool
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=tree,
        env={**paths.environment(), "PYTHONPATH": str(tree), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
