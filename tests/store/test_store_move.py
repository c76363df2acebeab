"""An office moves whole, proven, or not at all; in both directions."""

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from isi_penuh import HERE, fill, rows
from kiriman_uji import sheet
from sqlalchemy import delete, func, select, text, update
from survei_kecil import CONTOH, PENUH, T4, UNGGAH, save

from skm.jawaban import Kanal
from skm.pesan import SkmError
from skm.store import BatchBaru, TindakBaru, make_engine, open_store
from skm.store.backup import write_backup
from skm.store.backup_file import open_backup
from skm.store.migrations import versi_skema
from skm.store.move import check_move, count_rows, move
from skm.store.restore import restore_backup
from skm.store.schema import metadata, rekap_responden

pytestmark = pytest.mark.lambat


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a database with something in every table."""
    path = tmp_path_factory.mktemp("sumber") / "penuh.zip"
    with open_store(f"sqlite:///{path.with_name('penuh.db')}") as store:
        fill(store)
        write_backup(store.engine, path)
    return path


def put_full(url: str, path: Path) -> None:
    with open_store(url) as store, open_backup(path) as cadangan:
        restore_backup(store.engine, cadangan)


@pytest.fixture(params=["from SQLite", "to SQLite"])
def addresses(
    request: pytest.FixtureRequest, store_url: str, full: Path, tmp_path: Path
) -> tuple[str, str]:
    """A full database and an empty place: SQLite and each kind, each way."""
    other = f"sqlite:///{tmp_path / 'lain' / 'skm.db'}"
    dari, ke = (other, store_url) if request.param == "from SQLite" else (store_url, other)
    put_full(dari, full)
    return dari, ke


@pytest.fixture
def pair(full: Path, tmp_path: Path) -> tuple[str, str]:
    """As `addresses`, both SQLite, for what does not depend on the database."""
    dari, ke = (f"sqlite:///{tmp_path / name}" for name in ("asal.db", "tujuan.db"))
    put_full(dari, full)
    return dari, ke


def kode_of(call) -> str:
    with pytest.raises(SkmError) as caught:
        call()
    assert str(caught.value)
    return caught.value.kode


def held(url: str) -> int:
    """The rows of all our tables; 0 also where there are no tables."""
    engine = make_engine(url)
    with engine.connect() as conn:
        there = engine.dialect.get_table_names(conn)
        counts = [
            conn.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
            if table.name in there
        ]
    engine.dispose()
    return sum(counts)


def test_everything_is_there_and_nothing_else(addresses: tuple[str, str]):
    dari, ke = addresses
    check_move(dari, ke)
    seen: list[int] = []
    moved = move(dari, ke, seen.append)
    assert {name: t.baris for name, t in moved.items()} == count_rows(dari) == count_rows(ke)
    assert all(t.baris for t in moved.values()), "fill() forgets no table"
    assert seen == sorted(seen)
    assert seen[-1] == 2 * sum(t.baris for t in moved.values())
    with open_store(dari) as before, open_store(ke) as after:
        assert rows(after) == rows(before)
        assert after.data_version(HERE) == before.data_version(HERE)
        assert after.check_recap() == ()


def test_new_rows_are_numbered_after_the_moved_ones(addresses: tuple[str, str]):
    move(*addresses)
    with open_store(addresses[1]) as store:
        ids = {row[0] for row in rows(store)["jawaban"]}
        store.add_batch(HERE, BatchBaru(Kanal.UNGGAH), CONTOH)
        assert len({row[0] for row in rows(store)["jawaban"]} - ids) == len(CONTOH)
        known = {t.id for t in store.follow_ups(HERE)}
        made = store.add_follow_up(HERE, TindakBaru(T4, "U2", "Kursi", "Mei", "Umum"))
        assert made.id not in known
        assert store.submit(store.list_tautan(HERE)[0], sheet()).baru
        assert store.check_recap() == ()


def test_there_and_back_again(addresses: tuple[str, str], tmp_path: Path):
    back = f"sqlite:///{tmp_path / 'kembali.db'}"
    assert move(*addresses) == move(addresses[1], back)


DYING = """
import os, signal, sys
from skm.store.move import move

def die(done):
    if done >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

move(sys.argv[1], sys.argv[2], die)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_killed_in_the_middle_the_target_is_empty_and_can_be_tried_again(
    addresses: tuple[str, str],
):
    dari, ke = addresses
    total = sum(count_rows(dari).values())
    for at in (1, total, 2 * total):
        command = [sys.executable, "-c", DYING, dari, ke, str(at)]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        assert held(ke) == 0
    move(dari, ke)
    assert held(ke) == total


