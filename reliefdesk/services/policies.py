"""Policy rows and holiday tables: entered by one operator, confirmed by another, never edited."""

import functools
from dataclasses import dataclass

from reliefdesk.domain.ids import DeskId, OperatorId, PolicyRowId
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.policies import (
    AreaClass,
    CalendarLoaded,
    PolicyConfirmError,
    PolicyDocumentError,
    PolicyPublishedError,
    PolicyRow,
    PolicyRowDraft,
    PolicyRowEntered,
    PolicyRows,
    place_row,
)
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import operators, publishing
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import cases as stored_cases
from reliefdesk.storage import policies as stored
from reliefdesk.storage.desk_file import DeskFile


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """One row of the parameter list (参数清单), corrected rows included.

    A `published` row came from the district, which keeps the names behind it; an own row that it
    governs today is `overruled`.
    """

    row: PolicyRow
    corrected: bool
    published: bool
    overruled: bool
    entered_by: str
    confirmed_by: str


def in_force(context: Context) -> PolicyRows:
    """Give the rows that hold; ask them with `find` or `get` for a day and an office."""
    return context.file.once("policies in force", functools.partial(_in_force, context.file))


def in_force_at(context: Context, desk_id: DeskId) -> PolicyRows:
    """Give the rows that hold at an office, read at its district."""
    own = frozenset(row.row_id for row in stored.own_rows(context.file))
    return PolicyRows(stored.rows_in_force_at(context.file, desk_id), published=own)


def _in_force(file: DeskFile) -> PolicyRows:
    return PolicyRows(stored.rows_in_force(file), published=stored.published_ids(file))


def listed(context: Context) -> tuple[PolicyLine, ...]:
    """Give every row ever entered, oldest first, with the names behind it."""
    names = operators.names(context)
    corrected = stored.corrected_ids(context.file)
    published = stored.published_ids(context.file)
    governed = _governed(context, published)
    ends = {row.row_id: row for row in stored.rows_in_force(context.file)}
    return tuple(
        PolicyLine(
            row=ends.get(row.row_id, row),
            corrected=row.row_id in corrected,
            published=row.row_id in published,
            overruled=row.row_id not in published and (row.key, row.area) in governed,
            entered_by=names.get(row.entered_by, ""),
            confirmed_by=names.get(row.confirmed_by, ""),
        )
        for row in stored.all_rows(context.file)
    )


def _governed(
    context: Context, published: frozenset[PolicyRowId]
) -> frozenset[tuple[PolicyKey, AreaClass]]:
    """Give the keys and areas for which a published row counts here today."""
    rows, office = in_force(context), context.desk.office.code
    uses = (
        rows.find(key, on=context.today, office=office, area=area)
        for key in (PolicyKey if published else ())
        for area in AreaClass
    )
    return frozenset(
        (use.key, use.area) for use in uses if use is not None and use.row_id in published
    )


def enter(
    context: Context, draft: PolicyRowDraft, *, officer: VerifiedOfficer
) -> Recorded[tuple[str, ...]]:
    """Enter a row that `officer`, another person, confirms.

    The result lists the numbers of cases decided on days the row now governs: they keep the
    values they were decided with, an operator looks at them (RULES.md §2.5). Raises the errors
    of `place_row`, and PolicyConfirmError for a confirmation by the one who entered it.
    """
    require_seat(operators.signed_in(context), Seat.ADMINISTRATOR)
    if officer.operator.operator_id == context.operator_id:
        raise PolicyConfirmError(name=officer.operator.name)
    with context.file.transaction():
        valid_to = place_row(draft, in_force(context))
        row = _row_of(context, draft, confirmed_by=officer.operator.operator_id)
        event = PolicyRowEntered(row=row, corrects=draft.corrects)
        confirmed = (officer.operator.operator_id,)
        record(context, event, confirmed_by=confirmed)
        publishing.publish_row(context, event, confirmed_by=confirmed)
    affected = stored_cases.decided_between(context.file, row.valid_from, valid_to)
    return recorded(affected, "policies", "cases")


def load_calendar(
    context: Context, calendar: CalendarLoaded, *, officer: VerifiedOfficer
) -> Recorded[int]:
    """Load the holiday table of one year under its document, confirmed by a second person.

    Raises PolicyPublishedError for a year whose table the district published.
    """
    require_seat(operators.signed_in(context), Seat.ADMINISTRATOR)
    if officer.operator.operator_id == context.operator_id:
        raise PolicyConfirmError(name=officer.operator.name)
    if not calendar.document.strip():
        raise PolicyDocumentError(key=f"{calendar.year}年节假日表")
    published = stored.published_calendar(context.file, calendar.year)
    if published is not None:
        raise PolicyPublishedError(key=f"{calendar.year}年节假日表", document=published)
    with context.file.transaction():
        confirmed = (officer.operator.operator_id,)
        record(context, calendar, confirmed_by=confirmed)
        publishing.publish_calendar(context, calendar, confirmed_by=confirmed)
    return recorded(calendar.year, "policies", "cases")


def calendar_years(context: Context) -> tuple[int, ...]:
    """Give the years whose holiday table was loaded on this desk."""
    return tuple(calendar.year for calendar in stored.calendars(context.file))


def _row_of(context: Context, draft: PolicyRowDraft, *, confirmed_by: OperatorId) -> PolicyRow:
    return PolicyRow(
        row_id=PolicyRowId(context.ids.new()),
        key=draft.key,
        area=draft.area,
        scope=draft.scope,
        value=draft.value,
        unit=draft.unit,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        document=draft.document.strip(),
        entered_by=context.operator_id,
        confirmed_by=confirmed_by,
        entered_at=context.now,
    )
