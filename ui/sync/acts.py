"""The commands of the page 报送 in their order, and when each of them can be given."""

from operator import attrgetter

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from reliefdesk import wording
from reliefdesk.domain.streams import BundleState
from reliefdesk.services.sticks import Written
from ui import keymap
from ui.sync.body import SyncBody
from ui.sync.view import SyncView
from ui.widgets.message_bar import MessageBar

_UNHANDED = frozenset({BundleState.WRITTEN, BundleState.HANDED_OVER, BundleState.OVERDUE})
_ALWAYS = frozenset(
    {"sync.request", "sync.checks", "sync.merger", "sync.messages", "sync.card", "sync.root"}
)
_ONE_SIDE = (
    ("sync.request", False),
    ("sync.verdicts", False),
    ("sync.checks", False),
    ("sync.messages", False),
    ("sync.merger", False),
    ("sync.doubts", True),
    ("sync.card", True),
    ("sync.root", True),
)
"""Commands of one kind of desk, and whether that is a district."""


_COMMANDS = (
    ("sync.send", "send"),
    ("sync.read", "read_stick"),
    ("sync.hand", "hand_over"),
    ("sync.print", "print_slip"),
    ("sync.verdicts", "show_verdicts"),
    ("sync.doubts", "show_doubts"),
    ("sync.again", "write_again"),
    ("sync.reload", "load"),
    ("sync.folder", "ask_folder"),
    ("sync.files", "ask_files"),
    ("sync.checks", "show_checks"),
    ("sync.messages", "show_messages"),
    ("sync.merger", "show_merger"),
    ("sync.card", "enrolment.give_card"),
    ("sync.root", "enrolment.make_root"),
    ("sync.enrol", "enrolment.enrol"),
    ("sync.request", "enrolment.request"),
    ("sync.sheet", "enrolment.print_sheet"),
    ("sync.epoch", "enrolment.new_epoch"),
    ("sync.days", "set_days"),
)
"""Each command and what of the page it runs, in the order of the buttons."""


def acts_of(page: QWidget) -> dict[str, QAction]:
    """Every command of the page by its id."""
    return {name: keymap.action(name, page, attrgetter(run)(page)) for name, run in _COMMANDS}


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
