"""The public view of a survey: what an office has published and not withdrawn, nothing else.

It reads archives only. Live answers, closings that are not published and drafts have no way in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from skm.analysis.groups import Per
from skm.analysis.target import Realisasi, realisation
from skm.analysis.trend import Perubahan, before
from skm.penutupan.arsip import Arsip
from skm.penutupan.resmi import Beku, load_archive
from skm.periode import Jenis, Periode
from skm.store import AngkaTerbit, JenisPeristiwa, Store, TindakLanjut, Tutupan
from skm.terbitan import susun
from skm.terbitan.lindungan import Lindungan, protect
from skm.terbitan.terbitan import Angka, Identitas, Ringkas, Terbitan
from skm.tindak import latest_copies


@dataclass(frozen=True)
class Etalase:
    """What is public of a survey at one moment. Not slotted: figures are kept once computed.

    `tutupan` are the public closings, the newest first; `riwayat` has the year and SHA-256 of all
    that ever was public, in that order.
    """

    store: Store
    survei_id: str
    tutupan: tuple[Tutupan, ...]
    riwayat: tuple[tuple[int, str], ...]
    tindak: tuple[TindakLanjut, ...]
    terbit: tuple[AngkaTerbit, ...]

    @cached_property
    def sidik(self) -> str:
        """Return a fingerprint of everything public: another one is another page."""
        content = (self.survei_id, self.tutupan, self.riwayat, self.tindak, self.terbit)
        return hashlib.sha256(repr(content).encode()).hexdigest()

    @property
    def identitas(self) -> Identitas:
        """Return whose survey it is, by the newest public period. Raises IndexError without one."""
        return susun.identity(self._beku[0].arsip.survei)

    @cached_property
    def periode(self) -> tuple[Ringkas, ...]:
        """Return the public periods, the newest first; of those that end together the longest."""
        return tuple(
            Ringkas(b.tutupan.periode, _published(b.tutupan), self._figures(b.arsip))
            for b in self._beku
        )

    def terbitan(self, periode: Periode) -> Terbitan:
        """Return what is public of a public period. Raises KeyError for another one."""
        for beku in self._beku:
            if beku.tutupan.periode == periode:
                return self._compose(beku)
        raise KeyError(periode)

    @cached_property
    def _beku(self) -> tuple[Beku, ...]:
        return tuple(
            Beku(t, load_archive(self.store, self.survei_id, t.sha256)) for t in self.tutupan
        )

    def _protection(self, tahun: int) -> Lindungan:
        ever = tuple(sha256 for year, sha256 in self.riwayat if year == tahun)
        return load_protection(self.store, self.survei_id, ever)

    def _figures(self, arsip: Arsip) -> Angka | None:
        return susun.unit_figures(arsip, self._protection(arsip.periode.tahun))

    def _compose(self, beku: Beku) -> Terbitan:
        arsip, tutupan = beku.arsip, beku.tutupan
        lindungan = self._protection(arsip.periode.tahun)
        angka = self._figures(arsip)
        terkuat, terlemah = susun.extremes(arsip, lindungan)
        return Terbitan(
            identitas=susun.identity(arsip.survei),
            periode=arsip.periode,
            diterbitkan=_published(tutupan),
            sampai=arsip.batas,
            sha256=tutupan.sha256,
            metode=arsip.aturan.metode,
            agregasi=arsip.aturan.agregasi,
            angka=angka,
            jumlah=arsip.jumlah if angka else None,
            layanan=susun.places(arsip, Per.LAYANAN, lindungan),
            titik=susun.places(arsip, Per.TITIK, lindungan),
            profil=susun.profiles(arsip, lindungan),
            kuesioner=arsip.kuesioner,
            terkuat=terkuat,
            terlemah=terlemah,
            perubahan=self._change(arsip, angka),
            rencana=susun.plan(
                arsip.survei,
                latest_copies(t for t in self.tindak if arsip.periode.contains(t.isi.periode)),
            ),
            tahun=self._years(arsip),
        )

    def _change(self, arsip: Arsip, angka: Angka | None) -> Perubahan | None:
        """Return the change from the period before, as far as that one is public too.

        A typed figure only of an earlier year, as in `_years`.
        """
        earlier = before(arsip.periode, arsip.aturan)
        known: dict[Periode, Decimal] = {
            a.periode: a.ikm for a in self.terbit if a.periode.tahun < arsip.periode.tahun
        }
        known |= {r.periode: r.angka.ikm for r in self.periode if r.angka and r.angka.ikm}
        if angka is None or angka.ikm is None or earlier not in known:
            return None
        return Perubahan(earlier, known[earlier], angka.ikm - known[earlier])

    def _years(self, arsip: Arsip) -> tuple[Realisasi, ...]:
        """Return the years up to this one, oldest first; a typed figure only of an earlier year.

        A figure that an office typed for the current year may be one that it has yet to publish.
        """
        target, found = arsip.survei.target, {}
        for typed in self.terbit:
            if typed.periode.jenis is Jenis.TAHUN and typed.periode.tahun < arsip.periode.tahun:
                found[typed.periode] = realisation(
                    typed.periode, typed.ikm, target, typed.sumber, terbit=True
                )
        for row in self.periode:
            if row.periode.jenis is Jenis.TAHUN and row.angka and row.angka.ikm is not None:
                found[row.periode] = realisation(
                    row.periode, row.angka.ikm, target, row.angka.catatan, terbit=False
                )
        return tuple(r for p, r in sorted(found.items()) if p.tahun <= arsip.periode.tahun)


def open_showcase(store: Store, survei_id: str) -> Etalase:
    """Return what is public of a survey now; it is light until figures are asked for.

    Raises SkmError `survei-tak-ada`.
    """
    public = [t for t in store.closings(survei_id) if t.diterbitkan is not None]
    public.sort(key=lambda t: (t.periode.selesai, t.periode.jenis.value), reverse=True)
    ever = [e for e in store.events(survei_id) if e.jenis is JenisPeristiwa.DITERBITKAN]
    shown = {t.periode for t in public}
    return Etalase(
        store=store,
        survei_id=survei_id,
        tutupan=tuple(public),
        riwayat=tuple(dict.fromkeys((e.periode.tahun, e.sha256) for e in ever)),
        tindak=tuple(
            t for t in store.follow_ups(survei_id) if any(p.contains(t.isi.periode) for p in shown)
        ),
        terbit=store.published_figures(survei_id),
    )


@lru_cache(maxsize=64)
def load_protection(store: Store, survei_id: str, riwayat: tuple[str, ...]) -> Lindungan:
    """Return what is hidden in a year; hashes name their content for ever, so it is kept."""
    return protect([load_archive(store, survei_id, sha256) for sha256 in riwayat])


def _published(tutupan: Tutupan) -> datetime:
    if tutupan.diterbitkan is None:
        raise ValueError(tutupan.periode)
    return tutupan.diterbitkan
