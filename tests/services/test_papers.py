"""The forms of a case follow its stage and show what is recorded about it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from reliefdesk.domain.case_records import (
    FirstReliefOrder,
    InvestigationOrder,
    ReasonOrder,
    ReferralOrder,
)
from reliefdesk.domain.cases import ApprovalMeans, Cause, Route, Situation
from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.intake import MemberDraft
from reliefdesk.domain.payments import Proxy
from reliefdesk.services import decisions, papers, payments, policies
from reliefdesk.services.publicity import publicity_of
from tests.builders import (
    P01,
    TestDesk,
    a_desk,
    a_draft,
    a_pay_order,
    a_reviewed_case,
    an_accepted_case,
    an_approved_case,
)
from tests.documents.papers import page_texts
from tests.services.money import pay, publish

PROXY = Proxy(name="测试乙", number="411525199203049967", relation="配偶", authorisation="WT-1")


@pytest.fixture
def made(tmp_path: Path) -> TestDesk:
    return a_desk(tmp_path / "desk")


def _text(made: TestDesk, form: CaseForm, case_id: CaseId) -> str:
    pdf = papers.form_pdf(made.context(), form, case_id)
    return "".join(page_texts(pdf))


def test_an_open_case_needs_what_the_applicant_signs(made: TestDesk) -> None:
    found = an_accepted_case(made)
    assert papers.available(made.context(), found.case_id) == (
        CaseForm.APPLICATION,
        CaseForm.ACCEPTANCE_NOTICE,
        CaseForm.PRIVACY_NOTICE,
        CaseForm.PLEDGE,
        CaseForm.ASSET_AUTHORISATION,
        CaseForm.INVESTIGATION,
        CaseForm.SUPPLEMENT_NOTICE,
    )


def test_an_approved_case_may_be_collected_for_and_is_not_published(made: TestDesk) -> None:
    found = an_approved_case(made)
    forms = papers.available(made.context(), found.case_id)
    assert CaseForm.PROXY_LETTER in forms
    assert not {CaseForm.PUBLICITY, CaseForm.SUPPLEMENT_NOTICE} & set(forms)


def test_where_the_city_wants_it_a_case_is_published_before_the_payment(made: TestDesk) -> None:
    publish(made, "pre")
    found = an_approved_case(made)
    assert "2021年3月10日至2021年3月14日" in _text(made, CaseForm.PUBLICITY, found.case_id)


def test_a_minor_is_never_put_up_in_public(made: TestDesk) -> None:
    publish(made, "pre")
    found, rows = an_approved_case(made), policies.in_force(made.context())
    for birth_on, is_shown in ((date(2003, 3, 10), True), (date(2003, 3, 11), False)):
        shown = publicity_of(found, birth_on, rows, office="150302003")
        assert shown is not None
        assert (shown.since is not None) is is_shown
        assert shown.words == ("2021-03-10至03-14" if is_shown else "未成年人不公示")


def test_or_only_after_it(made: TestDesk) -> None:
    publish(made, "post")
    found = an_approved_case(made)
    assert CaseForm.PUBLICITY not in papers.available(made.context(), found.case_id)
    made.clock.advance(timedelta(days=1))
    pay(made, a_pay_order(made, found))
    assert "2021年3月11日至2021年3月15日" in _text(made, CaseForm.PUBLICITY, found.case_id)


@pytest.mark.parametrize(
    "form", [CaseForm.PUBLICITY, CaseForm.REFUSAL_NOTICE, CaseForm.TURNED_AWAY, CaseForm.REFERRAL]
)
def test_a_form_of_a_decision_is_refused_before_it(made: TestDesk, form: CaseForm) -> None:
    found = an_accepted_case(made)
    with pytest.raises(papers.FormNotDueError):
        papers.form_pdf(made.context(), form, found.case_id)


def test_every_available_form_names_the_case_and_prints_twice_alike(made: TestDesk) -> None:
    found = an_approved_case(made)
    for form in papers.available(made.context(), found.case_id):
        pdf = papers.form_pdf(made.context(), form, found.case_id)
        number = found.case_no.removeprefix("AJ-")
        assert number in "".join(page_texts(pdf)), form
        assert pdf == papers.form_pdf(made.context(), form, found.case_id)


def test_the_application_says_who_allowed_large_cash_how_and_when(made: TestDesk) -> None:
    found = an_approved_case(made)
    pay(made, a_pay_order(made, found))
    text = "".join(_text(made, CaseForm.APPLICATION, found.case_id).split())
    assert "大额现金：街道主任电话同意，2021年3月10日09:00" in text


def test_the_application_shows_review_and_decision_with_who_and_when(made: TestDesk) -> None:
    found = an_approved_case(made)
    text = _text(made, CaseForm.APPLICATION, found.case_id)
    for said in (
        "同意，建议救助￥2,000.00。审核乙",
        "同意救助人民币贰仟元整",
        "审批丙",
    ):
        assert said in text


def test_a_visit_that_was_recorded_stands_on_the_report(made: TestDesk) -> None:
    found = an_accepted_case(made)
    order = InvestigationOrder(
        case_id=found.case_id,
        seen_version=found.version,
        visited_on=made.context().today,
        place="平安旅馆",
        method="入户",
        investigators=("调查庚", "调查辛"),
        result="与申报一致",
    )
    decisions.investigate(made.context(), order)
    text = _text(made, CaseForm.INVESTIGATION, found.case_id)
    for said in ("平安旅馆", "与申报一致", "调查人 调查庚（签字）", "调查人 调查辛（签字）"):
        assert said in text


def test_a_refusal_gives_the_reason_and_the_right_of_appeal(made: TestDesk) -> None:
    found = a_reviewed_case(made)
    order = ReasonOrder(case_id=found.case_id, seen_version=found.version, reason="情况不属实")
    decisions.refuse(made.context(), order, officer=made.officer("审批丙"))
    text = _text(made, CaseForm.REFUSAL_NOTICE, found.case_id)
    for said in ("情况不属实", "60日内", "海勃湾区人民政府申请行政复议", "6个月内", "行政诉讼"):
        assert said in text


def test_a_referral_names_channel_receiver_and_reason(made: TestDesk) -> None:
    draft = replace(a_draft(), situation=Situation.HOMELESS)
    found = a_reviewed_case(made, draft)
    order = ReferralOrder(
        case_id=found.case_id,
        seen_version=found.version,
        to=Route.SHELTER,
        receiver="乌海市救助管理站",
        reason="无处居住",
    )
    decisions.refer(made.context(), order, officer=made.officer("审批丙"))
    text = _text(made, CaseForm.REFERRAL, found.case_id)
    for said in ("乌海市救助管理站", "无处居住", "审批丙"):
        assert said in text


def test_the_public_sheet_never_shows_who_is_who(made: TestDesk) -> None:
    publish(made, "pre")
    draft = replace(a_draft(), cause=Cause.ILLNESS)
    found = an_approved_case(made, draft)
    text = _text(made, CaseForm.PUBLICITY, found.case_id)
    assert "测**" in text
    for secret in (P01.name, P01.number, P01.phone, "疾病", draft.narrative[:6], draft.place):
        assert secret not in text


def test_the_letter_of_a_proxy_names_what_is_due_and_leaves_room_once_it_is_paid(
    made: TestDesk,
) -> None:
    found = an_approved_case(made)
    assert "￥2,000.00" in _text(made, CaseForm.PROXY_LETTER, found.case_id)
    pay(made, a_pay_order(made, found))
    assert "0.00" not in _text(made, CaseForm.PROXY_LETTER, found.case_id)


def test_the_letter_of_a_proxy_follows_the_payment(made: TestDesk) -> None:
    found = an_approved_case(made)
    order = replace(a_pay_order(made, found), proxy=PROXY)
    context = made.context("出纳丁")
    payments.pay(context, order, seen_version=found.version, officer=made.officer("出纳丁"))
    text = _text(made, CaseForm.PROXY_LETTER, found.case_id)
    for said in ("测试乙", "411525199203049967", "配偶", "贰仟元整"):
        assert said in text


def test_first_relief_by_phone_stands_on_the_application(made: TestDesk) -> None:
    found = an_accepted_case(made)
    order = FirstReliefOrder(
        case_id=found.case_id,
        seen_version=found.version,
        approver=made.by_name["审批丙"],
        amount=found.request.requested,
        means=ApprovalMeans.PHONE,
        approved_at=made.clock.now(),
    )
    decisions.approve_first_relief(made.context(), order, officer=made.officer("经办甲"))
    text = _text(made, CaseForm.APPLICATION, found.case_id)
    assert "审批丙 2021年3月10日 09:00以电话方式批准先行救助￥2,000.00" in text


def test_grown_up_members_sign_for_themselves_and_children_do_not(made: TestDesk) -> None:
    members = (
        MemberDraft(name="测试乙", relation="配偶", number="411525199203049967"),
        MemberDraft(name="测试丑", relation="女儿", number="500235201908129980"),
    )
    found = an_accepted_case(made, replace(a_draft(), members=members))
    text = _text(made, CaseForm.ASSET_AUTHORISATION, found.case_id)
    before, after = text.split("无民事行为能力、限制民事行为能力的家庭成员")
    assert "测试乙" in before
    assert "测试丑" in after


def test_on_a_training_desk_every_form_says_so(tmp_path: Path) -> None:
    made = a_desk(tmp_path / "training", kind=DeskKind.TRAINING)
    found = an_approved_case(made)
    for form in papers.available(made.context(), found.case_id):
        assert "（演练，不作凭证）" in _text(made, form, found.case_id), form


def test_the_list_of_the_folder_names_every_paper_of_a_paid_case(made: TestDesk) -> None:
    found = an_approved_case(made)
    assert CaseForm.FOLDER_LIST in papers.available(made.context(), found.case_id)
    order = replace(a_pay_order(made, found), proxy=PROXY)
    paid = payments.pay(
        made.context("出纳丁"), order, seen_version=found.version, officer=made.officer("出纳丁")
    ).result
    text = _text(made, CaseForm.FOLDER_LIST, found.case_id)
    for title in ("急难型临时救助申请审批", "受理通知书", "诚信承诺书", "代领救助金委托书"):
        assert title in text
    assert paid.receipt_no in text.replace(" ", "")
    assert "领款单　￥2,000.00" in text
    assert "已开具" in text


def test_the_list_of_a_refused_case_has_its_notice_and_no_receipt(made: TestDesk) -> None:
    found = a_reviewed_case(made)
    order = ReasonOrder(case_id=found.case_id, seen_version=found.version, reason="与事实不符")
    refused = decisions.refuse(made.context(), order, officer=made.officer("审批丙")).result
    text = _text(made, CaseForm.FOLDER_LIST, refused.case_id)
    assert "不予救助告知书" in text
    assert "领款单" not in text


def test_an_open_case_has_no_list_of_its_folder_yet(made: TestDesk) -> None:
    found = an_accepted_case(made)
    with pytest.raises(papers.FormNotDueError):
        papers.form_pdf(made.context(), CaseForm.FOLDER_LIST, found.case_id)
