"""The work ledger (工作台账) for screen and paper from one computation, so that totals agree.

On screen numbers are masked; the printed ledger, which stays in the office, shows them in full.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from reliefdesk.clock import shanghai_day, shanghai_time
from reliefdesk.documents.ledger_columns import WorkLedgerLine
from reliefdesk.documents.work_ledger import WorkLedgerFacts, work_ledger_pdf
from reliefdesk.domain.case_records import Case, Decision
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.ids import CaseId, ReceiptNo
from reliefdesk.domain.ledger import (
    Ledger,
    LedgerFilter,
    LedgerPayment,
    LedgerRow,
    PayMethod,
    totals_of,
    year_filter,
)
from reliefdesk.domain.masking import mask_number
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.payments import moved
from reliefdesk.domain.persons import PersonDetails
from reliefdesk.domain.policies import PolicyRows
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.recoveries import Repayment, came_back
from reliefdesk.domain.transfers import TAIL, Transfer, moved_between
from reliefdesk.services import form_settings, operators, persons, policies
from reliefdesk.services.publicity import publicity_of
from reliefdesk.services.recording import Context
from reliefdesk.storage import checks as checked
from reliefdesk.storage import ledger as storage

__all__ = ["LedgerLine", "ledger", "ledger_pdf", "lines", "year_filter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line with the person's own details, for paper and sheets that stay in the office."""

    row: LedgerRow
    details: PersonDetails
    publicity: str
    spot_check: str
    report: str
    """The numbers of the bundles that carried its payments, or the case, to the district."""
    file_place: str
    """The archive number of the whole file, else where its receipts lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Everything that is read once for all lines."""

    wanted: LedgerFilter
    names: dict[str, str]
    numbers: dict[CaseId, list[storage.PaidNumber]]
    repaid: dict[CaseId, list[Repayment]]
    transfers: dict[CaseId, list[Transfer]]
    checks: dict[str, str]
    filed: dict[CaseId, str]
    batches: tuple[storage.Batch, ...]
    policies: PolicyRows


def ledger(context: Context, wanted: LedgerFilter) -> Ledger:
    """The lines and totals that a filter leaves; identity numbers are masked.

    With only days in the filter, the cash part of the paid total is the cash journal's payments of
    those days.
    """
    rows = tuple(line.row for line in lines(context, wanted))
    return Ledger(wanted=wanted, rows=rows, totals=totals_of(rows))


def ledger_pdf(context: Context, wanted: LedgerFilter) -> bytes:
    """The same lines as an A3 form with full numbers; raises MissingGlyphError, PaperFontsError."""
    found = tuple(lines(context, wanted))
    facts = WorkLedgerFacts(
        head=form_settings.head_of(context, MoneyForm.WORK_LEDGER, on=wanted.until),
        since=wanted.since,
        until=wanted.until,
        lines=[_on_paper(line) for line in found],
        made_on=context.today,
        made_by=operators.signed_in(context).name,
        paid_cash=totals_of(line.row for line in found).paid_cash,
    )
    return work_ledger_pdf(facts)


def lines(context: Context, wanted: LedgerFilter) -> Iterator[LedgerLine]:
    """The lines that a filter leaves, numbered from 1."""
    reader = _Reader(
        wanted=wanted,
        names=operators.names(context),
        numbers=storage.numbers_of(context.file, wanted.since, wanted.until),
        repaid=storage.repaid_of(context.file, wanted.since, wanted.until),
        transfers=storage.transfers_of(context.file, wanted.since, wanted.until),
        checks=checked.findings(context.file),
        filed=storage.archive_nos(context.file),
        batches=storage.batches(context.file),
        policies=policies.in_force(context),
    )
    place, office = 0, context.desk.office.code
    for found in storage.cases_wanted(context.file, wanted):
        person = persons.person(context, found.person_id)
        numbers = reader.numbers.get(found.case_id, [])
        row = _row(reader, found, person.details, numbers)
        visit = storage.investigation(context.file, found.case_id)
        if wanted.method is None or row.method is wanted.method:
            place += 1
            shown = publicity_of(found, person.details.birth_on, reader.policies, office=office)
            places = [number.file_place for number in numbers if number.file_place]
            yield LedgerLine(
                row=replace(row, place=place, investigated=_visited(visit)),
                details=person.details,
                publicity="" if shown is None else shown.words,
                spot_check=reader.checks.get(found.case_no, ""),
                report=_batches(context, reader, found),
                file_place=reader.filed.get(found.case_id) or "、".join(places),
            )


