"""Claims about foreign files: what they are decides, what breaks a reader breaks nothing here."""

import io
import random
import resource
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import msgspec
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from reliefdesk.sheets import packing, reader, reading, texts
from reliefdesk.sheets.reading import (
    SheetBrokenError,
    SheetDisguisedError,
    SheetEmptyError,
    SheetFile,
    SheetLargeError,
    SheetProtectedError,
    SheetUnreadableError,
    read_sheets,
)
from tests.sheets import compound

NAMED = (SheetBrokenError, SheetDisguisedError, SheetEmptyError, SheetLargeError)
TABLE: list[list[compound.Value]] = [["姓名", "金额"], ["测试甲", 2430.5]]


def kept(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def xlsx(path: Path, fill: Callable[[Any, Any], None]) -> Path:
    """A workbook made by XlsxWriter; `fill` gets book and sheet."""
    book = xlsxwriter.Workbook(path)
    fill(book, book.add_worksheet())
    book.close()
    return path


def read(folder: Path, name: str, content: bytes) -> SheetFile:
    return read_sheets(kept(folder, name, content))


def ods(rows: str) -> bytes:
    """A workbook of LibreOffice, cut down to what says something."""
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return made.getvalue()


def days(folder: Path) -> Path:
    """A workbook with a day, an instant and a time of day."""

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401
        sheet.write_row(2, 1, ["姓名", 2430.5, True])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        sheet.write_datetime(3, 1, date(2021, 3, 1), day)
        sheet.write_datetime(3, 2, datetime(2021, 3, 1, 9, 30), instant)  # noqa: DTZ001
        sheet.write_datetime(3, 3, time(9, 30), clock)

    return xlsx(folder / "a.xlsx", fill)


def test_an_xlsx_is_read_with_days_times_and_numbers(tmp_path: Path) -> None:
    (sheet,) = read_sheets(days(tmp_path)).sheets
    assert list(sheet.rows[0]) == ["", "", "", ""]  # addresses are those of the sheet
    assert list(sheet.rows[2]) == ["", "姓名", 2430.5, True]
    assert list(sheet.rows[3]) == ["", date(2021, 3, 1), datetime(2021, 3, 1, 9, 30), "09:30:00"]  # noqa: DTZ001


def test_hidden_and_empty_sheets_are_left_out(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401
        sheet.write(0, 0, "姓名")
        hidden = book.add_worksheet("旧表")
        hidden.write(0, 0, "别看")
        hidden.hide()
        book.add_worksheet("空表")
        book.add_chartsheet("图")

    found = read_sheets(xlsx(tmp_path / "a.xlsx", fill))
    assert [sheet.name for sheet in found.sheets] == ["Sheet1"]


def test_merged_cells_are_told(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", lambda _book, sheet: sheet.merge_range("B2:C3", "登记表"))
    assert read_sheets(path).sheets[0].merged == ((1, 1, 2, 2),)


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.xlsx"])
def test_an_old_workbook_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    content = compound.xls([*TABLE, ["乙", date(2021, 3, 1)]], merged=[(0, 0, 0, 1)])
    (sheet,) = read(tmp_path, name, content).sheets
    assert [list(row) for row in sheet.rows] == [*TABLE, ["乙", date(2021, 3, 1)]]
    assert sheet.merged == ((0, 0, 0, 1),)


def test_an_ods_is_read(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell>'
    content = ods(f"<table:table-row>{cell}</table:table-row>")
    assert [list(row) for row in read(tmp_path, "a.ods", content).sheets[0].rows] == [["姓名"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_is_read_in_every_encoding_of_an_office(
    tmp_path: Path, encoding: str, mark: str
) -> None:
    content = f'姓名{mark}证件号\r\n测试甲{mark}"64018119850617997X"\r\n'.encode(encoding)
    (sheet,) = read(tmp_path, "a.csv", content).sheets
    assert [list(row) for row in sheet.rows] == [
        ["姓名", "证件号"],
        ["测试甲", "64018119850617997X"],
    ]


@pytest.mark.parametrize(
    "content",
    [compound.protected_xlsx(), compound.xls(TABLE, password=True)],
    ids=["new", "old"],
)
def test_a_password_is_named(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SheetProtectedError):
        read(tmp_path, "a.xlsx", content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "网页"),
        (b'<?xml version="1.0"?>\n<Workbook/>', "网页"),
        ("姓名,金额\n测试甲,2430".encode("gb18030"), "文本"),
        (b"%PDF-1.7\n", "PDF"),
    ],
)
def test_what_is_no_spreadsheet_under_the_name_is_said(
    tmp_path: Path, content: bytes, kind: str
) -> None:
    with pytest.raises(SheetDisguisedError) as refused:
        read(tmp_path, "台账.xls", content)
    assert refused.value.facts["kind"] == kind


@pytest.mark.parametrize("content", [b"", b"\0" * 600, b" \r\n", compound.xls([[""]])])
def test_an_empty_file_is_named(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SheetEmptyError):
        read(tmp_path, "a.xls", content)


def _a_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04rest"),
        ("a.docx", _a_zip()),
        ("a.doc", compound.compound([("WordDocument", b"x" * 5000)])),
        ("a.xls", compound.xls(TABLE)[:700]),
        ("a.xls", b"\x00\x01\x02\xff\xfe\xfd" * 9),
        ("a.csv", b'a,"b\n'),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(SheetBrokenError):
        read(tmp_path, name, content)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SheetUnreadableError):
        read_sheets(tmp_path / "a.xlsx")


def test_a_file_beyond_the_limit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as stream:
        stream.truncate(reading.FILE_MAX_BYTES + 1)
    with pytest.raises(SheetLargeError):
        read_sheets(path)


@pytest.mark.parametrize("column", [99, 16_383], ids=["large", "half a terabyte"])
def test_a_stray_cell_far_away_ends_the_reader_and_not_the_desk(
    tmp_path: Path, column: int
) -> None:
    def fill(_book: Any, sheet: Any) -> None:  # noqa: ANN401
        sheet.write(0, 0, "姓名")
        sheet.write(1_048_575, column, "x")

    with pytest.raises(SheetLargeError):
        read_sheets(xlsx(tmp_path / "a.xlsx", fill))


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = kept(tmp_path, "a.xls", compound.xls(TABLE))
    with pytest.raises(SheetLargeError):
        read_sheets(path, seconds=0.001)


def test_the_same_bytes_have_the_same_fingerprint(tmp_path: Path) -> None:
    first = read(tmp_path, "a.xls", compound.xls(TABLE))
    assert first == read(tmp_path, "另一个名字.xls", compound.xls(TABLE))
    assert first.fingerprint != read(tmp_path, "b.xls", compound.xls([*TABLE, ["x"]])).fingerprint


def answered(content: bytes) -> Any:  # noqa: ANN401
    sent: list[bytes] = []
    reader.main(lambda: content, sent.append, limit=lambda: None)
    return msgspec.msgpack.decode(sent[0])


def test_the_reader_answers_with_cells_or_says_broken() -> None:
    outcome, sheets = answered(compound.xls(TABLE))
    assert (outcome, sheets) == (packing.READ, [["Sheet1", TABLE, []]])
    assert answered(b"PK\x03\x04")[0] == packing.BROKEN


def test_the_reader_tells_days_instants_and_times_apart(tmp_path: Path) -> None:
    _, ((_, rows, _),) = answered(days(tmp_path).read_bytes())
    assert [cell.code for cell in rows[3][1:]] == [
        packing.DAY_CODE,
        packing.INSTANT_CODE,
        packing.TEXT_CODE,
    ]


def test_the_reader_leaves_hidden_sheets_out(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401
        sheet.write(0, 0, "姓名")
        book.add_worksheet("旧表").hide()

    _, sheets = answered(xlsx(tmp_path / "a.xlsx", fill).read_bytes())
    assert [name for name, _, _ in sheets] == ["Sheet1"]


def test_a_sheet_wide_open_is_far_and_not_unpacked(tmp_path: Path) -> None:
    def fill(_book: Any, sheet: Any) -> None:  # noqa: ANN401
        sheet.write(0, 0, "姓名")
        sheet.write(700_000, 9, "x")

    with pytest.raises(SheetLargeError):
        read_sheets(xlsx(tmp_path / "a.xlsx", fill))


def test_the_reader_says_far_before_it_unpacks_too_much() -> None:
    assert reader.sheets_of(compound.xls(TABLE), cells_max=3) == [packing.FAR, []]


def test_memory_that_is_short_is_far_and_not_broken() -> None:
    sent: list[bytes] = []

    def receive() -> bytes:
        raise MemoryError

    reader.main(receive, sent.append, limit=lambda: None)
    assert msgspec.msgpack.decode(sent[0]) == [packing.FAR, []]


def test_the_reader_limits_its_own_memory_only(monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(reader, "MEMORY_MAX_BYTES", before[1])
    reader.limit_memory()
    assert resource.getrlimit(resource.RLIMIT_AS)[1] == before[1]


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_not(content: bytes) -> None:
    text = texts.decoded(content)
    if text is not None:
        texts.table(text)


@settings(max_examples=30)
@given(seed=st.integers(0, 10**9))
def test_a_damaged_file_raises_nothing_unnamed(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    whole = bytearray(compound.xls(TABLE))
    for _ in range(chance.randint(1, 30)):
        whole[chance.randrange(512, len(whole))] = chance.randrange(256)
    cut = bytes(whole[: chance.randint(600, len(whole))])
    with suppress(*NAMED):
        read(tmp_path_factory.mktemp("damaged"), "a.xls", cut)
