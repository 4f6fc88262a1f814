"""Who collects and signs: the recipient, by fingerprint before a witness, a proxy or a guardian.

Sources: RULES.md §3.13 (代领, 不能签字). Only the boxes that apply are shown; typed text stays.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reliefdesk.domain.payments import CannotSign, Fingerprint, Proxy
from reliefdesk.domain.problems import Problem
from reliefdesk.domain.terms import Term
from ui import theme
from ui.counter.fields import fill, text_of
from ui.widgets.choice_field import ChoiceField, term_choice
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import NameField, NumberField, TextField


class Collects(Term):
    """Who takes the cash, and how receipt is acknowledged."""

    SELF = "self", "本人签字"
    FINGERPRINT = "fingerprint", "本人不能签字，按指印"
    PROXY = "proxy", "代领人代领"
    GUARDIAN = "guardian", "监护人代领"


_REASON_MISSING = Problem(field="cannot_sign", code="counter.cannot_sign_missing")
_SOMEBODY = ("proxy_name", "proxy_number", "proxy_relation")
_SHOWN = {
    Collects.SELF: (),
    Collects.FINGERPRINT: ("cannot_sign", "witness"),
    Collects.PROXY: (*_SOMEBODY, "proxy_authorisation"),
    Collects.GUARDIAN: (*_SOMEBODY, "guardianship"),
}


class CollectorFields(QWidget):
    """A choice and the boxes that follow from it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = FieldGrid(columns=2)
        self.collects: ChoiceField[Collects] = self.grid.add(
            "collects", "领款方式", term_choice(Collects), span=2
        )
        self.grid.add("proxy_name", "代领人", NameField())
        self.grid.add("proxy_relation", "与领款人关系", TextField())
        self.grid.add("proxy_number", "代领人证件号", NumberField(), span=2)
        self.grid.add("proxy_authorisation", "委托书", TextField(), span=2)
        self.grid.add("guardianship", "监护证明", TextField(), span=2)
        self.cannot: ChoiceField[CannotSign] = self.grid.add(
            "cannot_sign", "不能签字原因", term_choice(CannotSign)
        )
        self.grid.add("witness", "见证人", NameField())
        self.grid.changed.connect(self._arrange)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.grid)
        self.clear()

    def clear(self) -> None:
        """The recipient signs, until somebody says otherwise."""
        fill(self.grid, {"collects": Collects.SELF})
        self._arrange("collects")

    def proxy(self) -> Proxy | None:
        """The proxy as typed, complete or not; None when the recipient collects."""
        paper = {Collects.PROXY: "proxy_authorisation", Collects.GUARDIAN: "guardianship"}
        chosen = self.collects.chosen()
        if chosen not in paper:
            return None
        return Proxy(
            name=self._text("proxy_name"),
            number=self._text("proxy_number"),
            relation=self._text("proxy_relation"),
            authorisation=self._text(paper[chosen]),
        )

    def fingerprint(self) -> Fingerprint | None:
        """Fingerprint and witness as typed; None when the recipient or a proxy signs."""
        reason = self.cannot.chosen()
        if self.collects.chosen() is not Collects.FINGERPRINT or reason is None:
            return None
        return Fingerprint(reason=reason, witness=self._text("witness"))

    def complete(self) -> bool:
        """Whether a fingerprint says why nobody signs; if not, its box is marked and focused."""
        lacks = self.collects.chosen() is Collects.FINGERPRINT and self.cannot.chosen() is None
        self.grid.show_problems([_REASON_MISSING] if lacks else [])
        if lacks:
            self.grid.focus_first_problem()
        return not lacks

    def _text(self, name: str) -> str:
        return text_of(self.grid.field(name)).strip()

    def _arrange(self, name: str) -> None:
        if name != "collects":
            return
        shown = _SHOWN[self.collects.chosen() or Collects.SELF]
        for each in self.grid.names():
            if each != "collects":
                (self.grid.show_field if each in shown else self.grid.hide_field)(each)
