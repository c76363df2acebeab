"""What has been made already: a page is computed once, then only handed out.

A look at a survey's data version tells whether anything may have changed, so that what is withdrawn
is gone at the next request. Nothing that visitors ask for makes this memory grow past its limit.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from skm.pesan import SkmError
from skm.store import Store
from skm.terbitan.etalase import Etalase, open_showcase

LARGEST = 64 * 1024 * 1024
"""Bytes that are kept: about 150 pictures of a poster."""
_GATES = 64
_GONE = ("survei-tak-ada", "periode-tak-ditutup")

Key = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Siap:
    """Something to hand out: its bytes, media type, and an entity tag that names the bytes."""

    isi: bytes
    jenis: str
    etag: str


def ready(isi: bytes, jenis: str) -> Siap:
    """Return bytes as something to hand out; the tag is weak, for they may be sent compressed."""
    return Siap(isi, jenis, f'W/"{hashlib.sha256(isi).hexdigest()[:24]}"')


class Shelf:
    """The showcases and the ready answers of one process. Safe to share between threads."""

    def __init__(self, store_of: Callable[[], Store], largest: int = LARGEST) -> None:
        self._store_of = store_of
        self._largest = largest
        self._lock = Lock()
        self._gates = tuple(Lock() for _ in range(_GATES))
        self._known: dict[str, tuple[int, Etalase]] = {}
        self._ready: OrderedDict[Key, Siap] = OrderedDict()
        self._size = 0

    def showcase(self, survei_id: str, versi: int | None = None) -> Etalase | None:
        """Return what is public of a survey; None where nothing is, or there is no such survey.

        `versi` is its data version where that has just been read.
        """
        try:
            etalase = self._current(survei_id, versi)
        except SkmError as error:
            if error.kode not in _GONE:
                raise
            self._known.pop(survei_id, None)
            return None
        return etalase if etalase.tutupan else None

    def showcases(self) -> list[Etalase]:
        """Return what is public of every survey, by title."""
        found = (self.showcase(info.id, info.versi_data) for info in self._store_of().list_survei())
        return [etalase for etalase in found if etalase is not None]

    def keep(self, key: Key, make: Callable[[], Siap]) -> Siap:
        """Return what is kept under `key`, made now if it is not: by one thread, others wait."""
        found = self._find(key)
        if found is None:
            with self._gates[hash(key) % _GATES]:
                found = self._find(key) or self._put(key, make())
        return found

    def _current(self, survei_id: str, versi: int | None) -> Etalase:
        store = self._store_of()
        versi = store.data_version(survei_id) if versi is None else versi
        known = self._known.get(survei_id)
        if known is None or known[0] != versi:
            with self._gates[hash(survei_id) % _GATES]:
                known = self._known.get(survei_id)
                if known is None or known[0] != versi:
                    before = known[1] if known else None
                    known = self._known[survei_id] = (versi, _read(store, survei_id, before))
        return known[1]

    def _find(self, key: Key) -> Siap | None:
        with self._lock:
            if key in self._ready:
                self._ready.move_to_end(key)
            return self._ready.get(key)

    def _put(self, key: Key, made: Siap) -> Siap:
        with self._lock:
            self._ready[key] = made
            self._size += len(made.isi)
            while self._size > self._largest and len(self._ready) > 1:
                _, oldest = self._ready.popitem(last=False)
                self._size -= len(oldest.isi)
        return made


def _read(store: Store, survei_id: str, before: Etalase | None) -> Etalase:
    """Return the showcase: the one before where answers came in and nothing public changed."""
    now = open_showcase(store, survei_id)
    if before is not None and before.sidik == now.sidik:
        return before
    _ = now.periode  # computed here, where only one thread is
    return now
