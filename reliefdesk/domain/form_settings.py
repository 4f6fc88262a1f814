"""How an office words its forms: title, unit, footer, copies, columns, contact, from a day on.

A setting never changes; a later one follows it. The one in force on a form's day is printed, so a
form printed again looks as it did (RULES.md §3: every template data-driven).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reliefdesk.domain.terms import Term
from reliefdesk.errors import UserError

TEXT_CHARACTERS_MAX = 60
FOOTER_CHARACTERS_MAX = 120
COPIES_MAX = 5
PICTURE_BYTES_MAX = 200_000
_PICTURE_HEAD = b"\x89PNG\r\n\x1a\n"
_FIXED = {"contact": "联系电话", "footer": "页脚", "copies": "份数", "picture": "图片"}


class CaseForm(Term):
    """The forms of one case (RULES.md §3.1–3.4 and §3.12)."""

    APPLICATION = "application", "申请审批表"
    ASSET_AUTHORISATION = "asset_authorisation", "核对授权书"
    PLEDGE = "pledge", "诚信承诺书"
    PRIVACY_NOTICE = "privacy_notice", "个人信息告知书"
    INVESTIGATION = "investigation", "调查表"
    ACCEPTANCE_NOTICE = "acceptance_notice", "受理通知书"
    SUPPLEMENT_NOTICE = "supplement_notice", "补正告知书"
    TURNED_AWAY = "turned_away", "不予受理告知书"
    REFUSAL_NOTICE = "refusal_notice", "不予救助告知书"
    REFERRAL = "referral", "转介单"
    PUBLICITY = "publicity", "公示单"
    PROXY_LETTER = "proxy_letter", "代领委托书"
    FOLDER_LIST = "folder_list", "卷内目录"


class CashForm(Term):
    """The forms of a cashier's drawer (RULES.md §3.9–3.10)."""

    FLOAT_SLIP = "float_slip", "备用金领用、归还单"
    COUNT_SHEET = "count_sheet", "现金盘点表"
    DAY_SHEET = "day_sheet", "现金日结单"
    HANDOVER_SHEET = "handover_sheet", "现金交接单"


class MoneyForm(Term):
    """The forms of money and its books: receipts, ledgers, reports, packs (§3.5–3.8, 3.11–3.13)."""

    RECEIPT = "receipt", "领款单"
    WORK_LEDGER = "work_ledger", "工作台账"
    CASH_JOURNAL = "cash_journal", "现金日记账"
    ROSTER = "roster", "发放花名册"
    PACK_SHEET = "pack_sheet", "报账单"
    MONTHLY_REPORT = "monthly_report", "统计月报"
    DISTRICT_REPORT = "district_report", "区级统计月报"
    NUMBER_LIST = "number_list", "号码去向表"
    VOID_REGISTER = "void_register", "作废登记簿"
    CHECK_SHEET = "check_sheet", "抽查表"
    DEMAND_LETTER = "demand_letter", "追缴通知书"
    REPAYMENT_SHEET = "repayment_sheet", "追缴资金办理单"
    REPAYMENT_RECEIPT = "repayment_receipt", "收款收据"


class SyncForm(Term):
    """The forms of bundles and keys."""

    TRANSFER_SLIP = "transfer_slip", "报送移交单"
    ROOT_SHEET = "root_sheet", "根密钥封存单"
    FINGERPRINT_SHEET = "fingerprint_sheet", "指纹核对单"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSpec:
    """What a form is called and printed for unless an office says otherwise.

    `columns` are the optional parts an office may switch on: code and Chinese name. `fixed` names
    what the form never prints: contact, footer, copies, picture.
    """

    title: str
    copies: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    fixed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSetting:
    """The wording of one form from `valid_from` on.

    `unit` '' prints the office's own name. `contact` is the phone people may call. `picture` is a
    PNG above the title, such as a bilingual name of the unit; None, as shipped, prints none.
    """

    form: str
    valid_from: date
    title: str
    unit: str = ""
    contact: str = ""
    footer: str = ""
    copies: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    picture: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSettingEntered:
    """An office worded one of its forms from a day on."""

    version: ClassVar[int] = 1
    setting: FormSetting


