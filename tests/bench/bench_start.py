"""From the command to a sign-in page that takes keys, against an empty window of the same size.

Both are started anew each time, in turn, on the same screen; the desk has 100,000 cases.
"""

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from reliefdesk import paths
from tests.bench import big_desk
from tests.bench.lines import Line

CASES = 100_000
ROUNDS = 9
_MIB = 1024
_ROOT = Path(__file__).resolve().parents[2]


def measure() -> list[Line]:
    """Time and memory until the page is usable, and memory once the desk can be opened."""
    folder = str(big_desk.folder_of(CASES).resolve())
    _start()
    _start(folder)
    pairs = [(_start(), _start(folder)) for _ in range(ROUNDS)]
    empty, ours = zip(*pairs, strict=True)
    limit = [median(run[place] for run in empty) for place in (0, 1)]
    taken = [median(run[place] for run in ours) for place in (0, 1, 2)]
    window = "an empty PySide6 window"
    return [
        Line(figure="start to sign-in", limit=limit[0], ours=taken[0], goal=2, limit_is=window),
        _memory("memory then", limit[1], taken[1]),
        _memory("memory once the desk can be opened", limit[1], taken[2]),
    ]


def _memory(figure: str, limit: float, ours: float) -> Line:
    return Line(
        figure=figure,
        limit=limit / _MIB,
        ours=ours / _MIB,
        goal=2,
        unit="MiB",
        limit_is="an empty PySide6 window",
    )


def _start(*arguments: str) -> tuple[float, ...]:
    """Milliseconds until it tells for the first time, then what it tells, in KiB."""
    screen = {} if paths.has_display() else {"QT_QPA_PLATFORM": "offscreen"}
    begin = perf_counter()
    with subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.bench.window_seen", *arguments],
        cwd=_ROOT,
        env={**paths.environment(), **screen},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        taken = (perf_counter() - begin) * 1000
        told = [first, *process.stdout]
    return (taken, *(float(text) for text in told))
