"""The main job step by step: from an identity number to signed-for cash and the two books.

Only keys and widgets of the window are used; each step leaves a picture.
"""

from dataclasses import dataclass
from datetime import timedelta

from reliefdesk.clock import FixedClock
from ui.demo.album import Album
from ui.demo.sync import sign_in
from ui.demo.window import DrivenWindow
from ui.setup import training

NUMBER = "640181198506179976"
AMOUNT = "2000"
_MINUTES_PER_STEP = 2
_PINS = {each.name: each.pin for each in training.OPERATORS}


@dataclass(slots=True, kw_only=True)
class MainJob:
    """Plays at `window`, leaves pictures and papers; the clock moves with each step."""

    window: DrivenWindow
    clock: FixedClock
    album: Album

    def play(self) -> None:
        """Everything in order; raises NotOnScreenError where the window is not as it should be."""
        steps = (
            self._sign_in,
            self._find_and_begin,
            self._tell,
            self._accept,
            self._decide,
            self._pay,
            self._print,
            self._books,
        )
        for step in steps:
            step()

    def _sign_in(self) -> None:
        self._picture("登录")
        sign_in(self.window)
        self._picture("今日待办")

    def _find_and_begin(self) -> None:
        self.window.press("F3")
        self.window.type_text(NUMBER)
        self._picture("查找")
        self.window.press("Enter")
        self._picture("新求助人")

    def _tell(self) -> None:
        told = (
            ("姓名", "测试甲"),
            ("联系电话", "13800000001"),
            ("困难类型", "2"),
            ("需立即救助", "1"),
            ("发生时间", "3-10 09:00"),
            ("发生地点", "新华街与人民路路口"),
            ("急难情形", "骑行途中被货车剐蹭，随身财物遗失，暂无食宿。"),
            ("居住证", "1"),
        )
        for name, text in told:
            self.window.go_on_to(name)
            self.window.type_text(text)
        self._picture("急难情形")
        self.window.go_on_to("申请金额")
        self.window.type_text(AMOUNT)
        self._picture("资格核对与年度限额")

    def _accept(self) -> None:
        self.window.press("F8")
        self._picture("已受理")

    def _decide(self) -> None:
        self._confirm("演练审核")
        self._picture("已审核")
        self._confirm("演练审批")
        self._picture("已审批")

    def _pay(self) -> None:
        self.window.type_text("街道主任当面批准 2021-03-10 09:35")
        self._confirm("演练出纳")
        self._picture("已发放")

    def _print(self) -> None:
        self.window.press("Ctrl+P")
        self._picture("已打印")
        self.window.click("登记已签领")
        self._picture("已签领")

    def _books(self) -> None:
        window = self.window
        window.press("Ctrl+4")
        self._picture("工作台账")
        window.press("Ctrl+P")
        self._picture("工作台账预览")
        window.save_as(self.album.out / LEDGER, "F6")
        window.press("Esc", "F4")
        self._picture("号码去向")
        window.press("Ctrl+P")
        window.save_as(self.album.out / NUMBERS, "F6")
        window.press("Esc", "Ctrl+5")
        self._picture("现金日记账")
        window.press("Ctrl+P")
        self._picture("现金日记账预览")
        window.save_as(self.album.out / JOURNAL, "F6")
        window.press("Esc", "F12")
        self._picture("按键表")
        window.press("Esc")

    def _confirm(self, officer: str) -> None:
        """F8 leads to the PIN of the officer whose turn it is, F8 again confirms."""
        self.clock.advance(timedelta(minutes=_MINUTES_PER_STEP))
        if self.window.standing_at() != "确认码":
            self.window.press("F8")
        self.window.choose("确认人", officer)
        self.window.fill("确认码", _PINS[officer])
        self.window.press("F8")

    def _picture(self, title: str) -> None:
        self.album.picture(self.window, title)


LEDGER, JOURNAL, NUMBERS = "工作台账.pdf", "现金日记账.pdf", "号码去向.pdf"
