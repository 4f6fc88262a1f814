"""How the office words its forms: title, unit, contact, footer, copies, optional parts, a picture.

What is in force on the chosen day stands in the boxes; saving adds a wording from that day on.
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.form_settings import FORM_SPECS, FormSetting
from reliefdesk.domain.problems import Problem
from reliefdesk.services import form_settings
from reliefdesk.services.recording import Recorded
from ui.pages import Workplace
from ui.system.panels import Panel, plain_button
from ui.widgets.choice_field import ChoiceField
from ui.widgets.day_fields import DateField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.message_bar import MessageBar
from ui.widgets.text_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel

_MARK = "、"


class FormsPanel(Panel):
    """One form at a time; what is typed holds from the chosen day."""

    title = "表单样式"
    key = "forms"
    command = "保存样式"

    def __init__(self, workplace: Workplace, messages: MessageBar) -> None:
        super().__init__(workplace, messages)
        self._setting: FormSetting | None = None
        self.grid = FieldGrid()
        options = [(code, spec.title) for code, spec in FORM_SPECS.items()]
        self.form = self.grid.add("form", "表单", ChoiceField[str](options))
        self.since = self.grid.add("since", "启用日期", DateField(today=workplace.today))
        self.head = self.grid.add("title", "标题", TextField())
        self.unit = self.grid.add("unit", "单位名称", TextField())
        self.contact = self.grid.add("contact", "联系电话", TextField())
        self.footer = self.grid.add("footer", "页脚", TextField())
        self.copies = self.grid.add("copies", "各份用途", TextField())
        self.unit.setPlaceholderText(wording.text("papers.unit_hint"))
        self.copies.setPlaceholderText(wording.text("papers.copies_hint"))
        self.parts: dict[str, QCheckBox] = {}
        self._parts_row = QHBoxLayout()
        self._parts_row.setContentsMargins(0, 0, 0, 0)
        self.picture = WrappedLabel()
        self.picture.setAccessibleName("单位名称图片")
        self.choose_button = plain_button("选择图片")
        self.choose_button.clicked.connect(self.ask_which)
        self.drop_button = plain_button("不用图片")
        self.drop_button.clicked.connect(lambda: self._put_picture(None))
        self.form.edited.connect(self._load)
        self.since.edited.connect(self._load)
        self.grid.submitted.connect(self.go)
        self._lay_out()

    def begin(self) -> None:
        """Start with the first form, from today on."""
        if self.form.chosen() is None:
            self.since.set_day(self.workplace.today())
            self.form.choose(next(iter(FORM_SPECS)))
        self.form.setFocus()
        self._load()

    def go(self) -> None:
        """Word the form as typed."""
        typed = self._typed()
        if typed is not None:
            self.workplace.operations.run(
                lambda context: form_settings.enter(context, typed),
                done=self._worded,
                failed=self.refuse,
            )

    def ask_which(self) -> None:
        """Let the operator choose a picture."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选择图片", "", "图片 (*.png)")
        if chosen:
            self.read_picture(Path(chosen))

    def read_picture(self, path: Path) -> None:
        """Take a picture into the wording; nothing is saved yet."""
        try:
            self._put_picture(path.read_bytes())
        except OSError:
            self.messages.show_warning(wording.text("ui.file_unreadable"))

    def _load(self) -> None:
        form, since = self.form.chosen(), self.since.day()
        if form is not None and since is not None:
            self.workplace.operations.run(
                lambda context: form_settings.in_force(context, form, on=since),
                done=self._show,
                failed=self.refuse,
            )

    def _show(self, setting: FormSetting) -> None:
        if setting.form != self.form.chosen():
            return
        self.head.setText(setting.title)
        self.unit.setText(setting.unit)
        self.contact.setText(setting.contact)
        self.footer.setText(setting.footer)
        self.copies.setText(_MARK.join(setting.copies))
        self._setting = setting
        fixed = FORM_SPECS[setting.form].fixed
        for name in ("contact", "footer", "copies"):
            (self.grid.hide_field if name in fixed else self.grid.show_field)(name)
        self._show_parts(setting)
        self._put_picture(setting.picture)
        for part in (self.picture, self.choose_button):
            part.setVisible("picture" not in fixed)

    def _show_parts(self, setting: FormSetting) -> None:
        for box in self.parts.values():
            box.hide()
            box.deleteLater()
        self.parts = {}
        for code, name in FORM_SPECS[setting.form].columns:
            box = self.parts[code] = QCheckBox(wording.text("papers.part", name=name))
            box.setAccessibleName(box.text())
            box.setChecked(code in setting.columns)
            self._parts_row.insertWidget(len(self.parts) - 1, box)

    def _put_picture(self, picture: bytes | None) -> None:
        if self._setting is not None:
            self._setting = replace(self._setting, picture=picture)
        key = "papers.no_picture" if picture is None else "papers.picture"
        self.picture.setText(wording.text(key, size=0 if picture is None else len(picture)))
        self.drop_button.setVisible(picture is not None)

    def _typed(self) -> FormSetting | None:
        since = self.since.day()
        if self._setting is None or since is None:
            self.grid.show_problems([Problem(field="since", code="ui.needed")])
            self.since.setFocus()
            return None
        copies = (part.strip() for part in self.copies.text().split(_MARK))
        return replace(
            self._setting,
            valid_from=since,
            title=self.head.text().strip(),
            unit=self.unit.text().strip(),
            contact=self.contact.text().strip(),
            footer=self.footer.text().strip(),
            copies=tuple(part for part in copies if part),
            columns=tuple(code for code, box in self.parts.items() if box.isChecked()),
        )

    def _worded(self, recorded: Recorded[FormSetting]) -> None:
        setting = recorded.result
        self.say("papers.worded", title=setting.title, since=setting.valid_from)

    def _lay_out(self) -> None:
        self._parts_row.addStretch(1)
        parts = QWidget()
        parts.setLayout(self._parts_row)
        pictures = QHBoxLayout()
        pictures.addWidget(self.picture, 1)
        pictures.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignTop)
        pictures.addWidget(self.drop_button, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.grid)
        self.column.addWidget(parts)
        self.column.addLayout(pictures)
        self.column.addStretch(1)
