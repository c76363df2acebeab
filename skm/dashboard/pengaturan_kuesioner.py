"""Section Kuesioner: the questions by unsur name, one to edit; what changes is a new version."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from skm.atur import kuesioner as ops
from skm.atur.dokumen import get, read, set_value
from skm.atur.kalimat import INGGRIS, languages, translate, translation
from skm.atur.kuesioner import Soal
from skm.dashboard.pengaturan_draf import (
    Draf,
    Ubah,
    button,
    choice_field,
    edit,
    text_field,
)
from skm.dashboard.selection import Pilihan

TOP = ""


def show(_: Pilihan, draf: Draf) -> None:
    """Show the section."""
    st.html(
        '<p class="skm-penjelas">Setiap pertanyaan menilai satu unsur, disebut dengan namanya: '
        "urutan U8 dan U9 berbeda antarkantor. Pertanyaan yang diubah menjadi versi baru; jawaban "
        "yang sudah masuk tetap pada versi yang diisi respondennya.</p>"
    )
    found = ops.questions(draf.isi)
    left, right = st.columns([1.1, 1], gap="medium")
    with left:
        st.html(_table(draf, found))
        text_field(
            draf,
            "Versi kuesioner",
            "versi",
            str(get(draf.isi, ops.VERSI, "")),
            lambda text, typed: set_value(text, ops.VERSI, typed.strip()),
        )
        st.html('<p class="skm-penjelas">Terisi sendiri begitu ada pertanyaan yang diubah.</p>')
    with right:
        if found:
            _show_one(draf, found)
    _show_add(draf)


def _table(draf: Draf, found: tuple[Soal, ...]) -> str:
    unsur = ops.unsur_names(draf.isi)
    rows = "".join(
        f'<tr><td class="angka">{nomor}</td><td><strong>{escape(q.unsur)}</strong> '
        f'<span class="kode">{escape(unsur.get(q.unsur, "unsur tidak ada"))}</span>'
        f"<span>{escape(q.teks)}</span></td></tr>"
        for nomor, q in enumerate(found, start=1)
    )
    title = f"{len(found)} pertanyaan, {len(unsur)} unsur"
    return (
        f'<figure class="skm-tabel skm-daftar"><figcaption>{title}</figcaption>'
        f'<div class="skm-gulir skm-tinggi" role="region" tabindex="0" aria-label="{title}">'
        '<table><thead><tr><th class="angka">No.</th><th>Unsur dan pertanyaan</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></figure>"
    )


def _show_one(draf: Draf, found: tuple[Soal, ...]) -> None:
    numbers = {q.kode: nomor for nomor, q in enumerate(found, start=1)}
    key = draf.key("soal-pilih")
    if st.session_state.get(key) not in numbers:
        st.session_state[key] = found[0].kode
    names = {q.kode: f"{numbers[q.kode]}. {q.unsur}" for q in found}
    kode = st.selectbox(
        "Ubah pertanyaan",
        list(names),
        format_func=names.__getitem__,
        key=key,
        filter_mode=None,
        persist_state="session",
    )
    one = next(q for q in found if q.kode == kode)
    with st.container(border=True, key="atur-soal-satu"):
        _show_fields(draf, one, found)


def _show_fields(draf: Draf, one: Soal, found: tuple[Soal, ...]) -> None:
    at = f"soal-{one.kode}"
    unsur = {nama: f"{nama} ({kode})" for nama, kode in ops.unsur_names(draf.isi).items()}
    choice_field(
        draf, "Menilai unsur", f"{at}-unsur", one.unsur, unsur,
        lambda text, nama: ops.change(text, one.kode, "unsur", nama),
    )  # fmt: skip
    text_field(
        draf, "Bunyi pertanyaan", f"{at}-teks", one.teks,
        lambda text, typed: ops.change(text, one.kode, "teks", typed), baris=3,
    )  # fmt: skip
    for nilai, teks in one.pilihan:
        text_field(draf, f"Pilihan {nilai}", f"{at}-{nilai}", teks, _set_option(one.kode, nilai))
    if INGGRIS in languages(draf.isi):
        with st.expander("Bahasa Inggris", key=f"atur-{at}-en"):
            _show_english(draf, one)
    codes = [q.kode for q in found]
    at_now = codes.index(one.kode)
    rest = [q for q in found if q != one]
    places = {TOP: "Paling atas"} | {q.kode: f"Setelah {q.unsur}: {q.teks[:40]}…" for q in rest}
    choice_field(
        draf, "Letak", f"{at}-letak", codes[at_now - 1] if at_now else TOP, places,
        lambda text, after: ops.move(
            text, one.kode, 1 if after == TOP else [q.kode for q in rest].index(after) + 2
        ),
    )  # fmt: skip
    if len(found) > 1:
        button(draf, "Hapus pertanyaan", f"{at}-hapus", lambda text: ops.remove(text, one.kode))


def _set_option(kode: str, nilai: int) -> Ubah:
    return lambda text, typed: ops.change_option(text, kode, nilai, typed)


def _show_english(draf: Draf, one: Soal) -> None:
    keys = {f"pertanyaan.{one.kode}": "Bunyi pertanyaan (Inggris)"}
    keys |= {
        f"pilihan.{one.kode}.{nilai}": f"Pilihan {nilai} (Inggris)" for nilai, _ in one.pilihan
    }
    for key, label in keys.items():
        text_field(draf, label, f"en-{key}", translation(draf.isi, INGGRIS, key), _english(key))


def _english(key: str) -> Ubah:
    return lambda text, typed: translate(text, INGGRIS, key, typed)


def _show_add(draf: Draf) -> None:
    """Show how to add a question, and an unsur of the office's own."""
    with st.expander("Tambah pertanyaan atau unsur", key="atur-soal-tambah"):
        names = list(ops.unsur_names(draf.isi))
        left, right = st.columns(2, gap="medium")
        with left:
            chosen = st.selectbox(
                "Pertanyaan tambahan untuk unsur",
                names,
                key=draf.key("soal-baru"),
                filter_mode=None,
            )
            if chosen:
                button(draf, "Tambah pertanyaan", "soal-tambah", lambda t: ops.add(t, chosen)[0])
        with right:
            key = draf.key("unsur-baru")
            st.text_input("Unsur baru", key=key, placeholder="Misalnya: Transparansi pelayanan")
            st.button(
                "Tambah unsur", key=draf.key("unsur-tambah"), on_click=_add_unsur, args=(draf, key)
            )
        own = [nama for nama in names if nama not in _saved_unsur(draf)]
        for nama in own:
            button(draf, f"Hapus unsur {nama}", f"unsur-hapus-{nama}", _remove_unsur(nama))
        st.html(
            '<p class="skm-penjelas">Sembilan unsur peraturan tidak perlu diubah. Unsur yang sudah '
            "memiliki jawaban tidak dapat dihapus atau diganti namanya.</p>"
        )


def _saved_unsur(draf: Draf) -> dict[str, str]:
    return ops.unsur_names(read(draf.dasar))


def _remove_unsur(nama: str) -> Callable[[str], str]:
    return lambda text: ops.remove_unsur(text, nama)


def _add_unsur(draf: Draf, key: str) -> None:
    nama = st.session_state[key].strip()
    if nama:
        edit(draf.survei_id, lambda text: ops.add_unsur(text, nama))
        st.session_state[key] = ""
