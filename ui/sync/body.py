"""The lists of the page 报送: what is not acknowledged, sticks, bundles; a district's offices."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.partners import PartnerRow
from reliefdesk.services.sync import SentRow
from ui import theme
from ui.sync.rows import BUNDLES, DAYS, OFFICES, STICKS
from ui.sync.view import SyncView
from ui.widgets.tables import RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

_UPPER = 150
_ASKED_MOST = 3


class SyncBody(QWidget):
    """`office_changed` asks for another office's bundles; `…_chosen` is Enter on a line."""

    office_changed = Signal()
    bundle_chosen = Signal()
    office_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.is_district = False
        self.days, self.sticks = RowTable(DAYS), RowTable(STICKS)
        self.bundles, self.offices = RowTable(BUNDLES), RowTable(OFFICES)
        self.days_table = TableView("未回执的记录", self.days)
        self.sticks_table = TableView("U盘", self.sticks)
        self.bundles_table = TableView("数据包", self.bundles)
        self.offices_table = TableView("对方单位", self.offices)
        self.summary = WrappedLabel()
        self.summary.setAccessibleName("未回执合计")
        self.summary.setFont(theme.strong_font())
        self.empty = {name: WrappedLabel() for name in ("days", "sticks", "bundles", "offices")}
        for name, label in self.empty.items():
            theme.quiet(label)
            label.setText(wording.text(f"sync_page.{name}_empty"))
        self.offices_table.row_changed.connect(lambda _row: self.office_changed.emit())
        self.bundles_table.row_chosen.connect(lambda _row: self.bundle_chosen.emit())
        self.offices_table.row_chosen.connect(lambda _row: self.office_chosen.emit())
        self._lay_out()

    def show_view(self, view: SyncView) -> None:
        """Show everything; cursors stay where they were."""
        self.is_district = view.is_district
        self.summary.setText(_summary(view) + _asked(view))
        pending = view.pending
        self.days.set_rows(() if pending is None else pending.days)
        self._fill(self.sticks_table, self.sticks, view.sticks)
        self._fill(self.bundles_table, self.bundles, view.bundles)
        self.offices_table.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self._fill(self.offices_table, self.offices, view.partners)
        self.offices_table.blockSignals(False)  # noqa: FBT003 - Qt's signature
        has_cursor = self._has_cursor()
        self._arrange(view)
        # A table that goes away takes the cursor with it, and the keys of the page too.
        if has_cursor and not self._has_cursor():
            self.begin()

    def begin(self) -> None:
        """The cursor stands where work begins: offices in a district, else bundles."""
        table = self.offices_table if self.is_district else self.bundles_table
        (table if table.isVisibleTo(self) else self).setFocus()

    def bundle(self) -> SentRow | None:
        """The bundle under the cursor."""
        row: SentRow | None = self.bundles_table.chosen_row()
        return row

    def stick(self) -> Path | None:
        """The folder of the stick under the cursor."""
        row = self.sticks_table.chosen_row()
        return None if row is None else row.folder

    def partner(self) -> DeskId | None:
        """The office under the cursor of a district; None lets the desk decide."""
        row = self.office()
        return None if row is None else row.desk_id

    def office(self) -> PartnerRow | None:
        """The row of that office."""
        row: PartnerRow | None = self.offices_table.chosen_row() if self.is_district else None
        return row

    def choose_stick(self, folder: Path) -> None:
        """Put the cursor on a stick."""
        for position, row in enumerate(self.sticks.rows()):
            if row.folder == folder:
                self.sticks_table.choose_row(position)

    def choose_bundle(self, manifest_id: str) -> None:
        """Put the cursor on a bundle."""
        for position, row in enumerate(self.bundles.rows()):
            if row.manifest_id == manifest_id:
                self.bundles_table.choose_row(position)

    def _has_cursor(self) -> bool:
        # In a window that is not in front, a table that was hidden still counts as the focus.
        found = self.window().focusWidget()
        inside = found is not None and self.isAncestorOf(found) and found.isVisibleTo(self)
        return found is self or inside

    def _fill(self, table: TableView, model: RowTable, rows: tuple) -> None:  # type: ignore[type-arg]  # any rows
        before = max(table.currentIndex().row(), 0)
        model.set_rows(rows)
        several_sticks = table is self.sticks_table and len(rows) > 1
        if rows and not (several_sticks and table.currentIndex().row() < 0):
            table.choose_row(min(before, len(rows) - 1))

    def _arrange(self, view: SyncView) -> None:
        shown = {
            "days": not view.is_district,
            "offices": view.is_district,
            "sticks": True,
            "bundles": not view.is_district or bool(view.bundles),
        }
        tables = {
            "days": self.days_table,
            "offices": self.offices_table,
            "sticks": self.sticks_table,
            "bundles": self.bundles_table,
        }
        for name, table in tables.items():
            full = table.model().rowCount() > 0
            table.setVisible(shown[name] and full)
            self.empty[name].setVisible(shown[name] and not full)

    def _lay_out(self) -> None:
        upper = QWidget()
        upper.setFixedHeight(_UPPER)
        row = QHBoxLayout(upper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        left, right = QVBoxLayout(), QVBoxLayout()
        for part in (self.offices_table, self.days_table):
            left.addWidget(part, 1)
        for part in (self.sticks_table,):
            right.addWidget(part, 1)
        for name, where in (("offices", left), ("days", left), ("sticks", right)):
            where.addWidget(self.empty[name], 1)
        row.addLayout(left, 5)
        row.addLayout(right, 3)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.bundles_table, 1)
        below.addWidget(self.empty["bundles"], 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.summary)
        column.addWidget(upper)
        column.addWidget(lower, 1)


def _summary(view: SyncView) -> str:
    if view.is_district and view.partners:
        return wording.text(
            "sync_page.offices",
            count=len(view.partners),
            days=view.silence,
            silent=len(view.silent),
            doubtful=len(view.doubtful),
        )
    pending = view.pending
    if pending is None:
        return view.trouble
    key = "sync_page.pending" if pending.events else "sync_page.pending_none"
    return wording.text(
        key,
        events=pending.events,
        paid=pending.paid,
        office=pending.office,
        seq=pending.after.seq,
    )


def _asked(view: SyncView) -> str:
    if not view.corrections:
        return ""
    told = "；".join(f"第{line.seq}号 {line.text}" for line in view.corrections[:_ASKED_MOST])
    return wording.text("sync_page.asked", count=len(view.corrections), told=told)
