"""The page Pengumpulan: what comes in, who is silent, is the sample reached, what is marked."""

from __future__ import annotations

from datetime import date
from html import escape
from urllib.parse import quote

import streamlit as st

from skm.analysis.groups import Per
from skm.analysis.table import Tabel
from skm.angka import format_number
from skm.dashboard import source
from skm.dashboard.kekuatan import only_rows
from skm.dashboard.live import EVERY, watch
from skm.dashboard.marked import show_marked
from skm.dashboard.pace import show_pace
from skm.dashboard.render import csv_link, show_table
from skm.dashboard.selection import Pilihan
from skm.dashboard.source import Sumber
from skm.pengumpulan import (
    RENTANG,
    SEPI,
    Kecukupan,
    Kegiatan,
    day_text,
    double_entry_table,
    shape_table,
    silent_table,
    today,
    week_start,
)
from skm.periode import BULAN, Periode

MANY = 20
"""Tables with more rows scroll in their own box and can be searched."""
LABELS = {Per.TITIK: "Titik layanan", Per.LAYANAN: "Jenis layanan", Per.KANAL: "Kanal"}


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber, periode = pilihan.sumber, pilihan.periode
    if sumber is None or periode is None:
        return
    hari = today(sumber.survei)
    kegiatan = source.activity(sumber, periode, hari)
    kecukupan = source.pace(sumber, periode, hari)
    st.html(facts_html(kegiatan, kecukupan, periode))
    st.html(
        f'<p class="skm-penjelas">Angka diperbarui sendiri setiap {EVERY} detik. Menurut kalender '
        f"kantor ({escape(sumber.survei.zona_waktu)}); jawaban tanpa tanggal hanya masuk hitungan "
        f'periode. <a href="/entri/{quote(sumber.survei.id)}">Ketik lembar kertas</a></p>'
    )
    st.html(days_html(kegiatan))
    show_pace(sumber, periode, kecukupan)
    _show_detail(sumber, periode, kegiatan)
    _show_silent(sumber, periode, kegiatan)
    _show_double_entry(sumber, periode)
    _show_shape(sumber, periode, hari)
    show_marked(sumber, periode)
    watch(sumber)


def facts_html(kegiatan: Kegiatan, kecukupan: Kecukupan, periode: Periode) -> str:
    """Return the four figures on top: today, this week, the period, and what is missing."""
    facts = (
        ("Hari ini", format_number(kegiatan.hari_ini), day_text(kegiatan.hari)),
        (
            "Pekan ini",
            format_number(kegiatan.pekan_ini),
            f"sejak {day_text(week_start(kegiatan.hari))}",
        ),
        (periode.label, format_number(kegiatan.periode_ini), "jawaban dihitung"),
        ("Masih kurang", *_missing(kecukupan)),
    )
    items = "".join(
        f"<div><dt>{escape(label)}</dt><dd><strong>{escape(n)}</strong>"
        f"<span>{escape(note)}</span></dd></div>"
        for label, n, note in facts
    )
    return f'<dl class="skm-fakta skm-hitung" aria-label="Jawaban masuk">{items}</dl>'


def _missing(kecukupan: Kecukupan) -> tuple[str, str]:
    if not kecukupan.baris:
        return "—", "isi jumlah yang dilayani"
    of = f"dari {format_number(kecukupan.perlu)} yang diperlukan"
    if kecukupan.kurang and kecukupan.per_hari is not None:
        of += f"; {format_number(kecukupan.per_hari)} per hari kerja"
    return format_number(kecukupan.kurang), of


