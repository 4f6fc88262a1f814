"""The boxes of an approval of cash above the limit, where a task pays one or many."""

from datetime import datetime

from reliefdesk.domain.approvals import CashApproval, CashMeans, approval_from
from ui.widgets.order_form import Box, Kind, Values, terms


def approval_boxes(
    begin: CashApproval | None = None, *, now: datetime | None = None
) -> tuple[Box, ...]:
    """Who, how and when; filled from the payment before where one was allowed, else with `now`."""
    means = CashMeans.PHONE if begin is None else begin.means
    return (
        Box(
            name="cash_approver",
            label="大额现金批准人",
            needed=False,
            begin="" if begin is None else begin.approver,
        ),
        Box(
            name="cash_means",
            label="批准方式",
            kind=Kind.CHOICE,
            options=terms(CashMeans),
            begin=means,
        ),
        Box(
            name="cash_approved_at",
            label="批准时间",
            kind=Kind.INSTANT,
            needed=False,
            begin=now if begin is None else begin.at,
        ),
        Box(
            name="cash_document",
            label="批准文号",
            needed=False,
            begin="" if begin is None else begin.document,
        ),
    )


def approval_of(values: Values) -> CashApproval | None:
    """What the boxes say; raises the refusal that names the part that lacks."""
    return approval_from(
        values["cash_approver"],
        values["cash_means"],
        values["cash_approved_at"],
        document=values["cash_document"],
    )
