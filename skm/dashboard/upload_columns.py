"""Step 2 of an upload: what each column is; proposed by the program, decided by a person."""

from __future__ import annotations

from html import escape
from itertools import islice

import streamlit as st

from skm.angka import format_number
from skm.dashboard.draft import Draf
from skm.dashboard.source import Sumber
from skm.intake import Kolom, mask
from skm.intake.sheets import cell_text, is_blank
from skm.survei import Survei

_LOOK = 200
LABELS = {
    "layanan": "Jenis layanan",
    "titik": "Titik layanan",
    "waktu": "Tanggal dan jam",
    "tanggal": "Tanggal",
    "jam": "Jam",
    "nomor": "Nomor responden",
    "saran": "Saran",
    "pribadi": "Data pribadi (tidak disimpan)",
    "abaikan": "Tidak dipakai",
}


def show_columns(sumber: Sumber, draf: Draf) -> bool:
    """Show the mapping and return whether the file can be checked with it."""
    for butir in draf.pemetaan.masalah:
        st.error(butir.pesan)
    confirmed = _show_numbered(draf)
    _show_suggestions(draf)
    labels = target_labels(sumber.survei, draf)
    shown = [k for k in draf.pemetaan.kolom if k.judul or _samples(draf, k)]
    doubtful = [k for k in shown if k.indeks in draf.perhatian]
    known = [k for k in shown if k.indeks not in draf.perhatian]
    if doubtful:
        st.markdown("**Kolom yang perlu dilihat**")
        for kolom in doubtful:
            _show_column(draf, kolom, labels)
    if known:
        count = format_number(len(known))
        with st.expander(f"Kolom yang sudah dikenali ({count})", expanded=not doubtful):
            for kolom in known:
                _show_column(draf, kolom, labels)
    _show_notes(draf)
    agreed = _show_missing(draf, labels)
    return confirmed and agreed and not (draf.pemetaan.masalah or draf.pemetaan.saran_wajib)


def target_labels(survei: Survei, draf: Draf) -> dict[str, str]:
    """Return every target in words: an unsur by code and name, never by its number alone."""
    codes = {u.nama: u.kode for u in survei.unsur}
    per_unsur = [p.unsur for p in survei.kuesioner.pertanyaan]
    labels = {}
    for question in survei.kuesioner.pertanyaan:
        several = f" (pertanyaan {question.kode})" if per_unsur.count(question.unsur) > 1 else ""
        labels[question.kode] = f"{codes[question.unsur]} {question.unsur}{several}"
    labels |= {p.kode: p.label for p in survei.profil}
    return {t: labels.get(t) or LABELS.get(t, t) for t in draf.pemetaan.targets}


def _show_numbered(draf: Draf) -> bool:
    """Ask once which unsur the bare numbers U8 and U9 stand for."""
    for butir in draf.pemetaan.konfirmasi:
        with st.container(key="nomor-u8-u9", border=True):
            st.markdown(f"**Pastikan U8 dan U9**  \n{escape_markdown(butir.pesan)}")
            with st.container(horizontal=True):
                if st.button("Sudah benar", key="u8-u9-benar", type="primary"):
                    draf.change(draf.pemetaan.confirmed())
                    st.rerun()
                if st.button("Tukar keduanya", key="u8-u9-tukar"):
                    draf.change(draf.pemetaan.swap_u8_u9().confirmed())
                    st.rerun()
    return not draf.pemetaan.konfirmasi


def _show_suggestions(draf: Draf) -> None:
    for butir in draf.pemetaan.saran:
        at = butir.kolom[0]
        with st.container(key=f"usul-{at}", horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="skm-usul">{escape(butir.pesan)}</p>')
            if st.button("Ya, pakai", key=f"usul-ya-{at}", width="content") and butir.tujuan:
                draf.change(draf.pemetaan.with_column(at, butir.tujuan))
                st.rerun()
            if st.button("Bukan", key=f"usul-bukan-{at}", width="content"):
                draf.change(draf.pemetaan.with_column(at, "abaikan"))
                st.rerun()


def _show_missing(draf: Draf, labels: dict[str, str]) -> bool:
    """Ask whether to go on without the questions that have no column."""
    belum = draf.pemetaan.belum
    if not belum or draf.pemetaan.masalah:
        return not belum
    missing = ", ".join(escape_markdown(labels[t]) for t in belum)
    key = f"tanpa-{draf.berkas.sha256[:12]}-{draf.pemetaan.lembar}-{'-'.join(belum)}"
    text = f"Tidak terbaca: {missing}. Lanjutkan tanpa itu."
    agreed = st.checkbox(text, value=draf.agreed, key=key)
    draf.tanpa = frozenset(belum) if agreed else frozenset()
    return agreed


def _show_column(draf: Draf, kolom: Kolom, labels: dict[str, str]) -> None:
    key = f"kolom-{draf.berkas.sha256[:12]}-{draf.pemetaan.lembar}-{kolom.indeks}"
    st.session_state[key] = kolom.tujuan
    title = escape(kolom.judul) or "<em>tanpa judul</em>"
    values = " · ".join(escape(v) for v in _samples(draf, kolom)) or "kosong"
    left, right = st.columns([1.4, 1], vertical_alignment="center")
    with left:
        st.html(
            f'<div class="skm-kolom"><span class="kode">{kolom.huruf}</span><div>'
            f"<strong>{title}</strong><span>{values}</span></div></div>"
        )
    with right:
        st.selectbox(
            f"Kolom {kolom.huruf} dibaca sebagai",
            list(labels),
            format_func=labels.__getitem__,
            key=key,
            label_visibility="collapsed",
            on_change=_take_choice,
            args=(draf, kolom.indeks, key),
        )


def _take_choice(draf: Draf, indeks: int, key: str) -> None:
    draf.change(draf.pemetaan.with_column(indeks, st.session_state[key]))


def _samples(draf: Draf, kolom: Kolom) -> list[str]:
    """Return the first three values of a column; of one that names people, none."""
    if kolom.tujuan == "pribadi":
        return ["isinya tidak dibaca"]
    rows = draf.berkas.sheet(draf.pemetaan.lembar).baris
    below = islice(rows, draf.pemetaan.baris_judul, draf.pemetaan.baris_judul + _LOOK)
    cells = (row[kolom.indeks] for row in below if kolom.indeks < len(row))
    texts = (mask(cell_text(c)) for c in cells if not is_blank(c))
    return [t if len(t) <= 40 else f"{t[:39]}…" for t in islice(texts, 3)]


def _show_notes(draf: Draf) -> None:
    notes = [butir.pesan for butir in draf.pemetaan.catatan]
    private = [k.nama for k in draf.pemetaan.kolom if k.tujuan == "pribadi"]
    if private:
        notes.append(f"Data pribadi tidak dibaca dan tidak pernah disimpan: {', '.join(private)}.")
    if notes:
        items = "".join(f"<li>{escape(n)}</li>" for n in notes)
        st.html(f'<ul class="skm-catatan">{items}</ul>')


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>$~:" else c for c in text)
