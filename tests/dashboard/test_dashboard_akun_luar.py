"""The page Akun of an office with an identity provider."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from skm.akun import Peran
from skm.luar.nama import NamaLuar, Orang
from skm.settings import read_settings
from skm.store import Store
from skm.store.account_model import AkunBaru
from tests.dashboard.conftest import Open, html, words

pytestmark = pytest.mark.lambat
ISSUER = "https://sso.kota.example"


@pytest.fixture
def diatur(store: Store) -> Store:
    text = f'issuer = "{ISSUER}"\nclient_id = "skm"\nclient_secret = "x"\n'
    (read_settings().data / "masuk.toml").write_text(text, encoding="utf-8")
    store.add_account(AkunBaru("loket2", frozenset({Peran.OPERATOR}), "x"))
    return store


def fields(at: AppTest) -> set[str]:
    kinds = (at.text_input, at.checkbox)
    return {item.key for kind in kinds for item in kind if item.key}


def save(at: AppTest) -> AppTest:
    return at.button(key="tanya-ya").click().run()


def test_without_a_provider_nothing_asks_for_one(store: Store, dasbor: Open) -> None:
    store.add_account(AkunBaru("loket2", frozenset({Peran.OPERATOR}), "x"))
    at = dasbor("akun")
    at.button(key="akun-tambah").click().run()
    assert "akun-nama" in fields(at)
    assert not fields(at) & {"akun-luar", "akun-tanpa-sandi"}


def test_a_new_account_without_a_password(diatur: Store, dasbor: Open) -> None:
    at = dasbor("akun")
    at.button(key="akun-tambah").click().run()
    at.text_input(key="akun-nama").set_value("loket1")
    at.checkbox(key="akun-tanpa-sandi").check()
    save(at)
    assert "akun kantor" in words(at)  # no way in: refused
    assert [akun.nama for akun in diatur.list_accounts()] == ["loket2"]

    at = dasbor("akun")
    at.button(key="akun-tambah").click().run()
    at.text_input(key="akun-nama").set_value("loket1")
    at.checkbox(key="akun-tanpa-sandi").check()
    at.text_input(key="akun-luar").set_value("Loket1@Kota.Example")
    save(at)
    made = diatur.find_account("loket1")
    assert made.luar == f"{ISSUER}|email|loket1@kota.example"
    assert not made.bersandi
    assert "menunggu akun kantor" in html(dasbor("akun"))


def test_linking_changing_and_unlinking(diatur: Store, dasbor: Open) -> None:
    at = dasbor("akun")
    at.button(key="akun-ubah-loket2").click().run()
    assert "akun-lepas-luar" not in fields(at)
    at.text_input(key="akun-luar").set_value("loket2@kota.example")
    save(at)
    assert diatur.find_account("loket2").luar == f"{ISSUER}|email|loket2@kota.example"

    person = Orang(NamaLuar(ISSUER, "sub", "p-1"), NamaLuar(ISSUER, "email", "loket2@kota.example"))
    assert diatur.dasar.add_login_outside(person)
    at = dasbor("akun")
    assert "terhubung ke akun kantor" in html(at)
    at.button(key="akun-ubah-loket2").click().run()
    assert at.text_input(key="akun-luar").value == ""
    save(at)
    assert diatur.find_account("loket2").luar == f"{ISSUER}|sub|p-1"

    at = dasbor("akun")
    at.button(key="akun-ubah-loket2").click().run()
    at.checkbox(key="akun-lepas-luar").check()
    save(at)
    assert diatur.find_account("loket2").luar == ""
