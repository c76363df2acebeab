"""The pages of signing in as bytes: autoescaped, no script, one style sheet inside the page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment
from starlette.responses import HTMLResponse

from skm.akun import role_names
from skm.akun.sandi import SHORTEST
from skm.laman import make_environment, policy_hash, read_style
from skm.pesan import message
from skm.report import qr_svg
from skm.store.account_model import Akun

TEMPLATES = Path(__file__).resolve().parent / "templat"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return make_environment(TEMPLATES)


@lru_cache(maxsize=1)
def _style() -> str:
    return read_style(TEMPLATES / "masuk.css")


@lru_cache(maxsize=1)
def _headers() -> Mapping[str, str]:
    policy = (
        "default-src 'none'",
        f"style-src '{policy_hash(_style())}'",
        "img-src data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def login_page(
    ke: str,
    *,
    ada_akun: bool,
    luar: str = "",
    nama: str = "",
    kabar: str = "",
    galat: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Return the form to sign in; `luar` is the label of the office's own sign-in, if any.

    After `kabar` or `galat` that one asks which account to use, instead of taking the same again.
    """
    again = {"pilih": "1"} if galat or kabar else {}
    return _page(
        "masuk.html",
        status,
        belum=message("masuk-belum"),
        ke=ke,
        ada_akun=ada_akun,
        luar=luar,
        luar_alamat=f"/masuk/luar?{urlencode({'ke': ke} | again)}",
        nama=nama,
        kabar=kabar,
        galat=galat,
    )


def first_page(token: str, nama: str = "", galat: str = "", status: int = 200) -> HTMLResponse:
    """Return the form that makes the first account."""
    return _page("awal.html", status, token=token, nama=nama, galat=galat, terpendek=SHORTEST)


def account_page(
    akun: Akun,
    browsers: int,
    secret: str,
    address: str,
    *,
    luar: bool = False,
    kabar: str = "",
    galat: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Return the page of one's own account; `secret` and `address` are for a new authenticator.

    `luar` says that one may sign in with the office's identity provider.
    """
    picture = b64encode(qr_svg(address)).decode() if address else ""
    return _page(
        "akun.html",
        status,
        akun=akun,
        peran=role_names(akun.peran),
        browsers=browsers,
        secret=secret,
        secret_groups=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        picture=picture,
        luar=luar,
        kabar=kabar,
        galat=galat,
        terpendek=SHORTEST,
    )


def notice_page(galat: str, status: int) -> HTMLResponse:
    """Return a page with one sentence and the way to the sign-in."""
    return _page("kalimat.html", status, galat=galat)


def _page(name: str, status: int, **values: object) -> HTMLResponse:
    text = _environment().get_template(name).render(gaya=_style(), **values)
    return HTMLResponse(text, status, headers=dict(_headers()))
