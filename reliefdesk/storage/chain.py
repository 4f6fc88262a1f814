"""The chain of the journal: each entry hashed over the one before, counted without a gap."""

from collections.abc import Iterator

from reliefdesk.errors import TrustError
from reliefdesk.storage import journal
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.journal import GENESIS_HASH, Head
from reliefdesk.storage.sqlcipher import Row


class ChainBrokenError(TrustError):
    """An entry is not what was recorded, or one is missing before it. Facts: seq."""

    code = "storage.chain_broken"


class GapError(TrustError):
    """Numbers are missing in the journal. Facts: first, last."""

    code = "storage.gap"


def require_chain(file: DeskFile, *, entries: int) -> Head:
    """Check the last `entries` entries and give the head. Raises ChainBrokenError or GapError."""
    head = journal.head(file)
    start = max(head.seq - entries, 0)
    before = file.value("SELECT hash FROM journal WHERE seq = ?", (start,)) if start else None
    last = Head(seq=start, hash=before or GENESIS_HASH)
    for _row, broken in walk(file, last):
        if broken is not None:
            raise broken
    return head


def walk(file: DeskFile, after: Head) -> Iterator[tuple[Row, TrustError | None]]:
    """Give every row after a head with what is wrong at it; goes on behind a break."""
    seq, digest = after.seq, after.hash
    for row in journal.rows(file, after.seq):
        yield row, _broken(row, seq, digest)
        seq, digest = row["seq"], row["hash"]


def holds(file: DeskFile, head: Head) -> bool:
    """Whether the journal has this number with this hash."""
    found: str | None = file.value("SELECT hash FROM journal WHERE seq = ?", (head.seq,))
    return found == head.hash


def _broken(row: Row, seq: int, digest: str) -> TrustError | None:
    if row["seq"] != seq + 1:
        return GapError(first=seq + 1, last=row["seq"] - 1)
    if row["previous_hash"] != digest or not _hashes(row):
        return ChainBrokenError(seq=row["seq"])
    return None


def _hashes(row: Row) -> bool:
    try:
        line = journal.line_of(row)
    except (ValueError, TypeError, AttributeError):  # text that is no JSON, or no text at all
        return False
    digest: str = row["hash"]
    return digest == journal.hash_of(row["previous_hash"], line)
