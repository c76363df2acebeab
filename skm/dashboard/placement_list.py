"""The placements with what became of them, searched and limited, and the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

import streamlit as st

from skm.analysis.table import Tabel
from skm.angka import format_number
from skm.dashboard.confirm import act, ask
from skm.dashboard.placement_print import links_html, placement_links
from skm.dashboard.source import Sumber
from skm.pesan import message
from skm.store import Store, Tautan
from skm.survei import Survei
from skm.tautan import Alamat, completion, place_names

FEW, MANY = 12, 16
"""The rows shown at first, and from how many on they are limited."""
ANY = "semua"
STATES = {"buka": "Terbuka", "tutup": "Ditutup", ANY: "Semua"}


def show_list(sumber: Sumber, placements: Sequence[Tautan], alamat: Alamat) -> None:
    """Show the list and below it the one placement that can be changed."""
    survei = sumber.survei
    st.html('<h2 class="skm-judul skm-bagian">Daftar tautan</h2>')
    found = _search(survei, placements)
    if not found:
        st.info("Tidak ada tautan yang cocok dengan pencarian ini.")
        return
    everything = len(found) <= MANY or st.toggle(
        f"Tampilkan semua ({format_number(len(found))})", key="tautan-tampil-semua"
    )
    shown = found if everything else found[:FEW]
    # The closing row sums all that were found, shown or not.
    st.html(list_html(completion(survei, found, alamat), shown))
    if len(shown) < len(found):
        st.html(
            f'<p class="skm-penjelas">Ditampilkan {FEW} dari {format_number(len(found))} tautan. '
            "Cari nama, atau tampilkan semua.</p>"
        )
    _show_one(sumber, found, alamat)


def _search(survei: Survei, placements: Sequence[Tautan]) -> list[Tautan]:
    left, right = st.columns([1.25, 1], vertical_alignment="bottom")
    wanted = left.text_input(
        "Cari tautan",
        key="tautan-cari",
        placeholder="Ketik sebagian nama titik, layanan, atau kode",
    )
    counts = {
        "buka": sum(t.aktif for t in placements),
        "tutup": sum(not t.aktif for t in placements),
        ANY: len(placements),
    }
    state = right.segmented_control(
        "Keadaan",
        list(STATES),
        format_func=lambda s: f"{STATES[s]} ({format_number(counts[s])})",
        default=ANY,
        required=True,
        key="tautan-keadaan",
        label_visibility="collapsed",
    )
    words = wanted.casefold().split()
    return [
        t
        for t in placements
        if (state in (ANY, None) or t.aktif == (state == "buka"))
        and all(word in _text(survei, t) for word in words)
    ]


def _text(survei: Survei, tautan: Tautan) -> str:
    return " ".join((*place_names(survei, tautan), tautan.nama, tautan.kode)).casefold()


def list_html(tabel: Tabel, placements: Sequence[Tautan]) -> str:
    """Return the table's first placements and its sums; on a phone each row is a card."""
    rows = "".join(_row(row, tautan) for row, tautan in zip(tabel.baris, placements, strict=False))
    heads = ("Titik layanan", "Kode", "Dilihat", "Dimulai", "Dikirim", "Selesai", "Keadaan")
    head = "".join(f'<th scope="col" role="columnheader"{_number(h)}>{h}</th>' for h in heads)
    foot = "".join(
        f'<td role="cell" class="angka" data-judul="{h}">{escape(text)}</td>'
        for h, text in zip(heads[2:6], tabel.kaki[-5:-1], strict=True)
    )
    return (
        '<figure class="skm-tabel skm-tautan"><div class="skm-gulir" role="region" tabindex="0" '
        'aria-label="Daftar tautan"><table role="table"><thead role="rowgroup"><tr role="row">'
        f'{head}</tr></thead><tbody role="rowgroup">{rows}</tbody><tfoot role="rowgroup">'
        f'<tr role="row"><td role="cell" class="tempat">Jumlah</td><td role="cell"></td>{foot}'
        f'<td role="cell"></td></tr></tfoot></table></div><div class="skm-bawah">'
        f"<p>{escape(tabel.catatan)}</p></div></figure>"
    )


def _number(heading: str) -> str:
    return ' class="angka"' if heading in ("Dilihat", "Dimulai", "Dikirim", "Selesai") else ""


def _row(row: Sequence[str], tautan: Tautan) -> str:
    titik, layanan, kanal, nama, kode, address, *counts, state = row
    details = " · ".join(filter(None, (nama, layanan, kanal)))
    numbers = "".join(
        f'<td role="cell" class="angka" data-judul="{heading}">{escape(text)}</td>'
        for heading, text in zip(("Dilihat", "Dimulai", "Dikirim", "Selesai"), counts, strict=True)
    )
    kelas = "" if tautan.aktif else ' class="ditutup"'
    return (
        f'<tr role="row"{kelas}><td role="cell" class="tempat"><strong>{escape(titik)}</strong>'
        f'<span>{escape(details)}</span></td><td role="cell" class="kode">'
        f'<a href="{escape(address)}" target="_blank">{escape(kode)}</a>'
        f"<span>{escape(address.partition('://')[2])}</span></td>{numbers}"
        f'<td role="cell" class="keadaan">{escape(state)}</td></tr>'
    )


