"""Sections Layanan and Titik: the list, one entry to edit, and a list pasted from a spreadsheet."""

from __future__ import annotations

from html import escape

import streamlit as st

from skm.angka import format_number
from skm.atur import daftar as ops
from skm.atur.daftar import Butir, Daftar
from skm.atur.kalimat import INGGRIS, languages, translate, translation
from skm.dashboard.confirm import act
from skm.dashboard.frame import link_to
from skm.dashboard.pengaturan_draf import (
    Draf,
    button,
    choice_field,
    edit,
    switch_field,
    text_field,
)
from skm.dashboard.selection import Pilihan
from skm.pesan import SkmError

TOP = ""
"""The place before the first entry."""
Pakai = dict[str, tuple[int, int]]


def show_layanan(pilihan: Pilihan, draf: Draf) -> None:
    """Show the section Layanan."""
    st.html(
        '<p class="skm-penjelas">Jenis layanan yang dipilih responden pada formulir. Kode tidak '
        "berubah bila namanya diganti, jadi riwayat angkanya menyambung.</p>"
    )
    _show(pilihan, draf, Daftar.LAYANAN)


def show_titik(pilihan: Pilihan, draf: Draf) -> None:
    """Show the section Titik layanan."""
    st.html(
        '<p class="skm-penjelas">Tempat orang dilayani. Setiap titik dapat memiliki poster QR '
        "sendiri.</p>"
    )
    link_to(pilihan, "tautan", "Poster dan tautan setiap titik: Tautan & QR")
    _show(pilihan, draf, Daftar.TITIK)


def _show(pilihan: Pilihan, draf: Draf, daftar: Daftar) -> None:
    used = pilihan.store.used_places(draf.survei_id)
    pakai = used.layanan if daftar is Daftar.LAYANAN else used.titik
    found = ops.entries(draf.isi, daftar)
    if found:
        left, right = st.columns([1.25, 1], gap="medium")
        with left:
            st.html(_table(found, daftar, pakai))
        with right:
            _show_one(draf, daftar, found, pakai)
    _show_paste(draf, daftar, first=not found)


def _table(found: tuple[Butir, ...], daftar: Daftar, pakai: Pakai) -> str:
    names = {b.kode: b.nama for b in found}
    rows = "".join(_row(nomor, b, names, pakai) for nomor, b in enumerate(found, start=1))
    off = sum(not b.aktif for b in found)
    title = f"{format_number(len(found) - off)} {daftar.nama} dipakai"
    title += f", {format_number(off)} tidak dipakai lagi" if off else ""
    return (
        f'<figure class="skm-tabel skm-daftar"><figcaption>{escape(title)}</figcaption>'
        '<div class="skm-gulir skm-tinggi" role="region" tabindex="0" '
        f'aria-label="{escape(title)}"><table><thead><tr><th class="angka">No.</th>'
        '<th>Nama</th><th class="angka">Jawaban</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></figure>"
    )


def _row(nomor: int, b: Butir, names: dict[str, str], pakai: Pakai) -> str:
    below = [names.get(b.induk, b.induk)] if b.induk else []
    below += [] if b.aktif else ["tidak dipakai lagi"]
    answers = pakai.get(b.kode, (0, 0))[0]
    detail = f"<span>{escape(' · '.join(below))}</span>" if below else ""
    return (
        f'<tr{"" if b.aktif else " class=ditutup"}><td class="angka">{nomor}</td>'
        f"<td><strong>{escape(b.nama) or '<em>tanpa nama</em>'}</strong>{detail}</td>"
        f'<td class="angka">{format_number(answers)}</td></tr>'
    )


def _show_one(draf: Draf, daftar: Daftar, found: tuple[Butir, ...], pakai: Pakai) -> None:
    """Show the choice of an entry and its fields."""
    names = {b.kode: b.nama for b in found}
    key = draf.key(f"{daftar}-pilih")
    if st.session_state.get(key) not in names:
        st.session_state[key] = found[0].kode
    kode = st.selectbox(
        f"Ubah {daftar.nama}",
        list(names),
        format_func=lambda k: names[k] or k,
        key=key,
        placeholder="Ketik sebagian nama",
        persist_state="session",
    )
    one = next(b for b in found if b.kode == kode)
    with st.container(border=True, key=f"atur-{daftar}-satu"):
        _show_fields(draf, daftar, one, found)
        _show_use(draf, daftar, one, pakai)


