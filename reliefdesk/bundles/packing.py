"""Event lines packed with gzip: one member, no name, no time, and never more than was announced."""

import gzip
import hashlib
import zlib
from io import BytesIO

from reliefdesk.bundles.refusals import SizeDiffersError

_LEVEL = 6
_PIECE = 1024 * 1024  # small pieces would cost more than the packing
_GZIP = 16 + zlib.MAX_WBITS


class Packer:
    """Packs pieces as they come and measures them."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()
        self._waiting = bytearray()
        self._target = BytesIO()
        self._gzip = gzip.GzipFile(
            filename="", mode="wb", compresslevel=_LEVEL, fileobj=self._target, mtime=0
        )

    def add(self, piece: bytes) -> None:
        """Pack one more piece."""
        self.size += len(piece)
        self._waiting += piece
        if len(self._waiting) >= _PIECE:
            self._flush()

    def packed(self) -> bytes:
        """Finish and give the packed bytes."""
        self._flush()
        self._gzip.close()
        return self._target.getvalue()

    @property
    def sha256(self) -> str:
        """The hash of the unpacked bytes, in hex; valid after `packed`."""
        return self._hash.hexdigest()

    def _flush(self) -> None:
        self._hash.update(self._waiting)
        self._gzip.write(self._waiting)
        self._waiting.clear()


def unpacked(packed: memoryview, size: int) -> bytes:
    """Give exactly `size` bytes. Raises SizeDiffersError for less, more, damage or an appendix.

    Never more than one byte beyond `size` is produced, however much is packed.
    """
    machine = zlib.decompressobj(wbits=_GZIP)
    try:
        content = machine.decompress(packed, size + 1)
    except zlib.error as broken:
        raise SizeDiffersError from broken
    if len(content) != size or not machine.eof or machine.unused_data:
        raise SizeDiffersError
    return content
