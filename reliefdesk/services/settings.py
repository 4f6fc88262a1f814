"""Local matters of one desk that are no facts: how long the window waits before it locks."""

from reliefdesk.domain.operators import Seat, require_seat
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded, recorded
from reliefdesk.storage import settings as stored

IDLE_MINUTES = 5
IDLE_MINUTES_MAX = 60
_IDLE = "idle_minutes"


def idle_minutes(context: Context) -> int:
    """Give the minutes without a touch after which the window locks; 5 unless set otherwise."""
    kept = stored.get(context.file, _IDLE)
    return int(kept) if kept is not None else IDLE_MINUTES


def set_idle_minutes(context: Context, minutes: int) -> Recorded[int]:
    """Set the minutes, within 1 and 60: the lock cannot be switched off. Needs the system seat."""
    require_seat(operators.signed_in(context), Seat.ADMINISTRATOR)
    within = min(max(1, minutes), IDLE_MINUTES_MAX)
    with context.file.transaction():
        stored.put(context.file, _IDLE, str(within))
    return recorded(within, "settings")
