"""公示: whether and when relief is put up in public, by the setting of the day of its decision.

Emergency relief is not on the national list of what is published, so that leaving it out is the
usual setting; minors are never named (社会救助暂行办法 Art 61; RULES.md §2.5, §6.1).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from reliefdesk.clock import shanghai_day
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.persons import is_minor
from reliefdesk.domain.policies import PolicyRows, count_of
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import persons, policies
from reliefdesk.services.recording import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity:
    """From which to which day the sheet hangs (inclusive), or else `without` says why it does not.

    Both days are None while it waits for the payment.
    """

    since: date | None = None
    until: date | None = None
    without: str = ""

    @property
    def words(self) -> str:
        """What the work ledger says of it."""
        if self.since is None or self.until is None:
            return self.without
        return f"{self.since:%Y-%m-%d}至{self.until:%m-%d}"


def of_case(context: Context, found: Case) -> Publicity | None:
    """How one case is put up in public; None unless it is granted (RULES.md §2.5)."""
    birth_on = persons.person(context, found.person_id).details.birth_on
    rows = policies.in_force(context)
    return publicity_of(found, birth_on, rows, office=context.desk.office.code)


def publicity_of(
    found: Case, birth_on: date | None, rows: PolicyRows, *, office: str
) -> Publicity | None:
    """How a granted case is put up in public by the rows of an office; None for any other case.

    `birth_on` is the person's.
    """
    if found.stage is not Stage.APPROVED or found.decision is None:
        return None
    decided_on = shanghai_day(found.decision.at)
    mode = rows.get(PolicyKey.PUBLICITY_MODE, on=decided_on, office=office).value
    if mode == "none":
        return Publicity(without="急难型不公示")
    if is_minor(birth_on, decided_on):
        return Publicity(without="未成年人不公示")
    since = found.paid_on if mode == "post" else decided_on
    if since is None:
        return Publicity(without="发放后公示")
    days = count_of(rows.get(PolicyKey.PUBLICITY_DAYS, on=decided_on, office=office))
    return Publicity(since=since, until=since + timedelta(days=days - 1))
