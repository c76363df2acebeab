"""Marked answers, and those that an operator takes out of the counts."""

import json
from dataclasses import replace

import pytest
from kiriman_uji import counted, place, sheet
from survei_kecil import CONTOH, PENUH, T3, T4, TOML, UNGGAH, WAKTU, save

from skm.akun import Pelaku, Peran, Tindakan
from skm.jawaban import Kanal
from skm.kiriman import Tanda
from skm.pesan import SkmError
from skm.rekap import pool
from skm.store import Store
from skm.store.audit import SaringJejak


@pytest.fixture
def marked(store: Store) -> Store:
    """Four answers of the form, three of a file."""
    tautan = place(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    for nilai, tanda in (
        ("444", (Tanda.LURUS, Tanda.CEPAT)),
        ("111", (Tanda.LURUS,)),
        ("121", (Tanda.LUAR_JAM,)),
        ("343", ()),
    ):
        store.submit(tautan, replace(sheet(nilai, *tanda), detik=7))
    return store


def test_marks_are_listed_and_counted(marked: Store):
    listed = marked.flagged("kecil")
    assert [a.nilai for a in listed] == ["121", "111", "444"]
    last = listed[-1]
    assert last.tanda == {Tanda.CEPAT, Tanda.LURUS}
    assert (last.waktu, last.titik, last.layanan, last.kanal, last.detik, last.dikecualikan) == (
        WAKTU, "dinas", "ktp", Kanal.QR, 7, None,
    )  # fmt: skip
    assert [a.nilai for a in marked.flagged("kecil", tanda=Tanda.LURUS)] == ["111", "444"]
    assert [a.nilai for a in marked.flagged("kecil", T4, limit=1)] == ["121"]
    assert marked.flagged("kecil", T3) == ()
    assert marked.flag_counts("kecil", T4) == {
        "cepat": 1, "lurus": 2, "rentetan": 0, "perangkat": 0, "luar-jam": 1,
        "jebakan": 0,
    }  # fmt: skip
    assert set(marked.flag_counts("kecil", T3).values()) == {0}


def test_out_and_in_again_is_as_it_was(marked: Store):
    before, version = counted(marked), marked.data_version("kecil")
    survei = marked.load_survei("kecil")
    everything = pool(marked.cells("kecil"), survei.aturan.unsur)
    ids = [a.id for a in marked.flagged("kecil", tanda=Tanda.LURUS)]
    assert marked.exclude("kecil", [*ids, ids[0], 999_999, -1, 2**70], " dua kali klik ") == 2
    assert marked.data_version("kecil") > version
    assert marked.check_recap() == ()
    out = marked.flagged("kecil", tanda=Tanda.LURUS)
    assert [a.dikecualikan for a in out] == ["dua kali klik"] * 2
    assert marked.flag_counts("kecil")["lurus"] == 2, "marks stay in sight"
    assert len(list(marked.answers("kecil"))) == 5
    assert [a.nilai for a in marked.answers("kecil", dikecualikan=True)] == ["444", "111"]
    assert marked.list_survei()[0].responden == 5
    both = [*marked.cells("kecil"), *marked.excluded_cells("kecil")]
    assert pool(both, survei.aturan.unsur) == everything
    assert marked.exclude("kecil", ids, "lain") == 0, "the first reason stays"
    assert marked.flagged("kecil", tanda=Tanda.LURUS) == out
    assert marked.include([*ids, 999_999]) == 2
    assert marked.include(ids) == 0
    assert counted(marked) == before
    assert marked.excluded_cells("kecil") == []
    assert marked.check_recap() == ()


def test_an_answer_without_marks_may_be_taken_out_and_is_then_listed(marked: Store):
    (batch,) = [b for b in marked.list_batches("kecil") if b.nama_berkas]
    ids = range(1, 4)  # the answers of the file
    marked.exclude("kecil", ids, "salah periode")
    assert [a.id for a in marked.flagged("kecil")][-3:] == [3, 2, 1]
    cells = marked.excluded_cells("kecil", per=("titik", "layanan"))
    assert [(c.periode, c.titik, c.layanan, c.responden) for c in cells] == [
        (T3, None, None, 1),
        (T4, "mpp", "kk", 1),
        (T4, "dinas", "ktp", 1),
    ]
    assert [c.periode for c in marked.excluded_cells("kecil", T3)] == [T3]
    assert marked.periods("kecil") == (T4,)
    marked.undo_batch(batch.id)
    assert marked.check_recap() == ()
    assert marked.excluded_cells("kecil") == []


def test_a_reason_is_needed_and_only_answers_of_the_survey_are_touched(marked: Store):
    other = TOML.replace('id = "kecil"', 'id = "lain"')
    save(marked, other)
    for empty in ("", "  \x00"):
        with pytest.raises(SkmError) as caught:
            marked.exclude("kecil", [1], empty)
        assert caught.value.kode == "alasan-kosong"
    assert marked.exclude("lain", [1, 2], "uji") == 0
    marked.add_batch("lain", UNGGAH, [PENUH])
    assert marked.exclude("lain", range(1, 20), "uji") == 1
    assert marked.exclude("kecil", [1], "uji") == 1
    assert marked.include(range(1, 20)) == 2, "each survey counts its own again"
    assert marked.check_recap() == ()


def test_each_survey_has_its_own_entry_of_what_counts_again(marked: Store):
    save(marked, TOML.replace('id = "kecil"', 'id = "lain"'))
    marked.add_batch("lain", UNGGAH, [PENUH])
    (other,) = (a for a in range(1, 20) if marked.exclude("lain", [a], "uji"))
    marked.exclude("kecil", [1, 2], "uji")
    acting = marked.acting(Pelaku("budi", frozenset({Peran.OPERATOR})))
    assert acting.include([2, 1, 3, other]) == 3
    again = SaringJejak(tindakan=Tindakan.JAWABAN_HITUNG.value)
    entries = marked.trail(again)
    assert {(e.survei_id, e.pelaku) for e in entries} == {("kecil", "budi"), ("lain", "budi")}
    assert {e.survei_id: json.loads(e.sesudah) for e in entries} == {
        "kecil": {"jawaban": [1, 2], "berubah": 2},
        "lain": {"jawaban": [other], "berubah": 1},
    }
    assert acting.include([1, 2, other]) == 0
    assert marked.trail(again) == entries, "what changes nothing is no entry"
    assert marked.examine_trail().cacat is None


def test_answers_taken_out_still_need_their_unsur(store: Store):
    save(store)
    store.add_batch("kecil", UNGGAH, [PENUH])
    store.exclude("kecil", [1], "uji")
    with pytest.raises(SkmError) as caught:
        save(store, TOML.replace("Sarana", "Prasarana"))
    assert caught.value.kode == "kuesioner-unsur-hilang"


def test_rebuilding_leaves_out_what_is_out(marked: Store):
    marked.exclude("kecil", [1, 2], "uji")
    before = counted(marked)
    marked.rebuild_recap()
    assert counted(marked) == before
    save(marked, TOML.replace("sampai = 39", "sampai = 40").replace("dari = 40", "dari = 41"))
    assert marked.check_recap() == ()
