"""Anybody with seed and list redoes a spot check on the command line."""

import hashlib
import json
from pathlib import Path

import pytest

from reliefdesk.cli import main
from reliefdesk.domain.checks import CheckLine, draw, list_text

Capture = pytest.CaptureFixture[str]
SEED = hashlib.sha256(b"chain head").hexdigest()
LINES = [
    CheckLine(case_no=f"AJ-150302003-2021-{place:06d}", office="150302003", stratum="现金-1")
    for place in range(1, 12)
]


def test_the_same_seed_and_list_give_the_same_draw(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "CC-150302-202103-00.TXT"
    file.write_bytes(list_text(LINES))
    assert main(["draw", str(file), "--seed", SEED, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    expected = draw(SEED, LINES)
    assert (told["drawn"], told["list_sha256"]) == (list(expected.drawn), expected.list_hash)
    assert main(["draw", str(file), "--seed", SEED]) == 0
    assert "名单11件，抽中4件" in capsys.readouterr().out


def test_a_list_that_was_touched_and_a_missing_file_are_refused(
    tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "list.txt"
    assert main(["draw", str(file), "--seed", SEED]) == 2
    assert "名单文件" in capsys.readouterr().err
    file.write_bytes(list_text(LINES).replace(b"\n", b"\r\n"))
    assert main(["draw", str(file), "--seed", SEED]) == 2
    assert "不合格式" in capsys.readouterr().err
    file.write_bytes(list_text(LINES))
    assert main(["draw", str(file), "--seed", "0", "--percent", "30"]) == 2
    assert "种子不对" in capsys.readouterr().err
