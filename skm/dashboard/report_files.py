"""What can be downloaded of a period, as plain links: report, workbook, LKIP, posters."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from skm.dashboard.placement_print import card_html
from skm.dashboard.source import Sumber
from skm.periode import Periode
from skm.store import Keadaan, Tutupan


def show_files(sumber: Sumber, periode: Periode) -> None:
    """Show the section."""
    st.html('<h2 class="skm-judul skm-bagian">Unduh</h2>')
    st.html(files_html(sumber.survei.id, periode, sumber.resmi.closing(periode)))


def files_html(survei_id: str, periode: Periode, tutupan: Tutupan | None) -> str:
    """Return the downloads of a period as cards."""
    base = f"/unduh/{quote(survei_id)}/{quote(periode.kode)}/laporan"
    draft = "" if tutupan else " Bertanda DRAF sampai periode ditutup."
    cards = [
        card_html(
            "Laporan SKM",
            f"{periode.label}, lengkap sesuai peraturan. Word dapat disunting.{draft}",
            [("PDF", f"{base}.pdf"), ("Word (DOCX)", f"{base}.docx")],
        ),
        card_html(
            "Olah data",
            "Jawaban, rumus, dan angka, dapat dihitung ulang di Excel.",
            [("Excel (XLSX)", f"{base}.xlsx")],
        ),
        card_html(
            f"LKIP tahun {periode.tahun}",
            "Bagian SKM untuk LKIP, satu tahun penuh.",
            [("Word (DOCX)", f"{base}.lkip-docx"), ("Excel (XLSX)", f"{base}.lkip-xlsx")],
        ),
        _posters(survei_id, periode, tutupan),
    ]
    return (
        f'<div class="skm-cetak skm-berkas-laporan">{"".join(cards)}</div><p class="skm-penjelas">'
        "Berkas disusun saat diminta; tunggu beberapa detik sampai unduhannya mulai.</p>"
    )


def _posters(survei_id: str, periode: Periode, tutupan: Tutupan | None) -> str:
    title = "Poster publikasi"
    if tutupan is None or tutupan.periode != periode or tutupan.keadaan is not Keadaan.DITERBITKAN:
        return card_html(title, "Tersedia setelah periode ini diterbitkan.", [])
    base = f"/hasil/{quote(survei_id)}/{quote(periode.kode)}"
    links = [
        ("PDF menurut peraturan", f"{base}/poster.pdf?bentuk=peraturan"),
        ("PDF modern", f"{base}/poster.pdf?bentuk=modern"),
        ("PNG untuk disebarkan", f"{base}/infografis.png"),
    ]
    return card_html(title, "Satu halaman A4 untuk ditempel, atau gambar untuk media.", links)
