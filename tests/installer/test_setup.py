"""Set-up asks nothing, names what it lacks, and leaves a finished machine alone."""

import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
READY = REPOSITORY / ".venv" / ".ready"


@pytest.mark.skipif(not READY.exists(), reason="this environment was not made by `make setup`")
def test_a_second_run_does_no_set_up_work() -> None:
    before = READY.stat().st_mtime_ns
    again = _set_up("run")
    assert again.returncode == 0
    assert "installing" not in again.stderr
    assert READY.stat().st_mtime_ns == before


def test_an_unknown_purpose_is_told_the_usage() -> None:
    refused = _set_up("everything")
    assert refused.returncode == 2
    assert "setup.sh [run|tests]" in refused.stderr


def test_set_up_names_no_package_registry_and_needs_a_hash_for_every_package() -> None:
    script = (REPOSITORY / "installer" / "setup.sh").read_text(encoding="utf-8")
    assert "--require-hashes" in script
    assert "index-url" not in script
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    pinned = [line for line in lock.splitlines() if "==" in line and not line.startswith(" ")]
    assert len(pinned) > 40
    assert all(line.endswith("\\") for line in pinned)


def _set_up(purpose: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own script
        ["/bin/sh", "installer/setup.sh", purpose],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
