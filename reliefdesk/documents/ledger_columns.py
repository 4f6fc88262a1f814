"""The columns of the work ledger (RULES.md §3.7) and one line of it, every cell as it is read."""

from dataclasses import dataclass, fields

from reliefdesk.documents.page import Align
from reliefdesk.documents.table import Column
from reliefdesk.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLedgerLine:
    """One case in the ledger, every cell as it is read; '' is an empty cell.

    `granted`, `paid` and `recovered` are summed; `paid` is net of voids and reversals.
    """

    case_no: str
    accepted: str
    source: str = ""
    name: str
    sex: str = ""
    ethnicity: str = ""
    born: str = ""
    document_kind: str = ""
    document_number: str = ""
    hukou_place: str = ""
    permit: str = ""
    emergency_place: str = ""
    cause: str = ""
    summary: str = ""
    persons: str = ""
    first_relief: str = ""
    investigated: str = ""
    reviewed: str = ""
    approved: str = ""
    standard: str = ""
    multiple: str = ""
    granted: Money | None = None
    method: str = ""
    paid: Money | None = None
    paid_on: str = ""
    receipt_nos: str = ""
    collector: str = ""
    publicity: str = ""
    completed: str = ""
    spot_check: str = ""
    recovered: Money | None = None
    recovered_on: str = ""
    report: str = ""
    file_place: str = ""
    remark: str = ""


COLUMNS: dict[str, Column] = {
    "serial": Column("序号", 8.5, Align.CENTRE),
    "case_no": Column("案号", 18.5),
    "accepted": Column("受理时间", 14.8, Align.CENTRE),
    "source": Column("来源", 8),
    "name": Column("姓名", 15),
    "sex": Column("性别", 5.5, Align.CENTRE),
    "ethnicity": Column("民族", 7.5, Align.CENTRE),
    "born": Column("出生日期", 14.8, Align.CENTRE),
    "document_kind": Column("证件类型", 10),
    "document_number": Column("证件号", 19),
    "hukou_place": Column("户籍地", 15),
    "permit": Column("居住证情况", 9),
    "emergency_place": Column("急难发生地", 14),
    "cause": Column("困难类型", 9),
    "summary": Column("事由摘要", 24),
    "persons": Column("救助人数", 6, Align.CENTRE),
    "first_relief": Column("先行救助", 10),
    "investigated": Column("调查日期、人", 14.8),
    "reviewed": Column("审核日期、人", 14.8),
    "approved": Column("审批日期、人、权限", 14.8),
    "standard": Column("低保标准", 10, Align.RIGHT),
    "multiple": Column("倍数", 6, Align.CENTRE),
    "granted": Column("批准金额", 16, Align.RIGHT),
    "method": Column("发放方式", 7, Align.CENTRE),
    "paid": Column("发放金额", 16, Align.RIGHT),
    "paid_on": Column("发放日期", 14.8, Align.CENTRE),
    "receipt_nos": Column("领款单号", 18.5),
    "collector": Column("领款人、代领人", 13),
    "publicity": Column("公示", 9),
    "completed": Column("手续补齐日期", 14.8, Align.CENTRE),
    "spot_check": Column("抽查", 12),
    "recovered": Column("追回金额", 12, Align.RIGHT),
    "recovered_on": Column("追回日期", 14.8, Align.CENTRE),
    "report": Column("报送批次", 7),
    "file_place": Column("档案号", 9),
    "remark": Column("备注", 10),
}
_KEYS = tuple(field.name for field in fields(WorkLedgerLine))


def ledger_cells(serial: int, line: WorkLedgerLine) -> list[str]:
    """The cells of a line in the order of the columns."""
    cells = [str(serial)]
    for key in _KEYS:
        value = getattr(line, key)
        cells.append(value.figures if isinstance(value, Money) else value or "")
    return cells
