"""Invented facts of one case, kind and nasty: rare characters, long names, twenty members."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from reliefdesk.documents.form_page import FormHead
from reliefdesk.domain.cases import (
    CaseRequest,
    Cause,
    Emergency,
    InvestigationRecorded,
    Member,
    PermitState,
    Situation,
    Source,
)
from reliefdesk.domain.form_settings import shipped_setting
from reliefdesk.domain.identity import DocumentKind, Sex
from reliefdesk.domain.ids import CaseId
from reliefdesk.domain.money import Money
from reliefdesk.domain.persons import HukouKind, PersonDetails
from reliefdesk.domain.policies import AreaClass

OFFICE = "乌海市海勃湾区新华街道办事处"
CASE_NO = "AJ-150302003-2021-000001"
BUREAU = "乌海市海勃湾区民政局"
NUMBER = "640181198506179976"
DAY = date(2021, 3, 10)
RARE_NAME = "测试䶮㛃𬱖𠮷堃〇"
LONG_NAME = "乌仁图雅·额尔敦其木格·阿拉坦花·巴特尔苏和·孟克巴雅尔·那仁满都拉·测试名"
"""A Mongolian name of forty characters."""
REASON = (
    "2021年3月10日8时许，申请人骑电动车途经新华街与人民路路口时被一辆货车剐蹭，右臂骨折，随身现金、"
    "手机、证件全部遗失；同行的妻子和孩子受惊，三人在本地没有亲友，旅馆房费到期，当日已无饭吃、无处"
    "住，无法联系原籍家人，急需解决食宿和返乡路费。"
)
"""Three lines of a form."""

PERSON = PersonDetails(
    kind=DocumentKind.CITIZEN,
    number_typed=NUMBER,
    number=NUMBER,
    same_key=NUMBER,
    name="测试甲",
    former_name="",
    sex=Sex.MALE,
    ethnicity="汉族",
    birth_on=date(1985, 6, 17),
    hukou_place="宁夏回族自治区灵武市",
    hukou_code="640181",
    hukou_kind=HukouKind.RURAL,
    phone="13800000001",
    bank_card="",
    identity_note="",
    override_reason="",
    override_by=None,
)
WIFE = Member(
    name="测试乙",
    relation="配偶",
    number="411525199203049967",
    birth_on=date(1992, 3, 4),
    health="健康",
    phone="13800000002",
)
CHILD = Member(
    name="测试丑",
    relation="女儿",
    number="500235201908129980",
    birth_on=date(2019, 8, 12),
    health="肢体残疾三级，长期服药",
)
REQUEST = CaseRequest(
    emergency=Emergency(
        cause=Cause.TRAFFIC,
        place="新华街与人民路路口",
        place_code="150302003",
        happened_at=datetime(2021, 3, 10, 0, 0, tzinfo=UTC),
        narrative=REASON,
        source=Source.SELF,
        urgent=True,
    ),
    permit=PermitState.NEVER,
    situation=Situation.ORDINARY,
    stay_address="乌海市海勃湾区新华街道平安旅馆203室",
    arrived_on=date(2021, 3, 1),
    members=(WIFE, CHILD),
    persons_relieved=3,
    area=AreaClass.URBAN,
    other_aid="城乡居民医保；对方保险公司未理赔。",
    staff_relative=None,
    requested=Money(200000),
)
VISIT = InvestigationRecorded(
    case_id=CaseId("c"),
    visited_on=DAY,
    place="平安旅馆203室",
    method="入户",
    investigators=("调查庚", "调查辛"),
    result="与申报一致，有交通事故认定书和旅馆收据。",
)

NASTY_PERSON = replace(
    PERSON,
    name=LONG_NAME,
    former_name=RARE_NAME,
    ethnicity="蒙古族",
    kind=DocumentKind.NO_DOCUMENT,
    number="WZ-150302003-2021-0001",
    hukou_place="内蒙古自治区锡林郭勒盟西乌珠穆沁旗巴彦胡舒苏木松根嘎查（门牌号不详）",
    phone="0473-2012345转8012",
)
NASTY_REQUEST = replace(
    REQUEST,
    emergency=replace(
        REQUEST.emergency,
        cause=Cause.ILLNESS,
        place="包兰铁路乌海站站前广场东侧出租车候客区与长途汽车站售票大厅之间的人行道",
        narrative=REASON * 3,
    ),
    permit=PermitState.LAPSED,
    stay_address="乌海市海勃湾区新华街道人民路东一街坊十二号楼三单元四〇二室（房东测试䶮处暂住）",
    members=tuple(
        replace(
            WIFE if place % 2 else CHILD,
            name=(LONG_NAME if place % 3 == 0 else f"{RARE_NAME}{place}"),
            relation="妻弟之养子女",
            health="视力残疾一级、听力残疾二级，尿毒症透析" if place % 4 == 0 else "健康",
        )
        for place in range(1, 21)
    ),
    persons_relieved=21,
    other_aid="医保报销后自付31,250.40元；商业保险未赔付；原籍民政部门上月已给予临时救助500.00元。",
    requested=Money(12345678),
)
NASTY_VISIT = replace(
    VISIT,
    method="视频连线医院病房",
    investigators=(LONG_NAME, "调查庚", "调查辛"),
    result=REASON * 2,
)


def head_of(form: str, *, number: str = CASE_NO, day: str = "", unit: str = OFFICE) -> FormHead:
    """The head of a form as shipped."""
    setting = shipped_setting(form)
    return FormHead(setting=setting, unit=unit, number=f"编号：{number}", day=day)


def trained(head: FormHead) -> FormHead:
    """The same head on a training desk."""
    return replace(head, training=True)


def wordy(head: FormHead) -> FormHead:
    """The same head with every setting at its longest, for training."""
    setting = replace(
        head.setting,
        title=f"{head.setting.title}（乌海市海勃湾区二〇二一年第三次修订试行样式）",
        unit="内蒙古自治区乌海市海勃湾区新华街道办事处党群服务中心社会事务与民政救助办公室",
        contact="0473-2012345（工作日8:30至17:30），12345",
        footer="本表由经办人员填写，字迹清楚，涂改无效；有䶮、𬱖等字的，以证件为准。" * 3,
        copies=("街道（镇）存档", "区民政局备案", "申请人留存", "财务报账", "社区（村）公示"),
        columns=("community", "amount"),
    )
    return replace(head, setting=setting, training=True)


def worded(head: FormHead) -> FormHead:
    """The longest title and unit, on a form that has no room for more."""
    long = wordy(head).setting
    return replace(head, setting=replace(head.setting, title=long.title, unit=long.unit))


def pictured(head: FormHead) -> FormHead:
    """The same head with a picture of the unit's name."""
    return replace(head, setting=replace(head.setting, picture=picture()))


def picture() -> bytes:
    """A stand-in for a bilingual name of the unit: two lines of bars in a frame, with alpha."""
    drawn = Image.new("RGBA", (600, 90), (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((1, 1, 598, 88), outline=(150, 20, 20, 255), width=3)
    for place in range(18):
        left = 20 + place * 32
        pen.rectangle((left, 14, left + 20, 40), fill=(150, 20, 20, 255))
        pen.rectangle((left, 52, left + 12, 76), fill=(60, 60, 60, 160))
    out = BytesIO()
    drawn.save(out, "png")
    return out.getvalue()
