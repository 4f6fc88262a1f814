"""Growth: opening, searching, paying on a desk a hundred times as large, against the small one.

1,250 cases are about 10,000 events, 100,000 cases more than 800,000.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from reliefdesk.desk import Desk
from reliefdesk.services import operators, payments, persons
from reliefdesk.storage import journal
from tests import builders
from tests.bench import big_desk
from tests.bench.lines import Line, medians_ms
from tests.services.counter import somebody

SMALL, LARGE = 1_250, 100_000
STROKES = 400
PAYMENTS = 20
_GOAL = 1.3


def measure() -> list[Line]:
    """Three figures, each on both desks in turn."""
    with _desk(SMALL) as small, _desk(LARGE) as large:
        sizes = [f"{journal.head(each.context().file).seq:,}" for each in (small, large)]
        pairs = {
            "desk opened": (_opening(SMALL), _opening(LARGE)),
            f"{STROKES} people found by their number": (_searching(small), _searching(large)),
            "payment recorded": (_paying(small), _paying(large)),
        }
        return [
            _line(f"{name}, {sizes[1]} events", few, many, f"the same, {sizes[0]} events")
            for name, (few, many) in pairs.items()
        ]


def _line(
    figure: str, few: Callable[[], object], many: Callable[[], object], limit_is: str
) -> Line:
    limit, ours = medians_ms(few, many, rounds=PAYMENTS)
    return Line(figure=figure, limit=limit, ours=ours, goal=_GOAL, limit_is=limit_is)


@contextmanager
def _desk(cases: int) -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        shutil.copytree(big_desk.folder_of(cases), folder)
        desk = big_desk.opened(folder)
        yield desk
        desk.close()


def _opening(cases: int) -> Callable[[], object]:
    folder = big_desk.folder_of(cases)
    return lambda: big_desk.opened(folder).close()


def _searching(desk: Desk) -> Callable[[], object]:
    """Whole numbers of people whom both desks know: each stroke has one answer on either."""
    context = desk.context()
    rows = context.file.rows("SELECT number FROM persons ORDER BY person_id LIMIT ?", (STROKES,))
    wanted = [row["number"] for row in rows]

    def strokes() -> None:
        for text in wanted:
            assert len(persons.find(context, text)) == 1

    return strokes


def _paying(desk: Desk) -> Callable[[], object]:
    names = {each.name: each.operator_id for each in operators.operators(desk.context())}
    made = builders.TestDesk(
        desk=desk,
        clock=desk.context().clock,  # type: ignore[arg-type]  # a FixedClock, see big_desk
        ids=desk.context().ids,
        by_name=names,
    )
    place = count(1)
    orders = []
    for _ in range(PAYMENTS + 1):
        draft = builders.a_draft(somebody(next(place)), yuan="1")
        found = builders.an_approved_case(made, draft)
        orders.append((builders.a_pay_order(made, found), found.version))
    waiting = iter(orders)
    context, officer = made.context("出纳丁"), made.officer("出纳丁")

    def pay() -> object:
        order, version = next(waiting)
        return payments.pay(context, order, seen_version=version, officer=officer)

    return pay
