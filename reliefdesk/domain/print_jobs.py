"""Print jobs (打印任务): one paper on its way to a printer, so that no original comes out twice.

A job has its id before its PDF leaves the desk; what became of it is local, never a fact of record.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class JobState(Term):
    """How far a job came. HANDING was begun and never confirmed: the paper may have come out."""

    DRAWN = "drawn", "未交打印机"
    HANDING = "handing", "不知是否打出"
    HANDED = "handed", "已交打印机"
    SAVED = "saved", "已存为文件"
    SETTLED = "settled", "已核对"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJobRow:
    """The job of one print of a receipt: `nth` 0 is the unmarked original; `drawn_at` is UTC."""

    job_id: str
    receipt_no: ReceiptNo
    nth: int
    form: str
    state: JobState
    queue_name: str
    drawn_at: datetime


class VoucherGoneError(UserError):
    """This print of a numbered paper already left the desk. Facts: receipt_no."""

    code: ClassVar[str] = "printing.gone"


class JobUnclearError(UserError):
    """Whether the last print came out was not answered yet. Facts: receipt_no."""

    code: ClassVar[str] = "printing.unclear"
