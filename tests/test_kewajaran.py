"""How a period was collected: shares counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from skm.jawaban import Jawaban, Kanal
from skm.pengumpulan import (
    Kewajaran,
    collection_shape,
    collection_tables,
    marked_effect,
    shape_sentence,
    shape_table,
)
from skm.periode import parse_period
from skm.store import BatchBaru, Store
from tests.dashboard.survei_uji import T1, add_running, survei_jalan

AFTER = date(2025, 4, 1)


def shape(store: Store, answers: list[Jawaban], hari: date = AFTER) -> Kewajaran:
    survei = survei_jalan(store)
    store.add_batch(survei.id, BatchBaru(Kanal.UNGGAH), answers)
    kanal = store.group_counts(survei.id, T1, "kanal")
    return collection_shape(store, survei, T1, hari, kanal)


def on(month: int, day: int, n: int) -> list[Jawaban]:
    return [Jawaban("43", T1, datetime(2025, month, day, 3, tzinfo=UTC))] * n


def test_the_last_seven_days_beside_their_working_days(store: Store) -> None:
    """25-31 March 2025 has 5 of the 64 working days (Monday to Friday) of the quarter."""
    found = shape(store, [*on(1, 6, 30), *on(3, 24, 1), *on(3, 25, 5), *on(3, 31, 4)])
    assert (found.jumlah, found.bertanggal, found.akhir) == (40, 40, 9)
    assert found.bagian_akhir == Fraction(900, 40)
    assert found.wajar == Fraction(500, 64)
    assert found.melonjak
    rows = {row[0]: row[1:] for row in shape_table(T1, found).baris}
    assert rows["7 hari terakhir"][:2] == ("9", "22,50%")
    assert "7,81%; melonjak" in rows["7 hari terakhir"][2]
    assert rows["Dari berkas"][:2] == ("40", "100,00%")
    assert shape_sentence(found) == (
        "Sebanyak 22,50% jawaban bertanggal masuk pada 7 hari terakhir periode (bagian hari "
        "kerjanya 7,81%) dan 0,00% jawaban diisikan petugas."
    )


def test_an_even_end_is_no_surge(store: Store) -> None:
    found = shape(store, [*on(1, 6, 36), *on(3, 31, 4)])
    assert found.bagian_akhir == 10
    assert not found.melonjak


@pytest.mark.parametrize(("hari", "n"), [(date(2025, 3, 31), 40), (AFTER, 29)])
def test_a_running_period_and_few_answers_are_not_judged(store: Store, hari: date, n: int) -> None:
    found = shape(store, on(3, 31, n), hari)
    assert found.bagian_akhir is None
    assert not found.melonjak
    assert shape_table(T1, found).baris[0][2] == "—"
    assert shape_sentence(found) == "Sebanyak 0,00% jawaban diisikan petugas."


def test_answers_since_the_closing_leave_the_days_unsaid() -> None:
    found = Kewajaran(30, 31, 9, Fraction(5), selesai=True, kanal={"petugas": 3})
    assert shape_sentence(found) == "Sebanyak 10,00% jawaban diisikan petugas."
    assert shape_sentence(Kewajaran(0, 0, 0, Fraction(5), selesai=True, kanal={})) == ""


def test_the_table_is_among_the_downloads(store: Store) -> None:
    survei, _ = add_running(store)
    assert "kewajaran" in collection_tables(store, survei, T1)


def test_the_figure_without_the_marked_answers(store: Store) -> None:
    """As the page's own table: see test_pengumpulan for the counting."""
    survei, _ = add_running(store)
    found = marked_effect(store, survei, T1)
    assert found is not None
    whole, less = found
    marked = sum(1 for row in store.flagged(survei.id, T1) if row.dikecualikan is None)
    assert whole.responden - less.responden == marked > 0
    assert marked_effect(store, survei, parse_period("2024-T1")) is None
