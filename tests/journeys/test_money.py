"""Scenarios 11, 13, 15, 17 and 18 of RULES.md §8 through the real window: every way of money."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from reliefdesk.domain.identity import check_character
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import PolicyRowDraft
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.domain.receipts import NumberRow, ReceiptState
from reliefdesk.services import cash, receipts, verification
from tests.builders import (
    P01,
    P02,
    P03,
    PASSPHRASE,
    PINS,
    TestDesk,
    a_desk,
    a_draft,
    a_pay_order,
    an_approved_case,
    enter,
)
from tests.journeys.window import Journey, a_window, pdf_text
from tests.services.counter import somebody
from tests.services.money import pay, supplement_style

_OLD = "41152519581001997"
P11 = replace(P02, number=_OLD + check_character(_OLD), name="测试己")
NOVEMBER = datetime(2021, 11, 8, 1, 0, tzinfo=UTC)


def numbers(window: Journey) -> tuple[NumberRow, ...]:
    return window.ask(lambda context: receipts.numbers(context, 2021))


def states(window: Journey) -> list[ReceiptState]:
    return [row.receipt.state for row in numbers(window)]


def balance(window: Journey) -> str:
    return window.ask(cash.balance).figures


def accept(window: Journey, yuan: str) -> None:
    window.tell(yuan=yuan)
    window.press("F8")
    assert "已受理" in window.message()


def correct(window: Journey, button: str, *, reason: str, yuan: str | None) -> None:
    """Void or reverse before the cashier and the bookkeeper, with or without a new number."""
    window.click(button)
    window.type_text(reason)
    if yuan is None:
        window.choose("办法", "不重开，现金收回")
    else:
        window.fill("新的金额", yuan)
    window.choose("出纳", "出纳丁")
    window.fill("出纳确认码", PINS["出纳丁"])
    window.choose("第二人", "记账戊")
    window.fill("第二人确认码", PINS["记账戊"])
    window.press("F8")


def test_a_daughter_collects_for_her_father_and_staff_never(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.begin(P11)
        accept(window, "1500")
        window.decide()
        window.choose("领款方式", "代领人代领")
        window.fill("代领人", "经办甲")
        window.fill("代领人证件号", P02.number)
        window.fill("与领款人关系", "女儿")
        window.fill("委托书", "委托书 2021-03-10")
        window.pay()
        assert "工作人员，不能代领" in window.screen()
        assert states(window) == []
        window.fill("代领人", "测试代")
        window.pay()
        assert states(window) == [ReceiptState.ISSUED]
        window.press("Ctrl+P")
        text = pdf_text(window.printed()[0])
        assert "测试己" in text
        assert "测试代" in text
        assert "女儿" in text
        assert balance(window) == "8,500.00"


def test_the_cap_holds_to_the_fen(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.begin(P01)
        window.tell(yuan="2430.01")
        assert "2,430.01元超过最高限额2,430.00元" in window.says("资格核对理由")
        window.fill("申请金额", "2430")
        assert window.says("资格核对结果") == "✓ 符合"
        window.press("F8")
        window.decide()
        window.pay()
        assert [row.net for row in numbers(window)] == [Money.parse("2430")]


def test_one_fen_above_the_cap_is_not_approved(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        window.begin(P01)
        accept(window, "2430.01")
        assert window.reads("金额") == "2,430.00"
        window.fill("金额", "2430.01")
        window.fill("说明", "按实际花费")
        window.confirm("审核乙")
        window.confirm("审批丙")
        assert "已审批" not in window.screen().split()
        window.fill("金额", "2430")
        window.fill("说明", "按最高限额")
        window.confirm("审批丙")
        assert "核减 0.01" in window.says("金额经过")


def four_persons(window: Journey) -> None:
    """9,720 for a family of four."""
    window.begin(P01)
    window.tell(yuan="9720")
    window.click("更多情形")
    window.fill("救助人数", "4")
    for row, name in enumerate(("测试戊", "测试己", "测试庚")):
        window.type_member(row, name, "子女")


def test_by_case_four_persons_share_one_cap(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk")) as window:
        four_persons(window)
        assert "9,720.00元超过最高限额2,430.00元" in window.says("资格核对理由")


def test_by_person_four_have_four_caps_and_beyond_3000_the_district_decides(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = a_desk(tmp_path / "desk", float_yuan="20000")
    enter(
        made,
        PolicyRowDraft(
            key=PolicyKey.CAP_UNIT,
            value="per_person",
            valid_from=date(2021, 2, 1),
            document="虚构〔2021〕8号",
        ),
    )
    with a_window(qtbot, made) as window:
        four_persons(window)
        assert "超过最高限额" not in window.says("资格核对理由")
        window.press("F8")
        window.confirm("审核乙")
        window.confirm("审批丙")
        assert "已审批" not in window.message()
        window.fill("区级批复文号", "海民〔2021〕6号")
        window.confirm("审批丙")
        window.pay()
        assert [row.net.figures for row in numbers(window)] == ["9,720.00"]


def six_paid(made: TestDesk) -> None:
    """Six small payments before ours, so that ours is number 000007."""
    for count in range(6):
        found = an_approved_case(made, replace(a_draft(yuan="100"), person=somebody(count)))
        pay(made, a_pay_order(made, found))


def number_seven_of_2340(window: Journey) -> None:
    """2,430 are granted, 2,340 are paid by a slip of the hand, and printed."""
    window.begin(P01)
    accept(window, "2430")
    window.decide()
    window.fill("发放金额", "2340")
    window.fill("少发原因", "看错")
    window.pay()
    assert "000007" in window.message()
    window.press("Ctrl+P")


def test_a_slip_found_before_the_signature_is_void_and_issued_anew(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = a_desk(tmp_path / "desk")
    six_paid(made)
    with a_window(qtbot, made) as window:
        number_seven_of_2340(window)
        before = balance(window)
        correct(window, "作废重开", reason="金额写错", yuan="2430")
        assert "000008" in window.message()
        assert states(window)[6:] == [ReceiptState.VOID, ReceiptState.ISSUED]
        assert before == "7,060.00"
        assert balance(window) == "6,970.00"
        window.press("Ctrl+P")
        assert "人民币贰仟肆佰叁拾元整" in pdf_text(window.printed()[-1])
        window.press("Ctrl+4", "F4")
        listed = {row[0][-6:]: row[1] for row in window.table("号码去向")}
        assert (listed["000007"], listed["000008"]) == ("作废", "已打印")
        assert window.ask(verification.verify).good


def test_a_slip_found_after_the_signature_is_reversed_in_red(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    six_paid(made)
    with a_window(qtbot, made) as window:
        number_seven_of_2340(window)
        window.click("登记已签领")
        correct(window, "红字冲销", reason="金额写错", yuan="2430")
        assert states(window)[6:] == [ReceiptState.REVERSED, ReceiptState.ISSUED]
        journal = window.ask(lambda c: cash.journal(c, date(2021, 3, 1), date(2021, 3, 31)))
        outgo = [line.entry.outgo.figures for line in journal.lines if line.entry is not None]
        assert outgo[-3:] == ["2,340.00", "-2,340.00", "2,430.00"]
        assert balance(window) == "6,970.00"


def test_where_the_desk_supplements_the_missing_90_get_their_own_receipt(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = a_desk(tmp_path / "desk")
    six_paid(made)
    supplement_style(made)
    with a_window(qtbot, made) as window:
        number_seven_of_2340(window)
        window.click("登记已签领")
        assert window.reads("发放金额") == "90.00"
        window.pay()
        assert "000008" in window.message()
        assert [row.net.figures for row in numbers(window)[6:]] == ["2,340.00", "90.00"]
        assert balance(window) == "6,970.00"


def test_a_short_float_pays_nothing_and_takes_no_number(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk", float_yuan="1200")) as window:
        window.begin(P01)
        accept(window, "2000")
        window.decide()
        assert "还差 800.00" in window.says("备用金余额")
        window.pay()
        assert states(window) == []
        assert balance(window) == "1,200.00"
        assert window.reads("发放金额") == "2,000.00"
        assert "备用金" in window.message()


def test_the_second_700_out_of_1200_is_refused(qtbot: QtBot, tmp_path: Path) -> None:
    with a_window(qtbot, a_desk(tmp_path / "desk", float_yuan="1200")) as window:
        for person in (P01, P03):
            window.begin(person)
            accept(window, "700")
            window.decide()
            window.pay()
            if person is P01:
                window.press("Esc")
        assert states(window) == [ReceiptState.ISSUED]
        assert balance(window) == "500.00"


def test_what_was_got_by_fraud_is_taken_back_in_red(qtbot: QtBot, tmp_path: Path) -> None:
    made = a_desk(tmp_path / "desk")
    with a_window(qtbot, made) as window:
        window.begin(P03)
        accept(window, "2430")
        window.decide()
        window.pay()
        window.press("Ctrl+P")
        window.click("登记已签领")
        made.clock.set(NOVEMBER)
        window.press("F3")
        window.fill("登录口令", PASSPHRASE + "经办甲")
        window.press("Enter")
        window.take("测试丙")
        window.go("救助历史")
        window.press("Down", "Enter")
        correct(window, "红字冲销", reason="隐瞒居住证和车辆，追回", yuan=None)
        assert states(window) == [ReceiptState.REVERSED]
        assert balance(window) == "10,000.00"
        assert window.ask(verification.verify).good
        window.press("Ctrl+4", "F4")
        (row,) = window.table("号码去向")
        assert "红冲" in row[1]
        assert "隐瞒居住证和车辆，追回" in row[-1]
