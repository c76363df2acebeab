"""Publication of a result: one A4 page to hang and to post (PermenPANRB 14/2017, Pasal 4).

"peraturan" is the form of Lampiran IV; "modern" adds the unsur, the plan and the way to the
results page. Every figure arrives as printed text: the poster formats nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from skm.pesan import SkmError
from skm.report.document import compile_pdf, compile_png, plain
from skm.report.poster import typed_address
from skm.report.qr import qr_svg
from skm.report.warna import TINTA, mutu_colour

Bentuk = Literal["peraturan", "modern"]
BENTUK: tuple[Bentuk, ...] = get_args(Bentuk)
Hitungan = tuple[tuple[str, str], ...]
"""Groups of respondents with their printed numbers; a suppressed one is "< 5" or "—"."""


@dataclass(frozen=True, slots=True)
class UnsurTerbit:
    """One unsur: `ikm` as printed ("90,35", "—"), `nilai` (25-100) only as the bar's length."""

    kode: str
    nama: str
    ikm: str
    nilai: float | None
    mutu: str


@dataclass(frozen=True, slots=True)
class Publikasi:
    """What an office publishes about one period, in printed texts.

    `mutu` and `kinerja` are empty where nobody answered. `metode` is a sentence about the survey's
    method and rounding, which Pasal 4 wants beside the result. `keadaan` is "DRAF" until the
    period is closed, then empty; `kode_periksa` ties the page to its data.
    """

    judul: str
    instansi: str
    unit: str
    periode: str
    ikm: str
    mutu: str
    kinerja: str
    layanan: tuple[str, ...]
    responden: str
    jenis_kelamin: Hitungan
    pendidikan: Hitungan
    mulai: str
    selesai: str
    unsur: tuple[UnsurTerbit, ...]
    metode: str
    tindak_lanjut: tuple[str, ...]
    alamat_hasil: str | None
    kode_periksa: str
    keadaan: str = ""


def write_publication(publikasi: Publikasi, bentuk: Bentuk) -> bytes:
    """Return the page as PDF: A4 lying for "peraturan", standing for "modern".

    Raises SkmError `publikasi-bentuk`, `qr-terlalu-panjang`.
    """
    return compile_pdf(f"publikasi-{bentuk}.typ", _data(publikasi, bentuk))


def publication_png(publikasi: Publikasi, bentuk: Bentuk, ppi: int = 150) -> bytes:
    """Return the same page as a picture of `ppi` pixels an inch, to post online.

    Raises SkmError `publikasi-bentuk`, `qr-terlalu-panjang`.
    """
    return compile_png(f"publikasi-{bentuk}.typ", _data(publikasi, bentuk), ppi)


def _data(publikasi: Publikasi, bentuk: Bentuk) -> dict[str, object]:
    if bentuk not in BENTUK:
        raise SkmError("publikasi-bentuk", bentuk=bentuk, pilihan=", ".join(BENTUK))
    p, address = publikasi, publikasi.alamat_hasil
    return {
        "bentuk": bentuk,
        "judul": plain(p.judul),
        "instansi": plain(p.instansi),
        "unit": plain(p.unit),
        "periode": plain(p.periode),
        "ikm": plain(p.ikm),
        "mutu": plain(p.mutu),
        "kinerja": plain(p.kinerja),
        "warna": mutu_colour(p.mutu),
        "tinta": TINTA,
        "layanan": [plain(name) for name in p.layanan],
        "responden": plain(p.responden),
        "jenis_kelamin": _counts(p.jenis_kelamin),
        "pendidikan": _counts(p.pendidikan),
        "mulai": plain(p.mulai),
        "selesai": plain(p.selesai),
        "unsur": [_unsur(unsur) for unsur in p.unsur],
        "metode": plain(p.metode),
        "tindak_lanjut": [plain(step) for step in p.tindak_lanjut],
        "alamat": typed_address(address) if address else None,
        "qr": qr_svg(address).decode() if address else None,
        "kode_periksa": plain(p.kode_periksa),
        "keadaan": plain(p.keadaan),
    }


def _counts(counts: Hitungan) -> list[list[str]]:
    return [[plain(label), plain(number)] for label, number in counts]


def _unsur(unsur: UnsurTerbit) -> dict[str, object]:
    return {
        "kode": plain(unsur.kode),
        "nama": plain(unsur.nama),
        "ikm": plain(unsur.ikm),
        "nilai": unsur.nilai,
        "mutu": plain(unsur.mutu),
        "warna": mutu_colour(unsur.mutu),
    }
