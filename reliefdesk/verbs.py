"""What the command line does for administrators, tests and scripts, one function for each verb.

Text for people on stdout, `--json` for machines. Loads everything, so `cli` does not for a window.
"""

import argparse
import getpass
import importlib
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from reliefdesk import desk as front_door
from reliefdesk import paths, reference, wording
from reliefdesk.bundles import telling
from reliefdesk.clock import SystemClock, SystemIds, shanghai_day
from reliefdesk.desk import Surroundings
from reliefdesk.documents.fonts import paper_fonts
from reliefdesk.domain import checks
from reliefdesk.domain.contacts import read_bank_card, read_phone
from reliefdesk.domain.identity import DocumentReading, Sex, comparison_key, read_document
from reliefdesk.domain.masking import mask_card, mask_name, mask_phone
from reliefdesk.domain.money import Money
from reliefdesk.domain.names import read_name
from reliefdesk.domain.problems import Level, Problem
from reliefdesk.domain.workdays import Workdays
from reliefdesk.errors import SurroundingsError
from reliefdesk.services import backups, verification
from reliefdesk.storage.desk_file import DeskMissingError
from reliefdesk.storage.verification import VerificationReport

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction["_Parser"]  # noqa: SLF001 - it has no other name


class PassphraseFileError(SurroundingsError):
    """The file with the passphrase cannot be read."""

    code = "cli.passphrase_file"


class ListFileError(SurroundingsError):
    """The file with a spot check's list cannot be read."""

    code = "cli.list_file"


DONE, WRONG, BAD_USAGE = 0, 1, 2
"""Exit codes: done; done, and what was checked is wrong; called wrongly."""


class _Parser(argparse.ArgumentParser):
    """Refuses in Chinese; the verbs below it are parsers of the same kind."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how it is called; exit code 2."""
        self.exit(BAD_USAGE, wording.text("cli.usage", usage=self._called(), said=_said(message)))

    def _called(self) -> str:
        return " ".join(self.format_usage().removeprefix("usage: ").split())


def _said(message: str) -> str:
    """The words of argparse in Chinese; what it quotes stays as typed."""
    for start, key in _USAGE_FAULTS:
        if (found := re.search(start, message)) is not None:
            return wording.text(key, text=found[1])
    return wording.text("cli.usage_wrong")


_USAGE_FAULTS = (
    (r"^the following arguments are required: (.*)$", "cli.usage_missing"),
    (r"^unrecognized arguments: (.*)$", "cli.usage_unknown"),
    (r"invalid choice: '?(.*?)'? \(choose from", "cli.usage_choice"),
    (r"invalid \w+ value: '(.*)'$", "cli.usage_value"),
    (r"^argument (.*): expected one argument$", "cli.usage_without"),
)


def main(argv: Sequence[str]) -> int:
    """Run one verb and return its exit code; bad usage exits with 2. Raises ReliefDeskError."""
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    return run(arguments)


def _parser() -> argparse.ArgumentParser:
    """Every verb is added here by one `_add_…` function that sets `run` to its own function."""
    parser = _Parser(prog="reliefdesk", description=wording.text("cli.about"))
    parser.add_argument("--training", action="store_true", help=wording.text("cli.training"))
    parser.add_argument(
        "--training-bureau", action="store_true", help=wording.text("cli.training_bureau")
    )
    parser.add_argument("--desk", type=Path, metavar="DIR", help=wording.text("cli.desk"))
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    _add_check(verbs)
    _add_verify(verbs)
    _add_backup(verbs)
    _add_bundle(verbs)
    _add_draw(verbs)
    _add_demo(verbs)
    return parser


def _add_verify(verbs: "Verbs") -> None:
    verify = verbs.add_parser("verify", help=wording.text("cli.verify"))
    verify.add_argument("desk", type=Path, metavar="DESK")
    verify.add_argument("--head", action="append", default=[], metavar="N:HASH")
    verify.add_argument("--json", action="store_true", help=wording.text("cli.json"))
    _add_account(verify)
    verify.set_defaults(run=_verify)
    restore = verbs.add_parser("restore-check", help=wording.text("cli.restore_check"))
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--json", action="store_true", help=wording.text("cli.json"))
    _add_account(restore)
    restore.set_defaults(run=_restore_check)


def _add_backup(verbs: "Verbs") -> None:
    backup = verbs.add_parser("backup", help=wording.text("cli.backup"))
    backup.add_argument("desk", type=Path, metavar="DESK")
    backup.add_argument("--to", type=Path, required=True, metavar="DIR")
    _add_account(backup)
    backup.set_defaults(run=_backup)


