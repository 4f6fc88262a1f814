"""Case files put away, and persons whom nobody could identify, as append-only tables."""

from datetime import date

from reliefdesk.domain import archives as domain
from reliefdesk.domain.archives import FiledCase
from reliefdesk.domain.events import Entry
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.operators import Seat
from reliefdesk.storage.apply import Apply
from reliefdesk.storage.cases import Step, note_step
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE filed_cases(
  case_id TEXT PRIMARY KEY REFERENCES cases(case_id),
  archive_no TEXT NOT NULL,
  filed_by TEXT NOT NULL,
  filed_on TEXT NOT NULL,
  remark TEXT NOT NULL,
  origin TEXT NOT NULL,
  UNIQUE (origin, archive_no)
) STRICT;
CREATE TABLE unknown_persons(
  case_id TEXT PRIMARY KEY REFERENCES cases(case_id),
  person_id TEXT NOT NULL,
  approver TEXT NOT NULL,
  reason TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
{append_only("filed_cases")}
{append_only("unknown_persons")}
"""


def filed(file: DeskFile, case_id: CaseId) -> FiledCase | None:
    """Give where a case file lies, None while it is open."""
    row = file.row("SELECT * FROM filed_cases WHERE case_id = ?", (case_id,))
    if row is None:
        return None
    return FiledCase(
        case_id=case_id,
        archive_no=row["archive_no"],
        filed_on=date.fromisoformat(row["filed_on"]),
    )


def holder_of(file: DeskFile, archive_no: str) -> str:
    """Give the number of this desk's case that lies under an archive number, '' for none."""
    found: str | None = file.value(
        "SELECT c.case_no FROM filed_cases f JOIN cases c USING (case_id) "
        "WHERE f.origin = '' AND f.archive_no = ?",
        (archive_no,),
    )
    return found or ""


def is_given_up(file: DeskFile, case_id: CaseId) -> bool:
    """Whether it was decided that the person of a case cannot be identified."""
    return file.row("SELECT 1 FROM unknown_persons WHERE case_id = ?", (case_id,)) is not None


def _filed(file: DeskFile, entry: Entry, event: domain.CaseFiled) -> None:
    file.execute(
        "INSERT INTO filed_cases VALUES (?,?,?,?,?,?)",
        (
            event.case_id,
            event.archive_no,
            event.filed_by,
            event.filed_on.isoformat(),
            event.remark,
            entry.origin,
        ),
    )
    remark = f"{event.archive_no} {event.remark}".strip()
    note_step(
        file,
        entry,
        event.case_id,
        Step(act="案卷归档", operator_id=event.filed_by, remark=remark),
    )


def _given_up(file: DeskFile, entry: Entry, event: domain.IdentityGivenUp) -> None:
    file.execute(
        "INSERT INTO unknown_persons VALUES (?,?,?,?,?)",
        (event.case_id, event.person_id, event.approver, event.reason, entry.origin),
    )
    step = Step(
        act="身份无法查清",
        operator_id=event.approver,
        seat=Seat.APPROVER,
        remark=event.reason,
    )
    note_step(file, entry, event.case_id, step)


APPLY: dict[type, Apply] = {
    domain.CaseFiled: _filed,
    domain.IdentityGivenUp: _given_up,
}
