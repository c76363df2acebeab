"""Slowing down whoever guesses passwords, without locking out the one who owns the account.

Wrong tries of one address make that address wait; tries at one account from everywhere make each
further try slower, but never refuse one. Kept in memory only, under hashes that nobody can turn
back into addresses; a restart forgets them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import deque
from dataclasses import dataclass, field
from threading import Lock

JENDELA = 15 * 60.0
"""Seconds that a wrong try counts."""

_MAX_KEYS, _MAX_TRIES = 20_000, 200


@dataclass(frozen=True, slots=True)
class Batas:
    """How many wrong tries are free, for one address at one account, for one address at all, and
    at one account from everywhere; then seconds double from `mulai` up to `terlama`.
    """

    pasangan: int = 5
    alamat: int = 20
    akun: int = 30
    mulai: float = 2.0
    terlama: float = 300.0
    tunda: float = 3.0


@dataclass(slots=True)
class Rem:
    """Counts wrong tries. `now` is seconds of a clock that is never set back."""

    batas: Batas = field(default_factory=Batas)
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    _wrong: dict[bytes, deque[float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def seconds_to_wait(self, nama: str, alamat: str, now: float) -> float:
        """Return how long this address has to wait before it may try again; 0 for not at all."""
        with self._lock:
            pair = self._wait(self._key("p", nama, alamat), self.batas.pasangan, now)
            return max(pair, self._wait(self._key("a", alamat), self.batas.alamat, now))

    def seconds_to_delay(self, nama: str, now: float) -> float:
        """Return how long a try at this account is held back, right or wrong."""
        with self._lock:
            busy = len(self._recent(self._key("n", nama), now)) > self.batas.akun
        return self.batas.tunda if busy else 0.0

    def count_wrong(self, nama: str, alamat: str, now: float) -> None:
        """Count a wrong try."""
        with self._lock:
            if len(self._wrong) > _MAX_KEYS:
                self._wrong = {k: t for k, t in self._wrong.items() if t[-1] > now - JENDELA}
            for key in self._keys(nama, alamat):
                tries = self._wrong.setdefault(key, deque(maxlen=_MAX_TRIES))
                tries.append(now)

    def forgive(self, nama: str, alamat: str) -> None:
        """Forget the wrong tries of an address at an account that it has now signed in to."""
        with self._lock:
            self._wrong.pop(self._key("p", nama, alamat), None)

    def _keys(self, nama: str, alamat: str) -> tuple[bytes, ...]:
        return self._key("p", nama, alamat), self._key("a", alamat), self._key("n", nama)

    def _wait(self, key: bytes, free: int, now: float) -> float:
        tries = self._recent(key, now)
        over = len(tries) - free
        if over < 0 or not tries:
            return 0.0
        span = min(self.batas.terlama, self.batas.mulai * 2.0 ** min(over, 20))
        return float(max(0.0, tries[-1] + span - now))

    def _recent(self, key: bytes, now: float) -> list[float]:
        return [t for t in self._wrong.get(key, ()) if t > now - JENDELA]

    def _key(self, *parts: str) -> bytes:
        text = "\x1f".join(parts).encode("utf-8", "replace")
        return hashlib.blake2b(text, key=self._salt, digest_size=16).digest()
