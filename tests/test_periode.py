from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.periode import Jenis, Periode, find_zone, parse_period, period_at, period_of
from skm.pesan import SkmError

periods = st.builds(
    lambda jenis, tahun, ke: Periode(jenis, tahun, (ke - 1) % (12 // jenis.value) + 1),
    st.sampled_from(Jenis),
    st.integers(2000, 2100),
    st.integers(1, 12),
)


@pytest.mark.parametrize(
    ("text", "kode", "label"),
    [
        ("2024-T4", "2024-T4", "Triwulan IV 2024"),
        ("2024-TW4", "2024-T4", "Triwulan IV 2024"),
        ("tw iv 2024", "2024-T4", "Triwulan IV 2024"),
        ("2024-S2", "2024-S2", "Semester II 2024"),
        ("2024", "2024", "Tahun 2024"),
        ("2024-09", "2024-09", "September 2024"),
        ("September 2024", "2024-09", "September 2024"),
    ],
)
def test_parsing_and_labels(text: str, kode: str, label: str) -> None:
    periode = parse_period(text)
    assert (periode.kode, periode.label) == (kode, label)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2024-T5", "2024-S3", "2024-13", "2024-T0", "24-T1", "T4", "Foo 2024", "TW 2024"),
        *("1899-T4", "9901", "9998", "9999-12", "Tahun 9998", "Desember 9999", "0000"),
    ],
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(SkmError) as caught:
        parse_period(text)
    assert caught.value.kode == "periode-tak-dikenal"


@given(periods)
def test_code_and_label_read_back(periode: Periode) -> None:
    assert parse_period(periode.kode) == periode
    assert parse_period(periode.label) == periode


@given(periods)
def test_children_tile_their_parent(periode: Periode) -> None:
    children = periode.children
    if children:
        assert children[0].mulai == periode.mulai
        assert children[-1].selesai == periode.selesai
        for left, right in pairwise(children):
            assert left.selesai + timedelta(days=1) == right.mulai
        assert all(c.parent == periode and periode.contains(c) for c in children)


@given(periods)
def test_next_and_previous_are_inverse(periode: Periode) -> None:
    assert periode.next.previous == periode
    assert periode.previous < periode < periode.next


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(Jenis))
def test_a_day_lies_in_its_period(day: date, jenis: Jenis) -> None:
    periode = period_of(day, jenis)
    assert periode.mulai <= day <= periode.selesai


@pytest.mark.parametrize(
    ("zona", "utc_hour", "kode"),
    [
        ("WIB", 17, "2024-T4"),
        ("WIB", 16, "2024-T3"),
        ("WITA", 16, "2024-T4"),
        ("WIT", 15, "2024-T4"),
    ],
)
def test_the_quarter_turns_at_the_offices_midnight(zona: str, utc_hour: int, kode: str) -> None:
    """1 October 00:30 WIB is 30 September 17:30 UTC."""
    moment = datetime(2024, 9, 30, utc_hour, 30, tzinfo=UTC)
    assert period_at(moment, Jenis.TRIWULAN, find_zone(zona)).kode == kode


def test_range_in_utc() -> None:
    start, end = parse_period("2024-T4").range_utc(find_zone("WIB"))
    assert start == datetime(2024, 9, 30, 17, tzinfo=UTC)
    assert end == datetime(2024, 12, 31, 17, tzinfo=UTC)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        period_at(datetime(2024, 1, 1), Jenis.BULAN, find_zone("WIB"))  # noqa: DTZ001


def test_only_indonesian_zones() -> None:
    assert str(find_zone("wita")) == "Asia/Makassar"
    with pytest.raises(SkmError) as caught:
        find_zone("Europe/Berlin")
    assert caught.value.kode == "zona-tak-dikenal"


@pytest.mark.parametrize("tahun", [1900, 9900])
@pytest.mark.parametrize("jenis", Jenis)
def test_beside_the_first_and_the_last_year_there_is_something_to_compare_with(
    tahun: int, jenis: Jenis
) -> None:
    first, last = Periode(jenis, tahun), Periode(jenis, tahun, 12 // jenis.value)
    assert parse_period(first.kode) == first
    assert first.previous.previous < first
    assert last.next.next.selesai > last.selesai == date(tahun, 12, 31)
    assert all(p.parent is None or p.parent.contains(p) for p in (first.previous, last.next))


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(9901, 1, 1), date.max])
def test_a_day_outside_of_these_years_is_in_no_period(day: date) -> None:
    with pytest.raises(ValueError, match=str(day.year)):
        period_of(day, Jenis.TRIWULAN)
