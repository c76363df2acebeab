"""What was read of a survey's answers, carried on while answers are only added (`versions`).

Whoever carries on reads what has a larger number than any answer before, and must prove that this
is all: as many answers as the recap has respondents (`count_respondents`). Of two moments between
which answers were only added, one has all that the other has, so that as many are the same ones.
They are not as many where PostgreSQL made an answer visible after one with a larger number, or
where another thread has read a later moment than this one sees.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection, func, select

from skm.store.cells import Saring
from skm.store.ringkas import smallest
from skm.store.versions import generation

_Key = TypeVar("_Key", bound=Hashable)
_Isi = TypeVar("_Isi")


class Carried(Generic[_Key, _Isi]):
    """What was asked for last, by key. Safe to share between threads."""

    def __init__(self, disimpan: int) -> None:
        """Keep so many; the one that nobody has asked for longest goes first."""
        self._disimpan = disimpan
        self._kept: OrderedDict[_Key, tuple[int, _Isi]] = OrderedDict()
        self._lock = Lock()

    def read(
        self,
        key: _Key,
        versi: int,
        carry_on: Callable[[_Isi], _Isi | None],
        whole: Callable[[], _Isi],
    ) -> _Isi:
        """Return what there is at a data version: kept, carried on, or read whole.

        `carry_on` returns None where it cannot prove that what came since is all.
        """
        before, found = self._get(key), None
        if before is not None:
            known, isi = before
            if known == versi:
                return isi
            if generation(known) == generation(versi):
                found = carry_on(isi)
        if found is None:
            found = whole()
        self._keep(key, versi, found)
        return found

    def _get(self, key: _Key) -> tuple[int, _Isi] | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, key: _Key, versi: int, isi: _Isi) -> None:
        with self._lock:
            there = self._kept.get(key)
            if there is None or there[0] < versi:
                self._kept[key] = versi, isi
                self._kept.move_to_end(key)
            while len(self._kept) > self._disimpan:
                self._kept.popitem(last=False)


def count_respondents(conn: Connection, survei_id: str, saring: Saring) -> int:
    """Return how many people gave the counted answers, by the smallest recap."""
    _, people = smallest(saring.names)
    total = select(func.coalesce(func.sum(people.c.responden), 0))
    return int(conn.execute(total.where(*saring.where(survei_id, people))).scalar_one())