def days_html(kegiatan: Kegiatan) -> str:
    """Return the last days as small columns; the sums above say the same in figures."""
    most = max(n for _, n in kegiatan.harian)
    title = f"Jawaban per hari, {RENTANG} hari terakhir"
    if not most:
        return (
            f'<h2 class="skm-judul">{title}</h2><p class="skm-penjelas">Belum ada jawaban '
            "bertanggal pada hari-hari itu.</p>"
        )
    columns = "".join(
        f'<div title="{escape(day_text(day))}: {format_number(n)}"><span '
        f'style="height:{n * 100 / most:.1f}%"></span></div>'
        for day, n in kegiatan.harian
    )
    first, last = kegiatan.harian[0][0], kegiatan.harian[-1][0]
    total = format_number(sum(n for _, n in kegiatan.harian))
    peak = max(kegiatan.harian, key=lambda row: row[1])[0]
    alt = f"{title}: {total} jawaban, paling banyak {format_number(most)} pada {day_text(peak)}."
    return (
        f'<figure class="skm-harian"><figcaption>{title}</figcaption><div class="kolom" role="img" '
        f'aria-label="{escape(alt)}">{columns}</div><div class="sumbu" aria-hidden="true"><span>'
        f"{_short(first)}</span><span>tertinggi {format_number(most)}</span><span>{_short(last)}"
        "</span></div></figure>"
    )


def _short(day: date) -> str:
    return f"{day.day} {BULAN[day.month - 1][:3]}"


def _show_detail(sumber: Sumber, periode: Periode, kegiatan: Kegiatan) -> None:
    st.html('<h2 class="skm-judul skm-bagian">Jawaban masuk</h2>')
    options = list(kegiatan.rincian)
    chosen = st.segmented_control(
        "Rincian menurut",
        options,
        format_func=LABELS.__getitem__,
        default=options[0],
        required=True,
        key="masuk-menurut",
    )
    per = Per(chosen or options[0])
    tabel = kegiatan.rincian[per]
    link = csv_link(sumber.survei, periode, tabel)
    show_table(_searched(tabel, f"masuk-cari-{per.value}", LABELS[per]), link, tinggi=_many(tabel))


def _show_silent(sumber: Sumber, periode: Periode, kegiatan: Kegiatan) -> None:
    tabel = silent_table(sumber.survei, sumber.store.list_tautan(sumber.survei.id), kegiatan)
    st.html(f'<h2 class="skm-judul skm-bagian">Tanpa jawaban {SEPI} hari terakhir</h2>')
    if not tabel.baris:
        st.html('<p class="skm-penjelas">Semua titik dan tautan terbuka memiliki jawaban.</p>')
        return
    count = format_number(len(tabel.baris))
    shown = _searched(tabel, "sepi-cari", LABELS[Per.TITIK])
    link = csv_link(sumber.survei, periode, tabel)
    show_table(shown, link, tinggi=_many(tabel), judul=f"{count} titik atau tautan")


def _show_double_entry(sumber: Sumber, periode: Periode) -> None:
    tabel = double_entry_table(sumber.store, sumber.survei)
    if not tabel.baris:
        return
    st.html(f'<h2 class="skm-judul skm-bagian">{tabel.judul}</h2>')
    link = csv_link(sumber.survei, periode, tabel)
    show_table(tabel, link, tinggi=_many(tabel), judul="Sesi entri kertas yang dibandingkan")


def _show_shape(sumber: Sumber, periode: Periode, hari: date) -> None:
    tabel = shape_table(periode, source.shape(sumber, periode, hari))
    st.html('<h2 class="skm-judul skm-bagian">Kewajaran pengumpulan</h2>')
    show_table(tabel, csv_link(sumber.survei, periode, tabel), judul=periode.label)


def _many(tabel: Tabel) -> bool:
    return len(tabel.baris) > MANY


def _searched(tabel: Tabel, key: str, label: str) -> Tabel:
    """Return the rows that are searched for, in a table that has many."""
    if not _many(tabel):
        return tabel
    wanted = st.text_input(f"Cari {label.lower()}", key=key, placeholder="Ketik sebagian nama")
    names = {row[0] for row in tabel.baris if wanted.strip().casefold() in row[0].casefold()}
    return only_rows(tabel, 0, names)
