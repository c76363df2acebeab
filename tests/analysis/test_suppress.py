"""Small groups, and whatever would give them away."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.analysis.suppress import FEWEST, hidden_groups, is_small, open_periods, smallest_around
from skm.periode import parse_period


def hide(*tables: dict[str, int]) -> set[str]:
    return set(hidden_groups(tables))


def shown(answers: dict[str, int], *langsung: str) -> set[str]:
    stored = {parse_period(kode): n for kode, n in answers.items()}
    return {p.kode for p in open_periods(stored, {parse_period(kode) for kode in langsung})}


def test_one_to_four_are_few() -> None:
    assert [n for n in range(8) if is_small(n)] == [1, 2, 3, 4]


class TestGroups:
    def test_nothing_is_hidden_where_no_group_is_small(self) -> None:
        assert hide({"a": 5, "b": 0, "c": 120}) == set()

    def test_a_small_group_takes_the_next_smallest_along(self) -> None:
        """100 - 70 - 20 would be its 10 answers, and with them those of the small one."""
        assert hide({"a": 4, "b": 20, "c": 70}) == {"a", "b"}

    def test_two_small_ones_with_five_answers_hide_each_other(self) -> None:
        assert hide({"a": 4, "b": 1, "c": 70}) == {"a", "b"}

    def test_two_small_ones_with_less_do_not(self) -> None:
        """LKIP 2024, triwulan IV: 1 + 1 of 1,560; the next smallest layanan has 13."""
        published = {"lahir": 303, "kk": 297, "lahir-mati": 20, "cerai": 13, "ktp-oa": 1, "oa": 1}
        assert hide(published) == {"ktp-oa", "oa", "cerai"}

    def test_small_once_is_hidden_in_all_periods(self) -> None:
        """Else semester - triwulan IV = triwulan III."""
        assert hide({"a": 3, "b": 9, "c": 50}, {"a": 40, "b": 60, "c": 50}) == {"a", "b"}

    def test_a_companion_without_answers_hides_nothing(self) -> None:
        assert hide({"a": 3, "b": 9, "c": 50}, {"a": 3, "b": 0, "c": 50}) == {"a", "b", "c"}

    def test_the_smallest_over_all_periods_is_taken(self) -> None:
        assert hide({"a": 2, "b": 8, "c": 9}, {"a": 0, "b": 80, "c": 20}) == {"a", "c"}

    def test_equal_sizes_are_decided_by_code(self) -> None:
        assert hide({"a": 2, "z": 9, "c": 9}) == {"a", "c"}


TABLES = st.lists(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1), max_size=4
)


@given(TABLES)
def test_what_is_behind_any_sum_is_enough(tables: list[dict[str, int]]) -> None:
    hidden = hidden_groups(tables)
    for table in tables:
        behind = [n for group, n in table.items() if n and group in hidden]
        visible = [n for group, n in table.items() if n and group not in hidden]
        assert all(n >= FEWEST for n in visible)
        if behind and visible:
            assert sum(behind) >= FEWEST
            assert len(behind) >= 2 or behind[0] >= FEWEST


@given(TABLES)
def test_with_every_period_more_is_hidden_never_less(tables: list[dict[str, int]]) -> None:
    steps = [frozenset[str]()]
    for i in range(len(tables)):
        steps.append(hidden_groups(tables[: i + 1], steps[-1]))
    assert all(before <= after for before, after in pairwise(steps))


class TestPeriods:
    def test_with_enough_answers_all_are_shown(self) -> None:
        assert {"2024", "2024-S2", "2024-T3", "2024-T4"} <= shown({"2024-T3": 5, "2024-T4": 90})

    def test_a_year_with_few_answers_shows_nothing(self) -> None:
        assert shown({"2024-T3": 2, "2024-T4": 2}) == set()

    def test_a_small_triwulan_hides_the_other_one_of_its_semester(self) -> None:
        found = shown({"2024-T1": 40, "2024-T2": 50, "2024-T3": 3, "2024-T4": 90})
        assert found == {"2024", "2024-S1", "2024-S2", "2024-T1", "2024-T2"}

    def test_a_small_semester_hides_all_parts_of_the_year(self) -> None:
        assert shown({"2024-T1": 40, "2024-T2": 50, "2024-T3": 3}) == {"2024"}

    def test_parts_of_a_directly_measured_semester_have_no_figures(self) -> None:
        found = shown({"2024-T1": 2, "2024-T2": 50, "2024-T3": 30, "2024-T4": 90}, "2024-S1")
        assert found == {"2024", "2024-S1", "2024-S2", "2024-T3", "2024-T4"}

    def test_a_few_answers_without_a_triwulan_hide_the_triwulan(self) -> None:
        """Semester - triwulan III - triwulan IV would be theirs."""
        found = shown({"2024-S2": 2, "2024-T3": 30, "2024-T4": 90})
        assert found == {"2024", "2024-S1", "2024-S2", "2024-T1", "2024-T2"}


@pytest.mark.parametrize(
    ("stored", "expected"), [("2024-T3", "2024-S2"), ("2024-T1", "2024-T1"), ("2023-T1", None)]
)
def test_the_shortest_period_around(stored: str, expected: str | None) -> None:
    terbuka = [parse_period(kode) for kode in ("2024", "2024-S1", "2024-S2", "2024-T1")]
    found = smallest_around(parse_period(stored), terbuka)
    assert (found.kode if found else None) == expected
