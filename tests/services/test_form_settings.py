"""How an office words its forms: from a day on, by the system seat, never edited."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reliefdesk.documents.fonts import MissingGlyphError
from reliefdesk.documents.receipt import receipt_pdf
from reliefdesk.domain.form_settings import (
    CaseForm,
    FormSetting,
    FormUnknownError,
    MoneyForm,
    SettingColumnError,
    SettingFixedError,
    SettingPictureError,
    SettingTextError,
    shipped_setting,
)
from reliefdesk.domain.ledger import LedgerFilter
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.services import cash, form_settings, ledger, papers, receipts, verification
from reliefdesk.services.receipts import ReceiptForm
from tests.builders import (
    P02,
    TestDesk,
    a_draft,
    a_pay_order,
    an_accepted_case,
    an_approved_case,
)
from tests.documents.papers import a_receipt, page_texts
from tests.services.money import opened, pay

DAY = date(2021, 3, 1)
WORDED = FormSetting(
    form=CaseForm.PLEDGE,
    valid_from=DAY,
    title="诚信承诺书（新版）",
    unit="新华街道党群服务中心",
    contact="0473-2012345",
    footer="涂改无效",
    copies=("存档",),
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestDesk]:
    yield from opened(tmp_path)


def _enter(made: TestDesk, setting: FormSetting) -> None:
    form_settings.enter(made.context("系统己"), setting)


def _png(width: int = 120) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, 20), (200, 30, 30)).save(out, "png")
    return out.getvalue()


def test_a_form_carries_the_wording_of_the_office(made: TestDesk) -> None:
    _enter(made, WORDED)
    found = an_accepted_case(made)
    pdf = papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id)
    text = "".join(page_texts(pdf))
    for said in ("诚信承诺书（新版）", "新华街道党群服务中心", "涂改无效", "本表一式1份：存档。"):
        assert said in text


@pytest.mark.parametrize("form", [MoneyForm.WORK_LEDGER, MoneyForm.CASH_JOURNAL])
def test_a_book_carries_the_wording_of_the_office(made: TestDesk, form: MoneyForm) -> None:
    wording = replace(WORDED, form=form, title="台账（新版）", contact="")
    _enter(made, wording)
    context, (since, until) = made.context(), (DAY, date(2021, 12, 31))
    pdfs = {
        MoneyForm.WORK_LEDGER: lambda: ledger.ledger_pdf(
            context, LedgerFilter(since=since, until=until)
        ),
        MoneyForm.CASH_JOURNAL: lambda: cash.journal_pdf(context, since, until),
    }
    (text,) = page_texts(pdfs[form]())
    for said in ("台账（新版）", "单位：新华街道党群服务中心", "涂改无效", "本表一式1份：存档。"):
        assert said in text


def test_a_receipt_is_worded_as_on_the_day_of_the_payment(made: TestDesk) -> None:
    number = pay(made, a_pay_order(made, an_approved_case(made))).receipt_no
    later = made.context().today + timedelta(days=1)
    wording = replace(WORDED, form=MoneyForm.RECEIPT, contact="", footer="", copies=())
    _enter(made, replace(wording, title="领款凭单", valid_from=later))
    made.clock.advance(timedelta(days=1))
    other = pay(made, a_pay_order(made, an_approved_case(made, a_draft(P02)))).receipt_no
    for each, title in ((number, "临时救助金（现金）发放领款单"), (other, "领款凭单")):
        for page in page_texts(receipts.preview(made.context(), each, ReceiptForm.A5)):
            assert title in page
            assert ("党群服务中心" in page) is (each == other)


def test_what_a_receipt_has_no_place_for_is_not_worded(made: TestDesk) -> None:
    wording = replace(WORDED, form=MoneyForm.RECEIPT, contact="", footer="", copies=())
    for refused in (
        replace(wording, contact="12345"),
        replace(wording, footer="涂改无效"),
        replace(wording, copies=("存根",)),
        replace(wording, picture=_png()),
    ):
        with pytest.raises(SettingFixedError):
            _enter(made, refused)


@pytest.mark.parametrize("form", list(ReceiptForm))
def test_the_longest_wording_fits_every_receipt(form: ReceiptForm) -> None:
    setting = shipped_setting(MoneyForm.RECEIPT)
    long = replace(setting, title="领" * 60, unit="乌" * 60)
    head = replace(a_receipt().head, setting=long, training=True)
    pages = page_texts(receipt_pdf(a_receipt(head=head), form=form))
    assert len(pages) == 3
    if form in (ReceiptForm.A5, ReceiptForm.CONTINUOUS_241):
        assert all(page.count("领" * 60) == 1 for page in pages)


def test_a_wording_holds_from_its_day_on(made: TestDesk) -> None:
    _enter(made, replace(WORDED, valid_from=date(2021, 4, 1)))
    context = made.context()
    before = form_settings.in_force(context, CaseForm.PLEDGE, on=date(2021, 3, 31))
    after = form_settings.in_force(context, CaseForm.PLEDGE, on=date(2021, 4, 1))
    assert before == shipped_setting(CaseForm.PLEDGE)
    assert after.title == "诚信承诺书（新版）"


def test_of_two_wordings_from_one_day_the_later_entry_holds(made: TestDesk) -> None:
    _enter(made, WORDED)
    _enter(made, replace(WORDED, title="再改版"))
    context = made.context()
    assert form_settings.in_force(context, CaseForm.PLEDGE, on=DAY).title == "再改版"
    assert [one.title for one in form_settings.entered(context, CaseForm.PLEDGE)] == [
        "诚信承诺书（新版）",
        "再改版",
    ]


def test_a_form_of_an_earlier_day_keeps_its_wording(made: TestDesk) -> None:
    found = an_accepted_case(made)
    first = papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id)
    _enter(made, replace(WORDED, valid_from=date(2021, 3, 11)))
    assert papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id) == first


def test_only_the_system_seat_words_forms(made: TestDesk) -> None:
    with pytest.raises(SeatMissingError):
        form_settings.enter(made.context("经办甲"), WORDED)


@pytest.mark.parametrize(
    ("setting", "error"),
    [
        (replace(WORDED, form="nothing"), FormUnknownError),
        (replace(WORDED, title="  "), SettingTextError),
        (replace(WORDED, title="长" * 61), SettingTextError),
        (replace(WORDED, copies=("份",) * 6), SettingTextError),
        (replace(WORDED, columns=("amount",)), SettingColumnError),
        (replace(WORDED, picture=b"no picture"), SettingPictureError),
        (replace(WORDED, picture=_png()[:60]), SettingPictureError),
        (replace(WORDED, title="\U0010fffd"), MissingGlyphError),
    ],
)
def test_a_wording_that_cannot_be_printed_is_refused(
    made: TestDesk, setting: FormSetting, error: type[Exception]
) -> None:
    with pytest.raises(error):
        _enter(made, setting)
    assert form_settings.entered(made.context(), setting.form) == ()


def test_a_picture_above_the_title_is_off_until_it_is_set(made: TestDesk) -> None:
    found = an_accepted_case(made)
    without = papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id)
    _enter(made, replace(WORDED, picture=_png()))
    with_picture = papers.form_pdf(made.context(), CaseForm.PLEDGE, found.case_id)
    assert b"/Subtype /Image" not in without
    assert b"/Subtype /Image" in with_picture


def test_an_optional_part_is_printed_where_the_office_asks_for_it(made: TestDesk) -> None:
    found = an_accepted_case(made)
    shipped = shipped_setting(CaseForm.APPLICATION)
    pdf = papers.form_pdf(made.context(), CaseForm.APPLICATION, found.case_id)
    assert "社区（村）意见" not in "".join(page_texts(pdf))
    _enter(made, replace(shipped, valid_from=DAY, columns=("community",)))
    pdf = papers.form_pdf(made.context(), CaseForm.APPLICATION, found.case_id)
    assert "社区（村）意见" in "".join(page_texts(pdf))


def test_settings_follow_from_the_journal(made: TestDesk) -> None:
    _enter(made, replace(WORDED, picture=_png()))
    assert verification.verify(made.context()).good
