"""Accounts, sign-ins and raw tables for the store's tests of who may do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from skm.akun import Batas, Pelaku, Peran
from skm.pesan import SkmError
from skm.store import Store
from skm.store.account_model import Akun, AkunBaru
from skm.store.logins import digest_of

DINAS = Batas("kecil", frozenset({"dinas"}))


def account(store: Store, nama: str, *peran: Peran, batas: tuple[Batas, ...] = ()) -> Akun:
    """A new account."""
    return store.add_account(AkunBaru(nama, frozenset(peran), f"sidik-{nama}", batas))


def signed_in(store: Store, akun: Akun) -> Pelaku:
    """Whoever acts from a browser that has just signed in."""
    token = store.add_login(akun)
    assert token is not None
    return akun.as_pelaku(digest_of(token))


def kode_of(work: Callable[[], object]) -> str:
    """The code of the fault that a call ends with; '' for none."""
    try:
        work()
    except SkmError as error:
        return error.kode
    return ""


def refuses(kode: str, work: Callable[[], object]) -> None:
    """A call that must end with this fault."""
    with pytest.raises(SkmError) as found:
        work()
    assert found.value.kode == kode


def execute(store: Store, sql: str, **values: Any) -> None:
    """Change the tables behind the program's back."""
    with store.engine.begin() as conn:
        conn.execute(text(sql), values)


def everything(store: Store) -> str:
    """All that is stored, as text."""
    from skm.store.schema import metadata

    with store.engine.connect() as conn:
        return "\n".join(
            str(tuple(row)) for t in metadata.sorted_tables for row in conn.execute(t.select())
        )
