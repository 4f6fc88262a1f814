"""What a merger leaves to do: the next step of each side, as a sentence and as a line of today."""

from collections.abc import Iterator

from reliefdesk import wording
from reliefdesk.domain.mergers import Merger, MergerState
from reliefdesk.domain.today import Place, TodayKind, TodayLine, Urgency
from reliefdesk.services import mergers
from reliefdesk.services.recording import Context


def lines(context: Context) -> Iterator[TodayLine]:
    """Give the lines of 今日待办 about mergers; none once everything was taken over."""
    is_district = context.desk.kind.is_district
    page = "district" if is_district else "sync"
    for row in mergers.listed(context):
        said = next_step(context, row)
        if said:
            yield TodayLine(
                kind=TodayKind.MERGER,
                urgency=_urgency(context, row),
                place=Place(page=page, record_id="mergers"),
                due_on=row.told.merged_on if row.closed is None else None,
                facts={"said": said},
            )


def next_step(context: Context, row: Merger) -> str:
    """Say what this desk does next about a merger; empty where nothing is left."""
    step = _district_step(row) if context.desk.kind.is_district else _office_step(context, row)
    if not step:
        return ""
    told = row.told
    return wording.text(
        f"mergers.next_{step}",
        closing=told.closing.office.name,
        heir=told.heir.office.name,
        on=told.merged_on,
        document=told.document,
    )


def _urgency(context: Context, row: Merger) -> Urgency:
    if row.closed is None and row.told.merged_on < context.today:
        return Urgency.OVERDUE
    return Urgency.WAITING if row.closed is None else Urgency.NOW


def _district_step(row: Merger) -> str:
    steps = {MergerState.ANNOUNCED: "district", MergerState.CLOSED: "district_closed"}
    return steps.get(row.state, "")


def _office_step(context: Context, row: Merger) -> str:
    told = row.told
    if context.desk.desk_id == told.closing.desk_id:
        if row.closed is not None:
            return "closing_closed"
        return "closing_known" if mergers.is_known(context, told.heir) else "closing"
    if row.closed is None:
        return "heir_known" if mergers.is_known(context, told.closing) else "heir"
    if row.taken is None:
        return "heir_closed"
    return "heir_cash" if any(each.taken_on is None for each in row.cash) else ""
