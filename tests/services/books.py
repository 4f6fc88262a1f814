"""What must hold of every book of a desk after any acts: rows, totals, words and fates agree."""

from collections.abc import Collection
from datetime import date

from reliefdesk.domain.cash import CashSums, LineKind
from reliefdesk.domain.ids import ReceiptNo
from reliefdesk.domain.money import Money
from reliefdesk.domain.number_fates import NumberKind, missing_numbers, net_of
from reliefdesk.domain.operators import VerifiedOfficer
from reliefdesk.domain.statistics import Group, Month, MonthReport
from reliefdesk.services import cash, number_fates, statistics
from reliefdesk.services.recording import Context
from tests.domain.words import fen_of

FIRST_YEAR = 2021


def check_fates(
    context: Context, *, paid: Money, repaid: Money, made: Collection[ReceiptNo]
) -> None:
    """Every number of every series stands once, none lacks, and they sum to what was moved."""
    years = range(FIRST_YEAR, context.today.year + 1)
    fates = [each for year in years for each in number_fates.fates(context, year)]
    assert len({each.number for each in fates}) == len(fates)
    assert missing_numbers(fates) == ()
    given = [each for each in fates if each.kind is not NumberKind.REPAYMENT]
    assert {each.number for each in given} == set(made)
    assert net_of(fates, NumberKind.RECEIPT, NumberKind.PAD) == paid
    assert net_of(fates, NumberKind.REPAYMENT) == repaid
    for each in fates:
        assert fen_of(each.net.words) == each.net.fen


def check_journal(context: Context) -> None:
    """Each total of the cash journal is the sum of its rows; words say what the figures say."""
    journal = cash.journal(context, date(FIRST_YEAR, 1, 1), context.today)
    running = {LineKind.DAY: CashSums(), LineKind.MONTH: CashSums(), LineKind.YEAR: CashSums()}
    day, balance = journal.since, journal.opening
    for line in journal.lines:
        if line.entry is None:
            if line.kind in running:
                assert line.sums == running[line.kind]
            assert line.balance == balance
            continue
        on = line.on
        for kind, stays in (
            (LineKind.DAY, on == day),
            (LineKind.MONTH, (on.year, on.month) == (day.year, day.month)),
            (LineKind.YEAR, on.year == day.year),
        ):
            running[kind] = (running[kind] if stays else CashSums()).plus(line.entry)
        day, balance = on, balance + line.entry.income - line.entry.outgo
        assert line.balance == balance
        assert fen_of(line.balance.words) == line.balance.fen
        for amount in (line.entry.income, line.entry.outgo):
            assert fen_of(amount.words) == amount.fen
    assert balance == journal.closing == cash.balance(context)


def check_months(context: Context, *, paid: Money, repaid: Money) -> None:
    """The figures of each month are the sums of its rows; the months sum to what was moved."""
    month, last = Month(FIRST_YEAR, 1), statistics.month_at(context)
    given = back = Money(0)
    while month <= last:
        report = statistics.report(context, month)
        for line in report.lines:
            rows = [row for row in report.rows if line.group in row.groups]
            assert line.month.amount == Money(sum(row.sign * row.amount.fen for row in rows))
        sums = {line.group: line.month.amount for line in report.lines}
        given, back = given + sums[Group.TOTAL], back + sums[Group.RECOVERED]
        month = month.following
    assert given == paid
    assert back == repaid


class ClosedMonths:
    """The months that were closed on a desk, and what their reports said then."""

    def __init__(self, context: Context, first: Month) -> None:
        """Begin with the month in which the desk began."""
        self._context, self._next = context, first
        self._closed: dict[Month, MonthReport] = {}

    def close(self, officer: VerifiedOfficer) -> None:
        """Close every month that is over, the earliest first."""
        while statistics.ends_on(self._context, self._next) < self._context.today:
            done = statistics.close_month(self._context, self._next, officer=officer)
            self._closed[self._next] = done.result
            self._next = self._next.following

    def check(self) -> None:
        """Whatever came later, a closed month says what it said."""
        for month, closed in self._closed.items():
            again = statistics.report(self._context, month)
            assert (again.rows, again.lines) == (closed.rows, closed.lines)
