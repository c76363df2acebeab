"""Saving, changing and deleting surveys."""

import pytest
from survei_kecil import CONTOH, PENUH, T4, TOML, UNGGAH, save, survei_of

from skm.pesan import SkmError
from skm.rekap import Slot
from skm.store import BatchBaru, Store

REWORDED = TOML.replace("kecepatannya", "ketepatan waktunya")


def test_a_saved_survey_comes_back_equal(store: Store):
    assert save(store) == "1"
    assert store.load_survei("kecil") == survei_of()
    assert store.load_toml("kecil") == TOML
    (info,) = store.list_survei()
    assert (info.id, info.unit, info.contoh, info.responden) == ("kecil", "Dinas Contoh", False, 0)


def test_saving_the_same_again_changes_nothing(store: Store):
    save(store)
    before = store.data_version("kecil")
    assert save(store) == "1"
    assert store.data_version("kecil") == before


def test_a_file_with_a_byte_order_mark_is_the_same_survey(store: Store):
    save(store)
    before = store.data_version("kecil")
    store.save_survei(survei_of(), "\ufeff" + TOML)
    assert store.data_version("kecil") == before


def test_other_words_under_the_same_version_become_a_new_version(store: Store):
    save(store)
    before = store.data_version("kecil")
    assert save(store, REWORDED) == "1#2"
    assert store.data_version("kecil") > before
    assert save(store, TOML.replace("antreannya", "antriannya")) == "1#3"
    assert save(store) == "1"  # back to the first words: the first version
    assert save(store, REWORDED) == "1#2"
    loaded = store.load_survei("kecil")
    assert loaded.kuesioner.versi == "1#2"
    assert store.save_survei(loaded, REWORDED) == "1#2"
    assert sorted(store.questionnaires("kecil")) == ["1", "1#2", "1#3"]


def test_a_new_alias_is_no_new_version(store: Store):
    save(store)
    alias = TOML.replace('kode = "q1"', 'kode = "q1"\nalias = ["Pertanyaan 1"]')
    assert save(store, alias) == "1"
    assert store.load_survei("kecil").kuesioner.pertanyaan[0].alias == ("Pertanyaan 1",)


def test_answers_of_two_versions_are_pooled_by_unsur(store: Store):
    save(store)
    store.add_batch("kecil", UNGGAH, [PENUH])
    swapped = TOML.replace('versi = "1"', 'versi = "2"').replace(
        'kode = "q1"\nunsur = "Waktu"', 'kode = "q1"\nunsur = "Sarana"'
    )
    swapped = swapped.replace('kode = "q2"\nunsur = "Sarana"', 'kode = "q2"\nunsur = "Waktu"')
    assert save(store, swapped) == "2"
    new = store.add_batch("kecil", UNGGAH, [PENUH])
    old = store.add_batch("kecil", BatchBaru(UNGGAH.kanal, kuesioner_versi="1"), [PENUH])
    assert (new.kuesioner_versi, old.kuesioner_versi) == ("2", "1")
    (cell,) = store.cells("kecil", T4)
    assert cell.responden == 3
    assert {s: t.counts for s, t in cell.tallies.items()} == {
        Slot("U1", 0): (0, 0, 1, 2),  # "434": q1 twice, q2 of version 2 once
        Slot("U1", 1): (0, 0, 0, 3),
        Slot("U2", 0): (0, 0, 2, 1),
    }
    assert store.check_recap() == ()


def test_an_unknown_version_is_refused(store: Store):
    save(store)
    with pytest.raises(SkmError) as caught:
        store.add_batch("kecil", BatchBaru(UNGGAH.kanal, kuesioner_versi="9"), [PENUH])
    assert caught.value.kode == "kuesioner-tak-ada"


def test_an_unsur_with_answers_cannot_leave_the_survey(store: Store):
    save(store)
    renamed = TOML.replace("Sarana", "Prasarana")
    assert save(store, renamed) == "1#2"  # nobody has answered yet
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    before = store.data_version("kecil"), store.cells("kecil")
    with pytest.raises(SkmError) as caught:
        save(store, renamed)
    assert caught.value.kode == "kuesioner-unsur-hilang"
    assert (store.data_version("kecil"), store.cells("kecil")) == before


def test_changed_age_classes_count_old_answers_anew(store: Store):
    save(store)
    batch = store.add_batch("kecil", UNGGAH, CONTOH)
    assert store.profil_counts("kecil")["usia"] == {"muda": 1, "tua": 1, "": 1}
    save(store, TOML.replace("sampai = 39", "sampai = 40").replace("dari = 40", "dari = 41"))
    assert store.profil_counts("kecil")["usia"] == {"muda": 2, "": 1}
    assert store.check_recap() == ()
    store.undo_batch(batch.id)
    assert store.profil_counts("kecil")["usia"] == {}
    assert store.check_recap() == ()


def test_text_of_another_survey_is_a_mistake_of_the_caller(store: Store):
    with pytest.raises(ValueError, match="TOML"):
        store.save_survei(survei_of(), TOML.replace("Survei kecil", "Survei besar"))
    assert store.list_survei() == ()


def test_delete_takes_everything_and_leaves_other_surveys(store: Store):
    save(store)
    save(store, TOML.replace('id = "kecil"', 'id = "lain"'))
    store.add_batch("kecil", UNGGAH, CONTOH)
    store.add_batch("lain", UNGGAH, CONTOH)
    before = store.data_version("kecil")
    assert not store.was_deleted("kecil")
    store.delete_survei("kecil")
    assert store.was_deleted("kecil")
    assert not store.was_deleted("lain")
    assert [info.id for info in store.list_survei()] == ["lain"]
    assert len(list(store.answers("lain"))) == 3
    assert store.check_recap() == ()
    save(store)
    assert store.cells("kecil") == []
    assert store.list_batches("kecil") == ()
    assert store.data_version("kecil") > before, "a number once used must not come back"


def test_a_survey_that_is_not_there_is_named(store: Store):
    calls = [
        store.load_survei,
        store.load_toml,
        store.questionnaires,
        store.delete_survei,
        store.data_version,
        store.cells,
        store.scores,
        store.periods,
        store.profil_counts,
        store.check_recap,
        store.rebuild_recap,
        lambda name: store.add_batch(name, UNGGAH, []),
        lambda name: store.group_counts(name, None, "titik"),
        lambda name: list(store.answers(name)),
    ]
    for call in calls:
        with pytest.raises(SkmError) as caught:
            call("x")
        assert caught.value.kode == "survei-tak-ada"
        assert '"x"' in str(caught.value)
