"""What tests of spot checks share: a month of two offices, drawn, found, asked, answered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from reliefdesk.domain.check_records import CheckItem, Defect, SpotCheck
from reliefdesk.domain.statistics import Month
from reliefdesk.services import check_list, checks
from reliefdesk.services.check_list import DrawOrder
from reliefdesk.services.checks import AnswerOrder, CloseOrder, DemandOrder, FindingOrder
from tests.builders import P01, P02, P03, P05, TestDesk, a_draft
from tests.sync.parties import Trio, exchange, pay_somebody

MARCH = Month(2021, 3)
APRIL_2 = datetime(2021, 4, 2, 1, 0, tzinfo=UTC)


def a_month(trio: Trio) -> None:
    """Three cases of one office, one of the other, all known to the district; April has begun."""
    for made, people in ((trio.a, (P01, P02, P03)), (trio.b, (P05,))):
        for person in people:
            pay_somebody(made, draft=a_draft(person))
        exchange(trio, made)
    until_april(trio)


def until_april(trio: Trio, *, days: int = 0) -> None:
    for made in (trio.a, trio.b, trio.district):
        made.clock.set(APRIL_2 + timedelta(days=days))


def drawn(trio: Trio, **changed: object) -> SpotCheck:
    district = trio.district
    order = replace(DrawOrder(check_id=district.ids.new(), month=MARCH), **changed)  # type: ignore[arg-type]  # any of its fields
    context, officer = district.context("审批丙"), district.officer("审批丙")
    check_list.draw(context, order, officer=officer)
    return check_list.draw(context, order, officer=officer).result  # a retry draws nothing twice


def of_office(trio: Trio, made: TestDesk) -> CheckItem:
    code = made.desk.genesis.office.code
    return next(one for one in checks.listed(trio.district.context()) if one.line.office == code)


def found(trio: Trio, item: CheckItem, **changed: object) -> CheckItem:
    order = FindingOrder(
        check_id=item.check_id,
        case_no=item.line.case_no,
        conform=False,
        defects=(Defect.PAPERS, Defect.SIGNATURE),
        remark="缺调查人签字",
        checked_on=date(2021, 4, 2),
    )
    order = replace(order, **changed)  # type: ignore[arg-type]  # any of its fields
    officer = trio.district.officer("审核乙")
    return checks.give_finding(trio.district.context("审核乙"), order, officer=officer).result


def asked(trio: Trio, item: CheckItem, **changed: object) -> CheckItem:
    order = DemandOrder(
        check_id=item.check_id,
        case_no=item.line.case_no,
        demand="补签调查表并复印报来",
        due_on=date(2021, 4, 16),
    )
    order = replace(order, **changed)  # type: ignore[arg-type]  # any of its fields
    officer = trio.district.officer("审批丙")
    return checks.ask(trio.district.context("审批丙"), order, officer=officer).result


def answered(made: TestDesk, item: CheckItem, **changed: object) -> CheckItem:
    order = AnswerOrder(
        check_id=item.check_id,
        case_no=item.line.case_no,
        answer="已由两名调查人补签",
        done_on=date(2021, 4, 2),
    )
    order = replace(order, **changed)  # type: ignore[arg-type]  # any of its fields
    return checks.answer(made.context("审批丙"), order, officer=made.officer("审批丙")).result


def closed(trio: Trio, item: CheckItem, remark: str = "已核对复印件") -> CheckItem:
    order = CloseOrder(check_id=item.check_id, case_no=item.line.case_no, remark=remark)
    officer = trio.district.officer("审批丙")
    return checks.close(trio.district.context("审批丙"), order, officer=officer).result
