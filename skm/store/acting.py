"""Whoever acts on the store: what that one may do is asked here, and what is done is written down.

Pages and routes hide what somebody may not do; this is where it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import Connection, Engine

from skm.akun import SISTEM, Hak, Pelaku, Tindakan
from skm.pesan import SkmError
from skm.store import audit, logins
from skm.store.audit import Isi
from skm.store.engine import reading, writing
from skm.store.shared import Shared


@dataclass(slots=True)
class Perubahan:
    """One change as it happens: its connection, and what the trail will say of it.

    `batal_catat` keeps a change out of the trail that turned out to change nothing, or that writes
    its entries itself.
    """

    conn: Connection
    objek: str = ""
    sebelum: Isi | None = None
    sesudah: Isi | None = None
    batal_catat: bool = False


class ActingStore:
    """The engine, and on whose behalf it is used."""

    def __init__(
        self, engine: Engine, pelaku: Pelaku = SISTEM, shared: Shared | None = None
    ) -> None:
        self.engine = engine
        self.pelaku = pelaku
        self._shared = shared or Shared(engine)
        self._gates = self._shared.gates
        self._dasar: Self | None = None

    def acting(self, pelaku: Pelaku) -> Self:
        """Return this store as that one may use it."""
        other = type(self)(self.engine, pelaku, self._shared)
        other._dasar = self.dasar
        return other

    @property
    def dasar(self) -> Self:
        """Return the store as the program itself uses it: official figures are of everybody's
        answers, whoever looks at them.
        """
        return self._dasar or self

    def _need(self, hak: Hak, survei_id: str | None = None) -> None:
        """Raise SkmError `hak-kurang` where the one who acts may not do this."""
        self.pelaku.need(hak, survei_id)

    def _need_sight(self, survei_id: str) -> None:
        """Raise `survei-tak-ada` where the one who acts may not even know of the survey."""
        if not self.pelaku.may(Hak.LIHAT, survei_id):
            raise SkmError("survei-tak-ada", id=survei_id)

    def _need_all(self, survei_id: str) -> None:
        """Raise `survei-tak-ada` as `_need_sight`, and `hak-kurang` where only a part is seen."""
        self._need_sight(survei_id)
        if self.pelaku.terbatas:
            raise SkmError("hak-kurang")

    def confirm(self, hak: Hak, survei_id: str = "") -> None:
        """Look again, before changing what lies beside the database.

        Raises SkmError `hak-kurang`, `masuk-dahulu` or `hak-berubah`.
        """
        self._need(hak, survei_id or None)
        with reading(self.engine) as conn:
            self._look_again(conn, hak, survei_id)

    @contextmanager
    def _change(
        self, hak: Hak, tindakan: Tindakan, survei_id: str = "", objek: str = ""
    ) -> Iterator[Perubahan]:
        """Give a write transaction that ends with an entry in the trail.

        Raises SkmError `hak-kurang`, `masuk-dahulu` or `hak-berubah` before anything is touched.
        """
        self._need(hak, survei_id or None)
        with writing(self.engine) as conn:
            self._look_again(conn, hak, survei_id)
            change = Perubahan(conn, objek)
            yield change
            if not change.batal_catat:
                audit.append(
                    conn,
                    self.pelaku,
                    tindakan,
                    survei_id,
                    change.objek,
                    change.sebelum,
                    change.sesudah,
                )

    def _look_again(self, conn: Connection, hak: Hak, survei_id: str) -> None:
        """Refuse a browser that was signed out, or whose account changed, since its page was drawn:
        a page stands open for hours, and a button on it still works.
        """
        if not self.pelaku.sesi:
            return
        found = logins.find_login(conn, self.pelaku.sesi, datetime.now(UTC))
        if found is None:
            raise SkmError("masuk-dahulu")
        now = found[0].as_pelaku(self.pelaku.sesi)
        now.need(hak, survei_id or None)
        if now.batas != self.pelaku.batas:
            raise SkmError("hak-berubah")

    def _record(
        self,
        tindakan: Tindakan,
        survei_id: str = "",
        objek: str = "",
        sesudah: Isi | None = None,
    ) -> None:
        """Write down that somebody read what single people answered; the program itself may."""
        if self.pelaku == SISTEM:
            return
        with writing(self.engine) as conn:
            audit.append(conn, self.pelaku, tindakan, survei_id, objek, sesudah=sesudah)
