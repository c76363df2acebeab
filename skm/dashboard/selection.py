"""Which survey, period and channel the pages show: chosen in the sidebar, kept in the address.

`bind="query-params"` of the widgets writes the option's label and drops the default, so a link
would say "Triwulan IV 2024" or nothing. Here the address always holds the codes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from skm.akun import Hak
from skm.dashboard import source
from skm.dashboard.source import Sumber
from skm.jawaban import NAMA_KANAL
from skm.periode import Jenis, Periode, parse_period, period_at
from skm.pesan import SkmError, message
from skm.store import Store, SurveiInfo
from skm.survei import Survei

SURVEI, PERIODE, KANAL = "survei", "periode", "kanal"
BAGIAN = "bagian"
_WIDGET_SURVEI, _WIDGET_PERIODE, _WIDGET_KANAL = "pilih-survei", "pilih-periode", "pilih-kanal"
_SEEN = "alamat-terakhir"
NO_ANSWERS = " (kosong)"


@dataclass(slots=True)
class Pilihan:
    """The survey and the period in view; None where there is nothing to choose yet.

    `terisi` says whether the period has answers: the running triwulan can be chosen before its
    first one. `kanal` is the one channel whose answers the reading pages show; None is all of
    them, the official figures. `bagian` is the section of a page that the address names. `halaman`
    are the pages by their address, for links between them.
    """

    store: Store
    sumber: Sumber | None = None
    periode: Periode | None = None
    terisi: bool = False
    kanal: str | None = None
    bagian: str | None = None
    catatan: list[str] = field(default_factory=list)
    halaman: dict[str, Any] = field(default_factory=dict)

    def may(self, hak: Hak) -> bool:
        """Return whether the one who looks may do this, in the survey in view."""
        survei_id = self.sumber.survei.id if self.sumber else None
        return self.store.pelaku.may(hak, survei_id)

    @property
    def alamat(self) -> dict[str, str]:
        """Return what the address holds, so that a link reproduces the view."""
        found = {}
        if self.sumber:
            found[SURVEI] = self.sumber.survei.id
        if self.periode:
            found[PERIODE] = self.periode.kode
        if self.kanal:
            found[KANAL] = self.kanal
        return found


def choose(store: Store) -> Pilihan:
    """Show survey and period in the sidebar and return what is chosen.

    An address that was not written by us (a link, the back button) wins over what was chosen.
    """
    pilihan = Pilihan(store, bagian=st.query_params.get(BAGIAN))
    adopted = _adopt_address()
    surveys = {info.id: info for info in store.list_survei()}
    if surveys:
        survei_id = _choose_survey(surveys, pilihan)
        pilihan.sumber = source.open_source(store, survei_id)
        pilihan.periode = _choose_period(pilihan.sumber, pilihan)
        _find_channel(pilihan, adopted=adopted)
    _write_address(pilihan.alamat, {BAGIAN: pilihan.bagian} if pilihan.bagian else {})
    return pilihan


def forget() -> None:
    """Forget what was chosen, after the survey in view has gone."""
    for key in (_WIDGET_SURVEI, _WIDGET_PERIODE, _WIDGET_KANAL, _SEEN):
        st.session_state.pop(key, None)
    st.query_params.clear()


def choose_survey(survei_id: str) -> None:
    """Choose another survey, as the callback of a button."""
    st.session_state[_WIDGET_SURVEI] = survei_id


def choose_channel(pilihan: Pilihan) -> None:
    """Show the choice of a channel in the sidebar, where the period has answers of several."""
    options = [None, *_channels(pilihan)]
    if len(options) <= 2:
        return
    st.sidebar.selectbox(
        "Kanal",
        options,
        format_func=lambda kode: NAMA_KANAL[kode] if kode else "Semua kanal",
        key=_WIDGET_KANAL,
        placeholder="Pilih kanal",
        filter_mode=None,
    )


def go_to(periode: Periode) -> None:
    """Choose another period, as the callback of a button."""
    st.session_state[_WIDGET_PERIODE] = periode.kode


def show_all_channels() -> None:
    """Go back to the answers of all channels, as the callback of a button."""
    st.session_state[_WIDGET_KANAL] = None


def _find_channel(pilihan: Pilihan, *, adopted: bool) -> None:
    """Take the channel that is chosen; one that cannot be chosen here gives way to all."""
    wanted = st.session_state.get(_WIDGET_KANAL)
    found = _channels(pilihan)
    if wanted in found and len(found) > 1:
        pilihan.kanal = wanted
    elif wanted is not None and adopted and pilihan.periode is not None:
        pilihan.catatan.append(message("alamat-kanal-tak-ada", label=pilihan.periode.label))
    # Written anew each time, or a page that does not show the choice would forget it.
    st.session_state[_WIDGET_KANAL] = pilihan.kanal


def _channels(pilihan: Pilihan) -> list[str]:
    if pilihan.sumber is None or pilihan.periode is None or not pilihan.terisi:
        return []
    return source.channels(pilihan.sumber, pilihan.periode)


def _adopt_address() -> bool:
    """Take what a foreign address asks for; return whether it was one."""
    found = {k: st.query_params[k] for k in (SURVEI, PERIODE, KANAL) if k in st.query_params}
    if not found or found == st.session_state.get(_SEEN):
        return False
    if SURVEI in found:
        st.session_state[_WIDGET_SURVEI] = found[SURVEI]
    if PERIODE in found:
        st.session_state[_WIDGET_PERIODE] = found[PERIODE]
    st.session_state[_WIDGET_KANAL] = found.get(KANAL)
    return True


def _write_address(alamat: dict[str, str], more: dict[str, str]) -> None:
    if st.query_params.to_dict() != alamat | more:
        st.query_params.from_dict(alamat | more)
    st.session_state[_SEEN] = alamat


def _choose_survey(surveys: dict[str, SurveiInfo], pilihan: Pilihan) -> str:
    wanted = st.session_state.get(_WIDGET_SURVEI)
    if wanted not in surveys:
        first = next(iter(surveys))
        if wanted is not None:
            pilihan.catatan.append(message("alamat-survei-tak-ada", judul=surveys[first].judul))
        st.session_state[_WIDGET_SURVEI] = first
    return st.sidebar.selectbox(
        "Survei",
        list(surveys),
        format_func=lambda kode: surveys[kode].judul,
        key=_WIDGET_SURVEI,
        placeholder="Pilih survei",
        filter_mode=None,
    )


def _choose_period(sumber: Sumber, pilihan: Pilihan) -> Periode:
    filled = {p.kode: p for p in source.periods(sumber)}
    running = period_at(datetime.now(UTC), Jenis.TRIWULAN, sumber.survei.zona)
    periods = filled if running.kode in filled else {running.kode: running, **filled}
    wanted = st.session_state.get(_WIDGET_PERIODE)
    if wanted not in periods:
        around = _measured_around(wanted, sumber.survei)
        first = around.kode if around and around.kode in filled else next(iter(filled or periods))
        if around and first == around.kode:
            pilihan.catatan.append(message("alamat-periode-di-dalam", label=around.label))
        elif wanted is not None:
            pilihan.catatan.append(message("alamat-periode-tak-ada", label=periods[first].label))
        st.session_state[_WIDGET_PERIODE] = first
    kode = st.sidebar.selectbox(
        "Periode",
        list(periods),
        format_func=lambda kode: periods[kode].label + ("" if kode in filled else NO_ANSWERS),
        key=_WIDGET_PERIODE,
        placeholder="Pilih periode",
        filter_mode=None,
    )
    pilihan.terisi = kode in filled
    return periods[kode]


def _measured_around(kode: str | None, survei: Survei) -> Periode | None:
    """Return the directly measured period around a code; such a part has no figure of its own."""
    try:
        periode = parse_period(kode or "")
    except SkmError:
        return None
    return next((d for d in survei.dinilai_langsung if d.contains(periode)), None)
