"""Identity documents: kind, normalised number, what it says, and which digit breaks which rule.

Typed text is never changed; sources: GB 11643, ISO 7064 MOD 11-2. One validator
serves all 18-character numbers: citizens, HK/Macao/Taiwan residents (81/82/83) and foreigners (9).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from stdnum.iso7064 import mod_11_2

from reliefdesk.domain.problems import Level, Problem
from reliefdesk.domain.terms import Term

AGE_MAX_YEARS = 120
_LONG, _LEGACY = 18, 15
_CENTENARIAN_SEQUENCE = 996
_WIDE = {ord("！") + shift: chr(ord("!") + shift) for shift in range(94)}
_LOOKALIKE_X = frozenset("ⅩⅹХхΧχ✕×")
_BLANKS = re.compile(r"[\s\u3000\u200b-\u200f\ufeff]")


class Sex(Term):
    """GB/T 2261.1."""

    UNKNOWN = "0", "未知"
    MALE = "1", "男"
    FEMALE = "2", "女"


class DocumentKind(Term):
    """Kinds of document; codes follow the GA/T 517 style of §4.3."""

    CITIZEN = "111", "居民身份证"
    HKMT_RESIDENT = "112", "港澳台居民居住证"
    FOREIGN_RESIDENT = "553", "外国人永久居留身份证"
    HK_MACAO_PERMIT = "516", "港澳居民来往内地通行证"
    TAIWAN_PERMIT = "511", "台湾居民来往大陆通行证"
    PASSPORT = "414", "中国护照"
    FOREIGN_PASSPORT = "415", "外国护照"
    BIRTH_CERTIFICATE = "117", "出生医学证明"
    HUKOU_BOOK = "113", "户口簿"
    OTHER = "990", "其他证件"
    NO_DOCUMENT = "000", "无证件（身份待核）"


_FORMS: dict[DocumentKind, re.Pattern[str]] = {
    DocumentKind.HK_MACAO_PERMIT: re.compile(r"[HM]\d{8}(?:\d{2})?"),
    DocumentKind.TAIWAN_PERMIT: re.compile(r"\d{8}|\d{10}[A-Z]?"),
    DocumentKind.PASSPORT: re.compile(r"E\d{8}|E[A-Z]\d{7}|G\d{8}|[DPS]\d{7,8}"),
    DocumentKind.FOREIGN_PASSPORT: re.compile(r"[A-Z0-9]{5,20}"),
    DocumentKind.BIRTH_CERTIFICATE: re.compile(r"[A-Z]\d{9}"),
    DocumentKind.OTHER: re.compile(r"[A-Z0-9\u4e00-\u9fff\-]{3,30}"),
}
_FORM_CODES: dict[DocumentKind, str] = {
    DocumentKind.HK_MACAO_PERMIT: "identity.form_hk_macao",
    DocumentKind.TAIWAN_PERMIT: "identity.form_taiwan",
    DocumentKind.PASSPORT: "identity.form_passport",
    DocumentKind.FOREIGN_PASSPORT: "identity.form_foreign_passport",
    DocumentKind.BIRTH_CERTIFICATE: "identity.form_birth_certificate",
    DocumentKind.OTHER: "identity.form_other",
}
_OLD_FOREIGN = re.compile(r"[A-Z]{3}\d{12}")
_TEMPORARY = re.compile(r"WZ-\d{9}-\d{4}-\d{4}")
_LONG_KINDS = frozenset(
    {
        DocumentKind.CITIZEN,
        DocumentKind.HKMT_RESIDENT,
        DocumentKind.FOREIGN_RESIDENT,
        DocumentKind.HUKOU_BOOK,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAreas:
    """County codes now in force, and retired ones that old numbers rightly carry."""

    current: frozenset[str]
    retired: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReading:
    """What a typed number yields. `number` is normalised, `upgraded` its 18-digit form.

    Birth day, sex and codes are None or empty where the document does not carry them.
    """

    typed: str
    kind: DocumentKind
    number: str
    upgraded: str
    birth_on: date | None
    sex: Sex | None
    area_code: str
    nationality: str
    problems: tuple[Problem, ...]

    @property
    def valid(self) -> bool:
        """Whether no error (warnings may stand) was found."""
        return all(problem.level is Level.WARNING for problem in self.problems)


def is_foreign(kind: DocumentKind) -> bool:
    """Documents of people who are not Chinese citizens."""
    return kind in {DocumentKind.FOREIGN_RESIDENT, DocumentKind.FOREIGN_PASSPORT}


def is_hkmt(kind: DocumentKind) -> bool:
    """Documents of residents of Hong Kong, Macao and Taiwan."""
    return kind in {
        DocumentKind.HKMT_RESIDENT,
        DocumentKind.HK_MACAO_PERMIT,
        DocumentKind.TAIWAN_PERMIT,
    }


def comparison_key(reading: DocumentReading) -> str:
    """Equal for two numbers of the same document: the 18-digit form of a 15-digit number."""
    return reading.upgraded or reading.number


def temporary_number(office: str, year: int, serial: int) -> str:
    """`WZ-150302007-2021-0001` for a person without papers (§4.5); never an invented number."""
    return f"WZ-{office}-{year}-{serial:04d}"


def check_character(first17: str) -> str:
    """The MOD 11-2 check character of the first 17 digits."""
    return str(mod_11_2.calc_check_digit(first17))


def read_document(
    text: str,
    *,
    today: date,
    kind: DocumentKind | None = None,
    known_areas: KnownAreas | None = None,
) -> DocumentReading:
    """Read a document number; `kind` None guesses it. Never raises: problems say what is wrong.

    Retired and unknown area codes only warn, and only when `known_areas` are given.
    """
    number, notices = _normalise(text)
    guessed = kind or _guess(number)
    if not number:
        problem = Problem(field="number", code="identity.missing")
        return _reading(text, guessed, number, problems=(problem,))
    if guessed in _LONG_KINDS and not (
        guessed is DocumentKind.FOREIGN_RESIDENT and _OLD_FOREIGN.fullmatch(number)
    ):
        reading = _read_long(text, number, notices, today=today, kind=guessed)
        return _with_warnings(reading, known_areas)
    return _read_formed(text, number, notices, guessed)


def _with_warnings(reading: DocumentReading, areas: KnownAreas | None) -> DocumentReading:
    found = [*reading.problems]
    likely = _guess_long(reading.number)
    if reading.upgraded and reading.kind not in {likely, DocumentKind.HUKOU_BOOK}:
        facts = {"kind": likely.label}
        found.append(_warning("identity.kind_differs", facts))
    area = reading.area_code
    if areas is not None and area and area not in areas.current:
        retired = area in areas.retired
        code = "identity.area_retired" if retired else "identity.area_unknown"
        found.append(_warning(code, {"area": area}))
    return replace(reading, problems=tuple(found))


def _warning(code: str, facts: Mapping[str, object]) -> Problem:
    return Problem(field="number", code=code, facts=facts, level=Level.WARNING)


def _normalise(text: str) -> tuple[str, list[Problem]]:
    number = _BLANKS.sub("", text.translate(_WIDE)).upper()
    notices: list[Problem] = []
    if len(number) == _LONG and number[-1] in _LOOKALIKE_X:
        notices.append(_warning("identity.lookalike_x", {}))
        number = number[:-1] + "X"
    return number, notices


def _guess(number: str) -> DocumentKind:
    if _TEMPORARY.fullmatch(number):
        return DocumentKind.NO_DOCUMENT
    if _OLD_FOREIGN.fullmatch(number):
        return DocumentKind.FOREIGN_RESIDENT
    for kind in (
        DocumentKind.HK_MACAO_PERMIT,
        DocumentKind.PASSPORT,
        DocumentKind.BIRTH_CERTIFICATE,
    ):
        if _FORMS[kind].fullmatch(number):
            return kind
    return _guess_long(number)


def _guess_long(number: str) -> DocumentKind:
    if len(number) == _LONG and number[:1] == "9":
        return DocumentKind.FOREIGN_RESIDENT
    if len(number) == _LONG and number[:2] in {"81", "82", "83"}:
        return DocumentKind.HKMT_RESIDENT
    return DocumentKind.CITIZEN


def _read_formed(
    text: str, number: str, notices: list[Problem], kind: DocumentKind
) -> DocumentReading:
    form = _FORMS.get(kind)
    if form is not None and not form.fullmatch(number):
        notices.append(Problem(field="number", code=_FORM_CODES[kind]))
    nationality = number[:3] if kind is DocumentKind.FOREIGN_RESIDENT else ""
    return _reading(text, kind, number, nationality=nationality, problems=tuple(notices))


def _reading(  # noqa: PLR0913 - one place that fills the blanks of a reading
    typed: str,
    kind: DocumentKind,
    number: str,
    *,
    upgraded: str = "",
    birth_on: date | None = None,
    sex: Sex | None = None,
    area_code: str = "",
    nationality: str = "",
    problems: tuple[Problem, ...] = (),
) -> DocumentReading:
    return DocumentReading(
        typed=typed,
        kind=kind,
        number=number,
        upgraded=upgraded,
        birth_on=birth_on,
        sex=sex,
        area_code=area_code,
        nationality=nationality,
        problems=problems,
    )


def _read_long(
    text: str, number: str, problems: list[Problem], *, today: date, kind: DocumentKind
) -> DocumentReading:
    shape = _shape_problems(number)
    if shape:
        return _reading(text, kind, number, problems=(*problems, *shape))
    upgraded = number
    if len(number) == _LEGACY:
        problems += _century_problems(number)
        first17 = number[:6] + "19" + number[6:]
        upgraded = first17 + check_character(first17)
    birth, birth_problems = _birth(upgraded, today, legacy=len(number) == _LEGACY)
    foreign = kind is DocumentKind.FOREIGN_RESIDENT
    # The numbers of HK, Macao and Taiwan residents carry no county; foreigners' carry a nation.
    carries_county = not foreign and number[:2] not in {"81", "82", "83"}
    return _reading(
        text,
        kind,
        number,
        upgraded=upgraded,
        birth_on=birth,
        sex=Sex.MALE if int(upgraded[16]) % 2 else Sex.FEMALE,
        area_code=number[:6] if carries_county else "",
        nationality=upgraded[3:6] if foreign else "",
        problems=(*problems, *birth_problems, *_check_problems(upgraded)),
    )


def _century_problems(number: str) -> list[Problem]:
    sequence = number[12:15]
    if int(sequence) < _CENTENARIAN_SEQUENCE:
        return []
    facts: dict[str, object] = {"sequence": sequence, "short_year": number[6:8]}
    return [_warning("identity.century_unclear", facts)]


def _shape_problems(number: str) -> list[Problem]:
    found: list[Problem] = []
    if len(number) not in {_LONG, _LEGACY}:
        found.append(Problem(field="number", code="identity.length", facts={"typed": len(number)}))
    last = _LONG - 1
    for position, char in enumerate(number[:_LONG]):
        if not (char.isascii() and char.isdecimal()) and not (position == last and char == "X"):
            shown = char if char.isprintable() else "不可见字符"
            facts: dict[str, object] = {"position": position + 1, "character": shown}
            found.append(Problem(field="number", code="identity.character", facts=facts))
    return found


def _birth(number: str, today: date, *, legacy: bool) -> tuple[date | None, list[Problem]]:
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    shift = 2 if legacy else 0
    facts: dict[str, object] = {
        "year": year,
        "month": month,
        "day": day,
        "first": 7,
        "last": 14 - shift,
        "month_at": f"{11 - shift}–{12 - shift}",
        "day_at": f"{13 - shift}–{14 - shift}",
        "most": AGE_MAX_YEARS,
    }
    wrong = _impossible_parts(month, day)
    if wrong:
        return None, [Problem(field="number", code=code, facts=facts) for code in wrong]
    try:
        birth = date(year, month, day)
    except ValueError:
        return None, [Problem(field="number", code="identity.date", facts=facts)]
    if birth > today:
        return birth, [Problem(field="number", code="identity.born_later", facts=facts)]
    if today.year - birth.year > AGE_MAX_YEARS:
        return birth, [_warning("identity.very_old", facts)]
    return birth, []


def _impossible_parts(month: int, day: int) -> list[str]:
    found: list[str] = []
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        found.append("identity.month")
    if not 1 <= day <= 31:  # noqa: PLR2004 - days of the longest month
        found.append("identity.day")
    return found


def _check_problems(number: str) -> list[Problem]:
    expected = check_character(number[:17])
    if number[17] == expected:
        return []
    facts: dict[str, object] = {"position": _LONG, "expected": expected, "typed": number[17]}
    return [Problem(field="number", code="identity.check_digit", facts=facts, overridable=True)]
