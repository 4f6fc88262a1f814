"""Small readings of recorded facts for the counter's labels: times, masked persons."""

from datetime import datetime

from reliefdesk.clock import shanghai_time
from reliefdesk.domain.cases import Finding
from reliefdesk.domain.money import Money

FINDING_MARKS = {Finding.MEETS: "✓", Finding.FAILS: "×", Finding.MANUAL: "▲", Finding.NOTE: "！"}


def minute(at: datetime) -> str:
    """`2021-03-10 09:00`, Shanghai time."""
    return f"{shanghai_time(at):%Y-%m-%d %H:%M}"


def yuan(amount: Money | None) -> str:
    """`2,000.00 元`, or a dash where there is no amount."""
    return f"{amount.figures} 元" if amount is not None else "—"
