"""Texts that are nearly alike, word by word: typing errors count little, other words much."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from functools import lru_cache

_SMALL = """yang di ke dari pada dalam untuk dengan dan atau karena oleh tentang terkait atas bagi
ini itu the of for in and"""
STOP_WORDS = frozenset(_SMALL.split())
SURE = 0.8
QUESTION = 0.85


@lru_cache(maxsize=65536)
def similar(one: str, other: str) -> bool:
    """Return whether two words are one with a typing error; numbers and short words are not."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or any(c.isdigit() for c in one + other):
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= SURE


def content(text: str) -> frozenset[str]:
    """Return the words of a folded text that carry its meaning."""
    return frozenset(text.split()) - STOP_WORDS


def unmatched(words: Iterable[str], others: Collection[str]) -> list[str]:
    """Return the words that have no like among the others."""
    return [w for w in words if w not in others and not any(similar(w, o) for o in others)]


def same_name(one: str, other: str) -> bool:
    """Return whether two folded names say the same, but for spelling, order and small words."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    mine, theirs = content(one), content(other)
    if not mine or not theirs:
        return False
    return not unmatched(mine, theirs) and not unmatched(theirs, mine)


def same_question(header: str, question: str) -> bool:
    """Return whether a folded header is this question's text, with some of its words amiss.

    Words may be missing or added; one in the place of another asks something else.
    """
    asked = frozenset(question.split())
    said = [w for w in header.split() if not any(c.isdigit() for c in w)]
    missing = unmatched(asked, said)
    if len(asked) - len(missing) < QUESTION * len(asked):
        return False
    added = unmatched(said, asked)
    return not (content(" ".join(missing)) and content(" ".join(added)))
