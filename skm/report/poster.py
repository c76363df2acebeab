"""Posters and table tents: one page for each placement of a survey's QR code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from skm.pesan import SkmError
from skm.report.document import compile_pdf, plain
from skm.report.qr import qr_svg
from skm.report.wording import poster_wording
from skm.survei import Survei

Ukuran = Literal["a4", "a5", "tenda"]
LONGEST_PIECE = 30
UKURAN: tuple[Ukuran, ...] = get_args(Ukuran)


@dataclass(frozen=True, slots=True)
class Tempelan:
    """A placement to print: its code, the address in its QR, and the names people know it by."""

    kode: str
    alamat: str
    nama_titik: str
    nama_layanan: str | None = None


def write_poster(
    survei: Survei, tempelan: Sequence[Tempelan], ukuran: Ukuran, bahasa: str | None = None
) -> bytes:
    """Return a PDF with one page for each placement; a tent has two faces on its page.

    `bahasa` adds second lines in that language. Raises SkmError `poster-tanpa-tautan`,
    `poster-ukuran`, `poster-bahasa`, `qr-kosong`, `qr-terlalu-panjang`.
    """
    if not tempelan:
        raise SkmError("poster-tanpa-tautan")
    if ukuran not in UKURAN:
        raise SkmError("poster-ukuran", ukuran=ukuran, pilihan=", ".join(UKURAN))
    second = poster_wording(survei, bahasa) if bahasa not in (None, "id") else None
    return compile_pdf(
        "poster.typ",
        {
            "ukuran": ukuran,
            "judul": plain(survei.judul),
            "instansi": plain(survei.instansi),
            "unit": plain(survei.unit),
            "kalimat": poster_wording(survei).as_data(),
            "kedua": second.as_data() if second else None,
            "tempelan": [_placement(t) for t in tempelan],
        },
    )


def _placement(tempelan: Tempelan) -> dict[str, object]:
    return {
        "qr": qr_svg(tempelan.alamat).decode(),
        "alamat": typed_address(tempelan.alamat),
        "titik": plain(tempelan.nama_titik),
        "layanan": plain(tempelan.nama_layanan) if tempelan.nama_layanan else None,
    }


def typed_address(address: str) -> list[str]:
    """Return what a person types, in pieces between which a line may break.

    Browsers add "https://" themselves; "http://" stays, because they do not.
    """
    typed = plain(address).removeprefix("https://")
    pieces: list[str] = []
    for part in re.findall(r"[^/]*/+|[^/]+", typed):
        short = [part] if len(part) <= LONGEST_PIECE else re.findall(r"\.?[^.]+|\.", part)
        for piece in short:
            pieces += re.findall(f".{{1,{LONGEST_PIECE}}}", piece)
    return pieces
