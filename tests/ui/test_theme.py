"""The screen face has the characters of names, and its figures have one width."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reliefdesk import paths
from ui import theme


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    theme.apply(qapp)
    return qapp


@pytest.mark.parametrize("character", "䶮㛃𬱖堃〇·人民币")
def test_the_face_from_the_wheel_has_the_character(dressed: QApplication, character: str) -> None:
    raw = QRawFont(str(paths.font_sources()[paths.SANS]), dressed.font().pointSizeF())
    assert all(glyph for glyph in raw.glyphIndexesForString(character))
    assert dressed.font().families()[0] == theme.FAMILIES[0]


@pytest.mark.skipif(not paths.rare_fonts(), reason="needs a face for rare characters")
def test_a_rare_character_is_drawn_from_the_second_face(dressed: QApplication) -> None:
    label = QLabel("𠮷")
    label.setFont(dressed.font())
    assert any(QRawFont(str(path), 12).supportsCharacter(ord("𠮷")) for path in paths.rare_fonts())
    assert set(theme.FAMILIES[1:]) <= set(label.font().families())


def test_figures_have_one_width(dressed: QApplication) -> None:
    metrics = QFontMetricsF(dressed.font())
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_dates_and_qts_own_texts_are_chinese(dressed: QApplication) -> None:
    assert QLocale().language() is QLocale.Language.Chinese
    assert dressed.translate("QPlatformTheme", "Cancel") == "取消"


@pytest.mark.parametrize("kind", [QComboBox, QPushButton])
def test_what_has_the_cursor_is_ringed_however_the_cursor_came(
    dressed: QApplication, qtbot: QtBot, kind: type[QWidget]
) -> None:
    window, first, second = QWidget(), kind(), kind()
    for each in (first, second):
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(window)
    column.addWidget(first)
    column.addWidget(second)
    qtbot.addWidget(window)
    first.setFocus()
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(first.hasFocus)
    assert dressed.focusWidget() is first
    assert first.grab().toImage() != second.grab().toImage()
    second.setFocus(Qt.FocusReason.OtherFocusReason)
    assert first.grab().toImage() != second.grab().toImage()
