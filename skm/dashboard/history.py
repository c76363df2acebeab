"""The uploads and paper sittings of a survey, newest first; each can be undone as a whole.

Answers of the web form are not here: single ones are excluded on the page Pengumpulan.
"""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from skm.angka import format_number
from skm.dashboard.confirm import ask
from skm.dashboard.source import Sumber
from skm.pengumpulan import clock_text
from skm.pesan import message
from skm.store import Batch, StatusBatch, Store
from skm.survei import Survei

SHOWN = 10


def show_history(sumber: Sumber) -> None:
    """Show the uploads with their numbers and the way to undo them."""
    st.html('<h2 class="skm-judul skm-bagian">Riwayat unggahan</h2>')
    batches = [b for b in sumber.store.list_batches(sumber.survei.id) if b.tautan is None]
    if not batches:
        st.html('<p class="skm-penjelas">Belum ada unggahan untuk survei ini.</p>')
        return
    everything = len(batches) <= SHOWN or st.toggle(
        f"Tampilkan semua ({format_number(len(batches))})", key="riwayat-semua"
    )
    with st.container(key="riwayat"):
        for batch in batches if everything else batches[:SHOWN]:
            _show_batch(sumber, batch)


def _show_batch(sumber: Sumber, batch: Batch) -> None:
    with st.container(key=f"riwayat-{batch.id}", horizontal=True, vertical_alignment="center"):
        st.html(batch_html(batch, sumber.survei))
        if batch.status is StatusBatch.AKTIF and st.button(
            "Batalkan", key=f"batal-{batch.id}", width="content"
        ):
            ask(
                "Batalkan unggahan?",
                f"Semua {format_number(batch.diterima)} jawaban dari "
                f"<strong>{escape(batch_name(batch))}</strong> tidak lagi dihitung. Berkasnya "
                "dapat diunggah lagi kemudian.",
                "Ya, batalkan unggahan",
                lambda: _undo(sumber.store, batch),
            )


def batch_html(batch: Batch, survei: Survei) -> str:
    """Return one line of the history."""
    rejected = f", {format_number(batch.ditolak)} baris ditolak" if batch.ditolak else ""
    undone = batch.status is StatusBatch.BATAL
    state = '<span class="skm-batal">Dibatalkan</span>' if undone else ""
    return (
        f'<div class="skm-unggahan"><strong>{escape(batch_name(batch))}'
        f"</strong>{state}<span>{moment_text(batch.waktu, survei)} · "
        f"{format_number(batch.diterima)} jawaban{rejected}</span></div>"
    )


def moment_text(waktu: datetime, survei: Survei) -> str:
    """Return a moment by the office's clock, as HTML."""
    return escape(clock_text(waktu, survei))


def _undo(store: Store, batch: Batch) -> str:
    store.undo_batch(batch.id)
    return message("unggahan-dibatalkan", berkas=batch_name(batch))


def batch_name(batch: Batch) -> str:
    """Return what people call an upload: its file, or the sitting at which it was keyed."""
    return batch.nama_berkas or f"Entri kertas {batch.id}"
