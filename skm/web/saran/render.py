"""The pages of replies as bytes: autoescaped, strict about unknown names, one inline style."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment

from skm.formulir import Teks as TeksFormulir
from skm.laman import make_environment, policy_hash, read_style
from skm.store import StatusSaran, Tanggapan
from skm.survei import Survei

HERE = Path(__file__).resolve().parent
BAHASA = ("id", "en")
WAITING = frozenset({StatusSaran.BARU, StatusSaran.PERLU, StatusSaran.DITINDAK})
"""While a remark has one of these, a reply may still come."""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return make_environment(HERE / "templat")


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style sheet, without comments and with little white space."""
    return read_style(HERE / "templat" / "saran.css")


@lru_cache(maxsize=1)
def style_hash() -> str:
    """Return the style sheet's hash as a content security policy names it."""
    return policy_hash(style())


@lru_cache(maxsize=2)
def _texts(bahasa: str) -> dict[str, str]:
    return tomllib.loads((HERE / "teks" / f"{bahasa}.toml").read_text(encoding="utf-8"))


class Teks:
    """The sentences of one language; one that is not offered is Indonesian."""

    def __init__(self, bahasa: str | None) -> None:
        self.bahasa = bahasa if bahasa in BAHASA else BAHASA[0]

    def __call__(self, kunci: str, /, **isi: object) -> str:
        """Return a sentence. Raises KeyError for an unknown key."""
        return _texts(self.bahasa)[kunci].format(**isi)


def render_reply(
    survei: Survei, kode: str, tanggapan: Tanggapan, bahasa: str | None, akar: str
) -> bytes:
    """Return what became of a remark: its state, the reply and its day; never the remark.

    `akar` leads from the page to where /saran is.
    """
    dibalas = tanggapan.dibalas
    teks = Teks(bahasa)
    hari = _day(dibalas.astimezone(survei.zona).date(), teks) if dibalas else ""
    return _render(
        "balasan.html",
        teks,
        teks("judul"),
        akar,
        unit=TeksFormulir(teks.bahasa, survei).of("unit", survei.unit),
        kode=kode,
        status=tanggapan.status.value,
        balasan=tanggapan.balasan,
        hari=hari,
        menunggu=tanggapan.status in WAITING,
        bulan=survei.formulir.simpan_bulan,
    )


def render_search(bahasa: str | None, akar: str) -> bytes:
    """Return the page to type a code on."""
    teks = Teks(bahasa)
    return _render("cari.html", teks, teks("cari-judul"), akar, kalimat="", boleh=True)


def render_sentence(kunci: str, bahasa: str | None, akar: str, menit: int = 0) -> bytes:
    """Return a page with one sentence: not found, wait, out of order; and the field to try again,
    unless one has to wait.
    """
    teks = Teks(bahasa)
    sentence = teks(f"{kunci}-isi", menit=menit)
    title = teks(f"{kunci}-judul")
    return _render("cari.html", teks, title, akar, kalimat=sentence, boleh=kunci == "tidak-ada")


def _day(day: date, teks: Teks) -> str:
    return f"{day.day} {teks('nama-bulan').split()[day.month - 1]} {day.year}"


def _render(templat: str, teks: Teks, judul: str, akar: str, **isi: object) -> bytes:
    page = (
        _environment()
        .get_template(templat)
        .render(
            teks=teks,
            judul=judul,
            akar=akar,
            gaya=style(),
            bahasa={kode: _texts(kode)["bahasa"] for kode in BAHASA},
            **{"unit": "Survei Kepuasan Masyarakat", **isi},
        )
    )
    return page.encode()
