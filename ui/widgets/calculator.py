"""A calculator in place (F9): a line of + - * / and brackets; Enter hands the result to a box.

Exact decimal arithmetic; a result goes into the box only as an amount that Money understands.
"""

import ast
import operator
from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from reliefdesk.domain.money import Money
from reliefdesk.errors import UserError
from ui import theme
from ui.widgets.amount_field import AmountField
from ui.widgets.text_fields import NumberField

_WIDE = str.maketrans("０１２３４５６７８９＋－×÷（）．，", "0123456789+-*/().,")
_LONGEST = 100
_BINARY: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def calculate(text: str) -> Decimal | None:
    """The value of an expression of numbers, + - * / and brackets; None for anything else."""
    bare = text.translate(_WIDE).replace(",", "").strip().rstrip("=").strip()
    if len(bare) > _LONGEST or not set(bare) <= set("0123456789.+-*/() "):
        return None
    try:
        return _value(ast.parse(bare, mode="eval").body)
    except (SyntaxError, ValueError, InvalidOperation, DivisionByZero, Overflow):
        return None


def _value(node: ast.expr) -> Decimal:
    match node:
        case ast.Constant(value=int() | float() as number):
            # ast reads 0.1 as float; its shortest text is what was typed.
            return Decimal(str(number))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left), _value(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case _:
            raise ValueError(node)


class CalculatorBar(QWidget):
    """One line at the foot of the window; hidden until F9."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._for: AmountField | None = None
        label = QLabel("计算器")
        self.box = NumberField()
        self.box.setAccessibleName("计算器")
        self.box.setPlaceholderText("如 3*810+200，回车填入金额栏，Esc 收起")
        label.setBuddy(self.box)
        self._result = QLabel("")
        self._result.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 22)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP, theme.GAP_SMALL)
        row.addWidget(label)
        row.addWidget(self.box, 1)
        row.addWidget(self._result)
        theme.ground(self, theme.RAIL)
        self.box.edited.connect(self._work_out)
        self.hide()

    def open(self) -> None:
        """Open for the amount box that has the cursor, if one has."""
        focus = QApplication.focusWidget()
        if focus is not self.box:
            self._for = focus if isinstance(focus, AmountField) else None
        self.show()
        self.box.setFocus()
        self.box.selectAll()

    def close_again(self) -> bool:
        """Hide; False if it was hidden already."""
        was_open = self.isVisible()
        self.hide()
        if was_open and self._for is not None:
            self._for.setFocus()
        return was_open

    def result(self) -> str:
        """What stands behind the equals sign."""
        return self._result.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter hands the result over."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._hand_over()
        else:
            super().keyPressEvent(event)

    def _work_out(self) -> None:
        value = calculate(self.box.text())
        self._result.setText("" if value is None else f"= {value.normalize():,f}")

    def _hand_over(self) -> None:
        value = calculate(self.box.text())
        if value is None:
            return
        try:
            amount = Money.parse(f"{value.normalize():f}")
        except UserError:
            # More than two decimals are never rounded behind the clerk's back.
            self._result.setText(self._result.text().removesuffix(" 不是整分") + " 不是整分")
            return
        if self._for is not None:
            self._for.set_money(amount)
        self.close_again()
