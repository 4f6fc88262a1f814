"""The calculator is exact, takes arithmetic only, and hands its result to the amount box."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.amount_field import AmountField
from ui.widgets.calculator import CalculatorBar, calculate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3*810+200", "2630"),
        ("0.1+0.2", "0.3"),
        ("（３×８１０）÷２", "1215"),
        ("-5+2=", "-3"),
        ("1,200*2", "2400"),
    ],
)
def test_sums_are_exact(text: str, value: str) -> None:
    assert calculate(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "1/0", "9**9", "__import__", "x", "1//2", "(1", "1 2", "0x10"]
)
def test_anything_else_is_nothing(text: str) -> None:
    assert calculate(text) is None


@given(st.text("0123456789.+-*/() eE", max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    calculate(text)


def test_the_result_goes_into_the_amount_box_it_was_opened_for(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    amount, calculator = AmountField(), CalculatorBar()
    column.addWidget(amount)
    column.addWidget(calculator)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    amount.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is amount)
    calculator.open()
    calculator.box.setText("10/4")
    assert calculator.result() == "= 2.5"
    QTest.keyClick(calculator.box, Qt.Key.Key_Return)
    assert amount.text() == "2.50"
    assert not calculator.isVisible()


def test_a_result_that_is_no_whole_fen_is_not_rounded(qtbot: QtBot) -> None:
    calculator = CalculatorBar()
    qtbot.addWidget(calculator)
    calculator.show()
    calculator.box.setText("10/3")
    QTest.keyClick(calculator.box, Qt.Key.Key_Return)
    assert "不是整分" in calculator.result()
    assert calculator.isVisible()
