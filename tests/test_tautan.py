"""Placements in bulk, on both databases."""

from __future__ import annotations

from fractions import Fraction

import pytest

from skm.jawaban import Kanal
from skm.pesan import SkmError
from skm.store import Store
from skm.tautan import (
    completion,
    completion_rate,
    create_placements,
    find_placement,
    only_here,
    plan_placements,
    select_placements,
    to_print,
)
from tests.dashboard.survei_uji import add_bare, add_running, survei_jalan


def address(kode: str) -> str:
    return f"https://skm.contoh.go.id/isi/{kode}"


def test_one_action_gives_every_active_titik_a_placement(store: Store) -> None:
    survei = survei_jalan(store)
    made = create_placements(store, survei, None)
    assert [(t.titik, t.layanan, t.kanal, t.aktif) for t in made] == [
        (kode, None, Kanal.QR, True) for kode in ("a", "b", "c")
    ]
    assert store.list_tautan("jalan") == made


def test_what_is_open_already_is_passed_over_and_counted(store: Store) -> None:
    survei = survei_jalan(store)
    first = create_placements(store, survei, ["b", "b"])
    assert len(first) == 1
    plan = plan_placements(store, survei, None)
    assert (len(plan.baru), plan.ada) == (2, first)
    assert [t.titik for t in create_placements(store, survei, None)] == ["a", "c"]
    assert create_placements(store, survei, None) == ()


def test_another_layanan_channel_or_name_is_another_placement(store: Store) -> None:
    survei = survei_jalan(store)
    create_placements(store, survei, ["a"])
    assert len(create_placements(store, survei, ["a"], "ktp")) == 1
    assert len(create_placements(store, survei, ["a"], kanal=Kanal.KIOS)) == 1
    assert len(create_placements(store, survei, ["a"], nama=" Loket 3 ")) == 1
    assert create_placements(store, survei, ["a"], nama="loket 3") == ()
    assert len(store.list_tautan("jalan")) == 4


def test_a_closed_placement_makes_room_for_a_new_one(store: Store) -> None:
    survei = survei_jalan(store)
    (old,) = create_placements(store, survei, ["a"])
    store.change_tautan(old.kode, aktif=False)
    (new,) = create_placements(store, survei, ["a"])
    found = store.list_tautan("jalan")
    assert select_placements(found, aktif=True) == (new,)
    assert select_placements(found, kode=[old.kode]) == (store.find_tautan(old.kode),)


def test_a_survey_without_titik_has_one_placement_for_all(store: Store) -> None:
    add_bare(store)
    survei = store.load_survei("polos")
    (made,) = create_placements(store, survei, None)
    assert (made.titik, made.layanan) == (None, None)
    assert to_print(survei, [made], address)[0].nama_titik == "Dinas Polos"


@pytest.mark.parametrize(
    ("titik", "layanan", "kanal", "kode"),
    [
        (["x"], None, Kanal.QR, "tautan-titik-asing"),
        (None, "x", Kanal.QR, "tautan-layanan-asing"),
        (None, None, Kanal.KERTAS, "tautan-kanal"),
    ],
)
def test_what_the_survey_does_not_have_makes_nothing(
    store: Store, titik: list[str] | None, layanan: str | None, kanal: Kanal, kode: str
) -> None:
    survei = survei_jalan(store)
    with pytest.raises(SkmError) as caught:
        create_placements(store, survei, titik, layanan, kanal)
    assert caught.value.kode == kode
    assert store.list_tautan("jalan") == ()


def test_a_code_belongs_to_its_survey(store: Store) -> None:
    survei, (a, _, _) = add_running(store)
    assert find_placement(store, survei, a.kode).titik == "a"
    add_bare(store)
    for kode, other in ((a.kode, store.load_survei("polos")), ("../x", survei)):
        with pytest.raises(SkmError) as caught:
            find_placement(store, other, kode)
        assert caught.value.kode == "tautan-tak-ada"


def test_the_completion_rate_of_each_and_of_all(store: Store) -> None:
    """a: 4 of 8 views; b: 1 answer, its view not written yet; c: 2 views and nothing."""
    survei, (a, _, c) = add_running(store)
    store.count_visits({(a.kode, "dilihat"): 8, (a.kode, "dimulai"): 5, (c.kode, "dilihat"): 2})
    store.change_tautan(c.kode, aktif=False)
    found = store.list_tautan("jalan")
    tabel = completion(survei, found, address)
    assert [row[6:] for row in tabel.baris] == [
        ("8", "5", "4", "50,00%", "Terbuka"),
        ("0", "0", "1", "100,00%", "Terbuka"),
        ("2", "0", "0", "0,00%", "Ditutup"),
    ]
    assert tabel.baris[0][:6] == (
        "Loket Utara", "Dipilih responden", "QR", "", a.kode, address(a.kode),
    )  # fmt: skip
    assert tabel.kaki[6:] == ("10", "5", "5", "45,45%", "")  # 5 of 8 + 1 + 2
    assert completion_rate(found) == Fraction(500, 11)
    assert completion_rate([]) is None
    assert len(completion(survei, found).kolom) == len(tabel.kolom) - 1


def test_what_a_poster_says(store: Store) -> None:
    survei = survei_jalan(store)
    made = create_placements(store, survei, ["b"], "kk")
    (poster,) = to_print(survei, made, address)
    assert poster.alamat == address(made[0].kode)
    assert (poster.nama_titik, poster.nama_layanan) == ("Loket Selatan", "Kartu Keluarga")


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("http://127.0.0.1:8501/isi/X", True),
        ("http://[::1]:8501/isi/X", True),
        ("http://localhost/isi/X", True),
        ("https://skm.kota.go.id/isi/X", False),
        ("http://192.168.1.5:8501/isi/X", False),
    ],
)
def test_an_address_that_leads_only_here(text: str, here: bool) -> None:
    assert only_here(text) is here
