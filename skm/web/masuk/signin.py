"""Comparing what somebody typed with what is stored: one outcome, whatever was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from skm.akun import confirm_code, hash_password, needs_rehash, verify_password
from skm.akun.sandi import check_password_rules
from skm.pesan import SkmError
from skm.store import Store
from skm.store.account_model import Akun


@dataclass(frozen=True, slots=True)
class Isian:
    """What was typed to sign in."""

    nama: str
    sandi: str
    kode: str = ""


def sign_in(store: Store, isian: Isian, now: datetime | None = None) -> str:
    """Return the token of the newly signed-in browser.

    Raises SkmError `masuk-gagal` for a wrong name, password or code alike: which one it was, only
    the audit trail tells, and only of names that exist.
    """
    known = store.secrets_of(isian.nama)
    right = verify_password(isian.sandi, known.sandi_sidik if known else None)
    if known is None or not right:
        store.record_refused(isian.nama if known else "")
        raise SkmError("masuk-gagal")
    langkah = None
    if known.kode_rahasia:
        moment = now or datetime.now(UTC)
        langkah = confirm_code(known.kode_rahasia, isian.kode, moment, known.kode_terakhir)
        if langkah is None:
            store.record_refused(isian.nama)
            raise SkmError("masuk-gagal")
    fresh = hash_password(isian.sandi) if needs_rehash(known.sandi_sidik) else ""
    token = store.add_login(known.akun, langkah=langkah, sidik_baru=fresh)
    if token is None:  # the same code, a moment ago, in another browser
        raise SkmError("masuk-gagal")
    return token


def first_account(store: Store, token: str, nama: str, sandi: str, ulang: str) -> str:
    """Make the first account; return the token of its browser.

    Raises SkmError `sandi-beda`, `sandi-…`, `akun-nama-salah`, `masuk-tautan`.
    """
    _check_new(sandi, ulang, nama)
    made = store.add_first_account(token, nama, hash_password(sandi))
    signed_in = store.add_login(made)
    if signed_in is None:
        raise SkmError("masuk-gagal")
    return signed_in


def change_password(store: Store, akun: Akun, sesi: str, lama: str, sandi: str, ulang: str) -> None:
    """Give oneself another password; every other browser is signed out.

    Raises SkmError `sandi-lama-salah`, `sandi-beda`, `sandi-…`.
    """
    check_old(store, akun, lama)
    _check_new(sandi, ulang, akun.nama)
    store.acting(akun.as_pelaku(sesi)).set_password(akun.nama, hash_password(sandi), sesi)


def set_code(store: Store, akun: Akun, sesi: str, lama: str, rahasia: str, kode: str) -> None:
    """Install an authenticator that has shown that it works.

    Raises SkmError `sandi-lama-salah`, `kode-salah`.
    """
    check_old(store, akun, lama)
    langkah = confirm_code(rahasia, kode, datetime.now(UTC))
    if langkah is None:
        raise SkmError("kode-salah")
    store.acting(akun.as_pelaku(sesi)).set_code(akun.nama, rahasia, langkah, sesi)


def drop_code(store: Store, akun: Akun, sesi: str, lama: str) -> None:
    """Take the authenticator away again. Raises SkmError `sandi-lama-salah`."""
    check_old(store, akun, lama)
    store.acting(akun.as_pelaku(sesi)).set_code(akun.nama, "", sesi=sesi)


def check_old(store: Store, akun: Akun, lama: str) -> None:
    """Raise SkmError `sandi-lama-salah` for whoever found an open browser."""
    known = store.secrets_of(akun.nama)
    if not verify_password(lama, known.sandi_sidik if known else None):
        raise SkmError("sandi-lama-salah")


def _check_new(sandi: str, ulang: str, nama: str) -> None:
    if sandi != ulang:
        raise SkmError("sandi-beda")
    check_password_rules(sandi, nama)
