"""The tables of certainty, questionnaire, importance and groups. Every digit is made here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from skm.analysis.beda_kelompok import BedaKelas, Dimensi, Putusan
from skm.analysis.kepastian import FEWEST
from skm.analysis.kepentingan import Kepentingan, Peta
from skm.analysis.kuesioner import LEMAH, Butir, MutuKuesioner
from skm.analysis.suppress import FEWEST as RAHASIA
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, ikm_text, percent_text
from skm.angka import format_change, format_number, round_half_up
from skm.ikm import IKM_PLACES
from skm.rekap import Slot

KORELASI = 2
"""Decimals of a correlation or an alpha: more would pretend."""
BUTIR, KORELASI_UNSUR, KUADRAN, KELOMPOK = (
    "mutu-butir",
    "korelasi-unsur",
    "kepentingan-unsur",
    "perbedaan-kelompok",
)
"""The tables' file names."""


def ratio_text(value: Fraction | None) -> str:
    """Return a correlation or alpha as printed; a true minus."""
    if value is None:
        return TANPA
    sign = "−" if value < 0 else ""
    return sign + format_number(abs(value), KORELASI)


def points_text(value: Fraction | Decimal | None) -> str:
    """Return a half width in points as printed."""
    return TANPA if value is None else format_number(value, IKM_PLACES)


def slot_name(slot: Slot, names: Mapping[str, str], butir: Sequence[Butir]) -> str:
    """Return "U1 Persyaratan", with its place where the unsur has several questions."""
    several = sum(b.slot.kode == slot.kode for b in butir) > 1
    name = f"{slot.kode} {names.get(slot.kode, '')}".strip()
    return f"{name} (pertanyaan {slot.ke + 1})" if several else name


def item_table(mutu: MutuKuesioner, names: Mapping[str, str], judul: str) -> Tabel:
    """Return each question's blanks, its correlation with the others, and alpha without it."""
    rows = tuple(
        (
            slot_name(b.slot, names, mutu.butir),
            format_number(b.terisi),
            format_number(b.kosong),
            percent_text(b.persen_kosong),
            ratio_text(b.korelasi),
            ratio_text(b.alpha_tanpa),
            _remark(b, mutu.alpha),
        )
        for b in mutu.butir
    )
    words = ("Terisi", "Kosong", "Kosong (%)", "Korelasi", "Alfa tanpa unsur ini")
    kolom = (Kolom("Unsur"), *(Kolom(w, angka=True) for w in words), Kolom("Keterangan"))
    note = (
        f"Korelasi dengan jumlah unsur yang lain dan alfa Cronbach dari "
        f"{format_number(mutu.lengkap)} lembar yang terisi lengkap."
        if mutu.lengkap >= FEWEST
        else f"Korelasi dan alfa dinyatakan mulai dari {FEWEST} lembar yang terisi lengkap."
    )
    return Tabel(BUTIR, judul, kolom, rows, catatan=note)


def _remark(butir: Butir, alpha: Fraction | None) -> str:
    if butir.korelasi is None:
        return ""
    if butir.korelasi < LEMAH:
        return f"Lemah (di bawah {format_number(LEMAH, KORELASI)})"
    without = butir.alpha_tanpa
    if (
        alpha is not None
        and without is not None
        and round_half_up(without, KORELASI) > round_half_up(alpha, KORELASI)
    ):
        return "Alfa naik tanpa unsur ini"
    return ""


def correlation_table(mutu: MutuKuesioner, judul: str) -> Tabel:
    """Return the correlations of every two questions; empty where none is stated."""
    codes = short_codes(mutu)
    rows = tuple(
        (code, *(_cell(mutu, i, j) for j in range(len(codes)))) for i, code in enumerate(codes)
    )
    kolom = (Kolom("Unsur"), *(Kolom(c, angka=True) for c in codes))
    note = (
        f"Korelasi Pearson dari {format_number(mutu.lengkap)} lembar yang terisi lengkap "
        "(analisis bivariat, PermenPANRB 14/2017)."
    )
    return Tabel(KORELASI_UNSUR, judul, kolom, rows if mutu.korelasi else (), catatan=note)


