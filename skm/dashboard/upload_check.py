"""Step 4 of an upload: what would be taken, what is rejected and why, what must be decided."""

from __future__ import annotations

from html import escape

import streamlit as st

from skm.analysis.table import Kolom, Tabel
from skm.angka import decimals_of, format_number
from skm.dashboard.draft import Draf
from skm.dashboard.render import show_table
from skm.dashboard.source import Sumber
from skm.intake import ProcessingSheet, TakDikenal, Temuan, write_rejects
from skm.pesan import SkmError, message
from skm.rekonsiliasi import Beda
from skm.store import Batch
from skm.survei import Survei
from skm.unggah import Keputusan, Rencana, closed_periods, take

SHOWN = 200
"""Faults listed on the page; the file of rejected rows has all of them."""
TWINS_SHOWN = 10
BIARKAN = ""


def show_check(sumber: Sumber, draf: Draf) -> Batch | None:
    """Show the outcome of the check; return the batch once the rows have been taken."""
    rencana = draf.rencana
    if rencana is None:
        return None
    if rencana.sama is not None:
        st.warning(str(SkmError("berkas-sudah-diunggah", batch=rencana.sama.id)))
        return None
    st.html(counts_html(rencana))
    for temuan in rencana.pemeriksaan.peringatan:
        st.warning(temuan.pesan)
    if closed := closed_periods(sumber.store, rencana):
        label = ", ".join(periode.label for periode in closed)
        st.warning(message("unggah-periode-ditutup", label=label))
    _show_unknown(sumber, draf, rencana)
    _show_faults(draf, rencana)
    if rencana.pemeriksaan.pembanding is not None:
        _show_comparison(rencana.pemeriksaan.pembanding)
    return _show_take(sumber, rencana, _decide_twins(rencana))


def counts_html(rencana: Rencana) -> str:
    """Return the numbers of a check: new, rejected, already stored, to be decided."""
    facts = [
        ("Jawaban baru", len(rencana.baru)),
        ("Baris ditolak", rencana.pemeriksaan.jumlah_ditolak),
    ]
    if rencana.dikenal:
        facts.append(("Sudah tersimpan, dilewati", rencana.dikenal))
    if rencana.kembar:
        facts.append(("Perlu diputuskan", len(rencana.kembar)))
    items = "".join(
        f"<div><dt>{escape(label)}</dt><dd><strong>{format_number(n)}</strong></dd></div>"
        for label, n in facts
    )
    return f'<dl class="skm-fakta skm-hitung">{items}</dl>'


def _show_unknown(sumber: Sumber, draf: Draf, rencana: Rencana) -> None:
    unknown = rencana.pemeriksaan.tak_dikenal
    if not unknown:
        return
    with st.form("padanan", border=True):
        st.markdown(
            "**Nama yang tidak ada pada survei**  \n"
            "Tentukan padanannya satu kali; berlaku untuk semua baris berkas ini."
        )
        answers = {
            (item.jenis, item.teks): _ask_match(sumber.survei, item, at)
            for at, item in enumerate(unknown[:SHOWN])
        }
        if st.form_submit_button("Terapkan dan periksa lagi", type="primary"):
            draf.padanan |= {key: kode for key, kode in answers.items() if kode}
            draf.check(sumber)
            st.rerun()


def _ask_match(survei: Survei, item: TakDikenal, at: int) -> str | None:
    places = survei.layanan if item.jenis == "layanan" else survei.titik
    names = {BIARKAN: "Biarkan ditolak"} | {p.kode: p.nama for p in places}
    codes = list(names)
    what = "Jenis layanan" if item.jenis == "layanan" else "Titik layanan"
    rows = format_number(item.jumlah)
    label = f"{what} “{item.teks}” pada {rows} baris"
    return st.selectbox(
        label,
        codes,
        index=codes.index(item.usul) if item.usul in names else 0,
        format_func=names.__getitem__,
        key=f"padanan-{at}-{item.jenis}-{item.teks}",
    )


def _show_faults(draf: Draf, rencana: Rencana) -> None:
    checked = rencana.pemeriksaan
    if not checked.ditolak:
        return
    show_table(faults_table(checked.ditolak), tinggi=len(checked.ditolak) > 12)
    if not checked.baris_ditolak:
        return
    st.html(
        '<p class="skm-penjelas">Baris lain tetap dapat disimpan. Unduh baris yang ditolak, '
        "perbaiki, lalu unggah lagi; data pribadi dan kolom yang tidak dibaca tidak ikut di "
        "dalamnya.</p>"
    )
    stem = draf.berkas.nama.rpartition(".")[0] or draf.berkas.nama
    with st.container(horizontal=True):
        st.download_button(
            "Unduh baris ditolak (XLSX)",
            lambda: write_rejects(draf.berkas, rencana.pemetaan, checked, "xlsx"),
            f"{stem}-ditolak.xlsx",
            key="ditolak-xlsx",
            on_click="ignore",
        )
        st.download_button(
            "Unduh baris ditolak (CSV)",
            lambda: write_rejects(draf.berkas, rencana.pemetaan, checked, "csv"),
            f"{stem}-ditolak.csv",
            key="ditolak-csv",
            on_click="ignore",
        )