class FormUnknownError(UserError):
    """No form of that code. Facts: form."""

    code = "papers.form_unknown"


class SettingTextError(UserError):
    """A text of the setting is missing or too long. Facts: what, most."""

    code = "papers.setting_text"


class SettingColumnError(UserError):
    """The form has no such optional part. Facts: column."""

    code = "papers.setting_column"


class SettingFixedError(UserError):
    """The form has no place for this. Facts: what."""

    code = "papers.setting_fixed"


class SettingPictureError(UserError):
    """The picture is no PNG or too large. Facts: most (bytes)."""

    code = "papers.setting_picture"


_FILE_AND_DISTRICT = ("街道（镇）存档", "区民政局备案")
_FILE_AND_APPLICANT = ("街道（镇）存档", "申请人留存")
_BOOK = frozenset({"contact"})
_NUMBERED = frozenset({"contact", "copies", "picture"})
"""A receipt's copies are its 联; their purpose, mark and code take its edges and corners."""

FORM_SPECS: dict[str, FormSpec] = {
    MoneyForm.RECEIPT: FormSpec(title="临时救助金（现金）发放领款单", fixed=_NUMBERED | {"footer"}),
    MoneyForm.WORK_LEDGER: FormSpec(title="急难型临时救助工作台账", fixed=_BOOK),
    MoneyForm.CASH_JOURNAL: FormSpec(title="现金日记账", fixed=_BOOK),
    MoneyForm.ROSTER: FormSpec(title="急难型临时救助金发放花名册", fixed=_BOOK),
    MoneyForm.PACK_SHEET: FormSpec(title="临时救助金报账单", fixed=_BOOK),
    MoneyForm.MONTHLY_REPORT: FormSpec(title="急难型临时救助统计月报", fixed=_BOOK),
    MoneyForm.DISTRICT_REPORT: FormSpec(title="急难型临时救助区级统计月报", fixed=_BOOK),
    MoneyForm.NUMBER_LIST: FormSpec(title="号码去向表", fixed=_BOOK),
    MoneyForm.VOID_REGISTER: FormSpec(title="作废登记簿", fixed=_BOOK),
    MoneyForm.CHECK_SHEET: FormSpec(title="审核确认事项抽查表", fixed=_BOOK),
    MoneyForm.REPAYMENT_RECEIPT: FormSpec(title="收款收据", fixed=_NUMBERED),
    CaseForm.APPLICATION: FormSpec(
        title="急难型临时救助申请审批表",
        copies=_FILE_AND_DISTRICT,
        columns=(("community", "社区（村）意见"),),
    ),
    CaseForm.ASSET_AUTHORISATION: FormSpec(
        title="家庭经济状况核对授权书", copies=("街道（镇）存档", "核对机构留存")
    ),
    CaseForm.PLEDGE: FormSpec(title="社会救助诚信承诺书", copies=("街道（镇）存档",)),
    CaseForm.PRIVACY_NOTICE: FormSpec(title="个人信息处理告知书", copies=_FILE_AND_APPLICANT),
    CaseForm.INVESTIGATION: FormSpec(
        title="急难型临时救助入户（实地）调查表", copies=("街道（镇）存档",)
    ),
    CaseForm.ACCEPTANCE_NOTICE: FormSpec(title="临时救助受理通知书", copies=_FILE_AND_APPLICANT),
    CaseForm.SUPPLEMENT_NOTICE: FormSpec(title="补正材料一次性告知书", copies=_FILE_AND_APPLICANT),
    CaseForm.TURNED_AWAY: FormSpec(title="不予受理告知书", copies=_FILE_AND_APPLICANT),
    CaseForm.REFUSAL_NOTICE: FormSpec(title="不予救助告知书", copies=_FILE_AND_APPLICANT),
    CaseForm.REFERRAL: FormSpec(
        title="社会救助转介单", copies=("街道（镇）存档", "接收单位留存", "本人留存")
    ),
    CaseForm.PUBLICITY: FormSpec(
        title="临时救助公示单", copies=("张贴", "街道（镇）存档"), columns=(("amount", "金额"),)
    ),
    CaseForm.PROXY_LETTER: FormSpec(title="代领救助金委托书", copies=("街道（镇）存档",)),
    CaseForm.FOLDER_LIST: FormSpec(title="卷内目录", copies=("随卷",)),
    CashForm.FLOAT_SLIP: FormSpec(title="备用金领用（归还）单", copies=("财务入账", "出纳留存")),
    CashForm.COUNT_SHEET: FormSpec(title="现金盘点表", copies=("街道（镇）存档",)),
    CashForm.DAY_SHEET: FormSpec(title="现金日结单", copies=("街道（镇）存档",)),
    CashForm.HANDOVER_SHEET: FormSpec(
        title="现金交接单", copies=("移交人留存", "接收人留存", "街道（镇）存档")
    ),
    MoneyForm.DEMAND_LETTER: FormSpec(
        title="救助资金追缴通知书", copies=("街道（镇）存档", "当事人")
    ),
    MoneyForm.REPAYMENT_SHEET: FormSpec(
        title="追缴资金办理单", copies=("区民政局", "财务", "街道（镇）存档")
    ),
    SyncForm.TRANSFER_SLIP: FormSpec(title="数据报送移交单", copies=("报送单位", "收件单位")),
    SyncForm.ROOT_SHEET: FormSpec(title="根密钥封存单", copies=("第一信封", "第二信封")),
    SyncForm.FINGERPRINT_SHEET: FormSpec(title="密钥指纹核对单", copies=("送对方", "留存")),
}
"""By code of the form; forms of money and of the desk may join under their own codes."""


