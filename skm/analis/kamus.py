"""The codebook: what each column is, and what each code in it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from skm.analis.bingkai import RESPONDEN
from skm.jawaban import NAMA_KANAL
from skm.periode import parse_period
from skm.survei import Kuesioner, Survei

KOLOM = ("kolom", "jenis", "arti", "nilai", "label")

_ARTI = {
    RESPONDEN: ("bilangan", "Nomor urut pada berkas ini; bukan nomor pada basis data"),
    "kuesioner": ("kode", "Versi kuesioner yang dijawab"),
    "periode": ("kode", "Periode jawaban"),
    "waktu": ("waktu", "Saat jawaban diberikan, menurut jam kantor; kosong pada periode tertutup"),
    "hari": ("tanggal", "Hari jawaban diberikan, menurut kalender kantor"),
    "layanan": ("kode", "Jenis layanan"),
    "titik": ("kode", "Titik layanan"),
    "kanal": ("kode", "Cara jawaban masuk"),
    "ditandai": ("ya/tidak", "Ditandai tidak biasa; kosong pada periode tertutup"),
}


def codebook(
    survei: Survei, kuesioner: Mapping[str, Kuesioner], wide: pd.DataFrame
) -> pd.DataFrame:
    """Return one row a column, and after it one row for each code that the column may hold."""
    rows = [row for name in wide.columns for row in _rows(survei, kuesioner, str(name), wide)]
    return pd.DataFrame(rows, columns=list(KOLOM), dtype="string")


def _rows(
    survei: Survei, kuesioner: Mapping[str, Kuesioner], name: str, wide: pd.DataFrame
) -> Iterator[tuple[str, str, str, str, str]]:
    if name in _ARTI:
        jenis, arti = _ARTI[name]
        yield name, jenis, arti, "", ""
        for kode, label in _labels(survei, name, wide).items():
            yield name, "", "", kode, label
        return
    for field in survei.profil:
        if name == f"profil_{field.kode}":
            yield name, "kode", field.label, "", ""
            options = {o.kode: o.teks for o in field.pilihan} or {
                k.teks: k.teks for k in field.kelompok
            }
            for kode, label in options.items():
                yield name, "", "", kode, label
            return
    unsur = {u.nama.casefold(): f"{u.kode} {u.nama}" for u in survei.unsur}
    for versi, known in kuesioner.items():
        for question in known.pertanyaan:
            if question.kode == name:
                about = unsur.get(question.unsur.casefold(), question.unsur)
                yield name, "nilai 1-4", f"{question.teks} (unsur {about}; versi {versi})", "", ""
                for p in question.pilihan:
                    yield name, "", "", str(p.nilai), p.teks


def _labels(survei: Survei, name: str, wide: pd.DataFrame) -> dict[str, str]:
    match name:
        case "layanan":
            return {item.kode: item.nama for item in survei.layanan}
        case "titik":
            return {item.kode: item.nama for item in survei.titik}
        case "kanal":
            return dict(NAMA_KANAL)
        case "periode":
            return {str(k): parse_period(str(k)).label for k in wide["periode"].cat.categories}
    return {}
