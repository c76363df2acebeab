import pytest

from skm.agregasi import Aturan
from skm.analysis.groups import Per, group_results
from skm.analysis.trend import before, change, trend
from skm.ikm import Tally
from skm.metode import find_method
from skm.periode import Jenis, parse_period
from skm.pesan import SkmError
from skm.rekap import Cell, Slot, UnsurSpec


def cell(periode: str | None, value: int, n: int = 1, layanan: str | None = None) -> Cell:
    counts = [0, 0, 0, 0]
    counts[value - 1] = n
    tally = Tally(tuple(counts))
    return Cell(periode and parse_period(periode), layanan, None, None, n, {Slot("U1"): tally})


def rules(*direct: str) -> Aturan:
    return Aturan(
        (UnsurSpec("U1", "Persyaratan"),),
        find_method(),
        dinilai_langsung=frozenset(parse_period(d) for d in direct),
    )


CELLS = [
    cell("2024-T1", 2),
    cell("2024-T2", 4, n=3),
    cell("2024-T3", 3, layanan="ktp"),
    cell("2024-T4", 4, layanan="kk"),
]


def results(cells, periode, *per: Per, aturan=None) -> dict:
    groups = group_results(cells, aturan or rules(), periode and parse_period(periode), per)
    return {tuple(kode for _, kode in g.kunci): str(g.hasil.hasil.ikm) for g in groups}


def test_all_together_pools() -> None:
    # (2 + 3 x 4 + 3 + 4) / 6 x 25
    assert results(CELLS, None) == {(): "87.50"}


def test_no_cells_still_give_one_empty_result() -> None:
    assert results([], None) == {(): "None"}
    assert results([], "2024") == {(): "None"}


def test_by_layanan_within_a_period() -> None:
    assert results(CELLS, "2024-S2", Per.LAYANAN) == {
        (None,): "None",
        ("ktp",): "75.00",
        ("kk",): "100.00",
    }


def test_by_time() -> None:
    assert results(CELLS, None, Per.SEMESTER) == {("2024-S1",): "75.00", ("2024-S2",): "87.50"}
    assert results(CELLS, None, Per.TAHUN) == {("2024",): "81.25"}
    assert results(CELLS, "2024-S2", Per.TRIWULAN) == {
        ("2024-T3",): "75.00",
        ("2024-T4",): "100.00",
    }


def test_by_layanan_and_time() -> None:
    assert results(CELLS, "2024-S2", Per.TRIWULAN, Per.LAYANAN) == {
        ("2024-T3", "ktp"): "75.00",
        ("2024-T4", "kk"): "100.00",
    }


def test_answers_without_a_day_are_not_dropped() -> None:
    assert results([*CELLS, cell(None, 1)], None, Per.TAHUN) == {
        ("2024",): "81.25",
        (None,): "25.00",
    }
    only_semester = [cell("2024-S1", 2), cell("2024-T3", 4)]
    assert results(only_semester, None, Per.TRIWULAN) == {
        ("2024-S1",): "50.00",
        ("2024-T3",): "100.00",
    }


def test_two_dimensions_of_time_are_refused() -> None:
    with pytest.raises(SkmError) as caught:
        group_results(CELLS, rules(), None, (Per.TRIWULAN, Per.TAHUN))
    assert caught.value.kode == "per-satu-waktu"


class TestTrend:
    def test_quarters_of_a_directly_measured_semester_stand_as_that_semester(self) -> None:
        line = trend(CELLS, rules("2024-S1"), Jenis.TRIWULAN)
        assert [r.periode.kode for r in line] == ["2024-S1", "2024-T3", "2024-T4"]
        # (2 + 3 x 4) / 4 x 25
        assert str(line[0].hasil.ikm) == "87.50"

    def test_the_period_before(self) -> None:
        assert before(parse_period("2024-T3"), rules()).kode == "2024-T2"
        assert before(parse_period("2024-T3"), rules("2024-S1")).kode == "2024-S1"
        assert before(parse_period("2025"), rules("2024-S1")).kode == "2024"

    def test_change_is_the_difference_of_printed_figures(self) -> None:
        (now,) = [r for r in trend(CELLS, rules(), Jenis.TRIWULAN) if r.periode.kode == "2024-T4"]
        moved = change(CELLS, now, rules())
        assert (moved.sebelum.kode, str(moved.selisih)) == ("2024-T3", "25.00")
        first = trend(CELLS, rules(), Jenis.TRIWULAN)[0]
        assert change(CELLS, first, rules()) is None
