import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.angka import round_half_up
from skm.ikm import Hasil, Tally, UnsurTally, compute_ikm
from skm.metode import BOBOT, find_method, named_methods, own_weight
from skm.peraturan import tabel_mutu
from skm.pesan import SkmError

TABEL = tabel_mutu()
BATAS = json.loads((Path(__file__).parent / "contoh" / "batas_mutu.json").read_text())
METHODS = [find_method(m, b) for m in named_methods() for b in BOBOT]

answers = st.lists(
    st.lists(st.sampled_from([None, 1, 2, 3, 4]), min_size=9, max_size=9), min_size=1, max_size=30
)


def compute(sheets: list[list[int | None]], metode: str = "penuh", bobot: str = "1/k") -> Hasil:
    columns = list(zip(*sheets, strict=True))
    unsur = [UnsurTally(f"U{i}", "", (Tally.of(c),)) for i, c in enumerate(columns, start=1)]
    return compute_ikm(unsur, len(sheets), find_method(metode, bobot), TABEL)


def reference_ikm(sheets: list[list[int | None]]) -> Fraction | None:
    """BAB V by hand: mean of the answered values per unsur, mean of the filled unsur, x 25."""
    means = []
    for column in zip(*sheets, strict=True):
        filled = [v for v in column if v is not None]
        if filled:
            means.append(Fraction(sum(filled), len(filled)))
    return sum(means) / len(means) * 25 if means else None


@given(answers)
def test_full_precision_equals_the_regulation_by_hand(sheets: list) -> None:
    assert compute(sheets).nilai == reference_ikm(sheets)


@given(answers, st.randoms())
def test_order_of_sheets_does_not_matter(sheets: list, random) -> None:
    shuffled = sheets[:]
    random.shuffle(shuffled)
    assert compute(shuffled) == compute(sheets)


@given(answers)
def test_a_blank_sheet_changes_only_the_respondents(sheets: list) -> None:
    more = compute([*sheets, [None] * 9])
    assert more.nilai == compute(sheets).nilai
    assert more.responden == len(sheets) + 1


@given(answers, st.sampled_from(METHODS))
def test_every_value_has_exactly_one_class(sheets: list, metode) -> None:
    hasil = compute(sheets, metode.nama, metode.bobot.nama)
    if hasil.ikm is None:
        assert all(u.nrr is None for u in hasil.unsur)
        return
    kelas = [k for k in TABEL.kelas if k.dari <= hasil.ikm <= k.sampai]
    lowest = hasil.ikm < 25  # only the weights 0,111 and 0,11 get there
    assert [hasil.mutu] == [k.mutu for k in kelas] or (lowest and hasil.mutu == "D")


@given(st.integers(2500, 10000))
def test_no_printed_value_lies_between_two_classes(hundredths: int) -> None:
    value = Decimal(hundredths) / 100
    assert sum(k.dari <= value <= k.sampai for k in TABEL.kelas) == 1


@given(answers, st.sampled_from(METHODS))
def test_a_better_answer_never_lowers_the_ikm(sheets: list, metode) -> None:
    before = compute(sheets, metode.nama, metode.bobot.nama)
    better = [[min(4, v + 1) if v else v for v in sheets[0]], *sheets[1:]]
    after = compute(better, metode.nama, metode.bobot.nama)
    assert before.nilai is None or after.nilai >= before.nilai


@pytest.mark.parametrize(("value", "ikm", "mutu"), [(1, "25.00", "D"), (4, "100.00", "A")])
@pytest.mark.parametrize("metode", ["penuh", "bertahap", "nrr3", "nrr2-rata2"])
@pytest.mark.parametrize("n", [1, 7])
def test_all_worst_and_all_best(metode: str, n: int, value: int, ikm: str, mutu: str) -> None:
    hasil = compute([[value] * 9] * n, metode)
    assert (str(hasil.ikm), hasil.mutu) == (ikm, mutu)


def test_rounding_each_weighted_nrr_leaves_the_scale() -> None:
    """4/9 = 0,444 -> 0,44, x 9 = 3,96: 99,00; and 4/14 -> 0,29, x 14 = 4,06: 101,50."""
    assert str(compute([[4] * 9], "tertimbang2").ikm) == "99.00"
    fourteen = [UnsurTally(f"U{i}", "", (Tally((0, 0, 0, 1)),)) for i in range(14)]
    assert str(compute_ikm(fourteen, 1, find_method("tertimbang2"), TABEL).ikm) == "101.50"


