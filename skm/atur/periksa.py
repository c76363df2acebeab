"""Everything that keeps a draft from being saved, at once, with its place in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skm.atur.dokumen import get, read, rows
from skm.pesan import message
from skm.survei import Survei, SurveiFault, SurveiInvalidError, parse_survei

_INDEXED = re.compile(r"(?P<list>unsur|layanan|titik|profil|kuesioner\.pertanyaan)\[(?P<ke>\d+)\]")
_OPTION = re.compile(r"\.pilihan\[(\d+)\]")
_LISTS = {
    "unsur": "Unsur",
    "layanan": "Layanan",
    "titik": "Titik",
    "profil": "Data responden",
    "kuesioner.pertanyaan": "Pertanyaan",
}
_FIELDS = {
    "nama": "nama",
    "kode": "kode",
    "teks": "bunyi",
    "unsur": "unsur",
    "induk": "titik di atasnya",
    "label": "label",
    "nilai": "nilai",
}
_PLACES = {
    "id": "Id survei",
    "judul": "Judul survei",
    "instansi": "Pemerintah/instansi",
    "unit": "Unit pelayanan",
    "zona_waktu": "Zona waktu",
    "keterangan": "Keterangan",
    "metode": "Cara hitung",
    "kuesioner.versi": "Versi kuesioner",
    "kuesioner.pertanyaan": "Daftar pertanyaan",
    "unsur": "Daftar unsur",
    "layanan": "Daftar layanan",
    "titik": "Daftar titik",
    "profil": "Data responden",
    "formulir": "Formulir",
    "formulir.simpan_bulan": "Masa simpan jawaban",
    "formulir.waktu_minimum": "Batas pengisian terlalu cepat",
    "formulir.halaman": "Susunan formulir",
    "formulir.wajib": "Isian wajib pada formulir",
    "formulir.jam_layanan": "Jam layanan",
    "bahasa": "Terjemahan",
    "data": "Daftar berkas contoh",
}
_TARGET = re.compile(r"(target|target_responden)\.([^.]+)")


@dataclass(frozen=True, slots=True)
class Temuan:
    """One fault: where it is in the words of the page, its code, and what to do."""

    tempat: str
    kode: str
    pesan: str


@dataclass(frozen=True, slots=True)
class Diperiksa:
    """A checked draft: the survey, or None with everything that is wrong."""

    survei: Survei | None
    temuan: tuple[Temuan, ...]


def check(text: str, survei_id: str | None = None) -> Diperiksa:
    """Return the survey of a draft, or its faults; with `survei_id` it must be that survey's."""
    try:
        survei = parse_survei(text, "rancangan")
    except SurveiInvalidError as error:
        data = _content(text)
        return Diperiksa(None, tuple(_in_words(fault, data) for fault in error.faults))
    if survei_id is not None and survei.id != survei_id:
        pesan = message("survei-id-berbeda", id=survei_id, ada=survei.id)
        return Diperiksa(None, (Temuan(_PLACES["id"], "survei-id-berbeda", pesan),))
    return Diperiksa(survei, ())


def _content(text: str) -> Mapping[str, Any]:
    try:
        return read(text)
    except (ValueError, RecursionError):
        return {}


def _in_words(fault: SurveiFault, data: Mapping[str, Any]) -> Temuan:
    return Temuan(place_in_words(fault.tempat, data), fault.kode, fault.pesan)


def place_in_words(tempat: str, data: Mapping[str, Any]) -> str:
    """Return a place such as `titik[3].nama` as "Titik 3 (Kelurahan Bintara), nama"."""
    if match := _INDEXED.match(tempat):
        return _entry(match["list"], int(match["ke"]), tempat[match.end() :], data)
    if match := _TARGET.match(tempat):
        kind = "Target IKM" if match[1] == "target" else "Target responden"
        return f"{kind} {match[2]}"
    known = [place for place in _PLACES if tempat == place or tempat.startswith(f"{place}.")]
    return _PLACES[max(known, key=len)] if known else tempat[:1].upper() + tempat[1:]


def _entry(daftar: str, ke: int, rest: str, data: Mapping[str, Any]) -> str:
    found = rows(data, tuple(daftar.split(".")))
    row = found[ke - 1] if ke <= len(found) else {}
    name = str(get(row, ("nama",)) or get(row, ("label",)) or get(row, ("kode",)) or "")
    words = f"{_LISTS[daftar]} {ke}" + (f" ({name})" if name else "")
    if match := _OPTION.match(rest):
        return f"{words}, pilihan {match[1]}"
    field = _FIELDS.get(rest.rpartition(".")[2])
    return f"{words}, {field}" if field else words
