"""Importing an office's earlier register or a roster: looked at first, written once, confirmed.

A look writes nothing. Earlier payments come in before a second officer in one transaction, or not
at all; the same sheet a second time changes nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from reliefdesk.domain.eligibility import window_of
from reliefdesk.domain.ids import ImportId
from reliefdesk.domain.import_columns import (
    Header,
    ImportField,
    ImportKind,
    Matching,
    find_header,
    header_at,
    matching_problems,
    propose,
    to_remember,
)
from reliefdesk.domain.import_rows import cause_of, read_rows
from reliefdesk.domain.imports import (
    Applicant,
    ApplicantRow,
    ColumnsUnmatchedError,
    EarlierReliefImported,
    ImportDone,
    ImportOrder,
    ImportPlan,
    ImportReading,
    ImportRow,
    ImportSecondPersonError,
    ImportSource,
    ImportStaleError,
    ImportUnknownError,
    ImportWithdrawn,
    Known,
    PastImport,
    WithdrawReasonError,
    plan_of,
    require_importable,
    sum_of,
)
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import operators, policies
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.sheets import reading
from reliefdesk.sheets.reading import SheetCells, SheetFile
from reliefdesk.storage import imports as stored
from reliefdesk.storage import settings

__all__ = ["SheetCells", "SheetFile"]

CHANGES = ("imports", "cases", "persons")
SECOND_SEATS = (Seat.REVIEWER, Seat.APPROVER, Seat.BOOKKEEPER)
"""Who may stand beside the registrar when earlier payments come in."""


def require_importer(context: Context) -> None:
    """Refuse who holds no registrar's seat (SeatMissingError); ask before any file is read."""
    require_seat(operators.signed_in(context), Seat.REGISTRAR)


def read_file(path: Path) -> SheetFile:
    """Read a file of another program; raises the errors of `sheets.reading.read_sheets`."""
    return reading.read_sheets(path)


def likely_sheet(file: SheetFile, kind: ImportKind) -> SheetCells:
    """The first sheet with a header of this kind, else the first of all."""
    fitting = (sheet for sheet in file.sheets if find_header(sheet.rows, kind, sheet.merged))
    return next(fitting, file.sheets[0])


def header_of(sheet: SheetCells, kind: ImportKind, row: int | None = None) -> Header | None:
    """The header that is found, or the row (from 0) that the clerk named; None for neither."""
    if row is not None:
        return header_at(sheet.rows, row, sheet.merged) if row < len(sheet.rows) else None
    return find_header(sheet.rows, kind, sheet.merged)


def matching_of(context: Context, header: Header, kind: ImportKind) -> Matching:
    """What was matched for this header last time, else what its titles say."""
    kept = settings.get(context.file, _key(kind, header))
    remembered = None if kept is None else json.loads(kept)
    return propose(header, kind, remembered)


def plan(
    context: Context,
    source: tuple[SheetFile, SheetCells],
    header: Header,
    matching: Matching,
    *,
    kind: ImportKind,
) -> ImportPlan:
    """Judge every row of a sheet; the desk stays as it is, only the matching is remembered.

    Raises ColumnsUnmatchedError.
    """
    file, sheet = source
    problems = matching_problems(header, kind, matching)
    if problems:
        raise ColumnsUnmatchedError(problems)
    with context.file.transaction():
        kept = json.dumps(to_remember(header, matching), ensure_ascii=False)
        settings.put(context.file, _key(kind, header), kept)
    found = read_rows(
        sheet.rows, header, matching, kind=kind, today=context.today, merged=sheet.merged
    )
    name = f"{file.fingerprint}\n{sheet.name}\n{kind.value}".encode(errors="replace")
    fingerprint = hashlib.sha256(name).hexdigest()
    return _beside_desk(context, ImportSource(fingerprint=fingerprint), found)


def import_reliefs(
    context: Context, order: ImportOrder, *, officer: VerifiedOfficer
) -> Recorded[ImportDone]:
    """Bring earlier payments in: one event a row, all or none; cash and receipts stay as they are.

    A retry with the same `import_id` changes nothing.
    Raises SeatMissingError, ImportSecondPersonError, RowsBadError, ImportStaleError,
    NothingToImportError.
    """
    _require_two(context, officer)
    with context.file.transaction():
        before = stored.of_import(context.file, order.import_id)
        if before is not None:
            return recorded(ImportDone(count=before[0], amount=before[1], done_before=0))
        rows = _rows_now(context, order)
        for row in rows:
            event = _event(context, order, row)
            record(context, event, on=event.paid_on, confirmed_by=(officer.operator.operator_id,))
    done = ImportDone(count=len(rows), amount=sum_of(rows), done_before=len(order.plan.done))
    return recorded(done, *CHANGES) if rows else recorded(done)


def import_roster(context: Context, order: ImportOrder) -> Recorded[ImportDone]:
    """Keep the applicants of a roster on this PC until they are accepted; no event, no case.

    Raises SeatMissingError, RowsBadError, ImportStaleError, NothingToImportError.
    """
    require_importer(context)
    with context.file.transaction():
        rows = _rows_now(context, order)
        fingerprint = order.plan.source.fingerprint
        stored.save_applicants(context.file, [_applicant(fingerprint, row) for row in rows])
    done = ImportDone(count=len(rows), amount=sum_of(rows), done_before=len(order.plan.done))
    return recorded(done, "imports") if rows else recorded(done)


