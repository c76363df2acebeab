"""How sure a period is, how well its questionnaire measured, and who is less satisfied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm.agregasi import HasilPeriode, compute_period, leaves
from skm.analysis.arah import TitikWaktu, Tren, find_trend
from skm.analysis.beda_kelompok import Dimensi, Kelas, compare_groups
from skm.analysis.groups import Per, group_results
from skm.analysis.kepastian import Alasan, Kepastian, ikm_certainty, why_unstated
from skm.analysis.kepastian_unsur import group_certainty
from skm.analysis.kepentingan import Peta, importance_map
from skm.analysis.kuesioner import MutuKuesioner, examine_questionnaire
from skm.analysis.pasti_layanan import LAYANAN, PastiLayanan, service_table
from skm.analysis.tabel_telaah import (
    BUTIR,
    KELOMPOK,
    KORELASI_UNSUR,
    KUADRAN,
    correlation_table,
    group_table,
    importance_table,
    item_table,
)
from skm.analysis.table import Tabel
from skm.analysis.tables import TAK_DIISI
from skm.analysis.tertimbang import Dilayani, TakTertimbang, Tertimbang, weigh
from skm.hasil import in_order, names_of, realisations
from skm.jawaban import NAMA_KANAL, Kanal
from skm.penutupan.pola import Lembaran, read_sheets
from skm.penutupan.resmi import Resmi
from skm.peraturan import tabel_mutu
from skm.periode import Jenis, Periode
from skm.rekap import JAM, SkorCell, SkorKelas
from skm.store.patterns import JAM_KELAS
from skm.survei import Survei

DITELAAH = (LAYANAN, BUTIR, KORELASI_UNSUR, KUADRAN, KELOMPOK)
"""The file names of `review_tables`."""
ATAS_KEMAUAN = (Kanal.QR.value, Kanal.PESAN.value, Kanal.KIOS.value)
"""Channels whose respondents decide by themselves whether to answer."""


@dataclass(frozen=True, slots=True)
class Telaah:
    """What a period's whole sheets tell: the questionnaire, the unsur's importance, the groups."""

    kuesioner: MutuKuesioner
    peta: Peta
    kelompok: tuple[Dimensi, ...]


@dataclass(frozen=True, slots=True)
class PastiUnit:
    """How certain a period's IKM is, and what qualifies it.

    `kepastian` is None for the reason in `alasan`. `tren` is None where the periods are too few;
    `periode_tren` are those that there are. `sendiri` is the share of answers (0-1) whose
    respondents chose to answer.
    """

    hasil: HasilPeriode
    kepastian: Kepastian | None
    alasan: Alasan | None
    tertimbang: Tertimbang | TakTertimbang
    tren: Tren | None
    periode_tren: int
    layanan: tuple[PastiLayanan, ...]
    sendiri: Fraction


def examine(resmi: Resmi, periode: Periode) -> Telaah:
    """Return what the sheets of a period tell: all of them are read once.

    A page that shows one part of it asks for that part alone.
    """
    sheets = read_sheets(resmi, periode)
    return Telaah(
        kuesioner=examine_questionnaire(sheets.pola),
        peta=_importance(resmi, periode, sheets),
        kelompok=compare_groups(_groups(resmi, periode, sheets)),
    )


def questionnaire(resmi: Resmi, periode: Periode) -> MutuKuesioner:
    """Return how well the questionnaire of a period measured."""
    return examine_questionnaire(read_sheets(resmi, periode).pola)


def importance(resmi: Resmi, periode: Periode) -> Peta:
    """Return the unsur of a period by importance and performance."""
    return _importance(resmi, periode, read_sheets(resmi, periode))


def differences(resmi: Resmi, periode: Periode) -> tuple[Dimensi, ...]:
    """Return the groups of respondents that are compared.

    The time of day (`JAM`) is among them only while no part of the period is closed.
    """
    return compare_groups(_groups(resmi, periode, read_sheets(resmi, periode)))


def _importance(resmi: Resmi, periode: Periode, sheets: Lembaran) -> Peta:
    hasil = compute_period(resmi.cells(periode), periode, resmi.aturan)
    return importance_map(hasil, sheets.pola)


def _groups(
    resmi: Resmi, periode: Periode, sheets: Lembaran
) -> list[tuple[str, str, Sequence[Kelas]]]:
    """Return the groups to compare: channels, profile fields, time of day."""
    survei = resmi.survei_of(periode)
    scores = resmi.scores(periode, (Per.KANAL.value,))
    channels = [
        SkorKelas(Per.KANAL.value, s.kanal or "", s.terisi, s.responden, s.jumlah, s.kuadrat)
        for s in scores
    ]
    found = [("kanal", "Kanal", _classes(channels, NAMA_KANAL))]
    for field in survei.profil:
        rows = [row for row in sheets.kelas if row.bidang == field.kode]
        names = {o.kode: o.teks for o in field.pilihan} | {k.teks: k.teks for k in field.kelompok}
        found.append((field.kode, field.label, _classes(rows, names)))
    times = [row for row in sheets.kelas if row.bidang == JAM]
    names = {teks: teks for _, teks in JAM_KELAS}
    return [*found, (JAM, "Jam pengisian", _classes(times, names))]


def _classes(rows: Sequence[SkorKelas], names: Mapping[str, str]) -> list[Kelas]:
    """Return the groups of one kind in the order of `names`, unknown options after them."""
    sums: dict[str, tuple[int, Fraction, Fraction]] = {}
    for row in rows:
        if row.terisi:
            n, total, squares = sums.get(row.pilihan, (0, Fraction(0), Fraction(0)))
            sums[row.pilihan] = (
                n + row.responden,
                total + Fraction(row.jumlah, row.terisi),
                squares + Fraction(row.kuadrat, row.terisi**2),
            )
    unknown = sorted(sums.keys() - names.keys(), key=lambda kode: (kode == "", kode))
    return [
        Kelas(kode, names.get(kode, kode) or TAK_DIISI, *sums[kode])
        for kode in (*names, *unknown)
        if kode in sums
    ]


def certainty(resmi: Resmi, periode: Periode) -> PastiUnit:
    """Return how certain the IKM of a period is, weighted and not, and whether a trend is real."""
    hasil = compute_period(resmi.cells(), periode, resmi.aturan)
    jenis = Jenis.TAHUN if periode.jenis is Jenis.TAHUN else Jenis.TRIWULAN
    points = trend_points(resmi, jenis, periode)
    kanal = resmi.group_counts(periode, Per.KANAL.value)
    total = sum(kanal.values())
    chosen = sum(n for kode, n in kanal.items() if kode in ATAS_KEMAUAN)
    return PastiUnit(
        hasil=hasil,
        kepastian=unit_certainty(resmi, hasil),
        alasan=why_unstated(hasil, resmi.scores(periode)),
        tertimbang=weigh_unit(resmi, hasil, periode),
        tren=find_trend(points),
        periode_tren=len(points),
        layanan=_services(resmi, periode),
        sendiri=Fraction(chosen, total) if total else Fraction(0),
    )


def unit_certainty(
    resmi: Resmi, hasil: HasilPeriode, scores: Sequence[SkorCell] | None = None
) -> Kepastian | None:
    """Return how certain the unit's IKM of a period is; None where `why_unstated` has a reason."""
    if hasil.periode is None:
        return None
    parts = [leaf.periode for leaf in leaves(hasil) if leaf.periode is not None]
    served = {p: total for p in parts if (total := served_by_unit(resmi, p))}
    return ikm_certainty(hasil, resmi.scores(hasil.periode) if scores is None else scores, served)


