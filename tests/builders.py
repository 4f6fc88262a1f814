"""Real desks for tests: the invented offices, people and standards of the scenario fixture."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from reliefdesk import desk as front_door
from reliefdesk.clock import CountedIds, FixedClock, IdSource
from reliefdesk.desk import Account, Desk, DeskPlan, Surroundings
from reliefdesk.domain.approvals import CashApproval, CashMeans
from reliefdesk.domain.case_records import ApprovalOrder, Case, ReviewOrder
from reliefdesk.domain.cases import Cause, Opinion, PermitState
from reliefdesk.domain.cash import FloatDraft
from reliefdesk.domain.desks import DeskKind, Office
from reliefdesk.domain.ids import CaseId, EntryId, OperatorId, PaymentId, PersonId
from reliefdesk.domain.intake import CaseDraft
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer
from reliefdesk.domain.payments import PayOrder
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.domain.policies import AreaClass, PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.keys.work import Work
from reliefdesk.services import cases, cash, decisions, operators, policies
from reliefdesk.services.recording import Context

QUICK = Work(kibibytes=64, passes=1, lanes=1)
XINHUA = Office(code="150302003", name="新华街道办事处")
BINHE = Office(code="150302007", name="滨河街道办事处")
LASENGMIAO = Office(code="150303103", name="拉僧庙镇人民政府")
MORNING = datetime(2021, 3, 10, 1, 0, tzinfo=UTC)
PASSPHRASE = "风雨同舟 四个词 也可以 登录"

P01 = PersonDraft(
    number="640181198506179976",
    name="测试甲",
    hukou_place="宁夏回族自治区灵武市",
    hukou_code="640181",
    phone="13800000001",
)
P02 = PersonDraft(
    number="411525199203049967", name="测试乙", hukou_place="河南省固始县", hukou_code="411525"
)
P03 = PersonDraft(
    number="620102197811219993", name="测试丙", hukou_place="甘肃省兰州市", hukou_code="620102"
)
P05 = PersonDraft(
    number="152801196909159972", name="测试丁", hukou_place="临河市", hukou_code="152801"
)

_SEATS = {
    "经办甲": (Seat.REGISTRAR,),
    "审核乙": (Seat.REVIEWER,),
    "审批丙": (Seat.APPROVER,),
    "出纳丁": (Seat.CASHIER,),
    "记账戊": (Seat.BOOKKEEPER,),
}
PINS = {
    "系统己": "594716",
    "经办甲": "604716",
    "审核乙": "614716",
    "审批丙": "624716",
    "出纳丁": "634716",
    "记账戊": "644716",
}


@dataclass
class TestDesk:
    """A real desk in a folder, its clock, and its officers by seat."""

    __test__ = False

    desk: Desk
    clock: FixedClock
    ids: IdSource
    by_name: dict[str, OperatorId] = field(default_factory=dict)

    def context(self, name: str = "经办甲") -> Context:
        """Give the context of an operator who is signed in."""
        return self.desk.context(self.by_name[name])

    def officer(self, name: str) -> VerifiedOfficer:
        """Prove an officer present by the real PIN."""
        return operators.check_pin(self.context(), self.by_name[name], PINS[name])

    def new_case_id(self) -> CaseId:
        """Give an identity as a window makes it."""
        return CaseId(self.ids.new())

    def new_payment_id(self) -> PaymentId:
        """Give an identity as a window makes it."""
        return PaymentId(self.ids.new())


def surroundings(clock: FixedClock, ids: IdSource) -> Surroundings:
    """Give quick surroundings: secrets cost little here."""
    return Surroundings(clock=clock, ids=ids, slot_work=QUICK, pin_work=QUICK)


def an_empty_desk(
    folder: Path,
    *,
    office: Office = XINHUA,
    kind: DeskKind = DeskKind.OFFICE,
    at: datetime = MORNING,
    first_id: int = 0,
) -> TestDesk:
    """Make a desk with its administrator only; desks that meet count ids from apart."""
    clock, ids = FixedClock(at), CountedIds(first_id)
    administrator = Account(
        name="系统己", seats=(Seat.ADMINISTRATOR,), passphrase=PASSPHRASE, pin=PINS["系统己"]
    )
    plan = DeskPlan(office=office, kind=kind, administrator=administrator)
    desk = front_door.create(folder, plan, surroundings(clock, ids))
    return TestDesk(desk=desk, clock=clock, ids=ids, by_name={"系统己": desk.operator_id})


def a_desk(
    folder: Path,
    *,
    office: Office = XINHUA,
    kind: DeskKind = DeskKind.OFFICE,
    float_yuan: str = "10000",
    at: datetime = MORNING,
    first_id: int = 0,
) -> TestDesk:
    """Make a desk with six operators, the fixture's invented policy rows and a float."""
    made = an_empty_desk(folder, office=office, kind=kind, at=at, first_id=first_id)
    for name, seats in _SEATS.items():
        account = Account(name=name, seats=seats, passphrase=PASSPHRASE + name, pin=PINS[name])
        made.by_name[name] = made.desk.add_operator(account).result.operator_id
    for draft in fixture_rows():
        enter(made, draft)
    if float_yuan != "0":
        add_float(made, float_yuan)
    return made


