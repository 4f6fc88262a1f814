"""What a new desk still lacks: the wizard shows these steps and finds them again after a break."""

from reliefdesk.domain.operators import Seat
from reliefdesk.domain.policies import AreaClass
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.terms import Term
from reliefdesk.services import operators, policies
from reliefdesk.services.recording import Context
from reliefdesk.storage import cash as stored_cash


class SetupStep(Term):
    """The steps after office, kind and first account, in their order."""

    OPERATORS = "operators", "操作人员与岗位"
    POLICIES = "policies", "政策依据与参数"
    FLOAT = "float", "备用金"
    RECOVERY = "recovery", "恢复凭单"


_NEEDED_SEATS = (Seat.REGISTRAR, Seat.REVIEWER, Seat.APPROVER, Seat.CASHIER)
_NEEDED_AT_DISTRICT = (Seat.APPROVER,)


def remaining_steps(context: Context, *, recovery_confirmed: bool) -> tuple[SetupStep, ...]:
    """Give the steps that are not done, in order; empty when the desk is ready to work."""
    missing: list[SetupStep] = []
    if missing_seats(context):
        missing.append(SetupStep.OPERATORS)
    if not _has_standard(context):
        missing.append(SetupStep.POLICIES)
    if not context.desk.kind.is_district and stored_cash.first_day(context.file) is None:
        missing.append(SetupStep.FLOAT)
    if not recovery_confirmed:
        missing.append(SetupStep.RECOVERY)
    return tuple(missing)


def missing_seats(context: Context) -> tuple[Seat, ...]:
    """Give the seats that nobody holds yet and without which the desk cannot do its work."""
    district = context.desk.kind.is_district
    needed = _NEEDED_AT_DISTRICT if district else _NEEDED_SEATS
    return tuple(seat for seat in needed if not operators.with_seat(context, seat))


def _has_standard(context: Context) -> bool:
    rows = policies.in_force(context)
    return any(
        rows.find(PolicyKey.STANDARD, on=context.today, office=context.desk.office.code, area=area)
        for area in (AreaClass.URBAN, AreaClass.RURAL)
    )
