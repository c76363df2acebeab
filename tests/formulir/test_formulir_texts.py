"""Texts, fields, stamps and flags of the form."""

import re
import string
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from survei_formulir import make

from skm.formulir import (
    Cap,
    Teks,
    build_fields,
    find_flags,
    is_outside_hours,
    languages,
    read_stamp,
    sign_stamp,
)
from skm.formulir.stamp import is_receipt, sign_receipt
from skm.kiriman import Tanda

ROOT = Path(__file__).parents[2] / "skm"
SURVEI = make()
SECRET = b"rahasia" * 5
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
"""A Monday, 10:00 WIB."""
DAY = 86_400


def load(path: str) -> dict[str, str]:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


class TestTexts:
    def test_english_has_every_sentence_with_the_same_gaps(self) -> None:
        indonesian = load("formulir/teks/id.toml") | load("pesan/formulir.toml")
        english = load("formulir/teks/en.toml")
        assert set(english) == set(indonesian)
        for key, text in indonesian.items():
            assert gaps(text) == gaps(english[key]), key

    def test_every_sentence_is_used(self) -> None:
        paths = [*ROOT.glob("formulir/**/*.html"), *ROOT.glob("formulir/*.py")]
        paths += ROOT.glob("web/isi/**/*.*s")
        source = "".join(
            p.read_text(encoding="utf-8") for p in [*paths, *ROOT.glob("web/isi/*.py")]
        )
        for key in load("formulir/teks/id.toml"):
            start = re.sub(r"-(judul|isi)$", "", key)
            assert f'"{key}"' in source or f'"{start}"' in source, key

    def test_the_languages_are_those_of_the_survey(self) -> None:
        assert languages(SURVEI) == {"id": "Indonesia", "en": "English", "jv": "Basa Jawa"}
        assert Teks("xx", SURVEI).bahasa == "id"
        assert Teks("en").bahasa == "en"

    def test_a_survey_may_say_it_its_own_way_and_what_is_missing_stays_indonesian(self) -> None:
        assert Teks("en", SURVEI)("kirim") == "Send it"
        javanese = Teks("jv", SURVEI)
        assert javanese("kirim") == "Kirimna"
        assert javanese("terima-judul") == "Terima kasih"
        assert javanese.fault("formulir-pilih", isian="U1") == "U1 durung diisi."
        assert Teks("en", SURVEI).fault("formulir-pilih", isian="Age").startswith("Age has")

    def test_an_unknown_key_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            Teks("en")("tidak-ada")


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


class TestFields:
    def test_names_follow_the_order_of_the_questions(self) -> None:
        names = [item.nama for item in build_fields(SURVEI)]
        assert names == [
            "layanan", "u1", "u2", "jenis_kelamin", "usia", "profil_saran", "saran"
        ]  # fmt: skip

    def test_only_active_layanan_are_offered_and_none_where_it_is_fixed(self) -> None:
        assert [p.nilai for p in build_fields(SURVEI)[0].pilihan] == ["ktp", "kk"]
        assert build_fields(SURVEI, layanan_tetap="ktp")[0].nama == "u1"

    def test_translations(self) -> None:
        fields = {f.nama: f for f in build_fields(SURVEI, Teks("en", SURVEI))}
        assert fields["u1"].label == "Are the requirements right?"
        assert fields["u1"].sebutan == "Question 1"
        assert [p.teks for p in fields["u1"].pilihan][1:3] == ["Cukup", "Good"]
        assert fields["u2"].label == "Apakah alurnya mudah?"
        assert fields["usia"].satuan == "years"

    def test_by_default_layanan_and_questions_are_required(self) -> None:
        assert [f.nama for f in build_fields(SURVEI) if f.wajib] == ["layanan", "u1", "u2"]
        own = make('wajib = ["alur", "usia"]')
        assert [f.nama for f in build_fields(own) if f.wajib] == ["u2", "usia"]


