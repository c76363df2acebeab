"""The tables of LKIP and dashboard, from results. Every digit is made here, by `skm.angka`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from skm.agregasi import HasilPeriode
from skm.analysis.groups import Kelompok, Per
from skm.analysis.share import Bagian
from skm.analysis.strength import strongest, weakest
from skm.analysis.table import Kolom, Tabel
from skm.analysis.target import Realisasi, achievement
from skm.angka import format_number
from skm.ikm import IKM_PLACES, NRR_PLACES, Hasil, HasilUnsur
from skm.periode import Periode

KECIL = 30
"""Groups with fewer respondents are marked: one more answer still moves their IKM visibly."""
LOWEST, HIGHEST = 25, 100
"""The scale of the IKM; printed weights and staged rounding can leave it."""
TANPA = "—"
TAK_DIISI = "(tidak diisi)"
SELURUH = "Seluruh unit"
JUDUL = {Per.LAYANAN: "Jenis layanan", Per.TITIK: "Titik layanan", Per.KANAL: "Kanal"}
"""How a dimension's column is headed."""

_IKM = Kolom("IKM", angka=True)
_RESPONDEN = Kolom("Responden", angka=True)
_MUTU = Kolom("Mutu")
_KINERJA = Kolom("Kinerja")


def ikm_text(value: Fraction | Decimal | None) -> str:
    """Return an IKM as printed, or a dash where nobody answered."""
    return TANPA if value is None else format_number(value, IKM_PLACES)


def nrr_text(value: Fraction | None) -> str:
    """Return an NRR or weighted NRR as printed, or a dash where nobody answered."""
    return TANPA if value is None else format_number(value, NRR_PLACES)


def is_small(responden: int) -> bool:
    """Return whether a group is marked as small."""
    return 0 < responden < KECIL


def arithmetic_line(hasil: Hasil) -> str:
    """Return the closing line of LKIP's table: "844,70 / 9 = 93,86"; empty without answers.

    Only where it is how the unit's IKM comes about: equal weights over the IKM per unsur. Equal
    values are not enough: under other weights they can be chance.
    """
    if hasil.ikm is None or not hasil.unsur_terisi:
        return ""
    if any(u.bobot != Fraction(1, hasil.unsur_terisi) for u in hasil.terisi):
        return ""
    total = hasil.jumlah_ikm_unsur
    if Fraction(total) / hasil.unsur_terisi != hasil.nilai:
        return ""
    return f"{ikm_text(total)} / {hasil.unsur_terisi} = {ikm_text(hasil.ikm)}"


def unsur_table(hasil: Hasil, judul: str) -> Tabel:
    """Return the detail per unsur (LKIP tables 3.11-3.13)."""
    rows = tuple(
        (
            u.kode,
            u.nama,
            format_number(u.n),
            nrr_text(u.nrr),
            nrr_text(u.tertimbang),
            ikm_text(u.ikm),
            u.mutu or TANPA,
            u.kinerja or TANPA,
        )
        for u in hasil.unsur
    )
    kaki = (
        "",
        "IKM unit pelayanan",
        format_number(hasil.responden),
        "",
        nrr_text(hasil.jumlah_tertimbang if hasil.nilai is not None else None),
        ikm_text(hasil.ikm),
        hasil.mutu or TANPA,
        hasil.kinerja or TANPA,
    )
    kolom = (
        Kolom("Kode"),
        Kolom("Unsur"),
        Kolom("Terisi", angka=True),
        Kolom("NRR", angka=True),
        Kolom("NRR tertimbang", angka=True),
        _IKM,
        _MUTU,
        _KINERJA,
    )
    return Tabel("unsur", judul, kolom, rows, kaki, " ".join(method_notes(hasil)))


def method_notes(hasil: Hasil) -> list[str]:
    """Return what an inspector needs beside the figures: method, arithmetic, what is unusual."""
    notes = [f"Metode {hasil.metode.label}."]
    if line := arithmetic_line(hasil):
        notes.append(f"Jumlah IKM per unsur: {line}.")
    blank = [u.kode for u in hasil.unsur if u.nrr is None]
    if blank and hasil.terisi:
        notes.append(f"Tidak terisi: {', '.join(blank)}; bobotnya dibagikan ke unsur lain.")
    if hasil.ikm is not None and not LOWEST <= hasil.ikm <= HIGHEST:
        notes.append("IKM di luar rentang 25–100 karena pembulatan atau bobot metode ini.")
    return notes