def _row(
    reader: _Reader, found: Case, details: PersonDetails, numbers: Sequence[storage.PaidNumber]
) -> LedgerRow:
    request, relief, names = found.request, found.first_relief, reader.names
    paid = _paid(reader, found, details, numbers)
    review, decision = found.review, found.decision
    back = reader.repaid.get(found.case_id, [])
    used = {use.key: use.value for use in found.eligibility.uses}
    return LedgerRow(
        place=0,
        case_id=found.case_id,
        person_id=found.person_id,
        case_no=found.case_no,
        accepted_at=found.accepted_at,
        accepted_on=shanghai_day(found.accepted_at),
        source=request.emergency.source.label,
        name=details.name,
        sex=details.sex,
        ethnicity=details.ethnicity,
        birth_on=details.birth_on,
        document_kind=details.kind.label,
        number=mask_number(details.number),
        hukou_place=details.hukou_place,
        permit=request.permit.label,
        emergency_place=request.emergency.place,
        cause=request.emergency.cause,
        narrative=request.emergency.narrative,
        persons_relieved=request.persons_relieved,
        first_relief_at=None if relief is None else relief.approved_at,
        investigated="",
        reviewed="" if review is None else _signed(review.at, names.get(review.reviewer, "")),
        decided="" if decision is None else _signed(decision.at, names.get(decision.approver, "")),
        authority=_authority(found.stage, decision),
        stage=found.stage,
        standard=used.get(PolicyKey.STANDARD, ""),
        multiplier=used.get(PolicyKey.CAP_MULTIPLIER, ""),
        approved=_approved(found),
        method=_method(paid),
        payments=paid,
        paid=total([each.moved for each in paid]),
        completed_on=found.completed_on,
        remark=_remark(found, numbers),
        recovery=found.recovery,
        recovered=came_back(back, reader.wanted.since, reader.wanted.until),
        recovered_on=tuple(each.details.received_on for each in back if each.void is None),
    )


def _payment(
    wanted: LedgerFilter, number: storage.PaidNumber, details: PersonDetails
) -> LedgerPayment:
    paid = number.payment.details
    collector = details.name if paid.proxy is None else f"{paid.proxy.name}（代）"
    return LedgerPayment(
        receipt_no=paid.receipt_no,
        state=number.state,
        paid_on=paid.paid_on,
        collector=collector,
        moved=moved([number.payment], wanted.since, wanted.until),
        undone=number.state.label if number.payment.undoing is not None else "",
    )


def _transfer(wanted: LedgerFilter, found: Transfer, details: PersonDetails) -> LedgerPayment:
    given = found.details
    to = given.goods or f"{details.name} {given.account[-TAIL:]}"
    return LedgerPayment(
        receipt_no=ReceiptNo(given.voucher),
        state=None,
        paid_on=given.paid_on,
        collector=to,
        moved=moved_between(found, wanted.since, wanted.until),
        method=PayMethod(given.method.value),
        undone="" if found.returned_on is None else "退回",
    )


def _paid(
    reader: _Reader, found: Case, details: PersonDetails, numbers: Sequence[storage.PaidNumber]
) -> tuple[LedgerPayment, ...]:
    wanted = reader.wanted
    others = reader.transfers.get(found.case_id, [])
    cash = tuple(_payment(wanted, number, details) for number in numbers)
    return (*cash, *(_transfer(wanted, other, details) for other in others))


