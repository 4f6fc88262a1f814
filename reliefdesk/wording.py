"""Every sentence a clerk reads stands in resources/wording/<noun>.toml, found here by its code.

An unknown code or a missing fact yields a plain sentence that names the code, never an exception:
a refusal must reach the clerk even when its wording does not.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path, PurePath
from string import Formatter
from typing import TYPE_CHECKING

from reliefdesk.domain.money import Money
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.terms import Term
from reliefdesk.errors import ReliefDeskError
from reliefdesk.paths import wording_dir

if TYPE_CHECKING:
    from reliefdesk.domain.cases import Reason  # the window starts faster without it

# China has kept one time without summer time since 1991; no time zone table is needed for it.
_CHINA = timezone(timedelta(hours=8))
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_FACTS = frozenset({"on", "since", "until"})
"""Facts of reasons and verdicts that are days although they are carried as text."""
_UNTOLD = "（不详）"
_STOPS = "。！？"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What happened, why, and what to do; `why` and `todo` may be empty. Without final stops."""

    what: str
    why: str
    todo: str

    @property
    def whole(self) -> str:
        """The parts as one text: 「what。why。todo。」."""
        said = [part for part in (self.what, self.why, self.todo) if part]
        return "".join(part if part[-1] in _STOPS else part + "。" for part in said)


def parts(error: ReliefDeskError) -> Sentence:
    """The three parts of an error's sentence, its facts filled in."""
    return _said(error.code, error.facts)


def sentence(error: ReliefDeskError) -> str:
    """An error as one text for a message line or stderr."""
    return parts(error).whole


def problem_sentence(problem: Problem) -> str:
    """A problem at a field as one text."""
    return _said(problem.code, problem.facts).whole


def reason_sentence(reason: "Reason") -> str:
    """A reason of an eligibility check as one text; its source is shown beside it, not in it."""
    return _said(reason.code, reason.facts).whole


def text(key: str, **facts: object) -> str:
    """A plain text `noun.name` from the `[text]` table of that noun; unknown keys show themselves.

    Raises nothing: a label that is missing must not stop a payment. An empty fact, such as a
    further sentence that is not needed, says nothing; only one that was not given is unknown.
    """
    noun, _, name = key.partition(".")
    found = _table(wording_dir(), noun).get("text", {}).get(name)
    return _filled(found, facts, empty="") if isinstance(found, str) else key


def _said(code: str, facts: Mapping[str, object]) -> Sentence:
    noun, _, name = code.partition(".")
    table = _table(wording_dir(), noun).get(name, {})
    what = table.get("what")
    if not isinstance(what, str):
        return Sentence(
            what="这一步没有完成",
            why=f"程序没有这种情况的说明（代码 {code}）",
            todo="请记下代码，告知系统管理员",
        )
    return Sentence(
        what=_filled(what, facts),
        why=_filled(str(table.get("why", "")), facts),
        todo=_filled(str(table.get("todo", "")), facts),
    )


@cache
def _table(folder: Path, noun: str) -> dict[str, dict[str, object]]:
    """The file of one noun: the first sentence must not wait until all of them are read."""
    if noun not in _nouns(folder):
        return {}
    try:
        return tomllib.loads((folder / f"{noun}.toml").read_text("utf-8"))
    except (OSError, ValueError):
        # A damaged table costs its sentences; the codes are shown instead.
        return {}


@cache
def _nouns(folder: Path) -> frozenset[str]:
    return frozenset(path.stem for path in folder.glob("*.toml"))


def _filled(template: str, facts: Mapping[str, object], *, empty: str = _UNTOLD) -> str:
    filled = ""
    for literal, name, _, _ in Formatter().parse(template):
        filled += literal
        if name is not None:
            fact = facts.get(name)
            filled += empty if fact == "" else _fact(_day_fact(name, fact))
    return filled


def _day_fact(name: str, fact: object) -> object:
    """A day carried as text is a day again; any other text stays as it was typed."""
    spelled = isinstance(fact, str) and name in _DAY_FACTS and _ISO_DAY.fullmatch(fact)
    try:
        return date.fromisoformat(str(fact)) if spelled else fact
    except ValueError:
        return fact


def _fact(fact: object) -> str:
    """A fact that is itself a code reads as the short name of that rule."""
    noun, _, name = fact.partition(".") if isinstance(fact, str) else ("", "", "")
    short = _table(wording_dir(), noun).get(name, {}).get("short")
    return short if isinstance(short, str) else shown(fact)


def shown(fact: object) -> str:
    """One fact as people read it: money in figures, days as 2021年3月10日, instants China time."""
    match fact:
        case None | "":
            said = _UNTOLD
        case bool():
            said = "是" if fact else "否"
        case Money():
            said = fact.figures
        case datetime():
            local = fact.astimezone(_CHINA)
            said = f"{_day(local)} {local:%H:%M}"
        case date():
            said = _day(fact)
        case Term():
            said = fact.label
        case PurePath():
            said = fact.name
        case str():
            said = fact
        case Iterable():
            said = "、".join(shown(part) for part in fact)
        case _:
            said = str(fact)
    return said


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