def _show_one(sumber: Sumber, found: Sequence[Tautan], alamat: Alamat) -> None:
    by_code = {t.kode: t for t in found}
    st.html('<h2 class="skm-judul skm-bagian">Cetak atau ubah satu tautan</h2>')
    if st.session_state.get("tautan-satu") not in by_code:
        st.session_state["tautan-satu"] = found[0].kode
    kode = st.selectbox(
        "Tautan",
        list(by_code),
        format_func=lambda k: _label(sumber.survei, by_code[k]),
        key="tautan-satu",
    )
    tautan = by_code[kode]
    with st.container(key="tautan-rinci", border=True):
        bahasa = "en" if st.session_state.get("cetak-inggris") else None
        st.html(one_html(sumber.survei, tautan, alamat(kode), bahasa))
        _show_name(sumber.store, tautan)
        _show_switch(sumber.store, sumber.survei, tautan)


def _label(survei: Survei, tautan: Tautan) -> str:
    titik, layanan = place_names(survei, tautan)
    parts = [titik, tautan.nama, layanan if tautan.layanan else "", tautan.kode]
    return " · ".join(filter(None, parts)) + ("" if tautan.aktif else " (ditutup)")


def one_html(survei: Survei, tautan: Tautan, address: str, bahasa: str | None) -> str:
    """Return a placement's QR, its address, and what can be downloaded."""
    titik, layanan = place_names(survei, tautan)
    links = placement_links(survei, tautan.kode, bahasa)
    if not tautan.aktif:
        closed = format_number(tautan.tertutup)
        links_or_note = (
            '<p class="skm-penjelas">Tautan ini ditutup: pengunjung melihat pemberitahuan yang '
            f"sopan. Kunjungan sejak itu: {closed}.</p>"
        )
    else:
        links_or_note = links_html(links)
    return (
        f'<div class="skm-satu"><img src="/unduh/{quote(survei.id)}/qr/{quote(tautan.kode)}.svg" '
        f'alt="Kode QR menuju {escape(address)}" width="132" height="132"><div><strong>'
        f'{escape(titik)}</strong><span>{escape(layanan)}</span><a href="{escape(address)}" '
        f'target="_blank">{escape(address)}</a>{links_or_note}</div></div>'
    )


def _show_name(store: Store, tautan: Tautan) -> None:
    key = f"tautan-nama-{tautan.kode}"
    with st.container(horizontal=True, vertical_alignment="bottom", key="tautan-ubah-nama"):
        st.text_input(
            "Nama tautan",
            value=tautan.nama,
            key=key,
            max_chars=80,
            placeholder="Misalnya: Loket 3",
            width=360,
        )
        st.button(
            "Simpan nama",
            key="tautan-simpan-nama",
            on_click=act,
            args=(lambda: rename(store, tautan.kode, st.session_state[key]),),
        )


def rename(store: Store, kode: str, nama: str) -> str:
    """Give a placement another name and return the sentence about it."""
    store.change_tautan(kode, nama=nama.strip())
    return message("tautan-dinamai", kode=kode)


def _show_switch(store: Store, survei: Survei, tautan: Tautan) -> None:
    titik, _ = place_names(survei, tautan)
    whose = f"<strong>{escape(tautan.kode)}</strong> ({escape(titik)})"
    if tautan.aktif:
        if st.button("Tutup tautan", key="tautan-tutup"):
            ask(
                "Tutup tautan?",
                f"Formulir {whose} tidak lagi menerima jawaban baru; pengunjungnya melihat "
                "pemberitahuan. Jawaban yang sudah masuk tetap dihitung, dan tautan dapat dibuka "
                "kembali.",
                "Ya, tutup",
                lambda: switch(store, tautan.kode, aktif=False),
            )
    elif st.button("Buka kembali", key="tautan-buka"):
        ask(
            "Buka tautan kembali?",
            f"Formulir {whose} menerima jawaban lagi, juga dari poster yang masih terpasang.",
            "Ya, buka",
            lambda: switch(store, tautan.kode, aktif=True),
        )


def switch(store: Store, kode: str, *, aktif: bool) -> str:
    """Close or reopen a placement and return the sentence about it."""
    store.change_tautan(kode, aktif=aktif)
    if aktif:
        return message("tautan-buka-satu", kode=kode)
    return message("tautan-tutup-satu", kode=kode)
