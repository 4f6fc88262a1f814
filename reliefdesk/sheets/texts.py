"""Tables kept as text (.csv): the encodings and separators that Chinese offices write."""

import codecs
import csv
from collections.abc import Sequence

SEPARATORS = ",\t;"
_LINES_LOOKED_AT = 20
_CONTROLS_ALLOWED = frozenset("\t\r\n\f")


def decoded(content: bytes) -> str | None:
    """The text in UTF-8, UTF-16 with its mark, or GB 18030; None where it is no text."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(char.isprintable() or char in _CONTROLS_ALLOWED for char in set(text) - {"\u3000"}):
            return text
    return None


def table(text: str) -> Sequence[Sequence[str]] | None:
    """The rows of a separated text; None where its quotes do not close."""
    lines = text.splitlines()[:_LINES_LOOKED_AT]
    separator = max(SEPARATORS, key=lambda mark: sum(line.count(mark) for line in lines))
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True))
    except csv.Error:
        return None


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "gb18030")
