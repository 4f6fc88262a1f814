"""The rows of the cash journal page by page, each carried over to the next (过次页, 承前页)."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from reliefdesk.documents.page import Ink
from reliefdesk.documents.table import Band, Table
from reliefdesk.domain.cash import CashEntry, CashKind, CashSums, JournalLine, LineKind
from reliefdesk.domain.money import Money

ROOM = 141.0
"""The height of a page's rows in millimetres."""
ROW = ROOM / 21
_FINE = 1e-6
_RECEIVED = frozenset({CashKind.FLOAT_IN, CashKind.OVER, CashKind.HANDOVER_IN})
_CARRIED = frozenset({LineKind.OPENING, LineKind.CARRIED})


def journal_pages(table: Table, lines: Sequence[JournalLine]) -> list[list[Band]]:
    """The rows of each page, with what is carried over its upper and lower edge."""
    bands = [_band(table, line) for line in lines]
    pages = _split(bands)
    ends = list(accumulate(len(page) for page in pages))
    sums = CashSums()
    for index, (start, end) in enumerate(pairwise([0, *ends[:-1]])):
        for line in lines[start:end]:
            sums = sums if line.entry is None else sums.plus(line.entry)
        balance = lines[end - 1].balance
        out = _carry(table, "过次页", sums, balance)
        # What is carried out closes the page: no row stays free in which to write.
        left = ROOM - sum(band.height for band in pages[index])
        pages[index].append(replace(out, height=left))
        pages[index + 1].insert(0, _carry(table, "承前页", sums, balance))
    return pages


def _split(bands: Sequence[Band]) -> list[list[Band]]:
    """Rows by page, with a row left for what is carried in and, but on the last, one for out."""
    pages: list[list[Band]] = [[]]
    room = ROOM
    rest = sum(band.height for band in bands)
    for band in bands:
        least = 0 if rest <= room + _FINE else ROW
        if pages[-1] and band.height > room - least + _FINE:
            pages.append([])
            room = ROOM - ROW
        pages[-1].append(band)
        room -= band.height
        rest -= band.height
    return pages


def _carry(table: Table, label: str, sums: CashSums, balance: Money) -> Band:
    cells = ["", "", "", "", "", label, "", sums.income.figures, sums.outgo.figures]
    return table.band([*cells, balance.figures], least=ROW)


def _band(table: Table, line: JournalLine) -> Band:
    on = [str(line.on.year), str(line.on.month), str(line.on.day)]
    sums, entry = line.sums, line.entry
    is_red = sums.income.fen < 0 or sums.outgo.fen < 0
    if entry is None:
        text = ["", "", line.kind.label, ""]
        moved = ["", ""] if line.kind in _CARRIED else _figures(sums)
    else:
        text = _entry_cells(entry)
        # The word stays when a printer knows no red.
        text[2] = f"（红字）{entry.summary}" if is_red else entry.summary
        moved = ["" if figures == "0.00" else figures for figures in _figures(sums)]
    ink = Ink.RED if is_red else Ink.BLACK
    return table.band([*on, *text, *moved, line.balance.figures], ink=ink, least=ROW)


def _entry_cells(entry: CashEntry) -> list[str]:
    kind = "现收" if entry.kind in _RECEIVED else "现付"
    return [kind, entry.voucher, entry.summary, entry.account]


def _figures(sums: CashSums) -> list[str]:
    return [sums.income.figures, sums.outgo.figures]