def _method(paid: Sequence[LedgerPayment]) -> PayMethod:
    methods = {each.method for each in paid if each.moved.fen > 0 and not each.undone}
    if len(methods) > 1:
        return PayMethod.SEVERAL
    return methods.pop() if methods else PayMethod.NOT_PAID


def _signed(at: datetime, name: str) -> str:
    return f"{shanghai_day(at):%Y-%m-%d} {name}"


def _visited(found: storage.Investigation | None) -> str:
    return "" if found is None else f"{found.on:%Y-%m-%d} {found.remark}"


def _approved(found: Case) -> Money | None:
    decided = found.stage is Stage.APPROVED and found.decision is not None
    return found.decision.amount if decided and found.decision is not None else None


def _authority(stage: Stage, decision: Decision | None) -> str:
    if stage is not Stage.APPROVED or decision is None:
        return ""
    return decision.district_document or "受委托审批"


def _batches(context: Context, reader: _Reader, found: Case) -> str:
    moved_at = [number.payment.seq for number in reader.numbers.get(found.case_id, [])]
    moved_at += [each.seq for each in reader.transfers.get(found.case_id, [])]
    carried = {
        next((each.number for each in reader.batches if each.after < seq <= each.until), 0)
        for seq in moved_at or [storage.accepted_seq(context.file, found.case_id)]
    }
    return "、".join(str(number) for number in sorted(carried - {0}))


def _remark(found: Case, numbers: Sequence[storage.PaidNumber]) -> str:
    notes = []
    if found.stage in {Stage.REFUSED, Stage.REFERRED, Stage.WITHDRAWN}:
        reason = "" if found.decision is None else found.decision.remark
        notes.append(f"{found.stage.label}{reason and '：' + reason}")
    for number in numbers:
        undoing = number.payment.undoing
        if undoing is not None:
            serial = number.payment.receipt_no.rsplit("-", 1)[-1]
            notes.append(f"{serial}{undoing.kind.label}（{undoing.undone_on:%Y-%m-%d}）")
    return "；".join(notes)


def _on_paper(line: LedgerLine) -> WorkLedgerLine:
    row = line.row
    shown = [payment for payment in row.payments if payment.moved.fen]
    relief_at = row.first_relief_at
    return WorkLedgerLine(
        case_no=row.case_no,
        accepted=f"{shanghai_time(row.accepted_at):%Y-%m-%d %H:%M}",
        source=row.source,
        name=row.name,
        sex=row.sex.label,
        ethnicity=row.ethnicity,
        born=_day(row.birth_on),
        document_kind=row.document_kind,
        document_number=line.details.number,
        hukou_place=row.hukou_place,
        permit=row.permit,
        emergency_place=row.emergency_place,
        cause=row.cause.label,
        summary=row.narrative,
        persons=str(row.persons_relieved),
        first_relief="否" if relief_at is None else f"是 {shanghai_time(relief_at):%Y-%m-%d %H:%M}",
        investigated=row.investigated,
        reviewed=row.reviewed,
        approved=f"{row.decided} {row.authority}".strip(),
        standard=row.standard,
        multiple=row.multiplier,
        granted=row.approved,
        method=row.method.label,
        paid=row.paid if row.payments else None,
        paid_on="、".join(_day(payment.paid_on) for payment in shown),
        receipt_nos="、".join(payment.receipt_no for payment in row.payments),
        collector="、".join(dict.fromkeys(payment.collector for payment in shown)),
        publicity=line.publicity,
        completed=_day(row.completed_on),
        recovered=row.recovered if row.recovered.fen else None,
        recovered_on="、".join(_day(day) for day in dict.fromkeys(row.recovered_on)),
        spot_check=line.spot_check,
        report=line.report,
        file_place=line.file_place,
        remark=row.remark,
    )


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%Y-%m-%d}"
