"""待受理名单: who stands in imported rosters, masked, with this year's case once there is one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.imports import ApplicantRow
from reliefdesk.domain.masking import mask_number, mask_phone
from ui import theme
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel


def _requested(row: ApplicantRow) -> str:
    amount = row.applicant.requested
    return "" if amount is None else amount.figures


COLUMNS: tuple[Column[ApplicantRow], ...] = (
    Column(title="姓名", text=lambda row: row.applicant.name, characters=6),
    Column(title="证件号码", text=lambda row: mask_number(row.applicant.number), characters=10),
    Column(title="联系电话", text=lambda row: mask_phone(row.applicant.phone), characters=6),
    Column(title="本年案号", text=lambda row: row.case_no, characters=13),
    Column(title="申请金额", text=_requested, characters=5, align=RIGHT),
    Column(title="困难类型", text=lambda row: row.applicant.cause, characters=6),
    Column(title="现住址", text=lambda row: row.applicant.address, characters=10),
    Column(title="备注、事由", text=lambda row: row.applicant.note, characters=12),
)


class WaitingView(QWidget):
    """`forgotten` carries the line that is to leave the list."""

    forgotten = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.says = WrappedLabel()
        self.rows: RowTable[ApplicantRow] = RowTable(COLUMNS)
        self.table = TableView("待受理名单", self.rows)
        theme.quiet(self.says)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.says)
        column.addWidget(self.table, 1)

    def show_rows(self, rows: Sequence[ApplicantRow]) -> None:
        """Show everybody, sheet by sheet."""
        self.rows.set_rows(rows)
        key = "imports.waiting" if rows else "imports.waiting_empty"
        self.says.setText(wording.text(key, count=len(rows)))
        self.table.choose_row(0)
        self.table.setFocus()

    def confirm(self) -> None:
        """Take the chosen line off the list; without one nothing happens."""
        chosen = self.table.chosen_row()
        if chosen is not None:
            self.forgotten.emit(chosen)
