"""The page Saran: what people wrote, about which unsur, how often, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from functools import partial
from html import escape

import streamlit as st

from skm.analysis.groups import Per
from skm.analysis.kamus import built_in
from skm.analysis.saran import LAINNYA
from skm.angka import format_number
from skm.dashboard.remark_list import show_list
from skm.dashboard.render import csv_link, show_table
from skm.dashboard.selection import Pilihan
from skm.dashboard.source import Sumber
from skm.hasil import names_of
from skm.jawaban import NAMA_KANAL
from skm.periode import BULAN, Periode
from skm.saran import (
    Buku,
    Cari,
    Isi,
    Ringkas,
    dictionary_unsur,
    remark_table,
    unsur_lengths,
    unsur_names,
    unsur_table,
)
from skm.store import StatusSaran
from skm.survei import Survei

INI, SEMUA = "Periode ini", "Semua periode"


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber, periode = pilihan.sumber, pilihan.periode
    if sumber is None or periode is None:
        return
    survei = sumber.survei
    isi = _open(sumber)
    if not isi.ulasan:
        st.info("Belum ada saran yang ditulis responden survei ini.")
        return
    cari, cakupan = _choose(survei)
    dalam = None if cakupan == SEMUA else periode
    temuan = isi.find(cari, dalam)
    st.html(facts_html(temuan.ringkas))
    left, right = st.columns(2, gap="large")
    with left:
        tabel = unsur_table(survei, periode, temuan.ringkas)
        show_table(tabel, batang=unsur_lengths(survei, temuan.ringkas), judul="Menurut unsur")
    with right:
        st.html(months_html(temuan.bulan))
    show_list(sumber, temuan.ringkas, partial(isi.groups, cari, dalam))
    _show_foot(survei, periode)


def _open(sumber: Sumber) -> Isi:
    """Return the remarks that the one who looks may see, read as far as they are new."""
    survei, store = sumber.survei, sumber.store
    part = repr(store.pelaku.part_of(survei.id))
    names = repr([(u.kode, u.nama, u.alias) for u in survei.unsur])
    buku = _book(survei.id, part, names, str(survei.zona), survei)
    with nullcontext() if buku.is_open() else st.spinner("Membaca saran…"):
        return buku.open(
            sumber.versi, lambda: (store.remarks(survei.id), store.responses(survei.id))
        )


@st.cache_resource(show_spinner=False, max_entries=8)
def _book(survei_id: str, bagian: str, unsur: str, zona: str, _survei: Survei) -> Buku:
    return Buku(_survei)


def _choose(survei: Survei) -> tuple[Cari, str]:
    """Show what can be looked for; return what is."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="saran-cari"):
        teks = st.text_input("Cari kata", key="saran-teks", placeholder="Misalnya: antrean lama")
        unsur = _select("Unsur", unsur_names(survei), f"saran-unsur-{survei.id}")
        cakupan = st.segmented_control(
            "Cakupan", (INI, SEMUA), default=INI, required=True, key="saran-cakupan"
        )
    with st.expander("Saring menurut layanan, titik, atau kanal"):
        columns = st.columns(3)
        chosen = {}
        for column, per, label in zip(
            columns, (Per.LAYANAN, Per.TITIK, Per.KANAL), ("Layanan", "Titik", "Kanal"), strict=True
        ):
            names = dict(NAMA_KANAL) if per is Per.KANAL else names_of(survei, per)
            with column:
                chosen[per] = _select(label, names, f"saran-{per.value}-{survei.id}")
    cari = Cari(teks or "", unsur, chosen[Per.LAYANAN], chosen[Per.TITIK], chosen[Per.KANAL])
    return cari, cakupan or INI


def _select(label: str, names: Mapping[str, str], key: str) -> str | None:
    options: list[str | None] = [None, *names]
    return st.selectbox(
        label,
        options,
        format_func=lambda kode: "Semua" if kode is None else names[kode],
        key=key,
        placeholder="Semua",
    )


def facts_html(ringkas: Ringkas) -> str:
    """Return the four figures on top."""
    n = ringkas.status
    facts = (
        ("Saran", ringkas.jumlah, "yang cocok dengan pilihan"),
        ("Baru", n[StatusSaran.BARU], "belum dibahas"),
        ("Perlu ditindak", n[StatusSaran.PERLU], "menunggu tindak lanjut"),
        (
            "Ditanggapi",
            ringkas.ditanggapi,
            f"{format_number(n[StatusSaran.SELESAI])} di antaranya selesai",
        ),
    )
    items = "".join(
        f"<div><dt>{label}</dt><dd><strong>{format_number(count)}</strong><span>{note}</span>"
        "</dd></div>"
        for label, count, note in facts
    )
    return f'<dl class="skm-fakta skm-hitung" aria-label="Saran">{items}</dl>'


def months_html(months: Sequence[tuple[date, int]]) -> str:
    """Return the remarks by month as columns with their figures."""
    title = "Menurut bulan"
    if not months:
        return (
            f'<h2 class="skm-judul">{title}</h2><p class="skm-penjelas">Belum ada saran bertanggal '
            "pada pilihan ini.</p>"
        )
    most = max(n for _, n in months)
    columns = "".join(
        f'<div title="{BULAN[month.month - 1]} {month.year}: {format_number(n)}">'
        f'<b>{format_number(n) if n else ""}</b><span style="height:{n * 80 / most:.1f}%"></span>'
        f"<i>{BULAN[month.month - 1][:3]}</i><i>{month:%y}</i></div>"
        for month, n in months
    )
    told = ", ".join(f"{BULAN[m.month - 1]} {m.year} {format_number(n)}" for m, n in months)
    return (
        f'<figure class="skm-bulanan"><figcaption>{title}</figcaption><div role="img" '
        f'aria-label="Saran menurut bulan: {escape(told)}">{columns}</div>'
        '<p class="skm-penjelas">Paling banyak 12 bulan, juga dari periode sebelumnya; saran tanpa '
        "tanggal tidak termasuk.</p></figure>"
    )


def _show_foot(survei: Survei, periode: Periode) -> None:
    link = csv_link(survei, periode, remark_table(survei, periode, (), {}))
    st.html(
        '<div class="skm-bawah"><p>Saran yang hanya berisi “tidak ada” atau sejenisnya tidak '
        f'ditampilkan kecuali dicari.</p><a href="{escape(link)}" download>Unduh CSV saran '
        f"{escape(periode.label)}</a></div>"
    )
    with st.expander("Bagaimana saran dikelompokkan"):
        st.html(dictionary_html(survei))


def dictionary_html(survei: Survei) -> str:
    """Return the words by which a remark is assigned to an unsur, for anyone to check."""
    items = "".join(
        f"<dt>{escape(unsur.kode)} {escape(unsur.nama)}</dt>"
        f"<dd>{escape(', '.join(built_in().words_of(name)))}</dd>"
        for name, unsur in dictionary_unsur(survei).items()
    )
    return (
        '<p class="skm-penjelas">Tidak ada penilaian oleh mesin. Saran masuk ke unsur yang salah '
        "satu katanya dipakai, menurut kata dasarnya; yang tidak memakai kata mana pun masuk ke "
        f"“{LAINNYA}”. Dua saran disebut mirip bila sedikitnya dua pertiga kata dasarnya sama.</p>"
        f'<dl class="skm-kamus">{items}</dl>'
    )
