"""Section Kantor: names, time zone, and how the form behaves."""

from __future__ import annotations

import streamlit as st

from skm.atur.dokumen import get, set_value
from skm.dashboard.pengaturan_draf import Draf, Ubah, choice_field, text_field
from skm.dashboard.selection import Pilihan

ZONA = {
    "WIB": "WIB (Jakarta)",
    "WITA": "WITA (Makassar)",
    "WIT": "WIT (Jayapura)",
}
HALAMAN = {
    "satu": "Semua pertanyaan dalam satu halaman",
    "per-pertanyaan": "Satu pertanyaan per halaman",
}


def show(_: Pilihan, draf: Draf) -> None:
    """Show the section."""
    st.html('<h2 class="skm-judul">Kantor dan survei</h2>')
    for key, label in (
        ("unit", "Nama unit pelayanan"),
        ("instansi", "Pemerintah atau instansi"),
        ("judul", "Judul survei"),
    ):
        text_field(draf, label, key, str(get(draf.isi, (key,), "")), _set((key,)))
    choice_field(
        draf,
        "Zona waktu",
        "zona",
        str(get(draf.isi, ("zona_waktu",), "WIB")),
        ZONA,
        _set(("zona_waktu",)),
    )
    st.html(
        '<p class="skm-penjelas">Zona waktu menentukan batas triwulan: tanggal 1 pukul 00.00 '
        "menurut jam kantor.</p>"
    )
    st.html('<h2 class="skm-judul skm-bagian">Cara formulir bekerja</h2>')
    choice_field(
        draf,
        "Susunan formulir",
        "halaman",
        str(get(draf.isi, ("formulir", "halaman"), "satu")),
        HALAMAN,
        _set(("formulir", "halaman")),
    )
    left, right = st.columns(2)
    with left:
        _number(draf, "Jawaban disimpan (bulan)", "simpan_bulan", 24)
    with right:
        _number(draf, "Ditandai bila lebih cepat dari (detik)", "waktu_minimum", 15)
    st.html(
        f'<p class="skm-penjelas">Id survei: <code>{draf.survei_id}</code>. Id tidak dapat '
        "diganti, karena alamat hasil dan arsip memakainya.</p>"
    )


def _number(draf: Draf, label: str, key: str, usual: int) -> None:
    path = ("formulir", key)
    text_field(draf, label, key, str(get(draf.isi, path, usual)), _set_number(path))


def _set(path: tuple[str, ...]) -> Ubah:
    return lambda text, typed: set_value(text, path, typed.strip())


def _set_number(path: tuple[str, ...]) -> Ubah:
    """Keep what is no number as it was typed: the check names it."""

    def change(text: str, typed: str) -> str:
        plain = typed.strip()
        number = plain.isascii() and plain.isdigit() and len(plain) < 6
        return set_value(text, path, int(plain) if number else plain)

    return change
