"""A process that seals and opens many events and says how much memory it took at most.

Run as `python -m tests.bundles.large COUNT`.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reliefdesk.services import payments
from reliefdesk.storage import journal
from tests import builders
from tests.bundles import forge
from tests.bundles.parties import a_plan, sealed

_NARRATIVE = "骑行途中被货车剐蹭，随身财物遗失，暂无食宿。"
_CHARACTERS = "火灾烧毁衣物暂无收入王李张刘陈杨赵黄周吴徐孙路街道号第一二三四五六七八九十"


def lines(count: int, after: int = 0) -> Iterator[bytes]:
    """Give the life of real cases over and over, each with other people, ids and words.

    The first line has the number after `after`.
    """
    chance = random.Random(1)  # noqa: S311 - no secret
    life = _life_of_a_case()
    for seq in range(1, count + 1):
        if seq % len(life) == 1:
            words = "".join(chance.choices(_CHARACTERS, k=len(_NARRATIVE)))
            number, ids = (
                f"64018119{chance.randrange(10**10):010d}",
                f"{chance.randrange(16**8):08x}",
            )
        text = life[seq % len(life) - 1].replace(_NARRATIVE, words)
        text = text.replace(builders.P01.number, number).replace(builders.P01.name, words[:3])
        text = text.replace("-000001", f"-{seq // len(life) + 1:06d}")
        text = text.replace(builders.P01.phone, f"138{number[-8:]}")
        facts = json.loads(text.replace(_SHARED_ID, ids))
        yield forge.canonical({**facts, "seq": after + seq})


_SHARED_ID = "00000000"  # every counted id begins so


def _life_of_a_case() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        made = builders.a_desk(Path(folder) / "desk")
        before = journal.head(made.context().file).seq
        builders.add_float(made, "2000")
        found = builders.an_approved_case(made)
        order, officer = builders.a_pay_order(made, found), made.officer("出纳丁")
        context = made.context("出纳丁")
        payments.pay(context, order, seen_version=found.version, officer=officer)
        rows = journal.rows(made.context().file, before)
        life = [journal.line_of(row).decode() for row in rows]
        made.desk.close()
    return life


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
    # Not getrusage: that remembers the memory of the process that started this one.
    state = Path("/proc/self/status").read_text("ascii")
    kibibytes = int(state.split("VmHWM:")[1].split()[0])
    sys.stdout.write(f"{kibibytes / 1024:.1f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