def short_codes(mutu: MutuKuesioner) -> list[str]:
    """Return "U1", or "U1.2" for the second of an unsur's several questions, in order."""
    asked = Counter(b.slot.kode for b in mutu.butir)
    return [
        f"{b.slot.kode}.{b.slot.ke + 1}" if asked[b.slot.kode] > 1 else b.slot.kode
        for b in mutu.butir
    ]


def _cell(mutu: MutuKuesioner, i: int, j: int) -> str:
    if i == j:
        return format_number(1, KORELASI)
    return ratio_text(mutu.korelasi.get((min(i, j), max(i, j))))


def importance_table(peta: Peta, judul: str) -> Tabel:
    """Return the unsur with their quadrants, the most important first."""
    ranked = sorted(peta.titik, key=lambda t: (-t.korelasi, t.kode))
    rows = tuple(
        (
            f"{t.kode} {t.nama}",
            ikm_text(t.ikm),
            points_text(t.jarak_ikm),
            ratio_text(t.korelasi),
            ratio_text(t.jarak),
            t.kuadran.value,
            sureness(t),
        )
        for t in ranked
    )
    kolom = (
        Kolom("Unsur"),
        Kolom("IKM", angka=True),
        Kolom("± IKM", angka=True),
        Kolom("Kepentingan", angka=True),
        Kolom("± kepentingan", angka=True),
        Kolom("Kuadran"),
        Kolom("Kepastian"),
    )
    note = (
        f"Batas kuadran: IKM unit {ikm_text(peta.batas_ikm)} dan rata-rata kepentingan "
        f"{ratio_text(peta.batas_korelasi)}. Kepentingan adalah korelasi unsur dengan jumlah "
        f"unsur yang lain, dari {format_number(peta.lengkap)} lembar yang terisi lengkap."
    )
    return Tabel(KUADRAN, judul, kolom, rows, catatan=note)


def sureness(titik: Kepentingan) -> str:
    """Return whether the quadrant of an unsur can be told from its neighbour."""
    return "Jelas" if titik.jelas else "Dekat batas"


def group_table(dimensi: Sequence[Dimensi], judul: str) -> Tabel:
    """Return all groups with their means, and what can be said of their difference."""
    rows = tuple(
        (d.judul, k.nama, format_number(k.n), *_figures(k), k.putusan.value.capitalize())
        for d in dimensi
        for k in d.kelas
    )
    words = ("Responden", "Rata-rata", "±", "Selisih", "± selisih")
    kolom = (
        Kolom("Golongan"),
        Kolom("Kelompok"),
        *(Kolom(w, angka=True) for w in words),
        Kolom("Kesimpulan"),
    )
    return Tabel(KELOMPOK, judul, kolom, rows, catatan=group_note(dimensi))


def _figures(kelas: BedaKelas) -> tuple[str, ...]:
    change = TANPA if kelas.selisih is None else format_change(kelas.selisih, IKM_PLACES)
    return (
        ikm_text(kelas.rata),
        points_text(kelas.jarak),
        change,
        points_text(kelas.jarak_selisih),
    )


def group_note(dimensi: Sequence[Dimensi]) -> str:
    """Return how to read the groups, and what is not shown."""
    note = (
        "Rata-rata nilai setiap responden × 25, semua jawaban periode ini digabung; bukan IKM "
        "resmi. Selisih terhadap semua responden lain pada golongan yang sama. Kesimpulan berlaku "
        f"bersama-sama untuk semua kelompok (koreksi Holm), mulai dari {FEWEST} responden."
    )
    if any(k.putusan is Putusan.RAHASIA for d in dimensi for k in d.kelas):
        note += (
            f" Angka kelompok dengan kurang dari {RAHASIA} responden tidak ditampilkan, juga angka "
            "yang dapat dipakai menghitungnya."
        )
    return note
