"""The whole program on a real desk in a test's folder, driven by keys like a person does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pypdf
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget
from pytestqt.qtbot import QtBot

from reliefdesk.domain.persons import PersonDraft
from reliefdesk.services.recording import Context
from tests.builders import PASSPHRASE, PINS, TestDesk, surroundings
from ui import theme
from ui.counter.paper import FOLDER
from ui.demo.window import DrivenWindow
from ui.shell import Shell
from ui.sign_in.page import Door

T = TypeVar("T")


class Journey(DrivenWindow):
    """What clerks do at the counter, in their words; every word is typed or pressed."""

    def __init__(self, shell: Shell, made: TestDesk) -> None:
        super().__init__(shell)
        self.made = made
        self.broken: list[BaseException] = []
        shell.operations.broken.connect(self.broken.append)

    def settle(self) -> None:
        """Wait for the desk; a call that broke behind the window fails the test."""
        super().settle()
        assert not self.broken, self.broken

    def sign_in(self, name: str) -> None:
        """Choose the account, type the passphrase, Enter."""
        self.choose("操作人员", name)
        self.fill("登录口令", PASSPHRASE if name == "系统己" else PASSPHRASE + name)
        self.press("Enter")

    def ask(self, call: Callable[[Context], T]) -> T:
        """Ask the desk itself what it holds, on its own thread."""
        answers: list[T] = []
        self.shell.operations.run(call, done=answers.append)
        self.settle()
        assert answers, self.message()
        return answers[0]

    def begin(self, person: PersonDraft) -> None:
        """F3, the number, Enter; then the name and phone of somebody new."""
        self.press("F3")
        self.type_text(person.number)
        self.press("Enter")
        self.go_on_to("姓名")
        self.type_text(person.name)
        if person.phone:
            self.go_on_to("联系电话")
            self.type_text(person.phone)

    def take(self, found: str) -> None:
        """F3, what the clerk knows of a recorded person, Enter."""
        self.press("F3")
        self.type_text(found)
        self.press("Enter")

    def tell(self, *, cause: str = "交通事故", at: str = "3-10 09:00", yuan: str = "2000") -> None:
        """The emergency, box by box with Enter, down to the amount."""
        self.choose("困难类型", cause)
        self.choose("需立即救助", "是")
        self.fill("发生时间", at)
        self.fill("发生地点", "新华街与人民路路口")
        self.go_on_to("急难情形")
        self.type_text("骑行途中被货车剐蹭，随身财物遗失，暂无食宿。")
        self.choose("居住证", "未办理")
        self.fill("申请金额", yuan)

    def type_member(self, row: int, name: str, relation: str) -> None:
        """Type a member of the household into the table, cell by cell."""
        table = self.named("共同生活成员", QTableWidget)
        for column, text in enumerate((name, relation)):
            self.go("共同生活成员")
            table.setCurrentCell(row, column)
            self.press("F2")
            self.type_text(text)
            self.press("Enter")

    def confirm(self, name: str) -> None:
        """F8 to the PIN of the officer whose turn it is, the PIN, F8."""
        if self.standing_at() != "确认码":
            self.press("F8")
        self.choose("确认人", name)
        self.fill("确认码", PINS[name])
        self.press("F8")

    def decide(self) -> None:
        """Review and approval of the suggested amount by the two other officers."""
        self.confirm("审核乙")
        self.confirm("审批丙")

    def pay(self, *, approver: str = "街道主任") -> None:
        """Hand out the suggested amount, with the approval of a large one where it is asked."""
        if self.all_named("现金批准人", QLineEdit):
            self.fill("现金批准人", approver)
        self.confirm("出纳丁")

    def printed(self) -> list[Path]:
        """The PDFs that stand where a print goes without a printer, oldest name first."""
        return sorted((self.shell.door.folder / FOLDER).glob("*.pdf"))


@contextmanager
def a_window(qtbot: QtBot, made: TestDesk, *, name: str = "经办甲") -> Iterator[Journey]:
    """Close the test's own desk and open the program on it, `name` signed in."""
    made.desk.close()
    with a_window_on_closed(qtbot, made, name=name) as journey:
        yield journey


@contextmanager
def a_window_on_closed(qtbot: QtBot, made: TestDesk, *, name: str = "经办甲") -> Iterator[Journey]:
    """Open the program on a desk that nobody holds, `name` signed in."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application)
    shell = Shell(Door(folder=made.desk.folder, surroundings=surroundings(made.clock, made.ids)))
    shell.start()
    journey = Journey(shell, made)
    qtbot.addWidget(shell.window)
    try:
        journey.settle()
        journey.sign_in(name)
        yield journey
    finally:
        shell.stop()


def pdf_text(pdf: bytes | Path) -> str:
    """All text of a PDF's pages without spaces and line ends, as a search would read it."""
    content = pdf.read_bytes() if isinstance(pdf, Path) else pdf
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]
    return "".join("".join(pages).split())