def period_table(
    results: Iterable[HasilPeriode], targets: Mapping[Periode, Decimal], judul: str
) -> Tabel:
    """Return triwulan, semester and tahun in one table with target and capaian (LKIP 3.14)."""
    rows = []
    for result in results:
        if result.periode is None:
            continue
        reached = achievement(result.periode, result.hasil.ikm, targets)
        rows.append(
            (
                result.periode.label,
                format_number(result.hasil.responden),
                ikm_text(result.hasil.ikm),
                result.hasil.mutu or TANPA,
                result.hasil.kinerja or TANPA,
                ikm_text(reached.target) if reached else TANPA,
                percent_text(reached.persen) if reached and reached.persen else TANPA,
                result.catatan,
            )
        )
    kolom = (
        Kolom("Periode"),
        _RESPONDEN,
        _IKM,
        _MUTU,
        _KINERJA,
        Kolom("Target", angka=True),
        Kolom("Capaian", angka=True),
        Kolom("Keterangan"),
    )
    return Tabel("periode", judul, kolom, tuple(rows))


def comparison_table(rows: Iterable[Realisasi], judul: str) -> Tabel:
    """Return periods of one kind beside each other (LKIP 3.14): target, realisasi, capaian.

    Each row also says where its figure comes from.
    """
    kolom = (
        Kolom("Periode"),
        Kolom("Target", angka=True),
        Kolom("Realisasi IKM", angka=True),
        _MUTU,
        Kolom("Capaian", angka=True),
        Kolom("Keterangan"),
    )
    cells = tuple(
        (
            r.periode.label,
            ikm_text(r.target),
            ikm_text(r.ikm),
            r.mutu,
            percent_text(r.persen) if r.persen is not None else TANPA,
            r.keterangan,
        )
        for r in rows
    )
    return Tabel("perbandingan", judul, kolom, cells)


def percent_text(value: Fraction) -> str:
    """Return a percentage as printed: 111,29%."""
    return f"{format_number(value, 2)}%"


def group_table(
    groups: Sequence[Kelompok], per: Per, names: Mapping[str, str], judul: str
) -> Tabel:
    """Return one row per group with its IKM, strongest and weakest unsur; small ones marked."""
    rows = tuple(_strength_row(group_name(g, per, names), g.hasil) for g in groups)
    kolom = (
        Kolom(JUDUL[per]),
        _RESPONDEN,
        _IKM,
        _MUTU,
        Kolom("Terkuat"),
        Kolom("Terlemah"),
        Kolom("Keterangan"),
    )
    return Tabel(f"kekuatan-{per}", judul, kolom, rows)


def _strength_row(name: str, result: HasilPeriode) -> tuple[str, ...]:
    hasil = result.hasil
    strong, weak = strongest(hasil), weakest(hasil)
    notes = dict.fromkeys([_remark(result), strong.catatan, weak.catatan])
    return (
        name,
        format_number(hasil.responden),
        ikm_text(hasil.ikm),
        hasil.mutu or TANPA,
        _codes(strong.unsur),
        _codes(weak.unsur),
        " ".join(n for n in notes if n),
    )


def ranking_table(
    groups: Sequence[Kelompok], per: Per, names: Mapping[str, str], judul: str
) -> Tabel:
    """Return the groups by IKM, highest first; equal printed IKM share a rank (1, 2, 2, 4)."""
    measured = [g for g in groups if g.hasil.hasil.ikm is not None]
    ordered = sorted(measured, key=lambda g: (-(g.hasil.hasil.ikm or 0), group_name(g, per, names)))
    values = [g.hasil.hasil.ikm for g in ordered]
    rows = tuple(
        (
            str(values.index(g.hasil.hasil.ikm) + 1),
            group_name(g, per, names),
            format_number(g.hasil.hasil.responden),
            ikm_text(g.hasil.hasil.ikm),
            g.hasil.hasil.mutu or TANPA,
            _codes(weakest(g.hasil.hasil).unsur),
            _remark(g.hasil),
        )
        for g in ordered
    )
    kolom = (
        Kolom("Peringkat", angka=True),
        Kolom(JUDUL[per]),
        _RESPONDEN,
        _IKM,
        _MUTU,
        Kolom("Terlemah"),
        Kolom("Keterangan"),
    )
    return Tabel(f"peringkat-{per}", judul, kolom, rows)


