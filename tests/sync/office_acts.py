"""What an office does with one case, from the plainest payment to a claim that is repaid."""

from collections.abc import Callable
from dataclasses import replace

from reliefdesk.domain.archives import ArchiveOrder
from reliefdesk.domain.case_records import (
    ApprovalOrder,
    Case,
    CaseOrder,
    DayOrder,
    FirstReliefOrder,
    InvestigationOrder,
    ReasonOrder,
    ReferralOrder,
    ReviewOrder,
)
from reliefdesk.domain.cases import ApprovalMeans, Opinion, Route
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.money import Money
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.domain.transfers import TransferMethod, TransferOrder
from reliefdesk.services import archives, cases, decisions, persons, receipts, transfers
from tests.builders import TestDesk, a_draft, a_pay_order, a_reviewed_case, an_accepted_case
from tests.services.money import approved, pay, reverse, sign, void
from tests.services.recovering import a_claim_order, a_tolerance, claim, deposit, repay

DOCUMENT = "海民〔2021〕6号"
Act = Callable[[TestDesk, PersonDraft], Case]


def now(made: TestDesk, found: Case) -> Case:
    """The case as it stands."""
    return cases.case(made.context(), found.case_id)


def told(made: TestDesk, found: Case) -> dict[str, CaseId | int]:
    """What every order about a case carries."""
    order = CaseOrder(case_id=found.case_id, seen_version=now(made, found).version)
    return {"case_id": order.case_id, "seen_version": order.seen_version}


def promised(made: TestDesk, person: PersonDraft) -> Case:
    """Approved and waiting for the cashier; another office's relief needs the document."""
    asked = a_draft(person, yuan="200", at=made.clock.now())
    return approved(made, asked, document=DOCUMENT)


def paid(made: TestDesk, person: PersonDraft) -> Case:
    """Paid, not signed yet."""
    found = promised(made, person)
    pay(made, a_pay_order(made, found))
    return found


def signed(made: TestDesk, person: PersonDraft) -> Case:
    """Paid, printed and signed."""
    found = promised(made, person)
    sign(made, pay(made, a_pay_order(made, found)).receipt_no)
    return found


def put_away(made: TestDesk, person: PersonDraft) -> Case:
    """Signed, the original filed, the case archived."""
    found = signed(made, person)
    (receipt,) = receipts.of_case(made.context(), found.case_id)
    receipts.file_original(made.context("记账戊"), receipt.receipt_no, "2021-1-3")
    order = ArchiveOrder(**told(made, found), archive_no=found.case_no)  # type: ignore[arg-type]
    archives.file_case(made.context(), order)
    return found


def voided(made: TestDesk, person: PersonDraft) -> Case:
    """Paid, void, and paid anew under the next number."""
    found = promised(made, person)
    receipt = pay(made, a_pay_order(made, found)).receipt_no
    void(made, receipt, a_pay_order(made, found, yuan="200"))
    return found


def reversed_(made: TestDesk, person: PersonDraft) -> Case:
    """Signed and taken back in red."""
    found = promised(made, person)
    receipt = pay(made, a_pay_order(made, found)).receipt_no
    sign(made, receipt)
    reverse(made, receipt)
    return found


def claimed(made: TestDesk, person: PersonDraft) -> Case:
    """Signed, claimed back, repaid in two parts, deposited, excused."""
    found = signed(made, person)
    order = a_claim_order(made, now(made, found), yuan="200")
    opened = claim(made, order)
    repay(made, repay(made, opened, "50"), "150")
    deposit(made)
    a_tolerance(made, opened)
    return found


def sent(made: TestDesk, person: PersonDraft) -> Case:
    """Paid by bank."""
    return given(made, promised(made, person), TransferMethod.BANK)


def in_kind(made: TestDesk, person: PersonDraft) -> Case:
    """Given in goods that come back."""
    found = given(made, promised(made, person), TransferMethod.GOODS)
    (one,) = transfers.of_case(made.context(), found.case_id)
    transfers.give_back(
        made.context("出纳丁"),
        one.details.payment_id,
        "棉被破损",
        officer=made.officer("出纳丁"),
        second=made.officer("记账戊"),
    )
    return found


