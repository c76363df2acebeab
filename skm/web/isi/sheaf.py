"""A page that is the same for everybody but for two marks, kept as bytes, plain and compressed.

The compressed form is a gzip member whose parts were compressed beforehand; what differs stands
between them in a stored block (RFC 1951, 3.2.4), so that a visitor costs a checksum and no
compression.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""RFC 1952: deflate, no name, no time, best compression, unknown system."""
_MAX_STORED = 0xFFFF


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The parts of a page around its two marks, and the outer two as deflate blocks."""

    before: bytes
    between: bytes
    after: bytes
    before_crc: int
    before_deflated: bytes
    after_deflated: bytes

    def plain(self, first: bytes, second: bytes) -> bytes:
        """Return the page with the two marks filled in."""
        return b"".join((self.before, first, self.between, second, self.after))

    def gzipped(self, first: bytes, second: bytes) -> bytes:
        """Return the same as one gzip member. Raises ValueError for marks of more than 64 kB."""
        own = b"".join((first, self.between, second))
        if len(own) > _MAX_STORED:
            raise ValueError("the marks are too long")
        crc = zlib.crc32(self.after, zlib.crc32(own, self.before_crc))
        size = len(self.before) + len(own) + len(self.after)
        return b"".join(
            (
                _HEADER,
                self.before_deflated,
                struct.pack("<BHH", 0, len(own), len(own) ^ 0xFFFF),
                own,
                self.after_deflated,
                struct.pack("<II", crc, size & 0xFFFFFFFF),
            )
        )


def bind(before: bytes, between: bytes, after: bytes) -> Sheaf:
    """Return the page whose parts these are."""
    # Each ends at a byte's edge and looks back at nothing outside of itself but what is fixed.
    head = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    before_deflated = head.compress(before) + head.flush(zlib.Z_SYNC_FLUSH)
    tail = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    after_deflated = tail.compress(after) + tail.flush()
    return Sheaf(before, between, after, zlib.crc32(before), before_deflated, after_deflated)