def faults_table(faults: tuple[Temuan, ...]) -> Tabel:
    """Return the faults with their places as the spreadsheet shows them."""
    rows = tuple(
        (format_number(t.baris) if t.baris else "—", _place(t), t.nilai, t.pesan)
        for t in faults[:SHOWN]
    )
    count = format_number(len(faults))
    note = ""
    if len(faults) > SHOWN:
        note = f"Ditampilkan {SHOWN} dari {count} kesalahan; berkas baris ditolak memuat semuanya."
    kolom = (
        Kolom("Baris", angka=True),
        Kolom("Kolom"),
        Kolom("Isi"),
        Kolom("Keterangan"),
    )
    return Tabel("kesalahan", f"Kesalahan pada berkas ({count})", kolom, rows, catatan=note)


def _place(temuan: Temuan) -> str:
    return f"{temuan.huruf} · {temuan.kolom}" if temuan.huruf else temuan.kolom or "—"


def _show_comparison(printed: ProcessingSheet) -> None:
    st.markdown("**Perbandingan dengan angka pada lembar olahan**")
    if not printed.utuh:
        st.info(
            "Sebagian baris ditolak, sehingga angka pada lembar olahan belum dapat dibandingkan."
        )
        return
    if printed.cocok:
        st.success(
            f"Angka pada lembar sama dengan hitungan, metode {printed.cocok[0].metode.label}."
        )
        return
    beda = (*printed.beda, *(printed.kecocokan[0].beda if printed.kecocokan else ()))
    method = printed.kecocokan[0].metode.label if printed.kecocokan else ""
    show_table(differences_table(beda, method))


def differences_table(beda: tuple[Beda, ...], method: str) -> Tabel:
    """Return the printed figures that the closest method does not give."""
    rows = tuple(
        (
            b.besaran.upper() if b.besaran in ("nrr", "ikm") else b.besaran.replace("_", " "),
            b.unsur or "—",
            format_number(b.tercetak, decimals_of(b.tercetak)),
            format_number(b.dihitung, max(decimals_of(b.tercetak), decimals_of(b.dihitung))),
        )
        for b in beda
    )
    kolom = (
        Kolom("Besaran"),
        Kolom("Unsur"),
        Kolom("Pada lembar", angka=True),
        Kolom("Dihitung", angka=True),
    )
    title = "Angka pada lembar yang berbeda dari hitungan"
    note = f"Metode yang paling mendekati: {method}." if method else ""
    return Tabel("pembanding", title, kolom, rows, catatan=note)


def _decide_twins(rencana: Rencana) -> Keputusan | None:
    if not rencana.kembar:
        return None
    rows = tuple(
        (
            format_number(k.baris),
            " ".join(k.jawaban.nilai),
            k.jawaban.periode.label if k.jawaban.periode else "—",
            format_number(k.tersimpan),
        )
        for k in rencana.kembar[:TWINS_SHOWN]
    )
    kolom = (
        Kolom("Baris", angka=True),
        Kolom("Jawaban"),
        Kolom("Periode"),
        Kolom("Sama di penyimpanan", angka=True),
    )
    count = format_number(len(rencana.kembar))
    title = f"Baris tanpa nomor unik dan jam yang sama dengan jawaban tersimpan ({count})"
    show_table(Tabel("kembar", title, kolom, rows))
    texts = {
        Keputusan.LEWATI: "Lewati: baris ini sudah pernah disimpan",
        Keputusan.AMBIL: "Simpan juga: baris ini dari responden lain",
    }
    return st.radio(
        "Apa yang dilakukan dengan baris itu?",
        list(texts),
        index=None,
        format_func=texts.__getitem__,
        key="kembar",
    )


def _show_take(sumber: Sumber, rencana: Rencana, kembar: Keputusan | None) -> Batch | None:
    undecided = bool(rencana.kembar) and kembar is None
    nothing = not rencana.baru and not rencana.kembar
    if nothing and rencana.pemeriksaan.diterima:
        st.info(str(SkmError("tidak-ada-yang-baru")))
    elif nothing:
        st.info(message("unggah-tanpa-terima", berkas=rencana.berkas.nama))
    if not st.button("Simpan jawaban", type="primary", key="simpan", disabled=undecided or nothing):
        return None
    return _take(sumber, rencana, kembar)


def _take(sumber: Sumber, rencana: Rencana, kembar: Keputusan | None) -> Batch:
    text = "Menyimpan jawaban…"
    bar = st.progress(0.0, text=text)
    total = len(rencana.baru) + len(rencana.kembar)

    def report(done: int) -> None:
        bar.progress(min(1.0, done / total), text=text)

    try:
        return take(sumber.store, rencana, kembar, report)
    finally:
        bar.empty()
