"""Who allowed cash above the limit, how, and when: three boxes, and the paper where there is one.

An empty instant is the one of the payment, as its box says; a typed one stays.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk.domain.approvals import CashApproval, CashMeans, approval_from
from reliefdesk.domain.problems import Problem
from reliefdesk.errors import UserError
from ui.counter.fields import fill, text_of
from ui.counter.refusals import field_of
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.day_fields import InstantField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import TextField


class ApprovalFields(QWidget):
    """The boxes of one approval; `approval()` is None while nobody is named."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.grid = FieldGrid(columns=2)
        self.approver = self.grid.add("cash_approver", "现金批准人", TextField())
        self.means: ChoiceField[CashMeans] = self.grid.add(
            "cash_means", "批准方式", term_choice(CashMeans)
        )
        self.at = self.grid.add("cash_approved_at", "批准时间", InstantField(now=now), span=2)
        self.document = self.grid.add("cash_document", "批准文号", TextField(), span=2)
        self.approver.setPlaceholderText("姓名或职务")
        self.at.setPlaceholderText("空着就是现在")
        self.document.setPlaceholderText("没有可以空着")
        self.grid.changed.connect(self._arrange)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.show_approval(None)

    def show_approval(self, approval: CashApproval | None) -> None:
        """Fill the boxes from an earlier approval; by phone and not yet typed if there is none."""
        texts = {"cash_means": CashMeans.PHONE.value}
        if approval is not None:
            texts |= {"cash_approver": approval.approver, "cash_means": approval.means.value}
            texts["cash_document"] = approval.document
        fill(self.grid, texts)
        if approval is not None:
            self.at.set_instant(approval.at)
        self.grid.clear_problems()
        self._arrange("cash_means")

    def approval(self) -> CashApproval | None:
        """What the boxes say; raises the refusal that names the part that lacks."""
        return approval_from(
            self.approver.text(),
            self.means.chosen(),
            self.at.instant() if self.at.text().strip() else self._now(),
            document=self.document.text() if self.document.isVisibleTo(self) else "",
        )

    def complete(self) -> bool:
        """Whether a begun approval has its parts; if not, the box that lacks is marked, focused."""
        if self.isHidden():
            return True
        try:
            self.approval()
        except UserError as error:
            self.grid.show_problems([Problem(field=field_of(error), code=error.code)])
            self.grid.focus_first_problem()
            return False
        self.grid.clear_problems()
        return True

    def is_begun(self) -> bool:
        """Whether somebody is named."""
        return bool(text_of(self.approver).strip())

    def _arrange(self, _name: str) -> None:
        paper = self.means.chosen() in (CashMeans.WRITING, CashMeans.MEETING)
        (self.grid.show_field if paper else self.grid.hide_field)("cash_document")
