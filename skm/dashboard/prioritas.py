"""The page Prioritas: the few weaknesses that are certain and weigh most, and how to read them."""

from __future__ import annotations

from html import escape

import streamlit as st

from skm.analysis.kata_telaah import BATAS_KEPENTINGAN, importance_sentences
from skm.analysis.kepastian import FEWEST
from skm.analysis.prioritas import CUKUP_YAKIN, HAMPIR_PASTI, MOST, place_text
from skm.analysis.tables import ikm_text
from skm.angka import format_number
from skm.dashboard import source
from skm.dashboard.charts import drawn, show_chart
from skm.dashboard.frame import link_to, show_empty
from skm.dashboard.intervals import quadrant_map
from skm.dashboard.render import csv_link, only_columns, show_table
from skm.dashboard.selection import Pilihan
from skm.dashboard.source import Sumber
from skm.periode import Periode
from skm.prioritas import Prioritas, prioritize
from skm.survei import Survei
from skm.telaah import quadrant_table

SHOWN = (
    "Jenis atau titik layanan",
    "Unsur",
    "Responden",
    "IKM",
    "±",
    "IKM unit",
    "Tambahan",
    "Keyakinan",
)
"""What a screen has room for; the file has every column."""
KUNCI_KUADRAN = (
    "Titik penuh: kuadrannya jelas. Titik berongga: rentang 95% melintasi sebuah batas, sehingga "
    "kuadrannya belum pasti."
)
"""How to read the map."""


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber, periode = pilihan.sumber, pilihan.periode
    if sumber is None or periode is None or not pilihan.terisi:
        show_empty(pilihan)
        return
    prioritas = _prioritas(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)
    if not prioritas.daftar.sasaran:
        st.info(nothing_text(prioritas))
        show_quadrants(sumber, periode)
        return
    st.html(first_html(prioritas))
    tabel = prioritas.tabel
    show_table(only_columns(tabel, SHOWN), csv_link(sumber.survei, periode, tabel))
    st.html('<h2 class="skm-judul">Cara membaca</h2>')
    for text in reading_texts(prioritas, sumber.resmi.survei_of(periode)):
        st.html(f'<p class="skm-penjelas">{text}</p>')
    show_quadrants(sumber, periode)
    link_to(pilihan, "tindak-lanjut", "Susun rencana tindak lanjut")


def show_quadrants(sumber: Sumber, periode: Periode) -> None:
    """Show the unsur by derived importance and IKM, as a map and as a table."""
    peta, survei = source.importance(sumber, periode), sumber.resmi.survei_of(periode)
    st.html('<h2 class="skm-judul skm-bagian">Kepentingan dan kinerja unsur</h2>')
    for text in importance_sentences(peta):
        st.html(f'<p class="skm-penjelas">{escape(text)}</p>')
    if not peta.titik:
        return
    show_chart(
        drawn(sumber, ("kuadran", periode.kode), lambda: quadrant_map(peta)),
        "grafik-kuadran",
        "Peta unsur menurut kepentingan (mendatar) dan IKM (tegak). Angkanya ada pada tabel.",
    )
    st.html(f'<p class="skm-penjelas">{KUNCI_KUADRAN} {escape(BATAS_KEPENTINGAN)}</p>')
    tabel = quadrant_table(peta, periode)
    show_table(tabel, csv_link(survei, periode, tabel))


# Shared, not copied for each run: a long list holds the results of its groups.
@st.cache_resource(show_spinner=False, max_entries=50)
def _prioritas(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> Prioritas:
    return prioritize(_sumber.resmi, _periode)


def nothing_text(prioritas: Prioritas) -> str:
    """Return why the list is empty."""
    if not prioritas.daftar.perbandingan:
        return (
            f"Belum ada jenis atau titik layanan dengan sedikitnya {FEWEST} jawaban pada setiap "
            "bagian periode ini, sehingga kelemahan belum dapat dibedakan dari kebetulan. "
            "Prioritas tampil setelah jawaban mencukupi."
        )
    return (
        f"Dari {format_number(prioritas.daftar.perbandingan)} perbandingan tidak ada kelemahan "
        "yang dapat dibedakan dari kebetulan: tidak ada jenis atau titik layanan yang terbukti di "
        "bawah nilai unit."
    )


def first_html(prioritas: Prioritas) -> str:
    """Return the first target as sentences for the head of the office."""
    first = prioritas.daftar.sasaran[0]
    where = escape(place_text(first.kelompok, prioritas.nama))
    return (
        f'<h2 class="skm-judul">Perbaiki lebih dahulu: {escape(first.unsur.nama)}</h2>'
        f'<p class="skm-penjelas">{where}. Dinilai oleh {format_number(first.unsur.n)} responden '
        f"dengan IKM {ikm_text(first.unsur.ikm)}, sedangkan IKM unit untuk unsur ini "
        f"{ikm_text(first.ikm_unit)}. Bila menyamai nilai unit, IKM unit naik "
        f"{ikm_text(first.tambahan)} poin.</p>"
    )


def reading_texts(prioritas: Prioritas, survei: Survei) -> list[str]:
    """Return how to read the table, and what it cannot say, as HTML by paragraph."""
    texts = [
        f"Daftar memuat paling banyak {MOST} kelemahan, diurutkan menurut tambahan bagi IKM unit. "
        "IKM dikurangi dan ditambah angka pada kolom ± memberi rentang 95%. Yang dimuat hanya "
        "unsur yang seluruh rentangnya berada di bawah IKM unit untuk unsur itu.",
        "<b>Tambahan</b> adalah perkiraan andaikata: berapa poin IKM unit naik bila nilai di sana "
        "menyamai rata-rata unit dan yang lain tetap. Angka ini bukan janji.",
        f"<b>{HAMPIR_PASTI}</b>: kelemahan tetap terbukti walaupun semua perbandingan "
        f"diperhitungkan (koreksi Holm). <b>{CUKUP_YAKIN}</b>: terbukti bila dilihat sendiri; di "
        "antara banyak perbandingan, sebagian kecil dapat terjadi karena kebetulan.",
        "<b>Rentang 95%</b> hanya mencakup kebetulan dalam penarikan responden, bukan siapa yang "
        "bersedia menjawab atau cara pertanyaan dipahami.",
    ]
    if not prioritas.halus and survei.layanan and survei.titik:
        texts.append(
            "Jenis layanan dan titik layanan dinilai sendiri-sendiri: gabungan keduanya terlalu "
            "kecil, karena sebagian besar responden berada pada gabungan dengan kurang dari "
            f"{FEWEST} jawaban. Seorang responden terhitung pada jenis layanannya dan pada "
            "titiknya, sehingga tambahan keduanya tidak boleh dijumlahkan."
        )
    return texts
