"""How large the parts of a bundle may be, so that no file can eat the memory or the time."""

MEBIBYTE = 1024 * 1024

EVENTS_MAX = 256 * MEBIBYTE
"""Bytes of all event lines together, uncompressed."""

FILE_MAX = EVENTS_MAX + 4 * MEBIBYTE
"""Bytes of the file on the stick."""

HEADER_MAX = 64 * 1024
"""Bytes of the age header: each recipient in it costs work."""

MANIFEST_MAX = MEBIBYTE
"""Bytes of the signed manifest in its envelope."""

LINE_MAX = MEBIBYTE
"""Bytes of one event line, without its line feed."""
