"""What the case panel suggests to an officer: who sits in a seat, which amount, which words.

Suggestions only fill boxes; the domain decides. Nothing suggested is recorded without a PIN.
"""

from collections.abc import Iterable, Mapping, Sequence

from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import Opinion, Stage
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import HARD_PAIRS, SOFT_PAIRS, Act, Operator, Seat

CASH_REASONS = (
    "急需现金解决当前食宿、交通",
    "外地人员，在本地无银行账户",
    "银行卡在事故中遗失或损毁",
    "夜间或节假日银行无法办理",
)
"""Reasons offered for paying cash, which the notice §2 allows only when necessary."""
_REVIEW_REMARK = "情况属实，同意救助"
_DECISION_REMARK = "同意"
_CUT_REMARK = "情况属实，申请超过最高限额，按限额救助"


def officers_for(
    seat: Seat, operators: Iterable[Operator], acts: Sequence[Act]
) -> tuple[Operator, ...]:
    """Active holders of `seat`: free of conflict on this case first, hard conflicts left out."""
    fitting: list[tuple[int, Operator]] = []
    for operator in operators:
        pairs = {
            frozenset({act.seat, seat}) for act in acts if act.operator_id == operator.operator_id
        }
        if operator.active and seat in operator.seats and not pairs & HARD_PAIRS:
            fitting.append((len(pairs & SOFT_PAIRS), operator))
    return tuple(operator for _, operator in sorted(fitting, key=lambda each: each[0]))


def suggested_amount(case: Case) -> Money:
    """What the next seat starts from: the review's amount, else what was asked, within the cap."""
    if case.review is not None and case.review.opinion is Opinion.AGREE:
        return case.review.amount
    cap = case.eligibility.cap
    asked = case.request.requested
    return min(asked, cap) if cap is not None else asked


def suggested_remark(case: Case) -> str:
    """Sober words for an agreeing opinion; empty where the reviewer disagreed.

    What is cut to the cap says so: a changed amount needs its reason in writing.
    """
    if case.stage is Stage.ACCEPTED:
        return _CUT_REMARK if suggested_amount(case) < case.request.requested else _REVIEW_REMARK
    disagreed = case.review is not None and case.review.opinion is Opinion.DISAGREE
    return "" if disagreed else _DECISION_REMARK


def amount_trail(case: Case, names: Mapping[str, str]) -> str:
    """`申请 2,000.00 → 审核 1,800.00（王审核 核减 200.00）`: every change carries a name."""
    last = case.request.requested
    trail = [f"申请 {last.figures}"]
    if case.review is not None and case.review.opinion is Opinion.AGREE:
        who = names.get(case.review.reviewer, "")
        trail.append(_step("审核", case.review.amount, last, who))
        last = case.review.amount
    if case.stage is Stage.APPROVED and case.decision is not None:
        who = names.get(case.decision.approver, "")
        trail.append(_step("审批", case.decision.amount, last, who))
    return " → ".join(trail)


def changed_amount(case: Case) -> bool:
    """Whether some seat set another amount than the one before it."""
    amounts = [case.request.requested]
    if case.review is not None and case.review.opinion is Opinion.AGREE:
        amounts.append(case.review.amount)
    if case.stage is Stage.APPROVED and case.decision is not None:
        amounts.append(case.decision.amount)
    return len(set(amounts)) > 1


def _step(seat: str, amount: Money, before: Money, who: str) -> str:
    if amount == before:
        return f"{seat} {amount.figures}"
    word = "核减" if amount < before else "核增"
    difference = Money(abs(amount.fen - before.fen)).figures
    return f"{seat} {amount.figures}（{who} {word} {difference}）"
