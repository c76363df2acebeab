"""A sign-in for the pages that need one."""

from __future__ import annotations

import secrets

from skm.akun import Peran, hash_password
from skm.store import Store
from skm.store.account_model import AkunBaru
from skm.web.masuk.cookie import COOKIE

NAMA = "pengukur"


def sign_in(store: Store) -> tuple[str, str]:
    """Return the name and the value of the cookie of a new sign-in with every role."""
    known = {akun.nama: akun for akun in store.list_accounts()}
    akun = known.get(NAMA)
    if akun is None:
        hashed = hash_password(secrets.token_urlsafe(24))
        akun = store.add_account(AkunBaru(NAMA, frozenset(Peran), hashed))
    return COOKIE, store.add_login(akun) or ""
