"""Remarks that are kept, so that a new answer costs the reading of a new answer.

They are carried on as counted sheets are (`sheet_counts`): while answers have only been added, what
has a larger number than every answer before is read and put behind. That is all there is if as many
answers, with a remark or without, have such a number as the recap has gained respondents: of two
moments between which answers were only added, the later has all that the earlier has, so that as
many more are the same ones. Else all are read again.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Connection, func, select

from skm.store import surveys
from skm.store.remark_model import Saran
from skm.store.remarks import after, list_remarks
from skm.store.ringkas import smallest
from skm.store.schema import jawaban
from skm.store.versions import generation

DISIMPAN = 8
"""Surveys whose remarks a process keeps: some 50 MB for an office of a hundred thousand."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The remarks as of a data version, with how many answers were counted and which came last."""

    versi: int
    saran: tuple[Saran, ...]
    responden: int
    sampai: int


class KeptRemarks:
    """The remarks of the surveys that were asked for last. Safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()

    def read(self, conn: Connection, survei_id: str) -> tuple[Saran, ...]:
        """Return what `list_remarks` returns, the same object while no remark is new.

        The connection must see one moment of the database. Raises SkmError `survei-tak-ada`.
        """
        versi, before = surveys.data_version(conn, survei_id), self._get(survei_id)
        if before is not None and before.versi == versi:
            return before.saran
        found = None
        if before is not None and generation(before.versi) == generation(versi):
            found = _carry_on(conn, survei_id, versi, before)
        if found is None:
            found = _read_all(conn, survei_id, versi)
        self._keep(survei_id, found)
        return found.saran

    def _get(self, survei_id: str) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(survei_id)
            if kept is not None:
                self._kept.move_to_end(survei_id)
            return kept

    def _keep(self, survei_id: str, kept: _Kept) -> None:
        with self._lock:
            there = self._kept.get(survei_id)
            if there is None or there.versi < kept.versi:
                self._kept[survei_id] = kept
                self._kept.move_to_end(survei_id)
            while len(self._kept) > DISIMPAN:
                self._kept.popitem(last=False)


def _read_all(conn: Connection, survei_id: str, versi: int) -> _Kept:
    saran = list_remarks(conn, survei_id)
    _, last = _later(conn, survei_id, saran[-1].id if saran else 0)
    return _Kept(versi, saran, _respondents(conn, survei_id), last)


def _carry_on(conn: Connection, survei_id: str, versi: int, before: _Kept) -> _Kept | None:
    """Return the remarks with those that came since; None where that is not all that there is."""
    came, last = _later(conn, survei_id, before.sampai)
    responden = _respondents(conn, survei_id)
    if before.responden + came != responden:
        return None
    new = list_remarks(conn, survei_id, sesudah=before.sampai) if came else ()
    return _Kept(versi, before.saran + new if new else before.saran, responden, last)


def _later(conn: Connection, survei_id: str, nomor: int) -> tuple[int, int]:
    """Return how many counted answers have a larger number, and the largest one there is."""
    query = select(func.count(), func.coalesce(func.max(jawaban.c.id), nomor)).where(
        *after(survei_id, nomor), jawaban.c.dikecualikan.is_(None)
    )
    came, last = conn.execute(query).one()
    return came, last


def _respondents(conn: Connection, survei_id: str) -> int:
    _, people = smallest(())
    total = select(func.coalesce(func.sum(people.c.responden), 0))
    return int(conn.execute(total.where(people.c.survei_id == survei_id)).scalar_one())
