"""Starts the holder as a process of its own, to be killed at any moment."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[2]


@contextmanager
def a_holder(folder: Path, first: int = 0) -> Iterator["subprocess.Popen[str]"]:
    """A process that has the desk open; it is killed with -9 in the end."""
    command = [sys.executable, "-m", "tests.storage.holder", str(folder), str(first)]
    with subprocess.Popen(  # noqa: S603 - our own words
        command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()
