"""Days and hours in every spelling that files have."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.intake.dates import (
    Urutan,
    decide_order,
    parse_clock,
    parse_moment,
    suspect_swapped,
)
from skm.intake.mapping import Kolom
from skm.intake.order import judge
from skm.intake.sheets import Sel

WIB = ZoneInfo("Asia/Jakarta")


def moment(sel: Sel, urutan: Urutan = Urutan.HARI) -> str:
    saat = parse_moment(sel, urutan, WIB)
    return saat.lokal.isoformat(" ") if saat.berjam else saat.hari.isoformat()


@pytest.mark.parametrize(
    ("sel", "lokal"),
    [
        ("31/12/2024", "2024-12-31"),
        ("31-12-24", "2024-12-31"),
        ("1.2.2024", "2024-02-01"),
        ("31 Desember 2024", "2024-12-31"),
        ("Selasa, 31 Desember 2024", "2024-12-31"),
        ("Jum'at, 3 Mei 2024", "2024-05-03"),
        ("17 Agt 2024", "2024-08-17"),
        ("5-Peb-24", "2024-02-05"),
        ("December 31, 2024", "2024-12-31"),
        ("2024-12-31", "2024-12-31"),
        ("20241231", "2024-12-31"),
        (20241231.0, "2024-12-31"),
        ("2024-12-31T14:05:33", "2024-12-31 14:05:33"),
        ("2024-12-31T07:05:33Z", "2024-12-31 14:05:33"),
        ("2024-12-31T07:05:33.000+00:00", "2024-12-31 14:05:33"),
        ("2024/12/31 2:05:33 PM GMT+7", "2024-12-31 14:05:33"),
        ("31/12/2024 14.05", "2024-12-31 14:05:00"),
        ("31/12/2024 14:05 WIB", "2024-12-31 14:05:00"),
        ("31/12/2024 14:05 WIT", "2024-12-31 12:05:00"),
        ("31/12/2024, 12:05:00 AM", "2024-12-31 00:05:00"),
        ("31 Desember 2024 pukul 08.30", "2024-12-31 08:30:00"),
        (45657, "2024-12-31"),
        (45657.5, "2024-12-31 12:00:00"),
        ("45657", "2024-12-31"),
        ("45657,5", "2024-12-31 12:00:00"),
        (date(2024, 12, 31), "2024-12-31"),
        (datetime(2024, 12, 31), "2024-12-31"),  # noqa: DTZ001
        (datetime(2024, 12, 31, 8, 1), "2024-12-31 08:01:00"),  # noqa: DTZ001
    ],
)
def test_moments(sel: Sel, lokal: str) -> None:
    assert moment(sel) == lokal


def test_month_first_when_the_column_says_so() -> None:
    assert moment("12/31/2024 14:05:33", Urutan.BULAN) == "2024-12-31 14:05:33"
    assert moment("02/01/2024", Urutan.BULAN) == "2024-02-01"


@pytest.mark.parametrize(
    "sel",
    [
        *("", "kemarin", "32/12/2024", "31/13/2024", "29/02/2023", "12345", "31 Foo 2024", "1/2"),
        *("31/12/2024 25:00", "31/12/2024 13:00 pm"),
        *(3.0, time(8), 1e300, float("nan"), float("inf")),
    ],
)
def test_what_is_no_day(sel: Sel) -> None:
    with pytest.raises((ValueError, OverflowError)):
        parse_moment(sel, Urutan.HARI, WIB)


def test_the_whole_column_decides_the_order() -> None:
    assert decide_order(["01/02/2024", "13/02/2024"]) is Urutan.HARI
    assert decide_order(["01/02/2024", "02/13/2024 10:00:00"]) is Urutan.BULAN
    assert decide_order(["01/02/2024"]) is Urutan.HARI
    assert decide_order(["12/31/2024", "11/30/2024", "31/12/2024", 45657.0]) is Urutan.BULAN


def test_dates_that_excel_swapped_are_suspected() -> None:
    real = [datetime(2024, 5, day) for day in (1, 2, 12)]  # noqa: DTZ001
    texts = ["13/05/2024", "14/05/2024", "30/05/2024"]
    assert suspect_swapped([*real, *texts])
    assert not suspect_swapped([*real, datetime(2024, 5, 20), *texts])  # noqa: DTZ001
    assert not suspect_swapped([*real, *texts, "01/05/2024"])
    assert not suspect_swapped(real)
    assert suspect_swapped([*real, "05/13/2024", "05/14/2024", "05/30/2024"])


@pytest.mark.parametrize(
    ("sel", "jam", "pasti"),
    [
        ("14:05", time(14, 5), True),
        ("14.05.33", time(14, 5, 33), True),
        ("2:05 PM", time(14, 5), True),
        ("Pukul 08.00 WIB", time(8), True),
        ("08.00 – 12.00*", time(8), False),
        ("13.00 - 17.00 WIB", time(13), False),
        (0.5, time(12), True),
        (8.0, time(8), False),
        (time(8, 30), time(8, 30), True),
        (timedelta(hours=8), time(8), True),
    ],
)
def test_clocks(sel: Sel, jam: time, pasti: bool) -> None:
    assert parse_clock(sel) == (jam, pasti)


@pytest.mark.parametrize("sel", ["pagi", "25:00", 24.0, 8.5, -1.0, "", float("nan")])
def test_what_is_no_clock(sel: Sel) -> None:
    with pytest.raises(ValueError):
        parse_clock(sel)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_from_every_spelling(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day:%d-%m-%y}", f"{day:%Y-%m-%d}", f"{day:%Y%m%d}"):
        assert parse_moment(text, Urutan.HARI, WIB).hari == day
    assert parse_moment(f"{day:%m/%d/%Y}", Urutan.BULAN, WIB).hari == day
    assert parse_moment((day - date(1899, 12, 30)).days, Urutan.HARI, WIB).hari == day


@settings(deadline=None)
@given(st.text(max_size=40) | st.from_regex(r"[0-9/:. -]{1,25}"))
def test_no_text_brings_another_error(text: str) -> None:
    for parse in (lambda: parse_moment(text, Urutan.HARI, WIB), lambda: parse_clock(text)):
        try:
            parse()
        except (ValueError, OverflowError):
            continue


def test_a_year_that_no_period_knows_decides_no_order() -> None:
    column = Kolom(0, "Tanggal", "tanggal")
    odd = ["10/2/9999", "11/3/1800"]
    assert judge(column, odd, WIB, None) is None
    mixed = judge(column, [*odd, "10/2/2024", "1/5/2024"], WIB, None)
    assert mixed is not None
    assert (mixed.hari, mixed.bulan) == (
        (date(2024, 2, 10), date(2024, 5, 1)),
        (date(2024, 1, 5), date(2024, 10, 2)),
    )