def imports(context: Context) -> tuple[PastImport, ...]:
    """Every import of earlier payments, the newest first; withdrawn ones too."""
    return stored.listed(context.file)


def withdraw(
    context: Context, import_id: ImportId, reason: str, *, officer: VerifiedOfficer
) -> Recorded[None]:
    """Take a whole import back before a second officer: its rows stay listed and count no more.

    Raises SeatMissingError, ImportSecondPersonError, WithdrawReasonError, ImportUnknownError.
    """
    _require_two(context, officer)
    if not reason.strip():
        raise WithdrawReasonError
    with context.file.transaction():
        standing = {each.import_id for each in imports(context) if not each.withdrawn}
        if import_id not in standing:
            raise ImportUnknownError
        event = ImportWithdrawn(import_id=import_id, reason=reason.strip())
        record(context, event, confirmed_by=(officer.operator.operator_id,))
    return recorded(None, *CHANGES)


def applicants(context: Context) -> tuple[ApplicantRow, ...]:
    """Everybody of imported rosters, with this year's case of those who were accepted since."""
    found = stored.applicants(context.file)
    keys = {each.same_key for each in found if each.same_key}
    accepted = stored.cases_since(context.file, keys, date(context.today.year, 1, 1))
    return tuple(
        ApplicantRow(applicant=each, case_no=accepted.get(each.same_key, "")) for each in found
    )


def forget_applicants(context: Context, chosen: Iterable[Applicant]) -> Recorded[int]:
    """Delete applicants who were accepted or are not wanted any more; gives how many."""
    require_importer(context)
    keys = [(each.fingerprint, each.row) for each in chosen]
    with context.file.transaction():
        stored.forget_applicants(context.file, keys)
    return recorded(len(keys), "imports")


def _key(kind: ImportKind, header: Header) -> str:
    return f"import.{kind.value}.{header.signature}"


def _beside_desk(context: Context, source: ImportSource, found: ImportReading) -> ImportPlan:
    keys = {row.same_key for row in found.rows if row.same_key}
    known: Sequence[Known]
    if found.kind is ImportKind.ROSTER:
        done = stored.applicant_rows(context.file, source.fingerprint)
        known = (*_of_this_year(context, keys), *_waiting(context, source))
    else:
        done = stored.rows_done(context.file, source.fingerprint)
        known = stored.known_reliefs(context.file, keys)
    return plan_of(source, found, known=known, done=done)


def _of_this_year(context: Context, keys: Iterable[str]) -> list[Known]:
    mode = policies.in_force(context).get(
        PolicyKey.FREQUENCY_WINDOW, on=context.today, office=context.desk.office.code
    )
    since, until = window_of(mode.value, context.today)
    return [each for each in stored.known_reliefs(context.file, keys) if since <= each.day <= until]


def _waiting(context: Context, source: ImportSource) -> list[Known]:
    return [
        Known(
            same_key=each.same_key,
            day=date.min,
            amount=each.requested or Money(0),
            other="待受理名单",
            imported=True,
        )
        for each in stored.applicants(context.file)
        if each.same_key and each.fingerprint != source.fingerprint
    ]


def _rows_now(context: Context, order: ImportOrder) -> tuple[ImportRow, ...]:
    """The rows to bring in, if the desk is still as it was shown."""
    shown = order.plan
    if _beside_desk(context, shown.source, shown.reading) != shown:
        raise ImportStaleError
    return require_importable(order)


def _require_two(context: Context, officer: VerifiedOfficer) -> None:
    require_importer(context)
    second = officer.operator
    if second.operator_id == context.operator_id or not set(SECOND_SEATS) & set(second.seats):
        raise ImportSecondPersonError(name=second.name)


def _event(context: Context, order: ImportOrder, row: ImportRow) -> EarlierReliefImported:
    assert row.amount is not None  # noqa: S101 - a required column
    assert row.day is not None  # noqa: S101 - a required column
    cause = cause_of(row.text(ImportField.CAUSE))
    return EarlierReliefImported(
        import_id=order.import_id,
        fingerprint=order.plan.source.fingerprint,
        row=row.row,
        number=row.number,
        same_key=row.same_key,
        name=row.name,
        amount=row.amount,
        paid_on=row.day,
        place=row.text(ImportField.PLACE) or context.desk.office.name,
        cause="" if cause is None else cause.value,
        voucher=row.text(ImportField.VOUCHER),
        note=row.text(ImportField.NOTE),
    )


def _applicant(fingerprint: str, row: ImportRow) -> Applicant:
    return Applicant(
        fingerprint=fingerprint,
        row=row.row,
        name=row.name,
        number=row.number,
        same_key=row.same_key,
        phone=row.text(ImportField.PHONE),
        hukou_place=row.text(ImportField.HUKOU),
        address=row.text(ImportField.ADDRESS),
        cause=row.text(ImportField.CAUSE),
        requested=row.amount,
        note=row.text(ImportField.NOTE),
    )