def _add_bundle(verbs: "Verbs") -> None:
    bundle = verbs.add_parser("bundle", help=wording.text("cli.bundle"))
    subjects = bundle.add_subparsers(metavar="WHAT", required=True)
    for name, run in (("inspect", _inspect_bundle), ("verify", _verify_bundle)):
        subject = subjects.add_parser(name, help=wording.text(f"cli.bundle_{name}"))
        subject.add_argument("file", type=Path, metavar="FILE")
        subject.add_argument("--json", action="store_true", help=wording.text("cli.json"))
        subject.set_defaults(run=run)
    subject.add_argument("--key", type=Path, required=True, help=wording.text("cli.bundle_key"))


def _add_draw(verbs: "Verbs") -> None:
    draw = _subject(verbs, "draw", _draw)
    draw.add_argument("list", type=Path, metavar="LIST")
    draw.add_argument("--seed", required=True, metavar="HEX")
    draw.add_argument("--percent", type=int, default=checks.PERCENT_LEAST, metavar="N")


def _add_demo(verbs: "Verbs") -> None:
    demo = verbs.add_parser("demo", help=wording.text("cli.demo"))
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.set_defaults(run=_demo)


def _add_account(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--account", metavar="NAME", help=wording.text("cli.account"))
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=wording.text("cli.passphrase_file")
    )


def _verify(arguments: argparse.Namespace) -> int:
    heads = [verification.read_head(text) for text in arguments.head]
    name = _account(arguments, _names_at(arguments.desk))
    report = front_door.verify(arguments.desk, name, _passphrase(arguments), heads)
    return _tell_report(arguments, report)


def _restore_check(arguments: argparse.Namespace) -> int:
    name = _account(arguments, front_door.backup_account_names(arguments.file))
    report = front_door.restore_check(arguments.file, name, _passphrase(arguments))
    return _tell_report(arguments, report)


def _backup(arguments: argparse.Namespace) -> int:
    clock = SystemClock()
    name = _account(arguments, _names_at(arguments.desk))
    around = Surroundings(clock=clock, ids=SystemIds(clock), machine=paths.machine_mark())
    desk = front_door.sign_in(arguments.desk, name, _passphrase(arguments), around)
    try:
        done = backups.back_up(desk.context(), arguments.to)
    finally:
        desk.close()
    sys.stdout.write(f"{done.path}\n")
    return DONE


def _draw(arguments: argparse.Namespace) -> int:
    """Redo a spot check from its seed and its list, as anybody may."""
    try:
        lines = checks.read_list(arguments.list.read_bytes())
    except OSError as failure:
        raise ListFileError from failure
    found = checks.draw(arguments.seed, lines, arguments.percent)
    facts = {"list_sha256": found.list_hash, "count": len(lines), "drawn": list(found.drawn)}
    told = wording.text("cli.drawn", of=len(lines), count=len(found.drawn), hash=found.list_hash)
    _tell(arguments, facts, "\n".join([*found.drawn, told]))
    return DONE


def _demo(arguments: argparse.Namespace) -> int:
    code: int = importlib.import_module("ui.demo.play").main(arguments.out)
    return code


def _inspect_bundle(arguments: argparse.Namespace) -> int:
    facts = telling.outside_facts(arguments.file)
    _tell(arguments, facts, wording.text("cli.bundle_outside", **facts))
    return DONE


def _verify_bundle(arguments: argparse.Namespace) -> int:
    facts = telling.inside_facts(arguments.file, arguments.key)
    sums = [wording.text("cli.bundle_sum", **told) for told in facts["events"]]
    lines = [wording.text("cli.bundle_inside", **facts), *sums, wording.text("cli.bundle_verified")]
    _tell(arguments, facts, "\n".join(lines))
    return DONE


def _names_at(folder: Path) -> tuple[str, ...]:
    """Who can sign in at a desk; a desk that is not there is said before anything is asked."""
    if not front_door.exists(folder):
        raise DeskMissingError
    return front_door.account_names(folder)


def _account(arguments: argparse.Namespace, names: Sequence[str]) -> str:
    """Give the account to open with; without one the first of the desk."""
    return arguments.account or next(iter(names), "")


def _passphrase(arguments: argparse.Namespace) -> str:
    """Read the passphrase from a file, a pipe, or the keyboard without showing it."""
    if arguments.passphrase_file is not None:
        try:
            text: str = arguments.passphrase_file.read_text("utf-8")
        except OSError as failure:
            raise PassphraseFileError from failure
        return text.strip()
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return getpass.getpass(wording.text("cli.passphrase"))


def _tell_report(arguments: argparse.Namespace, report: VerificationReport) -> int:
    lines = [(line.good, verification.line_text(line)) for line in report.lines]
    head = f"{report.head.seq}:{report.head.hash}"
    facts = {
        "good": report.good,
        "head": head,
        "lines": [{"good": good, "text": text} for good, text in lines],
    }
    verdict = wording.text("cli.verified" if report.good else "cli.not_verified")
    told = [f"{'✓' if good else '✗'} {text}" for good, text in lines]
    _tell(arguments, facts, "\n".join([*told, wording.text("cli.head", head=head), verdict]))
    return DONE if report.good else WRONG


