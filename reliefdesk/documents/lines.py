"""Text set into a given room: shrink to a floor, then wrap; what never fits is refused or referred.

Nothing is cut without saying so: free text that does not fit ends with （余见案卷）, a name or a
number that does not fit raises.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from reliefdesk.errors import UserError

LEADING = 1.22
_STEP = 0.5
_REFERRED = "…（余见案卷）"
_NEVER_FIRST = frozenset("，。、；：！？）】》」』”’·-/%,.;:!?)]")
_NEVER_LAST = frozenset("（【《「『“‘￥№([")
_INSIDE_WORD = frozenset(".,/:＿")


class TextRoomError(UserError):
    """A text that must stand whole does not fit its box. Facts: text_length."""

    code: ClassVar[str] = "documents.text_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room for text in points: its width and height, the wished size and the floor."""

    width: float
    height: float
    size: float
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Lines that fit at `size` points."""

    size: float
    lines: tuple[str, ...]


def fit(text: str, widths: Mapping[str, float], room: Room) -> Fitted | None:
    """The largest size at which `text` fits in one or more lines, or None."""
    size = room.size
    while size >= room.least:
        most = _lines_in(room.height, size)
        lines = wrap(text, widths, room.width / size)
        if len(lines) <= most and _within(lines, widths, room.width / size):
            return Fitted(size=size, lines=lines)
        size -= _STEP
    return None


def fit_whole(text: str, widths: Mapping[str, float], room: Room) -> Fitted:
    """Like fit; raises TextRoomError where nothing fits."""
    fitted = fit(text, widths, room)
    if fitted is None:
        raise TextRoomError(text_length=len(text))
    return fitted


def fit_or_refer(text: str, widths: Mapping[str, float], room: Room) -> Fitted:
    """Like fit; what does not fit is shortened and says that the rest stands in the case file."""
    fitted = fit(text, widths, room)
    if fitted is not None:
        return fitted
    most = max(1, _lines_in(room.height, room.least))
    lines = refer(text, widths, room.width / room.least, most)
    return Fitted(size=room.least, lines=lines)


def refer(text: str, widths: Mapping[str, float], width: float, most: int) -> tuple[str, ...]:
    """At most `most` lines of `text`, shortened with （余见案卷） where there are more."""
    lines = wrap(text, widths, width)
    if len(lines) <= most:
        return lines
    shortened = "".join(lines[:most])
    while shortened:
        lines = wrap(shortened + _REFERRED, widths, width)
        if len(lines) <= most:
            return lines
        shortened = shortened[:-1]
    return ("…",)


def wrap(text: str, widths: Mapping[str, float], width: float) -> tuple[str, ...]:
    """Lines of at most `width` ems; words and numbers stay whole where a line can hold them."""
    if sum(map(widths.__getitem__, text)) <= width:
        return (text,)
    lines: list[str] = []
    start = last = 0
    used = 0.0
    for position, char in enumerate(text):
        if position > start and _may_break(text, position):
            last = position
        used += widths[char]
        if used > width and position > start:
            cut = last if last > start else position
            lines.append(text[start:cut].rstrip())
            start = cut
            used = sum(map(widths.__getitem__, text[start : position + 1]))
    lines.append(text[start:])
    return tuple(line for line in lines if line)


def _lines_in(height: float, size: float) -> int:
    # Leading stands between lines only, not above the first or below the last.
    return int((height / size - 1) / LEADING) + 1 if height >= size else 0


def _may_break(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return not (_in_word(before) and _in_word(after))


def _in_word(char: str) -> bool:
    return char in _INSIDE_WORD or (char.isascii() and char.isalnum()) or char == "*"


def _within(lines: tuple[str, ...], widths: Mapping[str, float], width: float) -> bool:
    return all(sum(map(widths.__getitem__, line)) <= width + 1e-6 for line in lines)
