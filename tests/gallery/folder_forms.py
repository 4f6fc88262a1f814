"""The list of a case's folder with kind and nasty facts, ready for pictures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from reliefdesk.documents.folder_list import FolderEntry, FolderListFacts, folder_list_pdf
from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.domain.money import Money
from tests.gallery.case_facts import CASE_NO, DAY, LONG_NAME, OFFICE, RARE_NAME, head_of, wordy

_RECEIPT_NO = "XJ-150302003-2021-000001"
FOLDER = FolderListFacts(
    head=head_of(CaseForm.FOLDER_LIST),
    name="测试甲",
    case_no=CASE_NO,
    cause="交通事故",
    outcome="已审批",
    amount=Money(200_000),
    archive_no="",
    filed_on=None,
    filed_by="",
    retention="10年",
    entries=(
        FolderEntry(maker=OFFICE, number="", title="急难型临时救助申请审批表", on=DAY),
        FolderEntry(maker=OFFICE, number="", title="临时救助受理通知书", on=DAY),
        FolderEntry(maker="测试甲", number="", title="社会救助诚信承诺书", on=DAY),
        FolderEntry(
            maker=OFFICE,
            number=_RECEIPT_NO,
            title="领款单　￥2,000.00",
            on=DAY,
            remark="原件已归档，存2021年3月第2册",
        ),
    ),
)
_NASTY = FolderEntry(
    maker=LONG_NAME,
    number=_RECEIPT_NO,
    title=f"对请示（超出委托限额）的答复：已同意（{RARE_NAME}）",
    on=DAY,
    remark="原件已归档，存二〇二一年第一季度现金凭证第二册第一百零三号",
)

FORMS: dict[str, Callable[[], bytes]] = {
    "folder-list": lambda: folder_list_pdf(FOLDER),
    "folder-list-nasty": lambda: folder_list_pdf(
        replace(
            FOLDER,
            head=wordy(FOLDER.head),
            name=LONG_NAME,
            cause="其他特殊困难",
            outcome="已审批·追回中",
            amount=Money(12_345_678),
            archive_no="2021-临救-150302003-0000001",
            filed_on=date(2021, 4, 20),
            filed_by=LONG_NAME,
            entries=(_NASTY,) * 18,
        )
    ),
}
"""By name of the picture."""
