"""Opaque typed identities (sortable UUIDv7 text): one type per noun, never shown to people."""

from typing import NewType

EventId = NewType("EventId", str)
DeskId = NewType("DeskId", str)
OperatorId = NewType("OperatorId", str)
PersonId = NewType("PersonId", str)
CaseId = NewType("CaseId", str)
PaymentId = NewType("PaymentId", str)
EntryId = NewType("EntryId", str)
PolicyRowId = NewType("PolicyRowId", str)
ExemptionId = NewType("ExemptionId", str)
ReceiptNo = NewType("ReceiptNo", str)
CountId = NewType("CountId", str)
ClosingId = NewType("ClosingId", str)
HandoverId = NewType("HandoverId", str)
BudgetLineId = NewType("BudgetLineId", str)
RecoveryId = NewType("RecoveryId", str)
RepaymentId = NewType("RepaymentId", str)
DepositId = NewType("DepositId", str)
PadId = NewType("PadId", str)
PackId = NewType("PackId", str)
RosterId = NewType("RosterId", str)
