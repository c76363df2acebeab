"""The pages Akun and Jejak audit, and buttons that outlive the right to press them."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from skm.akun import Batas, Pelaku, Peran, hash_password, verify_password
from skm.dashboard import identity
from skm.pesan import message
from skm.store import Store
from skm.store.account_model import AkunBaru
from skm.store.logins import digest_of
from skm.store.schema import jejak
from tests.dashboard.conftest import CONTOH, Open, html, press, words

pytestmark = pytest.mark.lambat

SANDI = "kuda biru naik sepeda"


@pytest.fixture
def admin(store: Store) -> Store:
    """A store with one admin in it."""
    store.add_account(AkunBaru("admin.skm", frozenset({Peran.ADMIN}), hash_password(SANDI)))
    return store


def test_a_new_account_gets_a_password_that_is_shown_once(dasbor: Open, admin: Store) -> None:
    at = dasbor("akun")
    at.button(key="akun-tambah").click().run()
    at.text_input(key="akun-nama").set_value("loket.3")
    at.multiselect(key="akun-titik").set_value(["dinas"])
    at.button(key="tanya-ya").click().run()
    shown = re.search(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}", words(at))
    assert shown is not None
    known = admin.secrets_of("loket.3")
    assert known is not None
    assert verify_password(shown.group(), known.sandi_sidik)
    assert known.akun.peran == {Peran.OPERATOR}
    assert known.akun.batas == (Batas(CONTOH, frozenset({"dinas"})),)
    assert shown.group() not in words(at.run())


def test_roles_are_changed_and_the_last_admin_stays(dasbor: Open, admin: Store) -> None:
    at = dasbor("akun")
    at.button(key="akun-ubah-admin.skm").click().run()
    at.multiselect(key="akun-peran").set_value([Peran.MANAJER])
    at.button(key="tanya-ya").click().run()
    assert words(at) == message("akun-admin-terakhir")
    at.button(key="akun-ubah-admin.skm").click().run()
    at.multiselect(key="akun-peran").set_value([Peran.ADMIN, Peran.PEMERIKSA])
    at.button(key="tanya-ya").click().run()
    assert admin.find_account("admin.skm").peran == {Peran.ADMIN, Peran.PEMERIKSA}


def test_switched_off_and_on_again(dasbor: Open, admin: Store) -> None:
    admin.add_account(AkunBaru("loket.3", frozenset({Peran.OPERATOR}), hash_password(SANDI)))
    at = press(dasbor("akun"), "akun-aktif-loket.3")
    assert not admin.find_account("loket.3").aktif
    assert "nonaktif" in html(at)
    press(at, "akun-aktif-loket.3")
    assert admin.find_account("loket.3").aktif


def test_the_trail_is_filtered_and_proved(dasbor: Open, admin: Store) -> None:
    at = dasbor("jejak")
    assert "Akun dibuat" in html(at)
    at.selectbox(key="jejak-tindakan").set_value("survei-simpan").run()
    assert "Akun dibuat" not in html(at)
    assert "Survei disimpan" in html(at)
    assert "/unduh/jejak-audit.csv?tindakan=survei-simpan" in html(at)
    at.button(key="jejak-periksa").click().run()
    assert str(admin.examine_trail().ujung) in words(at)
    with admin.engine.begin() as conn:
        conn.execute(update(jejak).where(jejak.c.nomor == 2).values(pelaku="orang lain"))
    at.button(key="jejak-periksa").click().run()
    assert words(at) == message("audit-berubah", nomor=2)


@pytest.mark.parametrize(
    ("meanwhile", "kode"),
    [
        (lambda s: s.change_account("pimpinan", peran=frozenset({Peran.PEMERIKSA})), "hak-kurang"),
        (lambda s: s.end_logins("pimpinan"), "masuk-dahulu"),
        (lambda s: s.change_account("pimpinan", aktif=False), "masuk-dahulu"),
    ],
)
def test_a_button_outlives_no_right(
    dasbor: Open, admin: Store, monkeypatch: pytest.MonkeyPatch, meanwhile, kode: str
) -> None:
    """A page stands open; what it was drawn for has been taken away when its button is pressed."""
    akun = admin.add_account(AkunBaru("pimpinan", frozenset({Peran.MANAJER}), hash_password(SANDI)))
    token = admin.add_login(akun)
    assert token is not None
    drawn = Pelaku("pimpinan", akun.peran, sesi=digest_of(token))
    monkeypatch.setattr(identity, "current_actor", lambda _: drawn)
    at = dasbor("laporan", periode="2024-T4")
    at.button(key="tutup").click().run()
    meanwhile(admin)
    at.button(key="tanya-ya").click().run()
    assert words(at).endswith(message(kode))
    assert admin.closings(CONTOH) == ()
