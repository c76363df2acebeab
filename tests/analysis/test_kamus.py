"""Which unsur a remark is about, by words and their stems."""

import pytest

from skm.analysis.kamus import Kamus, Pembaca, built_in, plain_key, says_nothing
from skm.peraturan import unsur_baku

KAMUS = Kamus(
    {"Waktu": ("lama", "menunggu", "hari yang sama"), "Sarana": ("kursi", "ac", "=masukan")},
    frozenset({"tidak ada"}),
    frozenset({"yang", "sangat"}),
)


def about(text: str, kamus: Kamus = KAMUS) -> tuple[str, ...]:
    return Pembaca(kamus).about(plain_key(text))


@pytest.mark.parametrize(
    ("text", "unsur"),
    [
        ("Lamanya minta ampun", ("Waktu",)),
        ("KURSI-KURSINYA rusak", ("Sarana",)),
        ("Kursi kurang, lama menunggu", ("Waktu", "Sarana")),
        ("selesai pada hari yang sama", ("Waktu",)),
        ("sama hari yang", ()),
        ("AC mati", ("Sarana",)),
        ("acaranya bagus", ()),  # "ac" is a word, not a beginning
        ("Lamaran saya", ()),
        ("mohon masukan kami didengar", ("Sarana",)),
        ("pintu masuk", ()),  # "=masukan" only as it is written
        ("", ()),
    ],
)
def test_words_are_compared_by_their_stems(text: str, unsur: tuple[str, ...]) -> None:
    assert about(text) == unsur


@pytest.mark.parametrize(
    ("text", "unsur"),
    [
        ("Petugasnya kurang ramah dan jutek", {"Perilaku pelaksana"}),
        ("Keramahan petugas perlu ditingkatkan", {"Perilaku pelaksana"}),
        ("Antriannya panjang, tambah loket", {"Prosedur"}),
        ("Kebersihan toilet", {"Sarana dan Prasarana"}),
        ("Ada pungutan liar", {"Biaya/tarif"}),
        ("Ruang tunggu sempit", {"Sarana dan Prasarana"}),
        ("Menunggu dua jam", {"Waktu pelayanan"}),
        ("Persyaratannya berbeda-beda", {"Persyaratan"}),
        ("Nama saya salah ketik", {"Produk layanan"}),
        ("Keluhan saya belum ditanggapi", {"Penanganan Pengaduan, Saran dan Masukan"}),
        ("Petugas tidak bisa memberi penjelasan", {"Kompetensi pelaksana"}),
        ("Semoga sukses selalu", set()),
    ],
)
def test_the_built_in_words_know_what_people_write(text: str, unsur: set[str]) -> None:
    assert set(about(text, built_in())) == unsur


def test_the_built_in_words_are_of_the_regulation_s_nine_unsur() -> None:
    kamus = built_in()
    assert set(kamus.kata) == {u.pendek for u in unsur_baku()}
    for words in (*kamus.kata.values(), kamus.kosong, kamus.abaikan):
        assert all(plain_key(word) == word.removeprefix("=") for word in words)
        assert len(set(words)) == len(words)


def test_what_tells_one_remark_from_another() -> None:
    reader = Pembaca(KAMUS)
    assert reader.content("kursinya sangat kurang") == {"kursi", "kurang"}
    assert reader.content("yang sangat") == {"yang", "sangat"}  # better than nothing at all


@pytest.mark.parametrize("text", ["Tidak ada", "tidak  ada.", "-", "", "😀", "..."])
def test_who_says_there_is_nothing_says_nothing(text: str) -> None:
    assert says_nothing(plain_key(text), KAMUS)
    assert not says_nothing(plain_key("Tidak ada kursi"), KAMUS)
