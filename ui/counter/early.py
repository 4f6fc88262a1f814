"""What can be said before the form is complete: the year meter, and reasons that already stand.

Empty boxes are taken at their most harmless; no finding is given from them, only reasons that do
not rest on what is still missing.
"""

from dataclasses import dataclass, replace

from reliefdesk.domain.cases import Cause, PermitState, Reason
from reliefdesk.domain.eligibility import YearMeter
from reliefdesk.domain.ids import PersonId
from reliefdesk.domain.intake import CaseDraft
from reliefdesk.domain.money import ZERO, Money
from reliefdesk.services import cases
from reliefdesk.services.cases import CounterCheck
from reliefdesk.services.recording import Context

_STANDS_ALREADY = frozenset(
    {
        "eligibility.frequency_paid",
        "eligibility.frequency_promised",
        "eligibility.helped_elsewhere",
        "eligibility.list_clear",
        "eligibility.list_missing",
        "eligibility.list_old",
        "eligibility.list_expired",
        "eligibility.local_hukou",
        "eligibility.homeless",
        "eligibility.needs_care",
        "eligibility.not_citizen",
        "eligibility.no_document",
        "eligibility.staff_relative",
        "eligibility.standard_missing",
    }
)
_OF_PERMIT = frozenset({"eligibility.permit_valid", "eligibility.permit_lapsed"})
_ONE_FEN = Money(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A check with the meter that can be shown now, and the reasons that stand already."""

    check: CounterCheck
    meter: YearMeter | None
    early: tuple[Reason, ...]


def outcome_of(context: Context, draft: CaseDraft, person_id: PersonId | None) -> Outcome:
    """Check a form, complete or not. Writes nothing."""
    check = cases.check(context, draft, person_id)
    if check.eligibility is not None:
        return Outcome(check=check, meter=check.eligibility.meter, early=())
    if check.person.details is None:
        return Outcome(check=check, meter=None, early=())
    supposed = cases.check(context, _supposed(draft, context), person_id).eligibility
    if supposed is None:
        return Outcome(check=check, meter=None, early=())
    reasons = tuple(
        reason
        for reason in supposed.record.reasons
        if reason.code in _STANDS_ALREADY
        or (draft.permit is not None and reason.code in _OF_PERMIT)
    )
    return Outcome(check=check, meter=supposed.meter, early=reasons)


def _supposed(draft: CaseDraft, context: Context) -> CaseDraft:
    asked = draft.requested
    return replace(
        draft,
        cause=draft.cause or Cause.OTHER,
        place=draft.place.strip() or "—",
        happened_at=context.now,
        narrative="—",
        urgent=True,
        permit=draft.permit or PermitState.NEVER,
        arrived_on=None,
        requested=asked if asked is not None and asked > ZERO else _ONE_FEN,
    )
