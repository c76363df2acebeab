"""Making and updating the tables, also from two processes at once."""

import subprocess
import sys
from datetime import date
from threading import Barrier, Thread

import pytest
import skema_1
from kiriman_uji import sheet
from sqlalchemy import Connection, MetaData, inspect, select, text
from survei_kecil import CONTOH, UNGGAH, save, save_long

from skm.pesan import SkmError
from skm.store import Harian, Store, TautanBaru, make_engine, open_store
from skm.store.migrations import LANGKAH, Langkah, migrate, versi_skema

STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
_KE = " UNION ALL ".join(f"SELECT {ke} AS ke" for ke in range(12))
_MARKS = (1, 2, 3, 4)
_COUNTS = ", ".join(
    f"SUM(CASE substr(nilai, ke + 1, 1) WHEN '{n}' THEN 1 ELSE 0 END)" for n in _MARKS
)
_PLACE = "survei_id, kuesioner_versi, periode, layanan, titik, kanal, ke"
BY_QUESTION = (
    f"INSERT INTO rekap_jawaban SELECT {_PLACE}, {_COUNTS} FROM jawaban CROSS JOIN ({_KE}) AS semua"  # noqa: S608
    f" WHERE substr(nilai, ke + 1, 1) IN ('1', '2', '3', '4') GROUP BY {_PLACE}"
)
"""Fills the recap of single questions, which is no more."""
OPEN = "import sys; from skm.store import open_store; open_store(sys.argv[1]).close()"


def numbers(store: Store) -> list[int]:
    with store.engine.connect() as conn:
        return list(conn.execute(select(versi_skema.c.nomor)).scalars())


def test_opening_twice_changes_nothing(store_url: str):
    for _ in range(2):
        with open_store(store_url) as store:
            assert numbers(store) == STEPS
            tables = inspect(store.engine).get_table_names()
            assert {"jawaban", "rekap_tempat", "rekap_profil", "versi_skema"} <= set(tables)


def test_an_older_database_takes_the_missing_steps_once(store: Store):
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    done: list[int] = []

    def add_note(conn: Connection) -> None:
        done.append(50)
        conn.execute(text("ALTER TABLE survei ADD COLUMN catatan TEXT"))

    steps = (*LANGKAH, Langkah(50, "Catatan", add_note))
    assert [migrate(store.engine, steps) for _ in range(2)] == [50, 50]
    assert done == [50]
    assert numbers(store) == [*STEPS, 50]
    assert list(store.answers("kecil")) == CONTOH


def test_a_step_that_fails_leaves_the_tables_as_they_were(store: Store):
    def torn(conn: Connection) -> None:
        conn.execute(text("ALTER TABLE survei ADD COLUMN catatan TEXT"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        migrate(store.engine, (*LANGKAH, Langkah(50, "Gagal", torn)))
    assert numbers(store) == STEPS
    columns = {c["name"] for c in inspect(store.engine).get_columns("survei")}
    assert "catatan" not in columns


def test_a_database_of_a_later_program_is_not_touched(store_url: str):
    with open_store(store_url) as store, store.engine.begin() as conn:
        conn.execute(text("INSERT INTO versi_skema VALUES (99, '2030-01-01 00:00:00')"))
    with pytest.raises(SkmError) as caught:
        open_store(store_url)
    assert caught.value.kode == "skema-lebih-baru"
    assert "99" in str(caught.value)


def test_threads_may_open_a_new_database_at_once(store_url: str):
    gate, faults = Barrier(6), []

    def opening() -> None:
        engine = make_engine(store_url)
        gate.wait()
        try:
            migrate(engine)
        except Exception as error:  # told by the main thread
            faults.append(error)
        finally:
            engine.dispose()

    threads = [Thread(target=opening) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with open_store(store_url) as store:
        assert numbers(store) == STEPS


def test_processes_may_open_a_new_database_at_once(store_url: str):
    command = [sys.executable, "-W", "error", "-c", OPEN, store_url]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[1] for process in running] == ["", "", ""]
    assert [process.returncode for process in running] == [0, 0, 0]
    with open_store(store_url) as store:
        assert numbers(store) == STEPS


def shape(store: Store) -> dict[str, object]:
    """Every table's columns, keys and indexes, as the database sees them."""
    seen = inspect(store.engine)
    return {
        name: (
            {
                (c["name"], str(c["type"]), c["nullable"], c["default"])
                for c in seen.get_columns(name)
            },
            seen.get_pk_constraint(name)["constrained_columns"],
            {(*k["constrained_columns"], k["referred_table"]) for k in seen.get_foreign_keys(name)},
            {(i["name"], *i["column_names"], i["unique"]) for i in seen.get_indexes(name)},
        )
        for name in seen.get_table_names()
    }


def test_a_database_of_step_1_becomes_like_a_new_one(store_url: str):
    engine = make_engine(store_url)
    skema_1.make(engine)
    engine.dispose()
    with open_store(store_url) as store:
        assert numbers(store) == STEPS
        upgraded = shape(store)
        assert list(store.answers("kecil")) == CONTOH
        days = store.daily_counts("kecil", date(2024, 1, 1), date(2025, 1, 1))
        assert days == (Harian(date(2024, 12, 31), "dinas", "ktp", "unggah", 1),)
        # The other recaps were left empty above; that the days were counted is what is shown.
        assert "rekap_hari" not in {fault.tabel for fault in store.check_recap()}
        store.rebuild_recap()
        (tautan,) = store.add_tautan("kecil", [TautanBaru("mpp", None)])
        assert store.submit(tautan, sheet()).baru
        assert store.exclude("kecil", [1], "uji") == 1
        assert store.undo_batch("B-1").status == "batal"
        assert [a.nilai for a in store.answers("kecil")] == ["434"]
        assert store.check_recap() == ()
        with store.engine.begin() as conn:
            old = MetaData()
            old.reflect(conn)
            old.drop_all(conn)
    with open_store(store_url) as new:
        assert shape(new) == upgraded


def test_the_recaps_by_one_place_are_filled_from_the_finer_ones(store_url: str):
    with open_store(store_url) as store:
        save_long(store)
        save(store)
        store.add_batch("kecil", UNGGAH, CONTOH)
        with store.engine.begin() as conn:
            conn.execute(text("DROP TABLE rekap_tempat"))
            conn.execute(text(skema_1.REKAP_JAWABAN))
            conn.execute(text(BY_QUESTION))
            for name in ("tempat", "responden"):
                for place in ("layanan", "titik"):
                    conn.execute(text(f"DROP TABLE rekap_{name}_{place}"))
            conn.execute(text("DELETE FROM versi_skema WHERE nomor >= 8"))
    with open_store(store_url) as store:
        names = inspect(store.engine).get_table_names()
        assert not [name for name in names if name.startswith("rekap_jawaban")]
        assert store.check_recap() == ()
        assert store.group_counts("kecil", None, "titik") == {None: 1, "dinas": 1, "mpp": 1}
