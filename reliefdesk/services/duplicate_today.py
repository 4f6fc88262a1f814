"""What duplicates leave to do: pairs to decide at the district, money asked back at an office."""

from collections.abc import Iterator

from reliefdesk.domain.operators import Seat
from reliefdesk.domain.today import Place, TodayKind, TodayLine, Urgency
from reliefdesk.services import duplicates
from reliefdesk.services.recording import Context


def lines(context: Context) -> Iterator[TodayLine]:
    """Give the lines of 今日待办 that concern duplicates of this year."""
    count = duplicates.waiting(context, context.today.year)
    if count:
        yield TodayLine(
            kind=TodayKind.DUPLICATES,
            urgency=Urgency.NOW,
            place=Place(page="district", record_id="duplicates"),
            who=Seat.APPROVER.label,
            facts={"count": count},
        )
    for asked in duplicates.unclaimed(context):
        yield TodayLine(
            kind=TodayKind.RECOVERY_ASKED,
            urgency=Urgency.NOW,
            place=Place(page="vouchers", record_id="recoveries"),
            who=Seat.APPROVER.label,
            facts={"case_no": asked.case_no, "amount": asked.amount, "on": asked.decided_on},
        )
