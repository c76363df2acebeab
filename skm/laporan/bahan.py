"""Everything that a report is written from, read once: a report is of one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from skm.agregasi import HasilPeriode, compute_period
from skm.analysis.groups import Kelompok, Per
from skm.analysis.kepastian import Beda, Kepastian, difference, ikm_certainty
from skm.analysis.target import Realisasi
from skm.analysis.trend import before
from skm.hasil import Kekuatan, Profil, Ringkasan, realisations, respondents, strengths, summarize
from skm.penutupan.arsip import Arsip
from skm.penutupan.kumpulan import Kumpulan, collect
from skm.penutupan.resmi import Resmi
from skm.penutupan.tutup import Tambahan, addendum
from skm.periode import Jenis, Periode
from skm.pesan import SkmError
from skm.store import Tutupan
from skm.survei import Survei
from skm.tindak import Kemajuan, progress

SEBARAN = (Per.LAYANAN, Per.TITIK, Per.KANAL)


@dataclass(frozen=True)
class Bahan:
    """A period's figures, its answers' place and channel, and what the office added.

    Not slotted: what is costly is read when a chapter first asks for it.
    """

    resmi: Resmi
    periode: Periode
    ringkasan: Ringkasan
    kumpulan: Kumpulan
    arsip: Arsip | None
    tutupan: Tutupan | None
    tambahan: Tambahan | None
    teks: Mapping[str, str]
    tindak: tuple[Kemajuan, ...]
    tindak_lalu: tuple[Kemajuan, ...]

    @property
    def survei(self) -> Survei:
        """Return the survey as it was when the period was closed, or as it is."""
        return self.resmi.survei_of(self.periode)

    @property
    def kini(self) -> HasilPeriode:
        """Return the period's result."""
        return self.ringkasan.kini

    @property
    def bagian(self) -> tuple[HasilPeriode, ...]:
        """Return the measured periods that the result is a mean of, itself where it is none."""
        return tuple(leaves(self.kini))

    @cached_property
    def kekuatan(self) -> Mapping[Per, Kekuatan]:
        """Return the groups of each dimension."""
        return {per: strengths(self.resmi, self.periode, per) for per in SEBARAN}

    @cached_property
    def profil(self) -> Mapping[str, Profil]:
        """Return the breakdowns of the respondents."""
        return respondents(self.resmi, self.periode)

    @cached_property
    def kepastian(self) -> Kepastian | None:
        """Return how certain the IKM is."""
        return ikm_certainty(self.kini, self.resmi.scores(self.periode), self._served())

    @cached_property
    def beda(self) -> Beda | None:
        """Return the difference from the period before with its certainty, where both have one."""
        earlier = before(self.periode, self.resmi.aturan)
        past = compute_period(self.resmi.cells(earlier), earlier, self.resmi.aturan)
        known = ikm_certainty(past, self.resmi.scores(earlier))
        if self.kepastian is None or known is None:
            return None
        return difference(self.kepastian, known)

    @cached_property
    def tahunan(self) -> Sequence[Realisasi]:
        """Return the years up to this one, earlier publications included."""
        return realisations(self.resmi, Jenis.TAHUN, self.periode.tahun)

    @property
    def populasi(self) -> Mapping[str | None, int]:
        """Return the people served in the period by layanan; None is the whole unit."""
        if self.arsip is not None and self.arsip.periode == self.periode:
            return {kode or None: n for kode, n in self.arsip.populasi.items()}
        return self.resmi.store.populations(self.resmi.survei.id, self.periode)

    def groups(self, per: Per) -> tuple[Kelompok, ...]:
        """Return the groups of a dimension that have respondents, in the survey's order."""
        return self.kekuatan[per].kelompok

    def _served(self) -> dict[Periode, int]:
        """Return the people served by each measured part, where they are known."""
        found = {}
        for part in self.bagian:
            if part.periode is not None:
                served = self.resmi.store.populations(self.resmi.survei.id, part.periode)
                total = served.get(None) or sum(n for k, n in served.items() if k is not None)
                if total:
                    found[part.periode] = total
        return found


def leaves(result: HasilPeriode) -> list[HasilPeriode]:
    """Return the results that were measured from answers, in order."""
    if not result.bagian:
        return [result]
    return [leaf for part in result.bagian for leaf in leaves(part)]


def plans(resmi: Resmi, periode: Periode) -> tuple[Kemajuan, ...]:
    """Return the follow-up of a period and of those inside it: a semester tells its triwulan's."""
    inside = (kemajuan for part in periode.children for kemajuan in plans(resmi, part))
    return (*progress(resmi, periode), *inside)


def gather(resmi: Resmi, periode: Periode) -> Bahan:
    """Return what a report of a period is written from.

    Raises SkmError `laporan-kosong` for a period without answers.
    """
    summary = summarize(resmi, periode)
    if summary.kini.hasil.ikm is None:
        raise SkmError("laporan-kosong", label=periode.label)
    frozen = resmi.frozen(periode)
    own = frozen if frozen is not None and frozen.tutupan.periode == periode else None
    store, survei_id = resmi.store, resmi.survei.id
    return Bahan(
        resmi=resmi,
        periode=periode,
        ringkasan=summary,
        kumpulan=collect(resmi, periode),
        arsip=own.arsip if own else None,
        tutupan=own.tutupan if own else None,
        tambahan=addendum(resmi, periode) if own else None,
        teks=store.report_texts(survei_id, periode),
        tindak=plans(resmi, periode),
        tindak_lalu=plans(resmi, before(periode, resmi.aturan)),
    )
