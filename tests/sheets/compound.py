"""Hand-made compound files and .xls workbooks, for tests that must not need another program."""

import struct
from collections.abc import Sequence
from datetime import date

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096
DAY_ZERO = 693_594
Value = str | float | date


def compound(streams: Sequence[tuple[str, bytes]]) -> bytes:
    """A compound file with these streams; short ones are padded so that all lie in big sectors."""
    sectors: list[bytes] = []
    chain: list[int] = []

    def add(content: bytes) -> int:
        start, count = len(sectors), -(-len(content) // _SECTOR)
        for place in range(count):
            part = content[place * _SECTOR : (place + 1) * _SECTOR]
            sectors.append(part.ljust(_SECTOR, b"\0"))
            chain.append(start + place + 1 if place < count - 1 else _END)
        return start

    entries = [_entry("Root Entry", 5, (_END, 0), child=1)]
    for place, (name, content) in enumerate(streams, start=1):
        whole = content.ljust(_LEAST, b"\0")
        right = place + 1 if place < len(streams) else _FREE
        entries.append(_entry(name, 2, (add(whole), len(whole)), right=right))
    entries += [b"\0" * 128] * (-len(entries) % 4)
    folder = add(b"".join(entries))
    chain += [_FAT] + [_FREE] * 127
    table = struct.pack("<128I", *chain[:128])
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6, 0, 1, folder, 0, _LEAST, _END, 0, _END, 0),
    )
    return head + struct.pack("<109I", len(sectors), *[_FREE] * 108) + b"".join(sectors) + table


def xls(
    rows: Sequence[Sequence[Value]],
    *,
    merged: Sequence[tuple[int, int, int, int]] = (),
    password: bool = False,
) -> bytes:
    """An Excel 97 workbook of one sheet; `merged` as first row, last row, first and last column."""
    texts = list(dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, str)))
    begin = _begin(5)
    if password:
        begin += _record(0x2F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48)
    begin += _record(0x42, struct.pack("<H", 1200))
    font = struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial"
    begin += _record(0x31, font) * 4
    begin += _record(0x41E, struct.pack("<HHB", 164, 10, 0) + b"yyyy-mm-dd")
    for layout in (0, 164):
        begin += _record(0xE0, struct.pack("<HHHBBBBIIH", 0, layout, 0, 0x20, 0, 0, 0, 0, 0, 0))
    strings = struct.pack("<II", len(texts), len(texts)) + b"".join(
        struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts
    )
    end = _record(0xFC, strings) + _record(0x0A)
    name = b"\x06\x00Sheet1"
    sheet_at = len(begin) + len(_record(0x85, b"\0" * 6 + name)) + len(end)
    begin += _record(0x85, struct.pack("<IBB", sheet_at, 0, 0) + name)
    return compound([("Workbook", begin + end + _sheet(rows, texts, merged))])


def protected_xlsx() -> bytes:
    """What Excel makes of a workbook with a password to open it."""
    return compound([("EncryptionInfo", b"\4\0\4\0"), ("EncryptedPackage", b"\7" * 5000)])


def _sheet(
    rows: Sequence[Sequence[Value]],
    texts: Sequence[str],
    merged: Sequence[tuple[int, int, int, int]],
) -> bytes:
    width = max(map(len, rows), default=0)
    sheet = _begin(0x10) + _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = struct.pack("<HH", place, column)
            if isinstance(cell, str):
                if cell:
                    sheet += _record(0xFD, at + struct.pack("<HI", 0, texts.index(cell)))
            elif isinstance(cell, date):
                sheet += _record(0x203, at + struct.pack("<Hd", 1, cell.toordinal() - DAY_ZERO))
            else:
                sheet += _record(0x203, at + struct.pack("<Hd", 0, cell))
    if merged:
        spans = b"".join(struct.pack("<HHHH", *span) for span in merged)
        sheet += _record(0xE5, struct.pack("<H", len(merged)) + spans)
    return sheet + _record(0x0A)


def _begin(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _entry(
    name: str, kind: int, place: tuple[int, int], *, child: int = _FREE, right: int = _FREE
) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    head = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, _FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", *place)
