"""What a decision may say: which findings bind the office, and which only the district can lift.

Sources: notice 乌民发〔2021〕17号 §2 (cap, once a year) and §8 (delegation); RULES.md §2.3, §2.5.
"""

from datetime import datetime

from reliefdesk.domain.case_records import ApprovalOrder, Case, FirstReliefOrder
from reliefdesk.domain.cases import (
    ApprovalTimeError,
    CaseChangedError,
    EligibilityRecord,
    Finding,
    Opinion,
    Stage,
)
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Operator, RelativeError
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.errors import UserError

_DISTRICT_MAY_LIFT = frozenset(
    {
        "eligibility.frequency_paid",
        "eligibility.frequency_promised",
        "eligibility.helped_elsewhere",
        "eligibility.local_hukou",
        "eligibility.permit_valid",
        "eligibility.no_delegation",
        "eligibility.over_delegation",
        "eligibility.not_citizen",
    }
)
_NEVER = "eligibility.standard_missing"
_OVER_CAP = "eligibility.over_cap"


class NotAllowedError(UserError):
    """The rules say no and nobody at this office can lift it; refuse or refer. Facts: rule."""

    code = "decisions.not_allowed"


class DistrictNeededError(UserError):
    """Only the district can allow this; its document number is needed. Facts: rule."""

    code = "decisions.district_needed"


class RemarkNeededError(UserError):
    """A point needs a person's judgement, so the approver writes down why. Facts: rule."""

    code = "decisions.remark_needed"


class BelowPaidError(UserError):
    """First relief of more than this amount was paid already. Facts: amount, paid."""

    code = "decisions.below_paid"


class OnlyReviewerError(UserError):
    """Only who reviewed may take the review back (谁审核谁取消). Facts: name."""

    code = "decisions.only_reviewer"


class PaidAlreadyError(UserError):
    """Cash was paid for this case; it can no longer be withdrawn. Facts: paid."""

    code = "decisions.paid_already"


class PhoneApproverError(UserError):
    """An approval in person needs the approver's own PIN; one by phone needs somebody else's."""

    code = "decisions.phone_approver"


class DayError(UserError):
    """The day lies in the future or before the case began. Facts: on."""

    code = "decisions.day"


def require_version(case: Case, seen_version: int) -> None:
    """Refuse an order given by a window that saw an older state (CaseChangedError)."""
    if case.version != seen_version:
        raise CaseChangedError(case_no=case.case_no, stage=case.stage.label)


def require_no_relative(operator: Operator, case: Case) -> None:
    """Refuse an officer who is registered as the recipient's near relative (RULES.md §2.7)."""
    if case.request.staff_relative == operator.operator_id:
        raise RelativeError(name=operator.name)


def stages_to_decide(decision_seats: str) -> tuple[Stage, ...]:
    """Give where a decision may start: three seats need a review, two may skip it."""
    if decision_seats == "two":
        return (Stage.ACCEPTED, Stage.REVIEWED)
    return (Stage.REVIEWED,)


def require_approvable(case: Case, record: EligibilityRecord, order: ApprovalOrder) -> None:
    """Refuse an approval that the findings of the day do not carry.

    A standard must be entered. The cap is firm once the city has said what it counts for; while
    `cap_unit` is unset the district may lift it (§2.5). Frequency, route and delegation need a
    district document; every other open point needs the approver's remark, as does a decision
    against the review.
    """
    order.amount.require_positive()
    if order.amount < case.paid:
        raise BelowPaidError(amount=order.amount, paid=case.paid)
    liftable = set(_DISTRICT_MAY_LIFT)
    if not any(use.key is PolicyKey.CAP_UNIT for use in record.uses):
        liftable.add(_OVER_CAP)
    open_codes = [reason.code for reason in record.reasons if reason.is_open]
    for reason in record.reasons:
        barred = reason.code == _NEVER or reason.finding is Finding.FAILS
        if barred and reason.code not in liftable:
            raise NotAllowedError(rule=reason.code)
        if reason.code in liftable and not order.district_document.strip():
            raise DistrictNeededError(rule=reason.code)
    judged = [code for code in open_codes if code not in liftable]
    against = case.review is not None and case.review.opinion is Opinion.DISAGREE
    if (judged or against) and not order.remark.strip():
        raise RemarkNeededError(rule=judged[0] if judged else "decisions.against_review")


def require_first_relief(case: Case, order: FirstReliefOrder, *, now: datetime) -> Money:
    """Check time and amount of an approval to pay before the decision; give the amount."""
    if not case.accepted_at <= order.approved_at <= now:
        raise ApprovalTimeError(at=order.approved_at)
    return order.amount.require_positive()
