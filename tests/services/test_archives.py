"""A file is put away once, complete, under its own number; temporary numbers serve once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.domain.archives import (
    ArchiveNoError,
    ArchiveNoTakenError,
    ArchiveOrder,
    CaseUndecidedError,
    CaseUnpaidError,
    IdentityKnownError,
    IdentityOpenError,
    PapersOpenError,
    ReceiptOpenError,
    RecoveryOpenError,
)
from reliefdesk.domain.case_records import (
    ApprovalOrder,
    Case,
    FirstReliefOrder,
    ReasonOrder,
    ReviewOrder,
)
from reliefdesk.domain.cases import AlreadyDoneError, ApprovalMeans, Opinion
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.persons import PersonDraft, PersonFaultError
from reliefdesk.services import archives, cases, decisions, persons, verification
from tests.builders import (
    P02,
    P03,
    TestDesk,
    a_draft,
    a_pay_order,
    a_reviewed_case,
    an_accepted_case,
    an_approved_case,
)
from tests.services.money import opened, pay, sign
from tests.services.recovering import a_paid_case, an_open_claim

NOBODY = PersonDraft(
    kind=DocumentKind.NO_DOCUMENT, name="无名氏", identity_note="男，约40岁，滨河派出所送来"
)
P09 = PersonDraft(number="341221196304309971", name="测试壬", hukou_place="安徽省临泉县")


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def put_away(made: TestDesk, found: Case, number: str = "2021-1") -> Case:
    now = cases.case(made.context(), found.case_id)
    order = ArchiveOrder(case_id=now.case_id, seen_version=now.version, archive_no=number)
    return archives.file_case(made.context(), order).result


def give_up(made: TestDesk, found: Case) -> Case:
    now = cases.case(made.context(), found.case_id)
    order = ReasonOrder(
        case_id=now.case_id, seen_version=now.version, reason="公安、医院均查无此人"
    )
    return archives.give_up(made.context(), order, officer=made.officer("审批丙")).result


def an_unknown_case(made: TestDesk) -> Case:
    return an_accepted_case(made, a_draft(NOBODY))


def withdrawn(made: TestDesk, found: Case) -> Case:
    order = ReasonOrder(case_id=found.case_id, seen_version=found.version, reason="已转院")
    return decisions.withdraw(made.context(), order).result


def test_a_paid_and_signed_case_is_put_away_once(made: TestDesk) -> None:
    found = put_away(made, a_paid_case(made))
    filed = archives.filed(made.context(), found.case_id)
    assert filed is not None
    assert (filed.archive_no, filed.filed_on) == ("2021-1", made.context().today)
    assert "案卷归档" in {step.act for step in cases.steps(made.context(), found.case_id)}
    with pytest.raises(AlreadyDoneError):
        put_away(made, found, "2021-2")
    assert verification.verify(made.context()).good


def test_what_is_missing_keeps_a_file_open(made: TestDesk) -> None:
    with pytest.raises(CaseUndecidedError):
        put_away(made, a_reviewed_case(made))
    found = an_approved_case(made, a_draft(P02))
    with pytest.raises(CaseUnpaidError):
        put_away(made, found)
    paid = pay(made, a_pay_order(made, found))
    with pytest.raises(ReceiptOpenError):
        put_away(made, found)
    sign(made, paid.receipt_no)
    with pytest.raises(ArchiveNoError):
        put_away(made, found, "  ")
    put_away(made, found)


def test_money_claimed_back_keeps_a_file_open(made: TestDesk) -> None:
    claim = an_open_claim(made)
    with pytest.raises(RecoveryOpenError):
        put_away(made, cases.case(made.context(), claim.details.case_id))


def test_papers_of_a_first_relief_keep_a_file_open(made: TestDesk) -> None:
    found = an_accepted_case(made, a_draft(P03))
    order = FirstReliefOrder(
        case_id=found.case_id,
        seen_version=found.version,
        amount=found.request.requested,
        means=ApprovalMeans.IN_PERSON,
        approver=made.by_name["审批丙"],
        approved_at=made.clock.now(),
    )
    officer = made.officer("审批丙")
    found = decisions.approve_first_relief(made.context(), order, officer=officer).result
    sign(made, pay(made, a_pay_order(made, found)).receipt_no)
    decided(made, found)
    with pytest.raises(PapersOpenError):
        put_away(made, found)


def decided(made: TestDesk, found: Case) -> None:
    now = cases.case(made.context(), found.case_id)
    amount = now.request.requested
    review = ReviewOrder(
        case_id=now.case_id, seen_version=now.version, opinion=Opinion.AGREE, amount=amount
    )
    now = decisions.review(made.context(), review, officer=made.officer("审核乙")).result
    approval = ApprovalOrder(case_id=now.case_id, seen_version=now.version, amount=amount)
    decisions.approve(made.context(), approval, officer=made.officer("审批丙"))


def test_one_number_is_for_one_file(made: TestDesk) -> None:
    first, second = an_accepted_case(made), an_accepted_case(made, a_draft(P02))
    put_away(made, withdrawn(made, first))
    with pytest.raises(ArchiveNoTakenError) as refused:
        put_away(made, withdrawn(made, second))
    assert refused.value.facts["case_no"] == first.case_no


def test_nobody_knows_who_it_is_until_somebody_finds_out(made: TestDesk) -> None:
    found = withdrawn(made, an_unknown_case(made))
    with pytest.raises(IdentityOpenError):
        put_away(made, found)
    done = archives.identify(made.context(), found.case_id, P09, reason="派出所人像比对")
    assert done.result.details.number == P09.number
    assert done.result.details.identity_note == NOBODY.identity_note
    put_away(made, found)
    (row,) = persons.find(made.context(), "WZ-150302003-2021-0001")
    assert row.name == P09.name
    with pytest.raises(IdentityKnownError):
        archives.identify(made.context(), found.case_id, P09, reason="再来一次")


def test_who_stays_unknown_is_the_approvers_decision(made: TestDesk) -> None:
    found = withdrawn(made, an_unknown_case(made))
    give_up(made, found)
    put_away(made, found)
    with pytest.raises(IdentityKnownError):
        give_up(made, found)
    assert verification.verify(made.context()).good


def test_a_wrong_number_identifies_nobody(made: TestDesk) -> None:
    found = an_unknown_case(made)
    with pytest.raises(PersonFaultError):
        archives.identify(
            made.context(), found.case_id, replace(P09, number=P09.number[:-1]), reason="比对"
        )


def test_the_temporary_number_of_somebody_now_known_is_not_given_again(made: TestDesk) -> None:
    first = an_unknown_case(made)
    archives.identify(made.context(), first.case_id, P09, reason="派出所人像比对")
    second = an_unknown_case(made)
    details = persons.person(made.context(), second.person_id).details
    assert details.number == "WZ-150302003-2021-0002"
