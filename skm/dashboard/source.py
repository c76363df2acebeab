"""What the pages read: the store, opened once, and results kept until the data change."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

import streamlit as st

from skm import hasil, pengumpulan
from skm.analysis.groups import Per
from skm.mulai import prepare
from skm.periode import Periode
from skm.pesan import SkmError
from skm.settings import Settings, read_settings
from skm.store import Store
from skm.survei import Survei

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sumber:
    """One survey in the store, at one version of its data: what every cached result hangs on."""

    store: Store
    survei: Survei
    versi: int


def open_store() -> Store:
    """Return the store that the settings name, prepared on first use."""
    settings = read_settings()
    return _open(settings.database_url, settings)


@st.cache_resource(show_spinner="Menyiapkan data…")
def _open(alamat: str, _settings: Settings) -> Store:
    return prepare(_settings, report=_log_faulty_survey)


def _log_faulty_survey(error: SkmError) -> None:
    log.warning("%s", error)


def open_source(store: Store, survei_id: str) -> Sumber:
    """Return one survey with the version of its data. Raises SkmError `survei-tak-ada`."""
    versi = store.data_version(survei_id)
    return Sumber(store, _survei(survei_id, versi, store), versi)


@st.cache_data(show_spinner=False, max_entries=50)
def _survei(survei_id: str, versi: int, _store: Store) -> Survei:
    return _store.load_survei(survei_id)


def periods(sumber: Sumber) -> list[Periode]:
    """Return the periods that the survey can show, the one to open first."""
    return _periods(sumber.survei.id, sumber.versi, sumber)


@st.cache_data(show_spinner=False, max_entries=50)
def _periods(survei_id: str, versi: int, _sumber: Sumber) -> list[Periode]:
    return hasil.available_periods(_sumber.store, _sumber.survei)


def summary(sumber: Sumber, periode: Periode) -> hasil.Ringkasan:
    """Return the figures of the page Ringkasan."""
    return _summary(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _summary(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> hasil.Ringkasan:
    return hasil.summarize(_sumber.store, _sumber.survei, _periode)


def strengths(sumber: Sumber, periode: Periode, per: Per) -> hasil.Kekuatan:
    """Return the figures of the page Kekuatan & kelemahan."""
    return _strengths(sumber.survei.id, sumber.versi, periode.kode, per.value, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _strengths(
    survei_id: str, versi: int, kode: str, per: str, _sumber: Sumber, _periode: Periode
) -> hasil.Kekuatan:
    return hasil.strengths(_sumber.store, _sumber.survei, _periode, Per(per))


def respondents(sumber: Sumber, periode: Periode) -> dict[str, hasil.Profil]:
    """Return the breakdowns of the page Responden."""
    return _respondents(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _respondents(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> dict[str, hasil.Profil]:
    return hasil.respondents(_sumber.store, _sumber.survei, _periode)


def activity(sumber: Sumber, periode: Periode | None, hari: date) -> pengumpulan.Kegiatan:
    """Return what came in lately, for the page Pengumpulan."""
    kode = periode.kode if periode else ""
    return _activity(sumber.survei.id, sumber.versi, kode, hari, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=50)
def _activity(
    survei_id: str, versi: int, kode: str, hari: date, _sumber: Sumber, _periode: Periode | None
) -> pengumpulan.Kegiatan:
    return pengumpulan.activity(_sumber.store, _sumber.survei, _periode, hari)


def examined(sumber: Sumber, periode: Periode) -> pengumpulan.Pemeriksaan:
    """Return what the marked answers of a period do to its IKM."""
    return _examined(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=50)
def _examined(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> pengumpulan.Pemeriksaan:
    return pengumpulan.examine(_sumber.store, _sumber.survei, _periode)
