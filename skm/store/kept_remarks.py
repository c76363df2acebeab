"""Remarks that are kept, so that a new answer costs the reading of a new answer (`carried`).

They are proved by the answers, with a remark or without: as many must have come as the recap has
gained respondents.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from skm.store import surveys
from skm.store.carried import Carried, count_respondents
from skm.store.cells import Saring
from skm.store.remark_model import Saran
from skm.store.remarks import after, list_remarks
from skm.store.schema import jawaban

DISIMPAN = 8
"""Surveys whose remarks a process keeps: some 50 MB for an office of a hundred thousand."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The remarks, with how many answers were counted and which came last."""

    saran: tuple[Saran, ...]
    responden: int
    sampai: int


class KeptRemarks:
    """The remarks of the surveys that were asked for last. Safe to share between threads."""

    def __init__(self) -> None:
        self._kept: Carried[str, _Kept] = Carried(DISIMPAN)

    def read(self, conn: Connection, survei_id: str) -> tuple[Saran, ...]:
        """Return what `list_remarks` returns, the same object while no remark is new.

        The connection must see one moment of the database. Raises SkmError `survei-tak-ada`.
        """
        return self._kept.read(
            survei_id,
            surveys.data_version(conn, survei_id),
            lambda before: _carry_on(conn, survei_id, before),
            lambda: _read_all(conn, survei_id),
        ).saran


def _read_all(conn: Connection, survei_id: str) -> _Kept:
    saran = list_remarks(conn, survei_id)
    _, last = _later(conn, survei_id, saran[-1].id if saran else 0)
    return _Kept(saran, count_respondents(conn, survei_id, Saring()), last)


def _carry_on(conn: Connection, survei_id: str, before: _Kept) -> _Kept | None:
    """Return the remarks with those that came since; None where that is not all that there is."""
    came, last = _later(conn, survei_id, before.sampai)
    responden = count_respondents(conn, survei_id, Saring())
    if before.responden + came != responden:
        return None
    new = list_remarks(conn, survei_id, sesudah=before.sampai) if came else ()
    return _Kept(before.saran + new if new else before.saran, responden, last)


def _later(conn: Connection, survei_id: str, nomor: int) -> tuple[int, int]:
    """Return how many counted answers have a larger number, and the largest one there is."""
    query = select(func.count(), func.coalesce(func.max(jawaban.c.id), nomor)).where(
        *after(survei_id, nomor), jawaban.c.dikecualikan.is_(None)
    )
    came, last = conn.execute(query).one()
    return came, last
