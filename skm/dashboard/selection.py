"""Which survey and period all pages show: chosen in the sidebar, kept in the address.

`bind="query-params"` of the widgets writes the option's label and drops the default, so a link
would say "Triwulan IV 2024" or nothing. Here the address always holds both codes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from skm.dashboard import source
from skm.dashboard.source import Sumber
from skm.periode import Jenis, Periode, parse_period, period_at
from skm.pesan import SkmError, message
from skm.store import Store, SurveiInfo
from skm.survei import Survei

SURVEI, PERIODE = "survei", "periode"
_WIDGET_SURVEI, _WIDGET_PERIODE = "pilih-survei", "pilih-periode"
_SEEN = "alamat-terakhir"
NO_ANSWERS = " (kosong)"


@dataclass(slots=True)
class Pilihan:
    """The survey and the period in view; None where there is nothing to choose yet.

    `terisi` says whether the period has answers: the running triwulan can be chosen before its
    first one. `halaman` are the pages by their address, for links between them.
    """

    store: Store
    sumber: Sumber | None = None
    periode: Periode | None = None
    terisi: bool = False
    catatan: list[str] = field(default_factory=list)
    halaman: dict[str, Any] = field(default_factory=dict)

    @property
    def alamat(self) -> dict[str, str]:
        """Return what the address holds, so that a link reproduces the view."""
        found = {}
        if self.sumber:
            found[SURVEI] = self.sumber.survei.id
        if self.periode:
            found[PERIODE] = self.periode.kode
        return found


def choose(store: Store) -> Pilihan:
    """Show the two choices in the sidebar and return what is chosen.

    An address that was not written by us (a link, the back button) wins over what was chosen.
    """
    pilihan = Pilihan(store)
    _adopt_address()
    surveys = {info.id: info for info in store.list_survei()}
    if surveys:
        survei_id = _choose_survey(surveys, pilihan)
        pilihan.sumber = source.open_source(store, survei_id)
        pilihan.periode = _choose_period(pilihan.sumber, pilihan)
    _write_address(pilihan.alamat)
    return pilihan


def forget() -> None:
    """Forget what was chosen, after the survey in view has gone."""
    for key in (_WIDGET_SURVEI, _WIDGET_PERIODE, _SEEN):
        st.session_state.pop(key, None)
    st.query_params.clear()


def _adopt_address() -> None:
    found = {k: st.query_params[k] for k in (SURVEI, PERIODE) if k in st.query_params}
    if found and found != st.session_state.get(_SEEN):
        if SURVEI in found:
            st.session_state[_WIDGET_SURVEI] = found[SURVEI]
        if PERIODE in found:
            st.session_state[_WIDGET_PERIODE] = found[PERIODE]


def _write_address(alamat: dict[str, str]) -> None:
    if st.query_params.to_dict() != alamat:
        st.query_params.from_dict(alamat)
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
