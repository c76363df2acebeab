"""The form's own sentences and its English: what the office wrote instead of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skm.atur.dokumen import get, read, set_value
from skm.formulir import Teks

INDONESIA, INGGRIS = "id", "en"
NAMA_BAHASA = {INDONESIA: "Indonesia", INGGRIS: "English"}


@dataclass(frozen=True, slots=True)
class Kalimat:
    """One of the form's sentences that an office may write itself."""

    kunci: str
    judul: str
    petunjuk: str = ""


KALIMAT: tuple[Kalimat, ...] = (
    Kalimat("pengantar", "Salam pembuka", "Tampil di bawah judul formulir."),
    Kalimat("janji-judul", "Judul janji anonim"),
    Kalimat(
        "janji-tanpa-nama",
        "Janji kepada responden",
        "Tulis hanya yang benar-benar dipenuhi. Program ini tidak menyimpan nama, NIK, nomor "
        "telepon, atau alamat internet.",
    ),
    Kalimat(
        "janji-simpan", "Lama penyimpanan", "{bulan} diganti dengan masa simpan di bagian Kantor."
    ),
    Kalimat("layanan", "Pertanyaan jenis layanan"),
    Kalimat("saran", "Judul kotak saran"),
    Kalimat("saran-petunjuk", "Petunjuk kotak saran"),
    Kalimat("terima-judul", "Judul setelah terkirim"),
    Kalimat("terima-isi", "Ucapan terima kasih"),
)


def languages(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the languages of the form: Indonesian always, then those of the file."""
    return (INDONESIA, *(kode for kode in get(data, ("bahasa",), {}) if kode != INDONESIA))


def default_sentence(bahasa: str, kunci: str) -> str:
    """Return our own sentence."""
    return Teks(bahasa)(kunci)


def sentence(data: Mapping[str, Any], bahasa: str, kunci: str) -> str:
    """Return the sentence that the form shows: the office's, or our own."""
    own = translation(data, bahasa, f"formulir.{kunci}")
    return own or default_sentence(bahasa, kunci)


def set_sentence(text: str, bahasa: str, kunci: str, kalimat: str) -> str:
    """Return the text with a sentence of the office; an empty one, or ours, is ours again."""
    same = kalimat.strip() in ("", default_sentence(bahasa, kunci))
    return translate(text, bahasa, f"formulir.{kunci}", "" if same else kalimat)


def translation(data: Mapping[str, Any], bahasa: str, kunci: str) -> str:
    """Return what a language says for a text of the survey; empty where it says nothing."""
    return str(get(data, ("bahasa", bahasa, "teks", kunci), ""))


def translate(text: str, bahasa: str, kunci: str, kalimat: str) -> str:
    """Return the text with a translation; an empty one leaves the Indonesian words."""
    if kalimat.strip():
        text = add_language(text, bahasa)
    return set_value(text, ("bahasa", bahasa, "teks", kunci), kalimat.strip() or None)


def add_language(text: str, bahasa: str) -> str:
    """Return the text with a language of the form, under its own name."""
    if get(read(text), ("bahasa", bahasa, "nama")):
        return text
    return set_value(text, ("bahasa", bahasa, "nama"), NAMA_BAHASA[bahasa])


def remove_language(text: str, bahasa: str) -> str:
    """Return the text without a language and all its translations."""
    return set_value(text, ("bahasa", bahasa), None)
