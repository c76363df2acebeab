"""Paper, keyed sheet by sheet."""

from dataclasses import replace

import pytest
from kiriman_uji import counted, sheet
from survei_kecil import T3, T4, WAKTU, save

from skm.jawaban import Kanal
from skm.kiriman import Tanda
from skm.pesan import SkmError
from skm.store import StatusBatch, Store


def key(store: Store, each, sesi="pagi", titik="mpp", layanan="kk", **more):
    return store.add_sheet("kecil", titik, layanan, each, sesi=sesi, **more)


def test_sheets_of_a_sitting_are_one_batch(store: Store):
    save(store)
    first = key(store, sheet("111", id_kirim="a" * 16))
    key(store, sheet("222", Tanda.LURUS, id_kirim="b" * 16))
    key(store, sheet("333"), sesi="siang")
    key(store, sheet("444"), kanal=Kanal.PETUGAS)
    assert key(store, sheet("111", id_kirim="a" * 16)) == replace(first, baru=False)
    found = sorted((b.sesi, b.kanal, b.diterima) for b in store.list_batches("kecil"))
    assert found == [("pagi", "kertas", 2), ("pagi", "petugas", 1), ("siang", "kertas", 1)]
    newest = store.list_sheets("pagi")
    assert [s.jawaban.nilai for s in newest] == ["444", "222", "111"]
    assert (newest[2].tanggapan, newest[2].diterima) == (first.tanggapan, first.waktu)
    assert newest[1].tanda == {Tanda.LURUS}
    assert newest[1].jawaban == replace(sheet("222").jawaban, periode=T4, titik="mpp", layanan="kk")
    assert [s.id_kirim for s in store.list_sheets("pagi", 1)] == [newest[0].id_kirim]
    assert store.list_sheets("\x00malam\ud800") == ()
    assert store.check_recap() == ()


def test_a_sheet_names_a_day_or_a_period(store: Store):
    save(store)
    key(store, sheet(waktu=None, periode=T3))
    assert store.periods("kecil") == (T3,)
    with pytest.raises(SkmError) as caught:
        key(store, sheet(waktu=None))
    assert caught.value.kode == "jawaban-tanpa-periode"


def test_a_corrected_sheet_counts_as_if_it_had_been_right_at_once(store: Store):
    save(store)
    key(store, sheet("333"))
    key(store, sheet("121", id_kirim="a" * 16))
    wrong, version = counted(store), store.data_version("kecil")
    (_, old) = store.list_sheets("pagi")
    before = store.list_sheets("pagi")[0]
    new = sheet("4-4", Tanda.LURUS, layanan="ktp", profil=(("usia", "60"),), saran="Ya\x00")
    after = store.correct_sheet("a" * 16, new)
    assert (after.id, after.tanggapan, after.id_kirim) == (before.id, before.tanggapan, "a" * 16)
    assert after.jawaban == replace(new.jawaban, periode=T4, titik="mpp", saran="Ya")
    assert store.list_sheets("pagi") == (after, old)
    assert store.data_version("kecil") > version
    assert store.check_recap() == ()
    right = counted(store)
    store.correct_sheet("a" * 16, sheet("121", layanan="kk"))
    assert counted(store) == wrong
    store.delete_survei("kecil")
    save(store)
    key(store, sheet("333"))
    key(store, new, layanan="ktp")
    assert counted(store) == right


def test_a_correction_keeps_time_and_period_that_it_does_not_give(store: Store):
    save(store)
    key(store, sheet(id_kirim="a" * 16, waktu=None, periode=T3))
    kept = store.correct_sheet("a" * 16, sheet("111", waktu=None))
    assert (kept.jawaban.waktu, kept.jawaban.periode) == (None, T3)
    moved = store.correct_sheet("a" * 16, sheet("111"))
    assert (moved.jawaban.waktu, moved.jawaban.periode) == (WAKTU, T4)
    assert store.check_recap() == ()


def test_a_correction_that_does_not_fit_changes_nothing(store: Store):
    save(store)
    key(store, sheet(id_kirim="a" * 16))
    before = counted(store), store.list_sheets("pagi")
    with pytest.raises(SkmError) as caught:
        store.correct_sheet("a" * 16, sheet("5-5"))
    assert caught.value.kode == "jawaban-nilai"
    for odd in ("b" * 16, "", "\x00", "\ud800"):
        with pytest.raises(SkmError) as caught:
            store.correct_sheet(odd, sheet())
        assert caught.value.kode == "lembar-ketikan-tak-ada"
    assert (counted(store), store.list_sheets("pagi")) == before


def test_a_sheet_taken_out_is_corrected_without_being_counted(store: Store):
    save(store)
    key(store, sheet("111", id_kirim="a" * 16))
    store.exclude("kecil", [store.list_sheets("pagi")[0].id], "dobel")
    assert store.correct_sheet("a" * 16, sheet("444")).dikecualikan == "dobel"
    assert store.cells("kecil") == []
    assert store.check_recap() == ()


def test_an_undone_sitting_may_be_keyed_again(store: Store):
    save(store)
    key(store, sheet(id_kirim="a" * 16))
    (batch,) = store.list_batches("kecil")
    store.undo_batch(batch.id)
    assert store.list_sheets("pagi") == ()
    assert key(store, sheet(id_kirim="a" * 16)).baru
    active = [b for b in store.list_batches("kecil") if b.status is StatusBatch.AKTIF]
    assert [b.id for b in active] == [f"{batch.id}-2"]
    assert len(store.list_sheets("pagi")) == 1
    assert store.check_recap() == ()
