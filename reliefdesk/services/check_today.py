"""What spot checks leave to do: months to draw, answers to look at, cases to put right."""

from collections.abc import Iterator

from reliefdesk.domain.check_records import CheckItem, CheckState
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.today import Place, TodayKind, TodayLine, Urgency, urgency_of, workdays_left
from reliefdesk.domain.workdays import Workdays
from reliefdesk.services import calendars, check_list, checks
from reliefdesk.services.check_list import OpenMonth
from reliefdesk.services.recording import Context


def lines(context: Context) -> Iterator[TodayLine]:
    """Give the lines of 今日待办: months to draw and answers to look at, or what to put right."""
    yield from (_draw_line(one) for one in check_list.open_months(context))
    district = context.desk.kind.is_district
    items = checks.open_rectifications(context)
    answered = [one for one in items if one.state is CheckState.ANSWERED]
    if district and answered:
        yield TodayLine(
            kind=TodayKind.CHECK_ANSWERED,
            urgency=Urgency.WAITING,
            place=Place(page="district", record_id="checks"),
            who=Seat.APPROVER.label,
            facts={"count": len(answered), "case_no": answered[0].line.case_no},
        )
    asked = [
        one
        for one in items
        if one.state is CheckState.ASKED and (not district or _is_late(context, one))
    ]
    if asked:
        workdays = calendars.workdays(context)
        yield from (_asked_line(context, one, workdays) for one in asked)


def _draw_line(found: OpenMonth) -> TodayLine:
    return TodayLine(
        kind=TodayKind.CHECK_LATE if found.round else TodayKind.CHECK_DRAW,
        urgency=Urgency.WAITING,
        place=Place(page="district", record_id="checks"),
        who=Seat.APPROVER.label,
        facts={"month": found.month.label, "count": len(found.matters)},
    )


def _asked_line(context: Context, found: CheckItem, workdays: Workdays) -> TodayLine:
    assert found.rectification is not None  # noqa: S101 - its state says so
    due_on = found.rectification.due_on
    left = workdays_left(workdays, context.today, due_on)
    district = context.desk.kind.is_district
    return TodayLine(
        kind=TodayKind.RECTIFY,
        urgency=urgency_of(context.today, due_on, left),
        place=Place(page="district" if district else "sync", record_id="checks"),
        who="" if district else Seat.APPROVER.label,
        due_on=due_on,
        left=left,
        facts={
            "case_no": found.line.case_no,
            "office": found.office_name,
            "check_no": found.check_no,
        },
    )


def _is_late(context: Context, found: CheckItem) -> bool:
    asked = found.rectification
    return asked is not None and asked.due_on < context.today
