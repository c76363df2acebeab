"""Which groups and periods stay hidden, so that nobody's answers follow from published figures.

A group of 1-4 answers is hidden. So is whatever would give it away by subtraction: other groups
(unit less shown groups) and parts of a period (semester less one triwulan is the other).

Why that is enough. Take the worst case: a reader knows everything about every shown group in every
triwulan, and the unit's totals of every triwulan. Hidden are the same groups in all periods of a
year, so of them he has one sum a triwulan, over all of them together; whatever he adds or subtracts
holds either all hidden groups of a triwulan or none. That sum is of at least five answers in every
triwulan (`hidden_groups`), hence in every semester and year made of them; a group of 1-4 is never
behind it alone, for alone it would be the sum. Counts, sums of values (IKM times respondents) and
means of triwulan are all such sums over the same sets. Groups that are hidden stay hidden:
`hidden_groups` only ever adds, so that pages kept from before show nothing new beside later ones.

Not covered: what someone knows from elsewhere (a respondent knows his own answer); tables of two
dimensions, which are not published; and the unit's own figures where an older page was kept: of a
period that is corrected and published anew, or of a triwulan whose neighbour turns out small later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from skm.periode import Jenis, Periode

FEWEST = 5
"""The smallest number of answers that a published figure may be made of."""
Counts = Mapping[str, int]


def is_small(n: int) -> bool:
    """Return whether a figure of `n` answers would be somebody's answers."""
    return 0 < n < FEWEST


def hidden_groups(tables: Sequence[Counts], hidden: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return `hidden` with every group that must be hidden as well.

    Each table has the answers by group of one period that no other one divides; the groups'
    sums over any of these periods are safe then. A table with fewer than five answers in all
    cannot be made safe: its period must not be shown (`open_periods`).
    """
    found = set(hidden)
    found |= {group for table in tables for group, n in table.items() if is_small(n)}
    sizes: Counter[str] = Counter()
    for table in tables:
        sizes.update(table)
    while (group := _next_to_hide(tables, found, sizes)) is not None:
        found.add(group)
    return frozenset(found)


def _next_to_hide(tables: Sequence[Counts], hidden: Collection[str], sizes: Counts) -> str | None:
    """Return the smallest group of a table whose hidden ones could be had by subtraction."""
    for table in tables:
        behind = [n for group, n in table.items() if n and group in hidden]
        shown = [group for group, n in table.items() if n and group not in hidden]
        if shown and is_small(sum(behind)):
            return min(shown, key=lambda group: (sizes[group], group))
    return None


def open_periods(answers: Mapping[Periode, int], langsung: Collection[Periode]) -> set[Periode]:
    """Return the periods of one year whose own figures may be shown.

    `answers` are by stored period; the parts of a period in `langsung` have no figures of their
    own. Where one part of a period is small, no part is shown: the others would give it away.
    """
    if sum(answers.values()) < FEWEST:
        return set()
    year = Periode(Jenis.TAHUN, next(iter(answers)).tahun)
    return {year, *_inside(year, answers, langsung)}


def _inside(
    periode: Periode, answers: Mapping[Periode, int], langsung: Collection[Periode]
) -> set[Periode]:
    if periode in langsung or periode.jenis is Jenis.TRIWULAN:
        return set()
    undivided = answers.get(periode, 0)
    if is_small(undivided) or any(is_small(_total(p, answers)) for p in periode.children):
        return set()
    return {
        found for part in periode.children for found in (part, *_inside(part, answers, langsung))
    }


def _total(periode: Periode, answers: Mapping[Periode, int]) -> int:
    return sum(n for stored, n in answers.items() if periode.contains(stored))


def smallest_around(periode: Periode, terbuka: Collection[Periode]) -> Periode | None:
    """Return the shortest of the open periods that holds a stored one."""
    around = [p for p in terbuka if p.contains(periode)]
    return min(around, key=lambda p: p.jenis.value, default=None)