def matrix_table(
    groups: Sequence[Kelompok], per: Per, names: Mapping[str, str], judul: str
) -> Tabel:
    """Return the IKM per group x unsur, the heat map's figures."""
    codes = [u.kode for u in groups[0].hasil.hasil.unsur] if groups else []
    rows = tuple(
        (
            group_name(g, per, names),
            format_number(g.hasil.hasil.responden),
            *(ikm_text(u.ikm) for u in g.hasil.hasil.unsur),
            ikm_text(g.hasil.hasil.ikm),
        )
        for g in groups
    )
    first = Kolom(JUDUL[per])
    kolom = (first, _RESPONDEN, *(Kolom(c, angka=True) for c in codes), _IKM)
    return Tabel(f"peta-{per}", judul, kolom, rows)


def counts_table(
    unit: HasilPeriode, groups: Sequence[Kelompok], per: Per, names: Mapping[str, str], judul: str
) -> Tabel:
    """Return how many answered 1, 2, 3 and 4, per unsur: what every figure comes from.

    The whole unit first, then each group.
    """
    parts = [(SELURUH, unit), *((group_name(g, per, names), g.hasil) for g in groups)]
    rows = tuple(
        (
            name,
            u.kode,
            u.nama,
            *(format_number(n) for n in u.tally.counts),
            format_number(u.tally.n),
        )
        for name, result in parts
        for u in result.hasil.unsur
    )
    values = (Kolom(str(v), angka=True) for v in (1, 2, 3, 4))
    first = Kolom(JUDUL[per])
    kolom = (first, Kolom("Kode"), Kolom("Unsur"), *values, Kolom("Jumlah jawaban", angka=True))
    return Tabel(f"sebaran-{per}", judul, kolom, rows)


def distribution_table(unsur: HasilUnsur, options: Sequence[str], parts: Sequence[Bagian]) -> Tabel:
    """Return how many chose each option of an unsur, with percentages."""
    rows = tuple(
        (str(value), option, format_number(part.jumlah), percent_text(part.persen))
        for value, (option, part) in enumerate(zip(options, parts, strict=True), start=1)
    )
    kolom = (
        Kolom("Nilai", angka=True),
        Kolom("Jawaban"),
        Kolom("Jumlah", angka=True),
        Kolom("Persen", angka=True),
    )
    answers = unsur.tally.n
    kaki = (
        "",
        "Jumlah",
        format_number(answers),
        percent_text(Fraction(100)) if answers else TANPA,
    )
    return Tabel(f"sebaran-{unsur.kode.lower()}", unsur.nama, kolom, rows, kaki)


def share_table(nama: str, judul: str, heading: str, parts: Sequence[Bagian]) -> Tabel:
    """Return counts and percentages with the total 100,00 %, as LKIP prints respondents."""
    total = sum(p.jumlah for p in parts)
    rows = tuple((p.label, format_number(p.jumlah), percent_text(p.persen)) for p in parts)
    kolom = (Kolom(heading), Kolom("Jumlah", angka=True), Kolom("Persen", angka=True))
    kaki = ("Jumlah", format_number(total), percent_text(Fraction(100)) if total else TANPA)
    return Tabel(nama, judul, kolom, rows, kaki)


def group_name(group: Kelompok, per: Per, names: Mapping[str, str]) -> str:
    """Return a group's name for people; its code where the survey no longer names it."""
    kode = group.kode(per)
    return TAK_DIISI if kode is None else names.get(kode, kode)


def _codes(unsur: Sequence[HasilUnsur]) -> str:
    return ", ".join(u.kode for u in unsur) or TANPA


def _remark(result: HasilPeriode) -> str:
    """Return what to know of a group: few respondents, or not all parts of the period."""
    notes = []
    if is_small(result.hasil.responden):
        notes.append(f"Responden kurang dari {KECIL}.")
    if result.hilang or result.tak_terbagi:
        notes.append(f"{result.catatan[:1].upper()}{result.catatan[1:]}.")
    return " ".join(notes)
