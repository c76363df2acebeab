"""What many rows of an upload share is looked at once, and each row is judged all the same."""

from collections import Counter
from dataclasses import replace

import pytest
from survei_kecil import CONTOH, PENUH, T3, T4, UNGGAH, save

from skm.jawaban import Jawaban
from skm.pesan import SkmError
from skm.store import Store, uploaded

SATU, DUA = (
    Jawaban("443", T4, layanan="ktp"),
    Jawaban("1-1", T3, titik="mpp", profil=(("jk", "L"),)),
)


@pytest.mark.parametrize("most", [1, 50_000])
def test_one_object_may_stand_for_many_rows(
    store: Store, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(uploaded, "_MOST", most)
    save(store)
    given = [SATU, DUA, PENUH, SATU, SATU, replace(SATU), DUA, *CONTOH, SATU]
    assert store.add_batch("kecil", UNGGAH, given).diterima == len(given)
    assert list(store.answers("kecil")) == given
    counts = {c.periode: c.responden for c in store.cells("kecil")}
    assert counts == Counter(answer.periode for answer in given)
    assert store.check_recap() == ()


def test_answers_that_are_gone_lend_their_place_to_nobody(store: Store) -> None:
    save(store)
    marks = ["111", "222", "333", "444"] * 20
    made = (Jawaban(nilai, T4) for nilai in marks)  # each may take the memory of one before it
    store.add_batch("kecil", UNGGAH, made)
    assert [answer.nilai for answer in store.answers("kecil")] == marks
    assert store.check_recap() == ()


@pytest.mark.parametrize(
    ("change", "kode"),
    [
        ({"periode": None}, "jawaban-tanpa-periode"),
        ({"nilai": "4434"}, "jawaban-panjang"),
        ({"nilai": "445"}, "jawaban-nilai"),
        ({"layanan": "sim"}, "jawaban-layanan-asing"),
        ({"titik": "pasar"}, "jawaban-titik-asing"),
        ({"profil": (("jk", "X"),)}, "jawaban-profil-asing"),
    ],
)
def test_one_that_does_not_fit_is_told_after_many_that_do(
    store: Store, change: dict[str, object], kode: str
) -> None:
    save(store)
    with pytest.raises(SkmError) as error:
        store.add_batch("kecil", UNGGAH, [SATU, PENUH, DUA, PENUH, replace(SATU, **change)])
    assert (error.value.kode, error.value.isi["ke"]) == (kode, 5)
    assert list(store.answers("kecil")) == []
