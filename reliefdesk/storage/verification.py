"""Proof of a desk: pages, structure, triggers, chain, witnesses, replay and sums, line by line.

Every finding is named by number, table and key; nothing is repaired, nothing is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reliefdesk.domain.money import Money
from reliefdesk.errors import ReliefDeskError
from reliefdesk.storage import (
    cash,
    chain,
    journal,
    payments,
    receipts,
    replay,
    schema,
    search,
    sqlcipher,
    tables,
    witnesses,
)
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.journal import GENESIS_HASH, Head
from reliefdesk.storage.sqlcipher import DeskDamagedError, Row

FINDINGS_MAX = 100
"""A desk that differs everywhere is named by its first findings of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationLine:
    """One line of the report. `code` is its sentence under `[verification.…]`; facts fill it."""

    code: str
    good: bool
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationReport:
    """All lines in the order of the work, and the head to compare with paper."""

    lines: tuple[VerificationLine, ...]
    head: Head

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return all(line.good for line in self.lines)

    @property
    def findings(self) -> tuple[VerificationLine, ...]:
        """The lines that say something is wrong."""
        return tuple(line for line in self.lines if not line.good)


def verify(file: DeskFile, witnessed: Iterable[Head] = ()) -> VerificationReport:
    """Check a whole desk; `witnessed` are heads that stand on paper or in a bundle.

    Takes time in proportion to the journal. A file too damaged to be read to the end says so in
    its last line.
    """
    lines = _pages(file)
    try:
        lines += _contents(file, witnessed)
        head = journal.head(file)
    except DeskDamagedError:
        lines.append(_line("unreadable", good=False))
        head = Head(seq=0, hash=GENESIS_HASH)
    return VerificationReport(lines=tuple(lines), head=head)


def _contents(file: DeskFile, witnessed: Iterable[Head]) -> list[VerificationLine]:
    lines = [*_structure(file), *_triggers(file)]
    replayed = replay.fresh_desk()
    try:
        walked, whole = _walk(file, replayed)
        lines += [*walked, *_witnesses(file, witnessed)]
        lines += _rows(file, replayed) if whole else []
    finally:
        replayed.abandon()
    return [*lines, *_sums(file), _search(file)]


def _pages(file: DeskFile) -> list[VerificationLine]:
    damaged = file.rows("PRAGMA cipher_integrity_check")
    return [_line("pages", good=not damaged, found=len(damaged))]


def _structure(file: DeskFile) -> list[VerificationLine]:
    structure = [str(row[0]) for row in file.rows("PRAGMA integrity_check")]
    orphans = file.rows("PRAGMA foreign_key_check")
    sound = structure == ["ok"]
    return [
        _line("structure", good=sound, found=0 if sound else len(structure)),
        _line("references", good=not orphans, found=len(orphans)),
    ]


def _triggers(file: DeskFile) -> list[VerificationLine]:
    changed = schema.changed_triggers(file)
    return [_line("triggers", good=not changed, found=len(changed), names=_listed(changed))]


def _walk(file: DeskFile, replayed: DeskFile) -> tuple[list[VerificationLine], bool]:
    """Check the chain and replay in one reading; whether the replay reached the end."""
    lines: list[VerificationLine] = []
    count, whole = 0, True
    with replayed.transaction():
        for row, broken in chain.walk(file, Head(seq=0, hash=GENESIS_HASH)):
            count += 1
            if broken is not None and len(lines) < FINDINGS_MAX:
                kind = "gap" if isinstance(broken, chain.GapError) else "entry"
                lines.append(_line(kind, good=False, **broken.facts))
            if whole and not _applied(replayed, row):
                whole = False
                lines.append(_line("replay_stopped", good=False, seq=row["seq"]))
    if not lines:
        lines.append(_line("chain", good=True, count=count))
    return lines, whole


def _applied(replayed: DeskFile, row: Row) -> bool:
    try:
        tables.change(replayed, journal.entry_of(row))
    except (ReliefDeskError, sqlcipher.DatabaseError, ValueError, TypeError, LookupError):
        return False  # after a forged or missing entry later ones need not fit
    return True


def _witnesses(file: DeskFile, witnessed: Iterable[Head]) -> list[VerificationLine]:
    heads = {noted.head for noted in witnesses.witnessed_heads(file)} | set(witnessed)
    ordered = sorted(heads, key=lambda head: (head.seq, head.hash))
    last = journal.head(file).seq
    lines = [
        _line("tail" if head.seq > last else "witness", good=False, seq=head.seq, last=last)
        for head in ordered
        if not chain.holds(file, head)
    ]
    return lines or [_line("witnesses", good=True, count=len(ordered))]


def _rows(file: DeskFile, replayed: DeskFile) -> list[VerificationLine]:
    lines: list[VerificationLine] = []
    for found in replay.differences(file, replayed):
        lines.append(_line(f"row_{found.difference}", good=False, table=found.table, row=found.row))
        if len(lines) == FINDINGS_MAX:
            break
    return lines or [_line("rows", good=True, tables=len(replay.compared_tables()))]


def _sums(file: DeskFile) -> list[VerificationLine]:
    faults = receipts.faults(file)
    drawer, balance = cash.drawer_sum(file), cash.balance(file)
    paid, net = payments.net_total(file), _net_of_drawer(file)
    return [
        _line("receipts", good=not faults, faults=len(faults)),
        _line("cash", good=drawer == balance, sum=drawer, balance=balance),
        _line("payments", good=paid == net, paid=paid, cash=net),
    ]


def _search(file: DeskFile) -> VerificationLine:
    faults = search.faults(file)
    return _line("search", good=not faults, faults=faults)


def _net_of_drawer(file: DeskFile) -> Money:
    fen = file.value(
        "SELECT coalesce(sum(out_fen), 0) FROM cash_entries "
        "WHERE kind IN ('payment', 'void', 'reversal')"
    )
    return Money(fen)


def _line(code: str, *, good: bool, **facts: object) -> VerificationLine:
    return VerificationLine(code=f"verification.{code}", good=good, facts=facts)


def _listed(names: Iterable[str]) -> str:
    return "、".join(sorted(names))
