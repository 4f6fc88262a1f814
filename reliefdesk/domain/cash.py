"""The float (备用金) and the cash journal: money in, money out, never below zero, nothing edited.

Sources: 现金管理暂行条例 Art 11–12 (no paying out of receipts, entered one by one), domain.md §3.8–3.9.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.ids import EntryId
from reliefdesk.domain.money import Money
from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError


class FloatPurpose(Term):
    """Why cash came into the drawer."""

    OPENING = "opening", "备用金初次领用"
    TOP_UP = "top_up", "备用金补领"


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatDraft:
    """Cash to be received or returned. `entry_id` is made by the window so a retry adds nothing."""

    entry_id: EntryId
    amount: Money
    approval: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatReceived:
    """Cash came into the drawer under an approval document."""

    version: ClassVar[int] = 1
    entry_id: EntryId
    purpose: FloatPurpose
    amount: Money
    approval: str
    source: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatReturned:
    """Cash left the drawer back to finance under an approval document."""

    version: ClassVar[int] = 1
    entry_id: EntryId
    amount: Money
    approval: str
    receiver: str
    returned_on: date


class FloatShortError(UserError):
    """The drawer does not cover the amount; no number was taken. Facts: balance, amount, short."""

    code = "cash.float_short"


class FloatApprovalError(UserError):
    """Moving the float needs the number of its approval and where it comes from or goes."""

    code = "cash.float_approval"


def require_cover(balance: Money, amount: Money) -> None:
    """Refuse to take more than the drawer holds (FloatShortError)."""
    if amount > balance:
        raise FloatShortError(balance=balance, amount=amount, short=amount - balance)


def require_float(draft: FloatDraft) -> None:
    """Refuse a float movement without amount, approval or counterparty."""
    draft.amount.require_positive()
    if not draft.approval.strip() or not draft.source.strip():
        raise FloatApprovalError
