"""PySide 6.12 loses a reference with every emit and slot call on CPython 3.11; ours must not."""

import sys

from PySide6.QtCore import QObject, Signal

CALLS = 2_000
DRIFT_MAX = 100


class Teller(QObject):
    """Emits a True and calls a slot that answers None."""

    told = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.told.connect(self.hear)

    def hear(self, said: bool) -> None:  # noqa: FBT001 - the signal's value
        """Count what is told."""
        self.count += said


def test_two_thousand_emits_and_slot_calls_lose_no_reference(qapp: object) -> None:
    del qapp
    teller = Teller()
    before = [sys.getrefcount(single) for single in (True, False, None)]
    for _ in range(CALLS):
        teller.told.emit(True)  # noqa: FBT003 - the singleton that leaked
    after = [sys.getrefcount(single) for single in (True, False, None)]
    assert teller.count == CALLS
    drift = [abs(late - early) for early, late in zip(before, after, strict=True)]
    assert max(drift) < DRIFT_MAX
