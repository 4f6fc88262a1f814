"""Everything that waits or is due on this desk, computed anew from what is recorded."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from reliefdesk import wording
from reliefdesk.clock import shanghai_time
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.ids import CaseId, ReceiptNo
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.policies import AreaClass, PolicyRow, count_of
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.receipts import NumberRow, ReceiptState
from reliefdesk.domain.today import (
    CaseTimes,
    Place,
    TodayKind,
    TodayLine,
    Urgency,
    case_lines,
    in_order,
)
from reliefdesk.services import (
    calendars,
    drafts,
    money_today,
    policies,
    receipts,
    sync_today,
    verification,
)
from reliefdesk.services.recording import Context
from reliefdesk.services.setup import SetupStep
from reliefdesk.storage import cases as stored_cases
from reliefdesk.storage import journal
from reliefdesk.storage import print_jobs as stored_jobs
from reliefdesk.storage import today as stored
from reliefdesk.storage.drafts import StoredDraft

CALENDAR_AHEAD = timedelta(days=45)
"""Ten working days around the longest holidays, and time to get the table."""
POLICY_AHEAD = timedelta(days=30)
STANDARD_AGE = timedelta(days=365)
VERIFICATION_AGE = timedelta(days=31)
HOURS_SAID_IN_DAYS = 72


def todo(context: Context, *, remaining: Sequence[SetupStep] = ()) -> tuple[TodayLine, ...]:
    """Give every line of 今日待办, the most pressing first.

    `remaining` are the set-up steps of the desk; drafts are those of who is signed in.
    """
    lines = [_setup_line(step) for step in remaining]
    lines += _clock_lines(context)
    found = list(stored.open_cases(context.file))
    lines += _case_lines(context, found)
    lines += money_today.lines(context, found)
    lines += _receipt_lines(context)
    lines += sync_today.lines(context)
    lines += [_draft_line(context, draft) for draft in drafts.listed(context)]
    if not context.desk.kind.is_district:
        lines += _standard_lines(context)
    lines += _ending_lines(context)
    lines += _calendar_lines(context)
    lines += _verification_lines(context)
    return in_order(lines)


def line_text(line: TodayLine) -> str:
    """Say a line in Chinese."""
    facts = dict(line.facts)
    if "passed" in facts:
        facts["passed"] = _passed(line.facts["passed"])
    return wording.text(f"today.{line.kind.value}", **facts)


def due_text(line: TodayLine) -> str:
    """Say when a line is due and how many working days are left; empty where nothing is due."""
    if line.due_at is not None:
        local = shanghai_time(line.due_at)
        return wording.text("today.due_at", at=f"{_short(local)} {local:%H:%M}")
    if line.due_on is None:
        return ""
    on = _short(line.due_on)
    if line.left is None:
        return wording.text("today.due_uncounted", on=on)
    if line.urgency is Urgency.OVERDUE:
        return wording.text("today.due_past", on=on, days=-line.left)
    return wording.text("today.due_on", on=on, days=line.left)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _passed(hours: object) -> str:
    if isinstance(hours, int) and hours >= HOURS_SAID_IN_DAYS:
        return wording.text("today.days", count=hours // 24)
    return wording.text("today.hours", count=hours)


def _setup_line(step: SetupStep) -> TodayLine:
    return TodayLine(
        kind=TodayKind.SETUP,
        urgency=Urgency.NOW,
        place=Place(page="setup", record_id=step.value),
        who=Seat.ADMINISTRATOR.label,
        facts={"step": step.label},
    )


def _clock_lines(context: Context) -> Iterator[TodayLine]:
    """Whoever works on is told that the clock went back; the journal notes it by itself."""
    last = journal.last_recorded_at(context.file)
    if last is not None and context.now < last:
        yield TodayLine(
            kind=TodayKind.CLOCK,
            urgency=Urgency.NOW,
            place=Place(page="system"),
            who=Seat.ADMINISTRATOR.label,
            facts={"now": context.now, "last": last},
        )


def _case_lines(context: Context, found: Sequence[Case]) -> Iterator[TodayLine]:
    rows = policies.in_force(context)
    hours = rows.get(
        PolicyKey.FIRST_RELIEF_HOURS, on=context.today, office=context.desk.office.code
    )
    times = CaseTimes(
        now=context.now,
        today=context.today,
        hours=count_of(hours),
        workdays=calendars.workdays(context),
    )
    for case in found:
        yield from case_lines(case, times)


def _receipt_lines(context: Context) -> Iterator[TodayLine]:
    signed = []
    unsure = stored_jobs.open_numbers(context.file)
    for row in receipts.waiting(context):
        if row.receipt.state is ReceiptState.SIGNED:
            signed.append(row)
        else:
            yield _receipt_line(row, context.today, unsure)
    if signed:
        yield TodayLine(
            kind=TodayKind.NOT_FILED,
            urgency=Urgency.WAITING,
            place=Place(page="ledger", record_id="numbers"),
            who=Seat.BOOKKEEPER.label,
            facts={"count": len(signed), "oldest": min(row.receipt.issued_on for row in signed)},
        )


def _receipt_line(row: NumberRow, today: date, unsure: frozenset[ReceiptNo]) -> TodayLine:
    issued = row.receipt.state is ReceiptState.ISSUED or row.receipt.receipt_no in unsure
    return TodayLine(
        kind=TodayKind.NOT_PRINTED if issued else TodayKind.NOT_SIGNED,
        urgency=Urgency.OVERDUE if row.receipt.issued_on < today else Urgency.NOW,
        place=Place(page="cases", record_id=row.receipt.case_id),
        who=Seat.CASHIER.label,
        facts={
            "receipt_no": row.receipt.receipt_no,
            "name": row.name,
            "amount": row.amount,
            "issued_on": row.receipt.issued_on,
        },
    )


def _draft_line(context: Context, draft: StoredDraft) -> TodayLine:
    """A draft of the counter's form, or what was typed at a case and not confirmed."""
    page, _, record_id = draft.slot.partition(".")
    case = stored_cases.case(context.file, CaseId(record_id)) if page == "cases" else None
    return TodayLine(
        kind=TodayKind.DRAFT,
        urgency=Urgency.WAITING,
        place=Place(page=page, record_id=draft.slot if case is None else record_id),
        facts={
            "what": "柜台" if case is None else f"{case.person_name} {case.case_no}",
            "saved_at": draft.autosaved_at,
        },
    )


