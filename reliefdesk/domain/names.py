"""Names as people bear them: kept as typed, one field, 50 characters, interpunct U+00B7 only.

No Unicode normalisation: NFC rewrites ideographs of names (RULES.md §5; 民委发〔2016〕33号).
"""

import unicodedata
from dataclasses import dataclass

from reliefdesk.domain.problems import Level, Problem

INTERPUNCT = "·"
NAME_CHARACTERS_MAX = 50
CHARACTERS_NAMED_MAX = 5
_LOOKALIKES = frozenset("•・‧．.∙･●⋅᛫")
_SEPARATORS = _LOOKALIKES | {INTERPUNCT, " ", "\u3000", "\t"}
_LETTER_CATEGORIES = frozenset({"Lo", "Lu", "Ll", "Lm", "Lt", "Mn", "Mc", "Nl"})
_ALLOWED_MARKS = frozenset("-'’")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReading:
    """What was typed and the name it yields; `name` is trimmed, look-alikes mended."""

    typed: str
    name: str
    problems: tuple[Problem, ...]


def read_name(text: str, *, field: str = "name") -> NameReading:
    """Read a name; problems: missing, too long, strange characters, look-alike separators."""
    trimmed = text.strip(" \u3000\t")
    name = _mend(trimmed)
    problems: list[Problem] = []
    if not trimmed:
        problems.append(Problem(field=field, code="names.missing"))
    if len(name) > NAME_CHARACTERS_MAX:
        facts: dict[str, object] = {"most": NAME_CHARACTERS_MAX, "typed": len(name)}
        problems.append(Problem(field=field, code="names.long", facts=facts))
    problems += _strange(name, field)
    if name != trimmed:
        problems.append(
            Problem(field=field, code="names.interpunct", facts={"name": name}, level=Level.WARNING)
        )
    return NameReading(typed=text, name=name, problems=tuple(problems))


def search_form(name: str) -> str:
    """The name without blanks and separators, Latin letters lower: for comparing and finding."""
    return "".join(char for char in name if char not in _SEPARATORS).lower()


def _is_letter(char: str) -> bool:
    return unicodedata.category(char) in _LETTER_CATEGORIES


def _mend(text: str) -> str:
    mended = list(text)
    for position in range(1, len(text) - 1):
        between = _is_letter(text[position - 1]) and _is_letter(text[position + 1])
        if text[position] in _LOOKALIKES and between:
            mended[position] = INTERPUNCT
    return "".join(mended)


def _strange(name: str, field: str) -> list[Problem]:
    kinds = dict.fromkeys(name)
    private = [char for char in kinds if unicodedata.category(char) == "Co"]
    wrong = [char for char in kinds if char not in private and not _may_stand(char)]
    found: list[Problem] = []
    if private:
        found.append(_of_characters(private, field, "names.private_use", Level.WARNING))
    if wrong:
        found.append(_of_characters(wrong, field, "names.character", Level.ERROR))
    return found


def _may_stand(char: str) -> bool:
    return _is_letter(char) or char in _SEPARATORS or char in _ALLOWED_MARKS or char in "()（）"


def _of_characters(chars: list[str], field: str, code: str, level: Level) -> Problem:
    """One problem however many characters have it: a pasted page must not fill the window."""
    named = chars[:CHARACTERS_NAMED_MAX]
    more = "等" if len(chars) > len(named) else ""
    facts: dict[str, object] = {
        "character": "".join(dict.fromkeys(map(_shown, named))) + more,
        "codepoint": "、".join(f"U+{ord(char):04X}" for char in named),
    }
    return Problem(field=field, code=code, facts=facts, level=level)


def _shown(char: str) -> str:
    return char if char.isprintable() else "不可见字符"
