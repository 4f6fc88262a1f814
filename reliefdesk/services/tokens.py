"""The district makes its lists of tokens: who was helped elsewhere this year, one for each office.

Numbers are stretched once a year and a few at a time; keys and salt are made anew each year and
after a theft. Nothing of it leaves but inside a bundle that is encrypted to the office.
"""

from collections import defaultdict

from reliefdesk.domain.eligibility import window_of
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.operators import Seat, VerifiedOfficer, require_seat
from reliefdesk.domain.partners import PartnerRow, PartnerState, require_district
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.tokens import (
    AmountClass,
    ListState,
    OfficeList,
    RenewalReason,
    TokenGroup,
    TokenKeysRenewed,
    TokenListIssued,
    TokenOfficeError,
    TokenTheftError,
    class_of,
    in_parts,
)
from reliefdesk.keys import tokens as keys
from reliefdesk.services import messages, operators, partners, policies, token_checks
from reliefdesk.services.desk_keys import require_two
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import tokens as stored
from reliefdesk.storage.tokens import StoredList, Window

AT_A_TIME = 40
"""Numbers stretched before the window may draw again: about a second."""

_CHANGED = ("tokens", "sync", "today")


def offices(context: Context) -> tuple[OfficeList, ...]:
    """Give the offices that may have a list, with the last one issued to each."""
    require_district(context.desk.kind)
    newest, _ = stored.generation(context.file)
    return tuple(_office(context, row, newest) for row in _active(context))


def missing(context: Context) -> int:
    """Count the numbers that are still to be stretched before a list can be issued."""
    require_district(context.desk.kind)
    secret = _current_secret(context)
    salt = "" if secret is None else keys.salt_of(secret)  # "" matches no slow hash
    return len(stored.unstretched(context.file, salt, _window(context)))


def stretch(context: Context, most: int = AT_A_TIME) -> int:
    """Stretch some numbers and keep the result; gives how many are left. Needs the system seat."""
    require_district(context.desk.kind)
    require_seat(operators.signed_in(context), Seat.ADMINISTRATOR)
    salt = keys.salt_of(_secret(context))
    numbers = stored.unstretched(context.file, salt, _window(context))
    # Before the transaction: half a second of hashing must not hold the file.
    slow = {number: keys.stretched(number, salt) for number in numbers[:most]}
    with context.file.transaction():
        stored.keep_stretched(context.file, salt, slow)
    return len(numbers) - len(slow)


def issue(context: Context, partner: DeskId | None = None) -> Recorded[tuple[OfficeList, ...]]:
    """Issue today's list to one office or to all; it travels with the next bundle.

    Needs the system seat. Raises TokenOfficeError for an office that can have none.
    """
    require_district(context.desk.kind)
    require_seat(operators.signed_in(context), Seat.ADMINISTRATOR)
    wanted = [row for row in _active(context) if partner in (None, row.desk_id)]
    if not wanted:
        raise TokenOfficeError
    while stretch(context):
        pass
    secret = _secret(context)
    slow = stored.stretched(context.file, keys.salt_of(secret))
    with context.file.transaction():
        for row in wanted:
            _issue(context, row.desk_id, secret, slow)
    done = {row.desk_id for row in wanted}
    result = tuple(one for one in offices(context) if one.desk_id in done)
    return recorded(result, *_CHANGED)


def renew(context: Context, told: str, *, officer: VerifiedOfficer) -> Recorded[int]:
    """Make keys and salt anew after a theft; every list is then to be issued again.

    Needs the system seat, a second person, and what happened. Gives the new generation.
    """
    require_district(context.desk.kind)
    require_two(context, officer)
    if not told.strip():
        raise TokenTheftError
    with context.file.transaction():
        made = _renew(context, RenewalReason.THEFT, told.strip(), officer)
    return recorded(made, *_CHANGED)


def _issue(context: Context, desk_id: DeskId, secret: str, slow: dict[str, str]) -> None:
    window, key = _window(context), keys.list_key(secret, desk_id)
    sorted_out: defaultdict[tuple[str, AmountClass], set[str]] = defaultdict(set)
    for one in stored.helped_elsewhere(context.file, desk_id, window):
        token = keys.token_of(slow[one.same_key], key)
        sorted_out[one.month, class_of(one.amount)].add(token)
    groups = tuple(
        TokenGroup(month=month, amount_class=kind, tokens=tuple(sorted(tokens)))
        for (month, kind), tokens in sorted(sorted_out.items())
    )
    parts = in_parts(groups)
    generation, year = stored.generation(context.file)
    list_id = context.ids.new()
    for place, part in enumerate(parts, start=1):
        message = TokenListIssued(
            list_id=list_id,
            recipient=desk_id,
            generation=generation,
            year=year,
            issued_on=context.today,
            since=window.since,
            until=window.until,
            salt=key.salt,
            key=key.key,
            part=place,
            parts=len(parts),
            total=sum(len(group.tokens) for group in groups),
            groups=part,
        )
        messages.queue(context, desk_id, message)


def _secret(context: Context) -> str:
    """Give the secret of this year; with a new year, or where it was lost, it is made anew."""
    found = _current_secret(context)
    if found is not None:
        return found
    with context.file.transaction():
        made = _renew(context, RenewalReason.YEAR, "", None)
    fresh = stored.secret(context.file, made)
    assert fresh is not None  # noqa: S101 - kept just now
    return fresh


def _current_secret(context: Context) -> str | None:
    generation, year = stored.generation(context.file)
    return stored.secret(context.file, generation) if year == context.today.year else None


def _renew(
    context: Context, reason: RenewalReason, told: str, officer: VerifiedOfficer | None
) -> int:
    generation = stored.generation(context.file)[0] + 1
    event = TokenKeysRenewed(
        generation=generation, year=context.today.year, reason=reason, told=told
    )
    record(context, event, confirmed_by=() if officer is None else (officer.operator.operator_id,))
    stored.forget_stretched(context.file)
    stored.keep_secret(context.file, generation, keys.new_secret())
    return generation


def _window(context: Context) -> Window:
    since, until = window_of(_rule(context, PolicyKey.FREQUENCY_WINDOW), context.today)
    household = _rule(context, PolicyKey.FREQUENCY_SUBJECT) == "household"
    return Window(since=since, until=until, household=household)


def _rule(context: Context, key: PolicyKey) -> str:
    rows = policies.in_force(context)
    return rows.get(key, on=context.today, office=context.desk.office.code).value


def _active(context: Context) -> list[PartnerRow]:
    return [row for row in partners.listed(context) if row.state is PartnerState.ACTIVE]


def _office(context: Context, row: PartnerRow, newest: int) -> OfficeList:
    last = stored.issued(context.file, row.desk_id)
    return OfficeList(
        desk_id=row.desk_id,
        office=row.office.name,
        issued_on=None if last is None else last.issued_on,
        year=None if last is None else last.year,
        total=0 if last is None else last.total,
        state=_state(context, last, newest),
    )


def _state(context: Context, last: StoredList | None, newest: int) -> ListState:
    if last is None:
        return ListState.MISSING
    if last.year != context.today.year:
        return ListState.EXPIRED
    if last.generation != newest:
        return ListState.RENEWED
    old = (context.today - last.issued_on).days > token_checks.list_days(context)
    return ListState.OLD if old else ListState.CURRENT
