"""Finds the header row of a foreign sheet and what each column means, in any order.

A match is a proposal: the clerk sees it, changes it, and it is remembered for the same header.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reliefdesk.domain.import_cells import Cell, is_empty, read_text
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.terms import Term

HEADER_ROWS_MAX = 40
"""Titles above the header are few; it is looked for among the first rows."""
COLUMNS_MAX = 300
_LEAST_FIELDS = 2
_EXACT, _PART = 3, 1
_BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]")
_BLANKS = re.compile(r"[\s\u3000\xa0*＊:：]+")
_TEN_THOUSAND = re.compile(r"万\s*元")

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, counted from 0."""
Rows = Sequence[Sequence[Cell]]


class ImportKind(Term):
    """What a foreign sheet holds."""

    EARLIER = "earlier", "以前的发放登记"
    ROSTER = "roster", "申请人名单"


class ImportField(Term):
    """What a column can mean."""

    NAME = "name", "姓名"
    NUMBER = "number", "证件号码"
    AMOUNT = "amount", "金额（元）"
    DAY = "day", "发放日期"
    PLACE = "place", "发放单位"
    CAUSE = "cause", "困难类型"
    VOUCHER = "voucher", "凭证号"
    PHONE = "phone", "联系电话"
    HUKOU = "hukou", "户籍地"
    ADDRESS = "address", "现住址"
    NOTE = "note", "备注、事由"


FIELDS: Mapping[ImportKind, tuple[ImportField, ...]] = {
    ImportKind.EARLIER: (
        ImportField.NAME,
        ImportField.NUMBER,
        ImportField.AMOUNT,
        ImportField.DAY,
        ImportField.PLACE,
        ImportField.CAUSE,
        ImportField.VOUCHER,
        ImportField.NOTE,
    ),
    ImportKind.ROSTER: (
        ImportField.NAME,
        ImportField.NUMBER,
        ImportField.PHONE,
        ImportField.HUKOU,
        ImportField.ADDRESS,
        ImportField.CAUSE,
        ImportField.AMOUNT,
        ImportField.NOTE,
    ),
}
REQUIRED: Mapping[ImportKind, tuple[ImportField, ...]] = {
    ImportKind.EARLIER: FIELDS[ImportKind.EARLIER][:4],
    ImportKind.ROSTER: (ImportField.NAME,),
}

