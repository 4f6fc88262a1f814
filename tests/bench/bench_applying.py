"""Applying a bundle at the district, against raw inserts of the very rows that it leaves behind."""

import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from reliefdesk.bundles.manifest import Place, Recipient, Sender
from reliefdesk.bundles.writing import BundlePlan, seal
from reliefdesk.domain.streams import PlanState
from reliefdesk.services import desk_keys, receiving
from reliefdesk.storage import journal
from reliefdesk.storage.desk_file import DeskFile
from tests.bench.lines import Line
from tests.builders import TestDesk
from tests.bundles import large
from tests.sync.parties import APART, Trio, a_trio, exchange, reopen

EVENTS = 100_000
Rows = dict[str, list[tuple[Any, ...]]]


def measure(events: int = EVENTS) -> list[Line]:
    """One run: it takes too long for more, and both sides write the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        trio = a_trio(Path(folder))
        exchange(trio, trio.a)
        file = a_bundle(trio, events)
        district = trio.district
        district.desk.close()
        shutil.copytree(trio.folder / "district", trio.folder / "raw")
        applied = reopen(trio.folder / "district", district, first_id=30 * APART)
        before = every_row(applied.context().file)
        ours = seconds_to_apply(applied, file)
        rows = added(before, every_row(applied.context().file))
        applied.desk.close()
        raw = reopen(trio.folder / "raw", district, first_id=40 * APART)
        limit = seconds_to_insert(raw.context().file, rows)
        raw.desk.close()
        trio.a.desk.close()
        trio.b.desk.close()
    count = sum(len(each) for each in rows.values())
    return [
        Line(
            figure=f"bundle applied, {events:,} events",
            limit=limit * 1000,
            ours=ours * 1000,
            goal=4,
            limit_is=f"raw inserts of the same {count:,} rows, encrypted, one transaction",
        )
    ]


def a_bundle(trio: Trio, events: int) -> Path:
    """Seal the lives of invented cases behind what the office has sent already."""
    context, head = trio.a.context(), journal.head(trio.a.context().file)
    genesis = trio.district.desk.genesis
    plan = BundlePlan(
        number=99,
        sender=Sender(
            office=context.desk.office.code,
            device=context.desk.desk_id,
            epoch=context.desk.epoch,
        ),
        recipient=Recipient(office=genesis.office.code, device=genesis.desk_id),
        before=Place(seq=head.seq, hash=head.hash),
        have=None,
        created_at=context.now,
        program="reliefdesk bench",
    )
    # What the district does not hold yet goes along in front of the invented lines.
    held = trio.district.context().file.value("SELECT max(last_seq) FROM streams") or 0
    own = [journal.line_of(row) for row in journal.rows(context.file, held)]
    place = next(iter(journal.rows(context.file, held)), None)
    if place is not None:
        plan = plan_before(plan, Place(seq=held, hash=place["previous_hash"]))
    lines = [*own, *large.lines(events, after=head.seq)]
    recipients = desk_keys.current(trio.district.context()).public.recipients
    sealed = seal(plan, lines, signer=desk_keys.current(context).signer, recipients=recipients)
    path = trio.folder / sealed.name
    path.write_bytes(sealed.content)
    return path


def plan_before(plan: BundlePlan, before: Place) -> BundlePlan:
    """The same plan from an earlier place on."""
    return replace(plan, before=before)


def seconds_to_apply(made: TestDesk, file: Path) -> float:
    """Time the transaction that takes a planned bundle in."""
    planned = receiving.plan(made.context(), [file])
    began = time.perf_counter()
    (row,) = receiving.take(made.context(), planned).result
    spent = time.perf_counter() - began
    assert row.state is PlanState.READY, row.why
    assert not row.aside, row.aside[:3]
    return spent


def seconds_to_insert(file: DeskFile, rows: Rows) -> float:
    """Time the same rows through the same driver, a statement for each table."""
    file.connection.execute("PRAGMA foreign_keys = OFF")
    began = time.perf_counter()
    with file.transaction():
        for table, new in rows.items():
            if new:
                places = ",".join("?" * len(new[0]))
                file.connection.executemany(
                    f"INSERT OR REPLACE INTO {table} VALUES ({places})", new
                )
    return time.perf_counter() - began


def every_row(file: DeskFile) -> Rows:
    """Every row of every table."""
    names = file.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return {
        row["name"]: [tuple(each) for each in file.rows(f"SELECT * FROM {row['name']}")]
        for row in names
    }


def added(before: Rows, after: Rows) -> Rows:
    """What is new."""
    old = {table: set(rows) for table, rows in before.items()}
    return {table: [row for row in rows if row not in old[table]] for table, rows in after.items()}
