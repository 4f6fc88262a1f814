"""A process that opens a desk, says so, records floats until it is killed, and confirms each.

Run as `python -m tests.storage.holder FOLDER FIRST`; FIRST 0 only holds the desk.
"""

import sys
from pathlib import Path

from reliefdesk.storage import opening
from tests.storage.floats import KEY, put


def main(folder: str, first: str) -> None:
    """Hold the desk, and record from number FIRST on; a confirmed number was durable before."""
    file = opening.open_desk_file(Path(folder), KEY)
    _say("open")
    number = int(first)
    while number:
        put(file, number)
        _say(str(number))
        number += 1
    sys.stdin.read()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
