"""A problem found in what was typed: which field, which rule, with which facts, how grave."""

import dataclasses
from collections.abc import Mapping

from reliefdesk.domain.terms import Term


class Level(Term):
    """An error blocks; a warning is shown and may stand."""

    ERROR = "error", "必须改正"
    WARNING = "warning", "请核对"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding at one field. `code` is its sentence in the wording catalogue.

    `overridable` problems may be lifted by an authorised officer with a reason.
    """

    field: str
    code: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    level: Level = Level.ERROR
    overridable: bool = False
