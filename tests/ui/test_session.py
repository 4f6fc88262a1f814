"""The window locks itself when nobody touches it, and a late touch does not get in."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from reliefdesk.clock import FixedClock
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Operator, Seat
from ui.session import Session

MORNING = datetime(2021, 3, 10, 1, 0, tzinfo=UTC)
CLERK = Operator(operator_id=OperatorId("a"), name="经办甲", seats=(Seat.REGISTRAR,), active=True)
OTHER = Operator(operator_id=OperatorId("b"), name="审核乙", seats=(Seat.REVIEWER,), active=True)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def session(qapp: object, clock: FixedClock) -> Session:
    del qapp
    made = Session(clock)
    made.sign_in(CLERK)
    return made


def test_five_minutes_without_a_touch_lock(session: Session, clock: FixedClock) -> None:
    clock.advance(timedelta(minutes=4, seconds=59))
    session.check()
    assert not session.is_locked
    clock.advance(timedelta(seconds=1))
    session.check()
    assert session.is_locked
    assert session.operator == CLERK


def test_a_touch_in_time_starts_the_wait_anew(session: Session, clock: FixedClock) -> None:
    for _ in range(3):
        clock.advance(timedelta(minutes=4))
        session.touch()
    assert not session.is_locked


def test_a_touch_that_comes_too_late_locks(session: Session, clock: FixedClock) -> None:
    clock.advance(timedelta(hours=8))
    session.touch()
    assert session.is_locked


def test_the_same_operator_unlocks_another_one_signs_in(session: Session, qtbot: QtBot) -> None:
    session.lock()
    with qtbot.waitSignal(session.unlocked):
        session.sign_in(CLERK)
    session.lock()
    with qtbot.waitSignal(session.signed_in):
        session.sign_in(OTHER)
    assert session.operator == OTHER


def test_other_minutes_count_at_once(session: Session, clock: FixedClock) -> None:
    session.set_idle_minutes(1)
    clock.advance(timedelta(minutes=1))
    session.check()
    assert session.is_locked


def test_keys_in_the_window_are_touches(session: Session, clock: FixedClock, qtbot: QtBot) -> None:
    box = QLineEdit()
    qtbot.addWidget(box)
    box.show()
    session.watch(box.windowHandle())
    clock.advance(timedelta(minutes=4))
    QTest.keyClick(box.windowHandle(), Qt.Key.Key_1)
    clock.advance(timedelta(minutes=4))
    session.check()
    assert not session.is_locked


def test_the_key_that_found_the_pc_unattended_types_nothing(
    session: Session, clock: FixedClock, qtbot: QtBot
) -> None:
    box = QLineEdit()
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    session.watch(box.windowHandle())
    clock.advance(timedelta(minutes=6))
    QTest.keyClick(box.windowHandle(), Qt.Key.Key_1)
    assert session.is_locked
    assert box.text() == ""


def test_nobody_signed_in_needs_no_lock(session: Session, clock: FixedClock) -> None:
    session.sign_out()
    clock.advance(timedelta(days=1))
    session.check()
    assert not session.is_locked
