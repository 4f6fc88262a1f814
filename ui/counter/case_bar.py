"""Says above the form that the person taken has a case still open; one key opens that case.

A new registration stays possible: the bar only tells, the rules decide.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from reliefdesk import wording
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import Stage
from ui import keymap, theme
from ui.widgets.wrapped_label import WrappedLabel

_UNDECIDED = (Stage.ACCEPTED, Stage.REVIEWED)


def open_case(cases: Sequence[Case]) -> Case | None:
    """The newest case that waits for a decision or for its payment."""
    waiting = [each for each in cases if each.stage in _UNDECIDED or each.rest.fen > 0]
    return max(waiting, key=lambda each: each.accepted_at, default=None)


class OpenCaseBar(QFrame):
    """One line with its button; `wanted` carries the identity of the case."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._case: Case | None = None
        self.says = WrappedLabel()
        self.says.setAccessibleName("未办结案件")
        theme.ground(self, theme.WARNING_SOFT)
        self.action = keymap.action("counter.open", self, self._open)
        self.button = keymap.button(self.action)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.GAP_SMALL] * 4)
        row.addWidget(self.says, 1)
        row.addWidget(self.button)
        self.show_cases(())

    def show_cases(self, cases: Sequence[Case]) -> None:
        """Show the open case among these; without one the bar is gone and its key does nothing."""
        self._case = found = open_case(cases)
        self.action.setVisible(found is not None)
        self.setVisible(found is not None)
        if found is not None:
            keys = keymap.shown_key(self.action)
            facts = {"case_no": found.case_no, "status": found.status, "keys": keys}
            self.says.setText(theme.WARNING_MARK + wording.text("counter.open_case", **facts))

    def _open(self) -> None:
        if self._case is not None:
            self.wanted.emit(self._case.case_id)
