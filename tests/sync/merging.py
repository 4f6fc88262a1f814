"""What tests of mergers share: office b goes into office a, each act as people do it."""

from datetime import date
from pathlib import Path

from reliefdesk.domain.case_records import ApprovalOrder
from reliefdesk.domain.ids import CaseId, EntryId
from reliefdesk.domain.money import Money
from reliefdesk.services import cases, cash, decisions, desk_keys, mergers, payments
from reliefdesk.services.mergers import GiveOrder, MergeOrder, TakeOrder
from tests.builders import TestDesk, a_pay_order
from tests.services.drawer import count
from tests.sync.parties import Trio, desk_id, send, take

ON = date(2021, 3, 12)
DOCUMENT = "虚构编〔2021〕5号"


def ordered(trio: Trio, on: date = ON) -> None:
    """The district merges b into a, and both read it."""
    order = MergeOrder(
        closing=desk_id(trio.b), heir=desk_id(trio.a), merged_on=on, document=DOCUMENT
    )
    district = trio.district
    mergers.order(district.context("系统己"), order, officer=district.officer("审批丙"))
    for office in (trio.a, trio.b):
        take(office, send(trio, district, office))


def know_each_other(trio: Trio) -> None:
    for here, other in ((trio.a, trio.b), (trio.b, trio.a)):
        spelled = desk_keys.current(other.context()).public.fingerprint
        officer = here.officer("审批丙")
        mergers.know(here.context("系统己"), desk_id(trio.b), spelled, officer=officer)


def give(trio: Trio) -> EntryId:
    b = trio.b
    count(b, cash.balance(b.context()).figures.replace(",", ""))
    order = GiveOrder(entry_id=EntryId(b.ids.new()), receiver="出纳庚")
    for _ in range(2):  # a retry gives nothing twice
        mergers.give_cash(
            b.context("出纳丁"), order, giver=b.officer("出纳丁"), witness=b.officer("审批丙")
        )
    return order.entry_id


def close(trio: Trio) -> None:
    mergers.close(trio.b.context("系统己"), officer=trio.b.officer("审批丙"))


def to_heir(trio: Trio) -> Path:
    return send(trio, trio.b, trio.a)


def take_over(trio: Trio) -> None:
    mergers.take_over(trio.a.context("系统己"), desk_id(trio.b), officer=trio.a.officer("审批丙"))


def take_cash(trio: Trio, given_id: EntryId, yuan: str) -> Money:
    a = trio.a
    order = TakeOrder(
        entry_id=EntryId(a.ids.new()),
        desk_id=desk_id(trio.b),
        given_id=given_id,
        counted=Money.parse(yuan),
    )
    return mergers.take_cash(
        a.context("出纳丁"), order, receiver=a.officer("出纳丁"), witness=a.officer("审批丙")
    ).result


def approve(made: TestDesk, case_id: CaseId) -> None:
    found = cases.case(made.context(), case_id)
    order = ApprovalOrder(
        case_id=case_id, seen_version=found.version, amount=found.request.requested
    )
    decisions.approve(made.context(), order, officer=made.officer("审批丙"))


def pay(made: TestDesk, case_id: CaseId) -> None:
    found = cases.case(made.context(), case_id)
    payments.pay(
        made.context("出纳丁"),
        a_pay_order(made, found),
        seen_version=found.version,
        officer=made.officer("出纳丁"),
    )


def merged(trio: Trio) -> None:
    """Everything up to the day on which a goes on for b."""
    ordered(trio)
    know_each_other(trio)
    held = cash.balance(trio.b.context())
    given = give(trio)
    close(trio)
    take(trio.a, to_heir(trio))
    take_over(trio)
    assert take_cash(trio, given, held.figures.replace(",", "")) == held
