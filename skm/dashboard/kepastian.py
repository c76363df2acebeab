"""The page Kepastian: how sure the IKM is, and how well the questionnaire measured."""

from __future__ import annotations

from html import escape

import streamlit as st

from skm.analysis.groups import Per
from skm.analysis.kata_telaah import (
    KEBETULAN,
    chosen_sentence,
    questionnaire_sentences,
    trend_sentence,
    weighted_sentences,
)
from skm.analysis.kepastian_unsur import letter_text
from skm.analysis.pasti_layanan import hidden_services
from skm.analysis.tabel_telaah import short_codes
from skm.analysis.tables import ikm_text
from skm.analysis.tertimbang import Tertimbang
from skm.angka import format_number
from skm.dashboard import source
from skm.dashboard.charts import drawn, show_chart
from skm.dashboard.frame import show_empty
from skm.dashboard.intervals import Baris, correlation_map, dot_intervals
from skm.dashboard.palette import REDUP, TINTA
from skm.dashboard.render import csv_link, show_table
from skm.dashboard.selection import Pilihan
from skm.dashboard.source import Sumber
from skm.hasil import names_of
from skm.laporan.kalimat import TANPA_KEPASTIAN
from skm.peraturan import tabel_mutu
from skm.periode import Periode
from skm.telaah import PastiUnit, questionnaire_tables, services_table

MANY = 20
"""Up to this many layanan the chart names each."""


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber, periode = pilihan.sumber, pilihan.periode
    if sumber is None or periode is None or not pilihan.terisi:
        show_empty(pilihan)
        return
    pasti = source.certain(sumber, periode)
    st.html(headline_html(pasti, periode))
    _show_sureness(sumber, periode, pasti)
    _show_questionnaire(sumber, periode)


def headline_html(pasti: PastiUnit, periode: Periode) -> str:
    """Return the IKM with its interval in large type, and how sure its letter is."""
    sure, hasil = pasti.kepastian, pasti.hasil.hasil
    if sure is None:
        reason = TANPA_KEPASTIAN[pasti.alasan] if pasti.alasan else ""
        return (
            f'<h2 class="skm-judul">IKM {ikm_text(hasil.ikm)}: kepastiannya tidak dinyatakan</h2>'
            f'<p class="skm-penjelas">{escape(reason)}</p>'
        )
    facts = (
        ("IKM", f"{ikm_text(sure.ikm)} ± {ikm_text(sure.jarak)}", "rentang 95%"),
        ("Antara", f"{ikm_text(sure.dari)}–{ikm_text(sure.sampai)}", "bila survei diulang"),
        ("Mutu", letter_text(sure, tabel_mutu(periode.mulai)), _people(hasil.responden)),
    )
    items = "".join(
        f"<div><dt>{escape(a)}</dt><dd><strong>{escape(b)}</strong><span>{escape(c)}</span></dd>"
        "</div>"
        for a, b, c in facts
    )
    return f'<dl class="skm-fakta" aria-label="Kepastian IKM">{items}</dl>'


def _people(n: int) -> str:
    return f"dari {format_number(n)} responden"


def _show_sureness(sumber: Sumber, periode: Periode, pasti: PastiUnit) -> None:
    survei = sumber.resmi.survei_of(periode)
    mutu, names = tabel_mutu(periode.mulai), names_of(survei, Per.LAYANAN)
    texts = [
        KEBETULAN if pasti.kepastian else "",
        chosen_sentence(pasti.sendiri),
        trend_sentence(pasti.tren, pasti.periode_tren),
        " ".join(weighted_sentences(pasti.tertimbang, names, mutu)) if len(names) > 1 else "",
    ]
    for text in texts:
        if text:
            st.html(f'<p class="skm-penjelas">{escape(text)}</p>')
    rows = interval_rows(pasti)
    if len(rows) > 1:
        st.html('<h2 class="skm-judul skm-bagian">Rentang 95% per jenis layanan</h2>')
        unit = float(pasti.hasil.hasil.ikm or 0)
        alt = "Titik IKM setiap jenis layanan dengan rentang 95%. Angkanya ada pada tabel."
        figure = drawn(sumber, ("kepastian", periode.kode), lambda: dot_intervals(rows, unit, mutu))
        show_chart(figure, "grafik-kepastian", alt)
        st.html(
            '<p class="skm-penjelas">Garis putus-putus: IKM unit. Titik abu-abu: rentangnya tidak '
            "dinyatakan.</p>"
        )
    if pasti.layanan:
        tabel = services_table(pasti, survei, periode)
        show_table(tabel, csv_link(survei, periode, tabel), tinggi=len(tabel.baris) > MANY)


def interval_rows(pasti: PastiUnit) -> list[Baris]:
    """Return the unit, its weighted figure, and the layanan whose figures may be shown."""
    hasil, sure = pasti.hasil.hasil, pasti.kepastian
    rows = [
        Baris(
            "Seluruh unit",
            f"n = {format_number(hasil.responden)}",
            float(hasil.ikm or 0),
            float(sure.jarak) if sure else None,
            f"IKM {ikm_text(hasil.ikm)}",
            TINTA,
        )
    ]
    weighted = pasti.tertimbang
    if isinstance(weighted, Tertimbang):
        known = weighted.kepastian
        rows.append(
            Baris(
                "Seluruh unit, tertimbang",
                "menurut yang dilayani",
                float(weighted.ikm),
                float(known.jarak) if known else None,
                f"IKM tertimbang {ikm_text(weighted.ikm)}",
                TINTA,
            )
        )
    hidden = hidden_services(pasti.layanan)
    shown = [item for item in pasti.layanan if item.kode not in hidden and item.ikm is not None]
    if len(shown) > MANY:
        return rows
    for item in shown:
        near = item.kepastian
        row = Baris(
            item.nama,
            f"n = {format_number(item.responden)}",
            float(item.ikm or 0),
            float(near.jarak) if near else None,
            f"IKM {ikm_text(item.ikm)}",
        )
        rows.append(
            row if near else Baris(row.nama, row.keterangan, row.nilai, None, row.teks, REDUP)
        )
    return rows


def _show_questionnaire(sumber: Sumber, periode: Periode) -> None:
    survei = sumber.resmi.survei_of(periode)
    mutu = source.questionnaire(sumber, periode)
    names = {u.kode: u.nama for u in survei.unsur}
    st.html('<h2 class="skm-judul skm-bagian">Mutu kuesioner</h2>')
    for text in questionnaire_sentences(mutu, names):
        st.html(f'<p class="skm-penjelas">{escape(text)}</p>')
    items, correlations = questionnaire_tables(mutu, survei, periode)
    show_table(items, csv_link(survei, periode, items))
    if not correlations.baris:
        return
    st.html('<h2 class="skm-judul">Korelasi antarunsur</h2>')
    show_chart(
        drawn(
            sumber,
            ("korelasi", periode.kode),
            lambda: correlation_map(mutu, short_codes(mutu)),
        ),
        "grafik-korelasi",
        "Peta korelasi setiap dua unsur. Angkanya ada pada tabel di bawahnya.",
    )
    with st.expander("Tabel korelasi"):
        show_table(correlations, csv_link(survei, periode, correlations))
