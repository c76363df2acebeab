"""Which unsur a remark is about: by words that anyone can read and change in `kata_saran.toml`.

Words are compared by their stems (Snowball's Indonesian stemmer): the same on both sides, so that
where the stemmer is wrong it is wrong alike.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from snowballstemmer.indonesian_stemmer import IndonesianStemmer

EXACT = "="
"""A word of the dictionary that begins so is compared as it is written."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Kamus:
    """Words by unsur name, remarks that say nothing is missing, and words that tell nothing."""

    kata: Mapping[str, tuple[str, ...]]
    kosong: frozenset[str] = frozenset()
    abaikan: frozenset[str] = frozenset()

    def words_of(self, nama: str) -> Sequence[str]:
        """Return the words of an unsur as a person reads them."""
        return [word.removeprefix(EXACT) for word in self.kata.get(nama, ())]


@lru_cache(maxsize=1)
def built_in() -> Kamus:
    """Return the words that the program brings, by the regulation's short names of the unsur."""
    text = files("skm.analysis").joinpath("kata_saran.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    return Kamus(
        {nama: tuple(words) for nama, words in raw["unsur"].items()},
        frozenset(raw["kosong"]),
        frozenset(raw["abaikan"]),
    )


def plain_key(text: str) -> str:
    """Return a remark without case, punctuation and spacing: what alike ones have in common."""
    return " ".join(_WORD.findall(text.lower()))


def says_nothing(key: str, kamus: Kamus) -> bool:
    """Return whether a remark (its `plain_key`) says no more than that nothing is missing."""
    return not key or key in kamus.kosong


@dataclass(slots=True)
class Pembaca:
    """Reads remarks by a dictionary. It keeps the stems that it has met; one for each thread."""

    kamus: Kamus
    _stemmer: IndonesianStemmer = field(default_factory=IndonesianStemmer)
    _stems: dict[str, str] = field(default_factory=dict)
    _exact: dict[str, list[str]] = field(default_factory=dict)
    _single: dict[str, list[str]] = field(default_factory=dict)
    _phrases: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for nama, words in self.kamus.kata.items():
            for word in words:
                if word.startswith(EXACT):
                    self._exact.setdefault(word.removeprefix(EXACT), []).append(nama)
                elif " " in word:
                    self._phrases.append((f" {' '.join(self.stems(word))} ", nama))
                else:
                    self._single.setdefault(self.stem(word), []).append(nama)

    def stem(self, word: str) -> str:
        """Return a word without what was put before and after it."""
        known = self._stems.get(word)
        if known is None:
            known = self._stems[word] = self._stemmer.stemWord(word)
        return known

    def stems(self, key: str) -> list[str]:
        """Return the stems of a remark's words, in order."""
        return [self.stem(word) for word in key.split()]

    def is_empty(self, key: str) -> bool:
        """Return whether a remark says no more than that nothing is missing."""
        return says_nothing(key, self.kamus)

    def about(self, key: str) -> tuple[str, ...]:
        """Return the unsur that a remark (its `plain_key`) is about, in the dictionary's order."""
        words, stems = key.split(), self.stems(key)
        found = {nama for word in words for nama in self._exact.get(word, ())}
        found.update(nama for stem in stems for nama in self._single.get(stem, ()))
        line = f" {' '.join(stems)} "
        found.update(nama for phrase, nama in self._phrases if phrase in line)
        return tuple(nama for nama in self.kamus.kata if nama in found)

    def content(self, key: str) -> frozenset[str]:
        """Return the stems that tell one remark from another; all of them where none does."""
        words = [word for word in key.split() if word not in self.kamus.abaikan]
        return frozenset(self.stem(word) for word in words) or frozenset(self.stems(key))
