"""Step 3 of an upload: what the file itself does not say, said once for all its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import streamlit as st

from skm.dashboard.draft import Draf
from skm.dashboard.upload_columns import escape_markdown
from skm.intake import UrutanTanggal
from skm.periode import Jenis, Periode
from skm.survei import Survei

YEARS = 6


def show_options(survei: Survei, draf: Draf) -> tuple[str, ...]:
    """Ask for what the file does not say; return what must be answered before the check."""
    _show_asked(survei, draf)
    needed = []
    order = draf.order(survei)
    if order is not None:
        _ask_order(draf, order)
        if draf.urutan_tanggal is None:
            needed.append("Tentukan dahulu urutan hari dan bulan.")
    if not draf.has_dates and draf.periode is None:
        needed.append("Pilih dahulu periode seluruh berkas; berkas ini tidak memuat tanggal.")
    return tuple(needed)


def _show_asked(survei: Survei, draf: Draf) -> None:
    """Ask for period, layanan and titik where no column gives them."""
    asked = []
    if not draf.has_dates:
        periods = {p.kode: p.label for p in _recent_periods(survei)}
        asked.append(("periode", "Periode seluruh berkas", periods, "Pilih periode"))
    if survei.layanan and draf.pemetaan.column("layanan") is None:
        layanan = {item.kode: item.nama for item in survei.layanan if item.aktif}
        asked.append(("layanan", "Jenis layanan seluruh berkas", layanan, "Tidak diisi"))
    if survei.titik and draf.pemetaan.column("titik") is None:
        titik = {item.kode: item.nama for item in survei.titik if item.aktif}
        asked.append(("titik", "Titik layanan seluruh berkas", titik, "Tidak diisi"))
    if not asked:
        st.html(
            '<p class="skm-penjelas">Tanggal, jenis layanan, dan titik layanan dibaca dari '
            "berkas.</p>"
        )
        return
    for column, (bidang, label, options, blank) in zip(st.columns(len(asked)), asked, strict=True):
        with column:
            _ask(draf, bidang, label, options, blank)


def _ask(draf: Draf, bidang: str, label: str, options: Mapping[str, str], blank: str) -> None:
    before = getattr(draf, bidang)
    codes = list(options)
    chosen = st.selectbox(
        label,
        codes,
        index=codes.index(before) if before in options else None,
        format_func=options.__getitem__,
        placeholder=blank,
        key=f"opsi-{bidang}-{draf.berkas.sha256[:12]}",
    )
    if chosen != before:
        setattr(draf, bidang, chosen)
        draf.rencana = None


def _ask_order(draf: Draf, order: UrutanTanggal) -> None:
    """Ask what 01/02/2024 means, with the days that the file spans either way."""
    isi = order.isi
    texts: dict[Literal["hari-dahulu", "bulan-dahulu"], str] = {
        "hari-dahulu": f"Hari dahulu: {isi['hari']}",
        "bulan-dahulu": f"Bulan dahulu: {isi['bulan']}",
    }
    shown = f"{order.urutan.value}-dahulu" if order.pasti else None
    before = draf.urutan_tanggal or shown
    chosen = st.radio(
        f"Kolom {escape_markdown(isi['kolom'])}: hari atau bulan yang ditulis dahulu?",
        list(texts),
        index=list(map(str, texts)).index(before) if before else None,
        format_func=texts.__getitem__,
        key=f"urutan-{draf.berkas.sha256[:12]}-{draf.pemetaan.lembar}-{order.kolom.indeks}",
    )
    if chosen != draf.urutan_tanggal:
        draf.urutan_tanggal = chosen
        draf.rencana = None


def _recent_periods(survei: Survei) -> list[Periode]:
    year = datetime.now(survei.zona).year
    return [
        Periode(jenis, tahun, ke)
        for tahun in range(year, year - YEARS, -1)
        for jenis in (Jenis.TRIWULAN, Jenis.SEMESTER, Jenis.TAHUN)
        for ke in range(12 // jenis.value, 0, -1)
    ]
