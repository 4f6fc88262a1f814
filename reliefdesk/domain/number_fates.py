"""What became of every number ever allocated (号码去向): receipts, pads, receipts for repayments.

Each number stands once, with its state, who, when, and what it leads to (RULES.md §3.13).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reliefdesk.domain.ids import CaseId, ReceiptNo
from reliefdesk.domain.masking import mask_name
from reliefdesk.domain.money import ZERO, Money, total
from reliefdesk.domain.pads import (
    PadNumber,
    PadNumberSpoilt,
    PadReceiptEntered,
    PadReturned,
    PadState,
)
from reliefdesk.domain.receipts import NumberRow, ReceiptState
from reliefdesk.domain.recoveries import Repayment
from reliefdesk.domain.terms import Term

_UNDONE = frozenset({ReceiptState.VOID, ReceiptState.REVERSED})


class NumberKind(Term):
    """What kind of paper bears the number."""

    RECEIPT = "receipt", "领款单"
    PAD = "pad", "应急领款单"
    REPAYMENT = "repayment", "收款收据"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFate:
    """One number. `amount` as issued, `net` what stands; `name` is masked, `link` leads on.

    `is_undone`: void, reversed or spoilt. `ended_on` and `second` belong to that or to a return.
    """

    number: ReceiptNo
    kind: NumberKind
    state: str
    is_undone: bool
    issued_on: date
    amount: Money
    net: Money
    who: str
    name: str = ""
    case_id: CaseId | None = None
    case_no: str = ""
    prints: int = 0
    reason: str = ""
    second: str = ""
    ended_on: date | None = None
    link: str = ""
    file_place: str = ""

    @property
    def series(self) -> str:
        """`XJ-150302003-2021`."""
        return self.number.rpartition("-")[0]

    @property
    def serial(self) -> int:
        """Its place in the series, from 1 on."""
        return int(self.number.rpartition("-")[2])


def of_receipt(row: NumberRow, pad: PadNumber | None = None) -> NumberFate:
    """A receipt; one entered from a `pad` says when and why it was written by hand."""
    found, fate = row.receipt, None if pad is None else pad.fate
    reason = row.reason
    if isinstance(fate, PadReceiptEntered):
        by_hand = f"{fate.paid_by_hand_on}手工付款：{fate.reason}"
        reason = "；".join(part for part in (by_hand, row.reason) if part)
    return NumberFate(
        number=found.receipt_no,
        kind=NumberKind.RECEIPT if pad is None else NumberKind.PAD,
        state=found.state.label,
        is_undone=found.state in _UNDONE,
        issued_on=found.issued_on,
        amount=row.amount,
        net=row.net,
        who=row.cashier,
        name=row.name,
        case_id=found.case_id,
        case_no=row.case_no,
        prints=found.prints,
        reason=reason,
        second=row.second,
        ended_on=row.undone_on,
        link=found.replaced_by or found.replaces or "",
        file_place=found.file_place,
    )


def of_pad(found: PadNumber, names: Mapping[str, str]) -> NumberFate:
    """A number set aside that is blank, spoilt or unused: it never moved money."""
    fate, second, ended = found.fate, "", None
    reason = f"补打：{found.print_reason}" if found.print_reason else ""
    if isinstance(fate, PadNumberSpoilt):
        reason, second, ended = fate.reason, fate.second, fate.spoilt_on
    elif isinstance(fate, PadReturned):
        reason, second, ended = "未用，单据收回", fate.second, fate.returned_on
    return NumberFate(
        number=found.receipt_no,
        kind=NumberKind.PAD,
        state=found.state.label,
        is_undone=found.state is PadState.SPOILT,
        issued_on=found.issued_on,
        amount=ZERO,
        net=ZERO,
        who=names.get(found.holder, ""),
        prints=found.prints,
        reason=reason,
        second=names.get(second, ""),
        ended_on=ended,
    )


def of_repayment(
    found: Repayment, names: Mapping[str, str], *, case_no: str, recovery_no: str
) -> NumberFate:
    """A receipt for money that came back."""
    details, void = found.details, found.void
    deposited = f"{found.deposited_on}缴存" if found.deposited_on else ""
    state = "已收款" if void is None else "作废"
    return NumberFate(
        number=details.receipt_no,
        kind=NumberKind.REPAYMENT,
        state=state,
        is_undone=void is not None,
        issued_on=details.received_on,
        amount=details.amount,
        net=found.net,
        who=names.get(details.cashier, ""),
        name=mask_name(details.payer),
        case_id=details.case_id,
        case_no=case_no,
        prints=found.prints,
        reason=deposited if void is None else void.reason,
        second="" if void is None else names.get(void.second, ""),
        ended_on=None if void is None else void.voided_on,
        link=recovery_no,
    )


def in_order(fates: Iterable[NumberFate]) -> tuple[NumberFate, ...]:
    """By series and number."""
    return tuple(sorted(fates, key=lambda each: each.number))


def net_of(fates: Iterable[NumberFate], *kinds: NumberKind) -> Money:
    """What stands of the numbers of some kinds; equals the journal's sum of them."""
    return total([each.net for each in fates if each.kind in kinds])


def missing_numbers(fates: Iterable[NumberFate]) -> tuple[str, ...]:
    """Numbers between 1 and the highest of a series that no line has; empty when all is well."""
    seen: dict[str, set[int]] = {}
    for each in fates:
        seen.setdefault(each.series, set()).add(each.serial)
    return tuple(
        f"{series}-{serial:06d}"
        for series, serials in sorted(seen.items())
        for serial in range(1, max(serials))
        if serial not in serials
    )
