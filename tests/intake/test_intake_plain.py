"""Rows read column by column are what each row alone gives, and cells are asked for once."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survei_uji import GANDA, NINE, checked

from skm.intake import Bentuk, Berkas, Lembar, Opsi, Pemeriksaan, Sel, check, propose
from skm.intake.once import Once
from skm.intake.plain import PlainRows
from skm.jawaban import Jawaban
from skm.periode import parse_period
from skm.survei import Survei

OPSI = Opsi(periode=parse_period("2024-T4"), hari_ini=date(2026, 1, 1))
UNDATED = Opsi(hari_ini=date(2026, 1, 1))
HEADER = [
    "No", "Tanggal", "Jam", "Timestamp", "Layanan", "Titik", "Bagaimana kecepatan loketnya?",
    "Bagaimana kecepatan antreannya?", "Bagaimana ruang tunggunya?", "Jenis kelamin", "Usia",
    "Saran", "Kritik",
]  # fmt: skip
ASKED = {6, 7, 8}


def mostly(good: Sequence[Sel], rare: Sequence[Sel]) -> st.SearchStrategy[Sel]:
    return st.sampled_from([*good * (4 * len(rare)), *rare * len(good)])


numbers = mostly(["1", "7", "R-2024-00017"], ["081234567890", "Jumlah", "Rata-rata", "", 12, " "])
days = mostly(
    ["2024-10-05 08:03:45", "05/10/2024", "31/12/2024 9.30", datetime(2024, 11, 2, 9)],  # noqa: DTZ001
    ["2030-01-01", "besok", "", "-", "2024-10-05 25:03:45", 45600, "2024-01-05", date(2024, 12, 1)],
)
clocks = mostly(["08:00", "8.30 - 9.00", ""], ["pagi", "-", 0.5])
stamps = mostly(["2024-10-06 10:00:00", "10/13/2024 7:00 PM", ""], ["05/10/2024", "x"])
services = mostly(["KTP", "KTP-el", "Kartu Keluarga", ""], ["Kartu Keluarg", "-", "Total"])
places = mostly(["Dinas", "mpp", "Mal Pelayanan Publik", ""], ["Kantor Lama"])
marks = mostly(["1", "2", "3", "4", 4.0, "a", "", "Cepat"], ["-", "5", "4 ya", None, 2.5])
sexes = mostly(["L", "Perempuan", ""], ["lain", 1])
ages = mostly(["17", "40 tahun", 39], ["900", "N/A"])
remarks = mostly(["", "Baik", "tidak ada"], ["hubungi 081234567890", "-", 7])
whole = st.tuples(
    numbers, days, clocks, stamps, services, places, marks, marks, marks, sexes, ages, remarks,
    remarks,
).map(list)  # fmt: skip
rows = st.lists(
    st.one_of(
        whole,
        whole,
        whole,
        whole.map(lambda row: row[: len(row) // 2]),
        whole.map(lambda row: [*row, "", "lebih"]),
        whole.map(lambda row: [*row, ""]),
        st.just([]),
        st.just(HEADER),
        st.just(["Jumlah", *"4" * 12]),
    ),
    max_size=12,
)
kept = st.sets(st.integers(0, len(HEADER) - 1)).map(lambda columns: columns | ASKED)


def sheet(rows: Sequence[Sequence[Sel]], bentuk: Bentuk) -> Berkas:
    return Berkas("uji", "0" * 64, bentuk, (Lembar("Uji", rows),))


def alone(self: PlainRows, rows: Sequence[Sequence[Sel]]) -> list[Jawaban | None]:
    return [None] * len(rows)


def both(berkas: Berkas, survei: Survei, opsi: Opsi) -> tuple[Pemeriksaan, Pemeriksaan]:
    """Return what is found by columns, and what row by row."""
    pemetaan = propose(berkas, survei)
    with pytest.MonkeyPatch.context() as patch:
        by_columns = check(berkas, pemetaan, survei, opsi)
        patch.setattr(PlainRows, "read", alone)
        return by_columns, check(berkas, pemetaan, survei, opsi)


@given(rows, kept, st.sampled_from([Bentuk.CSV, Bentuk.XLSX]), st.sampled_from([OPSI, UNDATED]))
@settings(max_examples=200, deadline=None, database=None)
def test_by_columns_is_what_each_row_alone_gives(
    given_rows: list[list[Sel]], columns: set[int], bentuk: Bentuk, opsi: Opsi
) -> None:
    picked = [
        [cell for at, cell in enumerate(row) if at in columns or at >= len(HEADER)]
        for row in [HEADER, *given_rows]
    ]
    by_columns, by_rows = both(sheet(picked, bentuk), GANDA, opsi)
    assert by_columns == by_rows


def test_only_what_is_unusual_is_looked_at_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Jawaban | None] = []
    read = PlainRows.read

    def spied(self: PlainRows, rows: Sequence[Sequence[Sel]]) -> list[Jawaban | None]:
        seen.extend(read(self, rows))
        return seen

    monkeypatch.setattr(PlainRows, "read", spied)
    good = ["1", "2024-10-05 08:03:45", "", "", "KTP", "Dinas", "4", "", "3", "L", "17", "Baik", ""]
    fault, short, label = [*good], good[:9], ["Jumlah", *good[1:]]
    fault[6] = "5"
    berkas = sheet([HEADER, good, fault, short, label, [*good, ""], [""] * 13], Bentuk.CSV)
    check(berkas, propose(berkas, GANDA), GANDA, OPSI)
    assert [answer is not None for answer in seen] == [True, False, True, False, False, False]


def test_alike_rows_of_bare_answers_are_one_object() -> None:
    hasil = checked(f"{NINE}\n" + "4;4;4;4;4;4;4;4;4\n" * 3 + "a;a;a;a;a;a;a;a;a\n" * 2)
    assert len({id(answer) for answer in hasil.diterima}) == 2


def test_a_value_is_asked_for_once_and_not_remembered_past_the_limit() -> None:
    asked: list[str] = []

    def ask(text: str) -> str:
        asked.append(text)
        return text.upper()

    known = Once(ask, 2)
    assert list(map(known.__getitem__, "abacac")) == list("ABACAC")
    assert asked == ["a", "b", "c", "c"]