def test_a_target_that_holds_anything_is_refused(addresses: tuple[str, str]):
    dari, ke = addresses
    with open_store(ke) as store:
        store.shared_key("formulir")  # a program was started there once
        before = rows(store)
    for call in (lambda: move(dari, ke), lambda: check_move(dari, ke)):
        assert kode_of(call) == "pindah-tujuan-berisi"
    with open_store(ke) as store:
        assert rows(store) == before


def test_an_empty_target_that_was_opened_before_is_fine(addresses: tuple[str, str]):
    open_store(addresses[1]).close()
    check_move(*addresses)
    move(*addresses)


def test_tables_of_somebody_else_are_refused(addresses: tuple[str, str]):
    engine = make_engine(addresses[1])
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE jawaban (isi TEXT)"))
    engine.dispose()
    for call in (lambda: move(*addresses), lambda: check_move(*addresses)):
        assert kode_of(call) == "pindah-tujuan-berisi"


def test_a_place_cannot_move_into_itself(pair: tuple[str, str]):
    dari, _ = pair
    assert kode_of(lambda: move(dari, dari)) == "pindah-sama"
    assert kode_of(lambda: check_move(dari, dari.replace("sqlite:", "sqlite+pysqlite:"))) == (
        "pindah-sama"
    )


def test_without_a_source_nothing_is_made(tmp_path: Path):
    dari, ke = (f"sqlite:///{tmp_path / name}" for name in ("salah.db", "tujuan.db"))
    for call in (lambda: count_rows(dari), lambda: check_move(dari, ke), lambda: move(dari, ke)):
        assert kode_of(call) == "pindah-asal-kosong"
    assert list(tmp_path.iterdir()) == []


def test_looking_makes_nothing_and_changes_nothing(pair: tuple[str, str], tmp_path: Path):
    def bytes_of() -> str:
        return hashlib.sha256((tmp_path / "asal.db").read_bytes()).hexdigest()

    before = bytes_of()
    check_move(pair[0], f"sqlite:///{tmp_path / 'baru' / 'tujuan.db'}")
    assert not (tmp_path / "baru").exists()
    move(*pair)
    assert bytes_of() == before


@pytest.mark.parametrize("which", [0, 1], ids=["source", "target"])
def test_tables_of_another_version_are_refused_and_not_migrated(pair: tuple[str, str], which: int):
    with open_store(pair[which]) as store, store.engine.begin() as conn:
        newest = conn.execute(select(func.max(versi_skema.c.nomor))).scalar()
        conn.execute(delete(versi_skema).where(versi_skema.c.nomor == newest))
    for call in (lambda: move(*pair), lambda: check_move(*pair)):
        assert kode_of(call) == "pindah-skema"
    engine = make_engine(pair[which])
    with engine.connect() as conn:
        assert conn.execute(select(func.max(versi_skema.c.nomor))).scalar() == newest - 1
    engine.dispose()


def test_a_recap_that_was_wrong_does_not_move(addresses: tuple[str, str]):
    dari, ke = addresses
    with open_store(dari) as store, store.engine.begin() as conn:
        conn.execute(update(rekap_responden).values(responden=7))
    for call in (lambda: check_move(dari, ke), lambda: move(dari, ke)):
        assert kode_of(call) == "pindah-rekap-beda"
    assert held(ke) == 0


def test_a_copy_that_reads_back_otherwise_is_not_kept(pair: tuple[str, str]):
    """A database that changes what is written: one letter, the number of rows the same."""
    with open_store(pair[1]) as store, store.engine.begin() as conn:
        conn.execute(
            text(
                "CREATE TRIGGER lain AFTER INSERT ON narasi "
                "BEGIN UPDATE narasi SET teks = teks || '.'; END"
            )
        )
    assert kode_of(lambda: move(*pair)) == "pindah-beda"
    assert held(pair[1]) == 0


def test_answers_that_come_in_meanwhile_are_not_left_behind(addresses: tuple[str, str]):
    dari, ke = addresses
    with open_store(dari) as store:
        save(store)

        def write(_: int) -> None:
            if not late:
                late.append(store.add_batch(HERE, UNGGAH, [PENUH]).id)

        late: list[str] = []
        assert kode_of(lambda: move(dari, ke, write)) == "pindah-asal-bergerak"
        assert held(ke) == 0
        move(dari, ke, write)
    with open_store(ke) as there:
        assert late[0] in {b.id for b in there.list_batches(HERE)}
