"""Claims about foreign sheets: headers found anywhere, columns in any order, all errors at once."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.cases import Cause
from reliefdesk.domain.ids import ImportId
from reliefdesk.domain.import_cells import Cell
from reliefdesk.domain.import_columns import (
    COLUMNS_MAX,
    ImportField,
    ImportKind,
    Span,
    find_header,
    header_at,
    matching_problems,
    propose,
    to_remember,
)
from reliefdesk.domain.import_rows import TEXT_CHARACTERS_MAX, cause_of, read_rows
from reliefdesk.domain.imports import (
    DoubleKind,
    ImportOrder,
    ImportReading,
    ImportSource,
    Known,
    NothingToImportError,
    RowsBadError,
    SkipReason,
    plan_of,
    require_importable,
    sum_of,
)
from reliefdesk.domain.money import Money
from tests.domain.test_import_cells import CELLS

TODAY = date(2021, 12, 31)
EARLIER, ROSTER = ImportKind.EARLIER, ImportKind.ROSTER
P01, P02 = "640181198506179976", "620102197811219512"
TITLES: list[Cell] = ["序号", "姓名", "身份证号", "救助金额（元）", "发放日期"]
Table = list[list[Cell]]


def a_row(
    name: str = "测试甲", number: Cell = P01, amount: Cell = 2000.0, day: Cell = ""
) -> list[Cell]:
    return [1.0, name, number, amount, day or date(2021, 3, 1)]


def read(rows: Table, kind: ImportKind = EARLIER, merged: tuple[Span, ...] = ()) -> ImportReading:
    header = find_header(rows, kind, merged)
    assert header is not None
    return read_rows(rows, header, propose(header, kind), kind=kind, today=TODAY, merged=merged)


def problems(found: ImportReading) -> list[tuple[str, str]]:
    return [(each.address, each.problem.code) for each in found.problems]


def test_titles_above_the_header_are_passed_over() -> None:
    rows: Table = [
        ["新华街道临时救助发放登记表", "", "", "", ""],
        ["单位：新华街道", "", "姓名见下", "2021年度", ""],
        [],
        TITLES,
        a_row(),
    ]
    header = find_header(rows, EARLIER)
    assert header is not None
    assert header.row == 3
    assert [row.row for row in read(rows).rows] == [5]


@pytest.mark.parametrize("order", list(permutations(range(1, 5)))[::5])
def test_columns_come_in_any_order(order: tuple[int, ...]) -> None:
    rows: Table = [[TITLES[place] for place in order], [a_row()[place] for place in order]]
    (row,) = read(rows).rows
    assert (row.name, row.number, row.amount, row.day) == (
        "测试甲",
        P01,
        Money(200000),
        date(2021, 3, 1),
    )


def test_a_sheet_without_a_header_has_none() -> None:
    assert find_header([["姓名"], a_row(), ["说明", "随便"]], EARLIER) is None
    assert find_header([], EARLIER) is None


@pytest.mark.parametrize(
    "title", ["代领人姓名", "银行账号", "审批日期", "出生日期", "金额大写", "经办人姓名"]
)
def test_a_title_of_somebody_or_something_else_is_not_proposed(title: str) -> None:
    header = header_at([[title, "备注"]], 0)
    assert set(propose(header, EARLIER)) == {ImportField.NOTE}


def test_the_better_title_takes_the_column_and_each_column_one_field() -> None:
    header = header_at([["救助对象姓名情况", "姓名", "联系电话及现住址"]], 0)
    found = propose(header, ROSTER)
    assert found[ImportField.NAME] == 1
    assert len(set(found.values())) == len(found)


def test_a_header_over_two_rows_is_one() -> None:
    rows: Table = [
        ["姓名", "证件", "", "救助", ""],
        ["", "种类", "身份证号", "金额", "日期"],
        ["测试甲", "居民身份证", P01, 2000.0, date(2021, 3, 1)],
    ]
    merged: tuple[Span, ...] = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4))
    header = find_header(rows, EARLIER, merged)
    assert header is not None
    assert (header.row, header.last_row) == (0, 1)
    assert [column.title for column in header.columns] == [
        "姓名",
        "证件种类",
        "证件身份证号",
        "救助金额",
        "救助日期",
    ]
    assert len(read(rows, merged=merged).rows) == 1


def test_the_matching_is_remembered_by_title_and_not_by_place() -> None:
    header = header_at([["甲栏", "乙栏", "姓名"]], 0)
    chosen = {ImportField.NAME: 0, ImportField.NUMBER: 1}
    other = header_at([["乙栏", "姓名", "甲栏"]], 0)
    assert other.signature == header.signature
    again = propose(other, EARLIER, to_remember(header, chosen))
    assert again == {ImportField.NAME: 2, ImportField.NUMBER: 0}


def test_what_a_matching_lacks_is_named() -> None:
    header = header_at([["姓名", "金额（万元）"]], 0)
    chosen = {ImportField.NAME: 0, ImportField.NUMBER: 0, ImportField.AMOUNT: 1}
    codes = [problem.code for problem in matching_problems(header, EARLIER, chosen)]
    assert codes == ["imports.column_missing", "imports.column_twice", "imports.ten_thousand"]
    assert header.title(7) == ""
    assert matching_problems(header, ROSTER, {ImportField.NAME: 0}) == ()


def test_all_errors_of_all_rows_are_named_at_once_with_their_addresses() -> None:
    rows: Table = [
        TITLES,
        a_row(number="6.40181E+17"),
        a_row(),
        a_row(number=6.4e17, amount="约两千", day=44256.0),
        a_row(name=""),
    ]
    found = read(rows)
    assert problems(found) == [
        ("C2", "imports.scientific"),
        ("C4", "imports.digits_lost"),
        ("D4", "amount.not_a_number"),
        ("E4", "imports.day_number"),
        ("B5", "imports.cell_missing"),
    ]
    assert [row.row for row in found.rows] == [3]
    assert found.bad_rows == 3


@pytest.mark.parametrize("word", ["合计", "本页合计：", "小　计", "总计", "累计金额"])
def test_totals_are_left_out_and_named(word: str) -> None:
    rows: Table = [TITLES, a_row(), [word, "", "", 2000.0, ""], ["", word, "", 2000.0, ""]]
    found = read(rows)
    assert [skipped.reason for skipped in found.skipped] == [SkipReason.TOTAL] * 2
    assert problems(found) == []
    assert sum_of(found.rows) == Money(200000)


def test_a_total_in_a_roster_is_no_applicant() -> None:
    rows: Table = [["姓名", "联系电话"], ["测试甲", ""], ["合计", "1人"], ["制表：张三", ""]]
    found = read(rows, ROSTER)
    assert [row.name for row in found.rows] == ["测试甲"]
    assert [skipped.reason for skipped in found.skipped] == [SkipReason.TOTAL, SkipReason.REMARK]


def test_blank_rows_repeated_headers_and_remarks_are_no_data() -> None:
    rows: Table = [
        TITLES,
        [],
        a_row(),
        ["", " ", None, "", ""],
        TITLES,
        ["制表人：张三"],
        a_row(P02),
    ]
    found = read(rows[:-1])
    assert [(each.row, each.reason) for each in found.skipped] == [
        (5, SkipReason.HEADER),
        (6, SkipReason.REMARK),
    ]
    assert problems(found) == []


def test_a_name_alone_is_a_remark_and_a_name_with_a_day_is_a_row_with_problems() -> None:
    found = read(
        [TITLES, ["", "街道办事处"], ["", "测试甲", "", "", date(2021, 3, 1)], [12.0, 7.0]]
    )
    assert [each.row for each in found.skipped] == [2, 4]
    assert problems(found) == [("C3", "imports.cell_missing"), ("D3", "imports.cell_missing")]


def test_merged_cells_tell_text_and_day_of_each_row_but_never_an_amount() -> None:
    rows: Table = [
        [*TITLES, "街道"],
        [*a_row(), "新华街道"],
        [*a_row("测试乙", P02, ""), ""],
        [*a_row("测试丙", P02)],
    ]
    rows[2][4] = ""
    merged = ((1, 3, 2, 3), (1, 4, 2, 4), (1, 5, 3, 5), (0, 0, 0, 1), (9, 9, 12, 9))
    found = read(rows, merged=merged)
    assert problems(found) == [("D2", "imports.cell_merged"), ("D3", "imports.cell_merged")]
    assert [row.row for row in found.rows] == [4]


def test_a_person_over_two_payments_is_told_of_both_and_a_number_alone_of_none() -> None:
    rows: Table = [TITLES, a_row(), a_row("", "", 300.0)]
    both = read(rows, merged=((1, 1, 2, 1), (1, 2, 2, 2)))
    assert [(row.name, row.number) for row in both.rows] == [("测试甲", P01)] * 2
    rows = [TITLES, a_row(), a_row("测试乙", "")]
    alone = read(rows, merged=((1, 2, 2, 2),))
    assert problems(alone) == [("C2", "imports.cell_merged"), ("C3", "imports.cell_merged")]


def test_a_short_row_lacks_what_it_does_not_reach() -> None:
    found = read([[*TITLES, "备注"], [1.0, "测试甲", P01]])
    assert problems(found) == [("D2", "imports.cell_missing"), ("E2", "imports.cell_missing")]


def test_a_text_too_long_is_named_and_a_warning_does_not_block() -> None:
    rows: Table = [[*TITLES, "备注"], [*a_row("阿拉坦•巴特尔"), "长" * (TEXT_CHARACTERS_MAX + 1)]]
    assert problems(read(rows)) == [("B2", "names.interpunct"), ("F2", "imports.text_long")]
    rows[1][5] = "火灾"
    found = read(rows)
    assert [row.name for row in found.rows] == ["阿拉坦·巴特尔"]
    assert found.bad_rows == 0
    assert found.rows[0].text(ImportField.NOTE) == "火灾"
    assert found.rows[0].text(ImportField.PLACE) == ""


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", None),
        ("火灾", Cause.FIRE),
        ("02", Cause.TRAFFIC),
        ("车祸受伤", Cause.TRAFFIC),
        ("突发疾病", Cause.ILLNESS),
        ("意外摔伤", Cause.ACCIDENT),
        ("洪水", Cause.OTHER),
    ],
)
def test_a_foreign_cause_finds_its_own(text: str, cause: Cause | None) -> None:
    assert cause_of(text) is cause


def known(amount: int = 200000, *, imported: bool = False) -> Known:
    return Known(
        same_key=P01, day=date(2021, 3, 1), amount=Money(amount), other="XJ-1", imported=imported
    )


def test_doubles_are_shown_against_the_desk_the_imports_and_the_sheet() -> None:
    reading = read(
        [TITLES, a_row(), a_row(), a_row("测试乙", P02), a_row("测试乙", P02), a_row(amount=1.0)]
    )
    source = ImportSource(fingerprint="f")
    plan = plan_of(source, reading, known=[known()], done=())
    assert [(each.row, each.kind) for each in plan.doubles] == [
        (2, DoubleKind.AT_DESK),
        (3, DoubleKind.AT_DESK),
        (5, DoubleKind.IN_FILE),
    ]
    assert [row.row for row in plan.fresh(doubles_too=False)] == [4, 6]
    assert len(plan.fresh(doubles_too=True)) == 5
    again = plan_of(source, reading, known=[known(imported=True)], done=[2, 3, 4, 5, 6, 99])
    assert again.doubles == ()
    assert again.fresh(doubles_too=True) == ()
    (first, *_) = plan_of(source, reading, known=[known(imported=True)], done=()).doubles
    assert first.kind is DoubleKind.IMPORTED


def test_a_roster_has_each_person_once() -> None:
    titles: list[Cell] = ["姓名", "身份证号"]
    rows: Table = [
        titles,
        ["测试甲", P01],
        ["测试乙", P02],
        ["测试乙", P02],
        ["测试丙", ""],
        ["测试丁", ""],
    ]
    reading = read(rows, ROSTER)
    plan = plan_of(ImportSource(fingerprint="f"), reading, known=[known()], done=())
    assert [(each.row, each.kind) for each in plan.doubles] == [
        (2, DoubleKind.AT_DESK),
        (4, DoubleKind.IN_FILE),
    ]
    waiting = plan_of(ImportSource(fingerprint="f"), reading, known=[known(imported=True)], done=())
    assert waiting.doubles[0].kind is DoubleKind.IMPORTED


def test_bad_rows_stay_out_only_if_that_was_chosen() -> None:
    reading = read([TITLES, a_row(), a_row(number="6.4E+17")])
    plan = plan_of(ImportSource(fingerprint="f"), reading, known=(), done=())
    order = ImportOrder(import_id=ImportId("i"), plan=plan)
    with pytest.raises(RowsBadError) as refused:
        require_importable(order)
    assert refused.value.facts == {"rows": 1}
    assert len(require_importable(replace(order, without_bad_rows=True))) == 1


def test_nothing_to_import_is_said_unless_it_came_in_before() -> None:
    reading = read([TITLES, a_row()])
    source = ImportSource(fingerprint="f")
    plan = plan_of(source, reading, known=[known()], done=())
    with pytest.raises(NothingToImportError):
        require_importable(ImportOrder(import_id=ImportId("i"), plan=plan))
    plan = plan_of(source, reading, known=(), done=[2])
    assert require_importable(ImportOrder(import_id=ImportId("i"), plan=plan)) == ()


SPANS = st.tuples(*[st.integers(0, 8)] * 4).map(
    lambda at: (min(at[0], at[2]), min(at[1], at[3]), max(at[0], at[2]), max(at[1], at[3]))
)
TITLED = st.sampled_from([*TITLES, "备注", "合计", P01, P02, "测试甲"])


@given(
    rows=st.lists(st.lists(CELLS | TITLED, max_size=7), max_size=8),
    merged=st.lists(SPANS, max_size=3),
    kind=st.sampled_from(ImportKind),
)
def test_no_sheet_raises_and_no_row_is_lost(
    rows: Table, merged: list[Span], kind: ImportKind
) -> None:
    for row in range(len(rows)):
        header = header_at(rows, row, merged)
        matching = {ImportField.NAME: 0, ImportField.NUMBER: 1, ImportField.AMOUNT: 2}
        matching |= {ImportField.DAY: 3} if kind is EARLIER else {ImportField.PHONE: 3}
        found = read_rows(rows, header, matching, kind=kind, today=TODAY, merged=merged)
        named = {row.row for row in found.rows} | {each.row for each in found.problems}
        named |= {each.row for each in found.skipped}
        told = {
            place + 1
            for place in range(header.last_row + 1, len(rows))
            if any(str(cell or "").strip() for cell in rows[place][:4])
        }
        assert told - named <= {place for place in told if _is_blank(rows[place - 1])}
    found_header = find_header(rows, kind, merged)
    if found_header is not None:
        propose(found_header, kind)


def _is_blank(row: list[Cell]) -> bool:
    return all(cell is None or not str(cell).strip() for cell in row)


def test_a_sheet_of_a_thousand_columns_is_bounded() -> None:
    header = header_at([["姓名"] * 1000], 0)
    assert len(header.columns) == COLUMNS_MAX
