"""Names of bundle files: `RD-150302003-000007-1A2B3C4D.AGE` says office, number, no person.

Only `[A-Z0-9-]` and one dot, so that every file system keeps the name as it is.
"""

import re

from reliefdesk.bundles.manifest import Manifest

_ID_CHARACTERS = 8
_NAME = re.compile(r"RD-(?P<office>[0-9]{6,12})-(?P<number>[0-9]{6,16})-[0-9A-F]{8}")


def name_of(manifest: Manifest) -> str:
    """Name the file of a bundle; its last group tells two bundles of one number apart."""
    unique = manifest.id[:_ID_CHARACTERS].upper()
    return f"RD-{manifest.sender.office}-{manifest.number:06d}-{unique}.AGE"


def told_by(name: str) -> tuple[str, int]:
    """Read office and number from a name, also of a copy that a browser renamed; "" and 0 if none.

    A name proves nothing.
    """
    found = _NAME.match(name.upper())
    return (found["office"], int(found["number"])) if found else ("", 0)