def _show_fields(draf: Draf, daftar: Daftar, one: Butir, found: tuple[Butir, ...]) -> None:
    at = f"{daftar}-{one.kode}"
    text_field(
        draf, "Nama", f"{at}-nama", one.nama,
        lambda text, typed: ops.rename(text, daftar, one.kode, typed),
    )  # fmt: skip
    if daftar is Daftar.LAYANAN and INGGRIS in languages(draf.isi):
        key = f"layanan.{one.kode}"
        text_field(
            draf, "Nama dalam bahasa Inggris", f"{at}-en", translation(draf.isi, INGGRIS, key),
            lambda text, typed: translate(text, INGGRIS, key, typed),
        )  # fmt: skip
    if daftar is Daftar.TITIK:
        _show_place(draf, one, found)
    codes = [b.kode for b in found]
    before = codes[codes.index(one.kode) - 1] if codes.index(one.kode) else TOP
    places = {TOP: "Paling atas"} | {b.kode: f"Setelah {b.nama}" for b in found if b != one}
    choice_field(
        draf, "Letak dalam daftar", f"{at}-letak", before, places,
        lambda text, after: ops.move(text, daftar, one.kode, _place_after(codes, one.kode, after)),
        dicari=True,
    )  # fmt: skip


def _place_after(codes: list[str], kode: str, after: str) -> int:
    rest = [k for k in codes if k != kode]
    return 1 if after == TOP else rest.index(after) + 2


def _show_place(draf: Draf, one: Butir, found: tuple[Butir, ...]) -> None:
    at = f"titik-{one.kode}"
    text_field(
        draf, "Jenis", f"{at}-jenis", one.jenis,
        lambda text, typed: ops.change(text, Daftar.TITIK, one.kode, "jenis", typed or None),
        petunjuk="Misalnya: kecamatan",
    )  # fmt: skip
    above = {"": "Tidak ada"} | {b.kode: b.nama for b in found if b != one}
    choice_field(
        draf, "Di bawah titik", f"{at}-induk", one.induk, above,
        lambda text, kode: ops.change(text, Daftar.TITIK, one.kode, "induk", kode or None),
        dicari=True,
    )  # fmt: skip


def _show_use(draf: Draf, daftar: Daftar, one: Butir, pakai: Pakai) -> None:
    """Show the switch that retires an entry; only one that nothing hangs on can be removed."""
    switch_field(
        draf,
        "Dipakai pada formulir" if daftar is Daftar.LAYANAN else "Masih dipakai",
        f"{daftar}-{one.kode}-aktif",
        one.aktif,
        lambda text, aktif: ops.retire(text, daftar, one.kode, aktif=aktif),
    )
    if one.kode in pakai:
        answers = format_number(pakai[one.kode][0])
        st.html(
            f'<p class="skm-penjelas">Kode <code>{escape(one.kode)}</code>, {answers} jawaban. '
            "Karena sudah dipakai, tidak dapat dihapus. Matikan tombol di atas bila tidak dipakai "
            "lagi; riwayatnya tetap.</p>"
        )
        return
    st.html(f'<p class="skm-penjelas">Kode <code>{escape(one.kode)}</code>, belum dipakai.</p>')
    button(
        draf, "Hapus", f"{daftar}-{one.kode}-hapus",
        lambda text: ops.remove(text, daftar, one.kode),
    )  # fmt: skip


def _show_paste(draf: Draf, daftar: Daftar, *, first: bool) -> None:
    """Show the box for a list, with what it would do before it does it."""
    with st.expander(
        f"Tambah {daftar.nama}, atau tempel daftar dari Excel",
        expanded=first,
        key=f"atur-{daftar}-tempel",
    ):
        columns = "kode dan nama" if daftar is Daftar.LAYANAN else "kode, nama, jenis, induk"
        st.html(
            '<p class="skm-penjelas">Satu baris satu nama. Boleh juga disalin langsung dari Excel '
            f"dengan kolom {columns}: kode yang sudah ada diganti namanya, selebihnya "
            "ditambahkan.</p>"
        )
        key = draf.key(f"{daftar}-tempel")
        st.text_area("Daftar", key=key, height=160, label_visibility="collapsed")
        st.toggle("Susun ulang menurut urutan ini", key=_order_key(key))
        typed = st.session_state[key]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Masukkan ke daftar",
                key=f"{key}-ya",
                on_click=act,
                args=(lambda: _paste(draf, daftar, key),),
            )
            _show_outcome(draf, daftar, typed)
        with st.popover("Salin daftar sekarang ke Excel"):
            st.code(ops.as_lines(draf.isi, daftar) or " ", language=None, height=220)


def _show_outcome(draf: Draf, daftar: Daftar, typed: str) -> None:
    if not typed.strip():
        return
    found = ops.paste(draf.teks, daftar, typed)
    words = f"{format_number(len(found.baru))} ditambah, {format_number(len(found.diganti))} "
    words += f"diganti nama, {format_number(len(found.sama))} sudah ada"
    st.html(f'<p class="skm-penjelas">{words}</p>')


def _order_key(key: str) -> str:
    return f"{key}-urut"


def _paste(draf: Draf, daftar: Daftar, key: str) -> str:
    """Put in what is typed at this moment: the click may be what ends the typing."""
    typed, urutkan = st.session_state[key], bool(st.session_state[_order_key(key)])
    if not typed.strip():
        raise SkmError("daftar-tempel-kosong", nama=daftar.nama)
    edit(draf.survei_id, lambda text: ops.paste(text, daftar, typed, urutkan=urutkan).teks)
    st.session_state[key] = ""
    return ""
