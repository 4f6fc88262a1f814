"""Print jobs of this PC: local, never in the journal; the PDF is kept until it left the desk."""

import json
from collections.abc import Sequence

from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.print_jobs import JobState, PrintJobRow
from reliefdesk.storage import canonical
from reliefdesk.storage.desk_file import DeskFile

TABLES = """
CREATE TABLE print_jobs(
  job_id TEXT PRIMARY KEY,
  receipt_no TEXT NOT NULL,
  nth INTEGER NOT NULL,
  form TEXT NOT NULL,
  state TEXT NOT NULL,
  queue_name TEXT NOT NULL,
  drawn_at TEXT NOT NULL,
  pdf BLOB,
  UNIQUE (receipt_no, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX print_jobs_open ON print_jobs(state) WHERE state IN ('drawn', 'handing');
"""


def put(file: DeskFile, job: PrintJobRow, pdf: bytes) -> None:
    """Keep a new job with its PDF."""
    file.execute(
        "INSERT INTO print_jobs VALUES (?,?,?,?,?,?,?,?)",
        (
            job.job_id,
            job.receipt_no,
            job.nth,
            job.form,
            job.state.value,
            job.queue_name,
            canonical.instant_text(job.drawn_at),
            pdf,
        ),
    )


def move(file: DeskFile, job_id: str, state: JobState, queue_name: str = "") -> None:
    """Say how far a job came; one that is over gives up its PDF."""
    is_open = state in (JobState.DRAWN, JobState.HANDING)
    file.execute(
        "UPDATE print_jobs SET state = ?, queue_name = ?, pdf = CASE WHEN ? THEN pdf END "
        "WHERE job_id = ?",
        (state.value, queue_name, is_open, job_id),
    )


def close(file: DeskFile, receipt_no: ReceiptNo) -> None:
    """Give up every open job of a receipt: a later print takes its place."""
    file.execute(
        "UPDATE print_jobs SET state = ?, pdf = NULL "
        "WHERE receipt_no = ? AND state IN ('drawn', 'handing')",
        (JobState.SETTLED.value, receipt_no),
    )


def last(file: DeskFile, receipt_no: ReceiptNo) -> PrintJobRow | None:
    """Give the job of the latest print of a receipt, or None."""
    row = file.row(
        "SELECT job_id, receipt_no, nth, form, state, queue_name, drawn_at FROM print_jobs "
        "WHERE receipt_no = ? ORDER BY nth DESC LIMIT 1",
        (receipt_no,),
    )
    if row is None:
        return None
    return PrintJobRow(
        job_id=row["job_id"],
        receipt_no=ReceiptNo(row["receipt_no"]),
        nth=row["nth"],
        form=row["form"],
        state=JobState(row["state"]),
        queue_name=row["queue_name"],
        drawn_at=canonical.read_instant(row["drawn_at"]),
    )


def latest_form(file: DeskFile, forms: Sequence[str]) -> str | None:
    """Give which of these forms was drawn last; ids grow with time."""
    found: str | None = file.value(
        "SELECT form FROM print_jobs WHERE form IN (SELECT value FROM json_each(?)) "
        "ORDER BY job_id DESC LIMIT 1",
        (json.dumps(forms),),
    )
    return found


def pdf(file: DeskFile, job_id: str) -> bytes:
    """Give the PDF of an open job; empty once it left the desk."""
    found: bytes | None = file.value("SELECT pdf FROM print_jobs WHERE job_id = ?", (job_id,))
    return found or b""


def open_numbers(file: DeskFile) -> frozenset[ReceiptNo]:
    """Give the receipts whose latest paper may not exist."""
    rows = file.rows("SELECT receipt_no FROM print_jobs WHERE state IN ('drawn', 'handing')")
    return frozenset(ReceiptNo(row["receipt_no"]) for row in rows)
