"""A clerk in a process of its own, typing at the counter until somebody pulls the plug.

Types the narrative of a request, or the remark of the decision where a case is named. Prints the
number of the sentence after each save that the counter said it made.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from reliefdesk import desk as front_door
from reliefdesk.clock import FixedClock, SystemIds
from reliefdesk.desk import Surroundings
from reliefdesk.domain.ids import CaseId
from tests.builders import PASSPHRASE, QUICK
from ui.counter.page import CounterPage
from ui.operations import Operations
from ui.pages import Workplace
from ui.session import Session

NAME = "经办甲"


def main(folder: Path, case_id: str = "") -> None:
    """Open the desk, and a case if one is named, and type one character after another, for ever."""
    application = QApplication([])
    clock = FixedClock(datetime(2021, 3, 10, 2, 0, tzinfo=UTC))
    ids = SystemIds(clock)
    around = Surroundings(clock=clock, ids=ids, slot_work=QUICK, pin_work=QUICK)
    operations = Operations()
    opened: list[front_door.Desk] = []
    operations.open(
        lambda: front_door.sign_in(folder, NAME, PASSPHRASE + NAME, around), done=opened.append
    )
    while not opened:
        application.processEvents()
    operations.sign_in(opened[0].operator_id)
    workplace = Workplace(
        operations=operations,
        session=Session(clock),
        clock=clock,
        ids=ids,
        show_page=lambda _key: None,
    )
    page = CounterPage(workplace)
    page.shown()
    while operations.busy:
        application.processEvents()
    if case_id:
        page.open_case(CaseId(case_id))
    while operations.busy:
        application.processEvents()
    _type(application, page, operations)


def _type(application: QApplication, page: CounterPage, operations: Operations) -> None:
    narrative = page.form.emergency.grid.field("narrative")
    saved: list[str] = []
    page.intake.keeper.said.connect(saved.append)
    if page.on_case:
        narrative = page.case.decision.remark
        page.case.drafts.said.connect(saved.append)
    count = 0
    while True:
        count += 1
        narrative.setText(f"第{count}句，钱物烧毁。")  # type: ignore[attr-defined]
        saved.clear()
        while operations.busy or not saved:
            application.processEvents()
        sys.stdout.write(f"{count}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
