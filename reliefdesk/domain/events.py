"""Every event the journal knows, and what an entry of the journal carries around it.

An event's name is its class name with its `version`; an entry adds who, when and the chain.
"""

from dataclasses import dataclass
from datetime import date, datetime

from reliefdesk.domain import (
    archives,
    budgets,
    cases,
    cash,
    check_records,
    closings,
    counts,
    desks,
    duplicates,
    form_settings,
    handovers,
    imports,
    mergers,
    messages,
    operators,
    pads,
    partners,
    payments,
    persons,
    policies,
    receipts,
    recoveries,
    reimbursements,
    requests,
    rosters,
    statistics,
    streams,
    tokens,
    transfers,
)
from reliefdesk.domain.ids import EventId, OperatorId

EVENT_TYPES: tuple[type, ...] = (
    desks.DeskCreated,
    desks.ClockWentBack,
    operators.OperatorAdded,
    operators.OperatorSeatsChanged,
    operators.OperatorLeft,
    operators.ExemptionRecorded,
    policies.PolicyRowEntered,
    policies.CalendarLoaded,
    form_settings.FormSettingEntered,
    persons.PersonRegistered,
    persons.PersonCorrected,
    persons.PersonsJudged,
    persons.DetailRevealed,
    cases.CaseAccepted,
    cases.InvestigationRecorded,
    cases.CaseReviewed,
    cases.ReviewWithdrawn,
    cases.ReliefApproved,
    cases.ReliefRefused,
    cases.CaseReferred,
    cases.CaseWithdrawn,
    cases.FirstReliefApproved,
    cases.EmergencyEnded,
    cases.PapersCompleted,
    payments.CashPaid,
    payments.PaymentReversed,
    receipts.ReceiptPrinted,
    receipts.ReceiptSigned,
    receipts.OriginalFiled,
    receipts.ReceiptVoided,
    cash.FloatReceived,
    cash.FloatReturned,
    counts.CashCounted,
    counts.CountExplained,
    counts.DifferencePosted,
    closings.DayClosed,
    handovers.CashHandedOver,
    transfers.PaidOtherwise,
    transfers.TransferReturned,
    budgets.BudgetLineEntered,
    imports.EarlierReliefImported,
    imports.ImportWithdrawn,
    partners.RootKnown,
    partners.PartnerEnrolled,
    partners.PartnerRevoked,
    partners.OfficeMerged,
    *mergers.EVENTS,
    archives.CaseFiled,
    archives.IdentityGivenUp,
    requests.DecisionAsked,
    requests.PhoneDecisionNoted,
    tokens.TokenKeysRenewed,
    streams.QuarantineCured,
    *streams.BOOKKEEPING,
    *messages.MESSAGES,
    recoveries.RecoveryOpened,
    recoveries.RecoveryWithdrawn,
    recoveries.RepaymentReceived,
    recoveries.RepaymentVoided,
    recoveries.RepaymentReceiptPrinted,
    recoveries.RepaymentsDeposited,
    recoveries.ToleranceRecorded,
    pads.PadIssued,
    pads.PadPrinted,
    pads.PadReceiptEntered,
    pads.PadNumberSpoilt,
    pads.PadReturned,
    statistics.MonthClosed,
    reimbursements.PackMade,
    reimbursements.PackHandedIn,
    reimbursements.PackAnswered,
    reimbursements.PackDissolved,
    rosters.RosterMade,
    check_records.SpotCheckDrawn,
    check_records.RectificationAnswered,
    duplicates.DuplicateDecided,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Around an event: identity, instant of recording (UTC), the day it concerns, and officers.

    `operator_id` is who was signed in; `confirmed_by` those who gave their PIN for it.
    """

    event_id: EventId
    at: datetime
    on: date
    operator_id: OperatorId
    confirmed_by: tuple[OperatorId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the journal. `hash` covers everything else and the previous hash (hex).

    `origin` is the desk that recorded the event: empty for this desk's own. An event received from
    a partner is applied under the number of the entry that received it.
    """

    seq: int
    header: Header
    event: object
    previous_hash: str
    hash: str
    origin: str = ""
