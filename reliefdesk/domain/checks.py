"""Spot checks (抽查): a draw that anybody can redo from a published seed and the list, by `draw`.

Source: 乌民发〔2021〕17号 第八条, at least 30 % of what each street or town confirmed.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

PERCENT_LEAST, PERCENT_MOST = 30, 100
SMALL, LARGE = Money.parse("1000"), Money.parse("3000")
"""Bounds of the amount classes: up to the first, up to the second, above (分)."""
_FIELDS = 3
_SEED = re.compile(r"[0-9a-f]{64}")


class Way(Term):
    """How relief was given, or that it was not: the first part of a stratum."""

    CASH = "cash", "现金"
    BANK = "bank", "银行"
    IN_KIND = "in_kind", "实物"
    UNPAID = "none", "未发放"
    REFUSED = "refused", "不予救助"
    REFERRED = "referred", "转介"


class AmountClass(Term):
    """The second part of a stratum; nothing granted counts as small."""

    SMALL = "1", "1,000元及以下"
    MIDDLE = "2", "1,000元以上至3,000元"
    LARGE = "3", "3,000元以上"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One line of the list: a case, the code of the office that handled it, and its stratum."""

    case_no: str
    office: str
    stratum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A list with its seed (64 hex letters), and the case numbers drawn from it, sorted."""

    seed: str
    percent: int
    lines: tuple[CheckLine, ...]
    drawn: tuple[str, ...]

    @property
    def list_hash(self) -> str:
        """SHA-256 of the list's text, in hexadecimal letters."""
        return hashlib.sha256(list_text(self.lines)).hexdigest()


class PercentError(UserError):
    """Less than the notice demands, or more than everything. Facts: least, most."""

    code = "checks.percent"


class SeedError(UserError):
    """A seed is 64 small hexadecimal letters."""

    code = "checks.seed"


class ListError(UserError):
    """The text is no list: a line of it is wrong. Facts: line."""

    code = "checks.list"


def stratum_of(way: Way, amount: Money) -> str:
    """`现金-2`: how it was given and the class of the amount, granted or paid."""
    if amount <= SMALL:
        size = AmountClass.SMALL
    else:
        size = AmountClass.MIDDLE if amount <= LARGE else AmountClass.LARGE
    return f"{way.label}-{size.value}"


def stratum_words(stratum: str) -> str:
    """`现金，1,000元以上至3,000元`; a stratum of another program stays as it is."""
    way, _, size = stratum.rpartition("-")
    try:
        return f"{way}，{AmountClass(size).label}"
    except ValueError:
        return stratum


def list_text(lines: Iterable[CheckLine]) -> bytes:
    """The list, byte for byte as it is hashed: UTF-8, lines sorted by the bytes of the case number.

    A line is the case number, TAB (09), the office's code, TAB, the stratum, LF (0A); no head line.
    """
    ordered = sorted(lines, key=lambda line: line.case_no.encode())
    return "".join(f"{one.case_no}\t{one.office}\t{one.stratum}\n" for one in ordered).encode()


def read_list(content: bytes) -> tuple[CheckLine, ...]:
    """Read a list back; raises ListError where it is not exactly what `list_text` writes."""
    lines: list[CheckLine] = []
    for place, text in enumerate(content.decode(errors="replace").split("\n")[:-1], start=1):
        parts = text.split("\t")
        if len(parts) != _FIELDS or not all(part and part.isprintable() for part in parts):
            raise ListError(line=place)
        lines.append(CheckLine(case_no=parts[0], office=parts[1], stratum=parts[2]))
    if list_text(lines) != content or len({line.case_no for line in lines}) != len(lines):
        raise ListError(line=len(lines))
    return tuple(lines)


def draw(seed: str, lines: Sequence[CheckLine], percent: int = PERCENT_LEAST) -> Draw:
    """Draw from a list; the same for anybody and any order of the lines.

    The order is that of SHA-256(seed ‖ case number): the seed as 64 small hexadecimal letters in
    ASCII, nothing between, the number in UTF-8; digests compare as unsigned bytes. Each office is
    drawn by itself: the first case of every stratum, then the first of the others until
    ⌈n × percent / 100⌉ of its n cases are drawn. Raises SeedError, PercentError.
    """
    if not _SEED.fullmatch(seed):
        raise SeedError
    if not PERCENT_LEAST <= percent <= PERCENT_MOST:
        raise PercentError(least=PERCENT_LEAST, most=PERCENT_MOST)
    ordered = sorted(lines, key=lambda line: (line.office, _place(seed, line.case_no)))
    drawn: list[str] = []
    for _, group in groupby(ordered, key=lambda line: line.office):
        drawn += _of_office(tuple(group), percent)
    whole = tuple(sorted(lines, key=lambda line: line.case_no))
    return Draw(seed=seed, percent=percent, lines=whole, drawn=tuple(sorted(drawn)))


def _place(seed: str, case_no: str) -> bytes:
    return hashlib.sha256(f"{seed}{case_no}".encode()).digest()


def _of_office(ordered: Sequence[CheckLine], percent: int) -> list[str]:
    first: dict[str, str] = {}
    for line in ordered:
        first.setdefault(line.stratum, line.case_no)
    drawn = list(first.values())
    needed = -(-len(ordered) * percent // 100) - len(drawn)
    others = [line.case_no for line in ordered if line.case_no not in drawn]
    return drawn + others[: max(0, needed)]
