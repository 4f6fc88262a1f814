"""Everything the case panel shows, read in one call on the desk's thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.archives import FiledCase
from reliefdesk.domain.budgets import BudgetState, FundSource
from reliefdesk.domain.case_records import Case, CaseStep
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.eligibility import Eligibility
from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.domain.ids import CaseId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.domain.payments import Payment
from reliefdesk.domain.persons import Person
from reliefdesk.domain.policies import money_of
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.receipts import Receipt, ReceiptState
from reliefdesk.services import (
    archives,
    budgets,
    cases,
    cash,
    operators,
    papers,
    payments,
    persons,
    policies,
    receipts,
)
from reliefdesk.services.recording import Context
from ui.counter.drafts import load_draft, step_slot
from ui.counter.suggestions import suggested_amount

_JUDGED = (Stage.ACCEPTED, Stage.REVIEWED, Stage.APPROVED)
_DONE = (ReceiptState.VOID, ReceiptState.REVERSED, ReceiptState.FILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case with its person, steps, payments and numbers, and the drawer behind it.

    `held` is what each cashier's drawer holds, `budgets` what each source has left this year.
    `names` maps operators to names; `two_seats` says that the review may be skipped. `judged` is
    what the rules say of `amount`, the one the next seat starts from or the one decided, as of the
    day whose standard counts; None where a case ended without relief. `draft` is what the operator
    typed for the case and did not confirm. `forms` are the papers it may need now. `filed` says
    where the file was put away; `is_unknown` that nobody knows yet who the person is.
    """

    case: Case
    person: Person
    steps: tuple[CaseStep, ...]
    payments: tuple[Payment, ...]
    receipts: tuple[Receipt, ...]
    staff: tuple[Operator, ...]
    names: Mapping[str, str]
    operator_id: OperatorId
    balance: Money
    held: Mapping[OperatorId, Money]
    budgets: Mapping[FundSource, BudgetState]
    cash_limit: Money
    two_seats: bool
    is_district: bool
    amount: Money
    judged: Eligibility | None
    draft: str
    forms: tuple[CaseForm, ...]
    filed: FiledCase | None
    is_unknown: bool

    @property
    def next_seat(self) -> Seat | None:
        """Whose turn it is: reviewer, approver, cashier, or nobody's."""
        if self.case.rest.fen > 0:
            return Seat.CASHIER
        if self.case.stage is Stage.ACCEPTED:
            return Seat.APPROVER if self.two_seats else Seat.REVIEWER
        return Seat.APPROVER if self.case.stage is Stage.REVIEWED else None

    @property
    def receipt(self) -> Receipt | None:
        """The number still on its way to the archive, else the last one."""
        waiting = [each for each in self.receipts if each.state not in _DONE]
        return waiting[-1] if waiting else (self.receipts[-1] if self.receipts else None)

    def payment_of(self, receipt: Receipt) -> Payment:
        """The payment behind a number of this case."""
        return next(each for each in self.payments if each.receipt_no == receipt.receipt_no)


def gather_case(context: Context, case_id: CaseId) -> CaseView:
    """Read a case and all around it; raises CaseUnknownError."""
    case = cases.case(context, case_id)
    rows = policies.in_force(context)
    seats = rows.get(PolicyKey.DECISION_SEATS, on=context.today, office=context.desk.office.code)
    return CaseView(
        case=case,
        person=persons.person(context, case.person_id),
        steps=cases.steps(context, case_id),
        payments=payments.of_case(context, case_id),
        receipts=receipts.of_case(context, case_id),
        staff=operators.operators(context),
        names=operators.names(context),
        operator_id=context.operator_id,
        balance=cash.balance(context),
        held=cash.holders(context),
        budgets={source: budgets.state(context, source) for source in FundSource},
        cash_limit=money_of(payments.cash_limit(context)),
        two_seats=seats.value == "two",
        is_district=context.desk.kind.is_district,
        amount=amount_of(case),
        judged=judged(context, case, amount_of(case)) if case.stage in _JUDGED else None,
        draft=load_draft(context, step_slot(case_id)),
        forms=papers.available(context, case_id),
        filed=archives.filed(context, case_id),
        is_unknown=archives.is_unknown(context, case),
    )


def amount_of(case: Case) -> Money:
    """What was decided, else what the next seat starts from."""
    decision = case.decision if case.stage is Stage.APPROVED else None
    return suggested_amount(case) if decision is None else decision.amount


def judged(context: Context, case: Case, amount: Money) -> Eligibility:
    """What the rules say if `amount` were decided, or said when it was. Writes nothing."""
    asked = replace(case, request=replace(case.request, requested=amount))
    day = cases.policy_day(context, case)
    if case.decision is not None:
        day = min(day, shanghai_day(case.decision.at))
    return cases.reassess(context, case, on=day, asked=asked)
