"""What each event of a case changes in the tables of `cases`."""

from typing import Any

from reliefdesk.domain import cases as domain
from reliefdesk.domain.case_records import Decision, Review
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat
from reliefdesk.storage import canonical, cases
from reliefdesk.storage.apply import Apply
from reliefdesk.storage.cases import Step, note_step
from reliefdesk.storage.desk_file import DeskFile

TABLES = cases.TABLES


def _accepted(file: DeskFile, entry: Entry, event: domain.CaseAccepted) -> None:
    file.execute(
        "INSERT INTO cases(case_id, case_no, person_id, stage, cause, registrar, accepted_at, "
        "accepted_on, request, eligibility, version, origin) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            event.case_id,
            event.case_no,
            event.person_id,
            Stage.ACCEPTED.value,
            event.request.emergency.cause.value,
            event.registrar,
            canonical.instant_text(event.accepted_at),
            entry.header.on.isoformat(),
            canonical.encode(event.request),
            canonical.encode(event.eligibility),
            entry.seq,
            entry.origin,
        ),
    )
    file.execute_many(
        "INSERT INTO case_members VALUES (?,?,?)",
        [
            (event.case_id, place, member.same_key)
            for place, member in enumerate(event.request.members, start=1)
        ],
    )
    step = Step(
        act="受理",
        operator_id=event.registrar,
        seat=Seat.REGISTRAR,
        amount=event.request.requested,
    )
    note_step(file, entry, event.case_id, step)


def _investigated(file: DeskFile, entry: Entry, event: domain.InvestigationRecorded) -> None:
    remark = f"{event.method}：{event.result}（{'、'.join(event.investigators)}）"
    step = Step(act="调查核实", operator_id=entry.header.operator_id, remark=remark)
    note_step(file, entry, event.case_id, step)


def _reviewed(file: DeskFile, entry: Entry, event: domain.CaseReviewed) -> None:
    review = Review(
        reviewer=event.reviewer,
        opinion=event.opinion,
        amount=event.amount,
        remark=event.remark,
        at=entry.header.at,
    )
    file.execute(
        "UPDATE cases SET stage = ?, review = ? WHERE case_id = ?",
        (Stage.REVIEWED.value, canonical.encode(review), event.case_id),
    )
    step = Step(
        act=f"审核（{event.opinion.label}）",
        operator_id=event.reviewer,
        seat=Seat.REVIEWER,
        amount=event.amount,
        remark=event.remark,
    )
    note_step(file, entry, event.case_id, step)


def _unreviewed(file: DeskFile, entry: Entry, event: domain.ReviewWithdrawn) -> None:
    file.execute(
        "UPDATE cases SET stage = ?, review = NULL WHERE case_id = ?",
        (Stage.ACCEPTED.value, event.case_id),
    )
    step = Step(act="取消审核", operator_id=event.reviewer, remark=event.reason)
    note_step(file, entry, event.case_id, step)


def _decide(file: DeskFile, entry: Entry, *, case_id: CaseId, stage: Stage, end: Decision) -> None:
    file.execute(
        "UPDATE cases SET stage = ?, decision = ?, decided_on = ? WHERE case_id = ?",
        (stage.value, canonical.encode(end), entry.header.on.isoformat(), case_id),
    )
    step = Step(
        act=stage.label,
        operator_id=end.approver,
        seat=Seat.APPROVER,
        amount=end.amount if stage is Stage.APPROVED else None,
        remark=end.remark,
    )
    note_step(file, entry, case_id, step)


def _approved(file: DeskFile, entry: Entry, event: domain.ReliefApproved) -> None:
    decision = Decision(
        approver=event.approver,
        amount=event.amount,
        remark=event.remark,
        district_document=event.district_document,
        receiver="",
        at=entry.header.at,
    )
    file.execute(
        "UPDATE cases SET eligibility = ? WHERE case_id = ?",
        (canonical.encode(event.eligibility), event.case_id),
    )
    _decide(file, entry, case_id=event.case_id, stage=Stage.APPROVED, end=decision)


def _turned_down(file: DeskFile, entry: Entry, event: Any) -> None:  # noqa: ANN401 - two events
    referred = isinstance(event, domain.CaseReferred)
    decision = Decision(
        approver=event.approver,
        amount=Money(0),
        remark=event.reason,
        district_document="",
        receiver=f"{event.to.label} {event.receiver}".strip() if referred else "",
        at=entry.header.at,
    )
    stage = Stage.REFERRED if referred else Stage.REFUSED
    _decide(file, entry, case_id=event.case_id, stage=stage, end=decision)


def _withdrawn(file: DeskFile, entry: Entry, event: domain.CaseWithdrawn) -> None:
    file.execute(
        "UPDATE cases SET stage = ? WHERE case_id = ?", (Stage.WITHDRAWN.value, event.case_id)
    )
    step = Step(act="撤回", operator_id=entry.header.operator_id, remark=event.reason)
    note_step(file, entry, event.case_id, step)


def _first_relief(file: DeskFile, entry: Entry, event: domain.FirstReliefApproved) -> None:
    file.execute(
        "UPDATE cases SET first_relief = ? WHERE case_id = ?",
        (canonical.encode(event), event.case_id),
    )
    step = Step(
        act=f"先行救助批准（{event.means.label}）",
        operator_id=event.approver,
        seat=Seat.APPROVER,
        amount=event.amount,
        remark=event.remark,
    )
    note_step(file, entry, event.case_id, step)


def _ended(file: DeskFile, entry: Entry, event: domain.EmergencyEnded) -> None:
    file.execute(
        "UPDATE cases SET ended_on = ?, due_on = ? WHERE case_id = ?",
        (event.ended_on.isoformat(), event.due_on.isoformat(), event.case_id),
    )
    remark = f"缓解日 {event.ended_on}，补齐期限 {event.due_on}"
    step = Step(act="急难缓解", operator_id=entry.header.operator_id, remark=remark)
    note_step(file, entry, event.case_id, step)


def _completed(file: DeskFile, entry: Entry, event: domain.PapersCompleted) -> None:
    file.execute(
        "UPDATE cases SET completed_on = ? WHERE case_id = ?",
        (event.completed_on.isoformat(), event.case_id),
    )
    step = Step(act="手续补齐", operator_id=entry.header.operator_id, remark=event.remark)
    note_step(file, entry, event.case_id, step)


APPLY: dict[type, Apply] = {
    domain.CaseAccepted: _accepted,
    domain.InvestigationRecorded: _investigated,
    domain.CaseReviewed: _reviewed,
    domain.ReviewWithdrawn: _unreviewed,
    domain.ReliefApproved: _approved,
    domain.ReliefRefused: _turned_down,
    domain.CaseReferred: _turned_down,
    domain.CaseWithdrawn: _withdrawn,
    domain.FirstReliefApproved: _first_relief,
    domain.EmergencyEnded: _ended,
    domain.PapersCompleted: _completed,
}
