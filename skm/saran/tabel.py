"""The tables of the page Saran: remarks by unsur, and the list for a download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from skm.analysis.groups import Per
from skm.analysis.saran import LAINNYA
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA
from skm.angka import format_number
from skm.hasil import names_of
from skm.jawaban import NAMA_KANAL
from skm.periode import Periode
from skm.saran.baca import Ulasan
from skm.saran.cari import BARU, Ringkas
from skm.store import StatusSaran, Tanggapan
from skm.survei import Survei
from skm.tanggal import day_text

NAMA_STATUS = {
    StatusSaran.BARU: "Baru",
    StatusSaran.PERLU: "Perlu ditindak",
    StatusSaran.DITINDAK: "Ditindaklanjuti",
    StatusSaran.SELESAI: "Selesai",
    StatusSaran.TIDAK_RELEVAN: "Tidak relevan",
}
"""What people call each status."""
UNSUR, DAFTAR = SARAN = ("saran-unsur", "daftar-saran")
"""The file names of the page's tables."""


def unsur_names(survei: Survei) -> dict[str, str]:
    """Return the unsur as they are chosen: those of the survey, and "" for remarks of none."""
    return {u.kode: f"{u.kode} {u.nama}" for u in survei.unsur} | {"": LAINNYA}


def unsur_table(survei: Survei, periode: Periode, ringkas: Ringkas) -> Tabel:
    """Return the remarks by unsur in the survey's order, "Lainnya" last."""
    rows = tuple(
        (name, format_number(ringkas.unsur.get(kode, 0)))
        for kode, name in unsur_names(survei).items()
    )
    note = "Menurut kata yang dipakai; satu saran dapat menyangkut beberapa unsur."
    title = f"Saran menurut unsur, {periode.label}"
    return Tabel(UNSUR, title, (Kolom("Unsur"), Kolom("Saran", angka=True)), rows, (), note)


def unsur_lengths(survei: Survei, ringkas: Ringkas) -> list[float]:
    """Return how long the bar of each row of `unsur_table` is: 100 for the most."""
    most = max((*ringkas.unsur.values(), 1))
    return [ringkas.unsur.get(kode, 0) * 100 / most for kode in unsur_names(survei)]


def remark_table(
    survei: Survei,
    periode: Periode,
    found: Iterable[Ulasan],
    known: Mapping[int, Tanggapan],
) -> Tabel:
    """Return remarks with what became of each, for a download. Days, no times."""
    names = unsur_names(survei)
    places, services = names_of(survei, Per.TITIK), names_of(survei, Per.LAYANAN)
    rows = []
    for u in found:
        s, state = u.saran, known.get(u.saran.id, BARU)
        rows.append(
            (
                day_text(u.hari) if u.hari else TANPA,
                services.get(s.layanan or "", TANPA),
                places.get(s.titik or "", TANPA),
                NAMA_KANAL[s.kanal],
                ", ".join(names[kode] for kode in u.unsur) or LAINNYA,
                s.teks,
                NAMA_STATUS[state.status],
                state.balasan,
            )
        )
    kolom = ("Tanggal", "Layanan", "Titik", "Kanal", "Unsur", "Saran", "Status", "Balasan")
    title = f"Saran, {periode.label}"
    return Tabel(DAFTAR, title, tuple(Kolom(k) for k in kolom), tuple(rows))
