"""Groups in the survey's order, with the names people and published tables use, and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm.analysis.groups import WAKTU, Kelompok, Per
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import KECIL, TAK_DIISI, TANPA, ikm_text, is_small, unsur_table
from skm.angka import format_number
from skm.periode import Periode, parse_period
from skm.survei import Survei

JUDUL = {
    Per.LAYANAN: "Jenis layanan",
    Per.TITIK: "Titik layanan",
    Per.KANAL: "Kanal",
    Per.TRIWULAN: "Periode",
    Per.SEMESTER: "Periode",
    Per.TAHUN: "Periode",
}


@dataclass(frozen=True, slots=True)
class Nama:
    """The names of the survey's layanan and titik by code, in its order."""

    daftar: Mapping[Per, Mapping[str, str]]

    @classmethod
    def of(cls, survei: Survei) -> Nama:
        """Return the names of a survey."""
        return cls(
            {
                Per.LAYANAN: {item.kode: item.nama for item in survei.layanan},
                Per.TITIK: {item.kode: item.nama for item in survei.titik},
            }
        )

    def name(self, per: Per, kode: str | None) -> str | None:
        """Return the name of a code; the code itself for a period and for what has no name."""
        return None if kode is None else self.daftar.get(per, {}).get(kode, kode)

    def label(self, per: Per, kode: str | None) -> str:
        """Return what a table prints: the name, a period's label, or "(tidak diisi)"."""
        if kode is not None and per in WAKTU:
            return parse_period(kode).label
        return self.name(per, kode) or TAK_DIISI

    def place(self, per: Per, kode: str | None) -> tuple[int, str]:
        """Return where a code stands: the survey's order, then unknown codes, then blanks."""
        if kode is None:
            return (1_000_001, "")
        if per in WAKTU:
            return (0, parse_period(kode).mulai.isoformat())
        order = list(self.daftar.get(per, {}))
        return (order.index(kode) if kode in order else 1_000_000, kode)


def in_order(groups: Sequence[Kelompok], nama: Nama) -> list[Kelompok]:
    """Return the groups that have respondents, in order; a result of all stays in any case."""
    filled = [g for g in groups if g.hasil.hasil.responden or not g.kunci]
    return sorted(filled, key=lambda g: [nama.place(per, kode) for per, kode in g.kunci])


def result_tables(
    groups: Sequence[Kelompok], nama: Nama, per: Sequence[Per], judul: str
) -> list[Tabel]:
    """Return the detail per unsur where there is one result, else one row per group."""
    if not per:
        return [unsur_table(g.hasil.hasil, judul) for g in groups]
    return [_group_table(groups, nama, per, judul)] if groups else []


def _group_table(groups: Sequence[Kelompok], nama: Nama, per: Sequence[Per], judul: str) -> Tabel:
    shared = {g.hasil.catatan for g in groups}
    common = shared.pop() if len(shared) == 1 and len(groups) > 1 else ""
    rows = []
    for group in groups:
        hasil = group.hasil.hasil
        small = f"responden kurang dari {KECIL}" if is_small(hasil.responden) else ""
        remarks = ("" if common else group.hasil.catatan, small)
        rows.append(
            (
                *(nama.label(p, group.kode(p)) for p in per),
                format_number(hasil.responden),
                ikm_text(hasil.ikm),
                hasil.mutu or TANPA,
                hasil.kinerja or TANPA,
                "; ".join(r for r in remarks if r),
            )
        )
    kolom = [
        *(Kolom(JUDUL[p]) for p in per),
        Kolom("Responden", angka=True),
        Kolom("IKM", angka=True),
        Kolom("Mutu"),
        Kolom("Kinerja"),
        Kolom("Keterangan"),
    ]
    if not any(row[-1] for row in rows):
        kolom, rows = kolom[:-1], [row[:-1] for row in rows]
    note = f"Metode {groups[0].hasil.hasil.metode.label}. {_sentence(common)}".strip()
    return Tabel("kelompok", judul, tuple(kolom), tuple(rows), catatan=note)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def headline(groups: Sequence[Kelompok], periode: Periode | None) -> list[str]:
    """Return the unit's result in a line, where there is one result."""
    if len(groups) != 1 or groups[0].kunci:
        return []
    result = groups[0].hasil
    hasil = result.hasil
    if hasil.ikm is None:
        return []
    when = f", {periode.label}" if periode else ""
    people = f"{format_number(hasil.responden)} responden{when}"
    lines = [f"IKM {ikm_text(hasil.ikm)} · {hasil.mutu} ({hasil.kinerja}) · {people}"]
    if result.catatan:
        lines.append(_sentence(result.catatan))
    return lines
