"""The tables of a drawer are added to, never changed; a closed day follows the one before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reliefdesk.storage import closings
from reliefdesk.storage.sqlcipher import IntegrityError
from tests.builders import TestDesk, an_approved_case
from tests.services.drawer import FIRST, close, count, explain, hand_over, opened, post
from tests.services.test_transfers import an_order, back, give

TABLES = (
    "cash_counts",
    "count_explanations",
    "count_postings",
    "day_closings",
    "cash_handovers",
    "transfers",
    "transfer_returns",
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    """Give a desk on which everything about drawers happened once."""
    for desk in opened(tmp_path):
        post(desk, explain(desk, count(desk, "9980")))
        hand_over(desk)
        back(desk, give(desk, an_order(desk, an_approved_case(desk))))
        count(desk, "0")
        close(desk)
        yield desk


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET seq = seq + 100", "DELETE FROM {}"])
def test_what_happened_is_never_changed(made: TestDesk, table: str, statement: str) -> None:
    file = made.context().file
    assert file.value(f"SELECT count(*) FROM {table}")
    with pytest.raises(IntegrityError, match="never"):
        file.connection.execute(statement.format(table))


@pytest.mark.parametrize(
    ("opening", "day"), [(5, "'2021-03-11'"), (0, "closed_on"), (0, "'2021-03-09'")]
)
def test_a_closing_that_does_not_follow_is_refused(made: TestDesk, opening: int, day: str) -> None:
    row = dict(made.context().file.rows("SELECT * FROM day_closings")[0])
    columns = ", ".join(
        {
            "seq": "seq + 100",
            "closing_id": "'other'",
            "closed_on": day,
            "opening_fen": str(opening),
        }.get(name, name)
        for name in row
    )
    with pytest.raises(IntegrityError):
        made.context().file.connection.execute(
            f"INSERT INTO day_closings SELECT {columns} FROM day_closings"
        )


def test_the_closings_of_a_drawer_are_its_own(made: TestDesk) -> None:
    file = made.context().file
    (only,) = closings.of_drawer(file, made.by_name[FIRST])
    assert len(closings.hash_of(file, only)) == 64
    assert closings.place_in_year(file, only) == 1
