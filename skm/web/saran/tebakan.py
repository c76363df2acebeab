"""Who tries codes, without knowing who tries.

A code has 58 bits, so that trying leads nowhere; this keeps it from costing anything. Only codes
that lead nowhere are counted: many citizens share one address of a mobile network.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import deque
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from threading import Lock

from skm.web.isi.limiter import Jaringan, is_inside, network_of

MOST, WITHIN = 30, timedelta(minutes=10)
"""So many wrong codes within this time; then the address must wait, also with a right one."""
MAX_KEYS = 50_000


class Tebakan:
    """Wrong codes by hashed address, in the memory of this process only.

    The salt is drawn anew each day, and whatever was hashed under the old one is forgotten.
    """

    def __init__(
        self, kantor: Sequence[Jaringan] = (), most: int = MOST, within: timedelta = WITHIN
    ) -> None:
        """Prepare; the networks of `kantor`, also a proxy in them, are never counted."""
        self._kantor = tuple(kantor)
        self._most = most
        self._within = within
        self._lock = Lock()
        self._day: date | None = None
        self._salt = b""
        self._wrong: dict[bytes, deque[datetime]] = {}

    def must_wait(self, alamat: str | None, now: datetime) -> int:
        """Return for how many seconds an address has to wait; 0 is not at all."""
        if alamat is None or is_inside(alamat, self._kantor):
            return 0
        with self._lock:
            wrong = self._wrong.get(self._key(alamat, now))
            while wrong and wrong[0] <= now - self._within:
                wrong.popleft()
            if not wrong or len(wrong) < self._most:
                return 0
            return int((wrong[0] + self._within - now).total_seconds()) + 1

    def was_wrong(self, alamat: str | None, now: datetime) -> None:
        """Count a code that leads nowhere."""
        if alamat is None or is_inside(alamat, self._kantor):
            return
        with self._lock:
            key = self._key(alamat, now)
            self._wrong.setdefault(key, deque(maxlen=self._most)).append(now)

    def _key(self, alamat: str, now: datetime) -> bytes:
        if now.date() != self._day or len(self._wrong) > MAX_KEYS:
            self._day, self._salt, self._wrong = now.date(), secrets.token_bytes(16), {}
        text = network_of(alamat).encode("utf-8", "replace")
        return hashlib.blake2b(text, key=self._salt, digest_size=16).digest()
