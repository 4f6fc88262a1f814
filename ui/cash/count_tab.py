"""盘点: the pieces are counted first; only the recorded count tells what the book says (R7).

A difference asks in place for its reason and a second person; entering it is an act of its own.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reliefdesk import wording
from reliefdesk.clock import IdSource, shanghai_time
from reliefdesk.domain.counts import (
    PIECES_MAX,
    Count,
    CountDraft,
    Denomination,
    Pieces,
    counted_of,
    kind_word,
)
from reliefdesk.domain.ids import CountId
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import Seat
from reliefdesk.domain.problems import Problem
from reliefdesk.services import counts, drawer_papers, operators
from reliefdesk.services.printing import Paper, PaperMedia
from reliefdesk.services.recording import Context, Recorded
from ui import theme
from ui.cash.confirm_fields import ConfirmFields
from ui.cash.difference_form import ExplainForm, PostForm
from ui.cash.view import DrawerView, PaperCall
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.text_fields import NumberField
from ui.widgets.wrapped_label import WrappedLabel

Act = Callable[[Context], Recorded[Count]]
_LEAST_ROWS = 2


class CountTab(QWidget):
    """`wanted` carries the act; the page runs it and tells `counted` or `refuse`."""

    title = "盘点"
    wanted = Signal(object)

    def __init__(self, ids: IdSource) -> None:
        super().__init__()
        self._ids = ids
        self._count_id = CountId(ids.new())
        self._view: DrawerView | None = None
        self._last: frozenset[CountId] = frozenset()
        """The newest count of each drawer: only its difference can still be settled."""
        self.grid = FieldGrid(columns=4)
        self.pieces = {
            each: self.grid.add(each.name, each.label, NumberField()) for each in Denomination
        }
        self.total = QLabel("")
        self.total.setAccessibleName("实盘合计")
        self.confirming = FieldGrid(columns=2)
        self.cashier = ConfirmFields(self.confirming, "cashier", "出纳")
        self.result = WrappedLabel()
        self.result.setAccessibleName("盘点结果")
        self.explaining = ExplainForm()
        self.posting = PostForm(ids)
        self.rows: RowTable[Count] = RowTable(self._columns())
        self.table = TableView("盘点记录", self.rows)
        self.empty = WrappedLabel(wording.text("cash_page.counts_empty"))
        self.grid.changed.connect(self._add_up)
        for grid in (self.grid, self.confirming):
            grid.submitted.connect(self.confirm)
        self.explaining.wanted.connect(self.wanted)
        self.posting.wanted.connect(self.wanted)
        self.explaining.closed.connect(self._closed)
        self.posting.closed.connect(self._closed)
        self._lay_out()
        self._add_up("")

    def begin(self) -> None:
        """The cursor where the first pieces are typed, or where a difference waits."""
        waiting = self._waiting()
        if self.explaining.is_open:
            self.explaining.reason.setFocus()
        elif waiting is not None and not self.posting.is_open and not self._is_typed():
            self._explain(waiting)
        else:
            self.pieces[Denomination.YUAN_100].setFocus()

    def show_view(self, view: DrawerView) -> None:
        """Show who may count and what was counted; what is typed stays."""
        self._view = view
        self.cashier.offer(view.with_seat(Seat.CASHIER), view.signed_in)
        self.explaining.show_view(view)
        self.posting.show_view(view)
        self._last = frozenset(
            {each.details.cashier: each.count_id for each in reversed(view.counts)}.values()
        )
        self.rows.set_rows(view.counts)
        self.table.choose_row(0)
        self.empty.setVisible(not view.counts)

    def confirm(self) -> None:
        """Record the count, or what is open about its difference."""
        if self.posting.is_open:
            self.posting.confirm()
        elif self.explaining.is_open:
            self.explaining.confirm()
        else:
            self._count()

    def post(self) -> None:
        """Open what the chosen count's difference waits for: its reason, then its entry."""
        found = self.table.chosen_row()
        if found is None or not found.is_open:
            return
        if found.count_id not in self._last:
            self.result.setText(wording.text("cash_page.counted_since"))
            theme.ink(self.result, theme.WARNING)
        elif found.explanation is None:
            self._explain(found)
        else:
            self.explaining.hide()
            self._show_pieces(shown=False)
            self.posting.open(found)

    def paper(self) -> PaperCall | None:
        """What makes the sheet of the chosen count."""
        found = self.table.chosen_row()
        return None if found is None else _paper(found)

    def finished(self, found: Count) -> None:
        """Tell what the book says, and ask for what a difference needs."""
        self.result.setText(result_text(found))
        theme.ink(self.result, theme.INK if found.is_settled else theme.ERROR)
        if found.count_id == self._count_id:
            self._count_id = CountId(self._ids.new())
            for box in self.pieces.values():
                box.clear()
        self.cashier.pin.clear()
        if found.posting is not None or found.is_settled:
            self.explaining.finish()
            self.posting.finish()
            self._show_pieces(shown=True)
            self.table.setFocus()
        else:
            self._explain(found)

    def said(self, found: Count) -> str:
        """What was done; '' leaves the difference that waits to speak for itself."""
        return done_text(found) if found.is_settled else ""

    def paper_after(self, _found: Count) -> PaperCall | None:
        """The sheet waits until what differs is settled and somebody asks for it."""
        return None

    def refuse(self) -> None:
        """After a refusal everything stays, the PIN is typed anew."""
        for form in (self.posting, self.explaining):
            if form.is_open:
                form.refuse()
                return
        self.cashier.refuse()

    def _closed(self) -> None:
        self._show_pieces(shown=True)
        if self._waiting() is not None:
            self.result.setText(wording.text("cash_page.difference_waits"))
            theme.ink(self.result, theme.WARNING)
        self.pieces[Denomination.YUAN_100].setFocus()

    def _explain(self, found: Count) -> None:
        self._show_pieces(shown=False)
        self.explaining.open(found)

    def _waiting(self) -> Count | None:
        """The count of the chosen cashier that differs and has no reason yet."""
        cashier = self.cashier.officer.chosen()
        found = (each for each in self.rows.rows() if each.count_id in self._last)
        newest = next((each for each in found if each.details.cashier == cashier), None)
        return None if newest is None or newest.is_settled else newest

    def _is_typed(self) -> bool:
        return any(box.text().strip() for box in self.pieces.values())

    def _show_pieces(self, *, shown: bool) -> None:
        for part in (self.grid, self.total, self.confirming):
            part.setVisible(shown)

    def _count(self) -> None:
        pieces, problems = self._typed()
        self.grid.show_problems(problems)
        lacking = self.confirming.show_problems(self.cashier.problems())
        if problems:
            self.grid.focus_first_problem()
        elif lacking or self.cashier.problems():
            self.confirming.focus_first_problem()
        else:
            self.wanted.emit(_counting(CountDraft(count_id=self._count_id, pieces=pieces), self))

    def _typed(self) -> tuple[tuple[Pieces, ...], list[Problem]]:
        pieces, problems = [], []
        for each, box in self.pieces.items():
            text = box.text().strip()
            if not text or (text.isascii() and text.isdigit() and int(text) <= PIECES_MAX):
                pieces.append(Pieces(denomination=each, count=int(text or 0)))
                continue
            facts = {"denomination": each.label, "count": text}
            problems.append(Problem(field=each.name, code="counts.pieces", facts=facts))
        return tuple(pieces), problems

    def _add_up(self, _name: str) -> None:
        pieces, _ = self._typed()
        self.total.setText(wording.text("cash_page.counted", counted=counted_of(pieces)))

    def _columns(self) -> tuple[Column[Count], ...]:
        return (
            Column(title="时间", text=_when, characters=8),
            Column(title="出纳", text=self._who, characters=5),
            Column(title="实盘", text=lambda row: row.details.counted.figures, align=RIGHT),
            Column(title="账面", text=lambda row: row.details.expected.figures, align=RIGHT),
            Column(title="结果", text=_outcome, characters=8),
            Column(title="原因和处理", text=self._fate, characters=16),
        )

    def _fate(self, row: Count) -> str:
        if not row.is_open:
            done = "" if row.posting is None else f"已入账（{row.posting.approval}）"
        elif row.count_id not in self._last:
            done = "已重新盘点，不再处理"
        else:
            done = "待写明原因" if row.explanation is None else "待批准入账"
        reason = "" if row.explanation is None else row.explanation.reason
        return "；".join(filter(None, (reason, done)))

    def _who(self, row: Count) -> str:
        return "" if self._view is None else self._view.name(row.details.cashier)

    def _lay_out(self) -> None:
        self.total.setFont(theme.strong_font())
        self.result.setFont(theme.strong_font())
        theme.quiet(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_SMALL, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (
            self.grid,
            self.total,
            self.confirming,
            self.result,
            self.explaining,
            self.posting,
            self.empty,
        ):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight((_LEAST_ROWS + 1) * theme.line_height(self))


def result_text(found: Count) -> str:
    """What a recorded count says: counted, book, and how they compare."""
    difference = found.difference
    return wording.text(
        "cash_page.agrees" if difference.fen == 0 else "cash_page.differs",
        counted=found.details.counted,
        expected=found.details.expected,
        kind=kind_word(difference),
        amount=Money(abs(difference.fen)),
    )


def done_text(found: Count) -> str:
    """What was just done about a count that is settled."""
    if found.posting is not None:
        return wording.text("cash_page.posted", approval=found.posting.approval)
    if found.explanation is not None:
        return wording.text("cash_page.explained", reason=found.explanation.reason)
    return result_text(found)


def _counting(draft: CountDraft, tab: CountTab) -> Act:
    proof = tab.cashier.proof()

    def act(context: Context) -> Recorded[Count]:
        officer = operators.check_pin(context, *proof)
        return counts.record_count(context, draft, officer=officer)

    return act


def _paper(found: Count) -> PaperCall:
    def make(context: Context) -> Paper:
        return Paper(
            form="count_sheet",
            title=f"现金盘点表{found.details.counted_on:%Y%m%d}-{found.seq}",
            media=PaperMedia.A4,
            pdf=drawer_papers.count_sheet(context, found.count_id),
        )

    return make


def _when(row: Count) -> str:
    return f"{shanghai_time(row.counted_at):%Y-%m-%d %H:%M}"


def _outcome(row: Count) -> str:
    word = kind_word(row.difference)
    return f"{word} {Money(abs(row.difference.fen)).figures}" if row.difference.fen else word
