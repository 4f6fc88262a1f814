"""Drafts: what was typed and not yet submitted, per operator and place on screen; never journaled.

A draft saved here survives a power cut once the caller's transaction has ended.
"""

from dataclasses import dataclass
from datetime import datetime

from reliefdesk.domain.ids import OperatorId
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile

TABLES = """
CREATE TABLE drafts(
  operator_id TEXT NOT NULL,
  slot TEXT NOT NULL,
  content TEXT NOT NULL,
  autosaved_at TEXT NOT NULL,
  PRIMARY KEY (operator_id, slot)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDraft:
    """A draft as stored: `slot` says where it belongs, `content` is the JSON text of the form."""

    slot: str
    content: str
    autosaved_at: datetime


def save(file: DeskFile, operator_id: OperatorId, draft: StoredDraft) -> None:
    """Keep a draft in place of the one before it in the same slot."""
    file.execute(
        "INSERT INTO drafts VALUES (?,?,?,?) ON CONFLICT DO UPDATE "
        "SET content = excluded.content, autosaved_at = excluded.autosaved_at",
        (operator_id, draft.slot, draft.content, canonical.instant_text(draft.autosaved_at)),
    )


def load(file: DeskFile, operator_id: OperatorId, slot: str) -> StoredDraft | None:
    """Give the draft of a slot, or None."""
    return next((draft for draft in listed(file, operator_id) if draft.slot == slot), None)


def listed(file: DeskFile, operator_id: OperatorId) -> tuple[StoredDraft, ...]:
    """Give an operator's drafts, the newest first."""
    rows = file.rows(
        "SELECT slot, content, autosaved_at FROM drafts WHERE operator_id = ? "
        "ORDER BY autosaved_at DESC, slot",
        (operator_id,),
    )
    return tuple(
        StoredDraft(
            slot=row["slot"],
            content=row["content"],
            autosaved_at=canonical.read_instant(row["autosaved_at"]),
        )
        for row in rows
    )


def delete(file: DeskFile, operator_id: OperatorId, slot: str) -> None:
    """Forget a draft, once it was submitted or given up; nothing happens where there is none."""
    file.execute("DELETE FROM drafts WHERE operator_id = ? AND slot = ?", (operator_id, slot))