def served_by_unit(resmi: Resmi, periode: Periode) -> int | None:
    """Return how many people the unit served in a period; None where that is not known.

    Known as a whole, or as a sum where every layanan that has answers has its own number.
    """
    served = resmi.populations(periode)
    if None in served:
        return served[None]
    answered = {kode for kode, n in resmi.group_counts(periode, Per.LAYANAN.value).items() if n}
    return sum(served.values()) if answered and answered <= set(served) else None


def weigh_unit(resmi: Resmi, hasil: HasilPeriode, periode: Periode) -> Tertimbang | TakTertimbang:
    """Return the IKM weighted by the people that each layanan served, or why there is none."""
    by_service = (Per.LAYANAN.value,)
    return weigh(
        hasil,
        resmi.cells(periode, by_service),
        resmi.scores(periode, by_service),
        resmi.aturan,
        _served(resmi, hasil, periode),
    )


def _served(resmi: Resmi, hasil: HasilPeriode, periode: Periode) -> Dilayani:
    """Return the people by layanan for the period and its parts, where they are known."""
    inside = {periode, *(p for part in hasil.bagian for p in _periods(part))}
    found = {}
    for one in inside:
        served = {kode: n for kode, n in resmi.populations(one).items() if kode is not None}
        if served:
            found[one] = served
    return found


