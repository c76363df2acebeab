"""Remarks sorted by what they are about: words that anyone can read in `kata_saran.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

LAINNYA = "Lainnya"
"""Where a remark stands that no word assigns."""
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class KelompokSaran:
    """Remarks about one unsur (its name, or "Lainnya"): how many, and the most frequent ones.

    A remark about two unsur counts at both.
    """

    unsur: str
    jumlah: int
    contoh: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Kamus:
    """Word stems by unsur name, and remarks that say nothing is missing."""

    kata: Mapping[str, tuple[str, ...]]
    kosong: frozenset[str]


@lru_cache(maxsize=1)
def built_in() -> Kamus:
    """Return the words that the program brings, by the regulation's short names of the unsur."""
    text = files("skm.analysis").joinpath("kata_saran.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    return Kamus(
        {nama: tuple(words) for nama, words in raw["unsur"].items()}, frozenset(raw["kosong"])
    )


def group_remarks(
    remarks: Iterable[str], unsur: Mapping[str, str], contoh: int = 3, kamus: Kamus | None = None
) -> tuple[KelompokSaran, ...]:
    """Return the remarks by unsur, the most remarked first, "Lainnya" last.

    `unsur` gives the survey's name of each unsur by the dictionary's. Remarks alike but for case,
    punctuation and spacing count as one text; those that only say "tidak ada" are left out.
    """
    kamus = kamus or built_in()
    texts: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for remark in remarks:
        key = " ".join(_WORD.findall(remark.lower()))
        if not key or key in kamus.kosong:
            continue
        counts[key] += 1
        clean = _SPACE.sub(" ", remark).strip()
        texts[key] = max(texts.get(key, ""), clean, key=_readability)
    groups: dict[str, list[str]] = {}
    for key in counts:
        for name in _about(key, kamus) or [LAINNYA]:
            groups.setdefault(unsur.get(name, name), []).append(key)
    found = [_group(name, keys, counts, texts, contoh) for name, keys in groups.items()]
    return tuple(sorted(found, key=lambda g: (g.unsur == LAINNYA, -g.jumlah, g.unsur)))


def _about(key: str, kamus: Kamus) -> list[str]:
    """Return the unsur that a remark is about: those with a word that begins with a stem."""
    words = key.split()
    return [
        name
        for name, stems in kamus.kata.items()
        if any(_holds(words, key, stem) for stem in stems)
    ]


def _holds(words: Sequence[str], key: str, stem: str) -> bool:
    if " " in stem:
        return f" {stem}" in f" {key}"
    return any(word.startswith(stem) for word in words)


def _group(
    name: str, keys: Sequence[str], counts: Mapping[str, int], texts: Mapping[str, str], contoh: int
) -> KelompokSaran:
    ordered = sorted(keys, key=lambda k: (-counts[k], texts[k]))
    chosen = tuple((texts[k], counts[k]) for k in ordered[:contoh])
    return KelompokSaran(name, sum(counts[k] for k in keys), chosen)


def _readability(text: str) -> tuple[bool, int, str]:
    """Return which of two like texts is the better one to print: with a capital, the longer."""
    return (text[:1].isupper(), len(text), text)