class TestStamp:
    def test_it_says_when_and_which_questions(self) -> None:
        text = sign_stamp(SECRET, "KODE1234", Cap(NOW, "2024-1#2"))
        assert read_stamp(SECRET, "KODE1234", text) == Cap(NOW, "2024-1#2")

    def test_anything_else_is_no_stamp(self) -> None:
        text = sign_stamp(SECRET, "KODE1234", Cap(NOW, "1"))
        assert read_stamp(SECRET, "KODE9999", text) is None
        assert read_stamp(b"lain", "KODE1234", text) is None
        later = str(int(text.partition("~")[0]) + 60)
        for damaged in ("", "~~", "x" * 50, text[:-1], later + text[len(later) :], text + "é"):
            assert read_stamp(SECRET, "KODE1234", damaged) is None

    def test_seconds(self) -> None:
        assert Cap(NOW, "1").seconds_until(NOW + timedelta(seconds=12.9)) == 12
        assert Cap(NOW, "1").seconds_until(NOW - timedelta(seconds=5)) is None

    @pytest.mark.parametrize(
        ("age", "tunda", "given"),
        [
            (3600, 0, 3600),
            (3600, 600, 3000),
            (3600, 3600, 0),
            (3600, 3601, 3600),
            (3600, -1, 3600),
            (8 * DAY, 7 * DAY, DAY),
            (8 * DAY, 7 * DAY + 1, 8 * DAY),
            (-5, 3, -5),
        ],
    )
    def test_an_answer_waited_only_as_long_as_the_page_is_old(
        self, age: int, tunda: int, given: int
    ) -> None:
        """All three in seconds after the page was made; seven days at most."""
        now = NOW + timedelta(seconds=age)
        assert Cap(NOW, "1").moment(now, tunda) == NOW + timedelta(seconds=given)

    def test_receipts(self) -> None:
        proof = sign_receipt(SECRET, "KODE1234", "K7Q4-2M9P")
        assert is_receipt(SECRET, "KODE1234", "K7Q4-2M9P", "", proof)
        assert not is_receipt(SECRET, "KODE1234", "K7Q4-2M9Q", "", proof)
        assert not is_receipt(SECRET, "KODE1234", "K7Q4-2M9P", "", "é")
        assert not is_receipt(SECRET, "KODE1234", "K7Q4-2M9P", "K7Q4-2M9P-WX5C", proof)
        both = sign_receipt(SECRET, "KODE1234", "K7Q4-2M9P", "K7Q4-2M9P-WX5C")
        assert is_receipt(SECRET, "KODE1234", "K7Q4-2M9P", "K7Q4-2M9P-WX5C", both)


class TestFlags:
    def test_too_fast_only_where_the_time_is_known(self) -> None:
        assert find_flags(SURVEI, "43", 14, NOW) == {Tanda.CEPAT}
        assert find_flags(SURVEI, "43", 15, NOW) == frozenset()
        assert find_flags(SURVEI, "43", None, NOW) == frozenset()

    def test_straight_line_needs_enough_answers(self) -> None:
        assert find_flags(SURVEI, "444-44444", 60, NOW) == {Tanda.LURUS}
        assert find_flags(SURVEI, "444444443", 60, NOW) == frozenset()
        assert find_flags(SURVEI, "4444-----", 60, NOW) == frozenset()

    @pytest.mark.parametrize(
        ("hours", "local", "outside"),
        [
            ('mulai="08:00", selesai="15:00"', "2026-03-02T08:00", False),
            ('mulai="08:00", selesai="15:00"', "2026-03-02T15:01", True),
            ('mulai="08:00", selesai="15:00"', "2026-03-01T10:00", True),
            ('mulai="20:00", selesai="04:00", hari=[1]', "2026-03-02T21:00", False),
            ('mulai="20:00", selesai="04:00", hari=[1]', "2026-03-03T03:00", False),
            ('mulai="20:00", selesai="04:00", hari=[1]', "2026-03-02T03:00", True),
            ('mulai="20:00", selesai="04:00", hari=[1]', "2026-03-02T12:00", True),
        ],
    )
    def test_service_hours_by_the_offices_clock(self, hours, local, outside) -> None:
        survei = make(f"jam_layanan = {{{hours}}}")
        moment = datetime.fromisoformat(local).replace(tzinfo=survei.zona)
        assert is_outside_hours(survei, moment.astimezone(UTC)) is outside
        assert (Tanda.LUAR_JAM in find_flags(survei, "43", 60, moment)) is outside

    def test_without_hours_nothing_is_outside(self) -> None:
        assert not is_outside_hours(SURVEI, NOW)
