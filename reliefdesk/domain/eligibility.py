"""What the rules allow: route, frequency, cap, in three values, each with its reason and source.

Routing is a local policy row, never national text (RULES.md §2.2); caps and frequency follow the
notice §2 (不超过低保标准3倍, 每年一次) with every ambiguous reading a parameter (§2.4–2.5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reliefdesk.domain.cases import (
    CaseRequest,
    EligibilityRecord,
    Finding,
    PermitState,
    Reason,
    Route,
    Situation,
)
from reliefdesk.domain.identity import DocumentKind, is_foreign, is_hkmt
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.money import Money
from reliefdesk.domain.persons import PersonDetails
from reliefdesk.domain.policies import (
    AreaClass,
    PolicyRows,
    PolicyUse,
    cap_of,
    count_of,
    money_of,
)
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.terms import Term
from reliefdesk.domain.tokens import ListState, TokenCheck

NOTICE = "乌民发〔2021〕17号 第二条"
CITY_PREFIX = "1503"
HELPED_LIST = "区已救助名单"


class Tie(Term):
    """How an earlier relief concerns the person at the counter."""

    SELF = "self", "本人"
    MEMBER = "member", "共同生活成员"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRelief:
    """Relief given or promised earlier to the person or the household.

    `counted_on` is the payment day when paid, the decision day when only promised (§2.5).
    `imported` relief was paid before this desk and came from an office's earlier register.
    """

    case_id: CaseId
    case_no: str
    name: str
    tie: Tie
    cause: str
    counted_on: date
    amount: Money
    paid: bool
    place: str = ""
    imported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMeter:
    """The year meter (年度限额条): how often and how much already, and what is left.

    `cap` is None while no standard is entered. `since` to `until` (inclusive) is the window.
    """

    since: date
    until: date
    times_limit: int
    times_used: int
    cap: Money | None
    used: Money
    left: Money | None
    entries: tuple[PastRelief, ...]
    standard: PolicyUse | None
    multiplier: PolicyUse
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """The outcome for screen and event: record plus the meter behind it."""

    record: EligibilityRecord
    meter: YearMeter


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All facts an eligibility check needs. `on` is the day whose policies count.

    `elsewhere` is what the district's list says; None where nobody was looked up.
    """

    person: PersonDetails
    request: CaseRequest
    history: tuple[PastRelief, ...]
    rows: PolicyRows
    office: str
    on: date
    elsewhere: TokenCheck | None = None


