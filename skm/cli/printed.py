"""How published figures compare with the methods, in words and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, ikm_text
from skm.angka import decimals_of, format_number
from skm.intake import ProcessingSheet
from skm.pesan import message
from skm.rekonsiliasi import Beda, Kecocokan

BESARAN = {
    "nrr": "NRR",
    "tertimbang": "NRR tertimbang",
    "ikm_unsur": "IKM unsur",
    "ikm": "IKM",
    "jumlah": "jumlah nilai",
}
_SHOWN = 5


def number(value: Decimal) -> str:
    """Return a figure with the decimals it has, as Indonesians print it."""
    return format_number(value, decimals_of(value))


def fit_table(fits: Sequence[Kecocokan], judul: str) -> Tabel:
    """Return every method with its verdict, its IKM, and by how much it misses."""
    rows = tuple(
        (
            fit.metode.nama,
            fit.metode.bobot.nama.replace(".", ","),
            verdict(fit),
            span(*fit.ikm),
            number(fit.selisih) if fit.beda else TANPA,
            "; ".join(_miss(b) for b in worst(fit)),
        )
        for fit in fits
    )
    kolom = (
        Kolom("Metode"),
        Kolom("Bobot"),
        Kolom("Cocok"),
        Kolom("IKM"),
        Kolom("Selisih", angka=True),
        Kolom("Selisih terbesar"),
    )
    return Tabel("rekonsiliasi", judul, kolom, rows)


def verdict(fit: Kecocokan) -> str:
    """Return whether a method fits, and whether that is proven."""
    if not fit.cocok:
        return "tidak"
    return "terbukti" if fit.pasti else "mungkin"


def span(low: Decimal, high: Decimal) -> str:
    """Return the range that a figure lies in; one number where both ends print alike."""
    return ikm_text(low) if low == high else f"{ikm_text(low)}-{ikm_text(high)}"


def worst(fit: Kecocokan) -> list[Beda]:
    """Return the figure that a method misses most."""
    return sorted(fit.beda, key=lambda b: -b.selisih)[:1]


def _miss(beda: Beda) -> str:
    what = " ".join(part for part in (BESARAN[beda.besaran], beda.unsur) if part)
    low, high = number(beda.dihitung), number(beda.sampai)
    computed = low if low == high else f"{low}-{high}"
    return f"{what} {number(beda.tercetak)}, dihitung {computed}"


def comparison_lines(sheet: ProcessingSheet | None) -> Iterator[str]:
    """Yield how the figures printed under the rows of a processing sheet compare with ours."""
    if sheet is None:
        return
    rows = ", ".join(str(n) for n in sheet.baris)
    if not sheet.utuh:
        yield message("tercetak-tak-utuh", baris=rows)
        return
    if sheet.cocok:
        names = "; ".join(fit.metode.label for fit in sheet.cocok)
        yield message("tercetak-cocok", baris=rows, metode=names)
        return
    misses = list(sheet.beda)
    if sheet.kecocokan and not misses:
        misses = list(sheet.kecocokan[0].beda)
    best = sheet.kecocokan[0].metode.label if sheet.kecocokan else TANPA
    shown = "; ".join(_miss(b) for b in misses[:_SHOWN])
    more = f"; dan {len(misses) - _SHOWN} lagi" if len(misses) > _SHOWN else ""
    yield message("tercetak-beda", baris=rows, metode=best, isi=shown + more)
