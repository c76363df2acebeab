"""The folder of surveys at a start: a file is taken once, an office's own edits are never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from skm.atur.daftar import Daftar, rename
from skm.atur.folder import differing_file
from skm.atur.simpan import create, save
from skm.mulai import prepare
from skm.pesan import SkmError
from skm.settings import read_settings
from skm.store import AsalBerkas, Store
from tests.atur.contoh_atur import TOML

PAGE = rename(TOML, Daftar.LAYANAN, "kk", "Diubah di halaman")
FILE = rename(TOML, Daftar.LAYANAN, "kk", "Diubah di berkas")


class Kantor:
    """An office's folder of surveys and database, started again and again."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.told: list[SkmError] = []

    def start(self, toml: str | None = None, bom: bool = False) -> Store:
        """Start with the file as it is, or as `toml`; keep what was reported."""
        if toml is not None:
            encoding = "utf-8-sig" if bom else "utf-8"
            (self.folder / "uji.toml").write_text(toml, encoding=encoding)
        self.told = []
        settings = read_settings({"SKM_DATABASE_URL": self.url, "SKM_DATA": str(self.folder)})
        return prepare(settings, self.folder, self.told.append)

    def codes(self) -> list[str]:
        return [error.kode for error in self.told]


@pytest.fixture
def kantor(store_url: str, tmp_path: Path) -> Kantor:
    folder = tmp_path / "surveys"
    folder.mkdir()
    return Kantor(store_url, folder)


def test_a_changed_file_is_taken(kantor: Kantor) -> None:
    with kantor.start(TOML) as store:
        assert store.load_toml("uji") == TOML
    with kantor.start(FILE, bom=True) as store:
        assert store.load_toml("uji") == FILE
        newest, first = store.survei_versions("uji")
        assert (newest.asal, first.asal) == (AsalBerkas.FOLDER, AsalBerkas.FOLDER)
    with kantor.start() as store:
        assert len(store.survei_versions("uji")) == 2
    assert kantor.codes() == []


def test_an_edit_outlives_every_start(kantor: Kantor) -> None:
    with kantor.start(TOML) as store:
        save(store, "uji", TOML, PAGE)
    for _ in range(2):
        with kantor.start() as store:
            assert store.load_toml("uji") == PAGE
            assert kantor.codes() == []
            assert differing_file(store, "uji", kantor.folder) is None


def test_where_both_changed_a_person_decides(kantor: Kantor) -> None:
    with kantor.start(TOML) as store:
        save(store, "uji", TOML, PAGE)
    with kantor.start(FILE) as store:
        assert kantor.codes() == ["survei-berkas-berbeda"]
        assert store.load_toml("uji") == PAGE
        found = differing_file(store, "uji", kantor.folder)
        assert found is not None
        assert (found.nama, found.teks) == ("uji.toml", FILE)
        store.pass_over_file("uji", found.teks)
        assert differing_file(store, "uji", kantor.folder) is None
    with kantor.start() as store:
        assert kantor.codes() == []
        assert store.load_toml("uji") == PAGE
    with kantor.start(FILE + "# sekali lagi\n") as store:
        assert kantor.codes() == ["survei-berkas-berbeda"]
        found = differing_file(store, "uji", kantor.folder)
        assert found is not None
        store.save_survei(found.survei, found.teks)
        assert store.load_toml("uji").startswith(FILE)
        assert [v.asal.value for v in store.survei_versions("uji")] == [
            "folder",
            "kantor",
            "folder",
        ]
    with kantor.start() as store:
        assert kantor.codes() == []


def test_an_exported_file_put_into_the_folder_is_no_difference(kantor: Kantor) -> None:
    with kantor.start(TOML) as store:
        save(store, "uji", TOML, PAGE)
    with kantor.start(PAGE) as store:
        assert kantor.codes() == []
        save(store, "uji", PAGE, FILE)
    with kantor.start() as store:
        assert kantor.codes() == []
        assert store.load_toml("uji") == FILE


def test_a_survey_made_on_the_page_is_not_replaced_by_a_file(kantor: Kantor) -> None:
    with kantor.start() as store:
        create(store, TOML)
    with kantor.start(FILE) as store:
        assert kantor.codes() == ["survei-berkas-berbeda"]
        assert store.load_toml("uji") == TOML


def test_a_faulty_file_is_told_and_changes_nothing(kantor: Kantor) -> None:
    with kantor.start(TOML):
        pass
    with kantor.start(TOML.replace('nama = "KTP"', 'nama = ""')) as store:
        assert kantor.codes() == ["survei-salah"]
        assert store.load_toml("uji") == TOML


def test_a_store_without_a_digest_counts_as_loaded_from_the_file(kantor: Kantor) -> None:
    """What a database of an earlier program, or an earlier backup, looks like."""
    with kantor.start(TOML) as store, store.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE survei SET sidik_berkas = NULL")
        conn.exec_driver_sql("DELETE FROM survei_versi")
    with kantor.start() as store:
        assert store.survei_versions("uji") == ()
        save(store, "uji", TOML, PAGE)
        newest, first = store.survei_versions("uji")
        assert (first.asal, store.load_version("uji", 1)) == (AsalBerkas.AWAL, TOML)
        assert newest.asal is AsalBerkas.KANTOR
    with kantor.start(FILE) as store:
        assert kantor.codes() == ["survei-berkas-berbeda"]
        assert store.load_toml("uji") == PAGE
