"""How an account names a person of the identity provider."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.luar.nama import NamaLuar, clean_outside
from skm.pesan import SkmError

ISSUER = "https://sso.kota.example/realms/pegawai"


def test_it_is_read_back_as_written() -> None:
    nama = NamaLuar(ISSUER, "email", "loket1@kota.example")
    assert str(nama) == "https://sso.kota.example/realms/pegawai|email|loket1@kota.example"
    assert NamaLuar.parse(str(nama)) == nama
    assert not nama.terhubung


@given(nilai=st.text(min_size=1))
def test_whatever_a_person_is_called_there(nilai: str) -> None:
    nama = NamaLuar(ISSUER, "sub", nilai)
    assert NamaLuar.parse(str(nama)) == nama
    assert nama.terhubung


def test_nothing_names_nobody() -> None:
    assert NamaLuar.parse("") is None


@pytest.mark.parametrize(
    ("klaim", "text", "expected"),
    [
        ("email", " Loket1.S@Kota.Example ", "loket1.s@kota.example"),
        ("preferred_username", " Loket1.S ", "Loket1.S"),
        ("nip", "198001012005011001", "198001012005011001"),
    ],
)
def test_only_addresses_are_made_small(klaim: str, text: str, expected: str) -> None:
    assert clean_outside(klaim, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "loket1", "@kota.example", "loket1@", "loket1 s@kota.example",
        "loket1\n@kota.example",
        "a" * 250 + "@kota.example",
        "\u212aadis@kota.example",  # KELVIN SIGN, whose small letter is an ordinary k
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(SkmError) as caught:
        clean_outside("email", text)
    assert caught.value.kode == "luar-nama-salah"


@pytest.mark.parametrize(
    "text", ["loket1@lain.example", "loket1@sub.kota.example", "loket1@kota.example@lain.example"]
)
def test_only_the_offices_own_domain(text: str) -> None:
    assert clean_outside("email", "loket1@kota.example", "kota.example") == "loket1@kota.example"
    with pytest.raises(SkmError) as caught:
        clean_outside("email", text, "kota.example")
    assert caught.value.kode == "luar-domain"
