"""Widgets die in the window's own thread, whatever the worker does."""

import gc
import threading

import pytest
from PySide6.QtWidgets import QLabel

from ui.cycles import Cycles
from ui.operations import Operations


@pytest.mark.usefixtures("qtbot")
def test_collecting_is_off_while_a_worker_runs_and_comes_back() -> None:
    operations = Operations()
    assert not gc.isenabled()
    operations.stop()
    assert gc.isenabled()


@pytest.mark.usefixtures("qtbot")
def test_a_widget_in_a_cycle_dies_in_the_thread_of_the_window() -> None:
    died_in: list[threading.Thread] = []
    cycles = Cycles()
    cycles.start()
    label = QLabel("一次性")
    label.destroyed.connect(lambda: died_in.append(threading.current_thread()))
    label.itself = label  # type: ignore[attr-defined]  # a cycle that only a collection ends
    del label
    churn = threading.Thread(target=lambda: [[] for _ in range(200_000)])
    churn.start()
    churn.join()
    assert died_in == []
    for _ in range(30):
        cycles.collect()
    cycles.stop()
    assert died_in == [threading.main_thread()]
