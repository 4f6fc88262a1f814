"""What must hold before cash moves in a drawer: an open day, closed earlier days, the limit."""

from datetime import date

from reliefdesk.domain.closings import DayUnclosedError, require_open
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import PolicyRows, PolicyUse, money_of
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services.recording import Context
from reliefdesk.storage import cash, policies


def require_open_day(context: Context, cashier: OperatorId, on: date | None = None) -> None:
    """Refuse an entry on a closed day of this cashier, today when None (DayLockedError)."""
    require_open(on or context.today, cash.closed_on(context.file, cashier))


def require_earlier_closed(context: Context, cashier: OperatorId) -> None:
    """Refuse to pay while an earlier day is not closed, unless the desk only warns.

    Raises DayUnclosedError, and DayLockedError once today is closed (日清月结).
    """
    require_open_day(context, cashier)
    earliest = cash.unclosed_day(context.file, cashier, context.today)
    if earliest is not None and _value(context, PolicyKey.DAY_CLOSE_RULE) == "refuse":
        raise DayUnclosedError(earliest=earliest)


def limit(context: Context, *, on: date | None = None) -> Money | None:
    """The most cash this desk may hold on a day (库存限额), or None where none is set."""
    use = _use(context, PolicyKey.CASH_TOTAL_LIMIT, on)
    return None if use is None else money_of(use)


def refusing_limit(context: Context) -> Money | None:
    """The limit where it refuses a top-up; None where it only warns or none is set."""
    return limit(context) if _value(context, PolicyKey.CASH_LIMIT_RULE) == "refuse" else None


def excess(context: Context) -> Money:
    """What the desk holds beyond its limit and must take to the bank; zero without any."""
    most, now = limit(context), cash.balance(context.file)
    return Money(0) if most is None else Money(max(0, now.fen - most.fen))


def _value(context: Context, key: PolicyKey) -> str:
    use = _use(context, key)
    return "" if use is None else use.value


def _use(context: Context, key: PolicyKey, on: date | None = None) -> PolicyUse | None:
    rows = PolicyRows(policies.rows_in_force(context.file))
    return rows.find(key, on=on or context.today, office=context.desk.office.code)
