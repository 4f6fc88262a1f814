"""A month's report and a reimbursement pack of 1,000 receipts, against raw queries and raw canvas.

The limit reads the same rows of the same file and draws the same strings; it groups nothing,
measures nothing and draws no lines.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from reliefdesk.documents.page import A4, A5_LANDSCAPE, PaperSize
from reliefdesk.domain.ids import PackId
from reliefdesk.domain.reimbursements import PackOrder
from reliefdesk.domain.statistics import Month
from reliefdesk.services import operators, reimbursements, statistics
from reliefdesk.services.recording import Context
from tests import builders
from tests.bench import big_desk
from tests.bench.bench_paper import raw, strings
from tests.bench.lines import Line, medians_ms

RECEIPTS = 1_000
MONTH = Month(2021, 3)
_ASIDE = big_desk.OPEN + big_desk.UNFILED
_CASHIER = "出纳丁"
_LIMIT = "raw queries of the same rows + raw canvas of the same strings"
_ROWS = """
SELECT p.*, r.*, c.*, h.* FROM payments p JOIN receipts r USING (payment_id)
JOIN cases c ON c.case_id = p.case_id JOIN persons h USING (person_id) WHERE p.paid_on >= ?
"""


def measure() -> list[Line]:
    """The figures of the third issue beside those of the sheets."""
    with _desk() as context:
        return [_month(context), _pack(context)]


@contextmanager
def _desk() -> Iterator[Context]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        shutil.copytree(big_desk.folder_of(RECEIPTS + _ASIDE), folder)
        desk = big_desk.opened(folder)
        names = {each.name: each.operator_id for each in operators.operators(desk.context())}
        yield desk.context(names[_CASHIER])
        desk.close()


def _month(context: Context) -> Line:
    def ours() -> bytes:
        return statistics.report_paper(context, MONTH).pdf

    year = date(MONTH.year, 1, 1)
    limit, taken = medians_ms(_raw(context, ours(), year, A4), ours, rounds=15)
    count = len(statistics.report(context, MONTH).year_rows)
    figure = f"month report of {count:,} movements → PDF"
    return Line(figure=figure, limit=limit, ours=taken, goal=2, limit_is=_LIMIT)


def _pack(context: Context) -> Line:
    officer = operators.check_pin(context, context.operator_id, builders.PINS[_CASHIER])
    since = builders.MORNING.date() - timedelta(days=60)
    order = PackOrder(pack_id=PackId("pack"), since=since, until=builders.MORNING.date())
    pack = reimbursements.make(context, order, officer=officer).result
    assert len(pack.details.lines) == RECEIPTS

    def ours() -> bytes:
        return reimbursements.pack_paper(context, order.pack_id).pdf

    limit, taken = medians_ms(_raw(context, ours(), since, A5_LANDSCAPE), ours)
    figure = "pack of 1,000 receipts → PDF"
    return Line(figure=figure, limit=limit, ours=taken, goal=2, limit_is=_LIMIT)


def _raw(context: Context, pdf: bytes, since: date, size: PaperSize) -> Callable[[], object]:
    draw = raw(strings(pdf), size)

    def read_and_draw() -> object:
        return context.file.rows(_ROWS, (since.isoformat(),)), draw()

    return read_and_draw
