"""Reading a submission: every fault with its field, everything filled in kept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from survei_formulir import make

from skm.formulir import Cap, Formulir, Terbaca, question_names
from skm.intake.privacy import MAX_SARAN

NOW = datetime(2024, 9, 30, 17, 30, tzinfo=UTC)
"""1 October 2024, 00:30 WIB: already triwulan IV."""
ID = "A" * 22
SURVEI = make()
LONGGAR = make("wajib = []")
LENGKAP = [("layanan", "ktp"), ("u1", "4"), ("u2", "3"), ("id_kirim", ID)]


def read(*pairs: tuple[str, str], survei=SURVEI, layanan=None, titik="dinas") -> Terbaca:
    return Formulir(survei, layanan).read(titik, pairs, NOW)


def moment_of(*tunda: str, age: int = 86_400) -> datetime:
    """When the answer counts that names `tunda`, on a page made `age` seconds ago."""
    cap = Cap(NOW - timedelta(seconds=age), "1")
    pairs = [*LENGKAP, *(("tunda", value) for value in tunda)]
    read_ = Formulir(SURVEI, None).read("dinas", pairs, NOW, cap)
    assert read_.jawaban.waktu == read_.waktu
    return read_.waktu


def codes(terbaca: Terbaca) -> dict[str, str]:
    return {name: fault.kode for name, fault in terbaca.salah.items()}


def without(name: str) -> list[tuple[str, str]]:
    return [pair for pair in LENGKAP if pair[0] != name]


class TestWhole:
    def test_a_whole_form_is_an_answer(self) -> None:
        extra = [("jenis_kelamin", "P"), ("usia", " 35 tahun "), ("saran", "Bagus.\r\nTerus.")]
        read_ = read(*LENGKAP, *extra)
        assert codes(read_) == {}
        answer = read_.jawaban
        assert (answer.nilai, answer.layanan, answer.titik) == ("43", "ktp", "dinas")
        assert answer.profil == (("jenis_kelamin", "P"), ("usia", "35"))
        assert answer.saran == "Bagus. Terus."
        assert (answer.waktu, answer.periode.kode) == (NOW, "2024-T4")

    def test_a_fixed_layanan_is_not_asked(self) -> None:
        read_ = read(("layanan", "kk"), *without("layanan"), layanan="ktp")
        assert read_.jawaban.layanan == "ktp"
        assert "layanan" not in read_.nilai

    def test_a_profile_field_may_have_a_name_of_the_form(self) -> None:
        read_ = read(*LENGKAP, ("profil_saran", "dalam"), ("saran", "Baik"))
        assert read_.jawaban.profil == (("saran", "dalam"),)
        assert read_.jawaban.saran == "Baik"

    def test_numbers_of_people_are_masked_in_saran(self) -> None:
        read_ = read(*LENGKAP, ("saran", "Hubungi 0812-3456-7890 atau a@b.id"))
        assert read_.jawaban.saran == "Hubungi [disamarkan] atau [disamarkan]"

    def test_names_that_are_not_asked_are_ignored(self) -> None:
        read_ = read(*LENGKAP, ("u3", "4"), ("nik", "3275000000000001"), ("titik", "lain"))
        assert (read_.jawaban.nilai, read_.jawaban.titik) == ("43", "dinas")
        assert set(read_.nilai) == {"layanan", "u1", "u2"}


class TestFaults:
    def test_all_faults_at_once_and_everything_else_kept(self) -> None:
        read_ = read(("u2", "3"), ("usia", "abc"), ("saran", "Tetap ada"), ("id_kirim", ID))
        assert codes(read_) == {
            "layanan": "formulir-pilih", "u1": "formulir-pilih", "usia": "formulir-angka"
        }  # fmt: skip
        assert read_.nilai == {"u2": "3", "usia": "abc", "saran": "Tetap ada"}
        assert read_.jawaban is None

    @pytest.mark.parametrize(
        ("name", "value", "kode"),
        [
            ("u1", "5", "formulir-asing"),
            ("u1", "04", "formulir-asing"),
            ("u1", "٤", "formulir-asing"),
            ("layanan", "lama", "formulir-asing"),
            ("layanan", "tidak-ada", "formulir-asing"),
            ("jenis_kelamin", "X", "formulir-asing"),
            ("usia", "-3", "formulir-angka"),
            ("usia", "9", "formulir-rentang"),
            ("usia", "121", "formulir-rentang"),
            ("usia", "9" * 5000, "formulir-rentang"),
        ],
    )
    def test_values_that_are_not_offered(self, name: str, value: str, kode: str) -> None:
        assert codes(read((name, value), *without(name))) == {name: kode}

    def test_two_answers_are_a_fault_but_the_same_twice_is_not(self) -> None:
        assert codes(read(*LENGKAP, ("u1", "3"))) == {"u1": "formulir-ganda"}
        assert codes(read(*LENGKAP, ("u1", "4"))) == {}

    @pytest.mark.parametrize("value", ["", "kurang", "A" * 65, "ada spasi di tengah"])
    def test_without_its_id_a_page_is_sent_once_more(self, value: str) -> None:
        read_ = read(*without("id_kirim"), ("id_kirim", value))
        assert codes(read_) == {"id_kirim": "formulir-kirim-ulang"}
        assert (read_.id_kirim, read_.jawaban) == (None, None)

    def test_control_characters_are_dropped(self) -> None:
        read_ = read(*without("u1"), ("u1", "\x004"), ("saran", "a\x00b\ud800"))
        assert (read_.jawaban.nilai, read_.jawaban.saran) == ("43", "ab")

    def test_the_length_of_saran_counts_after_spaces_are_joined(self) -> None:
        assert codes(read(*LENGKAP, ("saran", "a" * MAX_SARAN + " \n " * 50))) == {}
        read_ = read(*LENGKAP, ("saran", "a" * (MAX_SARAN + 1)))
        assert codes(read_) == {"saran": "formulir-saran-panjang"}
        assert read_.salah["saran"].isi == {"ada": 1001, "batas": 1000}
        assert len(read_.nilai["saran"]) == 1001


class TestOptional:
    def test_a_blank_question_where_the_survey_allows_it(self) -> None:
        assert read(("u2", "1"), ("id_kirim", ID), survei=LONGGAR).jawaban.nilai == "-1"

    def test_nothing_answered_is_no_answer(self) -> None:
        read_ = read(("saran", "Hanya saran"), ("id_kirim", ID), survei=LONGGAR)
        assert codes(read_) == {"u1": "formulir-tanpa-jawaban"}

    def test_required_profile_fields(self) -> None:
        survei = make('wajib = ["usia", "jenis_kelamin"]')
        assert codes(read(("u1", "1"), ("id_kirim", ID), survei=survei)) == {
            "jenis_kelamin": "formulir-pilih", "usia": "formulir-angka-kosong"
        }  # fmt: skip


class TestWaiting:
    def test_the_period_is_that_of_the_filling(self) -> None:
        cap = Cap(NOW - timedelta(hours=2), "1")
        read_ = Formulir(SURVEI, None).read("dinas", [*LENGKAP, ("tunda", "2700")], NOW, cap)
        assert read_.jawaban.waktu == datetime(2024, 9, 30, 16, 45, tzinfo=UTC)
        assert read_.jawaban.periode.kode == "2024-T3"
        assert codes(read_) == {}

    def test_without_a_stamp_it_counts_when_it_arrives(self) -> None:
        read_ = read(*LENGKAP, ("tunda", "2700"))
        assert (read_.jawaban.waktu, read_.jawaban.periode.kode) == (NOW, "2024-T4")

    @pytest.mark.parametrize(
        "value",
        ["", " ", "-5", "+5", "5.0", "5,0", "1e3", "0x10", "٥", "²", "NaN", "lama",
         "9" * 8, "9" * 5000],
    )  # fmt: skip
    def test_what_is_no_number_of_seconds(self, value: str) -> None:
        assert moment_of(value) == NOW

    def test_two_that_differ_are_as_good_as_none(self) -> None:
        assert moment_of("60", "90") == NOW
        assert moment_of("60", "60") == NOW - timedelta(seconds=60)


def test_an_earlier_questionnaire_is_read_with_its_own_questions() -> None:
    older = SURVEI.kuesioner.model_copy(update={"pertanyaan": SURVEI.kuesioner.pertanyaan[:1]})
    read_ = Formulir(SURVEI, "ktp", older).read(None, LENGKAP, NOW)
    assert read_.jawaban.nilai == "4"
    assert question_names(older) == ("u1",)


NAMES = ["layanan", "u1", "u2", "usia", "saran", "jenis_kelamin", "id_kirim", "cap", "langkah",
         "tunda"]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), st.text(max_size=60))))
def test_no_submission_raises(pairs: list[tuple[str, str]]) -> None:
    for survei in (SURVEI, LONGGAR):
        read_ = read(*pairs, survei=survei)
        assert (read_.jawaban is None) == bool(read_.salah)


WEEK = 7 * 86_400


@example(tunda=WEEK, age=WEEK)
@example(tunda=WEEK + 1, age=WEEK + 1)
@given(tunda=st.integers(0, 10**7), age=st.integers(0, 10**6))
def test_an_answer_waited_as_long_as_it_says_or_not_at_all(tunda: int, age: int) -> None:
    waited = tunda if tunda <= min(age, WEEK) else 0
    assert moment_of(str(tunda), age=age) == NOW - timedelta(seconds=waited)


@given(st.lists(st.text("0123456789 -+.e", max_size=9) | st.text(), max_size=3), st.integers(0, 9))
def test_whatever_is_sent_no_answer_is_older_than_its_page(values: list[str], age: int) -> None:
    assert timedelta(0) <= NOW - moment_of(*values, age=age) <= timedelta(seconds=age)


@given(
    nilai=st.tuples(*[st.sampled_from("1234")] * 2),
    layanan=st.sampled_from(["ktp", "kk"]),
    usia=st.none() | st.integers(10, 120),
    saran=st.text(max_size=300),
    urutan=st.randoms(),
)
def test_every_valid_form_is_read_back(nilai, layanan, usia, saran, urutan) -> None:
    pairs = [("layanan", layanan), ("id_kirim", ID), ("saran", saran)]
    pairs += [(f"u{i}", value) for i, value in enumerate(nilai, start=1)]
    pairs += [("usia", str(usia))] if usia is not None else []
    urutan.shuffle(pairs)
    answer = read(*pairs).jawaban
    assert answer.nilai == "".join(nilai)
    assert answer.layanan == layanan
    assert answer.profil == ((("usia", str(usia)),) if usia is not None else ())
    assert len(answer.saran or "") <= MAX_SARAN
