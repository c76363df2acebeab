from decimal import Decimal
from fractions import Fraction

import pytest

from skm.agregasi import Agregasi, Aturan, Cara, HasilPeriode, compute_period, compute_pooled
from skm.ikm import Tally
from skm.metode import find_method
from skm.periode import Periode, parse_period
from skm.rekap import Cell, Slot, UnsurSpec


def cell(periode: str, *counts: int, layanan: str | None = None) -> Cell:
    tally = Tally(tuple(counts))
    return Cell(parse_period(periode), layanan, None, None, tally.n, {Slot("U1"): tally})


def rules(
    agregasi: str = "rata-rata", metode: str = "penuh", direct: tuple[str, ...] = ()
) -> Aturan:
    return Aturan(
        unsur=(UnsurSpec("U1", "Persyaratan"),),
        metode=find_method(metode),
        agregasi=Agregasi(agregasi),
        dinilai_langsung=frozenset(parse_period(p) for p in direct),
    )


def result(cells: list[Cell], periode: str, aturan: Aturan) -> HasilPeriode:
    return compute_period(cells, parse_period(periode), aturan)


# 100 people at 4 (IKM 100), then one at 2 (IKM 50).
LOPSIDED = [cell("2024-T3", 0, 0, 0, 100), cell("2024-T4", 0, 1, 0, 0)]


def test_mean_of_quarters_and_pooled_answers_differ() -> None:
    assert result(LOPSIDED, "2024-S2", rules()).hasil.ikm == 75
    pooled = result(LOPSIDED, "2024-S2", rules("gabungan"))
    assert pooled.hasil.nilai == Fraction(402, 101) * 25
    assert (pooled.cara, pooled.catatan) == (Cara.GABUNGAN, "gabungan seluruh responden")


def test_a_missing_quarter_is_labelled() -> None:
    semester = result(LOPSIDED[:1], "2024-S2", rules())
    assert semester.hasil.ikm == 100
    assert semester.hilang == (parse_period("2024-T4"),)
    assert semester.catatan == "hanya dari Triwulan III 2024; tanpa data: Triwulan IV 2024"


def test_a_missing_quarter_is_still_named_on_the_year() -> None:
    year = result(
        [*LOPSIDED[:1], cell("2024-T1", 0, 0, 1, 0), cell("2024-T2", 0, 0, 1, 0)], "2024", rules()
    )
    assert [p.kode for p in year.hilang] == ["2024-T4"]
    assert year.hasil.nilai == (75 + 100) / Fraction(2)


def test_a_semester_measured_directly_pools_its_quarters() -> None:
    semester = result(LOPSIDED, "2024-S2", rules(direct=("2024-S2",)))
    assert semester.hasil.nilai == Fraction(402, 101) * 25
    assert semester.catatan == "semester dinilai langsung sebagai satu periode"


def test_a_quarter_inside_it_says_so() -> None:
    quarter = result(LOPSIDED, "2024-T3", rules(direct=("2024-S2",)))
    assert quarter.catatan == "bagian dari Semester II 2024, yang dinilai langsung"
    assert result(LOPSIDED, "2024-T3", rules()).catatan == ""


def test_answers_known_only_by_semester_measure_it_directly() -> None:
    semester = result([cell("2024-S1", 0, 0, 3, 1)], "2024-S1", rules())
    assert (semester.cara, semester.hasil.ikm) == (Cara.LANGSUNG, Decimal("81.25"))
    assert result([cell("2024-S1", 0, 0, 3, 1)], "2024-T1", rules()).hasil.ikm is None


def test_answers_without_a_quarter_do_not_turn_a_year_of_quarters_into_one_period() -> None:
    year = result([*LOPSIDED, cell("2024", 1, 0, 0, 0)], "2024", rules())
    assert (year.cara, year.hasil.ikm) == (Cara.RATA_RATA, 75)
    assert year.tak_terbagi == 1
    assert year.catatan.endswith("; 1 jawaban tanpa triwulan tidak ikut dihitung")


@pytest.mark.parametrize("metode", ["penuh", "bertahap", "nrr3", "nrr2-rata2"])
def test_weights_keep_their_sum_where_an_unsur_is_blank_in_one_quarter(metode: str) -> None:
    """Everything is 4, U2 unanswered in triwulan III: the index stays 4 and the weights 1."""
    four = Tally((0, 0, 0, 1))
    cells = [
        Cell(parse_period("2024-T3"), None, None, None, 1, {Slot("U1"): four}),
        Cell(parse_period("2024-T4"), None, None, None, 1, {Slot("U1"): four, Slot("U2"): four}),
    ]
    aturan = Aturan((UnsurSpec("U1", "A"), UnsurSpec("U2", "B")), find_method(metode))
    hasil = result(cells, "2024-S2", aturan).hasil
    assert hasil.jumlah_tertimbang == 4
    assert sum(u.bobot for u in hasil.unsur) == 1
    assert hasil.ikm == 100


def test_nothing_at_all() -> None:
    year = result([], "2024", rules())
    assert (year.hasil.ikm, year.catatan) == (None, "")


def test_other_years_stay_out() -> None:
    assert (
        result([*LOPSIDED, cell("2023-T4", 5, 0, 0, 0)], "2024-S2", rules()).hasil.responden == 101
    )


THIRDS = [cell("2024-T3", 0, 0, 1, 2), cell("2024-T4", 0, 0, 2, 1)]  # 91,666… and 83,333…


@pytest.mark.parametrize(
    ("metode", "expected"),
    [
        ("penuh", Fraction(175, 2)),  # (91 2/3 + 83 1/3) / 2
        # NRR 3.667 -> 91.68 and 3.333 -> 83.33: (91.68 + 83.33) / 2
        ("bertahap", Fraction(17501, 200)),
    ],
)
def test_what_the_mean_takes_depends_on_the_method(metode: str, expected: Fraction) -> None:
    assert result(THIRDS, "2024-S2", rules(metode=metode)).hasil.nilai == expected


def test_pooled_without_periods() -> None:
    bare = Cell(None, None, None, None, 1, {Slot("U1"): Tally((0, 0, 0, 1))})
    assert compute_pooled([bare], rules()).hasil.ikm == 100


def test_old_periods_keep_the_old_table() -> None:
    """82 is A under the table before 2017, B under PermenPANRB 14/2017."""
    counts = (0, 0, 72, 28)  # NRR 3.28
    assert result([cell("2016-T1", *counts)], "2016-T1", rules()).hasil.mutu == "A"
    assert result([cell("2024-T1", *counts)], "2024-T1", rules()).hasil.mutu == "B"


def test_period_type_is_what_the_result_carries() -> None:
    assert isinstance(result(LOPSIDED, "2024", rules()).periode, Periode)
