"""Several programs on one database, each in a process of its own, as nodes behind a proxy are."""

import subprocess
import sys
from pathlib import Path

import pytest
from kiriman_uji import sheet
from survei_kecil import CONTOH, save

from skm.store import Store, TautanBaru, open_store
from skm.store.versions import generation

NODES, ROUNDS = 3, 12
NODE = """
import sys
sys.path.insert(0, sys.argv[2])
from kiriman_uji import sheet
from survei_kecil import CONTOH, UNGGAH
from skm.store import open_store

node, rounds = int(sys.argv[3]), int(sys.argv[4])
with open_store(sys.argv[1]) as store:
    places = store.list_tautan("kecil")
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(rounds):
        # Each node goes round the places its own way: the same rows, in another order.
        for place in places[:: 1 if node % 2 else -1]:
            store.submit(place, sheet("123", id_kirim=f"{node:04}{number:08}{place.kode}"))
        store.add_batch("kecil", UNGGAH, CONTOH[:: 1 if node % 2 else -1])
        store.count_visits({(place.kode, "dilihat"): 1 for place in places})
    if node == 0:
        store.undo_batch(store.add_batch("kecil", UNGGAH, CONTOH * 50).id)
"""


def run_nodes(url: str) -> None:
    """Start the nodes, let them begin together, and see all of them end well."""
    here = str(Path(__file__).parent)
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", NODE, url, here, str(node), str(ROUNDS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for node in range(NODES)
    ]  # fmt: skip
    ready = [process.stdout.readline() for process in running]
    outcomes = [process.communicate("go\n", timeout=240) for process in running]
    assert [error for _, error in outcomes] == [""] * NODES
    assert ready == ["ready\n"] * NODES


@pytest.mark.lambat
def test_nodes_that_store_at_once_wait_for_each_other_and_lose_nothing(store_url: str):
    with open_store(store_url) as store:
        save(store)
        wanted = [TautanBaru("dinas", "ktp"), TautanBaru("mpp", None), TautanBaru(None, "kk")]
        store.add_tautan("kecil", wanted)
        before = store.data_version("kecil")
    run_nodes(store_url)
    with open_store(store_url) as store:
        assert len(list(store.answers("kecil"))) == NODES * ROUNDS * (3 + len(CONTOH))
        assert [t.dikirim for t in store.list_tautan("kecil")] == [NODES * ROUNDS] * 3
        assert [t.dilihat for t in store.list_tautan("kecil")] == [NODES * ROUNDS] * 3
        assert generation(store.data_version("kecil")) == generation(before) + 1, "one was undone"
        assert store.check_recap() == ()


def test_a_sheet_sent_to_two_nodes_is_stored_once(store: Store, store_url: str):
    """A proxy that repeats a POST elsewhere, because the first node did not answer."""
    save(store)
    (place,) = store.add_tautan("kecil", [TautanBaru("dinas", "ktp")])
    first = store.submit(place, sheet("444", id_kirim="sekali-saja-1234567"))
    with open_store(store_url) as other:
        again = other.submit(place, sheet("444", id_kirim="sekali-saja-1234567"))
    assert (again.baru, again.tanggapan) == (False, first.tanggapan)
    assert len(list(store.answers("kecil"))) == 1
    assert store.check_recap() == ()
