"""Remarks sorted by what they are about, as the report prints them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skm.analysis.kamus import Kamus, Pembaca, built_in, plain_key

LAINNYA = "Lainnya"
"""Where a remark stands that no word assigns."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class KelompokSaran:
    """Remarks about one unsur (its name, or "Lainnya"): how many, and the most frequent ones.

    A remark about two unsur counts at both.
    """

    unsur: str
    jumlah: int
    contoh: tuple[tuple[str, int], ...]


def group_remarks(
    remarks: Iterable[str], unsur: Mapping[str, str], contoh: int = 3, kamus: Kamus | None = None
) -> tuple[KelompokSaran, ...]:
    """Return the remarks by unsur, the most remarked first, "Lainnya" last.

    `unsur` gives the survey's name of each unsur by the dictionary's. Remarks alike but for case,
    punctuation and spacing count as one text; those that only say "tidak ada" are left out.
    """
    reader = Pembaca(kamus or built_in())
    texts: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for remark in remarks:
        key = plain_key(remark)
        if reader.is_empty(key):
            continue
        counts[key] += 1
        clean = _SPACE.sub(" ", remark).strip()
        texts[key] = max(texts.get(key, ""), clean, key=readability)
    groups: dict[str, list[str]] = {}
    for key in counts:
        for name in reader.about(key) or [LAINNYA]:
            groups.setdefault(unsur.get(name, name), []).append(key)
    found = [_group(name, keys, counts, texts, contoh) for name, keys in groups.items()]
    return tuple(sorted(found, key=lambda g: (g.unsur == LAINNYA, -g.jumlah, g.unsur)))


def _group(
    name: str, keys: Sequence[str], counts: Mapping[str, int], texts: Mapping[str, str], contoh: int
) -> KelompokSaran:
    ordered = sorted(keys, key=lambda k: (-counts[k], texts[k]))
    chosen = tuple((texts[k], counts[k]) for k in ordered[:contoh])
    return KelompokSaran(name, sum(counts[k] for k in keys), chosen)


def readability(text: str) -> tuple[bool, int, str]:
    """Return which of two like texts is the better one to print: with a capital, the longer."""
    return (text[:1].isupper(), len(text), text)