def _periods(hasil: HasilPeriode) -> list[Periode]:
    own = [hasil.periode] if hasil.periode else []
    return [*own, *(p for part in hasil.bagian for p in _periods(part))]


def trend_points(resmi: Resmi, jenis: Jenis, periode: Periode) -> list[TitikWaktu]:
    """Return the figures of a kind of period up to this one, with their standard errors."""
    scores = resmi.scores()
    points = []
    for row in realisations(resmi, jenis, periode.tahun):
        if row.periode.selesai > periode.selesai:
            continue
        known = None
        if not row.terbit:
            result = compute_period(resmi.cells(), row.periode, resmi.aturan)
            known = unit_certainty(resmi, result, scores)
        points.append(TitikWaktu(row.periode, row.ikm, known.galat if known else None))
    return points


def _services(resmi: Resmi, periode: Periode) -> tuple[PastiLayanan, ...]:
    names = names_of(resmi.survei_of(periode), Per.LAYANAN)
    cells = resmi.cells(periode, (Per.LAYANAN.value,))
    scores = resmi.scores(periode, (Per.LAYANAN.value,))
    served = resmi.populations(periode)
    groups = group_results(cells, resmi.aturan, periode, (Per.LAYANAN,))
    return tuple(
        PastiLayanan(
            kode=kode or "",
            nama=names.get(kode, kode) if kode else TAK_DIISI,
            responden=g.hasil.hasil.responden,
            ikm=g.hasil.hasil.ikm,
            mutu=g.hasil.hasil.mutu,
            dilayani=served.get(kode) if kode else None,
            kepastian=group_certainty(g, scores),
        )
        for g in in_order(groups, Per.LAYANAN, list(names))
        for kode in (g.kode(Per.LAYANAN),)
    )


def review_tables(resmi: Resmi, periode: Periode) -> dict[str, Tabel]:
    """Return the tables of certainty, questionnaire and groups by file name, for downloads."""
    telaah, pasti = examine(resmi, periode), certainty(resmi, periode)
    survei = resmi.survei_of(periode)
    found = [*sheet_tables(telaah, survei, periode), services_table(pasti, survei, periode)]
    return {tabel.nama: tabel for tabel in found}


def sheet_tables(telaah: Telaah, survei: Survei, periode: Periode) -> tuple[Tabel, ...]:
    """Return the tables of the questions, their correlations, the importance and the groups."""
    return (
        *questionnaire_tables(telaah.kuesioner, survei, periode),
        quadrant_table(telaah.peta, periode),
        differences_table(telaah.kelompok, periode),
    )


def questionnaire_tables(
    mutu: MutuKuesioner, survei: Survei, periode: Periode
) -> tuple[Tabel, Tabel]:
    """Return the tables of the questions and of their correlations."""
    names = {u.kode: u.nama for u in survei.unsur}
    return (
        item_table(mutu, names, f"Mutu kuesioner per unsur, {periode.label}"),
        correlation_table(mutu, f"Korelasi antarunsur, {periode.label}"),
    )


def quadrant_table(peta: Peta, periode: Periode) -> Tabel:
    """Return the table of the unsur by importance and performance."""
    return importance_table(peta, f"Kepentingan dan kinerja unsur, {periode.label}")


def differences_table(kelompok: Sequence[Dimensi], periode: Periode) -> Tabel:
    """Return the table of the groups of respondents."""
    return group_table(kelompok, f"Perbedaan antarkelompok responden, {periode.label}")


def services_table(pasti: PastiUnit, survei: Survei, periode: Periode) -> Tabel:
    """Return the certainty of each layanan as a table."""
    title = f"Kepastian per jenis layanan, {periode.label}"
    classes = tabel_mutu(periode.mulai)
    return service_table(pasti.layanan, classes, survei.publikasi.huruf_mulai, title)