def _add_check(verbs: "Verbs") -> None:
    check = verbs.add_parser("check", help=wording.text("cli.check"))
    subjects = check.add_subparsers(metavar="WHAT", required=True)
    for name, run in (
        ("id", _check_id),
        ("name", _check_name),
        ("phone", _check_phone),
        ("card", _check_card),
        ("division", _check_division),
        ("amount", _check_amount),
    ):
        _subject(subjects, name, run).add_argument("text", metavar="TEXT")
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
        known_areas=reference.known_areas(),
    )
    facts = {
        "kind": reading.kind.name.lower(),
        "typed": arguments.text,
        "number": reading.number,
        "compared": comparison_key(reading),
        "birth": reading.birth_on.isoformat() if reading.birth_on else None,
        "sex": reading.sex.name.lower() if reading.sex else None,
        "problems": _problem_facts(reading.problems),
    }
    _tell(arguments, facts, _identity_lines(reading))
    return DONE if reading.valid else WRONG


def _problem_facts(problems: Sequence[Problem]) -> list[dict[str, str]]:
    return [
        {
            "code": problem.code,
            "level": problem.level.value,
            "sentence": wording.problem_sentence(problem),
        }
        for problem in problems
    ]


def _problem_lines(problems: Sequence[Problem]) -> list[str]:
    return [f"{each.level.label}：{wording.problem_sentence(each)}" for each in problems]


def _identity_lines(reading: DocumentReading) -> str:
    place = reference.divisions().place_of(reading.area_code)
    told = {
        reading.kind.label: reading.number,
        wording.text("cli.birth"): wording.shown(reading.birth_on),
        wording.text("cli.sex"): (reading.sex or Sex.UNKNOWN).label,
        wording.text("cli.place"): wording.shown(place.name if place else None),
    }
    if comparison_key(reading) != reading.number:
        told[wording.text("cli.compared")] = comparison_key(reading)
    lines = [f"{name}：{value}" for name, value in told.items()]
    return "\n".join([*lines, *_problem_lines(reading.problems)])


def _check_name(arguments: argparse.Namespace) -> int:
    reading = read_name(arguments.text)
    faceless = paper_fonts().missing(reading.name)
    facts = {
        "name": reading.name,
        "masked": mask_name(reading.name),
        "without_glyph": list(faceless),
        "problems": _problem_facts(reading.problems),
    }
    lines = [f"{reading.name}　{mask_name(reading.name)}", *_problem_lines(reading.problems)]
    if faceless:
        lines.append(wording.text("cli.without_glyph", characters="、".join(faceless)))
    _tell(arguments, facts, "\n".join(lines))
    wrong = faceless or any(each.level is Level.ERROR for each in reading.problems)
    return WRONG if wrong else DONE


def _check_phone(arguments: argparse.Namespace) -> int:
    reading = read_phone(arguments.text)
    return _tell_number(arguments, reading.number, mask_phone(reading.number), reading.problems)


def _check_card(arguments: argparse.Namespace) -> int:
    reading = read_bank_card(arguments.text)
    return _tell_number(arguments, reading.number, mask_card(reading.number), reading.problems)


def _tell_number(
    arguments: argparse.Namespace, number: str, masked: str, problems: Sequence[Problem]
) -> int:
    facts = {"number": number, "masked": masked, "problems": _problem_facts(problems)}
    lines = [f"{wording.shown(number)}　{masked}", *_problem_lines(problems)]
    _tell(arguments, facts, "\n".join(lines))
    return DONE


def _check_division(arguments: argparse.Namespace) -> int:
    place = reference.divisions().place_of(arguments.text)
    if place is None:
        _tell(arguments, {"code": arguments.text, "name": None}, wording.text("cli.no_division"))
        return WRONG
    facts = {"code": place.code, "name": place.name, "retired": place.retired}
    retired = wording.text("cli.retired") if place.retired else ""
    _tell(arguments, facts, f"{place.code}　{place.name}{retired}")
    return DONE


def _check_amount(arguments: argparse.Namespace) -> int:
    money = Money.parse(arguments.text)
    facts = {"fen": money.fen, "figures": money.figures, "words": money.words}
    _tell(arguments, facts, f"{_with_sign(money)}\n{money.words}")
    return DONE


def _with_sign(money: Money) -> str:
    """`￥2,430.00`, a red amount `-￥2,430.00`: the minus stands before the sign."""
    return f"-￥{Money(-money.fen).figures}" if money.fen < 0 else f"￥{money.figures}"


def _check_due(arguments: argparse.Namespace) -> int:
    due = Workdays(reference.shipped_calendars()).add(arguments.start, arguments.workdays)
    _tell(arguments, {"due": due.isoformat()}, wording.shown(due))
    return DONE


def _tell(arguments: argparse.Namespace, facts: Mapping[str, object], lines: str) -> None:
    told = json.dumps(facts, ensure_ascii=False) if arguments.json else lines
    sys.stdout.write(told + "\n")
