"""The differences between groups of respondents, on the page Responden."""

from __future__ import annotations

from html import escape

import streamlit as st

from skm.analysis.beda_kelompok import BedaKelas, Dimensi, Putusan
from skm.analysis.kata_telaah import TANPA_JAM, group_sentences
from skm.analysis.tables import ikm_text
from skm.angka import format_number
from skm.dashboard import source
from skm.dashboard.charts import drawn, show_chart
from skm.dashboard.intervals import Baris, dot_intervals
from skm.dashboard.palette import REDUP, TARGET, UTAMA
from skm.dashboard.render import csv_link, show_table
from skm.dashboard.source import Sumber
from skm.periode import Periode
from skm.rekap import JAM
from skm.telaah import differences_table

_WARNA = {Putusan.RENDAH: TARGET, Putusan.KECIL: REDUP}
MANY = 20
"""Tables with more rows scroll in their own box."""


def show_groups(sumber: Sumber, periode: Periode) -> None:
    """Show which groups are less or more satisfied, one kind at a time, and all in a table."""
    found = source.differences(sumber, periode)
    st.html('<h2 class="skm-judul skm-bagian">Perbedaan antarkelompok</h2>')
    texts = group_sentences(found)
    if not any(d.kode == JAM for d in found) and sumber.resmi.closing(periode):
        texts.append(TANPA_JAM)
    for text in texts:
        st.html(f'<p class="skm-penjelas">{escape(text)}</p>')
    kinds = {d.kode: d for d in found if any(k.rata is not None for k in d.kelas)}
    if not kinds:
        return
    chosen = st.segmented_control(
        "Golongan",
        list(kinds),
        format_func=lambda kode: kinds[kode].judul,
        default=next(iter(kinds)),
        required=True,
        key="golongan",
    )
    kind = kinds[chosen or next(iter(kinds))]
    alt = f"Rata-rata nilai menurut {kind.judul.lower()} dengan rentang 95%. Angkanya pada tabel."
    figure = drawn(
        sumber,
        ("kelompok", periode.kode, kind.kode),
        lambda: dot_intervals(group_rows(kind)),
    )
    show_chart(figure, f"grafik-kelompok-{kind.kode}", alt)
    tabel = differences_table(found, periode)
    show_table(tabel, csv_link(sumber.survei, periode, tabel), tinggi=len(tabel.baris) > MANY)


def group_rows(dimensi: Dimensi) -> list[Baris]:
    """Return the groups of one kind whose figures are shown."""
    return [_row(k) for k in dimensi.kelas if k.rata is not None]


def _row(kelas: BedaKelas) -> Baris:
    verdict = "" if kelas.putusan is Putusan.BELUM else f" · {kelas.putusan.value}"
    return Baris(
        kelas.nama,
        f"n = {format_number(kelas.n)}{verdict}",
        float(kelas.rata or 0),
        float(kelas.jarak) if kelas.jarak is not None else None,
        f"rata-rata {ikm_text(kelas.rata)}",
        _WARNA.get(kelas.putusan, UTAMA),
    )
