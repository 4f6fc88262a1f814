"""Types from outside, with ibus-libpinyin, into the boxes of typed_window.py; prints what arrived.

Run as a program inside a screen and a session bus of its own.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from reliefdesk import paths

PATIENCE_S = 60
NAME_KEYS = ("n", "i", "h", "a", "o", "space")
NAME = "你好"
NUMBER = "15030219900101123x"


def main() -> int:
    """Type a name in pinyin and a number in Latin; the facts go to the output as JSON."""
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(PATIENCE_S)
    with _input_method(), _window() as (orders, facts):
        window = str(_wait(facts, "window"))
        _run("xdotool", "windowfocus", "--sync", window)
        _focus(orders, facts, "name")
        _run("xdotool", "key", "--delay", "120", *NAME_KEYS)
        name = _wait(facts, "name", NAME)
        _focus(orders, facts, "number")
        _run("xdotool", "type", "--delay", "40", NUMBER)
        number = _wait(facts, "number", NUMBER)
    sys.stdout.write(json.dumps({"name": name, "number": number}))
    return 0


def _give_up(_number: int, _frame: FrameType | None) -> None:
    """What should have arrived never did; leave in order, so that nothing stays running."""
    raise TimeoutError


@contextmanager
def _input_method() -> Iterator[None]:
    daemon = subprocess.Popen(["ibus-daemon", "--panel", "disable"])  # noqa: S607  # on the path
    try:
        while _run("ibus", "engine") != "libpinyin":  # what setting it returns says nothing
            _run("ibus", "engine", "libpinyin")
        yield
    finally:
        daemon.terminate()
        daemon.wait()


@contextmanager
def _window() -> Iterator[tuple[IO[str], Iterator[dict[str, object]]]]:
    program = subprocess.Popen(  # noqa: S603  # ourselves
        [sys.executable, Path(__file__).with_name("typed_window.py")],
        env={**paths.environment(), "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "fcitx"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if program.stdin is None or program.stdout is None:
        raise BrokenPipeError
    try:
        yield program.stdin, map(json.loads, program.stdout)
    finally:
        program.kill()
        program.wait()


def _focus(orders: IO[str], facts: Iterator[dict[str, object]], box: str) -> None:
    orders.write(box + "\n")
    orders.flush()
    _wait(facts, "focus", box)


def _wait(facts: Iterator[dict[str, object]], key: str, wanted: object = None) -> object:
    """The first fact of a key that is wanted."""
    for fact in facts:
        if key in fact and wanted in {None, fact[key]}:
            return fact[key]
    raise EOFError(key)


def _run(*command: str) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
