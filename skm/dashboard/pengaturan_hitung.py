"""Section Cara hitung & target: the method with what it would do to today's figures; targets."""

from __future__ import annotations

from html import escape

import streamlit as st

from skm.agregasi import HasilPeriode
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, ikm_text
from skm.angka import format_change
from skm.atur import hitung as ops
from skm.atur.dokumen import get, set_value
from skm.atur.hitung import SENDIRI, Target
from skm.atur.periksa import check
from skm.atur.pratinjau import Banding, compare
from skm.dashboard.pengaturan_draf import Draf, Ubah, choice_field, text_field
from skm.dashboard.render import show_table
from skm.dashboard.selection import Pilihan
from skm.metode import BOBOT, named_methods
from skm.periode import Periode, parse_period

AGREGASI = {
    "rata-rata": "Rata-rata triwulan atau semester di dalamnya (cara LKIP)",
    "gabungan": "Semua jawaban digabung",
}
PARTS = ("", "-S1", "-S2", "-T1", "-T2", "-T3", "-T4")


def show(pilihan: Pilihan, draf: Draf) -> None:
    """Show the section."""
    st.html('<h2 class="skm-judul">Cara hitung</h2>')
    _show_method(draf)
    _show_effect(pilihan, draf)
    st.html('<h2 class="skm-judul skm-bagian">Target</h2>')
    _show_targets(pilihan, draf)


def _show_method(draf: Draf) -> None:
    names = {nama: f"{nama}: {m.keterangan}" for nama, m in named_methods().items()}
    own = ops.method(draf.isi)
    if ops.has_own_stages(draf.isi):
        names[own] = f"{own}: cara hitung sendiri, dari berkas survei"
    choice_field(draf, "Metode", "metode", own, names, ops.set_method)
    weights = {kode: kode.replace(".", ",") for kode in BOBOT} | {SENDIRI: "Bobot sendiri"}
    left, right = st.columns(2)
    with left:
        now = ops.weight(draf.isi)
        choice_field(draf, "Bobot", "bobot", now, weights, ops.set_weight)
    with right:
        choice_field(
            draf,
            "Semester dan tahun",
            "agregasi",
            str(get(draf.isi, ("agregasi",), "rata-rata")),
            AGREGASI,
            lambda text, kode: set_value(text, ("agregasi",), kode),
        )
    if now == SENDIRI:
        st.html('<p class="skm-penjelas">Jumlah seluruh bobot harus 1.</p>')
        columns = st.columns(3)
        for at, (nama, bobot) in enumerate(ops.own_weights(draf.isi).items()):
            with columns[at % 3]:
                text_field(draf, nama, f"bobot-{nama}", bobot, _weight(nama))


def _weight(nama: str) -> Ubah:
    return lambda text, typed: ops.set_own_weight(text, nama, typed)


def _show_effect(pilihan: Pilihan, draf: Draf) -> None:
    """Show today's figures under the rules in force and under those of the draft."""
    sumber = pilihan.sumber
    if sumber is None:
        return
    checked = check(draf.teks, draf.survei_id)
    if checked.survei is None:
        faults = [t for t in checked.temuan if t.tempat == "Cara hitung"] or checked.temuan
        st.html(
            f'<p class="skm-penjelas">Pengaruhnya tampil setelah ini diperbaiki: '
            f"{escape(faults[0].pesan)}</p>"
        )
        return
    found = compare(sumber.resmi, checked.survei)
    if not found:
        st.html('<p class="skm-penjelas">Belum ada jawaban, jadi belum ada angka.</p>')
        return
    show_table(_effect_table(found))


def _effect_table(found: tuple[Banding, ...]) -> Tabel:
    kolom = (
        Kolom("Periode"),
        Kolom("IKM sekarang", angka=True),
        Kolom("IKM nanti", angka=True),
        Kolom("Selisih", angka=True),
        Kolom("Mutu"),
    )
    rows = tuple(
        (
            b.periode.label + (" (ditutup)" if b.ditutup else ""),
            ikm_text(b.kini.hasil.ikm),
            ikm_text(b.nanti.hasil.ikm),
            _difference(b),
            _mutu(b),
        )
        for b in found
    )
    return Tabel(
        "pengaruh",
        "Pengaruhnya pada angka yang ada",
        kolom,
        rows,
        catatan="Periode yang sudah ditutup tetap memakai cara hitung saat ditutup.",
    )


def _difference(b: Banding) -> str:
    if b.kini.hasil.ikm is None or b.nanti.hasil.ikm is None:
        return TANPA
    return format_change(b.nanti.hasil.ikm - b.kini.hasil.ikm, 2)


def _mutu(b: Banding) -> str:
    before, after = (_letter(h) for h in (b.kini, b.nanti))
    return after if before == after else f"{before} menjadi {after}"


def _letter(found: HasilPeriode) -> str:
    return found.hasil.kelas.mutu if found.hasil.kelas else TANPA


def _show_targets(pilihan: Pilihan, draf: Draf) -> None:
    now = pilihan.periode.tahun if pilihan.periode else 2026
    known = {*ops.targets(draf.isi, Target.IKM), *ops.targets(draf.isi, Target.RESPONDEN)}
    years = {now, now + 1, now + 2} | {int(k[:4]) for k in known if k[:4].isdigit()}
    tahun = st.selectbox(
        "Tahun",
        sorted(years, reverse=True),
        index=sorted(years, reverse=True).index(now),
        key=draf.key("target-tahun"),
        filter_mode=None,
    )
    st.html(
        '<p class="skm-penjelas">Kosongkan bila tidak ada. Target responden dipakai bila jumlah '
        "orang yang dilayani tidak diisi.</p>"
    )
    for part in PARTS:
        _show_target(draf, parse_period(f"{tahun}{part}"))


def _show_target(draf: Draf, periode: Periode) -> None:
    left, right = st.columns(2)
    for column, target, label in (
        (left, Target.IKM, f"Target IKM, {periode.label}"),
        (right, Target.RESPONDEN, f"Target responden, {periode.label}"),
    ):
        value = ops.targets(draf.isi, target).get(periode.kode, "")
        with column:
            text_field(
                draf, label, f"{target.value}-{periode.kode}", value, _target(target, periode)
            )


def _target(target: Target, periode: Periode) -> Ubah:
    return lambda text, typed: ops.set_target(text, target, periode, typed)
