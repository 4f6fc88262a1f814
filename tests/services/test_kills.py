"""Kill -9 at any moment of recording and paying: nothing confirmed is lost or doubled."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from reliefdesk.desk import Desk
from reliefdesk.domain.ids import PaymentId
from reliefdesk.domain.money import Money
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.services import cash, receipts
from reliefdesk.storage import payments as stored
from reliefdesk.storage import verification
from tests.builders import a_desk
from tests.services.counter import sign_in

if sys.platform == "win32":
    pytest.skip("forks and file size limits", allow_module_level=True)

KILLS = 200
ROOT = Path(__file__).parents[2]
PAGE_FRAME = 4096 + 24


@dataclass
class Counter:
    """The process that forks workers, and the confirmations it was heard to give."""

    process: "subprocess.Popen[str]"

    def hear(self) -> str:
        """Read one line."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def kill_after(self, number: int, lines: int, spin: int) -> list[list[str]]:
        """Start a worker, wait for some of its lines, spin, kill it, and give what it confirmed."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        worker, heard = 0, list[str]()
        while worker == 0 or len(heard) < lines:
            line = self.hear()
            assert line not in ("", "dead"), "the worker ended by itself"
            if line.startswith("worker"):
                worker = int(line.split()[1])
            else:
                heard.append(line)
        for _ in range(spin):  # no clock: the worker goes on while we count
            pass
        os.kill(worker, signal.SIGKILL)
        while (line := self.hear()) != "dead":
            heard.append(line)
        return [line.split()[1:] for line in heard if line.startswith("paid")]


@contextmanager
def a_counter(folder: Path) -> Iterator[Counter]:
    command = [sys.executable, "-m", "tests.services.counter", str(folder)]
    with subprocess.Popen(  # noqa: S603 - our own words
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Counter(process=process)
        assert process.stdin is not None
        process.stdin.close()


def require_all(desk: Desk, confirmed: list[list[str]], known: int) -> int:
    """Find every confirmed payment, each with its own number and cash; give how many there are."""
    context = desk.context()
    for payment_id, receipt_no, fen in confirmed:
        paid = stored.payment(context.file, PaymentId(payment_id))
        assert paid is not None
        assert (paid.receipt_no, paid.amount) == (receipt_no, Money(int(fen)))
        assert receipts.receipt(context, receipt_no).state is ReceiptState.ISSUED
    numbers = receipts.numbers(context, 2021)
    assert receipts.faults(context) == ()
    assert len(numbers) - known - len(confirmed) in (0, 1)  # durable, but killed before saying so
    assert cash.balance(context) == Money(100_000_000 - 1000 * len(numbers))
    return len(numbers)


def test_no_confirmed_payment_is_lost_in_two_hundred_kills(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    a_desk(folder, float_yuan="1000000").desk.close()
    chance = random.Random(random.getrandbits(32))  # noqa: S311 - no secret
    known = 0
    with a_counter(folder) as counter:
        for round_ in range(KILLS):
            heard = counter.kill_after(
                round_ * 50, chance.randint(0, 4), chance.randint(0, 200_000)
            )
            desk = sign_in(folder, round_ * 50 + 40)
            known = require_all(desk, heard, known)
            desk.close()
    desk = sign_in(folder, KILLS * 50)
    assert known > KILLS / 2
    assert verification.verify(desk.context().file).good
    desk.close()
