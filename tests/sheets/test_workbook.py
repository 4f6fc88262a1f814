"""Claims about .xlsx files: text stays text, amounts are exact, the print is set up."""

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reliefdesk.domain.money import FEN_MAX, Money
from reliefdesk.sheets import workbook
from reliefdesk.sheets.workbook import (
    Cell,
    CellKind,
    Sheet,
    SheetColumn,
    SheetNotSavedError,
    SheetPaper,
    SheetRowsError,
    SheetTextError,
    write_workbook,
)

COLUMNS = (
    SheetColumn(title="序号", kind=CellKind.COUNT),
    SheetColumn(title="证件号"),
    SheetColumn(title="金额", kind=CellKind.AMOUNT),
    SheetColumn(title="日期", kind=CellKind.DAY),
    SheetColumn(title="时间", kind=CellKind.INSTANT),
)
ROW: list[Cell] = [
    1,
    "640181198506179976",
    Money(243010),
    date(2021, 3, 1),
    datetime(2021, 3, 1, 9, 30),  # noqa: DTZ001 - sheets know no zones
]


def a_sheet(*rows: list[Cell]) -> Sheet:
    return Sheet(
        name="台账",
        title="工作台账",
        unit="新华街道办事处",
        period="2021年",
        columns=COLUMNS,
        rows=rows,
        totals=["", "合计", Money(243010), None, None],
        footer=("制表：经办甲",),
        made_on=date(2021, 12, 31),
        frozen=2,
        paper=SheetPaper.A3,
    )


def xml_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_what_is_written_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "台账", [a_sheet(ROW)])
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("台账").to_python()
    assert path.name == "台账.xlsx"
    assert rows[0][0] == "工作台账"
    assert rows[2] == ["序号", "证件号", "金额", "日期", "时间"]
    assert rows[3] == [1, "640181198506179976", 2430.1, *ROW[3:]]
    assert rows[4][1:3] == ["合计", 2430.1]
    assert rows[5][0] == "制表：经办甲"


@pytest.mark.parametrize("text", ["=1+1", "http://a", "+86", "00123", "1e5", "{=A1}", "@x", "-1"])
def test_text_never_becomes_a_formula_a_link_or_a_number(tmp_path: Path, text: str) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [a_sheet([1, text, None, None, None])])
    (_, _, _, row, *_) = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert row[1] == text
    assert not re.search("<f>|<f |hyperlink", xml_of(path))


def test_the_print_is_set_up(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [a_sheet(ROW)])
    xml = xml_of(path)
    assert 'orientation="landscape"' in xml
    assert 'paperSize="8"' in xml
    assert 'fitToHeight="0"' in xml
    assert "第 &amp;P 页，共 &amp;N 页" in xml
    assert 'xSplit="2" ySplit="3"' in xml
    with zipfile.ZipFile(path) as archive:
        names = archive.read("xl/workbook.xml").decode()
    assert "台账!$3:$3</definedName>" in names.replace("'", "")


def test_the_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_workbook(tmp_path / "a.xlsx", [a_sheet(ROW, ROW)])
    second = write_workbook(tmp_path / "b.xlsx", [a_sheet(ROW, ROW)])
    assert first.read_bytes() == second.read_bytes()


def test_an_empty_book_has_its_head_and_total(tmp_path: Path) -> None:
    sheet = replace(a_sheet(), totals=(), footer=(), paper=SheetPaper.A4)
    path = write_workbook(tmp_path / "a.xlsx", [sheet])
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == [
        "工作台账",
        "新华街道办事处　　2021年　　金额单位：元",
        "序号",
    ]


@given(st.integers(-FEN_MAX, FEN_MAX))
def test_an_amount_is_written_as_exactly_its_decimals(fen: int) -> None:
    # As XlsxWriter writes numbers; 7235 分 as a float would read 72.34999999999999.
    assert Decimal(f"{workbook.yuan(Money(fen)):.16G}") * 100 == fen


@pytest.mark.parametrize("fen", [7235, 243010, -5, 0, FEN_MAX])
def test_an_amount_in_the_file_is_exact(tmp_path: Path, fen: int) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [a_sheet([1, "", Money(fen), None, None])])
    (written,) = re.findall(r'r="C4"[^>]*><v>([^<]+)</v>', xml_of(path))
    assert Decimal(written) * 100 == fen


@given(st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)))  # noqa: DTZ001
def test_a_day_is_the_number_of_days_since_the_end_of_1899(at: datetime) -> None:
    zero = datetime(1899, 12, 30)  # noqa: DTZ001
    assert workbook.day_number(at.date()) == (at.date() - zero.date()).days
    assert abs(workbook.day_number(at) - (at - zero).total_seconds() / 86400) < 2 / 86400


def test_a_text_beyond_a_cell_is_refused_and_the_file_before_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")
    with pytest.raises(SheetTextError):
        write_workbook(path, [a_sheet([1, "长" * 40_000, None, None, None])])
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS_MAX", 5)
    with pytest.raises(SheetRowsError):
        write_workbook(tmp_path / "a.xlsx", [a_sheet(ROW, ROW, ROW)])


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SheetNotSavedError) as refused:
        write_workbook(tmp_path / "nowhere" / "a.xlsx", [a_sheet(ROW)])
    assert refused.value.facts["file"] == tmp_path / "nowhere" / "a.xlsx"


def test_a_folder_of_that_name_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(SheetNotSavedError):
        write_workbook(tmp_path / "a.xlsx", [a_sheet(ROW)])