def fixture_rows() -> tuple[PolicyRowDraft, ...]:
    """Give the invented standards and delegation of the scenario fixture."""
    since, later = date(2021, 1, 1), date(2021, 7, 1)
    standard = PolicyRowDraft(
        key=PolicyKey.STANDARD,
        area=AreaClass.URBAN,
        value="810.00",
        valid_from=since,
        document="虚构〔2020〕1号",
    )
    return (
        standard,
        replace(standard, value="850.00", valid_from=later, document="虚构〔2021〕2号"),
        replace(standard, area=AreaClass.RURAL, value="600.00"),
        PolicyRowDraft(
            key=PolicyKey.DELEGATION_LIMIT,
            value="3000.00",
            valid_from=since,
            document="虚构委〔2020〕3号",
        ),
        PolicyRowDraft(
            key=PolicyKey.CAP_UNIT, value="per_case", valid_from=since, document="虚构〔2020〕4号"
        ),
        # Most tests let days pass without counting cash; those of the day close say otherwise.
        PolicyRowDraft(
            key=PolicyKey.DAY_CLOSE_RULE, value="warn", valid_from=since, document="虚构〔2020〕5号"
        ),
    )


def enter(made: TestDesk, draft: PolicyRowDraft) -> None:
    """Enter a policy row, confirmed by the approver."""
    policies.enter(made.context("系统己"), draft, officer=made.officer("审批丙"))


def add_float(made: TestDesk, yuan: str) -> None:
    """Put cash into the drawer under an approval."""
    draft = FloatDraft(
        entry_id=EntryId(made.ids.new()),
        amount=Money.parse(yuan),
        approval="备用金批〔2021〕1号",
        source="街道财务室",
    )
    cash.receive_float(made.context("出纳丁"), draft, officer=made.officer("出纳丁"))


def a_draft(person: PersonDraft = P01, *, yuan: str = "2000", at: datetime = MORNING) -> CaseDraft:
    """Give a form that holds together: a traffic accident near the office an hour ago."""
    return CaseDraft(
        person=person,
        cause=Cause.TRAFFIC,
        place="新华街与人民路路口",
        place_code=XINHUA.code,
        happened_at=at - timedelta(hours=1),
        narrative="骑行途中被货车剐蹭，随身财物遗失，暂无食宿。",
        urgent=True,
        permit=PermitState.NEVER,
        area=AreaClass.URBAN,
        requested=Money.parse(yuan),
    )


def an_accepted_case(
    made: TestDesk, draft: CaseDraft | None = None, *, person_id: PersonId | None = None
) -> Case:
    """Accept a request as the registrar."""
    asked = draft or a_draft(at=made.clock.now())
    done = cases.accept(
        made.context("经办甲"), asked, case_id=made.new_case_id(), person_id=person_id
    )
    return done.result


def a_reviewed_case(made: TestDesk, draft: CaseDraft | None = None) -> Case:
    """Accept and review a request."""
    found = an_accepted_case(made, draft)
    order = ReviewOrder(
        case_id=found.case_id,
        seen_version=found.version,
        opinion=Opinion.AGREE,
        amount=found.request.requested,
    )
    return decisions.review(made.context(), order, officer=made.officer("审核乙")).result


def an_approved_case(made: TestDesk, draft: CaseDraft | None = None) -> Case:
    """Accept, review and approve a request for the whole amount."""
    found = a_reviewed_case(made, draft)
    order = ApprovalOrder(
        case_id=found.case_id, seen_version=found.version, amount=found.request.requested
    )
    return decisions.approve(made.context(), order, officer=made.officer("审批丙")).result


def an_approval(made: TestDesk) -> CashApproval:
    """The street director said yes by phone, just now."""
    return CashApproval(approver="街道主任", means=CashMeans.PHONE, at=made.clock.now())


def a_pay_order(made: TestDesk, found: Case, *, yuan: str = "") -> PayOrder:
    """Give an order to pay the whole rest in cash with every reason written down."""
    return PayOrder(
        payment_id=made.new_payment_id(),
        case_id=found.case_id,
        amount=Money.parse(yuan) if yuan else found.rest,
        cash_reason="无银行账户，急需食宿",
        cash_approval=an_approval(made),
    )
