"""Counted sheets that are kept, so that a new answer costs the reading of a new answer (`carried`).

They are all that there are if they are as many as the recap has respondents.
"""

from __future__ import annotations

from sqlalchemy import Connection

from skm.periode import Periode
from skm.store import surveys
from skm.store.carried import Carried, count_respondents
from skm.store.cells import Saring
from skm.store.patterns import Hitungan, Lembaran, count_sheets
from skm.store.schema import jawaban
from skm.survei import Survei

DISIMPAN = 8
"""Periods whose counts a process keeps: a few MB each for an office of a million answers."""

_Key = tuple[str, Periode, frozenset[Periode]]


class SheetCounts:
    """The counts of the periods that were asked for last. Safe to share between threads."""

    def __init__(self) -> None:
        self._kept: Carried[_Key, Hitungan] = Carried(DISIMPAN)

    def read(
        self, conn: Connection, survei_id: str, periode: Periode, tanpa: frozenset[Periode]
    ) -> Lembaran:
        """Return the sheets of a period and the scores by profile option and time of day (`JAM`).

        Those of the periods in `tanpa` are left out. The connection must see one moment of the
        database. Raises SkmError `survei-tak-ada`.
        """
        versi, survei = surveys.data_version(conn, survei_id), surveys.load_survei(conn, survei_id)
        saring = Saring(periode, tanpa=tanpa)
        return self._kept.read(
            (survei_id, periode, tanpa),
            versi,
            lambda before: _carry_on(conn, survei, saring, before),
            lambda: count_sheets(conn, survei, *saring.where(survei_id, jawaban)),
        ).lembaran()


def _carry_on(
    conn: Connection, survei: Survei, saring: Saring, before: Hitungan
) -> Hitungan | None:
    """Return counts with what came in since; None where that is not all that there is."""
    where = saring.where(survei.id, jawaban)
    found = before.plus(count_sheets(conn, survei, *where, jawaban.c.id > before.sampai))
    return found if found.pola.total() == count_respondents(conn, survei.id, saring) else None
