"""The four families of errors; a concrete error lives beside its rule, with facts, not prose.

The sentence a clerk reads (what, why, what to do) stands in resources/wording under `code`.
"""

from typing import ClassVar


class ReliefDeskError(Exception):
    """The root of every named refusal. `facts` fill the placeholders of the sentence."""

    code: ClassVar[str] = "bug.unnamed"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts


class UserError(ReliefDeskError):
    """The operator can mend it: a rule of the trade says no."""


class SurroundingsError(ReliefDeskError):
    """The surroundings say no: disk, printer, locked or newer file, network share."""


class TrustError(ReliefDeskError):
    """Something is not what it claims to be: wrong secret, changed record, cut tail."""


class BugError(ReliefDeskError):
    """The program broke its own promise; never the operator's fault."""

    code: ClassVar[str] = "bug.broken_promise"
