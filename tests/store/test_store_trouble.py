"""Disks, files and clocks that fail: one sentence each, and nothing half-written."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import skema_1
from kiriman_uji import place, sheet
from sqlalchemy import event
from survei_kecil import BERKAS, CONTOH, PENUH, UNGGAH, save

from skm.pesan import SkmError
from skm.store import Store, make_engine, open_store
from skm.store.copies import copy_name, list_copies, make_copy
from skm.store.migrations import TERBARU, migrate, schema_step


def kode_of(call) -> str:
    with pytest.raises(SkmError) as caught:
        call()
    assert str(caught.value)
    return caught.value.kode


def step_of(path: Path) -> int:
    engine = make_engine(f"sqlite:///{path}")
    with engine.connect() as conn:
        found = schema_step(conn)
    engine.dispose()
    return found


class TestFullDisk:
    def test_a_migration_leaves_the_old_tables_and_the_next_start_completes_it(self, tmp_path):
        path = tmp_path / "skm.db"
        engine = make_engine(f"sqlite:///{path}")
        skema_1.make(engine)
        engine.dispose()

        # A limit holds for one connection: each that is opened gets it, as a disk would say no.
        engine = make_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", lambda dbapi, _: dbapi.execute("PRAGMA max_page_count=1"))
        assert kode_of(lambda: migrate(engine)) == "disk-penuh"
        engine.dispose()
        assert step_of(path) == 1
        with sqlite3.connect(path) as conn:
            tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
            assert "tautan" not in tables
        conn.close()
        with open_store(f"sqlite:///{path}") as store:
            assert list(store.answers("kecil")) == CONTOH
        assert step_of(path) == TERBARU

    def test_an_upload_that_did_not_fit_comes_in_whole_once_there_is_room(self, tmp_path):
        with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
            save(store)
            store.add_batch("kecil", UNGGAH, CONTOH)
            with store.engine.connect() as conn:
                pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
                conn.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
            many = [PENUH] * 5_000
            assert kode_of(lambda: store.add_batch("kecil", BERKAS, many)) == "disk-penuh"
            assert len(store.list_batches("kecil")) == 1
            with store.engine.connect() as conn:
                conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
            store.add_batch("kecil", BERKAS, many)
            assert list(store.answers("kecil")) == [*CONTOH, *many]
            assert store.check_recap() == ()


class TestDamagedFile:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """A database of more than a few pages, closed."""
        path = tmp_path / "skm.db"
        with open_store(f"sqlite:///{path}") as store:
            save(store)
            store.add_batch("kecil", UNGGAH, [PENUH] * 3_000)
        assert not path.with_name("skm.db-wal").exists()
        return path

    def test_an_empty_file_becomes_a_new_database(self, tmp_path: Path):
        path = tmp_path / "skm.db"
        path.touch()
        with open_store(f"sqlite:///{path}") as store:
            assert store.list_survei() == ()

    def test_a_file_cut_off_in_the_middle_is_told_and_left_as_it_is(self, path: Path):
        os.truncate(path, path.stat().st_size // 2)
        cut = path.read_bytes()

        def use() -> None:
            with open_store(f"sqlite:///{path}") as store:
                store.add_batch("kecil", UNGGAH, CONTOH)

        assert kode_of(use) == "bukan-basis-data"
        assert path.read_bytes() == cut

    def test_bytes_overwritten_in_the_middle_are_told(self, path: Path):
        content = bytearray(path.read_bytes())
        for page in range(4096 * 3, len(content), 4096):
            content[page : page + 100] = b"\xff" * 100
        path.write_bytes(content)

        def use() -> None:
            with open_store(f"sqlite:///{path}") as store:
                list(store.answers("kecil"))

        assert kode_of(use) == "bukan-basis-data"


READ_ONLY = """
import os, sys
from pathlib import Path
from skm.pesan import SkmError
from skm.settings import read_settings
from skm.mulai import prepare
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    prepare(read_settings({"SKM_DATA": sys.argv[1]}))
except SkmError as error:
    print(error.kode)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
class TestReadOnlyFolder:
    def start(self, folder: Path) -> str:
        """Start on a folder as somebody who may not write there; return the code that is told."""
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(folder)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        return done.stdout.strip()

    @pytest.fixture
    def folder(self, tmp_path_factory) -> Path:
        """A folder that everybody may enter and nobody but root may write."""
        folder = tmp_path_factory.mktemp("baca")
        for above in (folder, *folder.parents[:4]):  # a worker of its own has one more
            if above.owner() == folder.owner() and above != Path("/"):
                above.chmod(above.stat().st_mode | 0o055)
        yield folder
        folder.chmod(0o755)

    def test_a_first_start_that_cannot_make_the_folder(self, folder: Path):
        folder.chmod(0o555)
        assert self.start(folder / "data") == "basis-data-folder"
        assert list(folder.iterdir()) == []

    def test_a_first_start_in_a_folder_that_is_there(self, folder: Path):
        folder.chmod(0o555)
        assert self.start(folder) == "basis-data-tak-terbuka"
        assert list(folder.iterdir()) == []


class TestWrongClock:
    def test_a_copy_of_a_day_to_come_stays_and_the_right_days_get_theirs(self, tmp_path: Path):
        """The clock was a year ahead for a day, then right again."""
        today, ahead = date(2026, 11, 26), date(2027, 11, 26)
        with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
            save(store)
            for day in (ahead, *(today + timedelta(n) for n in range(10))):
                assert make_copy(store.engine, tmp_path / "cadangan", day)
        there = list_copies(tmp_path / "cadangan")
        assert {ahead, today + timedelta(9)} <= set(there)
        assert there[ahead].name == copy_name(ahead)

    def test_every_write_raises_the_data_version_whatever_the_clock_says(
        self, store: Store, monkeypatch
    ):
        save(store)
        versions = [store.data_version("kecil")]
        for moment in (datetime(2031, 1, 1, tzinfo=UTC), datetime(2001, 1, 1, tzinfo=UTC)):
            set_clock(monkeypatch, moment)
            store.add_batch("kecil", UNGGAH, CONTOH)
            versions.append(store.data_version("kecil"))
        assert versions == sorted(set(versions))
        assert store.check_recap() == ()

    def test_a_form_answered_under_a_clock_set_back_is_stored_once(self, store: Store, monkeypatch):
        tautan, once = place(store), sheet()
        first = store.submit(tautan, once)
        set_clock(monkeypatch, datetime(2001, 1, 1, tzinfo=UTC))
        again = store.submit(tautan, once)
        assert (again.tanggapan, again.baru) == (first.tanggapan, False)
        assert store.submit(tautan, sheet()).baru
        assert len(list(store.answers("kecil"))) == 2
        assert store.check_recap() == ()


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let every module of the store read this time."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    for name, module in list(sys.modules.items()):
        if name.startswith("skm.store.") and getattr(module, "datetime", None) is datetime:
            monkeypatch.setattr(module, "datetime", Clock)
