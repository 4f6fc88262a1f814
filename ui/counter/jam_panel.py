"""The paper jammed (卡纸): what came out decides what follows, on plain and on numbered stock.

A usable original needs nothing but its signature. If nothing came out, and on plain paper, the
number is printed again, marked and reasoned; on numbered stock the sheet is void and the next
number follows (RULES.md §3.13).
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.terms import Term
from ui import theme
from ui.widgets.choice_field import term_choice
from ui.widgets.field_grid import FieldGrid
from ui.widgets.level import Level
from ui.widgets.wrapped_label import WrappedLabel

PLAIN_REASON = "卡纸，损坏的一张已收回保存"
NOTHING_REASON = "打印中断，没有出纸"
NUMBERED_REASON = "卡纸，预印号码纸损坏，三联已收回保存"


class Came(Term):
    """What came out of the printer."""

    USABLE = "usable", "出来了一份能用的原件"
    DAMAGED = "damaged", "没有，纸坏了或字不全"
    NOTHING = "nothing", "没有，一张纸也没出来"


class Stock(Term):
    """What the receipt is printed on."""

    PLAIN = "plain", "空白纸，号码由程序打印"
    NUMBERED = "numbered", "预印号码的单据"


class JamPanel(Level):
    """Two questions; `again` and `next_number` carry the reason, `fine`: nothing is due."""

    fine = Signal()
    again = Signal(str)
    next_number = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.says = WrappedLabel()
        self.says.setAccessibleName("卡纸处理说明")
        theme.quiet(self.says)
        self.grid = FieldGrid()
        self.came = self.grid.add("came", "打印结果", term_choice(Came))
        self.stock = self.grid.add("stock", "用纸", term_choice(Stock))
        self.button = QPushButton("照此处理")
        self.button.setAccessibleName("照此处理")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.settle)
        self.grid.submitted.connect(self.settle)
        self.grid.changed.connect(lambda _name: self._tell())
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (self.grid, self.says):
            column.addWidget(part)
        column.addLayout(foot)

    def open(self) -> None:
        """Ask anew; the cursor stands at the first question."""
        self.came.choose(None)
        self.stock.choose(Stock.PLAIN)
        self.grid.clear_problems()
        self._tell()
        self.show()
        self.came.setFocus()

    def settle(self) -> None:
        """Do what the answers ask for."""
        came = self.came.chosen()
        if came is None:
            self.grid.show_problems([Problem(field="came", code="counter.jam_unanswered")])
            self.came.setFocus()
            return
        self.close_level()
        if came is Came.USABLE:
            self.fine.emit()
        elif came is Came.NOTHING:
            self.again.emit(NOTHING_REASON)
        elif self.stock.chosen() is Stock.NUMBERED:
            self.next_number.emit(NUMBERED_REASON)
        else:
            self.again.emit(PLAIN_REASON)

    def _tell(self) -> None:
        came = self.came.chosen()
        damaged = came is Came.DAMAGED
        (self.grid.show_field if damaged else self.grid.hide_field)("stock")
        numbered = self.stock.chosen() is Stock.NUMBERED
        key = "jam_numbered" if numbered else "jam_plain"
        if not damaged:
            key = f"jam_{came}" if came else "jam_ask"
        self.says.setText(wording.text(f"counter.{key}"))