def given(made: TestDesk, found: Case, method: TransferMethod) -> Case:
    """Hand out the rest without cash."""
    bank = method is TransferMethod.BANK
    order = TransferOrder(
        payment_id=made.new_payment_id(),
        case_id=found.case_id,
        method=method,
        amount=now(made, found).rest,
        voucher=f"HD-{found.case_no[-4:]}",
        account="6222 0000 1111 2222" if bank else "",
        goods="" if bank else "棉被1床",
    )
    version, officer = now(made, found).version, made.officer("出纳丁")
    transfers.give(made.context("出纳丁"), order, seen_version=version, officer=officer)
    return found


def refused(made: TestDesk, person: PersonDraft) -> Case:
    """Reviewed and refused with a reason."""
    found = a_reviewed_case(made, a_draft(person, yuan="200", at=made.clock.now()))
    order = ReasonOrder(**told(made, found), reason="已由保险赔付")  # type: ignore[arg-type]
    return decisions.refuse(made.context(), order, officer=made.officer("审批丙")).result


def referred(made: TestDesk, person: PersonDraft) -> Case:
    """Sent on to the shelter."""
    found = a_reviewed_case(made, a_draft(person, yuan="200", at=made.clock.now()))
    order = ReferralOrder(
        **told(made, found),  # type: ignore[arg-type]
        to=Route.SHELTER,
        receiver="市救助管理站",
        reason="无处居住",
    )
    return decisions.refer(made.context(), order, officer=made.officer("审批丙")).result


def withdrawn(made: TestDesk, person: PersonDraft) -> Case:
    """Accepted and withdrawn; the number was looked at meanwhile."""
    found = an_accepted_case(made, a_draft(person, yuan="200", at=made.clock.now()))
    persons.reveal(made.context(), found.person_id, "number")
    order = ReasonOrder(**told(made, found), reason="本人不再申请")  # type: ignore[arg-type]
    return decisions.withdraw(made.context(), order).result


def investigated(made: TestDesk, person: PersonDraft) -> Case:
    """Visited, reviewed, the review taken back and given again; then it waits."""
    found = an_accepted_case(made, a_draft(person, yuan="200", at=made.clock.now()))
    visit = InvestigationOrder(
        **told(made, found),  # type: ignore[arg-type]
        visited_on=made.context().today,
        place="新华街",
        method="现场",
        investigators=("经办甲", "社区李某"),
        result="情况属实",
    )
    decisions.investigate(made.context(), visit)
    for again in (True, False):
        reviewed(made, found)
        if again:
            back = ReasonOrder(**told(made, found), reason="金额要重算")  # type: ignore[arg-type]
            decisions.withdraw_review(made.context(), back, officer=made.officer("审核乙"))
    return now(made, found)


def reviewed(made: TestDesk, found: Case) -> None:
    """The reviewer agrees."""
    order = ReviewOrder(
        **told(made, found),  # type: ignore[arg-type]
        opinion=Opinion.AGREE,
        amount=found.request.requested,
    )
    decisions.review(made.context(), order, officer=made.officer("审核乙"))


def first_relief(made: TestDesk, person: PersonDraft) -> Case:
    """Paid before the decision, decided, its papers made up; the number is corrected."""
    found = an_accepted_case(made, a_draft(person, yuan="200", at=made.clock.now()))
    order = FirstReliefOrder(
        **told(made, found),  # type: ignore[arg-type]
        amount=Money.parse("200"),
        means=ApprovalMeans.IN_PERSON,
        approver=made.by_name["审批丙"],
        approved_at=made.clock.now(),
    )
    officer = made.officer("审批丙")
    decisions.approve_first_relief(made.context(), order, officer=officer)
    sign(made, pay(made, a_pay_order(made, now(made, found))).receipt_no)
    reviewed(made, found)
    day = made.context().today
    decisions.end_emergency(made.context(), DayOrder(**told(made, found), on=day))  # type: ignore[arg-type]
    whole = ApprovalOrder(
        **told(made, found),  # type: ignore[arg-type]
        amount=Money.parse("200"),
        remark="已核实",
        district_document=DOCUMENT,
    )
    decisions.approve(made.context(), whole, officer=officer)
    decisions.complete_papers(made.context(), DayOrder(**told(made, found), on=day))  # type: ignore[arg-type]
    changed = replace(person, former_name="测试旧")
    persons.correct(made.context(), found.person_id, changed, reason="补登曾用名")
    return now(made, found)


GIVING: tuple[Act, ...] = (signed, paid, sent, put_away, claimed, voided, first_relief)
"""Whoever gets one of these has got relief at this office."""
OTHERS: tuple[Act, ...] = (
    promised,
    refused,
    referred,
    withdrawn,
    investigated,
    in_kind,
    reversed_,
)
