"""How a paper is printed: printer, paper, copies, sides; what was last chosen for its form stands.

A printer is asked what it offers when it is chosen; one that says nothing is offered everything.
"""

from reliefdesk.domain.problems import Problem
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import printing
from reliefdesk.services.printing import (
    COPIES_MAX,
    Paper,
    PaperMedia,
    PrinterAbilities,
    PrinterChoice,
    PrintWish,
    Sides,
)
from ui.operations import Operations
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_fields import NumberField

_COLUMNS = 4


class PrintWishes(FieldGrid):
    """`offer` fills the boxes, `wish` reads them; a voucher has no choice of copies."""

    def __init__(self, operations: Operations) -> None:
        super().__init__(columns=_COLUMNS)
        self._operations = operations
        self._paper: Paper | None = None
        self._asked = ""
        self.printer = self.add("printer", "打印机", ChoiceField[str]())
        self.media = self.add("media", "纸张", ChoiceField[PaperMedia]())
        self.copies = self.add("copies", "份数", NumberField())
        self.sides = self.add("sides", "单双面", ChoiceField[Sides]())
        self.changed.connect(self._changed)

    def offer(self, choice: PrinterChoice, paper: Paper) -> None:
        """Show the printers with their states and the usual wish for this paper."""
        self._paper = paper
        usual = choice.usual
        self.printer.set_options(
            [(each.name, f"{each.name}（{each.state.label}）") for each in choice.printers]
        )
        self.printer.choose(usual.printer or None)
        # Until the printer answers, everything may be chosen.
        self._asked = ""
        self._offer(PrinterAbilities(sides=tuple(Sides)))
        self.media.choose(usual.media)
        self.copies.setText(str(usual.copies))
        self.sides.choose(usual.sides)
        for name in ("media", "copies", "sides"):
            wanted = bool(choice.printers) and not (name == "copies" and paper.is_voucher)
            (self.show_field if wanted else self.hide_field)(name)
        self._ask()

    def wish(self) -> PrintWish | None:
        """The wish as it stands; None where a box says what is missing."""
        problems = []
        printer, media = self.printer.chosen(), self.media.chosen()
        copies = self.copies.text().strip()
        if printer is None:
            problems.append(Problem(field="printer", code="printing.no_printer_chosen"))
        if not copies.isdecimal() or not 1 <= int(copies) <= COPIES_MAX:
            facts = {"most": COPIES_MAX}
            problems.append(Problem(field="copies", code="printing.copies", facts=facts))
        self.show_problems(problems)
        if problems or printer is None or media is None:
            self.focus_first_problem()
            return None
        return PrintWish(
            printer=printer,
            media=media,
            copies=int(copies),
            sides=self.sides.chosen() or Sides.ONE,
        )

    def _changed(self, name: str) -> None:
        if name == "printer":
            self._ask()

    def _ask(self) -> None:
        printer = self.printer.chosen()
        if printer is not None and printer != self._asked:
            self._asked = printer
            self._operations.work(
                lambda: (printer, printing.abilities(printer)),
                done=self._told,
                failed=self._silent,
            )

    def _told(self, answer: tuple[str, PrinterAbilities]) -> None:
        printer, able = answer
        if printer == self.printer.chosen():
            self._offer(able)

    def _silent(self, _error: ReliefDeskError) -> None:
        # The printer's state says it already; it is offered everything.
        self._asked = ""

    def _offer(self, able: PrinterAbilities) -> None:
        """Offer what the printer can; the paper's own size always stays on offer."""
        own = self._paper.media if self._paper is not None else PaperMedia.A4
        media, sides = self.media.chosen(), self.sides.chosen()
        self.media.set_options(
            [(each, each.label) for each in PaperMedia if each in able.media or each is own]
        )
        self.sides.set_options([(each, each.label) for each in able.sides])
        self.media.choose(media if media in able.media else own)
        self.sides.choose(sides if sides in able.sides else Sides.ONE)
