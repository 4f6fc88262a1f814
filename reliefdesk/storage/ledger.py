"""What the work ledger reads: the cases of some days with their numbers and investigations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.ledger import LedgerFilter
from reliefdesk.domain.names import search_form
from reliefdesk.domain.payments import Payment
from reliefdesk.domain.receipts import ReceiptState
from reliefdesk.domain.recoveries import Repayment
from reliefdesk.domain.transfers import Transfer
from reliefdesk.storage import canonical, payments, recoveries, transfers
from reliefdesk.storage.cases import SELECT_CASES, case_of
from reliefdesk.storage.desk_file import DeskFile

# ?1 and ?2 first and last day, ?3 cause, ?4 stage, ?5 text as names are searched, ?6 as typed.
_WANTED = """
WHERE (c.accepted_on BETWEEN ?1 AND ?2 OR c.case_id IN (
    SELECT case_id FROM cash_entries WHERE entered_on BETWEEN ?1 AND ?2
    UNION SELECT case_id FROM repayments WHERE received_on BETWEEN ?1 AND ?2
    UNION SELECT case_id FROM transfers WHERE paid_on BETWEEN ?1 AND ?2
    UNION SELECT t.case_id FROM transfer_returns r JOIN transfers t USING (payment_id)
      WHERE r.returned_on BETWEEN ?1 AND ?2))
  AND (?3 IS NULL OR c.cause = ?3) AND (?4 IS NULL OR c.stage = ?4)
  AND (?6 = '' OR (?5 <> '' AND instr(p.search_name, ?5)) OR instr(p.number, ?6)
    OR instr(c.case_no, ?6) OR EXISTS (SELECT 1 FROM payments y
      WHERE y.case_id = c.case_id AND instr(y.receipt_no, ?6))
    OR EXISTS (SELECT 1 FROM transfers t
      WHERE t.case_id = c.case_id AND instr(json_extract(t.details, '$.voucher'), ?6)))
ORDER BY c.case_no
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidNumber:
    """A payment that touches the days asked for, with the state and place of its receipt."""

    payment: Payment
    state: ReceiptState
    file_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A bundle that left for the district: its number, and the journal entries it carried."""

    number: int
    after: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """The day an investigation was recorded and what it said."""

    on: date
    remark: str


def cases_wanted(file: DeskFile, wanted: LedgerFilter) -> Iterator[Case]:
    """Give the cases accepted, paid or corrected on the days asked for, by number."""
    text = wanted.text.strip().upper()
    parameters = (
        wanted.since.isoformat(),
        wanted.until.isoformat(),
        None if wanted.cause is None else wanted.cause.value,
        None if wanted.stage is None else wanted.stage.value,
        search_form(text),
        text,
    )
    for row in file.rows(SELECT_CASES + _WANTED, parameters):
        yield case_of(file, row)


def numbers_of(file: DeskFile, since: date, until: date) -> dict[CaseId, list[PaidNumber]]:
    """Map cases to the payments made or taken back on these days, in order."""
    found: dict[CaseId, list[PaidNumber]] = {}
    rows = file.rows(
        "SELECT receipt_no, state, file_place FROM receipts WHERE receipt_no IN "
        "(SELECT receipt_no FROM cash_entries WHERE entered_on BETWEEN ? AND ?)",
        (since.isoformat(), until.isoformat()),
    )
    receipts = {row["receipt_no"]: row for row in rows}
    for payment in payments.touching(file, since, until):
        receipt = receipts[payment.receipt_no]
        number = PaidNumber(
            payment=payment,
            state=ReceiptState(receipt["state"]),
            file_place=receipt["file_place"],
        )
        found.setdefault(payment.details.case_id, []).append(number)
    return found


def repaid_of(file: DeskFile, since: date, until: date) -> dict[CaseId, list[Repayment]]:
    """Map cases to what came back or was taken out on these days, in order."""
    found: dict[CaseId, list[Repayment]] = {}
    for repayment in recoveries.touching(file, since, until):
        found.setdefault(repayment.details.case_id, []).append(repayment)
    return found


def transfers_of(file: DeskFile, since: date, until: date) -> dict[CaseId, list[Transfer]]:
    """Map cases to the relief by bank or in kind that was given or came back on these days."""
    found: dict[CaseId, list[Transfer]] = {}
    for transfer in transfers.touching(file, since, until):
        found.setdefault(transfer.details.case_id, []).append(transfer)
    return found


def investigation(file: DeskFile, case_id: CaseId) -> Investigation | None:
    """Give the last recorded investigation of a case."""
    row = file.row(
        "SELECT at, remark FROM case_steps WHERE case_id = ? AND act = '调查核实' "
        "ORDER BY seq DESC LIMIT 1",
        (case_id,),
    )
    if row is None:
        return None
    on = shanghai_day(canonical.read_instant(row["at"]))
    return Investigation(on=on, remark=row["remark"])


def archive_nos(file: DeskFile) -> dict[CaseId, str]:
    """Map the cases whose files are put away to the number they lie under."""
    rows = file.rows("SELECT case_id, archive_no FROM filed_cases")
    return {CaseId(row["case_id"]): row["archive_no"] for row in rows}


def batches(file: DeskFile) -> tuple[Batch, ...]:
    """Give the bundles that left and were not refused, in order."""
    rows = file.rows(
        "SELECT number, before_seq, head_seq FROM bundles_out "
        "WHERE written_at IS NOT NULL AND refused = '' ORDER BY number"
    )
    return tuple(
        Batch(number=row["number"], after=row["before_seq"], until=row["head_seq"]) for row in rows
    )


def accepted_seq(file: DeskFile, case_id: CaseId) -> int:
    """Give the journal number of a case's first step."""
    found: int = file.value("SELECT min(seq) FROM case_steps WHERE case_id = ?", (case_id,))
    return found
