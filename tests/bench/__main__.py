"""Runs every measurement and prints the table that the README keeps: limit, ours, ratio, goal."""

import argparse
import importlib
import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.bench.lines import Line

HEADINGS = ("figure", "limit", "ours", "ratio", "goal", "", "limit is")


def main(arguments: list[str]) -> int:
    """Measure all, or those named (`receipts` for bench_receipts.py); a missed goal is shown."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("only", nargs="*", help=", ".join(map(_short, names)))
    only = set(parser.parse_args(arguments).only)
    if unknown := only.difference(map(_short, names)):
        parser.error(f"no measurement is called {', '.join(sorted(unknown))}")
    _say(f"CPython {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores")
    _say(_row(HEADINGS))
    _say(_row("---" for _ in HEADINGS))
    for name in names:
        if not only or _short(name) in only:
            for line in importlib.import_module(f"tests.bench.{name}").measure():
                _say(_row(_cells(line)))
    return 0


def _short(name: str) -> str:
    return name.removeprefix("bench_")


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.figure,
        f"{line.limit:,.2f} {line.unit}",
        f"{line.ours:,.2f} {line.unit}",
        f"{line.ratio:.2f}",
        f"≤ {line.goal:g}",
        "ok" if line.ratio <= line.goal else "missed",
        line.limit_is,
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # the table is the product


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
