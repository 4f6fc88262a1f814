"""The log: what went wrong and where, never about whom (个人信息保护法 Art 51; RULES.md §6.1).

Identity numbers, phones, cards and named people are struck out of messages and tracebacks alike.
"""

import logging
import re
from collections.abc import Iterable
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_NAME = "reliefdesk.log"
FILE_BYTES_MAX = 1_000_000
FILES_KEPT = 5
STRUCK_OUT = "〔已隐去〕"

# Eleven digits and more, also grouped: phones, 15- and 18-digit numbers, cards. Receipt and case
# numbers (XJ-…, AJ-…) name no person and stay.
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?<![A-Z]{2}-)\d(?:[ \-]?\d){10,}[XxＸｘ]?")
_LANDLINE = re.compile(r"(?<![0-9A-Za-z])0\d{2,3}[ \-]?\d{7,8}(?!\d)")
_LETTERED = re.compile(r"(?<![0-9A-Za-z])[A-Z]{1,3}\d{7,12}(?!\d)")


def redact(text: str, names: Iterable[str] = ()) -> str:
    """The text without numbers that lead to a person and without the given names."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, STRUCK_OUT)
    for pattern in (_LONG_NUMBER, _LANDLINE, _LETTERED):
        text = pattern.sub(STRUCK_OUT, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Formats a record and strikes out what must not be kept, in the traceback too.

    People in a message are named in the record: `log.info("…", extra={"names": (name,)})`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The whole text of a record, redacted."""
        return redact(super().format(record), getattr(record, "names", ()))


def start_log(folder: Path) -> logging.Handler:
    """Write the log to a rotating file in `folder`; a folder that cannot be written means no log.

    The desk must run without its log, so nothing is raised. Undo with `stop_log`.
    """
    # The library would print a record it failed to write, unredacted, to stderr.
    logging.raiseExceptions = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / FILE_NAME, maxBytes=FILE_BYTES_MAX, backupCount=FILES_KEPT, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Close a log that `start_log` began."""
    logging.getLogger().removeHandler(handler)
    handler.close()
