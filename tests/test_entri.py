"""Paper sheets: stored once, counted up, corrected, and keyed twice against hand counts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm import entri
from skm.entri import Banding, Kedua, Ketikan, choose_second, compare
from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Kiriman, Tanda
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.settings import SURVEYS
from skm.store import Store
from skm.survei import Survei, load_survei

FILE = SURVEYS / "contoh-disdukcapil-bekasi-2024.toml"
SESI = "sesi-pagi-0123456789"
T4 = parse_period("2024-T4")
QUESTIONS = [f"u{i}" for i in range(1, 10)]


@pytest.fixture(scope="module")
def survei() -> Survei:
    return load_survei(FILE)


@pytest.fixture
def filled(store: Store, survei: Survei) -> Store:
    store.save_survei(survei, FILE.read_text(encoding="utf-8"))
    return store


def sheet(nomor: int, nilai: str = "434434443", sesi: str = SESI, **other: object) -> Ketikan:
    profil = (("jenis_kelamin", "L"), ("usia", "34"))
    answer = Jawaban(nilai, T4, layanan="ktp-el", titik="dinas", profil=profil)
    code = f"lembar-{nomor:010}"
    return Ketikan(Kiriman(code, replace(answer, **other)), sesi, "2024-1", nomor)


@contextmanager
def refused(kode: str) -> Iterator[None]:
    with pytest.raises(SkmError) as caught:
        yield
    assert caught.value.kode == kode
    assert str(caught.value)


class TestSaving:
    def test_a_sheet_is_stored_with_its_number_and_counted_up(
        self, filled: Store, survei: Survei
    ) -> None:
        entri.save_sheet(filled, survei, sheet(1, "1234-4321"))
        saved = entri.save_sheet(filled, survei, sheet(2, "44444444-"))
        assert saved.hitung.lembar == 2
        assert saved.hitung.jumlah == (5, 6, 7, 8, 4, 8, 7, 6, 1)
        assert saved.hitung.terisi == (2, 2, 2, 2, 1, 2, 2, 2, 1)
        stored = list(filled.answers(survei.id))
        assert [a.identitas for a in stored] == ["1", "2"]
        assert filled.group_counts(survei.id, T4, "kanal") == {Kanal.KERTAS.value: 2}

    def test_sent_again_it_is_the_same_sheet(self, filled: Store, survei: Survei) -> None:
        first = entri.save_sheet(filled, survei, sheet(1))
        again = entri.save_sheet(filled, survei, sheet(1))
        assert (first.resi.baru, again.resi.baru) == (True, False)
        assert first.resi.tanggapan == again.resi.tanggapan
        assert again.hitung.lembar == 1
        assert again.lembar == first.lembar

    def test_a_number_is_used_once_in_a_sitting(self, filled: Store, survei: Survei) -> None:
        entri.save_sheet(filled, survei, sheet(1))
        twin = sheet(1)
        twin = replace(twin, kiriman=replace(twin.kiriman, id_kirim="lembar-yang-lain"))
        with refused("entri-nomor-terpakai"):
            entri.save_sheet(filled, survei, twin)
        entri.save_sheet(filled, survei, replace(twin, sesi="sesi-siang-012345678"))

    def test_equal_answers_are_marked_to_be_looked_at(self, filled: Store, survei: Survei) -> None:
        alike = entri.save_sheet(filled, survei, sheet(1, "444444444"))
        usual = entri.save_sheet(filled, survei, sheet(2))
        assert alike.lembar and alike.lembar.tanda == {Tanda.LURUS}
        assert usual.lembar and not usual.lembar.tanda

    def test_a_correction_replaces_the_answers_and_the_counts(
        self, filled: Store, survei: Survei
    ) -> None:
        entri.save_sheet(filled, survei, sheet(1))
        entri.save_sheet(filled, survei, sheet(2))
        fixed = entri.correct_sheet(filled, survei, sheet(1, "111111111", saran="Lama"))
        assert fixed.lembar and fixed.lembar.jawaban.saran == "Lama"
        assert fixed.hitung.jumlah == (5, 4, 5, 5, 4, 5, 5, 5, 4)
        assert sorted(a.nilai for a in filled.answers(survei.id)) == ["111111111", "434434443"]
        assert filled.check_recap(survei.id) == ()

    def test_only_sheets_of_the_sitting_are_corrected(self, filled: Store, survei: Survei) -> None:
        entri.save_sheet(filled, survei, sheet(1))
        with refused("lembar-ketikan-tak-ada"):
            entri.correct_sheet(filled, survei, sheet(1, sesi="sesi-siang-012345678"))
        with refused("lembar-ketikan-tak-ada"):
            entri.correct_sheet(filled, survei, sheet(7))

    def test_a_sitting_belongs_to_its_survey(self, filled: Store, survei: Survei) -> None:
        entri.save_sheet(filled, survei, sheet(1))
        assert entri.sitting(filled, "survei-lain", SESI) == ()

    def test_the_whole_sitting_is_one_batch_that_can_be_undone(
        self, filled: Store, survei: Survei
    ) -> None:
        assert entri.batch_of(filled, survei.id, SESI) is None
        for nomor in (1, 2, 3):
            entri.save_sheet(filled, survei, sheet(nomor))
        batch = entri.batch_of(filled, survei.id, SESI)
        assert batch is not None
        filled.undo_batch(batch)
        assert list(filled.answers(survei.id)) == []
        assert entri.batch_of(filled, survei.id, SESI) is None


class TestChoosing:
    @given(st.integers(1, 300), st.sampled_from(entri.SETIAP), st.text(max_size=20))
    def test_one_of_every_so_many(self, n: int, setiap: int, sesi: str) -> None:
        ids = [str(i) for i in range(n)]
        chosen = choose_second(sesi, ids, setiap)
        blocks = [int(c) // setiap for c in chosen]
        assert len(set(blocks)) == len(blocks)
        assert set(blocks) >= set(range(n // setiap))
        assert chosen and set(chosen) <= set(ids)
        assert chosen == choose_second(sesi, ids, setiap)

    def test_more_sheets_do_not_change_what_was_chosen(self) -> None:
        ids = [str(i) for i in range(47)]
        assert choose_second("s", ids, 10)[:2] == choose_second("s", ids[:20], 10)

    def test_the_place_differs_between_sittings(self) -> None:
        ids = [str(i) for i in range(10)]
        assert len({choose_second(f"s{i}", ids, 10) for i in range(50)}) > 5

    def test_nothing_keyed_nothing_chosen(self) -> None:
        assert choose_second("s", [], 10) == ()


def first(nilai: str, layanan: str | None = "ktp-el", **profil: str) -> Jawaban:
    return Jawaban(nilai, T4, layanan=layanan, profil=tuple(profil.items()))


def second(code: str, nilai: str, layanan: str | None = "ktp-el", **profil: str) -> Kedua:
    return Kedua(code, nilai, layanan, tuple(profil.items()))


class TestComparing:
    def test_counted_by_hand(self) -> None:
        # Sheet a: questions 2 and 9 differ. Sheet b: the blank of question 5 was keyed as 4.
        stored = {"a": first("434434443", usia="34"), "b": first("4444-4444", usia="40")}
        keyed = [second("a", "444434444", usia="34"), second("b", "444444444", usia="41")]
        result = compare(stored, keyed, QUESTIONS, ["jenis_kelamin", "usia"], layanan=False)
        assert (result.lembar, result.jawaban, result.jawaban_beda) == (2, 18, 3)
        assert result.tingkat == Fraction(1, 6)
        assert (result.data, result.data_beda, result.tingkat_data) == (4, 1, Fraction(1, 4))
        assert (result.isian, result.berbeda) == (22, 4)
        assert [(b.id_kirim, b.isian, b.pertama, b.kedua) for b in result.beda] == [
            ("a", "u2", "3", "4"),
            ("a", "u9", "3", "4"),
            ("b", "u5", "", "4"),
            ("b", "usia", "40", "41"),
        ]

    def test_a_fixed_layanan_is_not_compared(self) -> None:
        stored = {"a": first("444444444", "ktp-el")}
        keyed = [second("a", "444444444", None)]
        assert compare(stored, keyed, QUESTIONS, [], layanan=False).beda == ()
        typed = compare(stored, keyed, QUESTIONS, [], layanan=True)
        assert (typed.data, typed.data_beda) == (1, 1)
        assert (typed.beda[0].pertama, typed.beda[0].kedua) == ("ktp-el", "")

    def test_sheets_that_are_gone_do_not_count(self) -> None:
        result = compare({}, [second("a", "444444444")], QUESTIONS, [], layanan=False)
        assert (result.lembar, result.tingkat, result.tingkat_data) == (0, None, None)

    @given(st.lists(st.tuples(*[st.text("1234-", min_size=9, max_size=9)] * 2), max_size=20))
    def test_every_answer_is_looked_at(self, pairs: Sequence[tuple[str, str]]) -> None:
        stored = {str(i): first(a) for i, (a, _) in enumerate(pairs)}
        keyed = [second(str(i), b) for i, (_, b) in enumerate(pairs)]
        result = compare(stored, keyed, QUESTIONS, [], layanan=False)
        by_hand = sum(x != y for a, b in pairs for x, y in zip(a, b, strict=True))
        assert (result.jawaban_beda, len(result.beda)) == (by_hand, by_hand)
        assert result.jawaban == 9 * len(pairs)


class TestKeeping:
    def compared(self, *keyed: Kedua) -> Banding:
        stored = {"a": first("434434443"), "b": first("444444444")}
        return compare(stored, keyed, QUESTIONS, ["usia"], layanan=False)

    def test_the_result_stays_with_the_sitting(self, filled: Store, survei: Survei) -> None:
        assert entri.kept_result(filled, survei.id, SESI) is None
        result = self.compared(second("a", "434434444", usia="4"), second("b", "444444444"))
        kept = entri.keep_result(filled, survei.id, SESI, result)
        assert kept and (kept.lembar, kept.isian, kept.berbeda) == (2, 20, 2)
        assert kept.tingkat == Fraction(1, 10)
        assert entri.kept_result(filled, survei.id, SESI) == kept
        assert entri.kept_result(filled, survei.id, "sesi-siang-012345678") is None

    def test_it_is_known_by_the_sittings_batch(self, filled: Store, survei: Survei) -> None:
        entri.save_sheet(filled, survei, sheet(1))
        kept = entri.keep_result(filled, survei.id, SESI, self.compared(second("a", "4" * 9)))
        (batch,) = filled.list_batches(survei.id)
        assert kept and kept.sesi == batch.sesi

    def test_compared_again_the_last_result_counts(self, filled: Store, survei: Survei) -> None:
        for keyed, differing in (("434434444", 1), ("434434443", 0)):
            kept = entri.keep_result(filled, survei.id, SESI, self.compared(second("a", keyed)))
            assert kept and kept.berbeda == differing
        assert len(filled.double_entries(survei.id)) == 1

    def test_no_sheets_are_no_result(self, filled: Store, survei: Survei) -> None:
        nothing = self.compared(second("lain", "444444444"))
        assert entri.keep_result(filled, survei.id, SESI, nothing) is None
        kept = entri.keep_result(filled, survei.id, SESI, self.compared(second("a", "4" * 9)))
        assert entri.keep_result(filled, survei.id, SESI, nothing) == kept


def test_sheets_belong_to_the_last_two_years_or_a_whole_period(survei: Survei) -> None:
    codes = [p.kode for p in entri.open_periods(survei, date(2024, 11, 5))]
    assert codes[:2] == ["2024-T4", "2024-T3"]
    assert codes[7:] == ["2023-T1", "2024-S1"]
    assert "2024-S1" not in [p.kode for p in entri.open_periods(survei, date(2023, 12, 31))]
