"""Boxes keep what is typed, refuse input methods where digits belong, and step dates by key."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.money import Money
from ui.widgets.amount_field import AmountField
from ui.widgets.area_field import Area, AreaField
from ui.widgets.choice_field import term_choice
from ui.widgets.day_fields import DateField, InstantField
from ui.widgets.initials import first_letters
from ui.widgets.text_fields import NameField, NarrativeField, NumberField, PinField, TextField

TODAY = date(2021, 9, 17)
NOW = datetime(2021, 9, 17, 1, 0, tzinfo=UTC)
ENABLED = Qt.InputMethodQuery.ImEnabled
NUMBERS = (
    NumberField,
    PinField,
    AmountField,
    lambda: DateField(today=lambda: TODAY),
    lambda: InstantField(now=lambda: NOW),
)


@pytest.mark.parametrize("make", NUMBERS)
def test_boxes_for_digits_want_no_input_method(qtbot: QtBot, make: type[NumberField]) -> None:
    box = make()
    qtbot.addWidget(box)
    assert box.inputMethodQuery(ENABLED) is False
    assert box.inputMethodQuery(Qt.InputMethodQuery.ImCursorPosition) == 0


@pytest.mark.parametrize("make", [TextField, NameField, NarrativeField])
def test_boxes_for_names_and_stories_want_one(qtbot: QtBot, make: type[NameField]) -> None:
    box = make()
    qtbot.addWidget(box)
    assert box.inputMethodQuery(ENABLED)


@pytest.mark.parametrize("text", ["15030219900101123x", "15030219900101123X", "１５０３", " 12 "])
def test_a_number_box_keeps_every_character(qtbot: QtBot, text: str) -> None:
    box = NumberField()
    qtbot.addWidget(box)
    box.insert(text)
    assert box.text() == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=50))
def test_an_amount_box_never_changes_what_is_typed(qtbot: QtBot, text: str) -> None:
    box = AmountField()
    qtbot.addWidget(box)
    box.insert(text)
    assert box.text() == text
    assert box.money() is None or isinstance(box.money(), Money)


def test_an_amount_shows_its_words_while_it_is_typed(qtbot: QtBot) -> None:
    box = AmountField()
    qtbot.addWidget(box)
    QTest.keyClicks(box, "2430.5")
    assert (box.text(), box.money()) == ("2430.5", Money(243050))
    assert box.beneath.text() == "人民币贰仟肆佰叁拾元零伍角整"
    QTest.keyClicks(box, "55")
    assert box.text() == "2430.555"
    assert box.money() is None
    assert "人民币" not in box.beneath.text()


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("+", date(2021, 7, 2)),
        ("-", date(2021, 6, 30)),
        ("[", date(2021, 6, 1)),
        ("]", date(2021, 8, 1)),
        ("t", TODAY),
    ],
)
def test_single_keys_step_a_date(qtbot: QtBot, key: str, day: date) -> None:
    box = DateField(today=lambda: TODAY)
    qtbot.addWidget(box)
    box.setText("2021.7.1")
    QTest.keyClicks(box, key)
    assert box.day() == day


def test_a_dash_inside_an_unfinished_date_is_a_character(qtbot: QtBot) -> None:
    box = DateField(today=lambda: TODAY)
    qtbot.addWidget(box)
    QTest.keyClicks(box, "2021-7-1")
    assert box.text() == "2021-7-1"
    assert box.day() == date(2021, 7, 1)
    assert box.beside.text() == "2021年7月1日 周四"


def test_an_unreadable_date_stays_and_is_told(qtbot: QtBot) -> None:
    box = DateField(today=lambda: TODAY)
    qtbot.addWidget(box)
    box.insert("去年冬天")
    assert (box.text(), box.day()) == ("去年冬天", None)
    assert box.beside.text()


def test_an_instant_steps_by_day_and_keeps_its_time(qtbot: QtBot) -> None:
    box = InstantField(now=lambda: NOW)
    qtbot.addWidget(box)
    QTest.keyClicks(box, "7-1 14:30")
    assert box.instant() == datetime(2021, 7, 1, 6, 30, tzinfo=UTC)
    QTest.keyClicks(box, "-")
    assert box.instant() == datetime(2021, 6, 30, 6, 30, tzinfo=UTC)
    QTest.keyClicks(box, "t")
    assert box.instant() == NOW


@pytest.mark.parametrize("typed", ["2021-07-01 14:30", "2021-7-1 1430", "07-01 14:30"])
def test_a_full_instant_is_typed_as_the_box_asks_for_it(qtbot: QtBot, typed: str) -> None:
    box = InstantField(now=lambda: NOW)
    qtbot.addWidget(box)
    QTest.keyClicks(box, typed)
    assert box.text() == typed
    assert box.instant() == datetime(2021, 7, 1, 6, 30, tzinfo=UTC)


def test_a_pin_out_of_sight_is_gone(qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    pin, other = PinField(), TextField()
    column.addWidget(pin)
    column.addWidget(other)
    qtbot.addWidget(page)
    page.show()
    QTest.keyClicks(pin, "123456")
    other.setText("写好的")
    page.hide()
    assert (pin.text(), other.text()) == ("", "写好的")


def test_a_choice_is_made_by_first_letter_or_number(qtbot: QtBot) -> None:
    box = term_choice(DeskKind)
    qtbot.addWidget(box)
    assert box.chosen() is None
    QTest.keyClicks(box, "y")
    assert box.chosen() is DeskKind.TRAINING
    QTest.keyClicks(box, "1")
    assert box.chosen() is DeskKind.OFFICE


def test_f2_opens_a_choice(qtbot: QtBot) -> None:
    box = term_choice(DeskKind)
    qtbot.addWidget(box)
    box.show()
    QTest.keyClick(box, Qt.Key.Key_F2)
    assert box.view().isVisible()
    box.hidePopup()


def test_new_options_keep_the_choice_that_is_still_offered(qtbot: QtBot) -> None:
    box = term_choice(DeskKind)
    qtbot.addWidget(box)
    box.choose(DeskKind.DISTRICT)
    box.set_options([(DeskKind.DISTRICT, "区"), (DeskKind.OFFICE, "街道")])
    assert box.chosen() is DeskKind.DISTRICT
    box.set_options([(DeskKind.OFFICE, "街道")])
    assert box.chosen() is None


XINHUA = Area(code="150302003", name="新华街道", initials="xhjd")
XINHUA_WEST = Area(code="150302004", name="新华西街道", initials="xhxjd")


@pytest.mark.parametrize("typed", ["xhjd", "华街", "150302003"])
def test_a_place_is_picked_by_letters_characters_or_code(qtbot: QtBot, typed: str) -> None:
    box = AreaField([XINHUA, XINHUA_WEST])
    qtbot.addWidget(box)
    box.setText(typed)
    box.settle()
    assert box.code() == "150302003"


def test_other_places_stay_as_typed(qtbot: QtBot) -> None:
    box = AreaField([XINHUA])
    qtbot.addWidget(box)
    box.setText("河南省某县")
    box.settle()
    assert (box.text(), box.code()) == ("河南省某县", None)


def test_first_letters_of_common_words() -> None:
    assert first_letters("火灾 A3") == "hza3"
    assert first_letters("𠮷䶮") == ""
