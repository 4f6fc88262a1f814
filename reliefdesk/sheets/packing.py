"""How cells travel from the reader's process: codes for what msgpack cannot tell apart."""

DAY_CODE, INSTANT_CODE, TEXT_CODE = 1, 2, 3
READ, BROKEN, FAR = "read", "broken", "far"
"""The outcomes of a reading, as the first field of the answer."""
