"""An upload in progress: the file, its mapping and what was answered, kept until it is taken.

It lives in the session, per survey, so that a refused file, another page, or a wrong choice loses
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from skm.dashboard.source import Sumber
from skm.intake import Berkas, Keyakinan, Opsi, Pemetaan, UrutanTanggal, undecided_order
from skm.periode import Periode, parse_period
from skm.store import Batch
from skm.survei import Survei
from skm.unggah import Kemajuan, Rencana, inspect, propose

_DRAFTS = "unggahan"
TIMES = ("waktu", "tanggal")


@dataclass(slots=True)
class Draf:
    """One upload. `perhatian` are the columns that a person should look at; `rencana` the check.

    `tanpa` are the questions without a column that a person goes on without; `dilihat` is what
    was found about the order of day and month, and for which column. Any change of the mapping or
    the options makes the check void.
    """

    berkas: Berkas
    pemetaan: Pemetaan
    perhatian: frozenset[int] = frozenset()
    periode: str | None = None
    layanan: str | None = None
    titik: str | None = None
    padanan: dict[tuple[str, str], str] = field(default_factory=dict)
    tanpa: frozenset[str] = frozenset()
    urutan_tanggal: Literal["hari-dahulu", "bulan-dahulu"] | None = None
    dilihat: tuple[tuple[str, int], UrutanTanggal | None] | None = None
    rencana: Rencana | None = None

    def change(self, pemetaan: Pemetaan) -> None:
        """Take another mapping of the same sheet."""
        self.pemetaan = pemetaan
        self.rencana = None

    def use_sheet(self, survei: Survei, lembar: str) -> None:
        """Start over on another sheet of the file."""
        self.change(propose(self.berkas, survei, lembar))
        self.perhatian = _doubtful(self.pemetaan)

    @property
    def has_dates(self) -> bool:
        """Return whether a column says when each row was answered."""
        return any(self.pemetaan.column(t) for t in TIMES)

    @property
    def agreed(self) -> bool:
        """Return whether a person goes on without every question that has no column."""
        return self.tanpa.issuperset(self.pemetaan.belum)

    def order(self, survei: Survei) -> UrutanTanggal | None:
        """Return what is open about the column of dates; another column asks anew."""
        column = next((k for t in reversed(TIMES) if (k := self.pemetaan.column(t))), None)
        if column is None:
            return None
        key = (self.pemetaan.lembar, column.indeks)
        if self.dilihat is None or self.dilihat[0] != key:
            self.dilihat = (key, undecided_order(self.berkas, self.pemetaan, survei))
            self.urutan_tanggal = None
        return self.dilihat[1]

    @property
    def opsi(self) -> Opsi:
        """Return what was said about the whole file; a column of the file goes first."""
        return Opsi(
            periode=self._periode(),
            layanan=None if self.pemetaan.column("layanan") else self.layanan,
            titik=None if self.pemetaan.column("titik") else self.titik,
            padanan=self.padanan,
            urutan_tanggal=self.urutan_tanggal,
        )

    def _periode(self) -> Periode | None:
        return parse_period(self.periode) if self.periode and not self.has_dates else None

    def check(self, sumber: Sumber, kemajuan: Kemajuan | None = None) -> None:
        """Check the file against the survey and what the store holds. Raises SkmError."""
        self.rencana = None
        self.rencana = inspect(
            sumber.store, sumber.survei, self.berkas, self.pemetaan, self.opsi, kemajuan
        )


def _doubtful(pemetaan: Pemetaan) -> frozenset[int]:
    troubled = {i for b in (*pemetaan.masalah, *pemetaan.usul) for i in b.kolom}
    unknown = {k.indeks for k in pemetaan.kolom if k.keyakinan is Keyakinan.TIDAK and k.judul}
    return frozenset(troubled | unknown)


def begin(survei: Survei, berkas: Berkas) -> Draf:
    """Start an upload of a file that could be read."""
    pemetaan = propose(berkas, survei)
    draf = Draf(berkas, pemetaan, _doubtful(pemetaan))
    _drafts()[survei.id] = draf
    return draf


def current(survei_id: str) -> Draf | None:
    """Return the upload in progress of a survey."""
    return _drafts().get(survei_id)


def drop(survei_id: str) -> None:
    """Forget the upload in progress of a survey."""
    _drafts().pop(survei_id, None)


def _drafts() -> dict[str, Draf]:
    drafts: dict[str, Draf] = st.session_state.setdefault(_DRAFTS, {})
    return drafts


@dataclass(frozen=True, slots=True)
class Selesai:
    """What was taken, to say so and to lead to the period that it changed."""

    batch: Batch
    periode: Periode | None


def latest_period(rencana: Rencana) -> Periode | None:
    """Return the latest period among the rows of a plan."""
    rows = (*rencana.baru, *(k.jawaban for k in rencana.kembar))
    return max({a.periode for a in rows if a.periode is not None}, default=None)
