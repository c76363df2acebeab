from fractions import Fraction

import pytest

from skm.analysis.strength import strongest, weakest
from skm.ikm import Hasil, HasilUnsur, Tally
from skm.metode import find_method


def hasil(*ikm: str | None) -> Hasil:
    rows = tuple(
        HasilUnsur(
            f"U{i}",
            "",
            n=0,
            tally=Tally(),
            nrr=value and Fraction(value) / 25,
            ikm=value and Fraction(value),
        )
        for i, value in enumerate(ikm, start=1)
    )
    return Hasil(find_method(), 10, rows, nilai=Fraction(90))


def codes(sorotan) -> list[str]:
    return [u.kode for u in sorotan.unsur]


def test_lkip_triwulan_iv() -> None:
    """LKIP 2024: kekuatan U4, U9, U5; kelemahan U3, U7, U6 (IKM of table 3.11)."""
    table = hasil("93.55", "93.73", "90.35", "96.68", "95.25", "92.78", "91.70", "94.63", "96.03")
    assert codes(strongest(table)) == ["U4", "U9", "U5"]
    assert codes(weakest(table)) == ["U3", "U7", "U6"]
    assert strongest(table).catatan == ""


def test_all_that_share_the_third_place_are_named() -> None:
    table = hasil("90", "80", "70", "70", "60", "50", "40", "30", "20")
    assert codes(strongest(table)) == ["U1", "U2", "U3", "U4"]
    assert strongest(table).catatan == "U3 dan U4 bernilai sama."


def test_values_that_print_alike_are_tied() -> None:
    table = hasil("90.001", "90.004", "80", "70", "60", "50")
    assert strongest(table).catatan == "U2 dan U1 bernilai sama."


def test_a_tie_that_reaches_the_other_end_is_left_out_and_said() -> None:
    table = hasil("90", "80", "80", "80", "80", "80")
    assert codes(strongest(table)) == ["U1"]
    assert strongest(table).catatan == "U2, U3, U4, U5 dan U6 bernilai sama."


@pytest.mark.parametrize(
    ("values", "strong", "weak", "shared"),
    [
        (("87.50", "81.25", "93.75", "87.50"), ["U3"], ["U2"], "U1 dan U4 bernilai sama."),
        (("90", "90", "80", "80", "80", "80", "80", "70", "70"), ["U1", "U2"], ["U8", "U9"],
         "U3, U4, U5, U6 dan U7 bernilai sama."),
    ],
)  # fmt: skip
def test_unsur_that_are_as_strong_as_weak_are_neither(
    values: tuple, strong: list, weak: list, shared: str
) -> None:
    table = hasil(*values)
    assert (codes(strongest(table)), codes(weakest(table))) == (strong, weak)
    assert strongest(table).catatan.endswith(shared)
    assert weakest(table).catatan.endswith(shared)


@pytest.mark.parametrize(
    ("values", "catatan"),
    [((None,) * 9, "Belum ada jawaban."), (("80",) * 9, "Semua unsur bernilai sama.")],
)
def test_nothing_stands_out(values: tuple, catatan: str) -> None:
    for end in (strongest, weakest):
        assert codes(end(hasil(*values))) == []
        assert end(hasil(*values)).catatan == catatan


def test_of_four_unsur_two_are_strong_and_two_weak() -> None:
    table = hasil("90", "80", "70", None, "60")
    assert codes(strongest(table)) == ["U1", "U2"]
    assert codes(weakest(table)) == ["U5", "U3"]


def test_a_single_unsur_is_both() -> None:
    assert codes(strongest(hasil("90"))) == codes(weakest(hasil("90"))) == ["U1"]
