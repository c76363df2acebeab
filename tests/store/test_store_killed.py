"""Killed twenty times at twenty other moments: everything is there, once, or nothing of it is."""

import signal
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import skema_1
from mati import HARI, ISI_BERKAS, KEMATIAN, kill_at, moments, moments_of
from sqlalchemy import MetaData, inspect, text
from survei_kecil import BERKAS, CONTOH, UNGGAH, save

from skm.pesan import SkmError
from skm.store import Batch, Harian, StatusBatch, Store, make_engine, open_store
from skm.store.backup_file import open_backup
from skm.store.copies import copy_name, list_copies, make_copy
from skm.store.migrations import TERBARU, schema_step

pytestmark = [
    pytest.mark.lambat,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals"),
]


def active(store: Store) -> list[Batch]:
    return [b for b in store.list_batches("kecil") if b.status == StatusBatch.AKTIF]


def held(store: Store) -> int:
    """How many answers there are; whatever is counted must say the same."""
    assert store.check_recap() == ()
    answers = list(store.answers("kecil"))
    assert sum(batch.diterima for batch in active(store)) == len(answers)
    assert answers[: len(CONTOH)] == CONTOH
    assert answers[len(CONTOH) :] in ([], ISI_BERKAS)
    return len(answers)


def test_an_import_is_whole_or_absent(store_url: str):
    with open_store(store_url) as store:
        save(store)
        store.add_batch("kecil", UNGGAH, CONTOH)
    last, seen = moments_of("impor", store_url), Counter[int]()
    with open_store(store_url) as store:
        for moment in moments(last, seed=1):
            for batch in active(store):
                if batch.nama_berkas == BERKAS.nama_berkas and batch.diterima > len(CONTOH):
                    store.undo_batch(batch.id)
            kill_at(moment, "impor", store_url)
            with open_store(store_url) as opened:
                seen[held(opened)] += 1
        none, whole = len(CONTOH), len(CONTOH) + len(ISI_BERKAS)
        assert set(seen) == {none, whole}
        assert seen.total() == KEMATIAN
        # The last one died after its commit: the same file again is known, and counts once.
        with pytest.raises(SkmError) as caught:
            store.add_batch("kecil", BERKAS, ISI_BERKAS)
        assert caught.value.kode == "berkas-sudah-diunggah"
        assert held(store) == whole


COPIES = 8


def make_old(url: str) -> None:
    """Leave a database of step 1 in the place of whatever was there."""
    engine = make_engine(url)
    with engine.begin() as conn:
        there = MetaData()
        there.reflect(conn)
        there.drop_all(conn)
    skema_1.make(engine)
    with engine.begin() as conn:
        columns = [c["name"] for c in inspect(conn).get_columns("jawaban") if c["name"] != "id"]
        names = ", ".join(columns)
        for _ in range(COPIES):
            again = f"INSERT INTO jawaban ({names}) SELECT {names} FROM jawaban"  # noqa: S608
            conn.execute(text(again))
    engine.dispose()


def stands(url: str) -> tuple[int, frozenset[str], int]:
    """The step that a database says it has, its tables, and its answers; nothing is opened."""
    engine = make_engine(url)
    with engine.connect() as conn:
        tables = frozenset(inspect(conn).get_table_names())
        answers = conn.execute(text("SELECT count(*) FROM jawaban")).scalar()
        found = schema_step(conn), tables, answers
    engine.dispose()
    return found


def test_a_migration_is_whole_or_absent_and_the_next_start_completes_it(store_url: str):
    make_old(store_url)
    before = stands(store_url)
    last = moments_of("migrasi", store_url)
    after = stands(store_url)
    assert (before[0], after[0], before[2]) == (1, TERBARU, len(CONTOH) << COPIES)
    seen = Counter[int]()
    for moment in moments(last, seed=2):
        make_old(store_url)
        kill_at(moment, "migrasi", store_url)
        found = stands(store_url)
        assert found in (before, after)
        seen[found[0]] += 1
        with open_store(store_url) as store:
            assert Counter(store.answers("kecil")) == dict.fromkeys(CONTOH, 1 << COPIES)
            (day,) = store.daily_counts("kecil", date(2024, 1, 1), date(2025, 1, 1))
            assert day == Harian(date(2024, 12, 31), "dinas", "ktp", "unggah", 1 << COPIES)
        assert stands(store_url) == after
    assert set(seen) == {1, TERBARU}
    assert seen.total() == KEMATIAN


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_a_backup_that_is_killed_leaves_the_former_one_and_no_draft_counts(tmp_path: Path):
    url, folder = f"sqlite:///{tmp_path / 'skm.db'}", tmp_path / "cadangan"
    with open_store(url) as store:
        save(store)
        store.add_batch("kecil", BERKAS, ISI_BERKAS)
    last, path = moments_of("cadangan", url, folder), folder / copy_name(HARI)
    seen = Counter[bool]()
    for moment in moments(last, seed=3):
        former = path.read_bytes()
        kill_at(moment, "cadangan", url, folder)
        assert list_copies(folder) == {HARI: path}
        assert {p.name for p in folder.iterdir() if not p.name.startswith(".")} == {path.name}
        with open_backup(path) as cadangan:
            assert cadangan.isi.rows_of("jawaban") == len(ISI_BERKAS)
        seen[path.read_bytes() == former] += 1
    assert seen[False] < seen[True], "only those after the new name"
    assert seen[False] >= 1
    assert seen.total() == KEMATIAN
    with open_store(url) as store:
        assert held_after_copies(store) == len(ISI_BERKAS)
        make_copy(store.engine, folder, HARI, anew=True)
    assert sorted(p.name for p in folder.iterdir()) == [".kunci", path.name]


def held_after_copies(store: Store) -> int:
    assert store.check_recap() == ()
    return len(list(store.answers("kecil")))
