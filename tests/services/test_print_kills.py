"""Kill -9 on the way of an original to the printer: the next start knows what is not known."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk.desk import Desk
from reliefdesk.domain.print_jobs import JobState, JobUnclearError
from reliefdesk.domain.today import TodayKind
from reliefdesk.services import print_jobs, printing, receipts, today
from reliefdesk.services.printing import PrintWish
from reliefdesk.services.receipts import ReceiptForm
from tests.builders import a_desk, a_pay_order, an_approved_case
from tests.documents.papers import page_texts
from tests.services import print_worker
from tests.services.counter import sign_in
from tests.services.money import pay
from tests.services.spooler import IDLE, Queue, command
from ui.counter.paper import paper_of

if sys.platform == "win32":
    pytest.skip("the spooler's commands are shell scripts", allow_module_level=True)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def number(tmp_path: Path) -> str:
    """Give a paid number that is not printed, on a desk that is closed."""
    made = a_desk(tmp_path / "desk")
    paid = pay(made, a_pay_order(made, an_approved_case(made)))
    made.desk.close()
    return paid.receipt_no


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:
    """Put a printer on the search path."""
    made = Queue(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{made.folder}{os.pathsep}{os.defpath}")
    return made


def killed(tmp_path: Path, number: str, act: str) -> Iterator[Desk]:
    """Run the worker until it is killed, and open the desk again."""
    words = [sys.executable, "-m", print_worker.__name__, str(tmp_path / "desk"), number, act]
    done = subprocess.run(  # noqa: S603 - our own words
        words, cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert done.stdout == b""
    desk = sign_in(tmp_path / "desk", print_worker.MINUTES + 5)
    yield desk
    desk.close()


def state(desk: Desk, number: str) -> JobState:
    job = print_jobs.last(desk.context(), number)
    assert job is not None
    return job.state


def unsure(desk: Desk) -> list[object]:
    lines = today.todo(desk.context())
    return [line.facts["receipt_no"] for line in lines if line.kind is TodayKind.NOT_PRINTED]


@pytest.mark.parametrize("came", [0, 1])
def test_killed_while_the_printer_takes_it_the_clerk_is_asked_and_nothing_goes_out_unmarked(
    tmp_path: Path, number: str, queue: Queue, came: int
) -> None:
    kept = f'cat > "{queue.folder}/out/1"; ' if came else ""
    command(queue.folder, "lp", f"{kept}kill -9 $PPID")
    for desk in killed(tmp_path, number, "hand"):
        assert len(queue.came) == came
        assert state(desk, number) is JobState.HANDING
        assert unsure(desk) == [number]
        with pytest.raises(JobUnclearError):
            print_jobs.draw(desk.context(), number, ReceiptForm.A5)
        again = print_jobs.draw(desk.context(), number, ReceiptForm.A5, reason="没有出来")
        assert all("补打第1次" in page for page in page_texts(again.result))


def test_killed_before_the_printer_was_asked_the_very_bytes_go_out_after_the_next_start(
    tmp_path: Path, number: str, queue: Queue
) -> None:
    for desk in killed(tmp_path, number, "draw"):
        context = desk.context()
        assert state(desk, number) is JobState.DRAWN
        assert unsure(desk) == [number]
        queue.says(IDLE)
        again = print_jobs.draw(context, number, ReceiptForm.A5).result
        paper = paper_of(again, title=number, form=ReceiptForm.A5)
        printing.print_paper(context, PrintWish(printer="前台", media=paper.media), paper)
        assert receipts.receipt(context, number).prints == 1
        assert not any("补打" in page for page in page_texts(again))
        assert queue.came == [again]
        assert unsure(desk) == []
