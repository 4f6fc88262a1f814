"""The commands of the page 报送 in their order, and when each of them can be given."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from reliefdesk import wording
from reliefdesk.domain.streams import BundleState
from reliefdesk.services.sticks import Written
from ui import keymap
from ui.sync.body import SyncBody
from ui.sync.view import SyncView
from ui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from ui.sync.page import SyncPage

_UNHANDED = frozenset({BundleState.WRITTEN, BundleState.HANDED_OVER, BundleState.OVERDUE})
_ALWAYS = frozenset({"sync.request", "sync.checks", "sync.merger", "sync.card", "sync.root"})
_ONE_SIDE = (
    ("sync.request", False),
    ("sync.verdicts", False),
    ("sync.checks", False),
    ("sync.merger", False),
    ("sync.doubts", True),
    ("sync.card", True),
    ("sync.root", True),
)
"""Commands of one kind of desk, and whether that is a district."""


def acts_of(page: "SyncPage") -> dict[str, QAction]:
    """Every command of the page by its id, in the order of its buttons."""
    commands = (
        ("sync.send", page.send),
        ("sync.read", page.read_stick),
        ("sync.hand", page.hand_over),
        ("sync.print", page.print_slip),
        ("sync.verdicts", page.show_verdicts),
        ("sync.doubts", page.show_doubts),
        ("sync.again", page.write_again),
        ("sync.reload", page.load),
        ("sync.folder", page.ask_folder),
        ("sync.files", page.ask_files),
        ("sync.checks", page.show_checks),
        ("sync.merger", page.show_merger),
        ("sync.card", page.enrolment.give_card),
        ("sync.root", page.enrolment.make_root),
        ("sync.enrol", page.enrolment.enrol),
        ("sync.request", page.enrolment.request),
        ("sync.epoch", page.enrolment.new_epoch),
        ("sync.days", page.set_days),
    )
    return {name: keymap.action(name, page, run) for name, run in commands}


def enable(acts: dict[str, QAction], view: SyncView | None, body: SyncBody) -> None:
    """Let commands follow what is there and what is chosen."""
    row = body.bundle()
    pending = None if view is None else view.pending
    acts["sync.send"].setEnabled(pending is not None and pending.is_offered)
    acts["sync.hand"].setEnabled(row is not None and row.state in _UNHANDED)
    for name in ("sync.print", "sync.verdicts", "sync.again", *_ALWAYS):
        acts[name].setEnabled(row is not None or name in _ALWAYS)
    is_district = view is not None and view.is_district
    for name, where in _ONE_SIDE:
        acts[name].setVisible(is_district == where)
        if is_district != where:
            acts[name].setEnabled(False)
    acts["sync.doubts"].setEnabled(body.office() is not None)


def show_written(messages: MessageBar, written: Written) -> None:
    """Say what was written to which stick, and whether the stick is slow."""
    said = wording.text("sync_page.sent", number=written.row.number, stick=written.stick)
    if written.was_slow:
        messages.show_warning(said + wording.text("sync_page.slow"))
    else:
        messages.show_success(said)
