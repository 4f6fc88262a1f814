"""What may be shown when a person's data are masked (个人信息保护法 Art 51; RULES.md §6.1)."""

from reliefdesk.domain.names import INTERPUNCT

_COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "令狐",
        "百里",
        "呼延",
        "东郭",
        "西门",
        "南门",
    ]
)
_HEAD = _TAIL = 4
_STAR = "*"


def mask_number(number: str) -> str:
    """`6401**********9976`: four at either end; short numbers keep less, never the middle."""
    keep = min(_HEAD, len(number) // 4)
    if keep == 0:
        return _STAR * len(number)
    return number[:keep] + _STAR * (len(number) - 2 * keep) + number[-keep:]


def mask_name(name: str) -> str:
    """张* or 欧阳*; of names with an interpunct only the first part stays."""
    if INTERPUNCT in name:
        return name.split(INTERPUNCT, maxsplit=1)[0] + INTERPUNCT + _STAR
    surname = name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[:1]  # noqa: PLR2004
    return surname + _STAR * max(1, len(name) - len(surname))


def mask_phone(phone: str) -> str:
    """`138****5678`; shorter numbers keep their last two digits."""
    if len(phone) >= 11:  # noqa: PLR2004 - a mobile number
        return phone[:3] + _STAR * (len(phone) - 7) + phone[-4:]
    return _STAR * max(0, len(phone) - 2) + phone[-2:]


def mask_card(card: str) -> str:
    """Only the last four digits of a bank card stay."""
    return _STAR * max(0, len(card) - _TAIL) + card[-_TAIL:]
