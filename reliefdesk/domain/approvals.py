"""Who allowed cash above the limit: three facts kept apart, namely who, how, and when.

Source: 现金管理暂行条例 Art 5–6; the limit itself is a policy row.
"""

from dataclasses import dataclass
from datetime import datetime

from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class CashMeans(Term):
    """How somebody allowed cash above the limit."""

    PHONE = "phone", "电话同意"
    WRITING = "writing", "书面批准"
    MEETING = "meeting", "会议决定"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashApproval:
    """Name or post of who allowed it, how, and at which instant (UTC).

    `document` is the number of the paper or of the minutes, where there is one.
    """

    approver: str
    means: CashMeans
    at: datetime
    document: str = ""


class CashApprovalError(UserError):
    """Cash above the limit needs a recorded approval. Facts: amount, limit."""

    code = "payments.cash_approval"


class ApproverMissingError(UserError):
    """An approval says how or when, and not by whom."""

    code = "payments.cash_approver"


class ApprovalMeansError(UserError):
    """An approval says by whom, and not how."""

    code = "payments.cash_means"


class ApprovalInstantError(UserError):
    """An approval says by whom, and not when (day and time)."""

    code = "payments.cash_approved_at"


class ApprovalFutureError(UserError):
    """What somebody will say later is no approval yet. Facts: at."""

    code = "payments.cash_approval_future"


def approval_from(
    approver: str, means: CashMeans | None, at: datetime | None, *, document: str = ""
) -> CashApproval | None:
    """Read an approval from its boxes: None where nobody is named, a refusal where a part lacks."""
    who, paper = approver.strip(), document.strip()
    if not who:
        if paper:
            raise ApproverMissingError
        return None
    if means is None:
        raise ApprovalMeansError
    if at is None:
        raise ApprovalInstantError
    return CashApproval(approver=who, means=means, at=at, document=paper)


def require_approval(
    approval: CashApproval | None, *, amount: Money, limit: Money, now: datetime
) -> None:
    """Refuse cash above `limit` that nobody allowed, and an approval that lies in the future."""
    if approval is None:
        if amount > limit:
            raise CashApprovalError(amount=amount, limit=limit)
        return
    if not approval.approver.strip():
        raise ApproverMissingError
    if approval.at > now:
        raise ApprovalFutureError(at=approval.at)
