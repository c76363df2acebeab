"""Who sends too much, without knowing who sends.

An address is never kept: only a hash of it with the placement, under a salt that is drawn anew
each day and forgotten with everything hashed under it. Nothing of this is written anywhere.
"""

from __future__ import annotations

import hashlib
import math
import secrets
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Lock

from skm.kiriman import Tanda

MAX_KEYS = 100_000
Jaringan = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Batas:
    """More than `tanda` within `tanda_detik` is flagged; more than `tolak` a minute must wait."""

    tanda: int = 10
    tanda_detik: int = 600
    tolak: int = 60
    tolak_detik: int = 60


@dataclass(frozen=True, slots=True)
class Putusan:
    """What the limiter says of one sending: seconds to wait (0: none), and flags."""

    tunggu: int = 0
    tanda: frozenset[Tanda] = frozenset()


class Limiter:
    """Sliding windows per address and placement, in the memory of this process only."""

    def __init__(self, batas: Batas | None = None, kantor: Sequence[Jaringan] = ()) -> None:
        self._batas = batas or Batas()
        self._kantor = tuple(kantor)
        self._lock = Lock()
        self._forget(None)

    def _forget(self, day: date | None) -> None:
        self._day = day
        self._salt = secrets.token_bytes(16)
        self._sent: dict[bytes, deque[float]] = {}
        self._devices: set[bytes] = set()

    def judge(self, kode: str, alamat: str | None, perangkat: str, now: datetime) -> Putusan:
        """Count one sending and say what it is; an office's own network is never counted."""
        if alamat is None or is_inside(alamat, self._kantor):
            return Putusan()
        with self._lock:
            self._turn(now)
            key, moment = self._hash(kode, network_of(alamat)), now.timestamp()
            sent = self._sent.setdefault(key, deque())
            while sent and sent[0] <= moment - self._batas.tanda_detik:
                sent.popleft()
            recent = [t for t in sent if t > moment - self._batas.tolak_detik]
            if len(recent) >= self._batas.tolak:
                oldest = recent[-self._batas.tolak]
                return Putusan(max(1, math.ceil(oldest + self._batas.tolak_detik - moment)))
            sent.append(moment)
            flags = set()
            if len(sent) > self._batas.tanda:
                flags.add(Tanda.RENTETAN)
            if self._hash(kode, alamat, perangkat) in self._devices:
                flags.add(Tanda.PERANGKAT)
            return Putusan(0, frozenset(flags))

    def remember(self, kode: str, alamat: str | None, perangkat: str, now: datetime) -> None:
        """Note the device of a stored answer: its next one today is flagged."""
        if alamat is None or is_inside(alamat, self._kantor):
            return
        with self._lock:
            self._turn(now)
            self._devices.add(self._hash(kode, alamat, perangkat))

    def _turn(self, now: datetime) -> None:
        """Forget everything at the end of the day, or when it becomes too much."""
        if now.date() != self._day or len(self._sent) + len(self._devices) > MAX_KEYS:
            self._forget(now.date())

    def _hash(self, *parts: str) -> bytes:
        text = "\x1f".join(parts).encode("utf-8", "replace")
        return hashlib.blake2b(text, key=self._salt, digest_size=16).digest()


def is_inside(alamat: str, jaringan: Sequence[Jaringan]) -> bool:
    """Return whether an address is of one of the networks; a text that is none is not."""
    try:
        address = ip_address(alamat)
    except ValueError:
        return False
    return any(address in network for network in jaringan)


def network_of(alamat: str) -> str:
    """Return what one household has: an IPv4 address, or the first half of an IPv6 one."""
    try:
        address = ip_address(alamat)
    except ValueError:
        return alamat
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return alamat