def _standard_lines(context: Context) -> Iterator[TodayLine]:
    rows, on, office = policies.in_force(context), context.today, context.desk.office
    lines = {line.row.row_id: line.row for line in policies.listed(context)}
    rule = rows.get(PolicyKey.STANDARD_AREA, on=on, office=office.code).value
    chosen = rule == "ask" or (rule == "by_office" and office.is_town)
    for area in (AreaClass.URBAN, AreaClass.RURAL)[: 2 if chosen else 1]:
        use = rows.find(PolicyKey.STANDARD, on=on, office=office.code, area=area)
        if use is None or use.row_id is None:
            yield _policy_line(TodayKind.STANDARD_MISSING, Urgency.NOW, area=area)
        elif lines[use.row_id].valid_from <= on - STANDARD_AGE:
            yield _policy_line(
                TodayKind.STANDARD_OLD,
                Urgency.NOTE,
                area=area,
                since=lines[use.row_id].valid_from,
                document=use.document,
            )


def _ending_lines(context: Context) -> Iterator[TodayLine]:
    rows, today = policies.in_force(context), context.today
    for line in policies.listed(context):
        row = line.row
        ends = row.valid_to
        soon = ends is not None and today <= ends <= today + POLICY_AHEAD
        if ends is None or line.corrected or not soon:
            continue
        if not _continues(rows.series(row.key, row.area, row.scope), ends):
            yield _policy_line(TodayKind.POLICY_ENDS, Urgency.SOON, policy=row.key, ends=ends)


def _continues(series: Sequence[PolicyRow], ends: date) -> bool:
    return any(row.valid_from == ends for row in series)


def _calendar_lines(context: Context) -> Iterator[TodayLine]:
    known = calendars.workdays(context).years
    ahead = {context.today.year, (context.today + CALENDAR_AHEAD).year}
    for year in sorted(ahead - set(known)):
        now = year == context.today.year
        yield _policy_line(TodayKind.CALENDAR, Urgency.NOW if now else Urgency.SOON, year=year)


def _verification_lines(context: Context) -> Iterator[TodayLine]:
    last = verification.last_verified(context)
    if last is not None and context.now - last <= VERIFICATION_AGE:
        return
    yield TodayLine(
        kind=TodayKind.VERIFICATION,
        urgency=Urgency.NOTE,
        place=Place(page="system", record_id="file"),
        who=Seat.ADMINISTRATOR.label,
        facts={"last": "从未核对" if last is None else last},
    )


def _policy_line(kind: TodayKind, urgency: Urgency, **facts: object) -> TodayLine:
    return TodayLine(
        kind=kind,
        urgency=urgency,
        place=Place(page="policies", record_id=kind.value),
        who=Seat.ADMINISTRATOR.label,
        facts=facts,
    )
