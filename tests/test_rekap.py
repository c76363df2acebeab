from hypothesis import given
from hypothesis import strategies as st

from skm.ikm import Tally
from skm.jawaban import Jawaban
from skm.periode import parse_period
from skm.rekap import Cell, Slot, Tallies, UnsurSpec, pool, tally_answers

SLOTS = (Slot("U1"), Slot("U2"), Slot("U1", 1))
sheets = st.lists(
    st.tuples(st.text("1234-", min_size=3, max_size=3), st.sampled_from(["a", "b", None]))
)


@given(sheets)
def test_cells_equal_a_plain_count(rows: list) -> None:
    cells = tally_answers([Jawaban(nilai, layanan=layanan) for nilai, layanan in rows], SLOTS, "qr")
    assert sum(c.responden for c in cells) == len(rows)
    for cell in cells:
        own = [nilai for nilai, layanan in rows if layanan == cell.layanan]
        assert (cell.responden, cell.kanal, cell.periode) == (len(own), "qr", None)
        for place, slot in enumerate(SLOTS):
            marks = [nilai[place] for nilai in own]
            assert cell.tallies[slot].counts == tuple(marks.count(v) for v in "1234")


def test_pooling_sums_the_cells_and_keeps_the_surveys_order() -> None:
    periode = parse_period("2024-T1")
    one = Cell(periode, None, None, None, 2, {Slot("U2"): Tally((0, 0, 1, 1))})
    two = Cell(periode, None, None, None, 1, {Slot("U2"): Tally((1, 0, 0, 0))})
    rows, respondents = pool([one, two], [UnsurSpec("U1", "A"), UnsurSpec("U2", "B")])
    assert [(r.kode, [t.counts for t in r.pertanyaan]) for r in rows] == [
        ("U1", [(0, 0, 0, 0)]),
        ("U2", [(1, 0, 1, 1)]),
    ]
    assert respondents == 3


def test_a_question_that_only_an_earlier_questionnaire_asked_stays_in() -> None:
    old = Cell(None, None, None, None, 1, {Slot("U1", 1): Tally((0, 0, 0, 1))})
    rows, _ = pool([old], [UnsurSpec("U1", "A", pertanyaan=1)])
    assert [t.n for t in rows[0].pertanyaan] == [0, 1]


def test_fingerprints_tell_sheets_apart() -> None:
    sheet = Jawaban("444", parse_period("2024-T1"), layanan="a")
    assert sheet.sidik == Jawaban("444", parse_period("2024-T1"), layanan="a").sidik
    others = [
        Jawaban("443", parse_period("2024-T1"), layanan="a"),
        Jawaban("444", parse_period("2024-T2"), layanan="a"),
        Jawaban("444", parse_period("2024-T1"), titik="a"),
        Jawaban("444", parse_period("2024-T1"), layanan="a", saran="x"),
        Jawaban("444", parse_period("2024-T1"), layanan="a", identitas="x"),
        Jawaban("444", parse_period("2024-T1"), layanan="a", profil=(("usia", "3"),)),
    ]
    assert len({sheet.sidik, *(o.sidik for o in others)}) == 7


def test_tallies_of_the_store_are_those_that_were_counted():
    one, two = Tally((5, 0, 2, 7)), Tally((0, 3, 0, 1))
    u1, u2 = Slot("U1"), Slot("U2")
    sums = (one.total, two.total, one.n, two.n, 5, 0, 0, 3)
    assert (one.total, two.total) == (39, 10)
    tallies = Tallies({u1: 0, u2: 1}, sums)
    assert tallies == {u1: one, u2: two}
    assert repr(tallies) == repr({u1: one, u2: two})
    assert tallies.get(Slot("U3")) is None
