"""The desk file: a payment made durable, a key stroke of the search, the proof of a journal."""

import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from stdnum.iso7064 import mod_11_2

from reliefdesk.domain.ids import PersonId
from reliefdesk.domain.payments import PayOrder
from reliefdesk.domain.persons import PersonDetails, PersonRegistered
from reliefdesk.services import payments
from reliefdesk.storage import journal, schema, search, verification
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.initials import initials
from tests import builders
from tests.bench.lines import Line, medians_ms, p95_ms
from tests.storage.floats import a_desk_file, a_float, a_header
from tests.storage.test_search import JIA

PAYMENTS = 40
EVENTS = 100_000
PERSONS = 1_000_000
STROKES = 2_000
_Row = tuple[Any, ...]
SHOWN = 20
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧单解查仇区曾翟朴"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰乐行长重文华建国志海山玉梅红春"


def measure() -> list[Line]:
    """The three figures of the desk file that the first issue asks for."""
    return [_payment(), _search(), _verification()]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name) / "desk"


def _payment() -> Line:
    """A payment through its service, against the very same rows in one raw commit."""
    with _folder() as folder:
        made = builders.a_desk(folder, float_yuan="10000000")
        orders = iter([_an_order(made, number) for number in range(2 * PAYMENTS)])
        context, officer = made.context("出纳丁"), made.officer("出纳丁")

        def ours() -> object:
            order, version = next(orders)
            return payments.pay(context, order, seen_version=version, officer=officer)

        added = [_added_by(context.file, ours) for _ in range(PAYMENTS)]
        raw = _raw_commits(context.file, added)
        limit, taken = medians_ms(raw, ours, rounds=PAYMENTS - 1)
        made.desk.close()
    return Line(
        figure="payment recorded durably",
        limit=limit,
        ours=taken,
        goal=2.5,
        limit_is=f"raw commit of its {len(added[0])} rows, tables alike, same file",
    )


def _an_order(made: builders.TestDesk, number: int) -> tuple[PayOrder, int]:
    digits = f"64018119850617{number:03d}"
    identity = digits + mod_11_2.calc_check_digit(digits)
    person = replace(builders.P01, number=identity, name="测" + chr(0x4E00 + number), phone="")
    found = builders.an_approved_case(made, builders.a_draft(person))
    return builders.a_pay_order(made, found), found.version


def _rows(file: DeskFile) -> set[_Row]:
    names = schema.table_names(schema.SCRIPT)
    return {(name, *row) for name in names for row in file.rows(f"SELECT * FROM {name}")}


def _added_by(file: DeskFile, call: Callable[[], object]) -> list[_Row]:
    """The rows that a call adds; those it changes are left out, which the limit cannot do."""
    before = _rows(file)
    counts = Counter(name for name, *_row in before)
    call()
    after = _rows(file)
    grown = {
        name for name, count in Counter(row[0] for row in after).items() if count > counts[name]
    }
    return sorted((row for row in after - before if row[0] in grown), key=str)


def _raw_commits(file: DeskFile, added: list[list[_Row]]) -> Callable[[], object]:
    """Commit the rows of one payment after another into bare tables of the same shape."""
    raw = file.another()
    for (kind, name), statement in schema.parts(schema.SCRIPT).items():
        if kind != "TRIGGER":
            tables = "|".join(schema.table_names(schema.SCRIPT))
            bare = re.sub(rf"(?<= ON )({tables})(?=\()", r"raw_\1", statement)
            bare = re.sub(r"REFERENCES \w+\(\w+\)", "", bare)
            raw.connection.execute(bare.replace(f" {name}", f" raw_{name}", 1))
    waiting = iter(added)

    def commit() -> None:
        with raw.transaction():
            for name, *row in next(waiting):
                places = ",".join("?" * len(row))
                raw.execute(f"INSERT INTO raw_{name} VALUES ({places})", row)

    return commit


def _search() -> Line:
    """One key stroke among a million persons, against the bare range on the same table."""
    chance = random.Random(1)  # noqa: S311 - no secret
    with _folder() as folder:
        file = a_desk_file(folder)
        _fill_search(file, chance)
        strokes = [_a_stroke(chance) for _ in range(STROKES)]
        bare = "SELECT person FROM search_key WHERE key >= ? AND key < ? ORDER BY key LIMIT ?"
        limit = _p95(lambda text: file.rows(bare, (text, text + "\U0010ffff", SHOWN)), strokes)
        ours = _p95(lambda text: search.find(file, text, SHOWN), strokes)
        file.close()
    return Line(
        figure=f"search per key stroke, {PERSONS:,} persons, p95",
        limit=limit,
        ours=ours,
        goal=5,
        limit_is="raw index range, same table",
    )


def _p95(call: Callable[[str], object], strokes: list[str]) -> float:
    waiting = iter([*strokes, strokes[0]])
    return p95_ms(lambda: call(next(waiting)), rounds=len(strokes))


def _fill_search(file: DeskFile, chance: random.Random) -> None:
    """Write the keys in their order: one by one they would take an hour."""
    file.connection.execute("CREATE TEMP TABLE unsorted(key TEXT, person INTEGER)")
    with file.transaction():
        for number in range(1, PERSONS + 1):
            keys = sorted(search.keys_of(_details(chance, number)))
            file.execute(
                "INSERT INTO search_persons VALUES (?,?,?,'')",
                (number, f"person-{number}", " ".join(keys)),
            )
            file.execute_many("INSERT INTO unsorted VALUES (?,?)", [(key, number) for key in keys])
        file.execute("INSERT INTO search_key SELECT key, person FROM unsorted ORDER BY 1, 2")
    file.connection.execute("DROP TABLE unsorted")


def _details(chance: random.Random, number: int) -> PersonDetails:
    identity = f"{chance.randrange(110000, 660000)}19{chance.randrange(30, 99)}{number:08d}"
    name = chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.randint(1, 2)))
    phone = f"1{chance.randrange(30, 99)}{chance.randrange(10**8):08d}"
    return replace(JIA, number=identity, same_key=identity, name=name, former_name="", phone=phone)


def _a_stroke(chance: random.Random) -> str:
    """A beginning of what clerks type: number, tail, name, initials, phone."""
    details = _details(chance, chance.randrange(1, PERSONS))
    whole: str = chance.choice(
        [
            details.number,
            details.number[-6:],
            details.name,
            next(iter(initials(details.name))),
            details.phone,
        ]
    )
    return whole[: chance.randint(1, len(whole))]


def _verification() -> Line:
    """The whole proof of a journal, against reading and hashing the same entries."""
    chance = random.Random(1)  # noqa: S311 - no secret
    with _folder() as folder:
        file = a_desk_file(folder)
        with file.transaction():
            for number in range(1, EVENTS + 1):
                journal.append(file, _an_event(chance, number), a_header(number))

        def reading() -> None:
            digest = journal.GENESIS_HASH
            for row in journal.rows(file):
                digest = journal.hash_of(digest, journal.line_of(row))

        limit, ours = medians_ms(reading, lambda: verification.verify(file))
        file.close()
    return Line(
        figure=f"verify {EVENTS:,} events",
        limit=limit,
        ours=ours,
        goal=10,
        limit_is="reading and hashing the same",
    )


def _an_event(chance: random.Random, number: int) -> object:
    if number % 4:
        return a_float(number)
    person_id = PersonId(f"person-{number}")
    return PersonRegistered(person_id=person_id, details=_details(chance, number))
