"""What the pages read: the store, opened once, and results kept until the data change."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

import streamlit as st

from skm import hasil, pengumpulan, telaah, tindak
from skm.akun import Hak
from skm.analysis.beda_kelompok import Dimensi
from skm.analysis.groups import Per
from skm.analysis.kepentingan import Peta
from skm.analysis.kuesioner import MutuKuesioner
from skm.jawaban import NAMA_KANAL
from skm.mulai import prepare
from skm.pengumpulan import kewajaran
from skm.penutupan import jumlah, tutup
from skm.penutupan.arsip import Jumlah
from skm.penutupan.resmi import Resmi, open_official
from skm.penutupan.tutup import Tambahan
from skm.periode import Periode
from skm.pesan import SkmError
from skm.settings import Settings, read_settings
from skm.store import Store
from skm.survei import Survei
from skm.tindak import Kemajuan

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sumber:
    """One survey in the store, at one version of its data: what every cached result hangs on.

    `store` is used on behalf of the one who looks; cached results come from `resmi`, the office's.
    """

    store: Store
    resmi: Resmi
    versi: int

    def may(self, hak: Hak) -> bool:
        """Return whether the one who looks may do this in the survey."""
        return self.store.pelaku.may(hak, self.survei.id)

    @property
    def survei(self) -> Survei:
        """Return the survey as it is now."""
        return self.resmi.survei


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
    return Sumber(store, _official(survei_id, versi, store.dasar), versi)


@st.cache_resource(show_spinner=False, max_entries=50)
def _official(survei_id: str, versi: int, _store: Store) -> Resmi:
    return open_official(_store, survei_id)


def periods(sumber: Sumber) -> list[Periode]:
    """Return the periods that the survey can show, the one to open first."""
    return _periods(sumber.survei.id, sumber.versi, sumber)


@st.cache_data(show_spinner=False, max_entries=50)
def _periods(survei_id: str, versi: int, _sumber: Sumber) -> list[Periode]:
    return hasil.available_periods(_sumber.resmi)


def channels(sumber: Sumber, periode: Periode) -> list[str]:
    """Return the channels that the answers of a period came in by."""
    return _channels(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _channels(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> list[str]:
    counts = _sumber.resmi.group_counts(_periode, "kanal")
    return [kode for kode in NAMA_KANAL if counts.get(kode)]


def summary(sumber: Sumber, periode: Periode, kanal: str | None) -> hasil.Ringkasan:
    """Return the figures of the page Ringkasan, of all channels or of one."""
    return _summary(sumber.survei.id, sumber.versi, periode.kode, kanal, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _summary(
    survei_id: str, versi: int, kode: str, kanal: str | None, _sumber: Sumber, _periode: Periode
) -> hasil.Ringkasan:
    return hasil.summarize(_sumber.resmi, _periode, kanal)


def strengths(sumber: Sumber, periode: Periode, per: Per, kanal: str | None) -> hasil.Kekuatan:
    """Return the figures of the page Kekuatan & kelemahan, of all channels or of one."""
    key = (sumber.survei.id, sumber.versi, periode.kode, per.value, kanal)
    return _strengths(key, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _strengths(
    key: tuple[str, int, str, str, str | None], _sumber: Sumber, _periode: Periode
) -> hasil.Kekuatan:
    _, _, _, per, kanal = key
    return hasil.strengths(_sumber.resmi, _periode, Per(per), kanal)


def respondents(sumber: Sumber, periode: Periode, kanal: str | None) -> dict[str, hasil.Profil]:
    """Return the breakdowns of the page Responden, of all channels or of one."""
    return _respondents(sumber.survei.id, sumber.versi, periode.kode, kanal, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _respondents(
    survei_id: str, versi: int, kode: str, kanal: str | None, _sumber: Sumber, _periode: Periode
) -> dict[str, hasil.Profil]:
    return hasil.respondents(_sumber.resmi, _periode, kanal)


def amounts(sumber: Sumber, periode: Periode) -> Jumlah | None:
    """Return how many answers a period was closed with, or would be now."""
    return _amounts(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _amounts(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> Jumlah | None:
    return jumlah.amounts(_sumber.resmi, _periode)


def addendum(sumber: Sumber, periode: Periode) -> Tambahan | None:
    """Return what has changed in a closed period since. Raises SkmError `periode-tak-ditutup`."""
    return _addendum(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _addendum(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> Tambahan | None:
    return tutup.addendum(_sumber.resmi, _periode)


def progress(sumber: Sumber, periode: Periode) -> tuple[Kemajuan, ...]:
    """Return what became of the plan of a period."""
    return _progress(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=100)
def _progress(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> tuple[Kemajuan, ...]:
    return tindak.progress(_sumber.resmi, _periode)


def questionnaire(sumber: Sumber, periode: Periode) -> MutuKuesioner:
    """Return how well the questionnaire of a period measured."""
    return _questionnaire(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner="Membaca jawaban…", max_entries=50)
def _questionnaire(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> MutuKuesioner:
    return telaah.questionnaire(_sumber.resmi, _periode)


def importance(sumber: Sumber, periode: Periode) -> Peta:
    """Return the unsur of a period by importance and performance."""
    return _importance(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner="Membaca jawaban…", max_entries=50)
def _importance(survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode) -> Peta:
    return telaah.importance(_sumber.resmi, _periode)


def differences(sumber: Sumber, periode: Periode) -> tuple[Dimensi, ...]:
    """Return the groups of respondents of a period that are compared."""
    return _differences(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner="Membaca jawaban…", max_entries=50)
def _differences(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> tuple[Dimensi, ...]:
    return telaah.differences(_sumber.resmi, _periode)


def certain(sumber: Sumber, periode: Periode) -> telaah.PastiUnit:
    """Return how certain the figures of a period are."""
    return _certain(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=50)
def _certain(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> telaah.PastiUnit:
    return telaah.certainty(_sumber.resmi, _periode)


def activity(sumber: Sumber, periode: Periode | None, hari: date) -> pengumpulan.Kegiatan:
    """Return what came in lately, for the page Pengumpulan."""
    kode = periode.kode if periode else ""
    return _activity(sumber.survei.id, sumber.versi, kode, hari, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=50)
def _activity(
    survei_id: str, versi: int, kode: str, hari: date, _sumber: Sumber, _periode: Periode | None
) -> pengumpulan.Kegiatan:
    return pengumpulan.activity(_sumber.resmi.store, _sumber.survei, _periode, hari)


def pace(sumber: Sumber, periode: Periode, hari: date) -> pengumpulan.Kecukupan:
    """Return the way to the needed sample, for the page Pengumpulan."""
    return _pace(sumber.survei.id, sumber.versi, periode.kode, hari, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=50)
def _pace(
    survei_id: str, versi: int, kode: str, hari: date, _sumber: Sumber, _periode: Periode
) -> pengumpulan.Kecukupan:
    return pengumpulan.sample_pace(_sumber.resmi.store, _sumber.survei, _periode, hari)


def shape(sumber: Sumber, periode: Periode, hari: date) -> kewajaran.Kewajaran:
    """Return how the answers of a period came in, seen on a day."""
    return _shape(sumber.survei.id, sumber.versi, periode.kode, hari, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=50)
def _shape(
    survei_id: str, versi: int, kode: str, hari: date, _sumber: Sumber, _periode: Periode
) -> kewajaran.Kewajaran:
    store = _sumber.resmi.store
    kanal = store.group_counts(survei_id, _periode, Per.KANAL)
    return kewajaran.collection_shape(store, _sumber.survei, _periode, hari, kanal)


def examined(sumber: Sumber, periode: Periode) -> pengumpulan.Pemeriksaan:
    """Return what the marked answers of a period do to its IKM."""
    return _examined(sumber.survei.id, sumber.versi, periode.kode, sumber, periode)


@st.cache_data(show_spinner=False, max_entries=50)
def _examined(
    survei_id: str, versi: int, kode: str, _sumber: Sumber, _periode: Periode
) -> pengumpulan.Pemeriksaan:
    return pengumpulan.examine(_sumber.resmi.store, _sumber.survei, _periode)
