"""What requests to the district leave to do: answers to give there, answers to act on here."""

from collections.abc import Iterator

from reliefdesk.domain.operators import Seat
from reliefdesk.domain.requests import RequestRow, RequestState
from reliefdesk.domain.today import Place, TodayKind, TodayLine, Urgency
from reliefdesk.services import cases, requests
from reliefdesk.services.recording import Context


def lines(context: Context) -> Iterator[TodayLine]:
    """Give the lines of 今日待办 about requests, on either side."""
    yield from _asked(context) if context.desk.kind.is_district else _answered(context)


def _asked(context: Context) -> Iterator[TodayLine]:
    place = Place(page="district", record_id="requests")
    for row in requests.waiting(context):
        yield _line(TodayKind.REQUEST, Urgency.NOW, row, place)


def _answered(context: Context) -> Iterator[TodayLine]:
    """An answer matters while its case goes on; a word by phone until its file is here."""
    for row in requests.listed(context):
        place = Place(page="cases", record_id=row.case_id)
        if row.contradicted:
            yield _line(TodayKind.CONTRADICTED, Urgency.NOW, row, place)
        elif row.state is RequestState.BY_PHONE:
            yield _line(TodayKind.PHONE_OPEN, Urgency.WAITING, row, place)
        elif not row.state.is_open and _goes_on(context, row):
            yield _line(TodayKind.ANSWERED, Urgency.NOW, row, place)


def _goes_on(context: Context, row: RequestRow) -> bool:
    return cases.case(context, row.case_id).waits_for is not None


def _line(about: TodayKind, urgency: Urgency, row: RequestRow, place: Place) -> TodayLine:
    return TodayLine(
        kind=about,
        urgency=urgency,
        place=place,
        who=Seat.APPROVER.label,
        facts={
            "office": row.office,
            "kind": row.kind,
            "amount": row.asked,
            "case_no": row.case_no,
            "state": row.state,
            "phone_name": row.phone_name,
        },
    )