def shipped_setting(form: str, specs: Mapping[str, FormSpec] = FORM_SPECS) -> FormSetting:
    """The wording a form has before an office says otherwise; raises FormUnknownError."""
    spec = specs.get(form)
    if spec is None:
        raise FormUnknownError(form=form)
    return FormSetting(form=str(form), valid_from=date.min, title=spec.title, copies=spec.copies)


def check_setting(setting: FormSetting) -> FormSetting:
    """The setting if it can be printed; raises FormUnknownError, Setting…Error."""
    spec = FORM_SPECS.get(setting.form)
    if spec is None:
        raise FormUnknownError(form=setting.form)
    _require_length("标题", setting.title, 1, TEXT_CHARACTERS_MAX)
    _require_length("单位名称", setting.unit, 0, TEXT_CHARACTERS_MAX)
    _require_length("联系电话", setting.contact, 0, TEXT_CHARACTERS_MAX)
    _require_length("页脚", setting.footer, 0, FOOTER_CHARACTERS_MAX)
    _require_length("份数", "份" * len(setting.copies), 0, COPIES_MAX)
    for copy in setting.copies:
        _require_length("份数用途", copy, 1, TEXT_CHARACTERS_MAX)
    known = dict(spec.columns)
    for column in setting.columns:
        if column not in known:
            raise SettingColumnError(column=column)
    for fixed, name in _FIXED.items():
        if fixed in spec.fixed and getattr(setting, fixed):
            raise SettingFixedError(what=name)
    picture = setting.picture
    if picture is not None and not (
        picture.startswith(_PICTURE_HEAD) and len(picture) <= PICTURE_BYTES_MAX
    ):
        raise SettingPictureError(most=PICTURE_BYTES_MAX)
    return setting


def _require_length(what: str, text: str, least: int, most: int) -> None:
    if not least <= len(text.strip()) <= most:
        raise SettingTextError(what=what, most=most)
