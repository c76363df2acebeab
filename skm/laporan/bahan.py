"""Everything that a report is written from, read once: a report is of one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from skm.agregasi import HasilPeriode, compute_period, leaves
from skm.analysis.groups import Kelompok, Per
from skm.analysis.kepastian import (
    Alasan,
    Beda,
    Kepastian,
    difference,
    why_unstated,
)
from skm.analysis.target import Realisasi
from skm.analysis.trend import before
from skm.hasil import (
    Kekuatan,
    Profil,
    Ringkasan,
    realisations,
    respondents,
    strengths,
    summarize,
)
from skm.penutupan.kumpulan import Kumpulan, collect
from skm.penutupan.resmi import Resmi
from skm.penutupan.tutup import Tambahan, addendum
from skm.periode import Jenis, Periode
from skm.pesan import SkmError
from skm.store import StatusSaran, StatusTindak, Tutupan
from skm.survei import Survei
from skm.telaah import PastiUnit, Telaah, certainty, examine, unit_certainty
from skm.tindak import Kemajuan, plans

SEBARAN = (Per.LAYANAN, Per.TITIK, Per.KANAL)


@dataclass(frozen=True)
class Bahan:
    """A period's figures, its answers' place and channel, and what the office added.

    `tutupan` is the closing that froze the period: its own, or that of a longer one around it.
    Not slotted: what is costly is read when a chapter first asks for it.
    """

    resmi: Resmi
    periode: Periode
    ringkasan: Ringkasan
    kumpulan: Kumpulan
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
        return unit_certainty(self.resmi, self.kini)

    @property
    def alasan(self) -> Alasan | None:
        """Return why the certainty is not stated."""
        return why_unstated(self.kini, self.resmi.scores(self.periode))

    @cached_property
    def pasti(self) -> PastiUnit:
        """Return what qualifies the IKM: weighting, trend, who chose to answer, each layanan."""
        return certainty(self.resmi, self.periode)

    @cached_property
    def telaah(self) -> Telaah:
        """Return what whole sheets tell: the questionnaire, importance, groups."""
        return examine(self.resmi, self.periode)

    @cached_property
    def beda(self) -> Beda | None:
        """Return the difference from the period before with its certainty, where both have one."""
        earlier = before(self.periode, self.resmi.aturan)
        past = compute_period(self.resmi.cells(earlier), earlier, self.resmi.aturan)
        known = unit_certainty(self.resmi, past)
        if self.kepastian is None or known is None:
            return None
        return difference(self.kepastian, known)

    @cached_property
    def tahunan(self) -> Sequence[Realisasi]:
        """Return the years up to this one, earlier publications included."""
        return realisations(self.resmi, Jenis.TAHUN, self.periode.tahun)

    @cached_property
    def tanggapan_saran(self) -> Mapping[StatusSaran, int]:
        """Return the stored remarks by what became of them until now."""
        return self.resmi.store.remark_states(self.resmi.survei.id, self.periode)

    @property
    def populasi(self) -> Mapping[str | None, int]:
        """Return the people served in the period by layanan; None is the whole unit."""
        return self.resmi.populations(self.periode)

    @property
    def sendiri(self) -> bool:
        """Return whether the period was closed by itself, not with a longer one around it."""
        return self.tutupan is not None and self.tutupan.periode == self.periode

    @property
    def rencana(self) -> tuple[Kemajuan, ...]:
        """Return the follow-up that was not called off."""
        return tuple(k for k in self.tindak if k.tindak.isi.status is not StatusTindak.BATAL)

    def groups(self, per: Per) -> tuple[Kelompok, ...]:
        """Return the groups of a dimension that have respondents, in the survey's order."""
        return self.kekuatan[per].kelompok


def methods_of(result: HasilPeriode) -> dict[str, list[HasilPeriode]]:
    """Return the measured parts of a result by the method that they were computed with."""
    found: dict[str, list[HasilPeriode]] = {}
    for leaf in leaves(result):
        found.setdefault(leaf.hasil.metode.label, []).append(leaf)
    return found


def gather(resmi: Resmi, periode: Periode) -> Bahan:
    """Return what a report of a period is written from.

    Raises SkmError `laporan-kosong` for a period without answers.
    """
    summary = summarize(resmi, periode)
    if summary.kini.hasil.ikm is None:
        raise SkmError("laporan-kosong", label=periode.label)
    frozen = resmi.frozen(periode)
    store, survei_id = resmi.store, resmi.survei.id
    return Bahan(
        resmi=resmi,
        periode=periode,
        ringkasan=summary,
        kumpulan=collect(resmi, periode),
        tutupan=frozen.tutupan if frozen else None,
        tambahan=addendum(resmi, frozen.tutupan.periode) if frozen else None,
        teks=store.report_texts(survei_id, periode),
        tindak=plans(resmi, periode),
        tindak_lalu=plans(resmi, before(periode, resmi.aturan)),
    )
