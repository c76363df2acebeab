"""Who looks at the pages. Asked anew at every run: a sign-in may have ended meanwhile."""

from __future__ import annotations

from html import escape

import streamlit as st

from skm.akun import Pelaku, role_names
from skm.pesan import SkmError, message
from skm.store import Store

_SESI = "sesi"
"""What `server.trustedUserHeaders` calls the digest that the guard found in the cookie."""


def current_actor(store: Store) -> Pelaku:
    """Return who this run is for. Raises SkmError `masuk-dahulu`."""
    sidik = browser_digest()
    akun = store.login_of(sidik) if sidik else None
    if akun is None:
        raise SkmError("masuk-dahulu")
    return akun.as_pelaku(sidik)


def browser_digest() -> str:
    """Return which browser this is, as the guard told Streamlit when the page connected."""
    found = st.user.to_dict().get(_SESI)
    return found if isinstance(found, str) else ""


def show_signed_out() -> None:
    """Say that one has to sign in again, with the way there."""
    st.warning(message("masuk-dahulu"))
    st.html('<p><a class="skm-tombol" href="/masuk" target="_self">Masuk</a></p>')


def show_actor(pelaku: Pelaku) -> None:
    """Show at the foot of the menu who is signed in, and the way to one's own account."""
    roles = role_names(pelaku.peran)
    part = " · sebagian titik atau layanan" if pelaku.terbatas else ""
    st.html(
        f'<div class="skm-akun"><strong>{escape(pelaku.nama)}</strong>'
        f"<span>{roles}{part}</span>"
        '<a href="/masuk/akun" target="_self">Akun saya dan keluar</a></div>'
    )
