"""Accounts of people whom the office's identity provider vouches for."""

from __future__ import annotations

import json
from threading import Thread

import pytest

from skm.akun import Pelaku, Peran, Tindakan
from skm.luar.nama import NamaLuar, Orang
from skm.pesan import SkmError
from skm.store import Store
from skm.store.account_model import AkunBaru
from skm.store.logins import digest_of

ISSUER, LAIN = "https://sso.kota.example", "https://sso.lain.example"
OPERATOR = frozenset({Peran.OPERATOR})
ADMIN = frozenset({Peran.ADMIN})


def nama(text: str, issuer: str = ISSUER, klaim: str = "email") -> NamaLuar:
    return NamaLuar(issuer, klaim, text)


def orang(sub: str, text: str = "loket1@kota.example", issuer: str = ISSUER) -> Orang:
    return Orang(NamaLuar(issuer, "sub", sub), nama(text, issuer))


@pytest.fixture
def loket1(store: Store) -> str:
    store.add_account(AkunBaru("admin.skm", ADMIN, "x"))
    store.add_account(AkunBaru("loket1", OPERATOR, "", luar=str(nama("loket1@kota.example"))))
    return "loket1"


def whose(store: Store, token: str | None) -> str | None:
    assert token is not None
    akun = store.login_of(digest_of(token))
    return akun.nama if akun else None


def last(store: Store) -> tuple[str, str, str, dict[str, object]]:
    entry = store.trail(limit=1)[0]
    return entry.pelaku, entry.tindakan, entry.objek, json.loads(entry.sesudah or "{}")


def test_the_first_sign_in_binds_the_account(store: Store, loket1: str) -> None:
    assert whose(store, store.add_login_outside(orang("p-1"))) == "loket1"
    assert store.find_account(loket1).luar == f"{ISSUER}|sub|p-1"
    done = {"lewat": "akun kantor", "akun": "dihubungkan"}
    assert last(store) == ("loket1", Tindakan.MASUK, "loket1", done)
    assert whose(store, store.add_login_outside(orang("p-1"))) == "loket1"
    assert last(store)[3] == {"lewat": "akun kantor"}


def test_a_new_address_of_the_same_person(store: Store, loket1: str) -> None:
    store.add_login_outside(orang("p-1"))
    token = store.add_login_outside(orang("p-1", "loket1.baru@kota.example"))
    assert whose(store, token) == loket1


def test_an_address_that_went_to_somebody_else(store: Store, loket1: str) -> None:
    store.add_login_outside(orang("p-1"))
    assert store.add_login_outside(orang("p-2")) is None
    assert store.find_account(loket1).luar == f"{ISSUER}|sub|p-1"


def test_the_same_address_at_another_provider_and_in_another_claim(
    store: Store, loket1: str
) -> None:
    assert store.add_login_outside(orang("p-1", issuer=LAIN)) is None
    other = Orang(
        NamaLuar(ISSUER, "sub", "p-1"), nama("loket1@kota.example", klaim="preferred_username")
    )
    assert store.add_login_outside(other) is None
    assert store.find_account(loket1).luar == str(nama("loket1@kota.example"))


def test_nobody_is_made_an_account(store: Store, loket1: str) -> None:
    before = store.list_accounts()
    assert store.add_login_outside(orang("p-9", "orang.lain@kota.example")) is None
    assert store.list_accounts() == before
    assert last(store) == ("sistem", Tindakan.MASUK_GAGAL, "", {"lewat": "akun kantor"})
    trail = "".join(e.sesudah + e.objek for e in store.trail(limit=50))
    assert "orang.lain" not in trail and "p-9" not in trail


@pytest.mark.parametrize("bound", [True, False])
def test_an_account_that_is_switched_off(store: Store, loket1: str, bound: bool) -> None:
    if bound:
        store.add_login_outside(orang("p-1"))
    luar = store.change_account(loket1, aktif=False).luar
    assert store.add_login_outside(orang("p-1")) is None
    assert last(store) == ("sistem", Tindakan.MASUK_GAGAL, "loket1", {"lewat": "akun kantor"})
    assert store.find_account(loket1).luar == luar


def test_switched_off_and_another_account_waits_for_the_same_name(
    store: Store, loket1: str
) -> None:
    store.add_login_outside(orang("p-1"))
    store.change_account(loket1, aktif=False)
    store.add_account(AkunBaru("loket1.2", OPERATOR, "", luar=str(nama("loket1@kota.example"))))
    assert store.add_login_outside(orang("p-1")) is None


def test_another_person_for_an_account_ends_its_browsers(store: Store, loket1: str) -> None:
    token = store.add_login_outside(orang("p-1"))
    assert token is not None
    store.change_account(loket1, luar=str(nama("loket2@kota.example")))
    assert store.login_of(digest_of(token)) is None
    assert last(store)[3]["luar_diganti"] is True
    assert store.add_login_outside(orang("p-1")) is None
    assert whose(store, store.add_login_outside(orang("p-2", "loket2@kota.example"))) == loket1


def test_other_changes_leave_browsers_signed_in(store: Store, loket1: str) -> None:
    token = store.add_login_outside(orang("p-1"))
    store.change_account(loket1, peran=frozenset({Peran.PEMERIKSA}))
    assert whose(store, token) == loket1
    assert "luar_diganti" not in last(store)[3]


def test_one_name_is_one_account(store: Store, loket1: str) -> None:
    luar = str(nama("loket1@kota.example"))
    with pytest.raises(SkmError) as caught:
        store.add_account(AkunBaru("loket1.2", OPERATOR, "", luar=luar))
    assert caught.value.kode == "luar-nama-terpakai"
    store.add_account(AkunBaru("loket1.2", OPERATOR, ""))
    with pytest.raises(SkmError) as caught:
        store.change_account("loket1.2", luar=luar)
    assert caught.value.kode == "luar-nama-terpakai"
    store.change_account(loket1, luar=luar)  # its own


def test_two_browsers_of_one_person_at_the_same_moment(store: Store, loket1: str) -> None:
    tokens: list[str | None] = []

    def enter() -> None:
        tokens.append(store.add_login_outside(orang("p-1")))

    threads = [Thread(target=enter) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [whose(store, token) for token in tokens] == [loket1] * 6
    first = [e for e in store.trail(limit=50) if "dihubungkan" in e.sesudah]
    assert len(first) == 1


def test_only_the_program_signs_people_in(store: Store, loket1: str) -> None:
    with pytest.raises(SkmError) as caught:
        store.acting(Pelaku("admin.skm", ADMIN)).add_login_outside(orang("p-1"))
    assert caught.value.kode == "hak-kurang"


def test_no_password_opens_an_account_without_one(store: Store, loket1: str) -> None:
    from skm.web.masuk.signin import Isian, sign_in

    for sandi in ("", "apa saja"):
        with pytest.raises(SkmError) as caught:
            sign_in(store, Isian(loket1, sandi))
        assert caught.value.kode == "masuk-gagal"
