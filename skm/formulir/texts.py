"""What the form says, in the languages that a survey offers.

The form's own sentences are in TOML files beside this module; a survey's texts, and their
translations, are in the survey file. What a language lacks stays Indonesian.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from skm.pesan import message
from skm.survei import Survei

INDONESIA = "id"
BUILT_IN = ("id", "en")


@lru_cache(maxsize=8)
def _own_texts(bahasa: str) -> dict[str, str]:
    if bahasa not in BUILT_IN:
        return {}
    path = files("skm.formulir") / "teks" / f"{bahasa}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def languages(survei: Survei) -> dict[str, str]:
    """Return the languages of a survey's form by code, with their own names."""
    names = {INDONESIA: _own_texts(INDONESIA)["bahasa"]}
    return names | {kode: bahasa.nama for kode, bahasa in survei.bahasa.items()}


class Teks:
    """The texts of one language; `survei` is None on a page that belongs to no survey."""

    def __init__(self, bahasa: str | None = None, survei: Survei | None = None) -> None:
        offered = BUILT_IN if survei is None else tuple(languages(survei))
        self.bahasa = bahasa if bahasa in offered else INDONESIA
        translated = survei.bahasa.get(self.bahasa) if survei else None
        self._survey_texts = translated.teks if translated else {}

    def __call__(self, kunci: str, /, **isi: object) -> str:
        """Return one of the form's own sentences. Raises KeyError for an unknown key."""
        fallback = _own_texts(INDONESIA)[kunci]
        text = self._survey_texts.get(f"formulir.{kunci}") or _own_texts(self.bahasa).get(kunci)
        return _fill(text or fallback, isi)

    def of(self, kunci: str, asli: str) -> str:
        """Return a survey's text in this language: `asli` is what its file says itself."""
        return self._survey_texts.get(kunci, asli)

    def fault(self, kode: str, /, **isi: object) -> str:
        """Return the sentence for a fault of the answers."""
        text = self._survey_texts.get(f"formulir.{kode}") or _own_texts(self.bahasa).get(kode)
        return _fill(text, isi) if text else message(kode, **isi)


def _fill(text: str, isi: dict[str, object]) -> str:
    # Not `format`: a survey file's own text may hold braces that mean nothing to us.
    for name, value in isi.items():
        text = text.replace("{" + name + "}", str(value))
    return text
