"""The table forms of an LKIP (Disdukcapil Kota Bekasi 2024, tables 3.9-3.14), filled from results.

Every digit is made here, by `skm.angka`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from skm.agregasi import Cara, HasilPeriode
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, arithmetic_line, ikm_text, nrr_text, percent_text
from skm.analysis.target import Realisasi
from skm.angka import format_change, format_number, round_half_up, round_to
from skm.ikm import IKM_PLACES, KONVERSI, Hasil
from skm.metode import Jalur, Metode
from skm.peraturan import TabelMutu

_WEIGHT_PLACES = 6
_KODE, _UNSUR = Kolom("Kode"), Kolom("Unsur pelayanan")


def unsur_form(hasil: Hasil, nama: str, judul: str) -> Tabel:
    """Return NRR, IKM and kategori per unsur with their sum (LKIP 3.11-3.13)."""
    rows = tuple(
        (u.kode, u.nama, nrr_text(u.nrr), ikm_text(u.ikm), u.mutu or TANPA, u.kinerja or TANPA)
        for u in hasil.unsur
    )
    total = ikm_text(hasil.jumlah_ikm_unsur if hasil.unsur_terisi else None)
    kaki = ("", "Jumlah IKM per unsur", "", total, "", "")
    kolom = (
        _KODE,
        _UNSUR,
        Kolom("NRR", angka=True),
        Kolom("IKM (NRR × 25)", angka=True),
        Kolom("Mutu"),
        Kolom("Kinerja"),
    )
    return Tabel(nama, judul, kolom, rows, kaki)


def processing_form(hasil: Hasil, nama: str, judul: str) -> Tabel:
    """Return the foot of the regulation's processing sheet (Lampiran III, hlm. 29), on its side.

    Jumlah nilai, jumlah kuesioner terisi, NRR, bobot, NRR tertimbang per unsur, and their sum.
    """
    rows = tuple(
        (
            u.kode,
            u.nama,
            format_number(u.tally.total),
            format_number(u.tally.n),
            nrr_text(u.nrr),
            nrr_text(u.bobot),
            nrr_text(u.tertimbang),
        )
        for u in hasil.unsur
    )
    index = hasil.jumlah_tertimbang if hasil.nilai is not None else None
    kaki = ("", "Jumlah NRR tertimbang", "", "", "", "", nrr_text(index))
    words = ("Jumlah nilai", "Kuesioner terisi", "NRR", "Bobot", "NRR tertimbang")
    kolom = (_KODE, _UNSUR, *(Kolom(w, angka=True) for w in words))
    return Tabel(nama, judul, kolom, rows, kaki)


def ikm_line(result: HasilPeriode) -> str:
    """Return the arithmetic: "844,70 / 9 = 93,86", or "(93,70 + 93,86) / 2 = 93,78".

    Empty where it is neither a plain sum nor a mean of several periods.
    """
    if result.cara is Cara.RATA_RATA and len(result.bagian) > 1:
        return _mean_line(result)
    return arithmetic_line(result.hasil)


def _mean_line(result: HasilPeriode) -> str:
    printed = [part.hasil.ikm for part in result.bagian if part.hasil.ikm is not None]
    line = f"({' + '.join(map(ikm_text, printed))}) / {len(printed)} = {ikm_text(result.hasil.ikm)}"
    mean = sum((Fraction(p) for p in printed), Fraction(0)) / len(printed)
    if round_half_up(mean, IKM_PLACES) == result.hasil.ikm:
        return line
    return f"{line} (dari nilai sebelum pembulatan)"


def achievement_form(realisasi: Realisasi | None, judul: str) -> Tabel:
    """Return the indicator with target, realisasi and capaian (LKIP 3.9)."""
    words = ("Target", "Realisasi", "Capaian")
    kolom = (Kolom("Indikator kinerja"), *(Kolom(w, angka=True) for w in words), Kolom("Mutu"))
    if realisasi is None:
        return Tabel("capaian", judul, kolom, ())
    row = (
        "Indeks Kepuasan Masyarakat (IKM)",
        ikm_text(realisasi.target),
        ikm_text(realisasi.ikm),
        percent_text(realisasi.persen) if realisasi.persen is not None else TANPA,
        realisasi.mutu,
    )
    return Tabel("capaian", judul, kolom, (row,))


def formula_form(tahun: HasilPeriode, semester: Sequence[HasilPeriode], judul: str) -> Tabel:
    """Return the formulas that a year's figures follow (LKIP 3.10; PermenPANRB 14/2017 BAB V).

    `semester` are the year's semesters with answers.
    """
    rows = (
        ("NRR per unsur", "jumlah nilai unsur / jumlah responden yang mengisi unsur itu"),
        ("IKM per unsur", f"NRR × {KONVERSI}"),
        *_unit_formulas(semester or (tahun,)),
        *_semester_formulas(semester),
        ("IKM tahun", _way(tahun, "semester")),
        ("Capaian", "realisasi / target × 100%"),
    )
    return Tabel("perumusan", judul, (Kolom("Ukuran"), Kolom("Perumusan")), rows)


def _unit_formulas(semester: Sequence[HasilPeriode]) -> Iterator[tuple[str, str]]:
    """Yield the formula of each method in use: parts that were closed before may have another."""
    methods = dict.fromkeys(leaf.hasil.metode for part in semester for leaf in _measured(part))
    for metode in methods:
        own = f" (metode {metode.label})" if len(methods) > 1 else ""
        yield f"IKM unit pelayanan{own}", _unit_formula(metode)
        if metode.bobot.sendiri:
            weights = (f"{kode} {_weight_text(w)}" for kode, w in metode.bobot.sendiri)
            yield f"Bobot unsur{own}", "; ".join(weights)


def _unit_formula(metode: Metode) -> str:
    if metode.bobot.sendiri:
        weight = "bobot unsur"
    elif metode.bobot.tetap is not None:
        weight = f"bobot {_weight_text(metode.bobot.tetap)}"
    elif metode.jalur is Jalur.UNSUR or _unrounded(metode):
        return "jumlah IKM per unsur / jumlah unsur terisi"
    else:
        weight = "bobot 1/jumlah unsur terisi"
    if metode.jalur is Jalur.UNSUR:
        return f"jumlah (IKM per unsur × {weight})"
    return f"jumlah (NRR per unsur × {weight}) × {KONVERSI}"


def _unrounded(metode: Metode) -> bool:
    """Return whether the weighted NRR come to the same as the IKM per unsur."""
    return metode.tertimbang is None and metode.indeks is None and metode.ikm_unsur is None


def _weight_text(weight: Fraction) -> str:
    """Return a weight with as many decimals as it has: 0,11, 0,1125."""
    places = range(2, _WEIGHT_PLACES)
    return format_number(
        weight, next((p for p in places if round_to(weight, p) == weight), _WEIGHT_PLACES)
    )


def _measured(result: HasilPeriode) -> Iterator[HasilPeriode]:
    if not result.bagian:
        yield result
    for part in result.bagian:
        yield from _measured(part)


def _semester_formulas(semester: Sequence[HasilPeriode]) -> Iterator[tuple[str, str]]:
    """Yield one formula for all semesters, or each one's own where they differ."""
    ways = [(part.periode, _way(part, "triwulan")) for part in semester]
    if len({way for _, way in ways}) == 1:
        yield "IKM semester", ways[0][1]
        return
    for periode, way in ways:
        yield f"IKM {periode.label if periode else ''}", way


