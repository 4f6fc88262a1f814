"""Collects reference cycles in the GUI thread only: a widget must never die in another thread.

Python collects wherever the thresholds happen to be crossed. On the worker thread that would
destroy Qt objects under the window's feet, so automatic collection is off while a window lives.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000
_OLD_EVERY = 30
"""How many turns pass between two full collections."""


class Cycles(QObject):
    """Automatic collection is off from `start` to `stop`; a timer collects instead."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = 0
        self._was_on = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take collecting into this thread, which runs the event loop."""
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start()

    def collect(self) -> None:
        """Collect the young objects, and every half minute all of them."""
        self._turn = (self._turn + 1) % _OLD_EVERY
        gc.collect(2 if self._turn == 0 else 1)

    def stop(self) -> None:
        """Leave collecting to Python again, as it was before."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
