"""What the partner says of each record of a bundle: doubts first, each with what to do."""

from PySide6.QtCore import Signal

from reliefdesk import wording
from reliefdesk.domain.partners import PartnerState
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.streams import EventVerdict
from reliefdesk.services.verdicts import VerdictLine
from ui.sync.rows import VERDICTS
from ui.sync.view import Doubts, Verdicts
from ui.widgets.list_level import ListLevel


class VerdictPanel(ListLevel[VerdictLine]):
    """Hidden until `open`; Esc goes back. `cure_wanted` carries a bundle and a line of it.

    At a district it shows what of an office waits: `ask_wanted` carries the office and a line,
    `revoke_wanted` the office, `retry_wanted` nothing.
    """

    title = "逐条认定"
    summary_name = "认定合计"
    detail_name = "选中记录的说明"
    cure_wanted = Signal(object, object)
    ask_wanted = Signal(object, object)
    revoke_wanted = Signal(object)
    retry_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(VERDICTS)
        self._found: Verdicts | None = None
        self._doubts: Doubts | None = None
        self.cure_action = self.add_command("verdicts.cure", self.cure)
        self.ask_action = self.add_command("verdicts.ask", self.ask)
        self.retry_action = self.add_command("verdicts.retry", self.retry_wanted.emit)
        self.revoke_action = self.add_command("verdicts.revoke", self.revoke)

    def open(self, found: Verdicts) -> None:
        """Show what was said of a bundle; the cursor stands on the first doubt."""
        self._found, self._doubts = found, None
        self.show_rows(_summary(found), found.lines)

    def open_doubts(self, found: Doubts) -> None:
        """Show what of an office waits for people."""
        self._found, self._doubts = None, found
        self.show_rows(_doubts(found), found.lines)

    def cure(self) -> None:
        """Say how the record under the cursor, which was set aside, was put right."""
        line = self.table.chosen_row()
        if self._found is not None and line is not None and _is_aside(line):
            self.cure_wanted.emit(self._found.bundle, line)

    def ask(self) -> None:
        """Ask the office to put the record under the cursor right."""
        line = self.table.chosen_row()
        if self._doubts is not None and line is not None:
            self.ask_wanted.emit(self._doubts.partner, line)

    def revoke(self) -> None:
        """Stop the office's key."""
        if self._doubts is not None:
            self.revoke_wanted.emit(self._doubts.partner)

    def tell(self, row: VerdictLine) -> str:
        """Why it was judged so, and what to do."""
        return row.why

    def arrange(self, row: VerdictLine | None) -> None:
        """Each side has its own commands; those of an office's doubts need no line but `ask`."""
        of_office = self._doubts is not None
        self.cure_action.setVisible(not of_office)
        self.cure_action.setEnabled(not of_office and row is not None and _is_aside(row))
        for action in (self.ask_action, self.retry_action, self.revoke_action):
            action.setVisible(of_office)
        self.ask_action.setEnabled(of_office and row is not None)
        self.retry_action.setEnabled(of_office and bool(self.rows.rowCount()))
        partner = None if self._doubts is None else self._doubts.partner
        may_stop = partner is not None and partner.state is not PartnerState.REVOKED
        self.revoke_action.setEnabled(may_stop)


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
    partner = found.partner
    keys = wording.text(
        "sync_page.doubts_keys", epoch=partner.epoch, fingerprint=partner.fingerprint
    )
    if not found.lines and not found.waiting:
        return wording.text("sync_page.doubts_empty", office=partner.office.name) + keys
    waits = "".join(
        wording.text("sync_page.waits", number=row.number, why=row.why) for row in found.waiting
    )
    said = wording.text(
        "sync_page.doubts", office=partner.office.name, aside=len(found.lines), waiting=waits
    )
    return said + keys


def _is_aside(line: VerdictLine) -> bool:
    return line.verdict is EventVerdict.QUARANTINED