def _way(result: HasilPeriode, bagian: str) -> str:
    if result.cara is Cara.RATA_RATA:
        return f"rata-rata IKM {bagian} di dalamnya"
    if result.cara is Cara.GABUNGAN:
        return "rumus IKM unit pelayanan atas gabungan seluruh responden"
    return "dinilai langsung dengan rumus IKM unit pelayanan"


def grade_form(tabel: TabelMutu, judul: str) -> Tabel:
    """Return the intervals of mutu and kinerja (Tabel II, hlm. 19)."""
    rows = tuple(
        (
            k.mutu,
            k.kinerja,
            f"{ikm_text(k.dari)} – {ikm_text(k.sampai)}",
        )
        for k in tabel.kelas
    )
    kolom = (Kolom("Mutu"), Kolom("Kinerja"), Kolom("Nilai interval konversi", angka=True))
    return Tabel("mutu", judul, kolom, rows)


def year_comparison(found: Sequence[Realisasi], judul: str) -> Tabel:
    """Return the years with the change from the one before (LKIP 3.14)."""
    rows = []
    for at, item in enumerate(found):
        earlier = found[at - 1] if at and found[at - 1].periode == item.periode.previous else None
        rows.append(
            (
                str(item.periode.tahun),
                ikm_text(item.target),
                ikm_text(item.ikm),
                item.mutu,
                percent_text(item.persen) if item.persen is not None else TANPA,
                change_text(item, earlier),
                "Angka terbit" if item.terbit else "Dihitung dari jawaban",
            )
        )
    words = ("Target", "Realisasi")
    kolom = (
        Kolom("Tahun"),
        *(Kolom(w, angka=True) for w in words),
        Kolom("Mutu"),
        Kolom("Capaian", angka=True),
        Kolom("Perubahan", angka=True),
        Kolom("Asal angka"),
    )
    return Tabel("antartahun", judul, kolom, tuple(rows))


def change_text(item: Realisasi, earlier: Realisasi | None) -> str:
    """Return the change from the year before as printed; a dash where that year has no figure."""
    if earlier is None:
        return TANPA
    return format_change(item.ikm - earlier.ikm, IKM_PLACES)
