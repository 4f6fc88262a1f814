"""The command line for administrators, tests and scripts; without a verb it opens the window.

Text for people on stdout, `--json` for machines; a refusal is one sentence on stderr, exit code 2.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from reliefdesk import reference, wording
from reliefdesk.clock import SystemClock, shanghai_day
from reliefdesk.domain.identity import DocumentReading, Sex, read_document
from reliefdesk.domain.money import Money
from reliefdesk.domain.workdays import Workdays
from reliefdesk.errors import ReliefDeskError

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name

DONE, WRONG, REFUSED = 0, 1, 2
"""Exit codes: done; done, and what was checked is wrong; refused with a sentence."""


def main(argv: list[str] | None = None) -> int:
    """Run one verb (or the window) and return the exit code; bad usage exits with 2."""
    arguments = _parser().parse_args(argv)
    try:
        run: Callable[[argparse.Namespace], int] = arguments.run
        return run(arguments)
    except ReliefDeskError as refusal:
        sys.stderr.write(wording.sentence(refusal) + "\n")
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    """Every verb is added here by one `_add_…` function that sets `run` to its own function."""
    parser = argparse.ArgumentParser(prog="reliefdesk", description=wording.text("cli.about"))
    parser.set_defaults(run=_open_window)
    verbs = parser.add_subparsers(metavar="VERB")
    _add_check(verbs)
    return parser


def _open_window(_: argparse.Namespace) -> int:
    # By name: the program knows nothing of its window, which stands on top of it.
    code: int = importlib.import_module("ui.start").main()
    return code


def _add_check(verbs: "Verbs") -> None:
    check = verbs.add_parser("check", help=wording.text("cli.check"))
    subjects = check.add_subparsers(metavar="WHAT", required=True)
    number = _subject(subjects, "id", _check_id)
    number.add_argument("text", metavar="TEXT")
    amount = _subject(subjects, "amount", _check_amount)
    amount.add_argument("text", metavar="TEXT")
    due = _subject(subjects, "due", _check_due)
    due.add_argument("--from", dest="start", type=date.fromisoformat, required=True, metavar="DAY")
    due.add_argument("--workdays", type=int, required=True, metavar="N")


def _subject(
    subjects: "Verbs", name: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    subject = subjects.add_parser(name, help=wording.text(f"cli.check_{name}"))
    subject.add_argument("--json", action="store_true", help=wording.text("cli.json"))
    subject.set_defaults(run=run)
    return subject


def _check_id(arguments: argparse.Namespace) -> int:
    reading = read_document(
        arguments.text,
        today=shanghai_day(SystemClock().now()),
        known_areas=reference.divisions().known_areas(),
    )
    facts = {
        "kind": reading.kind.name.lower(),
        "number": reading.number,
        "birth": reading.birth_on.isoformat() if reading.birth_on else None,
        "sex": reading.sex.name.lower() if reading.sex else None,
        "problems": [
            {
                "code": problem.code,
                "level": problem.level.value,
                "sentence": wording.problem_sentence(problem),
            }
            for problem in reading.problems
        ],
    }
    _tell(arguments, facts, _identity_lines(reading))
    return DONE if reading.valid else WRONG


def _identity_lines(reading: DocumentReading) -> str:
    place = reference.divisions().place_of(reading.area_code)
    told = {
        reading.kind.label: reading.number,
        wording.text("cli.birth"): wording.shown(reading.birth_on),
        wording.text("cli.sex"): (reading.sex or Sex.UNKNOWN).label,
        wording.text("cli.place"): wording.shown(place.name if place else None),
    }
    lines = [f"{name}：{value}" for name, value in told.items()]
    lines += [
        f"{problem.level.label}：{wording.problem_sentence(problem)}"
        for problem in reading.problems
    ]
    return "\n".join(lines)


def _check_amount(arguments: argparse.Namespace) -> int:
    money = Money.parse(arguments.text)
    facts = {"fen": money.fen, "figures": money.figures, "words": money.words}
    _tell(arguments, facts, f"￥{money.figures}\n{money.words}")
    return DONE


def _check_due(arguments: argparse.Namespace) -> int:
    due = Workdays(reference.shipped_calendars()).add(arguments.start, arguments.workdays)
    _tell(arguments, {"due": due.isoformat()}, wording.shown(due))
    return DONE


def _tell(arguments: argparse.Namespace, facts: Mapping[str, object], lines: str) -> None:
    told = json.dumps(facts, ensure_ascii=False) if arguments.json else lines
    sys.stdout.write(told + "\n")


if __name__ == "__main__":
    sys.exit(main())
