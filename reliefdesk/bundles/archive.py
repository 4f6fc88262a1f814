"""The inside of a bundle: a ustar archive of exactly two regular files whose every byte is fixed.

Only sizes vary in the headers, so reading compares bytes and has nothing to interpret.
"""

import tarfile
from io import BytesIO

from reliefdesk.bundles.limits import MANIFEST_MAX
from reliefdesk.bundles.refusals import StructureError

EVENTS_NAME = "events.jsonl.gz"
MANIFEST_NAME = "manifest.dsse.json"
BLOCK = 512
END = bytes(2 * BLOCK)
_SIZE_FIELD = slice(124, 136)
_MODE = 0o600


def header(name: str, size: int) -> bytes:
    """Give the one header block of a member."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, _MODE
    return member.tobuf(tarfile.USTAR_FORMAT)


def padding(size: int) -> bytes:
    """Give the zeros that fill the last block."""
    return bytes(-size % BLOCK)


def written(packed: bytes, envelope: bytes) -> bytes:
    """Put both members into one archive."""
    parts = []
    for name, content in ((EVENTS_NAME, packed), (MANIFEST_NAME, envelope)):
        parts += [header(name, len(content)), content, padding(len(content))]
    return b"".join([*parts, END])


def read(inside: BytesIO) -> tuple[memoryview, bytes]:
    """Give the packed events and the envelope. Raises StructureError."""
    whole = inside.getbuffer()
    packed, after = _member(whole, EVENTS_NAME)
    envelope, end = _member(after, MANIFEST_NAME)
    if len(envelope) > MANIFEST_MAX or end != END:
        raise StructureError
    return packed, bytes(envelope)


def _member(rest: memoryview, name: str) -> tuple[memoryview, memoryview]:
    """Split one member off; its header must be the one that this size has."""
    block = bytes(rest[:BLOCK])
    digits = block[_SIZE_FIELD][:-1]
    size = int(digits, 8) if digits.isdigit() and not digits.strip(b"01234567") else -1
    if size < 0 or block != header(name, size):
        raise StructureError
    content, after = rest[BLOCK : BLOCK + size], rest[BLOCK + size :]
    fill = padding(size)
    if len(content) < size or bytes(after[: len(fill)]) != fill:
        raise StructureError
    return content, after[len(fill) :]
