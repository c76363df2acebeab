"""Many at once, and a process that dies: nothing is lost, nothing is half there."""

import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from survei_kecil import BERKAS, CONTOH, KOSONG_SATU, PENUH, T4, TOML, UNGGAH, save

from skm.jawaban import Kanal
from skm.pesan import SkmError
from skm.store import BatchBaru, Store, open_store

DYING = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from survei_kecil import PENUH, UNGGAH
from skm.store import open_store

def die(stored):
    if stored >= 4_000:
        os.kill(os.getpid(), signal.SIGKILL)

open_store(sys.argv[1]).add_batch("kecil", UNGGAH, [PENUH] * 10_000, die)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_process_killed_in_the_middle_leaves_nothing(store_url: str):
    with open_store(store_url) as store:
        save(store)
        store.add_batch("kecil", UNGGAH, CONTOH)
    here = str(Path(__file__).parent)
    dead = subprocess.run([sys.executable, "-c", DYING, store_url, here], check=False)
    assert dead.returncode == -signal.SIGKILL
    with open_store(store_url) as store:
        assert list(store.answers("kecil")) == CONTOH
        assert len(store.list_batches("kecil")) == 1
        assert store.check_recap() == ()
        store.add_batch("kecil", UNGGAH, [PENUH])


def test_threads_adding_to_one_survey_lose_nothing(store: Store):
    save(store)
    version = store.data_version("kecil")

    def add(number: int) -> None:
        kanal = Kanal.QR if number % 2 else Kanal.UNGGAH
        store.add_batch("kecil", BatchBaru(kanal), [PENUH, KOSONG_SATU] * (1 + number % 3))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(24)))
    assert len(store.list_batches("kecil")) == 24
    assert store.group_counts("kecil", T4, "titik") == {"dinas": 48, "mpp": 48}
    assert store.data_version("kecil") == version + 24
    assert store.check_recap() == ()


def test_one_file_uploaded_by_two_people_at_once_counts_once(store: Store):
    save(store)

    def upload(_: int) -> str:
        try:
            return store.add_batch("kecil", BERKAS, [PENUH] * 2_500).status
        except SkmError as error:
            return error.kode

    with ThreadPoolExecutor(4) as pool:
        outcome = Counter(pool.map(upload, range(4)))
    assert outcome == {"aktif": 1, "berkas-sudah-diunggah": 3}
    assert store.group_counts("kecil", None, "titik") == {"dinas": 2_500}


def test_processes_starting_together_may_save_the_same_new_survey(store: Store):
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: save(store), range(8))) == ["1"] * 8
    assert len(store.list_survei()) == 1


def test_adding_undoing_changing_and_counting_at_once(store: Store):
    """Everybody at the same survey: no deadlock, and counts that hold at every moment."""
    save(store)
    older = TOML.replace("sampai = 39", "sampai = 40").replace("dari = 40", "dari = 41")

    def work(number: int) -> int:
        match number % 4:
            case 0:
                batch = store.add_batch("kecil", UNGGAH, CONTOH * 20)
                store.undo_batch(batch.id)
            case 1:
                save(store, older if number % 8 == 1 else TOML)
            case 2:
                assert store.check_recap() == ()
                assert sum(n for n in store.group_counts("kecil", None, "titik").values()) % 3 == 0
            case _:
                store.add_batch("kecil", UNGGAH, CONTOH)
        return number

    with ThreadPoolExecutor(6) as pool:
        done = Counter(pool.map(work, range(40)))
    assert len(done) == 40
    assert sorted(b.diterima for b in store.list_batches("kecil")) == [3] * 10 + [60] * 10
    assert len(list(store.answers("kecil"))) == 30
    assert store.check_recap() == ()