_WORDS: Mapping[ImportField, tuple[str, ...]] = {
    ImportField.NAME: (
        *("姓名", "领款人", "领款人姓名", "申请人", "申请人姓名", "救助对象", "救助对象姓名"),
        *("户主姓名", "受助人", "受助人姓名", "被救助人", "对象姓名", "名字", "人员姓名"),
    ),
    ImportField.NUMBER: (
        *("证件号码", "证件号", "身份证号", "身份证号码", "公民身份号码", "身份证", "身份号码"),
        *("居民身份证号", "居民身份证号码", "身份证件号码"),
    ),
    ImportField.AMOUNT: (
        *("金额", "救助金额", "发放金额", "实发金额", "救助金", "批准金额", "申请金额"),
        *("拟救助金额", "补助金额", "救助资金", "发放资金", "金额小写"),
    ),
    ImportField.DAY: (
        *("发放日期", "发放时间", "领款日期", "领款时间", "支付日期", "日期", "救助日期"),
        *("救助时间", "领取日期", "打款日期", "时间"),
    ),
    ImportField.PLACE: (
        *("发放单位", "发放地点", "街道", "街道镇", "镇街", "乡镇街道", "所属街道", "单位"),
        *("办理单位", "经办单位", "所在街道", "乡镇"),
    ),
    ImportField.CAUSE: (
        *("困难类型", "救助类型", "救助原因", "致困原因", "急难类型", "原因", "类型"),
        *("困难原因", "救助类别"),
    ),
    ImportField.VOUCHER: ("凭证号", "领款单号", "单号", "票据号", "凭证编号", "收据号", "编号"),
    ImportField.PHONE: ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"),
    ImportField.HUKOU: ("户籍地", "户籍地址", "户籍所在地", "户口所在地", "籍贯"),
    ImportField.ADDRESS: ("现住址", "住址", "家庭住址", "地址", "现居住地", "居住地址", "家庭地址"),
    ImportField.NOTE: ("备注", "说明", "救助事由", "事由", "申请事由", "申请理由", "基本情况"),
}
_FOLDED: Mapping[str, ImportField] = {
    word: field for field, words in _WORDS.items() for word in words
}
_NEVER = {
    # Whose name, number, phone or amount it is matters: these belong to somebody or something else.
    "number": re.compile("代领|银行|卡|账|配偶|监护"),
    "name": re.compile("代领|配偶|监护|经办|审批|审核|开户|父|母|街道|单位"),
    "amount": re.compile("大写|标准|合计|累计|自付|收入|医疗费|报销"),
    "phone": re.compile("代领|经办|监督|单位"),
    "day": re.compile("出生|受理|申请|审批|审核|公示|审定"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderColumn:
    """A column of the sheet: its place, counted from 0, and its title as written."""

    place: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of a sheet: its first and last row, counted from 0, and its titled columns."""

    row: int
    last_row: int
    columns: tuple[HeaderColumn, ...]

    @property
    def signature(self) -> str:
        """The same for two headers with the same titles in any order."""
        titles = sorted(_plain(column.title) for column in self.columns)
        return hashlib.sha256("\n".join(titles).encode(errors="replace")).hexdigest()[:32]

    def title(self, place: int) -> str:
        """The title of a column; empty where it has none."""
        return next((column.title for column in self.columns if column.place == place), "")


Matching = Mapping[ImportField, int]
"""Which column, counted from 0, holds a field."""


def header_at(rows: Rows, row: int, merged: Sequence[Span] = ()) -> Header:
    """Take a row as the header; where its titles reach into the rows below, those belong to it."""
    last = max(
        (span[2] for span in merged if span[0] == row < span[2] and span[1] < COLUMNS_MAX),
        default=row,
    )
    last = min(last, len(rows) - 1)
    columns = []
    width = min(COLUMNS_MAX, max((len(line) for line in rows[row : last + 1]), default=0))
    for place in range(width):
        parts = [_title(rows, line, place, merged) for line in range(row, last + 1)]
        title = "".join(dict.fromkeys(part for part in parts if part))
        if title:
            columns.append(HeaderColumn(place=place, title=title))
    return Header(row=row, last_row=last, columns=tuple(columns))


def find_header(rows: Rows, kind: ImportKind, merged: Sequence[Span] = ()) -> Header | None:
    """The row that names most fields of this kind; None where no row names two."""
    best, best_score = None, 0
    for row in range(min(HEADER_ROWS_MAX, len(rows))):
        if sum(1 for cell in rows[row] if not is_empty(cell)) < _LEAST_FIELDS:
            continue
        header = header_at(rows, row, merged)
        score, fields = _score(header, kind)
        if fields >= _LEAST_FIELDS and score > best_score:
            best, best_score = header, score
    return best


def propose(
    header: Header, kind: ImportKind, remembered: Mapping[str, str] | None = None
) -> Matching:
    """What each field's column probably is; `remembered` maps fields to titles chosen earlier."""
    places = {_plain(column.title): column.place for column in reversed(header.columns)}
    if remembered is not None:
        chosen = {field: remembered.get(field.value, "") for field in FIELDS[kind]}
        return {field: places[title] for field, title in chosen.items() if title in places}
    found: dict[ImportField, tuple[int, int]] = {}
    for column in header.columns:
        for field in FIELDS[kind]:
            score = _likeness(column.title, field)
            if score > found.get(field, (0, 0))[0]:
                found[field] = (score, column.place)
    return _without_doubles(found)


def to_remember(header: Header, matching: Matching) -> dict[str, str]:
    """The titles behind a matching, to be proposed again for the same header."""
    return {field.value: _plain(header.title(place)) for field, place in matching.items()}


def matching_problems(header: Header, kind: ImportKind, matching: Matching) -> tuple[Problem, ...]:
    """Required fields without a column, two fields in one column, amounts in 万元."""
    found = [
        Problem(field=field.value, code="imports.column_missing", facts={"field": field})
        for field in REQUIRED[kind]
        if field not in matching
    ]
    places: dict[int, ImportField] = {}
    for field, place in matching.items():
        if place in places:
            facts: dict[str, object] = {"field": field, "other": places[place]}
            found.append(Problem(field=field.value, code="imports.column_twice", facts=facts))
        places[place] = field
    amount = matching.get(ImportField.AMOUNT)
    if amount is not None and _TEN_THOUSAND.search(header.title(amount)):
        facts = {"title": header.title(amount)}
        found.append(Problem(field="amount", code="imports.ten_thousand", facts=facts))
    return tuple(found)


def _title(rows: Rows, row: int, place: int, merged: Sequence[Span]) -> str:
    line = rows[row]
    cell = line[place] if place < len(line) else None
    if is_empty(cell):
        for first, left, last, right in merged:
            # A title over several columns is part of each of them, unless it spans the sheet.
            if first <= row <= last and left < place <= right:
                cell = rows[first][left] if left < len(rows[first]) else None
    return "" if is_empty(cell) else read_text(cell)


def _score(header: Header, kind: ImportKind) -> tuple[int, int]:
    scores = [
        max((_likeness(column.title, field) for column in header.columns), default=0)
        for field in FIELDS[kind]
    ]
    return sum(scores), sum(1 for score in scores if score)


def _likeness(title: str, field: ImportField) -> int:
    plain = _plain(title)
    if _FOLDED.get(plain) is field:
        return _EXACT
    never = _NEVER.get(field.value)
    if never is not None and never.search(plain):
        return 0
    return _PART if any(word in plain for word in _WORDS[field]) else 0


def _plain(title: str) -> str:
    return _BLANKS.sub("", _BRACKETS.sub("", title))


def _without_doubles(found: Mapping[ImportField, tuple[int, int]]) -> Matching:
    """Each column to the field it is most like; the other goes without."""
    taken: dict[int, tuple[int, ImportField]] = {}
    for field, (score, place) in found.items():
        if place not in taken or score > taken[place][0]:
            taken[place] = (score, field)
    return {field: place for place, (_, field) in taken.items()}
