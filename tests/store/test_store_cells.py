"""Counts read from the recap."""

from dataclasses import replace
from fractions import Fraction

import pytest
from survei_kecil import CONTOH, KOSONG_SEMUA, PENUH, T3, T4, UNGGAH, save, save_long, survei_of

from skm.ikm import Tally
from skm.jawaban import Kanal
from skm.periode import parse_period
from skm.rekap import Cell, SkorCell, Slot, tally_answers
from skm.store import BatchBaru, Store


@pytest.fixture
def filled(store: Store) -> Store:
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    store.add_batch("kecil", BatchBaru(Kanal.QR), [replace(PENUH, titik="mpp")])
    return store


def test_cells_are_by_period_and_by_what_is_asked_for(filled: Store):
    assert filled.cells("kecil", T4, per=("titik",)) == [
        Cell(
            T4,
            None,
            "dinas",
            None,
            1,
            {
                Slot("U1", 0): Tally((0, 0, 0, 1)),
                Slot("U2", 0): Tally((0, 0, 1, 0)),
                Slot("U1", 1): Tally((0, 0, 0, 1)),
            },
        ),
        Cell(
            T4,
            None,
            "mpp",
            None,
            2,
            {
                Slot("U1", 0): Tally((0, 0, 1, 1)),
                Slot("U2", 0): Tally((0, 0, 1, 0)),
                Slot("U1", 1): Tally((0, 1, 0, 1)),
            },
        ),
    ]


def test_a_blank_sheet_is_a_respondent_without_answers(filled: Store):
    (cell,) = filled.cells("kecil", T3, per=("layanan", "titik", "kanal"))
    assert cell == Cell(T3, None, None, "unggah", 1, dict.fromkeys(survei_of().slots(), Tally()))


def test_cells_equal_the_counts_of_a_file(store: Store):
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    of_file = tally_answers(CONTOH, survei_of().slots())
    key = str
    assert sorted(store.cells("kecil", per=("titik", "layanan")), key=key) == sorted(
        of_file, key=key
    )


@pytest.mark.parametrize("per", [(), ("layanan",), ("titik",), ("layanan", "titik")])
def test_more_questions_than_a_row_of_the_recap_holds(store: Store, per: tuple[str, ...]):
    answers = save_long(store)
    slots = store.load_survei("panjang").slots()
    assert len(slots) == 12
    cells = store.cells("panjang", per=per)
    assert len(cells) == (2 if "titik" in per else 1)
    for cell in cells:
        here = [a.nilai for a in answers if cell.titik in (None, a.titik)]
        assert cell.responden == len(here)
        assert [*cell.tallies] == [*slots]
        for i, slot in enumerate(slots):
            column = "".join(nilai[i] for nilai in here)
            assert cell.tallies[slot].counts == tuple(column.count(mark) for mark in "1234")
    assert store.check_recap() == ()


@pytest.mark.parametrize("per", [(), ("titik",), ("layanan", "titik"), ("kanal",)])
@pytest.mark.parametrize("questions", [9, 12])
def test_the_exact_nrr_of_every_question(store: Store, per: tuple[str, ...], questions: int):
    answers = save_long(store, questions)
    table = store.nrr_table("panjang", T4, per)
    slots = store.load_survei("panjang").slots()
    assert table.slots == slots
    expected: dict[tuple[str, ...], list[str]] = {}
    for ke, answer in enumerate(answers):
        place = {"layanan": "ktp", "titik": answer.titik, "kanal": "unggah" if ke < 5 else "qr"}
        group = ("2024-T4", *(place[n] if n in per else "" for n in ("layanan", "titik", "kanal")))
        expected.setdefault(group, []).append(answer.nilai)
    assert table.baris.keys() == expected.keys()
    for group, sheets in expected.items():
        assert table.baris[group][0] == len(sheets)
        columns = [[int(s[i]) for s in sheets if s[i] != "-"] for i in range(questions)]
        assert table.nrr(group) == {
            slot: Fraction(sum(marks), len(marks))
            for slot, marks in zip(slots, columns, strict=True)
            if marks
        }
    assert store.nrr_table("panjang", T3, per).baris == {}


def test_a_period_takes_the_stored_periods_inside_it(filled: Store):
    for periode, responden in (
        ("2024", 4),
        ("2024-S2", 4),
        ("2024-T4", 3),
        ("2024-T3", 1),
        ("2024-12", 0),
        ("2024-S1", 0),
        ("2023", 0),
    ):
        cells = filled.cells("kecil", parse_period(periode))
        assert sum(cell.responden for cell in cells) == responden
        assert all(parse_period(periode).contains(cell.periode) for cell in cells)


def test_filters_narrow_and_an_empty_one_means_without(filled: Store):
    def count(**where: str) -> int:
        return sum(cell.responden for cell in filled.cells("kecil", **where))

    assert count(layanan="ktp") == 2
    assert count(titik="mpp", kanal="qr") == 1
    assert count(layanan="") == 1
    assert count(titik="tak-ada") == 0


def test_another_dimension_is_a_mistake_of_the_caller(filled: Store):
    for call in (filled.cells, filled.scores):
        with pytest.raises(ValueError, match="saran"):
            call("kecil", per=("saran",))
    with pytest.raises(ValueError, match="saran"):
        filled.group_counts("kecil", None, "saran")


def test_scores_hold_the_exact_sums(filled: Store):
    assert filled.scores("kecil") == [
        SkorCell(T3, None, None, None, terisi=0, responden=1, jumlah=0, kuadrat=0),
        SkorCell(T4, None, None, None, terisi=2, responden=1, jumlah=5, kuadrat=25),
        SkorCell(T4, None, None, None, terisi=3, responden=2, jumlah=22, kuadrat=242),
    ]


def test_profiles_are_counted_by_option_and_by_age_class(filled: Store):
    assert filled.profil_counts("kecil") == {
        "jk": {"P": 2, "": 2},
        "usia": {"muda": 2, "tua": 1, "": 1},
    }
    assert list(filled.profil_counts("kecil")["usia"]) == ["muda", "tua", ""]
    assert filled.profil_counts("kecil", T4, layanan="kk") == {"jk": {"": 1}, "usia": {"tua": 1}}
    assert filled.profil_counts("kecil", parse_period("2023")) == {"jk": {}, "usia": {}}


def test_groups_and_periods(filled: Store):
    assert filled.group_counts("kecil", None, "layanan") == {None: 1, "kk": 1, "ktp": 2}
    assert filled.group_counts("kecil", T4, "titik") == {"dinas": 1, "mpp": 2}
    assert filled.group_counts("kecil", T4, "kanal") == {"qr": 1, "unggah": 2}
    assert filled.periods("kecil") == (T3, T4)
    assert filled.list_survei()[0].responden == 4


def test_an_empty_survey_has_no_cells(store: Store):
    save(store)
    assert store.cells("kecil", per=("layanan",)) == []
    assert store.scores("kecil") == []
    assert store.periods("kecil") == ()
    assert KOSONG_SEMUA not in store.answers("kecil")
