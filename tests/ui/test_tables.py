"""Tables show rows as their columns say, and Enter chooses one."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets.tables import RIGHT, Column, RowTable, TableView

Row = tuple[str, int]


def a_table(qtbot: QtBot) -> tuple[RowTable[Row], TableView]:
    columns = (
        Column[Row](title="姓名", text=lambda row: row[0]),
        Column[Row](
            title="金额",
            text=lambda row: f"{row[1]:,}",
            align=RIGHT,
            order=lambda row: row[1],
            ink=lambda row: theme.ERROR if row[1] < 0 else None,
        ),
    )
    table: RowTable[Row] = RowTable(columns)
    table.set_rows([("测试甲", 11_000), ("测试乙", 900), ("测试丙", -5)])
    view = TableView("名单", table)
    qtbot.addWidget(view)
    return table, view


def test_cells_headers_and_red_ink_come_from_the_columns(qtbot: QtBot) -> None:
    table, _ = a_table(qtbot)
    assert table.data(table.index(0, 1)) == "11,000"
    assert table.data(table.index(0, 1), Qt.ItemDataRole.TextAlignmentRole) == RIGHT
    assert table.data(table.index(2, 1), Qt.ItemDataRole.ForegroundRole) == theme.ERROR
    assert table.headerData(1, Qt.Orientation.Horizontal) == "金额"


def test_sorting_follows_the_value_and_not_the_text(qtbot: QtBot) -> None:
    table, _ = a_table(qtbot)
    table.sort(1)
    assert [row[1] for row in table.rows()] == [-5, 900, 11_000]


def test_enter_chooses_the_row_under_the_cursor(qtbot: QtBot) -> None:
    _, view = a_table(qtbot)
    view.choose_row(1)
    assert view.chosen_row() == ("测试乙", 900)
    with qtbot.waitSignal(view.row_chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [1]


def test_new_rows_leave_no_row_chosen_that_is_gone(qtbot: QtBot) -> None:
    table, view = a_table(qtbot)
    view.choose_row(2)
    table.set_rows([])
    assert view.chosen_row() is None