class _Findings:
    """Collects reasons and the policy rows they rest on."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.reasons: list[Reason] = []
        self.uses: list[PolicyUse] = []

    def say(self, finding: Finding, code: str, *, source: str = NOTICE, **facts: str) -> None:
        """Note one reason."""
        self.reasons.append(
            Reason(finding=finding, code=f"eligibility.{code}", facts=facts, source=source)
        )

    def use(self, key: PolicyKey, area: AreaClass = AreaClass.ANY) -> PolicyUse | None:
        """The value in force, remembered as used."""
        question = self.question
        found = question.rows.find(key, on=question.on, office=question.office, area=area)
        if found is not None:
            self.uses.append(found)
        return found

    def must(self, key: PolicyKey) -> PolicyUse:
        """The value of a key that ships with a default."""
        found = self.use(key)
        assert found is not None, key  # noqa: S101 - every such key has a default
        return found


def assess(question: Question) -> Eligibility:
    """Route, frequency and cap for one request, with every reason shown.

    The finding is FAILS if any reason fails, else MANUAL if any needs a person, else MEETS.
    """
    findings = _Findings(question)
    route = _route(findings)
    if not question.request.emergency.urgent:
        findings.say(Finding.FAILS, "not_urgent")
    if question.request.staff_relative is not None:
        findings.say(Finding.MANUAL, "staff_relative", source="近亲属备案")
    meter = _meter(findings)
    _judge_frequency(findings, meter)
    _judge_elsewhere(findings)
    _judge_amount(findings, meter)
    if not findings.reasons:
        findings.say(Finding.MEETS, "all_met")
    _note_list(findings)
    record = EligibilityRecord(
        finding=_worst(findings.reasons),
        route=route,
        reasons=tuple(findings.reasons),
        uses=tuple(findings.uses),
        cap=meter.cap,
    )
    return Eligibility(record=record, meter=meter)


def window_of(mode: str, on: date) -> tuple[date, date]:
    """First and last day of the counting year around `on` (自然年度, 连续12个月, 会计年度).

    The Chinese fiscal year is the calendar year (预算法 Art 18).
    """
    if mode == "rolling_year":
        first = _a_year_before(on)
        return first, on
    return date(on.year, 1, 1), date(on.year, 12, 31)


def _a_year_before(day: date) -> date:
    # Relief on 10 March blocks until 9 March of the next year; 29 February counts as the 28th.
    try:
        anniversary = day.replace(year=day.year - 1)
    except ValueError:
        anniversary = day.replace(year=day.year - 1, day=28)
    return date.fromordinal(anniversary.toordinal() + 1)


def _route(findings: _Findings) -> Route:
    question = findings.question
    person, request = question.person, question.request
    if request.situation is Situation.HOMELESS:
        findings.say(Finding.FAILS, "homeless", source="流浪乞讨人员救助管理办法")
        return Route.SHELTER
    if request.situation is Situation.NEEDS_CARE:
        findings.say(Finding.MANUAL, "needs_care", source="社会救助暂行办法 第三十二条")
        return Route.HOSPITAL
    if is_foreign(person.kind) or is_hkmt(person.kind):
        findings.say(Finding.MANUAL, "not_citizen", source="社会救助暂行办法")
        return Route.DISTRICT
    if person.kind is DocumentKind.NO_DOCUMENT:
        findings.say(Finding.MANUAL, "no_document")
    return _route_by_hukou(findings)


def _route_by_hukou(findings: _Findings) -> Route:
    question = findings.question
    code, permit = question.person.hukou_code, question.request.permit
    scope = findings.must(PolicyKey.HUKOU_SCOPE)
    prefix = CITY_PREFIX if scope.value == "city" else question.office[:6]
    if code and code.startswith(prefix):
        findings.say(Finding.FAILS, "local_hukou", scope=prefix_label(scope.value))
        return Route.ORDINARY
    if not code and question.person.kind is not DocumentKind.NO_DOCUMENT:
        findings.say(Finding.MANUAL, "hukou_unknown")
    if permit is PermitState.VALID:
        findings.say(Finding.FAILS, "permit_valid")
        return Route.ORDINARY
    if permit is PermitState.LAPSED:
        findings.say(Finding.MANUAL, "permit_lapsed", source="居住证暂行条例 第十条")
    if permit is PermitState.UNKNOWN:
        findings.say(Finding.MANUAL, "permit_unknown")
    return Route.HERE


def prefix_label(scope: str) -> str:
    """本市 or 本区, as the hukou scope says."""
    return "本市" if scope == "city" else "本区"


def _meter(findings: _Findings) -> YearMeter:
    question = findings.question
    request = question.request
    since, until = window_of(findings.must(PolicyKey.FREQUENCY_WINDOW).value, question.on)
    standard = findings.use(PolicyKey.STANDARD, request.area)
    multiplier = findings.must(PolicyKey.CAP_MULTIPLIER)
    unit = findings.use(PolicyKey.CAP_UNIT)
    persons = request.persons_relieved if unit and unit.value == "per_person" else 1
    cap = cap_of(standard, multiplier, persons) if standard else None
    counted = _counted(findings, since, until)
    used = Money(sum(entry.amount.fen for entry in counted))
    return YearMeter(
        since=since,
        until=until,
        times_limit=count_of(findings.must(PolicyKey.FREQUENCY_LIMIT)),
        times_used=len({entry.case_id for entry in counted}),
        cap=cap,
        used=used,
        left=Money(max(0, cap.fen - used.fen)) if cap else None,
        entries=tuple(counted),
        standard=standard,
        multiplier=multiplier,
        persons=persons,
    )


def _counted(findings: _Findings, since: date, until: date) -> list[PastRelief]:
    question = findings.question
    household = findings.must(PolicyKey.FREQUENCY_SUBJECT).value == "household"
    same_cause = findings.must(PolicyKey.FREQUENCY_CAUSE).value == "same"
    cause = question.request.emergency.cause.value
    return [
        entry
        for entry in question.history
        if since <= entry.counted_on <= until
        and (household or entry.tie is Tie.SELF)
        and (not same_cause or entry.cause == cause)
    ]


def _judge_frequency(findings: _Findings, meter: YearMeter) -> None:
    if meter.times_used < meter.times_limit:
        return
    latest = max(meter.entries, key=lambda entry: entry.counted_on)
    findings.say(
        Finding.FAILS,
        "frequency_paid" if latest.paid else "frequency_promised",
        limit=str(meter.times_limit),
        used=str(meter.times_used),
        case_no=latest.case_no,
        who=latest.tie.label,
        place=latest.place,
        amount=latest.amount.figures,
        on=f"{latest.counted_on:%Y-%m-%d}",
    )


def _judge_elsewhere(findings: _Findings) -> None:
    """Whom the district's list names is helped again only by the district: it sees both cases."""
    looked_up = findings.question.elsewhere
    for hit in () if looked_up is None else looked_up.hits:
        findings.say(
            Finding.FAILS,
            "helped_elsewhere",
            source=HELPED_LIST,
            who=hit.who,
            month=hit.month_text,
            amount_class=hit.amount_class.label,
            on=_day_of_list(looked_up),
        )


