"""Roles, passwords, codes and seals, against what was agreed and not against the code."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.akun import (
    KOSONG,
    NAMA_TINDAKAN,
    SISTEM,
    Batas,
    Catatan,
    Hak,
    Pelaku,
    Peran,
    Tindakan,
    check_password_rules,
    confirm_code,
    hash_password,
    make_password,
    parse_peran,
    seal,
    verify_password,
)
from skm.pesan import SkmError

ROOT = Path(__file__).parents[2]
# What the office was promised, written out: a right that moves is seen here.
MAY = {
    "admin": "lihat laporan tautan survei akun cadangan jejak",
    "operator": "lihat laporan masukkan tautan kecualikan narasi saran",
    "manajer": "lihat laporan kecualikan narasi saran tutup terbit arsip",
    "pemeriksa": "lihat laporan arsip jejak",
}
HERE = "lihat masukkan tautan kecualikan saran"
"""What is left of that to an account that is limited to some places."""
ALL = "lihat masukkan tautan kecualikan narasi saran tutup terbit laporan arsip jejak survei akun cadangan"  # noqa: E501


class TestRights:
    def test_every_right_is_in_the_table(self) -> None:
        assert set(ALL.split()) == {hak.value for hak in Hak}
        assert set(MAY) == {peran.value for peran in Peran}

    @pytest.mark.parametrize("peran", MAY)
    def test_a_role_may_this_and_nothing_else(self, peran: str) -> None:
        pelaku = Pelaku("seseorang", frozenset({Peran(peran)}))
        assert {hak.value for hak in Hak if pelaku.may(hak, "a")} == set(MAY[peran].split())
        limited = Pelaku("seseorang", pelaku.peran, (Batas("a", frozenset({"dinas"})),))
        left = set(MAY[peran].split()) & set(HERE.split())
        assert {hak.value for hak in Hak if limited.may(hak, "a")} == left
        assert not any(limited.may(hak, "b") for hak in Hak)

    def test_nobody_in_particular_may_nothing(self) -> None:
        assert not any(Pelaku("x").may(hak) for hak in Hak)
        assert all(SISTEM.may(hak, "a") for hak in Hak)

    def test_who_brings_answers_in_does_not_close(self) -> None:
        assert not {"tutup", "terbit"} & set(MAY["operator"].split())
        assert not {"tutup", "terbit", "masukkan"} & set(MAY["admin"].split())

    def test_a_part_is_both_its_places_and_its_services(self) -> None:
        part = Batas("a", frozenset({"dinas"}), frozenset({"ktp"}))
        inside = [(t, x) for t in ("dinas", "mpp", None) for x in ("ktp", "kk", None)]
        assert [pair for pair in inside if part.holds(*pair)] == [("dinas", "ktp")]

    @pytest.mark.parametrize(
        ("names", "kode"), [(["raja"], "peran-tak-dikenal"), ([], "peran-kosong")]
    )
    def test_other_names_are_refused(self, names: list[str], kode: str) -> None:
        with pytest.raises(SkmError) as found:
            parse_peran(names)
        assert found.value.kode == kode


class TestPasswords:
    @pytest.mark.parametrize(
        ("sandi", "kode"),
        [
            ("", "sandi-pendek"),
            ("kuda biru 7", "sandi-pendek"),
            ("\ufdfa", "sandi-pendek"),  # one sign that NFKC unfolds to eighteen
            ("x1" * 65, "sandi-panjang"),
            ("passwordpassword", "sandi-umum"),
            ("Bismillah1234", "sandi-umum"),
            ("ababababababab", "sandi-umum"),
            ("loket.tiga milik saya", "sandi-nama"),
            ("LOKET.TIGA milik saya", "sandi-nama"),
        ],
    )
    def test_what_may_not_be_one(self, sandi: str, kode: str) -> None:
        for nama in ("loket.tiga", "  Loket.Tiga "):
            with pytest.raises(SkmError) as found:
                check_password_rules(sandi, nama)
            assert found.value.kode == kode

    def test_words_that_one_remembers_may(self) -> None:
        for sandi in ("kuda biru naik sepeda", "ᄒᆞᆫ글 " * 4, make_password()):
            check_password_rules(sandi, "loket.tiga")

    def test_without_a_name_only_the_password_is_judged(self) -> None:
        check_password_rules("kuda biru naik sepeda", " ")

    @given(st.text(max_size=200), st.text(max_size=60))
    def test_any_text_is_a_verdict_and_never_a_fault(self, sandi: str, nama: str) -> None:
        try:
            check_password_rules(sandi, nama)
        except SkmError as error:
            assert error.kode.startswith("sandi-")
        else:
            assert len(sandi) >= 12
            assert len(unicodedata.normalize("NFKC", sandi)) <= 128

    def test_another_keyboard_writes_the_same_password(self) -> None:
        composed, apart = "kopi-susu-ｃａｆé-12", "kopi-susu-cafe\u0301-12"
        sidik = hash_password(composed)
        assert verify_password(apart, sidik)
        assert not verify_password("kopi-susu-cafe-12", sidik)
        assert sidik.startswith("$argon2id$")
        assert hash_password(composed) != sidik  # its own salt

    def test_a_hash_costs_a_guesser_as_much_as_rfc_9106_recommends(self) -> None:
        """Its second recommendation: 64 MiB, three passes, four lanes."""
        program = "from skm.akun.sandi import hash_password; print(hash_password('kuda biru naik'))"
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout.startswith("$argon2id$v=19$m=65536,t=3,p=4$")

    @pytest.mark.parametrize("sidik", [None, "", "rusak", "$argon2id$v=19$m=1"])
    def test_without_a_hash_nothing_is_right(self, sidik: str | None) -> None:
        assert not verify_password("kuda biru naik sepeda", sidik)

    @settings(max_examples=15, deadline=None)
    @given(st.text(max_size=700) | st.just("\ud800") | st.just("x" * 100_000))
    def test_any_text_can_be_compared(self, sandi: str) -> None:
        assert not verify_password(sandi, None)


RFC_6238 = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}
"""Appendix B, SHA-1 with eight digits; six digits are their end (RFC 4226, 5.3: modulo)."""
SECRET = base64.b32encode(b"12345678901234567890").decode()


class TestCodes:
    @pytest.mark.parametrize(("seconds", "digits"), RFC_6238.items())
    def test_the_vectors_of_the_rfc(self, seconds: int, digits: str) -> None:
        now = datetime.fromtimestamp(seconds, UTC)
        assert confirm_code(SECRET, digits[-6:], now) == seconds // 30
        assert confirm_code(SECRET, f"{digits[2:5]} {digits[5:]}", now) == seconds // 30
        assert confirm_code(SECRET, digits, now) is None

    def test_the_office_clock_may_be_in_any_zone(self) -> None:
        wib = datetime.fromtimestamp(1111111111, timezone(timedelta(hours=7)))
        assert confirm_code(SECRET, "050471", wib) == 1111111111 // 30

    def test_one_step_of_difference_passes_and_two_do_not(self) -> None:
        at = datetime.fromtimestamp(1111111111, UTC)
        found = [
            confirm_code(SECRET, "050471", at + timedelta(seconds=30 * n)) is not None
            for n in (-2, -1, 0, 1, 2)
        ]
        assert found == [False, True, True, True, False]

    def test_a_code_is_good_once(self) -> None:
        at, step = datetime.fromtimestamp(1111111111, UTC), 1111111111 // 30
        assert confirm_code(SECRET, "050471", at, step - 1) == step
        assert confirm_code(SECRET, "050471", at, step) is None
        assert confirm_code(SECRET, "050471", at, step + 5) is None

    @given(st.text(max_size=12))
    def test_any_text_is_wrong_and_never_a_fault(self, kode: str) -> None:
        at = datetime.fromtimestamp(1111111111, UTC)
        assert confirm_code(SECRET, kode, at, 10**12) is None


def test_every_act_has_a_name() -> None:
    assert set(NAMA_TINDAKAN) == set(Tindakan)


def test_the_seal_computed_by_hand() -> None:
    entry = Catatan(
        1, datetime(2026, 11, 26, 7, 0, tzinfo=timezone(timedelta(hours=7))),
        "loket1", "masuk", "", "loket “3”", "", '{"a":1}',
    )  # fmt: skip
    text = (
        f'["{"0" * 64}",1,"2026-11-26T00:00:00.000000+00:00","loket1","masuk","",'
        '"loket \\u201c3\\u201d","","{\\"a\\":1}"]'
    )
    assert json.loads(text)[6] == "loket “3”"
    assert seal(KOSONG, entry) == hashlib.sha256(text.encode()).hexdigest()
