"""After a whole exchange no byte outside the encryption names a person: files, names, logs, slips.

Every file below the test's folder is read: desks, sticks, backup, enrolment papers, logs, reports.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk import log, wording
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import backups, desk_keys, receiving, sync, sync_papers
from reliefdesk.storage import journal
from tests.builders import P01, P02, P03, P05, a_draft, an_accepted_case
from tests.journeys.window import pdf_text
from tests.services.counter import somebody
from tests.sync.parties import Trio, exchange, forged, pay_somebody, send, take
from ui.crash import CrashReport

PEOPLE = (P01, P02, P03, P05, *(somebody(count) for count in range(4)))
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def needles(people: tuple[PersonDraft, ...] = PEOPLE) -> Iterator[tuple[str, bytes]]:
    """What must be found nowhere, in every encoding."""
    for person in people:
        for text in (person.number, person.number[6:14], person.name, person.phone):
            for encoding in ENCODINGS:
                if text:
                    yield text, text.encode(encoding)


def told(content: bytes) -> set[str]:
    return {text for text, needle in needles() if needle in content}


def broken(trio: Trio) -> list[Path]:
    """Bundles with every kind of trouble, each full of people."""
    damaged = send(trio, trio.a)
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)

    def spoil(_seq: int, line: bytes) -> bytes:
        return line.replace(b'"event":"CaseAccepted"', b'"event":"CaseFromTheFuture"')

    return [damaged, forged(trio, trio.b, spoil)]


def failures(trio: Trio, files: list[Path]) -> None:
    """Take what is broken; log and report what that raises, and a failure full of people."""
    report = CrashReport(trio.folder / "report", trio.a.clock, lambda _said: None)
    for row in take(trio.district, *files):
        logging.getLogger("reliefdesk").warning("%s %s %s", row.name, row.code, row.why)
    for text in (P01.number, P01.name):
        report.report(ValueError(f"{text} is in the way"))
    try:
        receiving.plan(trio.district.context(), [trio.folder / "nowhere.age"])
    except ReliefDeskError as refusal:
        logging.getLogger("reliefdesk").warning("%s", wording.sentence(refusal), exc_info=refusal)


@pytest.fixture
def scene(trio: Trio) -> Trio:
    """People come to both offices, sticks go round, some are broken, a backup is made."""
    started = log.start_log(trio.folder / "log")
    pay_somebody(trio.a)
    pay_somebody(trio.b, draft=a_draft(P02))
    for place, person in enumerate(PEOPLE[2:]):
        an_accepted_case((trio.a, trio.b)[place % 2], a_draft(person))
    failures(trio, broken(trio))
    for made in (trio.a, trio.b):
        exchange(trio, made)
        (trio.folder / "backup").mkdir(exist_ok=True)
        backups.back_up(made.context("系统己"), trio.folder / "backup")
        paper = desk_keys.request_file(made.context("系统己"))
        (trio.folder / paper.name).write_bytes(paper.content)
    log.stop_log(started)
    return trio


def test_no_file_that_leaves_or_stays_outside_the_desk_names_a_person(scene: Trio) -> None:
    read = [path for path in scene.folder.rglob("*") if path.is_file()]
    kinds = {path.suffix for path in read}
    assert {".AGE", ".log", ".rdk"} <= kinds, kinds
    assert {str(path): told(path.read_bytes()) for path in read if told(path.read_bytes())} == {}
    names = "\n".join(str(path.relative_to(scene.folder)) for path in scene.folder.rglob("*"))
    assert told(names.encode()) == set()


def test_the_same_look_finds_everybody_inside_the_encryption(scene: Trio) -> None:
    rows = journal.rows(scene.district.context().file)
    inside = b"".join(journal.line_of(row) for row in rows)
    assert {P01.number, P02.number, P03.name, P05.name} <= told(inside)


def test_a_slip_names_numbers_and_sums_and_nobody_who_was_helped(scene: Trio) -> None:
    for made in (scene.a, scene.b):
        for row in sync.bundles(made.context()):
            paper = sync_papers.transfer_slip(made.context(), row.manifest_id)
            text = pdf_text(paper.pdf)
            assert "移交单" in text
            assert told(text.encode()) == set()
            assert told(paper.pdf) == set()
            assert told(paper.title.encode()) == set()
