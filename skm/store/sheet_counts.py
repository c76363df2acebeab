"""Counted sheets that are kept, so that a new answer costs the reading of a new answer.

Counts of a period are carried on while answers have only been added (`versions`): what has a larger
number than any answer counted before is read and counted too. That is all there is if it is as many
as the recap has respondents: of two moments between which answers were only added, one has all that
the other has, so that as many are the same ones. They are not as many where PostgreSQL made an
answer visible after one with a larger number, or where another thread has counted a later moment
than this one sees; then all are read again.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Connection, func, select

from skm.periode import Periode
from skm.store import surveys
from skm.store.cells import Saring
from skm.store.patterns import Hitungan, Lembaran, count_sheets
from skm.store.ringkas import smallest
from skm.store.schema import jawaban
from skm.store.versions import generation
from skm.survei import Survei

DISIMPAN = 8
"""Periods whose counts a process keeps: a few MB each for an office of a million answers."""

_Key = tuple[str, Periode, frozenset[Periode]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Counts as of a data version."""

    versi: int
    hitungan: Hitungan


class SheetCounts:
    """The counts of the periods that were asked for last. Safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._lock = Lock()

    def read(
        self, conn: Connection, survei_id: str, periode: Periode, tanpa: frozenset[Periode]
    ) -> Lembaran:
        """Return the sheets of a period and the scores by profile option and time of day (`JAM`).

        Those of the periods in `tanpa` are left out. The connection must see one moment of the
        database. Raises SkmError `survei-tak-ada`.
        """
        key = survei_id, periode, tanpa
        versi, survei = surveys.data_version(conn, survei_id), surveys.load_survei(conn, survei_id)
        before = self._get(key)
        if before is not None and before.versi == versi:
            return before.hitungan.lembaran()
        saring = Saring(periode, tanpa=tanpa)
        found = None
        if before is not None and generation(before.versi) == generation(versi):
            found = _carry_on(conn, survei, saring, before.hitungan)
        if found is None:
            found = count_sheets(conn, survei, *saring.where(survei_id, jawaban))
        self._keep(key, _Kept(versi, found))
        return found.lembaran()

    def _get(self, key: _Key) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, key: _Key, kept: _Kept) -> None:
        with self._lock:
            there = self._kept.get(key)
            if there is None or there.versi < kept.versi:
                self._kept[key] = kept
                self._kept.move_to_end(key)
            while len(self._kept) > DISIMPAN:
                self._kept.popitem(last=False)


def _carry_on(
    conn: Connection, survei: Survei, saring: Saring, before: Hitungan
) -> Hitungan | None:
    """Return counts with what came in since; None where that is not all that there is."""
    where = saring.where(survei.id, jawaban)
    found = before.plus(count_sheets(conn, survei, *where, jawaban.c.id > before.sampai))
    _, people = smallest(saring.names)
    total = select(func.coalesce(func.sum(people.c.responden), 0))
    stored = conn.execute(total.where(*saring.where(survei.id, people))).scalar_one()
    return found if found.pola.total() == stored else None
