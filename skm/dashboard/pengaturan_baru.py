"""A new survey: from the regulation's questionnaire, as a copy, or from a file."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from skm.atur.baru import Identitas, copy_of, from_regulation, make_id
from skm.atur.periksa import check
from skm.atur.simpan import create, decode
from skm.dashboard.confirm import act
from skm.dashboard.pengaturan_kantor import ZONA
from skm.dashboard.pengaturan_simpan import faults_html
from skm.dashboard.selection import choose_survey
from skm.pesan import SkmError, message
from skm.store import Store

_ROUND = "atur-baru-putaran"
KUESIONER, PERATURAN, BERKAS = "kuesioner", "peraturan", "berkas"
NAMES = {
    KUESIONER: "Baku PermenPANRB 14/2017, urutan contoh kuesioner (U8 Sarana, U9 Pengaduan)",
    PERATURAN: "Baku PermenPANRB 14/2017, urutan daftar unsur (U8 Pengaduan, U9 Sarana)",
    BERKAS: "Dari berkas survei (.toml)",
}


def show_new(store: Store, survei_id: str | None) -> None:
    """Show how to make a survey; `survei_id` is the one in view, which may be copied."""
    st.html('<h2 class="skm-judul skm-bagian">Survei baru</h2>')
    copies = {f"salin:{info.id}": f"Salinan dari {info.judul}" for info in store.list_survei()}
    options = NAMES | copies
    source = st.selectbox(
        "Dimulai dari",
        list(options),
        format_func=options.__getitem__,
        key="atur-baru-asal",
        filter_mode=None,
    )
    if source == BERKAS:
        _show_file(store)
    else:
        _show_form(store, source, survei_id)


def _show_form(store: Store, source: str, survei_id: str | None) -> None:
    year = datetime.now(UTC).year
    known = store.load_survei(survei_id) if survei_id else None
    _field("Judul survei", "judul", f"Survei Kepuasan Masyarakat {year}")
    _field("Nama unit pelayanan", "unit", known.unit if known else "")
    _field("Pemerintah atau instansi", "instansi", known.instansi if known else "")
    st.selectbox(
        "Zona waktu", list(ZONA), format_func=ZONA.__getitem__, key=_key("zona"),
        filter_mode=None,
    )  # fmt: skip
    st.html(f'<p class="skm-penjelas">Id: <code>{_given(store).id}</code></p>')
    st.button(
        "Buat survei",
        key=_key("buat"),
        type="primary",
        on_click=act,
        args=(lambda: _make(store, source, year),),
    )


def _key(kunci: str) -> str:
    return f"atur-baru-{kunci}"


def _field(label: str, kunci: str, usual: str) -> None:
    key = _key(kunci)
    if key not in st.session_state:
        st.session_state[key] = usual
    st.text_input(label, key=key)


def _given(store: Store) -> Identitas:
    """Return what is typed at this moment: a click may come with the last word of a field."""
    asked = ("judul", "instansi", "unit", "zona")
    judul, *rest = (str(st.session_state[_key(kunci)]).strip() for kunci in asked)
    taken = [info.id for info in store.list_survei()]
    return Identitas(make_id(judul, taken), judul, *rest)


def _make(store: Store, source: str, year: int) -> str:
    given = _given(store)
    if not all(given.values.values()):
        raise SkmError("survei-baru-kurang")
    if source.startswith("salin:"):
        text = copy_of(store.load_toml(source.removeprefix("salin:")), given)
    else:
        text = from_regulation(given, "peraturan" if source == PERATURAN else "kuesioner", year)
    return _created(store, text)


def _created(store: Store, text: str) -> str:
    survei = create(store, text)
    choose_survey(survei.id)
    return message("survei-dibuat", judul=survei.judul)


def _show_file(store: Store) -> None:
    """Show the upload of a file, and what is wrong with it."""
    key = f"atur-baru-berkas-{st.session_state.get(_ROUND, 0)}"
    with st.container(key="atur-unggah-baru"):
        given = st.file_uploader("Berkas survei", type="toml", key=key, max_upload_size=2)
    if given is None:
        return
    try:
        text = decode(given.getvalue())
    except SkmError as error:
        st.error(str(error))
        return
    checked = check(text)
    if checked.survei is None:
        st.html(f"<p><strong>Perbaiki dahulu:</strong></p>{faults_html(checked.temuan)}")
        return
    st.button(
        f"Buat survei “{checked.survei.judul}”",
        key="atur-baru-dari-berkas",
        type="primary",
        on_click=lambda: act(lambda: _take_file(store, text)),
    )


def _take_file(store: Store, text: str) -> str:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # an empty uploader again
    return _created(store, text)
