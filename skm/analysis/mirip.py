"""Remarks that say nearly the same: two thirds of their words, whatever the endings and the order.

Each text joins the most alike text that stands for a group already, the most frequent first, or
begins a group itself: everybody in a group is alike to the one that is shown. The same remarks
always give the same groups.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

MIRIP = Fraction(2, 3)
"""Words in common, of all the words of both, from which on two remarks are alike (Jaccard)."""
MOST_COMPARED = 60
"""So many groups at most are compared with one text: 20,000 remarks from few words stay quick."""


def group_alike(
    texts: Mapping[str, frozenset[str]], jumlah: Mapping[str, int], most: int = MOST_COMPARED
) -> dict[str, str]:
    """Return, for each text, the text that stands for its group; that one stands for itself.

    `texts` are word sets in an order that decides between equally frequent ones, `jumlah` how
    often each was written.

    Only texts that share a rare word are compared: of a set of n words, one of its
    n - ceil(2n/3) + 1 rarest is in every set that is alike to it (prefix filtering, Bayardo, Ma
    and Srikant 2007).
    """
    same: dict[frozenset[str], list[str]] = defaultdict(list)
    for key, words in texts.items():
        same[words].append(key)
    rarity = Counter(word for words in same for word in words)
    order = sorted(same, key=lambda words: -sum(jumlah[key] for key in same[words]))
    groups = _Groups(rarity, most)
    leader = {words: groups.join(words) for words in order}
    first = {words: max(keys, key=lambda k: jumlah[k]) for words, keys in same.items()}
    return {key: first[leader[words]] for key, words in texts.items()}


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two word sets are alike."""
    return Fraction(*_likeness(one, other)) >= MIRIP


def _likeness(one: frozenset[str], other: frozenset[str]) -> tuple[int, int]:
    """Return the words in common, and those of both; two empty sets are the same."""
    common = len(one & other)
    return common, (len(one) + len(other) - common)


class _Groups:
    """The texts that stand for groups, by their rare words and their length."""

    def __init__(self, rarity: Mapping[str, int], most: int) -> None:
        self._rarity = rarity
        self._most = most
        self._by_word: dict[str, dict[int, list[frozenset[str]]]] = {}

    def join(self, words: frozenset[str]) -> frozenset[str]:
        """Return the text that this one belongs to: the most alike, the earliest of these."""
        rare = self._rare(words)
        best, common, union = words, 0, 1
        for other in self._candidates(rare, len(words)):
            c, u = _likeness(words, other)
            # As whole numbers: a million comparisons of fractions take seconds.
            if c * MIRIP.denominator >= u * MIRIP.numerator and c * union > common * u:
                best, common, union = other, c, u
        if not common:
            for word in rare:
                self._by_word.setdefault(word, {}).setdefault(len(words), []).append(words)
        return best

    def _candidates(self, rare: Sequence[str], n: int) -> Iterable[frozenset[str]]:
        """Return the groups that share one of the rare words and are of a like length."""
        found: dict[frozenset[str], None] = {}
        sizes = range(_at_least(n), n * MIRIP.denominator // MIRIP.numerator + 1)
        for word in rare:
            held = self._by_word.get(word, {})
            for size in sizes:
                for other in held.get(size, ()):
                    found[other] = None
                    if len(found) >= self._most:
                        return found
        return found

    def _rare(self, words: frozenset[str]) -> list[str]:
        n = len(words)
        return sorted(words, key=lambda w: (self._rarity[w], w))[: n - _at_least(n) + 1]


def _at_least(n: int) -> int:
    """Return how many words a set that is alike to one of n words has in common with it."""
    return -(-n * MIRIP.numerator // MIRIP.denominator)
