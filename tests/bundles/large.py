"""A process that seals and opens many events and says how much memory it took at most.

Run as `python -m tests.bundles.large COUNT`.
"""

import random
import resource
import subprocess
import sys
from collections.abc import Iterator

from tests.bundles import forge
from tests.bundles.parties import a_plan, sealed

MEBIBYTE = 1024 * 1024
_CHARACTERS = "火灾烧毁衣物暂无收入王李张刘陈杨赵黄周吴徐孙路街道号第一二三四五六七八九十"


def lines(count: int) -> Iterator[bytes]:
    """Give invented events of the size that real ones have, every fourth with a person."""
    chance = random.Random(1)  # noqa: S311 - no secret
    for seq in range(1, count + 1):
        text = "".join(chance.choices(_CHARACTERS, k=60))
        number = f"6401811985{chance.randrange(10**8):08d}"
        if seq % 4:
            yield forge.line(seq, amount=chance.randrange(1, 10**6), reason=text)
        else:
            yield forge.line(seq, "PersonRegistered", name=text[:3], number=number, place=text)


def peak_mebibytes(count: int) -> float:
    """Measure in a process of its own."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", __name__, str(count)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main(count: int) -> None:
    """Seal, open, read every line; print the peak in MiB."""
    bundle = forge.opened(sealed(lines(count), a_plan()).content)
    assert sum(1 for _ in bundle.lines()) == count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(f"{peak / MEBIBYTE:.1f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
