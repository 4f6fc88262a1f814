"""Calibration (套准): how far a printer prints from where it should, read off a ruler page.

Lengths are tenths of a millimetre, so that nothing is ever rounded twice.
"""

import re
from dataclasses import dataclass
from typing import Self

from reliefdesk.domain.problems import Problem

_TENTHS = re.compile(r"(\d{1,3})(?:[.．。](\d))?")
_FURTHEST = {"left": 150, "top": 150, "across": 50, "down": 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class RulerReading:
    """What a ruler says of a printed ruler page, in tenths of a millimetre.

    `left` and `top`: from the edges of the sheet to the two long lines; `across` and `down`: how
    long the two rulers came out.
    """

    left: int
    top: int
    across: int
    down: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read back `text`; raises ValueError."""
        left, top, across, down = (int(part) for part in text.split(","))
        return cls(left=left, top=top, across=across, down=down)

    @property
    def text(self) -> str:
        """The reading as it is kept."""
        return f"{self.left},{self.top},{self.across},{self.down}"


TRUE_READING = RulerReading(left=200, top=200, across=1000, down=500)
"""How the ruler page is drawn: what a faithful printer gives."""


def check_reading(typed: dict[str, str]) -> RulerReading | tuple[Problem, ...]:
    """Read four typed lengths in millimetres, or say of each what is wrong with it.

    `20`, `20.3` and `20．3` are understood; what is far from the drawn length is a slip of the
    ruler, not a printer.
    """
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for name, furthest in _FURTHEST.items():
        match = _TENTHS.fullmatch(typed.get(name, "").strip().removesuffix("毫米").strip())
        true = getattr(TRUE_READING, name)
        if match is None:
            problems.append(Problem(field=name, code="printing.reading_missing"))
            continue
        found[name] = int(match[1]) * 10 + int(match[2] or 0)
        if abs(found[name] - true) > furthest:
            code = "printing.reading_far"
            facts = {"true": f"{true // 10}", "furthest": f"{furthest / 10:g}"}
            problems.append(Problem(field=name, code=code, facts=facts))
    return tuple(problems) if problems else RulerReading(**found)
