"""The pages of results as bytes: autoescaped, strict about unknown names, one inline style sheet.

Addresses inside the pages are relative: they hold behind any name and any path.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment

from skm.analysis.suppress import FEWEST
from skm.analysis.tables import HIGHEST, LOWEST, ikm_text, nrr_text, percent_text
from skm.angka import Number, format_change, format_fixed, format_number
from skm.ikm import IKM_PLACES
from skm.laman import make_environment, policy_hash, read_style
from skm.peraturan import tabel_mutu
from skm.periode import find_zone
from skm.pesan import message
from skm.tanggal import day_text, moment_text
from skm.terbitan.etalase import Etalase
from skm.terbitan.poster import method_text
from skm.terbitan.terbitan import Terbitan
from skm.tindak import NAMA_STATUS

TEMPLATES = Path(__file__).resolve().parent / "templat"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = make_environment(TEMPLATES)
    environment.filters |= {
        "ikm": ikm_text,
        "nrr": nrr_text,
        "angka": format_number,
        "persen": percent_text,
        "selisih": lambda value: format_change(value, IKM_PLACES),
        "hari": day_text,
        "lebar": _length,
    }
    return environment


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style sheet, without comments and with little white space."""
    return read_style(TEMPLATES / "hasil.css")


@lru_cache(maxsize=1)
def style_hash() -> str:
    """Return the style sheet's hash as a content security policy names it."""
    return policy_hash(style())


def render_list(etalase: Sequence[Etalase]) -> bytes:
    """Return the list of surveys with published results."""
    return _render("daftar.html", akar="", etalase=etalase)


def render_period(etalase: Etalase, terbitan: Terbitan, akar: str, alamat: str | None) -> bytes:
    """Return the page of a period.

    `akar` leads from the page to where /hasil is; `alamat` is how citizens reach the program.
    """
    zona = find_zone(terbitan.identitas.zona_waktu)

    def moment(waktu: datetime) -> str:
        return moment_text(waktu, zona, terbitan.identitas.zona_waktu)

    return _render(
        "periode.html",
        akar=akar,
        t=terbitan,
        etalase=etalase,
        alamat=alamat,
        cara=method_text(terbitan, terbitan.angka) if terbitan.angka else "",
        lemah={u.kode for u in terbitan.terlemah},
        kelas=tabel_mutu(terbitan.periode.mulai).kelas,
        status=NAMA_STATUS,
        paling_sedikit=FEWEST,
        saat=moment,
        hari_terbit=day_text(terbitan.diterbitkan.astimezone(zona).date()),
    )


def render_sentence(kode: str, akar: str) -> bytes:
    """Return a page with one sentence of the catalogue."""
    return _render("kalimat.html", akar=akar, pesan=message(kode))


def _render(templat: str, **isi: object) -> bytes:
    return _environment().get_template(templat).render(gaya=style(), **isi).encode()


def _length(value: Number | None, highest: int = HIGHEST, lowest: int = LOWEST) -> str:
    """Return how far a value lies between two others, as a length: "91.4%"."""
    share = Fraction(Fraction(value) - lowest, highest - lowest) if value is not None else 0
    return f"{format_fixed(min(max(share, 0), 1) * 100, 1)}%"
