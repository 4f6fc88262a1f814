"""Further operators with their seats; the same part serves the 系统 page."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from reliefdesk import wording
from reliefdesk.desk import Desk
from reliefdesk.domain.operators import Operator, Seat
from reliefdesk.services import operators, setup
from reliefdesk.services.recording import Recorded
from ui.pages import Workplace
from ui.setup.account_form import AccountBoxes
from ui.setup.steps import Step
from ui.widgets.message_bar import MessageBar
from ui.widgets.tables import Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

Standing = tuple[tuple[Operator, ...], tuple[Seat, ...]]
OPERATOR_COLUMNS = (
    Column[Operator](title="姓名", text=lambda row: row.name, characters=8),
    Column[Operator](
        title="岗位", text=lambda row: "、".join(seat.label for seat in row.seats), characters=16
    ),
    Column[Operator](title="状态", text=lambda row: "在用" if row.active else "已停用"),
)
_ROWS_SHOWN = 2


class OperatorsStep(Step):
    """Add accounts one after another; the seats that still lack somebody are named."""

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages, key="operators", columns=2)
        self.boxes = AccountBoxes(self.grid)
        self.add_button = QPushButton("添加操作人员")
        self.add_button.setAccessibleName("添加操作人员")
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.add_account)
        self.grid.submitted.disconnect(self.go)
        self.grid.submitted.connect(self.add_account)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.add_button)
        self.column.addLayout(buttons)
        self.table: RowTable[Operator] = RowTable(OPERATOR_COLUMNS)
        self.view = TableView("操作人员名单", self.table)
        self.view.setMinimumHeight(self.view.verticalHeader().defaultSectionSize() * _ROWS_SHOWN)
        self.lacking = WrappedLabel()
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.lacking)

    def begin(self) -> None:
        """List who is there."""
        super().begin()
        self.workplace.operations.ask_desk(_standing, done=self._list, failed=self.refuse)

    def add_account(self) -> None:
        """Open the account that was typed."""
        account = self.boxes.account()
        if account is None:
            return
        self.workplace.operations.ask_desk(
            lambda desk: desk.add_operator(account), done=self._added, failed=self.refuse
        )

    def _added(self, recorded: Recorded[Operator]) -> None:
        self.messages.show_success(wording.text("ui.operator_added", name=recorded.result.name))
        self.boxes.clear()
        self.begin()

    def _list(self, standing: Standing) -> None:
        present, lacking = standing
        self.table.set_rows(present)
        said = wording.text("ui.seats_lacking", seats=lacking) if lacking else ""
        self.lacking.setText(said)


def _standing(desk: Desk) -> Standing:
    context = desk.context()
    return operators.operators(context), setup.missing_seats(context)
