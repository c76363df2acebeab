"""Remarks that say nearly the same: two thirds of their words, whatever the endings and the order.

Each text joins the most alike text that stands for a group already, the most frequent first, or
begins a group itself: everybody in a group is alike to the one that is shown. The same remarks
always give the same groups, also where they are carried on from others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain

MIRIP = Fraction(2, 3)
"""Words in common, of all the words of both, from which on two remarks are alike (Jaccard)."""
MOST_COMPARED = 60
"""So many groups at most are compared with one text: 20,000 remarks from few words stay quick."""

Words = frozenset[str]
_Places = Mapping[Words, tuple[int, str]]
"""How often each set was written, negative, and its first text: the order in which they come."""


def group_alike(
    texts: Mapping[str, Words], jumlah: Mapping[str, int], most: int = MOST_COMPARED
) -> dict[str, str]:
    """Return, for each text, the text that stands for its group; that one stands for itself.

    `texts` are their word sets, `jumlah` how often each was written; of equally frequent ones the
    first in the alphabet goes first.

    Only texts that share a rare word are compared: of a set of n words, one of its
    n - ceil(2n/3) + 1 rarest is in every set that is alike to it (prefix filtering, Bayardo, Ma
    and Srikant 2007).
    """
    return Grouping(most).group(texts, jumlah)


class Grouping:
    """Groups that are carried on from texts to other texts, few of which are new or gone.

    A set of words is compared again only if it may end up elsewhere: if it is new, has another
    place in the order, has other rare words, or comes after one that stands for a group as of now,
    or no longer, and shares a rare word with it. All others find the same groups in the same order
    as before.
    """

    def __init__(self, most: int = MOST_COMPARED) -> None:
        self._most = most
        self._rarity: Counter[str] = Counter()
        self._place: _Places = {}
        self._rare: dict[Words, tuple[str, ...]] = {}
        self._leader: dict[Words, Words] = {}

    def group(self, texts: Mapping[str, Words], jumlah: Mapping[str, int]) -> dict[str, str]:
        """Return what `group_alike` returns."""
        same: dict[Words, list[str]] = defaultdict(list)
        for key, words in texts.items():
            same[words].append(key)
        place = {
            words: (-sum([jumlah[key] for key in keys]), min(keys)) for words, keys in same.items()
        }
        rarity = Counter(chain.from_iterable(same))
        rare = self._rare_of(place, rarity)
        leader = self._join(place, rare)
        self._place, self._rarity, self._rare, self._leader = place, rarity, rare, leader
        first = {words: min(keys, key=lambda k: (-jumlah[k], k)) for words, keys in same.items()}
        return {key: first[leader[words]] for key, words in texts.items()}

    def _rare_of(
        self, texts: Iterable[Words], rarity: Counter[str]
    ) -> dict[Words, tuple[str, ...]]:
        """Return the rare words of each set; only those with a word of another rarity change."""
        other = {w for w in rarity.keys() | self._rarity.keys() if rarity[w] != self._rarity[w]}
        found = {}
        for words in texts:
            rare = self._rare.get(words)
            if rare is None or not other.isdisjoint(words):
                rare = _rare_words(words, rarity)
            found[words] = rare
        return found

    def _join(self, place: _Places, rare_of: Mapping[Words, tuple[str, ...]]) -> dict[Words, Words]:
        """Return, for each set, the one that stands for its group."""
        groups, leader = _Groups(self._most), dict[Words, Words]()
        dirty = self._left_behind(place)
        for words in sorted(place, key=place.__getitem__):
            rare, best, before = rare_of[words], self._leader.get(words), self._rare.get(words, ())
            moved = self._place.get(words) != place[words] or rare != before
            if best is None or moved or not dirty.isdisjoint(rare):
                found = groups.find(words, rare)
                stood, stands = best == words, found == words
                if stood != stands or (moved and stands):
                    dirty.update(rare, before)
                best = found
            leader[words] = best
            if best == words:
                groups.add(words, rare)
        return leader

    def _left_behind(self, place: _Places) -> set[str]:
        """Return the rare words of those that stood for a group, and are gone or come later now:
        whatever stood after them finds another list.
        """
        return {
            word
            for words, at in self._place.items()
            if self._leader[words] == words and (words not in place or place[words] > at)
            for word in self._rare[words]
        }


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two word sets are alike."""
    return Fraction(*_likeness(one, other)) >= MIRIP


def _likeness(one: frozenset[str], other: frozenset[str]) -> tuple[int, int]:
    """Return the words in common, and those of both; two empty sets are the same."""
    common = len(one & other)
    return common, (len(one) + len(other) - common)


class _Groups:
    """The texts that stand for groups, by their rare words and their length."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._by_word: dict[str, dict[int, list[Words]]] = {}

    def add(self, words: Words, rare: Sequence[str]) -> None:
        """Let a text stand for a group from now on."""
        for word in rare:
            self._by_word.setdefault(word, {}).setdefault(len(words), []).append(words)

    def find(self, words: Words, rare: Sequence[str]) -> Words:
        """Return the text that this one belongs to: the most alike, the earliest of these; or
        itself.
        """
        best, common, union = words, 0, 1
        for other in self._candidates(rare, len(words)):
            c, u = _likeness(words, other)
            # As whole numbers: a million comparisons of fractions take seconds.
            if c * MIRIP.denominator >= u * MIRIP.numerator and c * union > common * u:
                best, common, union = other, c, u
        return best

    def _candidates(self, rare: Sequence[str], n: int) -> Iterable[Words]:
        """Return the groups that share one of the rare words and are of a like length."""
        found: dict[Words, None] = {}
        sizes = range(_at_least(n), n * MIRIP.denominator // MIRIP.numerator + 1)
        for word in rare:
            held = self._by_word.get(word, {})
            for size in sizes:
                for other in held.get(size, ()):
                    found[other] = None
                    if len(found) >= self._most:
                        return found
        return found


def _rare_words(words: Words, rarity: Mapping[str, int]) -> tuple[str, ...]:
    """Return the rarest words of a set, one of which is in every set that is alike to it."""
    n = len(words)
    return tuple(sorted(words, key=lambda w: (rarity[w], w))[: n - _at_least(n) + 1])


def _at_least(n: int) -> int:
    """Return how many words a set that is alike to one of n words has in common with it."""
    return -(-n * MIRIP.numerator // MIRIP.denominator)
