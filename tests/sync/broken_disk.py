"""A process whose kernel answers every fsync with an input/output error, as a dying disk does.

Run as a program with a folder of desks, the number of steps that still go well, and a round; it
says how the next step ended. With a folder alone it writes a bundle to that stick.
"""

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Callable
from pathlib import Path

from reliefdesk.devices import sticks
from reliefdesk.devices.sticks import Stick
from reliefdesk.errors import ReliefDeskError
from tests.sync.courier import Courier, say

_CALLS = {"x86_64": (74, 75, 306), "aarch64": (82, 83, 267)}
"""fsync, fdatasync, syncfs."""
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


def can_break() -> bool:
    """Whether this kernel lets a process refuse its own calls."""
    return sys.platform == "linux" and platform.machine() in _CALLS


def break_the_disk() -> None:
    """From now on no fsync of this process succeeds; there is no way back."""
    steps = [struct.pack("=HBBI", _LOAD, 0, 0, 0)]
    numbers = _CALLS[platform.machine()]
    for place, number in enumerate(numbers):
        # A hit jumps over the remaining comparisons and the permission.
        steps.append(struct.pack("=HBBI", _EQUAL, len(numbers) - place, 0, number))
    steps.append(struct.pack("=HBBI", _RETURN, 0, 0, _ALLOW))
    steps.append(struct.pack("=HBBI", _RETURN, 0, 0, _ERRNO | errno.EIO))
    program = ctypes.create_string_buffer(b"".join(steps))
    head = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(program)))
    system = ctypes.CDLL(None, use_errno=True)
    for call in ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SECCOMP, _FILTER, ctypes.byref(head), 0, 0)):
        if system.prctl(*call) != 0:
            failed = ctypes.get_errno()
            raise OSError(failed, "no filter of calls can be set here")


def next_step(folder: Path, good: int, round_: int) -> Callable[[], object]:
    """Take the steps that go well; give the one after them."""
    steps = Courier(folder, round_).steps()
    for step in steps[:good]:
        step()
    return steps[good]


def writing(folder: Path) -> Callable[[], object]:
    """Give the writing of a bundle to a stick."""
    stick = Stick(
        found=sticks.look(folder, "U盘"),
        office="150302003",
        accepts=frozenset({"150302003"}),
        new_mark="0198-MARK",
    )
    return lambda: stick.put("RD-150302003-000001-1A2B3C4D.AGE", bytes(100_000))


def main() -> None:
    """Break the disk before the last thing that was asked for, and tell how it ends."""
    folder, *counts = sys.argv[1:]
    numbers = [int(count) for count in counts]
    act = next_step(Path(folder), *numbers) if numbers else writing(Path(folder))
    break_the_disk()
    try:
        act()
    except ReliefDeskError as refusal:
        say(refusal.code)
    else:
        say("done")


if __name__ == "__main__":
    main()
