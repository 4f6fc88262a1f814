"""The forms of a case with kind and with nasty facts, ready for pictures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from reliefdesk.clock import shanghai_time
from reliefdesk.documents.acceptance_notice import AcceptanceFacts, acceptance_pdf
from reliefdesk.documents.application_form import ApplicationFacts, application_pdf
from reliefdesk.documents.asset_authorisation import AuthorisationFacts, authorisation_pdf
from reliefdesk.documents.honesty_pledge import PledgeFacts, pledge_pdf
from reliefdesk.documents.investigation_form import InvestigationFacts, investigation_pdf
from reliefdesk.documents.privacy_notice import PrivacyFacts, privacy_pdf
from reliefdesk.documents.proxy_letter import ProxyLetterFacts, proxy_letter_pdf
from reliefdesk.documents.publicity_sheet import PublicityFacts, PublicRelief, publicity_pdf
from reliefdesk.documents.referral_sheet import ReferralFacts, referral_pdf
from reliefdesk.documents.refusal_notice import Refusal, RefusalFacts, refusal_pdf
from reliefdesk.documents.supplement_notice import SupplementFacts, supplement_pdf
from reliefdesk.domain.cases import Cause, Route
from reliefdesk.domain.eligibility import NOTICE
from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.domain.money import Money
from reliefdesk.domain.payments import Proxy
from tests.gallery.case_facts import (
    BUREAU,
    CASE_NO,
    DAY,
    LONG_NAME,
    NASTY_PERSON,
    NASTY_REQUEST,
    NASTY_VISIT,
    NUMBER,
    PERSON,
    RARE_NAME,
    REASON,
    REQUEST,
    VISIT,
    head_of,
    picture,
    wordy,
)

_ACCEPTED = REQUEST.emergency.happened_at
_GOVERNMENT = "乌海市海勃湾区人民政府"
_PROXY = Proxy(name="测试乙", number=NUMBER, relation="配偶", authorisation="WT-1")

APPLICATION = ApplicationFacts(
    head=head_of(
        CaseForm.APPLICATION, day=f"受理时间：2021年3月10日 {shanghai_time(_ACCEPTED):%H:%M}"
    ),
    person=PERSON,
    request=REQUEST,
    granted=Money(200000),
    method="现金",
    cash_reason="无银行账户，急需食宿",
    last_relief="无",
    year_relief="0次，￥0.00",
    helped_list="区里2021-03-01的已救助名单中没有此人和共同生活成员。",
    first_relief="",
    investigated="",
    reviewed="同意，建议救助￥2,000.00。审核乙　2021年3月10日 10:05",
    decided="同意，救助￥2,000.00。审批丙　2021年3月10日 10:20",
    district="",
    hints="",
    registrar="经办甲",
)
AUTHORISATION = AuthorisationFacts(
    head=head_of(CaseForm.ASSET_AUTHORISATION, number="SQ-150302003-2021-000001"),
    person=PERSON,
    members=REQUEST.members,
    on=DAY,
    bureau=BUREAU,
    registrar="经办甲",
)
PLEDGE = PledgeFacts(head=head_of(CaseForm.PLEDGE), person=PERSON, registrar="经办甲")
PRIVACY = PrivacyFacts(
    head=head_of(CaseForm.PRIVACY_NOTICE),
    name="测试甲",
    bureau=BUREAU,
    retention="案卷一般保存10年，领款凭证保存30年",
)
INVESTIGATION = InvestigationFacts(
    head=head_of(CaseForm.INVESTIGATION),
    person=PERSON,
    request=REQUEST,
    visit=VISIT,
    registrar="经办甲",
)
ACCEPTANCE = AcceptanceFacts(
    head=head_of(CaseForm.ACCEPTANCE_NOTICE),
    name="测试甲",
    case_no=CASE_NO,
    emergency=REQUEST.emergency,
    accepted_at=_ACCEPTED,
    first_relief_hours=24,
    policy_basis=NOTICE,
    registrar="经办甲",
    on=DAY,
)
SUPPLEMENT = SupplementFacts(
    head=head_of(CaseForm.SUPPLEMENT_NOTICE),
    name="测试甲",
    case_no=CASE_NO,
    cause=Cause.TRAFFIC,
    identity_missing=False,
    permit_unknown=True,
    first_relief_paid=True,
    due_on=date(2021, 3, 24),
    on=DAY,
)
REFUSAL = RefusalFacts(
    head=head_of(CaseForm.REFUSAL_NOTICE),
    name="测试甲",
    case_no=CASE_NO,
    asked_on=DAY,
    kind=Refusal.NOT_RELIEVED,
    reason="经核查，申报的急难情形与事实不符，基本生活未出现严重困难。",
    policy_basis=NOTICE,
    government=_GOVERNMENT,
    on=DAY,
)
REFERRAL = ReferralFacts(
    head=head_of(CaseForm.REFERRAL),
    person=PERSON,
    request=REQUEST,
    to=Route.SHELTER,
    receiver="乌海市救助管理站",
    reason="流浪乞讨，无处居住。",
    officer="审批丙",
    on=DAY,
)
_RELIEF = PublicRelief(
    name="测试甲",
    birth_on=PERSON.birth_on,
    area="新华街道",
    cause=Cause.TRAFFIC,
    amount=Money(200000),
)
PUBLICITY = PublicityFacts(
    head=head_of(CaseForm.PUBLICITY),
    reliefs=(_RELIEF,),
    since=DAY,
    until=date(2021, 3, 13),
    on=DAY,
)
PROXY_LETTER = ProxyLetterFacts(
    head=head_of(CaseForm.PROXY_LETTER),
    person=PERSON,
    stay_address=REQUEST.stay_address,
    proxy=_PROXY,
    amount=Money(150000),
)


def _application() -> bytes:
    said = f"{LONG_NAME}　2021年3月10日 10:05"
    facts = replace(
        APPLICATION,
        head=wordy(APPLICATION.head),
        person=NASTY_PERSON,
        request=NASTY_REQUEST,
        granted=Money(12345678),
        cash_reason=REASON,
        last_relief="2020年11月3日，￥1,200.00（巴音赛街道办事处）",
        year_relief="3次，￥12,345.67",
        first_relief=f"{said}以电话方式批准先行救助￥1,000.00。{REASON}",
        investigated=REASON,
        reviewed=f"同意。{REASON}{said}",
        decided=f"同意。{REASON}{said}",
        district=f"乌海区批〔2021〕1号：{REASON}",
        hints=REASON,
        registrar=LONG_NAME,
    )
    return application_pdf(facts)


def _reliefs() -> tuple[PublicRelief, ...]:
    named = tuple(replace(_RELIEF, name=f"{RARE_NAME}{n}", cause=Cause.ILLNESS) for n in range(40))
    child = replace(_RELIEF, name="测试丑", birth_on=date(2019, 8, 12))
    return (*named, child, replace(_RELIEF, name=LONG_NAME, protected=True))


FORMS: dict[str, Callable[[], bytes]] = {
    "case-application": lambda: application_pdf(APPLICATION),
    "case-application-nasty": _application,
    "case-authorisation": lambda: authorisation_pdf(AUTHORISATION),
    "case-authorisation-nasty": lambda: authorisation_pdf(
        replace(
            AUTHORISATION,
            head=wordy(AUTHORISATION.head),
            person=NASTY_PERSON,
            members=NASTY_REQUEST.members,
        )
    ),
    "case-pledge": lambda: pledge_pdf(PLEDGE),
    "case-pledge-nasty": lambda: pledge_pdf(
        replace(PLEDGE, head=wordy(PLEDGE.head), person=NASTY_PERSON, registrar=LONG_NAME)
    ),
    "case-pledge-picture": lambda: pledge_pdf(
        replace(
            PLEDGE,
            head=replace(PLEDGE.head, setting=replace(PLEDGE.head.setting, picture=picture())),
        )
    ),
    "case-privacy": lambda: privacy_pdf(PRIVACY),
    "case-privacy-nasty": lambda: privacy_pdf(
        replace(PRIVACY, head=wordy(PRIVACY.head), name=LONG_NAME)
    ),
    "case-investigation": lambda: investigation_pdf(INVESTIGATION),
    "case-investigation-blank": lambda: investigation_pdf(replace(INVESTIGATION, visit=None)),
    "case-investigation-nasty": lambda: investigation_pdf(
        replace(
            INVESTIGATION,
            head=wordy(INVESTIGATION.head),
            person=NASTY_PERSON,
            request=NASTY_REQUEST,
            visit=NASTY_VISIT,
        )
    ),
    "case-acceptance": lambda: acceptance_pdf(ACCEPTANCE),
    "case-acceptance-nasty": lambda: acceptance_pdf(
        replace(
            ACCEPTANCE,
            head=wordy(ACCEPTANCE.head),
            name=LONG_NAME,
            emergency=NASTY_REQUEST.emergency,
            registrar=LONG_NAME,
        )
    ),
    "case-supplement": lambda: supplement_pdf(SUPPLEMENT),
    "case-supplement-nasty": lambda: supplement_pdf(
        replace(
            SUPPLEMENT,
            head=wordy(SUPPLEMENT.head),
            name=LONG_NAME,
            cause=Cause.ILLNESS,
            identity_missing=True,
            due_on=None,
        )
    ),
    "case-refusal": lambda: refusal_pdf(REFUSAL),
    "case-turned-away-nasty": lambda: refusal_pdf(
        replace(
            REFUSAL,
            head=wordy(head_of(CaseForm.TURNED_AWAY)),
            name=LONG_NAME,
            kind=Refusal.NOT_ACCEPTED,
            reason=REASON * 3,
        )
    ),
    "case-referral": lambda: referral_pdf(REFERRAL),
    "case-referral-nasty": lambda: referral_pdf(
        replace(
            REFERRAL,
            head=wordy(REFERRAL.head),
            person=NASTY_PERSON,
            request=NASTY_REQUEST,
            to=None,
            receiver=LONG_NAME,
            reason=REASON,
            officer=LONG_NAME,
        )
    ),
    "case-publicity": lambda: publicity_pdf(PUBLICITY),
    "case-publicity-nasty": lambda: publicity_pdf(
        replace(PUBLICITY, head=wordy(PUBLICITY.head), reliefs=_reliefs(), since=None, until=None)
    ),
    "case-proxy-letter": lambda: proxy_letter_pdf(PROXY_LETTER),
    "case-proxy-letter-nasty": lambda: proxy_letter_pdf(
        replace(
            PROXY_LETTER,
            head=wordy(PROXY_LETTER.head),
            person=NASTY_PERSON,
            stay_address=NASTY_REQUEST.stay_address,
            proxy=replace(_PROXY, name=LONG_NAME, number="WZ-150302003-2021-0002"),
            amount=None,
        )
    ),
}
"""By name of the picture; `nasty` ones bear the longest facts, settings and 演练."""
