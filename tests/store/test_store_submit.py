"""One answer at a time: never lost, never twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kiriman_uji import counted, place, sheet
from survei_kecil import T4, TOML, WAKTU, save, survei_of

from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Tanda
from skm.periode import Jenis, period_at
from skm.pesan import SkmError
from skm.store import BatchBaru, StatusBatch, Store, TautanBaru, open_store


def test_an_answer_is_stored_and_counted_where_its_placement_says(store: Store):
    tautan = place(store)
    before, start = store.data_version("kecil"), datetime.now(UTC)
    receipt = store.submit(tautan, sheet("4-4", Tanda.LURUS, titik="mpp", layanan="kk", saran="Ya"))
    assert receipt.baru
    assert start <= receipt.waktu <= datetime.now(UTC)
    (stored,) = store.answers("kecil")
    assert stored == Jawaban("4-4", T4, WAKTU, "ktp", "dinas", stored.profil, "Ya")
    (batch,) = store.list_batches("kecil")
    assert batch.id == f"F-{tautan.kode}-{start:%Y%m%d}"
    assert (batch.kanal, batch.nama_berkas, batch.diterima) == (Kanal.QR, "", 1)
    assert (batch.tautan, batch.sesi) == (tautan.kode, None)
    assert store.find_tautan(tautan.kode).dikirim == 1
    assert store.data_version("kecil") == before + 1
    assert store.check_recap() == ()


def test_single_answers_count_as_a_batch_of_them_does(store: Store):
    tautan = place(store, None, None)
    sheets = [
        sheet(n, layanan=x, titik=t)
        for n, x, t in zip(
            ("434", "---", "1-2", "434"),
            ("ktp", None, "kk", "ktp"),
            ("mpp", "mpp", None, "mpp"),
            strict=True,
        )
    ]
    for each in sheets:
        store.submit(tautan, each)
    single = counted(store)
    assert store.list_batches("kecil")[0].diterima == 4
    store.delete_survei("kecil")
    save(store)
    answers = [replace(each.jawaban, periode=T4) for each in sheets]
    store.add_batch("kecil", BatchBaru(Kanal.QR), answers)
    assert counted(store) == single


def test_without_a_time_an_answer_counts_when_it_arrives(store: Store):
    store.submit(place(store), sheet(waktu=None))
    (stored,) = store.answers("kecil")
    assert abs(stored.waktu - datetime.now(UTC)) < timedelta(minutes=1)
    assert stored.periode == period_at(stored.waktu, Jenis.TRIWULAN, survei_of().zona)


def test_a_period_begins_by_the_clock_of_the_office(store: Store):
    late = datetime(2024, 9, 30, 17, 30, tzinfo=UTC)  # 1 October 00:30 WIB
    store.submit(place(store), sheet(waktu=late))
    assert store.periods("kecil") == (T4,)


def test_the_same_sheet_again_gives_the_first_receipt(store: Store):
    tautan = place(store)
    (other,) = store.add_tautan("kecil", [TautanBaru("mpp", None)])
    first = store.submit(tautan, sheet(id_kirim="a" * 16))
    version = store.data_version("kecil")
    for di in (tautan, other):
        again = store.submit(di, sheet("111", id_kirim="a" * 16))
        assert again == replace(first, baru=False)
    assert [a.nilai for a in store.answers("kecil")] == ["434"]
    assert store.data_version("kecil") == version
    assert store.check_recap() == ()


def test_eight_threads_with_one_sheet_store_it_once(store: Store):
    tautan = place(store)
    for round_ in range(3):
        same = sheet(id_kirim=f"{round_:016}")
        with ThreadPoolExecutor(8) as pool:
            receipts = list(pool.map(lambda _, s=same: store.submit(tautan, s), range(16)))
        assert sum(r.baru for r in receipts) == 1
        assert len({(r.tanggapan, r.waktu) for r in receipts}) == 1
    assert len(list(store.answers("kecil"))) == 3
    assert store.find_tautan(tautan.kode).dikirim == 3
    assert store.list_batches("kecil")[0].diterima == 3
    assert store.check_recap() == ()


def test_two_hundred_at_once_are_two_hundred(store: Store):
    save(store)
    wanted = [TautanBaru("dinas", "ktp"), TautanBaru("mpp", None), TautanBaru(None, "kk")]
    places = store.add_tautan("kecil", wanted)
    sheets = [sheet(f"{1 + i % 4}{1 + i % 3}-") for i in range(200)]

    def send(i: int) -> str:
        return store.submit(places[i % 3], sheets[i]).tanggapan

    with ThreadPoolExecutor(16) as pool:
        receipts = list(pool.map(send, range(200)))
    assert len(set(receipts)) == 200
    stored = Counter(a.nilai for a in store.answers("kecil"))
    assert stored == Counter(s.jawaban.nilai for s in sheets)
    assert [t.dikirim for t in store.list_tautan("kecil")] == [67, 67, 66]
    assert sorted(b.diterima for b in store.list_batches("kecil")) == [66, 67, 67]
    assert store.check_recap() == ()


@contextmanager
def suppress_kode(kode: str) -> Iterator[None]:
    try:
        yield
    except SkmError as error:
        assert error.kode == kode


def test_submitting_while_others_undo_exclude_and_change(store: Store):
    """Everybody at the same survey: no deadlock, and counts that hold."""
    tautan = place(store)
    older = TOML.replace("sampai = 39", "sampai = 40").replace("dari = 40", "dari = 41")

    def work(number: int) -> None:
        match number % 8:
            case 0:
                save(store, older if number % 16 else TOML)
            case 1:
                seen = store.flagged("kecil")
                store.exclude("kecil", [s.id for s in seen[:3]], "uji")
                store.include([s.id for s in seen[:2]])
            case 2:
                for batch in store.list_batches("kecil")[:1]:
                    with suppress_kode("batch-sudah-batal"):
                        store.undo_batch(batch.id)
            case 3:
                store.count_visits({(tautan.kode, "dilihat"): 1})
            case _:
                store.submit(tautan, sheet("444", Tanda.LURUS))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(64)))
    assert store.check_recap() == ()
    assert store.find_tautan(tautan.kode).dilihat == 8


DYING = """
import sys
sys.path.insert(0, sys.argv[2])
from kiriman_uji import sheet
from skm.store import open_store

