"""另存为 Excel: asks where, writes the sheet on the desk's thread, says where it stands."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import sheets
from reliefdesk.services.recording import Context
from reliefdesk.services.sheets import Sheet
from ui import failures
from ui.pages import Workplace
from ui.widgets.file_choice import in_documents
from ui.widgets.message_bar import MessageBar

Make = Callable[[Context], Sheet | tuple[Sheet, ...]]


class SheetSaver:
    """Belongs to a page; the sheet is made anew each time, so it is what the desk says now."""

    def __init__(self, workplace: Workplace, messages: MessageBar, page: QWidget) -> None:
        self._workplace = workplace
        self._messages = messages
        self._page = page

    def ask_where(self, title: str, make: Make) -> None:
        """Let the operator choose a file for the sheet."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, "另存为 Excel", in_documents(f"{title}.xlsx"), "Excel (*.xlsx)"
        )
        if chosen:
            self.save(Path(chosen), make)

    def save(self, path: Path, make: Make) -> None:
        """Write the sheet to a file and say where it stands."""
        self._messages.show_note(wording.text("sheets.saving"))
        self._workplace.operations.run(
            lambda context: sheets.save(path, _all(make(context))),
            done=self._saved,
            failed=self._failed,
        )

    def _saved(self, path: Path) -> None:
        self._messages.show_success(wording.text("sheets.saved", place=str(path)))

    def _failed(self, error: ReliefDeskError) -> None:
        failures.show(error, self._messages)


def _all(made: Sheet | tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    return made if isinstance(made, tuple) else (made,)
