"""The desk file: verified line by line, and backed up to a folder; both end in a stated result."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import backups, verification
from reliefdesk.services.backups import Backup
from reliefdesk.services.recording import Context
from ui import theme
from ui.pages import Workplace
from ui.system.panels import Panel, plain_button
from ui.widgets.busy_bar import BusyBar
from ui.widgets.message_bar import MessageBar
from ui.widgets.tables import Column, RowTable, TableView

MOST_FINDINGS = 200
_HASH_SHOWN = 16
Line = tuple[bool, str]
Result = tuple[tuple[Line, ...], int, str]


class FilePanel(Panel):
    """Verify and back up."""

    title = "核对与备份"
    key = "file"
    command = "核对办理点文件"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        columns = (
            Column[Line](
                title="结果",
                text=lambda line: "✓" if line[0] else "× 有问题",
                characters=6,
                ink=lambda line: None if line[0] else theme.ERROR,
            ),
            Column[Line](title="核对内容", text=lambda line: line[1]),
        )
        self.table: RowTable[Line] = RowTable(columns)
        self.view = TableView("核对结果", self.table)
        self.busy = BusyBar()
        self.backup_button = plain_button("备份到文件夹")
        self.backup_button.clicked.connect(self.ask_where)
        buttons = QHBoxLayout()
        buttons.addWidget(self.backup_button)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.column.addWidget(self.busy)
        self.column.addWidget(self.view, 1)

    def begin(self) -> None:
        """The result of an earlier verification stays to be read."""
        self.view.setFocus()

    def go(self) -> None:
        """Verify the open desk, unless that or a backup is under way."""
        if not self.backup_button.isEnabled():
            return
        self.backup_button.setEnabled(False)
        self.busy.start(wording.text("ui.verifying"))
        self.workplace.operations.run(_verified, done=self._verified, failed=self._failed)

    def ask_where(self) -> None:
        """Let the operator choose a folder, then back up into it."""
        folder = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹")
        if folder:
            self.back_up_to(Path(folder))

    def back_up_to(self, folder: Path) -> None:
        """Back up the open desk; the copy is verified before it counts."""
        self.backup_button.setEnabled(False)
        self.busy.start(wording.text("ui.backing_up"))
        self.workplace.operations.run(
            lambda context: backups.back_up(context, folder),
            done=self._backed_up,
            failed=self._failed,
        )

    def _verified(self, result: Result) -> None:
        lines, seq, digest = result
        self.table.set_rows(lines)
        bad = sum(1 for good, _ in lines if not good)
        if bad:
            self.busy.finish(wording.text("ui.verified_bad", count=bad))
        else:
            self.busy.finish(wording.text("ui.verified_good", seq=seq, hash=digest))
        self.backup_button.setEnabled(True)

    def _backed_up(self, backup: Backup) -> None:
        self.busy.finish(wording.text("ui.backed_up", file=backup.path))
        self.backup_button.setEnabled(True)

    def _failed(self, error: ReliefDeskError) -> None:
        self.busy.finish(wording.parts(error).what)
        self.refuse(error)
        self.backup_button.setEnabled(True)


def _verified(context: Context) -> Result:
    report = verification.limited(verification.verify(context), MOST_FINDINGS)
    lines = tuple((line.good, verification.line_text(line)) for line in report.lines)
    return lines, report.head.seq, report.head.hash[:_HASH_SHOWN]
