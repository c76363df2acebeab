"""Section Berkas & riwayat: the file to download and upload, the folder's file, the history."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import streamlit as st

from skm.atur.beda import changes
from skm.atur.dokumen import read
from skm.atur.folder import BerkasLain, differing_file
from skm.atur.periksa import check
from skm.atur.simpan import decode
from skm.dashboard.confirm import act, ask
from skm.dashboard.pengaturan_baru import show_new
from skm.dashboard.pengaturan_draf import Draf, discard, edit
from skm.dashboard.pengaturan_simpan import faults_html
from skm.dashboard.selection import Pilihan
from skm.pesan import SkmError, message
from skm.store import AsalBerkas, Store, VersiSurvei
from skm.survei import Survei
from skm.tanggal import moment_text

ASAL = {
    AsalBerkas.AWAL: "Isi sebelum riwayat dicatat",
    AsalBerkas.FOLDER: "Dari berkas di folder surveys",
    AsalBerkas.KANTOR: "Diubah oleh kantor",
}
_ROUND = "atur-impor-putaran"
_FAULTS = "atur-impor-galat"


def show(pilihan: Pilihan, draf: Draf) -> None:
    """Show the section."""
    sumber = pilihan.sumber
    if sumber is None:
        return
    _show_folder(sumber.store, draf)
    st.html('<h2 class="skm-judul">Berkas survei</h2>')
    address = f"/unduh/{quote(draf.survei_id)}/survei.toml"
    st.html(
        '<p class="skm-penjelas">Seluruh pengaturan survei adalah satu berkas teks (TOML). Berkas '
        "yang diunggah menjadi perubahan yang belum disimpan: ditinjau dahulu, lalu disimpan.</p>"
        f'<p class="skm-unduh"><a href="{address}" download>Unduh berkas survei</a></p>'
    )
    _show_import(draf)
    _show_history(sumber.store, sumber.survei, draf)
    show_new(sumber.store, draf.survei_id)


def _show_folder(store: Store, draf: Draf) -> None:
    """Ask what to do with a file of the folder that says something else than the store."""
    found = differing_file(store, draf.survei_id)
    if found is None:
        return
    st.warning(message("survei-berkas-berbeda", berkas=found.nama, judul=found.survei.judul))
    words = changes(read(store.load_toml(draf.survei_id)), read(found.teks))
    items = "".join(f"<li>{escape(w)}</li>" for w in words) or "<li>Hanya penulisannya.</li>"
    st.html(f'<p>Bila berkas itu dipakai:</p><ul class="skm-beda">{items}</ul>')
    with st.container(horizontal=True):
        if st.button("Pakai berkas itu", key="atur-folder-pakai"):
            ask(
                "Pakai berkas di folder surveys?",
                f'<ul class="skm-beda">{items}</ul>'
                "<p>Isi yang sekarang tetap ada pada riwayat.</p>",
                "Ya, pakai",
                lambda: _use(store, draf, found),
            )
        st.button(
            "Abaikan berkas itu",
            key="atur-folder-abaikan",
            on_click=lambda: act(lambda: _pass_over(store, draf, found)),
        )


def _use(store: Store, draf: Draf, found: BerkasLain) -> str:
    store.save_survei(found.survei, found.teks)
    discard(draf.survei_id)
    return f"Berkas {found.nama} sekarang berlaku."


def _pass_over(store: Store, draf: Draf, found: BerkasLain) -> str:
    store.pass_over_file(draf.survei_id, found.teks)
    return f"Berkas {found.nama} diabaikan sampai isinya berubah lagi."


def _show_import(draf: Draf) -> None:
    key = draf.key(f"impor-{st.session_state.get(_ROUND, 0)}")
    with st.container(key="atur-unggah"):
        st.file_uploader(
            "Unggah berkas survei",
            type="toml",
            key=key,
            max_upload_size=2,
            on_change=lambda: act(lambda: _import(draf, key)),
        )
    if faults := st.session_state.pop(_FAULTS, None):
        st.html(f"<p><strong>Berkas itu belum dapat dipakai:</strong></p>{faults}")


def _import(draf: Draf, key: str) -> str:
    """Make an uploaded file the draft; the faults of one that cannot be used are told at once."""
    given = st.session_state[key]
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # an empty uploader again
    if given is None:
        return ""
    text = decode(given.getvalue())
    checked = check(text, draf.survei_id)
    if checked.survei is None:
        st.session_state[_FAULTS] = faults_html(checked.temuan)
        return ""
    edit(draf.survei_id, lambda _: text)
    return f"{given.name} dibaca. Tinjau perubahannya di bawah, lalu simpan."


def _show_history(store: Store, survei: Survei, draf: Draf) -> None:
    versions = store.survei_versions(survei.id)
    st.html('<h2 class="skm-judul skm-bagian">Riwayat</h2>')
    if not versions:
        st.html('<p class="skm-penjelas">Belum ada perubahan.</p>')
        return
    rows = "".join(_row(v, survei) for v in versions)
    st.html(
        '<div class="skm-gulir skm-tinggi" role="region" tabindex="0" aria-label="Riwayat">'
        '<table class="skm-riwayat"><thead><tr><th class="angka">No.</th><th>Perubahan</th>'
        f"<th>Berkas</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
    if len(versions) < 2:
        return
    older = {v.nomor: v for v in versions[1:]}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        nomor = st.selectbox(
            "Kembali ke isi nomor",
            list(older),
            format_func=lambda n: f"{n}. {_moment(older[n], survei)}",
            key=draf.key("riwayat-nomor"),
            filter_mode=None,
        )
        st.button(
            "Jadikan perubahan",
            key="atur-riwayat-pakai",
            on_click=lambda: act(lambda: _bring_back(store, draf, nomor)),
        )


def _bring_back(store: Store, draf: Draf, nomor: int) -> str:
    text = store.load_version(draf.survei_id, nomor)
    if faults := check(text, draf.survei_id).temuan:  # of an earlier program
        raise SkmError("survei-belum-sah", jumlah=len(faults))
    edit(draf.survei_id, lambda _: text)
    return f"Isi nomor {nomor} dibuka. Tinjau perubahannya di bawah, lalu simpan."


def _moment(v: VersiSurvei, survei: Survei) -> str:
    return moment_text(v.waktu, survei.zona, survei.zona_waktu)


def _row(v: VersiSurvei, survei: Survei) -> str:
    words = "<br>".join(escape(line) for line in v.ringkasan.splitlines())
    address = f"/unduh/{quote(survei.id)}/survei-{v.nomor}.toml"
    return (
        f'<tr><td class="angka">{v.nomor}</td><td><strong>{escape(_moment(v, survei))}</strong>'
        f"<span>{ASAL[v.asal]}</span>{words}</td>"
        f'<td><a href="{address}" download>Unduh</a></td></tr>'
    )
