"""The form of one follow-up, in a dialog that stays open until it is saved or left."""

from __future__ import annotations

import streamlit as st

from skm.dashboard.confirm import act, end_dialog
from skm.dashboard.source import Sumber
from skm.periode import Periode
from skm.pesan import message
from skm.store import StatusTindak, TindakBaru, TindakLanjut
from skm.survei import Survei
from skm.tindak import NAMA_STATUS

_UNIT = ""
"""The key of the whole unit among the layanan."""
SHORT, LONG = 200, 2000


def open_form(
    sumber: Sumber, periode: Periode, unsur: str, tindak: TindakLanjut | None = None
) -> None:
    """Ask for a new follow-up of an unsur, or for changes of a known one."""
    title = "Ubah rencana tindak lanjut" if tindak else "Tambah rencana tindak lanjut"

    @st.dialog(title, width="medium", dismissible=False)
    def form() -> None:
        isi = tindak.isi if tindak else TindakBaru(periode, unsur, "", "", "")
        key = f"tindak-{tindak.id if tindak else 'baru'}"
        survei = sumber.resmi.survei_of(periode)
        with st.form(key, border=False, enter_to_submit=False):
            _plan_fields(survei, isi, key)
            if tindak is not None:
                _outcome_fields(isi, key)
            with st.container(horizontal=True):
                yes = st.form_submit_button(
                    "Simpan",
                    type="primary",
                    key="tindak-simpan",
                    on_click=act,
                    args=(lambda: _save(sumber, isi, key, tindak),),
                )
                no = st.form_submit_button("Batal", key="tindak-batal")
        end_dialog(yes=yes, no=no)

    form()


def _plan_fields(survei: Survei, isi: TindakBaru, key: str) -> None:
    unsur = {u.kode: f"{u.kode} {u.nama}" for u in survei.unsur}
    left, right = st.columns(2)
    left.selectbox(
        "Unsur",
        list(unsur),
        index=list(unsur).index(isi.unsur) if isi.unsur in unsur else 0,
        format_func=unsur.__getitem__,
        key=f"{key}-unsur",
        filter_mode=None,
    )
    services = {_UNIT: "Seluruh unit"} | {item.kode: item.nama for item in survei.layanan}
    right.selectbox(
        "Jenis layanan",
        list(services),
        index=list(services).index(isi.layanan) if isi.layanan in services else 0,
        format_func=services.__getitem__,
        key=f"{key}-layanan",
    )
    st.text_area(
        "Program atau kegiatan",
        value=isi.kegiatan,
        key=f"{key}-kegiatan",
        max_chars=LONG,
        height=90,
        placeholder="Misalnya: menambah satu loket pengambilan pada jam sibuk",
    )
    left, right = st.columns(2)
    left.text_input(
        "Waktu",
        value=isi.waktu,
        key=f"{key}-waktu",
        max_chars=SHORT,
        placeholder="Misalnya: Triwulan I 2025",
    )
    right.text_input(
        "Penanggung jawab (jabatan, bukan nama orang)",
        value=isi.penanggung_jawab,
        key=f"{key}-penanggung_jawab",
        max_chars=SHORT,
        placeholder="Misalnya: Kepala Bidang Pelayanan",
    )


def _outcome_fields(isi: TindakBaru, key: str) -> None:
    status = list(StatusTindak)
    st.selectbox(
        "Status",
        status,
        index=status.index(isi.status),
        format_func=NAMA_STATUS.__getitem__,
        key=f"{key}-status",
        filter_mode=None,
    )
    for nama, label, hint in (
        ("realisasi", "Realisasi", "Apa yang sudah dikerjakan"),
        ("bukti", "Bukti", "Misalnya: nomor surat tugas, foto, berita acara"),
        ("hambatan", "Hambatan", "Apa yang menghalangi, bila ada"),
    ):
        st.text_area(
            label,
            value=getattr(isi, nama),
            key=f"{key}-{nama}",
            max_chars=LONG,
            height=80,
            placeholder=hint,
        )


def _save(sumber: Sumber, isi: TindakBaru, key: str, tindak: TindakLanjut | None) -> str:
    def given(nama: str) -> str:
        return str(st.session_state.get(f"{key}-{nama}", getattr(isi, nama)) or "")

    baru = TindakBaru(
        periode=isi.periode,
        unsur=given("unsur"),
        kegiatan=given("kegiatan"),
        waktu=given("waktu"),
        penanggung_jawab=given("penanggung_jawab"),
        layanan=given("layanan") or None,
        status=StatusTindak(given("status")),
        realisasi=given("realisasi"),
        bukti=given("bukti"),
        hambatan=given("hambatan"),
    )
    if tindak is None:
        sumber.store.add_follow_up(sumber.survei.id, baru)
    else:
        sumber.store.change_follow_up(sumber.survei.id, tindak.id, baru)
    return message("tindak-disimpan", unsur=baru.unsur)
