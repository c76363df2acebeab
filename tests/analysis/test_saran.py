from skm.analysis.kamus import Kamus
from skm.analysis.saran import LAINNYA, group_remarks

KAMUS = Kamus(
    {"Waktu": ("lama", "tunggu", "hari yang sama"), "Sarana": ("kursi", "ac")},
    frozenset({"tidak ada"}),
)


def grouped(*remarks: str, contoh: int = 3) -> dict[str, tuple[int, list[str]]]:
    found = group_remarks(remarks, {"Waktu": "Waktu penyelesaian"}, contoh, KAMUS)
    return {g.unsur: (g.jumlah, [text for text, _ in g.contoh]) for g in found}


def test_a_remark_stands_at_every_unsur_that_it_is_about() -> None:
    found = grouped("Antrenya lama", "Kursinya kurang, lama menunggu", "Mantap")
    assert list(found) == ["Waktu penyelesaian", "Sarana", LAINNYA]
    assert found["Waktu penyelesaian"][0] == 2
    assert found["Sarana"] == (1, ["Kursinya kurang, lama menunggu"])


def test_alike_but_for_case_and_punctuation_is_one_text() -> None:
    found = grouped("terlalu lama", "Terlalu lama.", "TERLALU  LAMA!", "Lama sekali")
    assert found["Waktu penyelesaian"] == (4, ["Terlalu lama.", "Lama sekali"])


def test_who_says_there_is_nothing_says_nothing() -> None:
    assert grouped("Tidak ada", "tidak ada.", "  ", "-") == {}


def test_only_so_many_examples_the_most_frequent_first() -> None:
    found = grouped("lama b", "lama a", "lama c", "lama c", contoh=2)
    assert found["Waktu penyelesaian"] == (4, ["lama c", "lama a"])
