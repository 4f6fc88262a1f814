"""The forms of a case in the order of the work: Enter shows one, from there it is printed or saved.

The picture is the very PDF that is printed; looking records nothing.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.form_settings import CaseForm
from reliefdesk.services import papers
from ui import keymap, theme
from ui.pages import Workplace
from ui.printing.panel import PrintPanel
from ui.widgets.message_bar import MessageBar
from ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from reliefdesk.domain.ids import CaseId

_ROWS_SHOWN = 6


class PapersPanel(QWidget):
    """A list of forms; `printing` is the level over the case where one is looked at.

    `looked_at` and `left` tell the case to make way and to come back.
    """

    looked_at = Signal()
    left = Signal()

    def __init__(self, workplace: Workplace, messages: MessageBar, page: QWidget) -> None:
        super().__init__()
        self._case_id: CaseId | None = None
        title = wording.text("papers.title")
        self.title = theme.heading(title)
        self.hint = WrappedLabel()
        self.hint.setText(wording.text("papers.hint"))
        theme.quiet(self.hint)
        self.forms = QListWidget()
        self.forms.setAccessibleName(title)
        self.forms.itemActivated.connect(lambda _item: self.open_form())
        self.open_button = keymap.button(keymap.action("case.form", page, self._open_if_seen))
        self.printing = PrintPanel(workplace, messages)
        self.printing.closed.connect(self._came_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (self.title, self.hint, self.forms):
            column.addWidget(part)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_case(self, case: Case, wanted: tuple[CaseForm, ...]) -> None:
        """Offer the forms of a case; the chosen one stays chosen."""
        if case.case_id == self._case_id and wanted == self.offered():
            return
        if case.case_id != self._case_id and self.printing.is_open:
            self.printing.close_level()
        chosen = self.chosen() if case.case_id == self._case_id else None
        self._case_id = case.case_id
        self.forms.clear()
        for form in wanted:
            item = QListWidgetItem(form.label)
            item.setData(Qt.ItemDataRole.UserRole, form.value)
            self.forms.addItem(item)
        self.forms.setCurrentRow(wanted.index(chosen) if chosen in wanted else 0)
        rows = min(_ROWS_SHOWN, len(wanted))
        height = self.forms.sizeHintForRow(0) * rows + 2 * self.forms.frameWidth()
        self.forms.setFixedHeight(height)

    def offered(self) -> tuple[CaseForm, ...]:
        """The forms in the list, in order."""
        return tuple(self._form(row) for row in range(self.forms.count()))

    def chosen(self) -> CaseForm | None:
        """The form under the cursor."""
        row = self.forms.currentRow()
        return None if row < 0 else self._form(row)

    def open_form(self) -> None:
        """Make the chosen form and show its first page."""
        form, case_id = self.chosen(), self._case_id
        if form is not None and case_id is not None:
            self.looked_at.emit()
            self.printing.open(lambda context: papers.paper(context, form, case_id))

    def _open_if_seen(self) -> None:
        if self.isVisible():
            self.open_form()

    def _came_back(self) -> None:
        self.left.emit()
        self.forms.setFocus()

    def _form(self, row: int) -> CaseForm:
        return CaseForm(self.forms.item(row).data(Qt.ItemDataRole.UserRole))