with open_store(sys.argv[1]) as store:
    tautan = store.find_tautan(sys.argv[3])
    for number in range(100_000):
        receipt = store.submit(tautan, sheet(id_kirim=f"{number:020}"))
        print(f"{number:020}", receipt.tanggapan, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_no_acknowledged_answer_dies_with_the_process(store_url: str):
    here = str(Path(__file__).parent)
    with open_store(store_url) as store:
        tautan = place(store)
    command = [sys.executable, "-c", DYING, store_url, here, tautan.kode]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        told = [running.stdout.readline() for _ in range(25)]
        time.sleep(0.05)
        os.kill(running.pid, signal.SIGKILL)
        told += running.stdout.readlines()
    told = [line.split() for line in told if line.endswith("\n")]
    assert len(told) >= 25
    with open_store(store_url) as store:
        stored = store.find_tautan(tautan.kode).dikirim
        assert len(list(store.answers("kecil"))) == stored
        assert stored - len(told) in (0, 1), "at most the one that nobody was told of"
        for id_kirim, tanggapan in told:
            again = store.submit(tautan, sheet(id_kirim=id_kirim))
            assert (again.baru, again.tanggapan) == (False, tanggapan)
        assert store.find_tautan(tautan.kode).dikirim == stored
        assert store.check_recap() == ()


def test_an_undone_standing_batch_stays_undone(store: Store):
    tautan = place(store)
    kept = store.submit(tautan, sheet(id_kirim="a" * 20))
    (first,) = store.list_batches("kecil")
    undone = store.undo_batch(first.id)
    assert (undone.status, undone.diterima) == (StatusBatch.BATAL, 1)
    assert store.find_tautan(tautan.kode).dikirim == 0
    late = store.submit(tautan, sheet(id_kirim="a" * 20))
    assert late == replace(kept, baru=False), "a phone that sends again is thanked"
    assert list(store.answers("kecil")) == []
    for _ in range(2):
        store.submit(tautan, sheet())
    found = {b.id: b.diterima for b in store.list_batches("kecil")}
    assert found == {first.id: 1, f"{first.id}-2": 2}
    store.undo_batch(f"{first.id}-2")
    store.submit(tautan, sheet())
    assert {b.id for b in store.list_batches("kecil")} == {*found, f"{first.id}-3"}
    assert store.find_tautan(tautan.kode).dikirim == 1
    assert store.check_recap() == ()


def test_a_page_opened_before_the_survey_changed_is_counted_by_its_own_questions(store: Store):
    tautan = place(store)
    store.submit(tautan, sheet())
    shorter = TOML[: TOML.index('[[kuesioner.pertanyaan]]\nkode = "q3"')]
    shorter += TOML[TOML.index("[[profil]]") :]
    assert save(store, shorter) == "1#2"
    store.submit(tautan, sheet("22"))
    store.submit(tautan, sheet("333"), versi="1")
    assert store.check_recap() == ()
    (cell,) = store.cells("kecil")
    assert cell.responden == 3
    for wrong, versi, kode in (
        ("333", None, "jawaban-panjang"),
        ("22", "1", "jawaban-panjang"),
        ("22", "7", "kuesioner-tak-ada"),
    ):
        with pytest.raises(SkmError) as caught:
            store.submit(tautan, sheet(wrong), versi=versi)
        assert caught.value.kode == kode


MISFITS = [
    (sheet(id_kirim="kurang"), "kiriman-id"),
    (sheet(id_kirim="a" * 20 + "\x00"), "kiriman-id"),
    (sheet("435"), "jawaban-nilai"),
    (sheet("4" * 5_000), "jawaban-panjang"),
    (sheet("44\ud800"), "jawaban-nilai"),
    (sheet(profil=(("jk", "\ud800\x00"),)), "jawaban-profil-asing"),
    (sheet(layanan="\x00"), "jawaban-layanan-asing"),
]


def test_what_does_not_fit_is_refused_and_may_come_again(store: Store):
    tautan = place(store, None, None)
    for bad, kode in MISFITS:
        with pytest.raises(SkmError) as caught:
            store.submit(tautan, bad)
        assert caught.value.kode == kode
    assert list(store.answers("kecil")) == []
    assert store.list_batches("kecil") == ()
    for bad, kode in MISFITS:
        if kode != "kiriman-id":
            assert store.submit(tautan, sheet(id_kirim=bad.id_kirim)).baru


def test_a_remark_that_no_database_can_hold_is_kept_without_what_is_odd(store: Store):
    store.submit(place(store), sheet(saran="baik\x00 \ud800 sekali"))
    assert [a.saran for a in store.answers("kecil")] == ["baik ? sekali"]


def test_what_is_gone_is_told(store: Store):
    tautan = place(store)
    store.submit(tautan, sheet(id_kirim="a" * 20))
    store.delete_survei("kecil")
    with pytest.raises(SkmError) as caught:
        store.submit(tautan, sheet(id_kirim="a" * 20))
    assert caught.value.kode == "survei-tak-ada"
    assert store.find_tautan(tautan.kode) is None
    save(store)
    with pytest.raises(SkmError) as caught:
        store.submit(tautan, sheet())
    assert caught.value.kode == "tautan-tak-ada"
    assert store.submit(
        *(store.add_tautan("kecil", [TautanBaru("mpp", None)])), sheet(id_kirim="a" * 20)
    ).baru, "nothing of the former survey is left"
    assert store.check_recap() == ()


def test_who_opened_the_page_before_it_was_closed_may_finish(store: Store):
    closed = store.change_tautan(place(store).kode, aktif=False)
    assert store.submit(closed, sheet()).baru
