"""The page Tindak lanjut: the plan for the weak unsur, and what came of the plan before."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from skm.akun import Hak
from skm.analysis.groups import Per
from skm.analysis.strength import Sorotan
from skm.analysis.tables import ikm_text
from skm.analysis.trend import before
from skm.angka import format_number
from skm.dashboard import source
from skm.dashboard.confirm import act, ask
from skm.dashboard.follow_up_form import open_form
from skm.dashboard.frame import show_empty
from skm.dashboard.render import badge, csv_link, only_columns, show_table
from skm.dashboard.selection import Pilihan, go_to
from skm.dashboard.source import Sumber
from skm.ikm import HasilUnsur
from skm.periode import Periode
from skm.pesan import message
from skm.tindak import (
    BELUM_SELESAI,
    NAMA_STATUS,
    Kemajuan,
    carry_over,
    change_text,
    progress_table,
    realised_text,
)

SHOWN = ("Unsur", "Kegiatan", "Penanggung jawab", "Status", "Realisasi", "IKM unsur")
"""What a screen has room for; the file has every column."""


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber, periode = pilihan.sumber, pilihan.periode
    if sumber is None or periode is None:
        return
    if pilihan.terisi:
        _show_plan(sumber, periode)
    else:
        show_empty(pilihan)
    _show_previous(sumber, periode)


def _show_plan(sumber: Sumber, periode: Periode) -> None:
    """Show the weak unsur, each with its plan, then the plans for other unsur."""
    kekuatan = source.strengths(sumber, periode, Per.LAYANAN, None)
    weak = kekuatan.terlemah
    plan = source.progress(sumber, periode)
    st.html(
        '<h2 class="skm-judul">Rencana tindak lanjut</h2><p class="skm-penjelas">Unsur terlemah '
        "didahulukan. Rencana dicetak pada laporan dan ikut tampil pada halaman hasil setelah "
        "diterbitkan; IKM unsurnya dibandingkan dengan periode berikutnya.</p>"
    )
    _show_unsur(sumber, periode, weak, plan)
    codes = {u.kode for u in weak.unsur}
    others = [row for row in plan if row.tindak.isi.unsur not in codes]
    if others:
        st.html('<h3 class="skm-unsur">Unsur lain</h3>')
        for row in others:
            _show_row(sumber, row, with_unsur=True)
    if sumber.may(Hak.NARASI) and st.button(
        "Tambah rencana untuk unsur lain", key="tindak-tambah-lain"
    ):
        rest = [u.kode for u in kekuatan.kini.hasil.unsur if u.kode not in codes]
        open_form(sumber, periode, rest[0] if rest else kekuatan.kini.hasil.unsur[0].kode)
    if plan:
        link = csv_link(sumber.survei, periode, progress_table(periode, plan))
        st.html(
            f'<div class="skm-bawah"><p>{escape(realised_text(plan))}</p>'
            f'<a href="{escape(link)}" download>Unduh CSV rencana ini</a></div>'
        )


def _show_unsur(sumber: Sumber, periode: Periode, weak: Sorotan, plan: Sequence[Kemajuan]) -> None:
    if weak.catatan:
        st.html(f'<p class="skm-penjelas">{escape(weak.catatan)}</p>')
    for unsur in weak.unsur:
        with st.container(key=f"lemah-{unsur.kode}", border=True):
            with st.container(
                key=f"lemah-{unsur.kode}-judul", horizontal=True, vertical_alignment="center"
            ):
                st.html(unsur_html(unsur))
                if sumber.may(Hak.NARASI) and st.button(
                    "Tambah rencana", key=f"tindak-tambah-{unsur.kode}"
                ):
                    open_form(sumber, periode, unsur.kode)
            rows = [row for row in plan if row.tindak.isi.unsur == unsur.kode]
            for row in rows:
                _show_row(sumber, row)
            if not rows:
                st.html('<p class="skm-penjelas">Belum ada rencana untuk unsur ini.</p>')


def unsur_html(unsur: HasilUnsur) -> str:
    """Return the heading of a weak unsur with its IKM."""
    return (
        f'<h3 class="skm-unsur"><span class="kode">{escape(unsur.kode)}</span> '
        f'{escape(unsur.nama)} <span class="nilai">{ikm_text(unsur.ikm)} {badge(unsur.mutu)}'
        "</span></h3>"
    )


def _show_row(sumber: Sumber, row: Kemajuan, *, with_unsur: bool = False) -> None:
    nomor = row.tindak.id
    with st.container(key=f"rencana-{nomor}", horizontal=True, vertical_alignment="center"):
        st.html(row_html(row, with_unsur=with_unsur))
        if not sumber.may(Hak.NARASI):
            return
        if st.button("Ubah", key=f"tindak-ubah-{nomor}"):
            open_form(sumber, row.tindak.isi.periode, row.tindak.isi.unsur, row.tindak)
        if st.button("Hapus", key=f"tindak-hapus-{nomor}"):
            ask(
                "Hapus rencana?",
                f"<p><strong>{escape(row.tindak.isi.kegiatan)}</strong> dihapus. Bila kegiatannya "
                "tidak jadi dilaksanakan, ubah saja statusnya menjadi Dibatalkan.</p>",
                "Ya, hapus",
                lambda: _delete(sumber, row),
            )


def row_html(row: Kemajuan, *, with_unsur: bool) -> str:
    """Return one follow-up: what, when, who, how far, and what the unsur has become."""
    isi = row.tindak.isi
    whose = f"{isi.unsur} {row.unsur}" if with_unsur else ""
    facts = " · ".join(filter(None, (whose, row.layanan, isi.waktu, isi.penanggung_jawab)))
    more = "".join(
        f"<span><b>{label}:</b> {escape(text)}</span>"
        for label, text in (
            ("Realisasi", isi.realisasi),
            ("Bukti", isi.bukti),
            ("Hambatan", isi.hambatan),
            ("IKM unsur", change_text(row)),
        )
        if text
    )
    return (
        f'<div class="skm-rencana"><strong>{escape(isi.kegiatan)}</strong> '
        f'<em class="skm-status skm-status-{isi.status}">{NAMA_STATUS[isi.status]}</em>'
        f"<span>{escape(facts)}</span>{more}</div>"
    )


def _delete(sumber: Sumber, row: Kemajuan) -> str:
    sumber.store.delete_follow_up(sumber.survei.id, row.tindak.id)
    return message("tindak-dihapus")


def _show_previous(sumber: Sumber, periode: Periode) -> None:
    """Show the plan of the period before with what came of it, and carry over what is left."""
    earlier = before(periode, sumber.resmi.aturan)
    rows = source.progress(sumber, earlier)
    st.html('<h2 class="skm-judul skm-bagian">Tindak lanjut periode sebelumnya</h2>')
    if not rows:
        text = f"Belum ada rencana pada {earlier.label}."
        st.html(f'<p class="skm-penjelas">{escape(text)}</p>')
        return
    tabel = progress_table(earlier, rows)
    show_table(only_columns(tabel, SHOWN), csv_link(sumber.survei, earlier, tabel))
    if not sumber.may(Hak.NARASI):
        return
    left = [row for row in rows if row.tindak.isi.status in BELUM_SELESAI]
    with st.container(horizontal=True, vertical_alignment="center", key="tindak-lalu"):
        st.button(
            f"Salin yang belum selesai ke {periode.label}",
            key="tindak-salin",
            disabled=not left,
            on_click=act,
            args=(lambda: _copy(sumber, earlier, periode),),
        )
        st.button(
            f"Isi realisasi {earlier.label}", key="tindak-isi", on_click=go_to, args=(earlier,)
        )


def _copy(sumber: Sumber, dari: Periode, ke: Periode) -> str:
    copied = carry_over(sumber.store, sumber.resmi, dari, ke)
    if not copied:
        return message("tindak-sudah-ada", label=ke.label)
    return message("tindak-disalin", jumlah=format_number(copied), label=ke.label)
