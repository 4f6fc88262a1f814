"""What lists of people helped elsewhere leave to do: missing, old, or to be sent again."""

from collections.abc import Iterator

from reliefdesk import wording
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.today import Place, TodayKind, TodayLine, Urgency
from reliefdesk.domain.tokens import ListState
from reliefdesk.services import partners, token_checks, tokens
from reliefdesk.services.recording import Context


def lines(context: Context) -> Iterator[TodayLine]:
    """Give the line of 今日待办 about lists; none for a desk that speaks with nobody."""
    if context.desk.kind.is_district:
        due = [row for row in tokens.offices(context) if row.state is not ListState.CURRENT]
        if due:
            said = wording.text("tokens.due", count=len(due))
            yield _line(said, Place(page="district", record_id="tokens"), Seat.ADMINISTRATOR.label)
    elif partners.listed(context):
        held = token_checks.held_list(context)
        if held.state is not ListState.CURRENT:
            yield _line(wording.text("tokens.not_current", state=held.state), Place(page="sync"))


def _line(said: str, place: Place, who: str = "") -> TodayLine:
    return TodayLine(
        kind=TodayKind.TOKEN_LIST,
        urgency=Urgency.NOTE,
        place=place,
        who=who,
        facts={"said": said},
    )
