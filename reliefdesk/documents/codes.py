"""The square code of a form: it names the case and the receipt, and nothing about a person.

Drawn as vector rectangles with 0.6 mm modules, so that a scan or a photo can be read (QR, level M).
"""

from dataclasses import dataclass

MODULE_MM = 0.6
QUIET_MODULES = 4
_VERSION = "RD1"
_SEPARATOR = ":"
_MASK = 2
"""Any mask is valid to a reader; a fixed one saves the trial of all eight."""


Bars = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBars:
    """Dark bars as (column, row, length) in modules, and the side of the square in modules."""

    side: int
    bars: Bars


def code_text(*, receipt_no: str, case_no: str) -> str:
    """`RD1:XJ-…:AJ-…`, the text that a scanner reads."""
    return _SEPARATOR.join((_VERSION, receipt_no, case_no))


def receipt_in_code(text: str) -> str:
    """The receipt number out of a scanned code; any other text as it is."""
    parts = text.strip().replace("：", _SEPARATOR).split(_SEPARATOR)
    scanned = len(parts) == len((_VERSION, "receipt", "case")) and parts[0].upper() == _VERSION
    return parts[1] if scanned else text


def code_bars(text: str) -> CodeBars:
    """The dark bars of the code for `text`, merged along each row."""
    import segno  # noqa: PLC0415 - only a printed form needs it

    matrix = segno.make_qr(text, error="m", mask=_MASK, boost_error=False).matrix
    bars: list[tuple[int, int, int]] = []
    for row, cells in enumerate(matrix):
        line = bytes(cells).replace(b"\x00", b" ").replace(b"\x01", b"#").decode("ascii")
        column = line.find("#")
        while column >= 0:
            end = line.find(" ", column)
            end = len(line) if end < 0 else end
            bars.append((column, row, end - column))
            column = line.find("#", end)
    return CodeBars(side=len(matrix), bars=tuple(bars))
