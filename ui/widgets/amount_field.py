"""The box for an amount of money in 元: right-aligned, its 大写 live underneath, text untouched."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reliefdesk import wording
from reliefdesk.domain.money import AmountEmptyError, Money
from reliefdesk.errors import UserError
from ui.widgets.text_fields import NumberField
from ui.widgets.wrapped_label import WrappedLabel


class AmountField(NumberField):
    """Typed text stays as typed; `money()` is the amount it means, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText("元")
        self.beneath = WrappedLabel()
        self.beneath.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edited.connect(self._say_words)

    def money(self) -> Money | None:
        """The amount typed, or None while the text is empty or no amount."""
        try:
            return Money.parse(self.text())
        except UserError:
            return None

    def set_money(self, amount: Money | None) -> None:
        """Put an amount into the box, with thousands; None empties it."""
        self.setText("" if amount is None else amount.figures)

    def _say_words(self) -> None:
        """Write the 大写 beneath, or why the text is no amount."""
        try:
            self.beneath.setText(Money.parse(self.text()).words)
        except AmountEmptyError:
            self.beneath.setText("")
        except UserError as error:
            self.beneath.setText(wording.parts(error).what)
