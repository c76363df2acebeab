"""The page as HTML: what it needs to know of the survey stands in it as data, never as a script."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from starlette.responses import HTMLResponse

from skm.entri import SETIAP, open_periods
from skm.intake.fold import fold
from skm.intake.privacy import MAX_SARAN
from skm.laman import make_environment
from skm.peraturan.unsur import unsur_baku
from skm.survei import Pertanyaan, Profil, Survei
from skm.web.entri.assets import files, folder_name
from skm.web.entri.read import LAST_NUMBER

HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src data:",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        )
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_HURUF = "abcd"


def entry_page(survei: Survei, today: date) -> HTMLResponse:
    """Return the page for keying sheets of a survey."""
    return _render(
        "entri.html",
        200,
        survei=survei,
        hari_ini=today.isoformat(),
        pertanyaan=[_question(q) for q in survei.kuesioner.pertanyaan],
        periode=open_periods(survei, today),
        setiap=[(k, 100 // k) for k in SETIAP],
        angka_terbesar=LAST_NUMBER,
        saran_terpanjang=MAX_SARAN,
        dasbor=f"/unggah?survei={quote(survei.id)}",
        data=json.dumps(page_data(survei), ensure_ascii=False),
    )


def sorry_page(pesan: str, status: int) -> HTMLResponse:
    """Return a page with one sentence."""
    return _render("maaf.html", status, pesan=pesan)


def page_data(survei: Survei) -> dict[str, Any]:
    """Return what the script needs to know of the survey."""
    base = f"/entri/{quote(survei.id)}"
    return {
        "survei": survei.id,
        "versi": survei.kuesioner.versi,
        "alamat": base,
        "pertanyaan": [_question(q) for q in survei.kuesioner.pertanyaan],
        "layanan": [{"kode": item.kode, "teks": item.nama} for item in survei.layanan],
        "titik": [{"kode": item.kode, "teks": item.nama} for item in survei.titik],
        "profil": [_profile(p) for p in survei.profil],
    }


def short_name(nama: str) -> str:
    """Return the name of an unsur as it fits above a box: the regulation's short one."""
    known = _short_names().get(fold(nama))
    return known.partition(",")[0] if known else nama


@lru_cache(maxsize=1)
def _short_names() -> dict[str, str]:
    return {
        fold(name): unsur.pendek
        for unsur in unsur_baku()
        for name in (unsur.nama, unsur.pendek, *unsur.alias)
    }


def _question(question: Pertanyaan) -> dict[str, Any]:
    options = [
        {"huruf": letter, "nilai": str(option.nilai), "teks": option.teks}
        for letter, option in zip(_HURUF, question.pilihan, strict=True)
    ]
    return {
        "kode": question.kode,
        "pendek": short_name(question.unsur),
        "teks": question.teks,
        "pilihan": options,
    }


def _profile(profil: Profil) -> dict[str, Any]:
    return {
        "kode": profil.kode,
        "label": profil.label,
        "satuan": profil.satuan,
        "pilihan": [{"kode": o.kode, "teks": o.teks} for o in profil.pilihan],
        "kelompok": [{"teks": k.teks, "dari": k.dari, "sampai": k.sampai} for k in profil.kelompok],
    }


@lru_cache(maxsize=1)
def _environment() -> Environment:
    folder = Path(__file__).resolve().parent / "templat"
    return make_environment(folder)


def _render(templat: str, status: int, **context: object) -> HTMLResponse:
    html = (
        _environment()
        .get_template(templat)
        .render(
            aset=f"/entri/aset/{folder_name()}",
            modul=[name for name in files() if name.endswith(".js") and name != "mulai.js"],
            **context,
        )
    )
    return HTMLResponse(html, status_code=status, headers=HEADERS)
