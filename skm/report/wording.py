"""The sentences of a poster, in Indonesian and in one more language where it is asked for."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field
from functools import lru_cache

from skm.pesan import SkmError
from skm.report.document import TEMPLATES, plain
from skm.survei import Survei

QUESTIONS_A_MINUTE = 10
_KEYS = ("tanya", "cara", "ketik", "anonim")


@dataclass(frozen=True, slots=True)
class Kalimat:
    """What a poster says: the question, how to answer, where to type, and the promise."""

    bahasa: str
    tanya: str
    cara: str
    ketik: str
    anonim: str

    def as_data(self) -> dict[str, str]:
        """Return the sentences for a template."""
        return asdict(self)


def poster_wording(survei: Survei, bahasa: str = "id") -> Kalimat:
    """Return the sentences in `bahasa`; the survey's own `poster.…` texts come before ours.

    Raises SkmError `poster-bahasa` when a sentence exists in neither.
    """
    ours = _built_in().get(bahasa, _Bahasa())
    own = survei.bahasa[bahasa].teks if bahasa in survei.bahasa else {}
    asked = len(survei.kuesioner.pertanyaan)
    filled = {
        "{jumlah}": _in_words(asked, ours.bilangan),
        "{menit}": _in_words(-(-asked // QUESTIONS_A_MINUTE), ours.menit),
    }
    texts: dict[str, str] = {}
    for key in _KEYS:
        text = own.get(f"poster.{key}") or ours.kalimat.get(key)
        if text is None:
            missing = ", ".join(f"poster.{k}" for k in _KEYS)
            raise SkmError("poster-bahasa", bahasa=bahasa, kunci=missing)
        for mark, value in filled.items():  # not str.format: an office may write any brace
            text = text.replace(mark, value)
        texts[key] = plain(text)
    return Kalimat(bahasa, **texts)


@dataclass(frozen=True, slots=True)
class _Bahasa:
    kalimat: dict[str, str] = field(default_factory=dict)
    bilangan: tuple[str, ...] = ()
    menit: tuple[str, ...] = ()


def _in_words(number: int, words: tuple[str, ...]) -> str:
    return words[number - 1] if 0 < number <= len(words) else str(number)


@lru_cache(maxsize=1)
def _built_in() -> dict[str, _Bahasa]:
    tables = tomllib.loads((TEMPLATES / "teks.toml").read_text(encoding="utf-8"))
    return {
        bahasa: _Bahasa(
            {key: table[key] for key in _KEYS}, tuple(table["bilangan"]), tuple(table["menit"])
        )
        for bahasa, table in tables.items()
    }
