"""Every form that an office needs exists, for training too, and bears the hardest content."""

import pytest

from tests.documents.geometry import geometry
from tests.gallery.case_facts import LONG_NAME, REASON
from tests.gallery.forms import FORMS

TRAINING = {
    "申请审批表": "case-application-nasty",
    "核对授权书": "case-authorisation-nasty",
    "诚信承诺书": "case-pledge-nasty",
    "告知书": "case-privacy-nasty",
    "调查表": "case-investigation-nasty",
    "领款单": "receipt-a5-training",
    "花名册": "roster-training",
    "工作台账": "work-ledger-training",
    "现金日记账": "cash-journal-training",
    "备用金领用/归还单": "drawer-float-slip-nasty",
    "现金盘点表": "drawer-count-nasty",
    "日结单": "drawer-close-nasty",
    "统计月报": "monthly-report-training",
    "受理通知书": "case-acceptance-nasty",
    "补正告知书": "case-supplement-nasty",
    "不予受理告知书": "case-turned-away-nasty",
    "不予救助告知书": "case-refusal-nasty",
    "转介单": "case-referral-nasty",
    "公示单": "case-publicity-nasty",
    "委托书": "case-proxy-letter-nasty",
    "追缴通知书": "demand-letter-nasty",
    "追缴资金办理单": "repayment-sheet-nasty",
    "收款收据": "repayment-receipt-nasty",
    "作废登记簿": "void-register-training",
    "号码去向表": "number-list-training",
    "抽查表": "check-sheet-nasty",
    "卷内目录": "folder-list-nasty",
    "交接单": "drawer-handover-nasty",
    "报送移交单": "transfer-slip-nasty",
    "报账单": "pack-sheet-training",
}
"""What an office prints, and the picture of it on a training desk."""

WITH_REASON = (
    "case-application-nasty",
    "case-investigation-nasty",
    "case-refusal-nasty",
    "case-referral-nasty",
    "demand-letter-nasty",
    "drawer-count-nasty",
    "drawer-handover-nasty",
    "number-list-training",
    "repayment-sheet-nasty",
    "check-sheet-nasty",
    "work-ledger-training",
)
WITHOUT_NAMES = {"case-supplement-nasty", "drawer-float-slip-nasty"}


def told(name: str) -> str:
    text = "".join(page.text for page in geometry(FORMS[name]()))
    return "".join(text.split()).replace("\ufffe", "")


@pytest.mark.parametrize("name", sorted(TRAINING.values()))
def test_training_paper_says_so_on_every_page(name: str) -> None:
    for page in geometry(FORMS[name]()):
        assert "演练" in page.text


@pytest.mark.parametrize("name", sorted(set(TRAINING.values()) - WITHOUT_NAMES))
def test_a_mongolian_name_of_forty_characters_stands_whole(name: str) -> None:
    # 公示 shows the family name only; a list for outside masks the rest.
    if name == "case-publicity-nasty":
        assert LONG_NAME not in told(name)
        return
    assert LONG_NAME in told(name)
    assert "余见案卷" not in told(name)


@pytest.mark.parametrize("name", WITH_REASON)
def test_a_reason_of_three_lines_stands_whole(name: str) -> None:
    assert "".join(REASON.split()) in told(name)
