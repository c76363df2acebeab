"""Double entry: what keying some sheets of a sitting twice says about typing errors."""

from __future__ import annotations

from fractions import Fraction

from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, percent_text
from skm.angka import format_number
from skm.pengumpulan.masuk import clock_text
from skm.store import Store
from skm.survei import Survei

_CATATAN = (
    "Satu baris untuk tiap sesi entri kertas: hasil entri ulangnya yang terakhir. Isian: jawaban "
    "dan data responden pada lembar yang diketik dua kali; tingkat beda = berbeda : isian."
)


def double_entry_table(store: Store, survei: Survei) -> Tabel:
    """Return the results of the double entries, newest first, with their sum where there are more.

    A sitting is named by its batch, as in the history of uploads; one that was undone stays.
    """
    found = store.double_entries(survei.id)
    # Oldest first, so that a sitting that went on after an undo has its newest batch.
    batches = {b.sesi: b.id for b in reversed(store.list_batches(survei.id))} if found else {}
    rows = tuple(
        (
            batches.get(item.sesi, TANPA),
            *_figures(item.lembar, item.isian, item.berbeda),
            clock_text(item.waktu, survei),
        )
        for item in found
    )
    counts = [(item.lembar, item.isian, item.berbeda) for item in found]
    kaki = ("Jumlah", *_figures(*map(sum, zip(*counts, strict=True))), "") if len(rows) > 1 else ()
    kolom = (
        Kolom("Sesi entri kertas"),
        *(Kolom(k, angka=True) for k in ("Lembar", "Isian", "Berbeda", "Tingkat beda")),
        Kolom("Dibandingkan"),
    )
    return Tabel("entri-ganda", "Pemeriksaan entri ganda", kolom, rows, kaki, _CATATAN)


def _figures(lembar: int, isian: int, berbeda: int) -> tuple[str, str, str, str]:
    rate = percent_text(Fraction(100 * berbeda, isian)) if isian else TANPA
    return format_number(lembar), format_number(isian), format_number(berbeda), rate