def test_the_printed_weights_leave_the_scale() -> None:
    """0,11 x 9 = 0,99: a perfect score is 99,00, all ones 24,75 and still D (acuan 1.5)."""
    assert str(compute([[4] * 9], bobot="0.11").ikm) == "99.00"
    worst = compute([[1] * 9], bobot="0.11")
    assert (str(worst.ikm), worst.mutu) == ("24.75", "D")
    assert str(compute([[4] * 9], bobot="0.111").ikm) == "99.90"


def test_one_respondent_one_blank() -> None:
    hasil = compute([[4, 3, 4, None, 4, 4, 3, 4, 4]])
    assert hasil.unsur_terisi == 8
    assert hasil.unsur[3].nrr is None
    assert hasil.unsur[3].mutu is None
    assert hasil.ikm == Decimal("93.75")  # 30 / 8 x 25


def test_an_unsur_nobody_answered_gives_its_weight_to_the_others() -> None:
    sheet = [4, 4, 4, 4, 4, 4, 4, 4, None]
    assert compute([sheet]).ikm == 100
    assert str(compute([sheet], bobot="0.11").ikm) == "99.00"


def test_nobody_answered_anything() -> None:
    hasil = compute([[None] * 9])
    assert (hasil.ikm, hasil.mutu, hasil.unsur_terisi) == (None, None, 0)


@pytest.mark.parametrize("count", [1, 4, 8, 14])
def test_any_number_of_unsur(count: int) -> None:
    unsur = [UnsurTally(f"U{i}", "", (Tally((0, 1, 0, 1)),)) for i in range(count)]
    assert compute_ikm(unsur, 2, find_method(), TABEL).ikm == 75
    if count != 9:
        with pytest.raises(SkmError) as caught:
            compute_ikm(unsur, 2, find_method("penuh", "0.11"), TABEL)
        assert caught.value.kode == "bobot-tetap-sembilan"


def test_an_unsur_of_several_questions_is_their_mean() -> None:
    """Questions of mean 3 (two answers) and 4 (one answer): the unsur is 3.5, filled by two."""
    unsur = UnsurTally("U1", "Persyaratan", (Tally((0, 0, 2, 0)), Tally((0, 0, 0, 1))))
    hasil = compute_ikm([unsur], 2, find_method(), TABEL)
    assert (hasil.unsur[0].nrr, hasil.unsur[0].n) == (Fraction(7, 2), 2)
    assert hasil.ikm == Decimal("87.50")


def test_own_weights() -> None:
    weights = own_weight({"A": Fraction(3, 4), "B": Fraction(1, 4)})
    unsur = [
        UnsurTally("A", "", (Tally((0, 0, 0, 1)),)),
        UnsurTally("B", "", (Tally((1, 0, 0, 0)),)),
    ]
    hasil = compute_ikm(unsur, 1, find_method().with_weight(weights), TABEL)
    assert hasil.ikm == Decimal("81.25")  # (4 x 0.75 + 1 x 0.25) x 25
    for bad, kode in [
        ({"A": Fraction(1, 2)}, "bobot-jumlah"),
        ({"A": Fraction(0)}, "bobot-negatif"),
    ]:
        with pytest.raises(SkmError) as caught:
            own_weight(bad)
        assert caught.value.kode == kode


@pytest.mark.parametrize("row", BATAS["boundaries"], ids=lambda r: str(r["ikm"]))
def test_class_boundaries(row: dict) -> None:
    if "n" in row:
        value = Fraction(row["sum_of_all_scores"], 9 * row["n"]) * 25
    else:
        value = Fraction(str(row["ikm"]))
    assert str(round_half_up(value, 2)) == row["ikm_2dp"]
    assert TABEL.classify(value).mutu == row["mutu_if_rounded_first"]


@pytest.mark.parametrize(("bobot", "key"), [("1/k", "exact"), ("0.11", "w011"), ("0.111", "w0111")])
def test_twenty_nine_respondents(bobot: str, key: str) -> None:
    case = BATAS["ikm29"]
    unsur = []
    for i, total in enumerate(case["totals"]):
        fours = total - 3 * 29  # any split with this sum will do
        unsur.append(UnsurTally(f"U{i}", "", (Tally((0, 0, 29 - fours, fours)),)))
    hasil = compute_ikm(unsur, 29, find_method("penuh", bobot), TABEL)
    assert round_half_up(hasil.nilai, 4) == Decimal(str(case[key]))
    assert hasil.mutu == case["mutu"]


def test_tally_refuses_what_is_not_an_answer() -> None:
    for bad in (0, 5, 3.5):
        with pytest.raises(ValueError, match=str(bad)):
            Tally.of([bad])
