"""Batches: in as a whole, out as a whole."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from survei_kecil import BERKAS, CONTOH, KOSONG_SATU, PENUH, T3, T4, UNGGAH, save

from skm.jawaban import Jawaban, Kanal
from skm.pesan import SkmError
from skm.store import BatchBaru, StatusBatch, Store, sheet_key


def test_a_batch_says_what_it_is(store: Store):
    save(store)
    start = datetime.now(UTC)
    batch = store.add_batch("kecil", UNGGAH, iter(CONTOH))
    assert re.fullmatch(r"B-\d{8}-[0-9A-F]{6}", batch.id)
    assert (batch.diterima, batch.ditolak, batch.status) == (3, 2, StatusBatch.AKTIF)
    assert (batch.nama_berkas, batch.kanal, batch.kuesioner_versi) == (
        "tw4.csv",
        Kanal.UNGGAH,
        "1",
    )
    assert start <= batch.waktu <= datetime.now(UTC)
    assert store.list_batches("kecil") == (batch,)


def test_stored_answers_come_back_equal(store: Store):
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    back = list(store.answers("kecil"))
    assert back == CONTOH
    assert [a.sidik for a in back] == [a.sidik for a in CONTOH]
    assert list(store.answers("kecil", T4)) == [PENUH, KOSONG_SATU]
    assert list(store.answers("kecil", titik="mpp")) == [KOSONG_SATU]


def test_a_stream_of_answers_may_be_left_early(store: Store):
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    stream = store.answers("kecil")
    assert next(stream) == PENUH
    stream.close()
    store.delete_survei("kecil")


def test_progress_is_told_chunk_by_chunk(store: Store):
    save(store)
    heard: list[int] = []
    store.add_batch("kecil", UNGGAH, [PENUH] * 4_500, heard.append)
    assert heard == [2_000, 4_000, 4_500]
    assert store.check_recap() == ()


def test_a_batch_may_be_empty(store: Store):
    save(store)
    batch = store.add_batch("kecil", UNGGAH, [])
    assert batch.diterima == 0
    assert store.undo_batch(batch.id).status is StatusBatch.BATAL


def test_undo_takes_one_batch_out_and_keeps_its_row(store: Store):
    save(store)
    first = store.add_batch("kecil", UNGGAH, CONTOH)
    cells, version = store.cells("kecil"), store.data_version("kecil")
    second = store.add_batch("kecil", BatchBaru(Kanal.QR), [PENUH, replace(PENUH, titik=None)])
    undone = store.undo_batch(second.id)
    assert undone.status is StatusBatch.BATAL
    assert undone.dibatalkan is not None
    assert undone.diterima == 2
    assert store.cells("kecil") == cells
    assert store.data_version("kecil") > version
    assert list(store.answers("kecil")) == CONTOH
    assert store.list_batches("kecil") == (undone, first)
    assert store.group_counts("kecil", None, "kanal") == {"unggah": 3}, "no row of zeros is left"
    assert store.check_recap() == ()


def test_undoing_twice_or_what_is_not_there_is_refused(store: Store):
    save(store)
    batch = store.add_batch("kecil", UNGGAH, CONTOH)
    store.undo_batch(batch.id)
    with pytest.raises(SkmError) as caught:
        store.undo_batch(batch.id)
    assert caught.value.kode == "batch-sudah-batal"
    with pytest.raises(SkmError) as caught:
        store.undo_batch("B-20240101-000000")
    assert caught.value.kode == "batch-tak-ada"


def test_the_same_file_is_refused_while_its_batch_is_active(store: Store):
    save(store)
    assert store.find_batch("kecil", BERKAS.sha256) is None
    first = store.add_batch("kecil", BERKAS, [PENUH])
    assert store.find_batch("kecil", BERKAS.sha256) == first
    with pytest.raises(SkmError) as caught:
        store.add_batch("kecil", BERKAS, [PENUH])
    assert caught.value.kode == "berkas-sudah-diunggah"
    assert caught.value.isi == {"batch": first.id}
    store.undo_batch(first.id)
    assert store.find_batch("kecil", BERKAS.sha256) is None
    second = store.add_batch("kecil", BERKAS, [PENUH])
    assert store.find_batch("kecil", BERKAS.sha256) == second
    store.add_batch("kecil", UNGGAH, [PENUH])
    assert store.find_batch("kecil", UNGGAH.sha256) is None, "what is no file has no fingerprint"


def test_a_file_is_known_by_any_of_its_sheets(store: Store):
    save(store)
    sheet = replace(BERKAS, sha256=sheet_key("a" * 64, "Lembar 2"))
    first = store.add_batch("kecil", sheet, [PENUH])
    assert store.has_file("kecil", "a" * 64)
    assert not store.has_file("kecil", "b" * 64)
    assert not store.has_file("kecil", "a" * 63)
    store.undo_batch(first.id)
    assert not store.has_file("kecil", "a" * 64)


def test_a_batch_id_that_is_taken_is_not_used_twice(store: Store, monkeypatch):
    drawn = iter(["aaaaaa", "aaaaaa", "bbbbbb"])
    save(store)
    monkeypatch.setattr("skm.store.batches.secrets.token_hex", lambda _: next(drawn))
    ids = [store.add_batch("kecil", UNGGAH, [PENUH]).id for _ in range(2)]
    monkeypatch.undo()
    assert [i[-6:] for i in ids] == ["AAAAAA", "BBBBBB"]


def test_known_answers_are_counted_by_fingerprint(store: Store):
    save(store)
    batch = store.add_batch("kecil", UNGGAH, [PENUH, PENUH, KOSONG_SATU])
    asked = [PENUH.sidik, KOSONG_SATU.sidik, *(f"{n:032x}" for n in range(6_000))]
    assert store.count_known("kecil", asked) == {PENUH.sidik: 2, KOSONG_SATU.sidik: 1}
    assert store.count_known("lain", asked) == {}
    store.undo_batch(batch.id)
    assert store.count_known("kecil", asked) == {}


MISFITS = [
    ({"periode": None}, "jawaban-tanpa-periode"),
    ({"nilai": "43"}, "jawaban-panjang"),
    ({"nilai": "4344"}, "jawaban-panjang"),
    ({"nilai": "435"}, "jawaban-nilai"),
    ({"nilai": "4 4"}, "jawaban-nilai"),
    ({"nilai": "43٤"}, "jawaban-nilai"),
    ({"layanan": "sim"}, "jawaban-layanan-asing"),
    ({"layanan": ""}, "jawaban-layanan-asing"),
    ({"titik": "x"}, "jawaban-titik-asing"),
    ({"profil": (("jk", "X"),)}, "jawaban-profil-asing"),
    ({"profil": (("agama", "L"),)}, "jawaban-profil-asing"),
    ({"profil": (("usia", "3²"),)}, "jawaban-profil-asing"),
]


def test_an_answer_that_does_not_fit_refuses_the_batch(store: Store):
    save(store)
    for number, (change, kode) in zip((2_000, *range(20)), MISFITS, strict=False):
        with pytest.raises(SkmError) as caught:
            store.add_batch("kecil", UNGGAH, [*[PENUH] * number, replace(PENUH, **change)])
        assert caught.value.kode == kode
        assert f"ke-{number + 1} " in str(caught.value)
        assert list(store.answers("kecil")) == []
        assert store.list_batches("kecil") == ()


def test_a_fault_of_the_source_leaves_nothing(store: Store):
    def torn():
        yield from [PENUH] * 3_000
        raise ZeroDivisionError

    save(store)
    with pytest.raises(ZeroDivisionError):
        store.add_batch("kecil", UNGGAH, torn())
    assert list(store.answers("kecil")) == []
    assert store.check_recap() == ()


def test_a_nul_in_a_remark_does_not_refuse_the_file(store: Store):
    save(store)
    torn = replace(PENUH, saran="baik\x00 sekali")
    store.add_batch("kecil", UNGGAH, [torn])
    (back,) = store.answers("kecil")
    assert back.saran == "baik sekali"
    assert store.count_known("kecil", [torn.sidik]) == {torn.sidik: 1}


def test_time_comes_back_in_utc_whatever_the_server_thinks(store: Store):
    save(store)
    store.add_batch("kecil", UNGGAH, [PENUH, Jawaban("111", T3)])
    first, second = store.answers("kecil")
    assert first.waktu == PENUH.waktu
    assert first.waktu.utcoffset().total_seconds() == 0
    assert second.waktu is None
