"""Drafts of the signed-in operator: autosaved at every field, true because the desk says so."""

from datetime import datetime

from reliefdesk.services.recording import Context
from reliefdesk.storage import drafts as stored
from reliefdesk.storage.drafts import StoredDraft


def save(context: Context, slot: str, text: str) -> datetime:
    """Keep the text of a form under `slot`; give the instant at which it was durable (UTC)."""
    at = context.now
    with context.file.transaction():
        stored.save(
            context.file,
            context.operator_id,
            StoredDraft(slot=slot, content=text, autosaved_at=at),
        )
    return at


def load(context: Context, slot: str) -> StoredDraft | None:
    """Give the draft under `slot`, or None."""
    return stored.load(context.file, context.operator_id, slot)


def listed(context: Context) -> tuple[StoredDraft, ...]:
    """Give all drafts of the signed-in operator, the newest first."""
    return stored.listed(context.file, context.operator_id)


def discard(context: Context, slot: str) -> None:
    """Forget the draft under `slot`."""
    with context.file.transaction():
        stored.delete(context.file, context.operator_id, slot)
