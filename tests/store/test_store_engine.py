"""Opening a database, and what a person hears when it cannot be used."""

import builtins
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from survei_kecil import CONTOH, PENUH, UNGGAH, save

from skm.pesan import SkmError, catalogue
from skm.store import Store, make_engine, open_store
from skm.store.engine import reading, writing
from skm.store.errors import translate_errors
from skm.store.migrations import TERBARU, migrate


def with_option(url: str, option: str) -> str:
    """A PostgreSQL address with one more server option."""
    parsed = make_url(url)
    options = f"{parsed.query['options']} -c{option}"
    return parsed.update_query_dict({"options": options}).render_as_string(hide_password=False)


def kode_of(call) -> str:
    with pytest.raises(SkmError) as caught:
        call()
    assert str(caught.value)
    return caught.value.kode


def test_every_sentence_of_the_store_can_be_filled(tmp_path: Path):
    assert "batch-tak-ada" in catalogue()
    with pytest.raises(SkmError) as caught:
        open_store(f"sqlite:///{tmp_path}")
    assert str(tmp_path) in str(caught.value)


def test_sqlite_is_set_for_durable_concurrent_use(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'baru' / 'skm.db'}"
    with open_store(url) as store, store.engine.connect() as conn:

        def pragma(name: str) -> object:
            return conn.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2
        assert pragma("foreign_keys") == 1
        assert pragma("busy_timeout") == 30_000
    assert (tmp_path / "baru" / "skm.db").exists()


@pytest.mark.parametrize("url", ["mysql://x/y", "bukan alamat", "", "postgresql://h:port/x"])
def test_another_kind_of_address_is_refused(url):
    assert kode_of(lambda: make_engine(url)) == "basis-data-alamat"


def test_a_refused_address_does_not_tell_its_password():
    for url in ("mysql://budi:rahasia@h/y", "postgresql://budi:rahasia@h:x/y"):
        with pytest.raises(SkmError) as caught:
            make_engine(url)
        assert "rahasia" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_postgres_addresses_all_mean_psycopg_3(scheme):
    pytest.importorskip("psycopg")
    engine = make_engine(f"{scheme}://u:p@h/d")
    assert engine.dialect.driver == "psycopg"
    engine.dispose()


def test_a_missing_driver_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without_psycopg(name, *args, **kwargs):
        if name.split(".")[0] == "psycopg":
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_psycopg)
    with pytest.raises(SkmError) as caught:
        make_engine("postgresql://h/d")
    assert caught.value.kode == "driver-postgres"
    assert "requirements-postgres.txt" in str(caught.value)


def test_a_server_that_is_away():
    pytest.importorskip("psycopg")
    with pytest.raises(SkmError) as caught:
        open_store("postgresql://budi:rahasia@127.0.0.1:1/skm")
    assert caught.value.kode == "basis-data-tak-terhubung"
    assert "127.0.0.1/skm" in str(caught.value)
    assert "rahasia" not in str(caught.value)


def test_a_database_that_is_not_there(store_url: str):
    url = make_url(store_url)
    if url.get_backend_name() == "sqlite":
        pytest.skip("an SQLite file is made")
    missing = url.set(database="tidak_ada_skm").render_as_string(hide_password=False)
    assert kode_of(lambda: open_store(missing)) == "basis-data-tak-terhubung"


def test_a_file_that_is_no_database(tmp_path: Path):
    path = tmp_path / "catatan.db"
    path.write_bytes(b"bukan basis data sama sekali, hanya catatan" * 100)
    assert kode_of(lambda: open_store(f"sqlite:///{path}")) == "bukan-basis-data"


def test_a_folder_in_the_place_of_the_file(tmp_path: Path):
    assert kode_of(lambda: open_store(f"sqlite:///{tmp_path}")) == "basis-data-tak-terbuka"
    (tmp_path / "berkas").touch()
    inside = f"sqlite:///{tmp_path / 'berkas' / 'skm.db'}"
    assert kode_of(lambda: open_store(inside)) == "basis-data-folder"


def test_a_read_only_database_can_be_read_and_says_so_when_written(store_url: str):
    with open_store(store_url) as store:
        save(store)
        store.add_batch("kecil", UNGGAH, CONTOH)
    if store_url.startswith("sqlite"):
        url = store_url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
    else:
        url = with_option(store_url, "default_transaction_read_only=on")
    with open_store(url) as store:
        assert list(store.answers("kecil")) == CONTOH
        kode = kode_of(lambda: store.add_batch("kecil", UNGGAH, [PENUH]))
        assert kode == "basis-data-hanya-baca"


def test_a_full_disk_keeps_what_was_there(tmp_path: Path):
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
        save(store)
        store.add_batch("kecil", UNGGAH, CONTOH)
        with store.engine.connect() as conn:
            pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
            conn.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
        assert kode_of(lambda: store.add_batch("kecil", UNGGAH, [PENUH] * 5_000)) == "disk-penuh"
        assert list(store.answers("kecil")) == CONTOH
        assert store.check_recap() == ()


def test_a_write_that_waits_too_long_gives_up(store_url: str):
    with open_store(store_url) as store:
        save(store)
        impatient = Store(make_engine(store_url, tunggu=0.1))
        with writing(store.engine) as conn:
            conn.execute(text("UPDATE survei SET judul = 'x'"))
            kode = kode_of(lambda: impatient.add_batch("kecil", UNGGAH, CONTOH))
            assert kode == "basis-data-terkunci"
            assert impatient.data_version("kecil"), "reading goes on meanwhile"
        impatient.add_batch("kecil", UNGGAH, CONTOH)
        impatient.close()


def test_a_thread_that_waits_too_long_for_another_gives_up(store_url: str):
    with open_store(store_url) as patient:  # migrations of other tests may hold this one up
        save(patient)
    with Store(make_engine(store_url, tunggu=0.1)) as store:
        with writing(store.engine) as conn:
            conn.execute(text("UPDATE survei SET judul = 'x'"))
            kode = kode_of(lambda: store.add_batch("kecil", UNGGAH, CONTOH))
        assert kode == "basis-data-terkunci"
        store.add_batch("kecil", UNGGAH, CONTOH)


def test_a_read_sees_one_moment(store: Store):
    save(store)
    with reading(store.engine) as conn:
        query = text("SELECT versi_data FROM survei")
        before = conn.execute(query).scalar()
        store.add_batch("kecil", UNGGAH, CONTOH)
        assert conn.execute(query).scalar() == before
    assert store.data_version("kecil") == before + 1


def test_a_refused_command_is_never_a_raw_exception(store: Store):
    def wrong() -> None:
        with writing(store.engine) as conn:
            conn.execute(text("SELECT * FROM tidak_ada"))

    assert kode_of(wrong) == "basis-data-gagal"


def test_other_faults_pass_through(store: Store):
    with pytest.raises(sqlite3.Error), translate_errors(store.engine.url):
        raise sqlite3.Error
    assert migrate(store.engine) == TERBARU
