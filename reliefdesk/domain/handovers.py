"""Handing the counted cash to another cashier (现金交接): two people, two PINs, two drawers.

What is handed over is what lies there and the book knows: a shortage stays with who had it. Source:
会计基础工作规范 Art 25–30 on handing over cash.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reliefdesk.domain.counts import Count
from reliefdesk.domain.ids import CountId, HandoverId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverDraft:
    """A handover asked for. `handover_id` is made by the window so a retry moves once."""

    handover_id: HandoverId
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashHandedOver:
    """Counted cash went from one cashier's float into another's."""

    version: ClassVar[int] = 1
    handover_id: HandoverId
    count_id: CountId
    giver: OperatorId
    receiver: OperatorId
    amount: Money
    remark: str
    handed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A recorded handover with its journal number and instant (UTC)."""

    seq: int
    handed_at: datetime
    details: CashHandedOver


class HandoverSelfError(UserError):
    """Nobody hands cash to oneself. Facts: name."""

    code = "handovers.oneself"


class HandoverUnknownError(UserError):
    """No such handover was recorded."""

    code = "handovers.unknown"


class HandoverEmptyError(UserError):
    """Nothing was counted, so nothing can be handed over."""

    code = "handovers.empty"


def amount_of(count: Count, held: Money) -> Money:
    """What a count lets go: all that lies there, but never more than the book knows of."""
    amount = min(count.details.counted, held)
    if amount.fen <= 0:
        raise HandoverEmptyError
    return amount
