"""The one place of the window that catches failures, and says them as sentences on the page.

A refusal goes to the page's message bar; anything unforeseen goes to `ui.crash`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from reliefdesk import wording
from reliefdesk.errors import ReliefDeskError
from ui.widgets.message_bar import MessageBar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[T]):
    """The call came back with a value."""

    value: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A named refusal: a rule, the surroundings, trust, or a broken promise of ours."""

    error: ReliefDeskError


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Something unforeseen; its traceback goes to the crash log."""

    error: Exception


Outcome = Done[T] | Refused | Broken


def attempt(call: Callable[[], T]) -> Outcome[T]:
    """Run a call of the worker thread, which must outlive every failure."""
    try:
        return Done(value=call())
    except ReliefDeskError as error:
        return Refused(error=error)
    except Exception as error:  # noqa: BLE001 - the boundary: reported by ui.crash, never swallowed
        return Broken(error=error)


def show(error: ReliefDeskError, messages: MessageBar) -> None:
    """Say a refusal in a page's message bar."""
    messages.show_failure(wording.parts(error))
