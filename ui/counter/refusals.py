"""Where on screen a refusal belongs: the box of the rule that said no, or none."""

from collections.abc import Mapping

from reliefdesk.errors import ReliefDeskError

_FIELDS: Mapping[str, str] = {
    "amount.empty": "amount",
    "archives.number_missing": "archive_no",
    "archives.number_taken": "archive_no",
    "amount.zero": "amount",
    "cases.amount": "amount",
    "cases.approval_time": "approved_at",
    "cases.investigators": "investigators",
    "decisions.below_paid": "amount",
    "decisions.day": "on",
    "decisions.district_needed": "district_document",
    "decisions.phone_approver": "means",
    "decisions.remark_needed": "remark",
    "payments.cash_approval": "cash_approver",
    "payments.cash_approval_future": "cash_approved_at",
    "payments.cash_approved_at": "cash_approved_at",
    "payments.cash_approver": "cash_approver",
    "payments.cash_means": "cash_means",
    "payments.cash_reason": "cash_reason",
    "payments.difference_reason": "difference_reason",
    "payments.guardian": "collects",
    "payments.over_granted": "amount",
    "payments.proxy_incomplete": "proxy_name",
    "payments.staff_proxy": "proxy_name",
    "payments.supervisor": "supervisor",
    "payments.witness": "witness",
    "persons.fault": "number",
    "persons.reason_missing": "reason",
    "receipts.file_place": "file_place",
    "receipts.reprint_reason": "reprint_reason",
    "receipts.second_person": "second",
    "receipts.void_reason": "reason",
}
_PINS = "keys.pin_"
_REASON = "cases.reason"


def field_of(error: ReliefDeskError, *, reason: str = "reason") -> str:
    """The name of the box, or an empty text; `reason` is the box of a written reason."""
    if error.code.startswith(_PINS):
        return "pin"
    if error.code == _REASON:
        return reason
    return _FIELDS.get(error.code, "")