def _note_list(findings: _Findings) -> None:
    """Say which list was looked at, or why none could be: it decides nothing and is on record."""
    looked_up = findings.question.elsewhere
    if looked_up is None:
        return
    on, note = _day_of_list(looked_up), Finding.NOTE
    if looked_up.state is ListState.MISSING:
        findings.say(note, "list_missing", source=HELPED_LIST)
    elif looked_up.state is ListState.EXPIRED:
        findings.say(note, "list_expired", source=HELPED_LIST, on=on, year=str(looked_up.year))
    elif looked_up.state is ListState.OLD:
        findings.say(note, "list_old", source=HELPED_LIST, on=on, days=str(looked_up.days))
    elif not looked_up.hits:
        findings.say(Finding.MEETS, "list_clear", source=HELPED_LIST, on=on)


def _day_of_list(looked_up: TokenCheck | None) -> str:
    on = None if looked_up is None else looked_up.issued_on
    return "" if on is None else on.isoformat()


def _judge_amount(findings: _Findings, meter: YearMeter) -> None:
    request = findings.question.request
    if meter.cap is None:
        findings.say(Finding.MANUAL, "standard_missing", area=request.area.label)
        return
    if request.requested > meter.cap:
        findings.say(
            Finding.FAILS,
            "over_cap",
            requested=request.requested.figures,
            cap=meter.cap.figures,
            standard=meter.standard.value if meter.standard else "",
            multiplier=meter.multiplier.value,
            persons=str(meter.persons),
        )
    limit = findings.use(PolicyKey.DELEGATION_LIMIT)
    if limit is None:
        findings.say(Finding.MANUAL, "no_delegation", source="乌民发〔2021〕17号 第八条")
    elif request.requested > money_of(limit):
        findings.say(
            Finding.MANUAL,
            "over_delegation",
            source=limit.document,
            requested=request.requested.figures,
            limit=money_of(limit).figures,
        )


def _worst(reasons: Iterable[Reason]) -> Finding:
    found: Sequence[Finding] = [reason.finding for reason in reasons]
    for finding in (Finding.FAILS, Finding.MANUAL):
        if finding in found:
            return finding
    return Finding.MEETS
