"""The page Ringkasan: the period's IKM, its unsur, the year's periods, and the trend."""

from __future__ import annotations

from html import escape

import streamlit as st

from skm.analysis.tables import ikm_text, percent_text
from skm.analysis.target import Capaian
from skm.analysis.trend import Perubahan
from skm.angka import format_change, format_number
from skm.dashboard import source
from skm.dashboard.charts import bands_text, drawn, show_chart, trend_line, unsur_bars
from skm.dashboard.frame import show_empty
from skm.dashboard.live import watch
from skm.dashboard.render import csv_link, show_table
from skm.dashboard.selection import Pilihan
from skm.dashboard.source import Sumber
from skm.dashboard.state import addendum_text, state_html
from skm.hasil import Ringkasan
from skm.ikm import IKM_PLACES
from skm.peraturan import tabel_mutu
from skm.periode import Periode


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber, periode = pilihan.sumber, pilihan.periode
    if sumber is None or periode is None or not pilihan.terisi:
        show_empty(pilihan)
        if sumber is not None:
            watch(sumber)
        return
    kanal = pilihan.kanal
    ringkasan = source.summary(sumber, periode, kanal)
    # The figure of one channel is nobody's official figure: it has no state.
    st.html(headline_html(ringkasan, periode, "" if kanal else state_html(sumber, periode)))
    if kanal is None and (added := addendum_text(sumber, periode)):
        st.info(added)
    bars, line = st.columns(2, gap="large")
    with bars:
        _show_unsur(sumber, ringkasan, periode, kanal)
    with line:
        _show_trend(sumber, ringkasan, periode, kanal)
    years = [ringkasan.perbandingan] if len(ringkasan.perbandingan.baris) > 1 else []
    for tabel in (ringkasan.unsur, ringkasan.periode, *years):
        show_table(tabel, csv_link(sumber.survei, periode, tabel, kanal))
    watch(sumber)


def _show_unsur(sumber: Sumber, ringkasan: Ringkasan, periode: Periode, kanal: str | None) -> None:
    mutu = tabel_mutu(periode.mulai)
    st.html('<h2 class="skm-judul">IKM per unsur</h2>')
    show_chart(
        drawn(
            sumber,
            ("unsur", periode.kode, kanal),
            lambda: unsur_bars(ringkasan.kini.hasil.unsur, mutu),
        ),
        "grafik-unsur",
        f"Diagram batang IKM per unsur, {periode.label}. Angkanya ada pada tabel.",
    )
    st.html(f'<p class="skm-penjelas">{bands_text(mutu)}</p>')


def _show_trend(sumber: Sumber, ringkasan: Ringkasan, periode: Periode, kanal: str | None) -> None:
    st.html('<h2 class="skm-judul">Perkembangan IKM dan target</h2>')
    if len(ringkasan.realisasi) < 2:
        st.html(
            '<p class="skm-penjelas">Baru ada satu periode. Garisnya tampil setelah periode '
            "berikutnya memiliki jawaban.</p>"
        )
        return
    show_chart(
        drawn(sumber, ("tren", periode.kode, kanal), lambda: trend_line(ringkasan.realisasi)),
        "grafik-tren",
        "Diagram garis IKM per periode dengan targetnya. Angkanya ada pada tabel.",
    )
    if any(row.terbit for row in ringkasan.realisasi):
        st.html('<p class="skm-penjelas">Titik berongga: angka yang sudah terbit sebelumnya.</p>')


def headline_html(ringkasan: Ringkasan, periode: Periode, keadaan: str) -> str:
    """Return the large figure with mutu and kinerja, how it came about, and the facts beside it.

    `keadaan` is the line about the period's state, as HTML.
    """
    hasil = ringkasan.kini.hasil
    mutu = hasil.mutu or ""
    badge = (
        f'<span class="skm-mutu skm-mutu-{mutu.lower()} skm-besar">{mutu}</span>' if mutu else ""
    )
    notes = [f"Metode {hasil.metode.label}"]
    if ringkasan.kini.catatan:
        notes.insert(0, ringkasan.kini.catatan[:1].upper() + ringkasan.kini.catatan[1:])
    facts = (
        _fact("Perubahan", *_change(ringkasan.perubahan)),
        _fact("Capaian target", *_target(ringkasan.capaian, periode)),
        _fact("Responden", format_number(hasil.responden), _filled(hasil.unsur_terisi)),
    )
    return (
        '<section class="skm-utama" aria-label="Indeks Kepuasan Masyarakat">'
        '<div class="skm-angka"><p class="skm-label">Indeks Kepuasan Masyarakat (IKM)</p>'
        f'<p class="skm-nilai"><span>{ikm_text(hasil.ikm)}</span>{badge}'
        f'<span class="skm-kinerja">{escape(hasil.kinerja or "")}</span></p>'
        f'<p class="skm-cara">{escape(". ".join(notes))}.</p>{keadaan}</div>'
        f'<dl class="skm-fakta">{"".join(facts)}</dl></section>'
    )


def _fact(label: str, nilai: str, keterangan: str) -> str:
    return (
        f"<div><dt>{escape(label)}</dt><dd><strong>{escape(nilai)}</strong>"
        f"<span>{escape(keterangan)}</span></dd></div>"
    )


def _change(perubahan: Perubahan | None) -> tuple[str, str]:
    if perubahan is None:
        return "—", "Periode sebelumnya belum memiliki nilai"
    before = f"{perubahan.sebelum.label} ({ikm_text(perubahan.ikm_sebelum)})"
    return format_change(perubahan.selisih, IKM_PLACES), f"dibanding {before}"


def _target(capaian: Capaian | None, periode: Periode) -> tuple[str, str]:
    if capaian is None:
        return "—", f"{periode.label} tidak memiliki target"
    reached = percent_text(capaian.persen) if capaian.persen is not None else "—"
    whose = "" if capaian.periode == periode else f" ({capaian.periode.label})"
    return reached, f"dari target {ikm_text(capaian.target)}{whose}"


def _filled(unsur_terisi: int) -> str:
    return f"{format_number(unsur_terisi)} unsur terisi"
