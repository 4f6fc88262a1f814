"""What a district tells an office: verdicts, published rows, decided requests, keys.

Each message is a numbered, chained line of the district's stream to that office.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain import check_records, duplicates, mergers
from reliefdesk.domain.ids import PolicyRowId
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import PolicyRow
from reliefdesk.domain.streams import EventVerdict
from reliefdesk.domain.tokens import TokenListIssued


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictGiven:
    """What the district thinks of the office's events `first` to `last` of an epoch.

    `code` and `facts` say why an event was not simply accepted; a later verdict on the same
    number holds instead.
    """

    version: ClassVar[int] = 1
    epoch: int
    first: int
    last: int
    verdict: EventVerdict
    code: str
    facts: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRefused:
    """A bundle was refused whole under a code; the checkpoint stands where it stood."""

    version: ClassVar[int] = 1
    manifest_id: str
    number: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRowPublished:
    """The district published a policy row; no office can overrule it."""

    version: ClassVar[int] = 1
    row: PolicyRow
    corrects: PolicyRowId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPublished:
    """The district published the holiday table of one year."""

    version: ClassVar[int] = 1
    year: int
    holidays: tuple[date, ...]
    working_weekends: tuple[date, ...]
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyListIssued:
    """The district's signed list of keys, as the text of its envelope."""

    version: ClassVar[int] = 1
    number: int
    envelope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequested:
    """The district asks for an event to be put right by later events."""

    version: ClassVar[int] = 1
    epoch: int
    seq: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDecided:
    """The district decided what an office asked for; `amount` is the most it allows."""

    version: ClassVar[int] = 1
    request_id: str
    granted: bool
    amount: Money
    document: str
    remark: str
    decided_on: date


MESSAGES: tuple[type, ...] = (
    VerdictGiven,
    BundleRefused,
    PolicyRowPublished,
    CalendarPublished,
    KeyListIssued,
    CorrectionRequested,
    RequestDecided,
    TokenListIssued,
    *check_records.MESSAGES,
    *duplicates.MESSAGES,
    *mergers.MESSAGES,
)
