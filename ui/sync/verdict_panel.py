"""What the partner says of each record of a bundle: doubts first, each with what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from reliefdesk import wording
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.streams import EventVerdict
from reliefdesk.services.verdicts import VerdictLine
from ui import keymap, theme
from ui.sync.rows import VERDICTS
from ui.sync.view import Doubts, Verdicts
from ui.widgets.level import Level
from ui.widgets.tables import RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel


class VerdictPanel(Level):
    """Hidden until `open`; Esc goes back. `cure_wanted` carries a bundle and a line of it."""

    cure_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.summary = WrappedLabel()
        self.summary.setAccessibleName("认定合计")
        self.summary.setFont(theme.strong_font())
        self.detail = WrappedLabel()
        self.detail.setAccessibleName("选中记录的说明")
        self._found: Verdicts | None = None
        self.cure_action = keymap.action("verdicts.cure", self, self.cure)
        self.rows = RowTable(VERDICTS)
        self.table = TableView("逐条认定", self.rows)
        self.table.row_changed.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(keymap.button(self.cure_action), 0, Qt.AlignmentFlag.AlignRight)

    def open(self, found: Verdicts) -> None:
        """Show what was said of a bundle; the cursor stands on the first doubt."""
        self._found = found
        self._open(_summary(found), found.lines)

    def open_doubts(self, found: Doubts) -> None:
        """Show what of an office waits for people."""
        self._found = None
        self._open(_doubts(found), found.lines)

    def cure(self) -> None:
        """Say how the record under the cursor, which was set aside, was put right."""
        line = self.table.chosen_row()
        if self._found is not None and line is not None and _is_aside(line):
            self.cure_wanted.emit(self._found.bundle, line)

    def _open(self, summary: str, lines: tuple[VerdictLine, ...]) -> None:
        self.summary.setText(summary)
        self.rows.set_rows(lines)
        self.detail.setText("")
        self.cure_action.setEnabled(False)
        self.show()
        self.table.setFocus()
        if lines:
            self.table.choose_row(0)

    def _tell(self, position: int) -> None:
        row = self.rows.row(position)
        self.detail.setText("" if row is None else row.why)
        curable = self._found is not None and row is not None and _is_aside(row)
        self.cure_action.setEnabled(curable)


def _summary(found: Verdicts) -> str:
    bundle = found.bundle
    said = wording.text(
        "sync_page.verdicts",
        number=bundle.number,
        accepted=found.count(EventVerdict.ACCEPTED),
        duplicate=found.count(EventVerdict.DUPLICATE),
        aside=found.count(EventVerdict.QUARANTINED),
        open=found.count(None),
    )
    if not bundle.refused:
        return said
    why = wording.problem_sentence(Problem(field="", code=bundle.refused))
    return wording.text("sync_page.refused", number=bundle.number, why=why)


def _doubts(found: Doubts) -> str:
    if not found.lines and not found.waiting:
        return wording.text("sync_page.doubts_empty")
    waits = "".join(
        wording.text("sync_page.waits", number=row.number, why=row.why) for row in found.waiting
    )
    return wording.text(
        "sync_page.doubts", office=found.office, aside=len(found.lines), waiting=waits
    )


def _is_aside(line: VerdictLine) -> bool:
    return line.verdict is EventVerdict.QUARANTINED
