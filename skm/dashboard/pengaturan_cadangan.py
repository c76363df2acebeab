"""Section Cadangan: the last daily copy, one more now, and how to bring a copy back."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from html import escape
from pathlib import Path

import streamlit as st

from skm.akun import Hak
from skm.angka import format_number
from skm.dashboard.confirm import act
from skm.dashboard.pengaturan_draf import Draf
from skm.dashboard.selection import Pilihan
from skm.pesan import message
from skm.settings import COPIES, read_settings
from skm.store import Store
from skm.store.copies import list_copies, make_copy
from skm.tanggal import day_text

MEBI = 1 << 20


def show(pilihan: Pilihan, _: Draf) -> None:
    """Show the section."""
    settings = read_settings()
    folder = settings.data / COPIES
    st.html('<h2 class="skm-judul">Cadangan</h2>')
    _show_last(folder)
    if settings.copies is None:
        st.info(message("cadangan-harian-mati"))
    st.button(
        "Cadangkan sekarang",
        key="atur-cadangkan",
        type="primary",
        on_click=lambda: act(lambda: _copy_now(pilihan.store, folder)),
    )
    _show_restore(folder)


def _show_last(folder: Path) -> None:
    copies = list_copies(folder)
    if not copies:
        st.warning(message("cadangan-belum-ada"))
        return
    last = max(copies)
    size = format_number(Fraction(copies[last].stat().st_size, MEBI), 1)
    st.html(
        '<dl class="skm-fakta skm-hitung skm-salinan">'
        f"<div><dt>Salinan terakhir</dt><dd><strong>{day_text(last)}</strong>"
        f"<span>{size} MB</span></dd></div>"
        f"<div><dt>Jumlah salinan</dt><dd><strong>{format_number(len(copies))}</strong>"
        f"<span>sejak {day_text(min(copies))}</span></dd></div></dl>"
    )
    st.caption("Tempatnya")
    st.code(str(copies[last]), language=None, wrap_lines=True)


def _show_restore(folder: Path) -> None:
    """Show how a copy is brought back; the page itself never does it while the program runs."""
    copies = list_copies(folder)
    path = escape(str(copies[max(copies)])) if copies else "skm-20261126.zip"
    st.html(
        '<h2 class="skm-judul skm-bagian">Bila perlu memulihkan</h2><ol class="skm-petunjuk">'
        "<li>Hentikan program (Ctrl+C pada jendelanya).</li>"
        f'<li>Periksa berkasnya: <code>python -m skm pulihkan "{path}" --periksa</code></li>'
        f'<li>Pulihkan: <code>python -m skm pulihkan "{path}" --ganti</code>. Seluruh isi basis '
        "data menjadi isi cadangan.</li>"
        "<li>Jalankan program lagi. Jawaban setelah saat cadangan tidak ada di dalamnya.</li></ol>"
        '<p class="skm-penjelas">Salinan di komputer yang sama tidak menolong bila komputernya '
        "rusak. Setiap minggu, pindahkan satu berkas ke diska lain. Berkasnya memuat seluruh "
        "jawaban: simpan di tempat yang hanya dapat dibuka petugas.</p>"
    )


def _copy_now(store: Store, folder: Path) -> str:
    store.pelaku.need(Hak.CADANGAN)
    path = make_copy(store.engine, folder, datetime.now().astimezone().date(), anew=True)
    if path is None:
        return message("cadangan-sedang-dibuat")
    return message("cadangan-dibuat", berkas=path.name)
