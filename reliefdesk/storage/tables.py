"""The registry of the tables that the journal implies, and of what each event changes in them.

A noun joins by one line in `_NOUNS`; its file offers TABLES (a script) and APPLY.
"""

from types import ModuleType

from reliefdesk.domain.events import Entry
from reliefdesk.storage import (
    archives,
    budgets,
    case_changes,
    cash,
    checks,
    closings,
    counts,
    desks,
    duplicates,
    form_settings,
    handovers,
    imports,
    mergers,
    operators,
    pads,
    partners,
    payments,
    persons,
    policies,
    receipts,
    recovery_changes,
    reimbursements,
    requests,
    rosters,
    search,
    sendings,
    statistics,
    streams,
    tokens,
    transfers,
)
from reliefdesk.storage.apply import Apply
from reliefdesk.storage.desk_file import DeskFile

_NOUNS: tuple[ModuleType, ...] = (
    desks,
    operators,
    policies,
    form_settings,
    persons,
    case_changes,
    archives,
    receipts,
    pads,
    cash,
    counts,
    closings,
    handovers,
    payments,
    transfers,
    budgets,
    imports,
    recovery_changes,
    statistics,
    streams,
    sendings,
    partners,
    requests,
    reimbursements,
    rosters,
    checks,
    duplicates,
    tokens,
    mergers,
)
"""In the order of creation and of the verification's lines."""


def _joined(nouns: tuple[ModuleType, ...]) -> dict[type, Apply]:
    return {kind: change for noun in nouns for kind, change in noun.APPLY.items()}


IMPLIED_TABLES: str = "\n".join(noun.TABLES for noun in _NOUNS)
APPLY: dict[type, Apply] = _joined(_NOUNS)


def apply(file: DeskFile, entry: Entry) -> None:
    """Change the tables as an entry implies and keep the search up, in the caller's transaction."""
    for one in (entry, *streams.carried(entry)):
        _change(file, one)
        search.follow(file, one.event)


def change(file: DeskFile, entry: Entry) -> None:
    """Change the tables as an entry implies, without the search: that is only an index to them."""
    for one in (entry, *streams.carried(entry)):
        _change(file, one)


def _change(file: DeskFile, entry: Entry) -> None:
    implied = APPLY.get(type(entry.event))
    if implied is not None:
        implied(file, entry, entry.event)
