"""A survey made from the regulation alone, for a bare file with nothing but its unsur columns."""

from __future__ import annotations

from typing import Literal

from skm.peraturan import SKALA, pertanyaan_baku, unsur_baku
from skm.survei.model import Kuesioner, Pertanyaan, Pilihan, Survei, Unsur

Urutan = Literal["peraturan", "kuesioner"]


def regulation_survey(urutan: Urutan = "peraturan", jumlah: int = 9) -> Survei:
    """Return a survey of U1..U`jumlah` without layanan or titik.

    `peraturan` numbers as the definition list and processing sheet do (U8 = Pengaduan),
    `kuesioner` as the sample questionnaire does (U8 = Sarana). Unsur past nine, or of a survey
    that does not have nine, have no name of their own.
    """
    names = _names(urutan) if jumlah == len(unsur_baku()) else ()
    questions = {p.unsur: p for p in pertanyaan_baku()}
    aliases = {u.nama: (u.pendek, *u.alias) for u in unsur_baku()}
    unsur, asked = [], []
    for number in range(1, jumlah + 1):
        nama = names[number - 1] if names else f"Unsur {number}"
        unsur.append(Unsur(kode=f"U{number}", nama=nama, alias=aliases.get(nama, ())))
        baku = questions.get(nama)
        options = baku.pilihan if baku else SKALA
        asked.append(
            Pertanyaan(
                kode=f"u{number}",
                unsur=nama,
                teks=baku.teks if baku else nama,
                pilihan=tuple(
                    Pilihan(nilai=nilai, teks=teks)
                    for nilai, teks in zip((1, 2, 3, 4), options, strict=True)
                ),
            )
        )
    return Survei(
        id=f"baku-{urutan}",
        judul="Survei Kepuasan Masyarakat",
        instansi="Tanpa berkas survei",
        unit="Tanpa berkas survei",
        unsur=tuple(unsur),
        kuesioner=Kuesioner(versi=f"permenpanrb-14-2017-{urutan}", pertanyaan=tuple(asked)),
    )


def _names(urutan: Urutan) -> tuple[str, ...]:
    if urutan == "kuesioner":
        return tuple(p.unsur for p in pertanyaan_baku())
    return tuple(u.nama for u in unsur_baku())
