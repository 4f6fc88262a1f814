"""The training desk (演练): synthetic operators, invented standards, a float; no real money.

A training bureau stands beside it, so that the exchange of bundles can be learnt too.

Its passphrase and PINs stand on the sign-in page, its receipts carry a watermark and their own
number series.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reliefdesk import desk as front_door
from reliefdesk.desk import Account, Desk, DeskPlan, Surroundings
from reliefdesk.domain.cash import FloatDraft
from reliefdesk.domain.desks import DeskKind, Office
from reliefdesk.domain.ids import EntryId, OperatorId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat, VerifiedOfficer
from reliefdesk.domain.policies import AreaClass, PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import cash, desk_keys, operators, partners, policies, root
from reliefdesk.services.partners import EnrolOrder

OFFICE = Office(code="150302003", name="新华街道办事处")
BUREAU = Office(code="150302", name="海勃湾区民政局")
PASSPHRASE = "shan shui tian lu"  # noqa: S105 - shown on the sign-in page
_DOCUMENT = "演练〔2021〕1号（虚构）"
_SINCE = date(2021, 1, 1)
_FLOAT = Money.parse("20000")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOperator:
    """One synthetic account, all of it shown on the sign-in page."""

    name: str
    seats: tuple[Seat, ...]
    pin: str

    @property
    def seat_names(self) -> str:
        """Its seats in Chinese."""
        return "、".join(seat.label for seat in self.seats)


OPERATORS = (
    TrainingOperator(name="演练经办", seats=(Seat.REGISTRAR,), pin="604716"),
    TrainingOperator(name="演练审核", seats=(Seat.REVIEWER,), pin="614716"),
    TrainingOperator(name="演练审批", seats=(Seat.APPROVER,), pin="624716"),
    TrainingOperator(name="演练出纳", seats=(Seat.CASHIER,), pin="634716"),
    TrainingOperator(name="演练记账", seats=(Seat.BOOKKEEPER,), pin="644716"),
    TrainingOperator(name="演练系统", seats=(Seat.ADMINISTRATOR,), pin="594716"),
)


def create(folder: Path, surroundings: Surroundings) -> Desk:
    """Make a training desk that is ready to work, and leave it open."""
    desk, ids = _opened(folder, OFFICE, DeskKind.TRAINING, surroundings)
    _fill_drawer(desk, ids["演练出纳"], surroundings)
    return desk


def create_bureau(folder: Path, surroundings: Surroundings) -> Desk:
    """Make the training bureau, with the same accounts and standards, and leave it open."""
    desk, _ = _opened(folder, BUREAU, DeskKind.TRAINING_DISTRICT, surroundings)
    return desk


def introduce(office: Desk, bureau: Desk) -> None:
    """Enrol both with each other, as two people do it with a stick and a paper."""
    at_bureau, at_office = bureau.context(), office.context()
    code = root.new_code()
    root.keep(at_bureau, code, officer=_approver(bureau))
    asked = desk_keys.request_file(at_office)
    order = EnrolOrder(
        content=asked.content, office_name=OFFICE.name, typed_fingerprint=asked.fingerprint
    )
    partners.enrol(at_bureau, order, officer=_approver(bureau))
    card = partners.district_card(at_bureau, code, officer=_approver(bureau)).result
    answer = EnrolOrder(
        content=card.content, office_name=BUREAU.name, typed_fingerprint=card.fingerprint
    )
    partners.enrol_district(at_office, answer, officer=_approver(office))


def _opened(
    folder: Path, office: Office, kind: DeskKind, surroundings: Surroundings
) -> tuple[Desk, dict[str, OperatorId]]:
    """Make a desk with every account and the standards; gives the accounts by name too."""
    administrator = OPERATORS[-1]
    plan = DeskPlan(office=office, kind=kind, administrator=_account(administrator))
    desk = front_door.create(folder, plan, surroundings)
    ids = {administrator.name: desk.operator_id}
    for each in OPERATORS[:-1]:
        ids[each.name] = desk.add_operator(_account(each)).result.operator_id
    _enter_standards(desk, ids["演练审批"])
    desk.confirm_recovery_code(desk.new_recovery_code())
    return desk, ids


def _approver(desk: Desk) -> VerifiedOfficer:
    name = "演练审批"
    accounts = {each.name: each.operator_id for each in operators.operators(desk.context())}
    return operators.check_pin(desk.context(), accounts[name], _pin(name))


def _account(each: TrainingOperator) -> Account:
    return Account(name=each.name, seats=each.seats, passphrase=PASSPHRASE, pin=each.pin)


def _pin(name: str) -> str:
    return next(each.pin for each in OPERATORS if each.name == name)


def _enter_standards(desk: Desk, confirming: OperatorId) -> None:
    context = desk.context()
    urban = PolicyRowDraft(
        key=PolicyKey.STANDARD,
        area=AreaClass.URBAN,
        value="800.00",
        valid_from=_SINCE,
        document=_DOCUMENT,
    )
    drafts = (
        urban,
        replace(urban, area=AreaClass.RURAL, value="600.00"),
        replace(urban, key=PolicyKey.CAP_UNIT, area=AreaClass.ANY, value="per_person"),
        replace(urban, key=PolicyKey.DELEGATION_LIMIT, area=AreaClass.ANY, value="5000.00"),
    )
    for draft in drafts:
        officer = operators.check_pin(context, confirming, _pin("演练审批"))
        policies.enter(context, draft, officer=officer)


def _fill_drawer(desk: Desk, cashier: OperatorId, surroundings: Surroundings) -> None:
    context = desk.context(cashier)
    draft = FloatDraft(
        entry_id=EntryId(surroundings.ids.new()),
        amount=_FLOAT,
        approval=_DOCUMENT,
        source="演练备用金",
    )
    officer = operators.check_pin(context, cashier, _pin("演练出纳"))
    cash.receive_float(context, draft, officer=officer)
