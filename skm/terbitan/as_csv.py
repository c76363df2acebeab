"""A published period as open data: one value a row, for programs and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from skm.analysis.table import as_text
from skm.ikm import IKM_PLACES, NRR_PLACES
from skm.terbitan.as_json import fixed, source, utc_text
from skm.terbitan.lindungan import PROFIL
from skm.terbitan.terbitan import Angka, NilaiUnsur, Rincian, Terbitan

KOLOM = (
    "survei", "periode", "bagian", "kode", "nama", "unsur", "ukuran", "nilai", "keadaan",
)  # fmt: skip
"""The columns. `keadaan` is empty for a value, else one of the two below."""
DISEMBUNYIKAN, GABUNGAN = "disembunyikan", "gabungan"
"""A value that is not shown; the respondents of all hidden groups of a `bagian` together."""

Row = tuple[str, str, str, str, str, str, str]


def write_open_data(terbitan: Terbitan) -> bytes:
    """Return CSV with commas, decimal points, and UTF-8 with a byte order mark.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(KOLOM)
    place = (terbitan.identitas.id, terbitan.periode.kode)
    for row in _rows(terbitan):
        writer.writerow([*place, *(as_text(cell) for cell in row)])
    return out.getvalue().encode("utf-8-sig")


def _rows(terbitan: Terbitan) -> Iterator[Row]:
    t = terbitan
    for ukuran, nilai in (
        ("sumber", source(t)),
        ("keterangan", t.identitas.keterangan),
        ("metode", t.metode.label),
        ("diterbitkan", utc_text(t.diterbitkan)),
        ("jawaban_sampai", utc_text(t.sampai)),
        ("sha256", t.sha256),
    ):
        yield ("keterangan", "", "", "", ukuran, nilai, "")
    yield from _figures(("unit", "", t.identitas.unit), t.angka)
    for rincian in (t.layanan, t.titik):
        yield from _groups(rincian, rincian.dimensi, figures=True)
    for rincian in t.profil:
        yield from _groups(rincian, PROFIL + rincian.dimensi, figures=False)


def _groups(rincian: Rincian, bagian: str, *, figures: bool) -> Iterator[Row]:
    for golongan in rincian.golongan:
        place = (bagian, golongan.kode, golongan.nama)
        yield (*place, "", "responden", str(golongan.responden), "")
        if figures:
            yield from list(_figures(place, golongan.angka))[1:]
    for kode, nama in rincian.disembunyikan:
        yield (bagian, kode, nama, "", "responden", "", DISEMBUNYIKAN)
    if rincian.disembunyikan:
        together = str(rincian.responden_disembunyikan)
        yield (bagian, "", "", "", "responden", together, GABUNGAN)


def _figures(place: tuple[str, str, str], angka: Angka | None) -> Iterator[Row]:
    """Yield the respondents, the IKM with its mutu, and the figures per unsur."""
    if angka is None:
        yield (*place, "", "responden", "", DISEMBUNYIKAN)
        yield (*place, "", "ikm", "", DISEMBUNYIKAN)
        return
    yield (*place, "", "responden", str(angka.responden), "")
    yield (*place, "", "ikm", _text(angka.ikm, IKM_PLACES), "")
    yield (*place, "", "mutu", angka.mutu or "", "")
    for unsur in angka.unsur:
        yield from _unsur(place, unsur)


def _unsur(place: tuple[str, str, str], unsur: NilaiUnsur) -> Iterator[Row]:
    yield (*place, unsur.kode, "nrr", _text(unsur.nrr, NRR_PLACES), "")
    yield (*place, unsur.kode, "ikm", _text(unsur.ikm, IKM_PLACES), "")


def _text(value: Fraction | Decimal | None, places: int) -> str:
    return fixed(value, places) or ""
