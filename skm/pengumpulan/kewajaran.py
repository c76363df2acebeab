"""Whether a period was collected honestly: what came in its last days, and what staff entered.

These are shares to look at, never reasons to delete: an office may well be busiest at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, percent_text
from skm.angka import format_number
from skm.jawaban import Kanal
from skm.pengumpulan.kecukupan import working_days
from skm.periode import Periode
from skm.store import Store
from skm.survei import Survei

AKHIR = 7
"""The last days of a period, in which a target is often filled up."""
MELONJAK = 2
"""Times the share of working days from which on the last days are called a surge."""
FEWEST = 30
"""With fewer dated answers the shares say nothing."""
PETUGAS = (
    (Kanal.PETUGAS.value, "Diisikan petugas", "Petugas bertanya dan mengisi di perangkat kantor"),
    (Kanal.KERTAS.value, "Disalin dari kertas", "Diisi responden, diketik petugas"),
    (Kanal.UNGGAH.value, "Dari berkas", "Diunggah petugas; cara mengisinya tidak diketahui"),
)
"""The channels on which the office's own staff stands between respondent and store."""


@dataclass(frozen=True, slots=True)
class Kewajaran:
    """How a period was collected. `bertanggal` are the answers with a day in it, `akhir` those of
    the last seven days; `wajar` is the share of working days that these are (0-100).
    """

    jumlah: int
    bertanggal: int
    akhir: int
    wajar: Fraction
    selesai: bool
    kanal: dict[str, int]

    @property
    def bagian_akhir(self) -> Fraction | None:
        """Return the share of the last days (0-100); None before the end, or from too few."""
        if not self.selesai or self.bertanggal < FEWEST:
            return None
        return Fraction(100 * self.akhir, self.bertanggal)

    @property
    def melonjak(self) -> bool:
        """Return whether the last days hold at least twice their share."""
        found = self.bagian_akhir
        return found is not None and found >= MELONJAK * self.wajar > 0


def collection_shape(
    store: Store, survei: Survei, periode: Periode, hari: date, kanal: Mapping[str | None, int]
) -> Kewajaran:
    """Return how the counted answers of a period came in.

    `hari` is today, or the day on which the figures were frozen; `kanal` are the counted answers
    by channel. The days are those of the recap, which stays when answers have had their time.
    """
    first = periode.selesai - timedelta(days=AKHIR - 1)
    rows = store.daily_counts(survei.id, periode.mulai, periode.selesai, ())
    by_day = Counter({row.hari: row.n for row in rows})
    days = working_days(survei, periode.mulai, periode.selesai)
    last = working_days(survei, first, periode.selesai)
    return Kewajaran(
        jumlah=sum(kanal.values()),
        bertanggal=by_day.total(),
        akhir=sum(n for day, n in by_day.items() if day >= first),
        wajar=Fraction(100 * last, days) if days else Fraction(0),
        selesai=hari > periode.selesai,
        kanal={k: n for k, n in kanal.items() if k},
    )


def shape_table(periode: Periode, kewajaran: Kewajaran) -> Tabel:
    """Return the shares of the last days and of what staff entered, each with what is usual."""
    found = kewajaran.bagian_akhir
    if found is None:
        told = "Belum dinilai: periode belum berakhir atau jawaban bertanggal terlalu sedikit"
    else:
        told = f"Bagian hari kerjanya {percent_text(kewajaran.wajar)}"
        told += "; melonjak, perlu dilihat" if kewajaran.melonjak else ""
    rows = [
        (
            f"{AKHIR} hari terakhir",
            format_number(kewajaran.akhir),
            percent_text(found) if found is not None else TANPA,
            told,
        )
    ]
    for kode, label, meaning in PETUGAS:
        n = kewajaran.kanal.get(kode, 0)
        share = Fraction(100 * n, kewajaran.jumlah) if kewajaran.jumlah else None
        share_text = percent_text(share) if share is not None else TANPA
        rows.append((label, format_number(n), share_text, meaning))
    kolom = (
        Kolom("Jawaban"),
        Kolom("Jumlah", angka=True),
        Kolom("Bagian", angka=True),
        Kolom("Keterangan"),
    )
    note = "Untuk dilihat, bukan alasan menghapus: jawaban tidak pernah dihapus karenanya."
    title = f"Kewajaran pengumpulan, {periode.label}"
    return Tabel("kewajaran", title, kolom, tuple(rows), catatan=note)


def shape_sentence(kewajaran: Kewajaran) -> str:
    """Return the sentence of the report; "" where nothing can be said.

    The days are left out where answers have come in since the figures were frozen.
    """
    parts = []
    found = kewajaran.bagian_akhir
    if found is not None and kewajaran.bertanggal <= kewajaran.jumlah:
        parts.append(
            f"{percent_text(found)} jawaban bertanggal masuk pada {AKHIR} hari terakhir periode "
            f"(bagian hari kerjanya {percent_text(kewajaran.wajar)})"
        )
    asked = kewajaran.kanal.get(Kanal.PETUGAS.value, 0)
    if kewajaran.jumlah:
        share = percent_text(Fraction(100 * asked, kewajaran.jumlah))
        parts.append(f"{share} jawaban diisikan petugas")
    return f"Sebanyak {' dan '.join(parts)}." if parts else ""
