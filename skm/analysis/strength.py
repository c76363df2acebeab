"""Strong and weak unsur, ties stated (LKIP 3.2.2: kekuatan and kelemahan per period)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from skm.angka import round_half_up
from skm.ikm import IKM_PLACES, Hasil, HasilUnsur

COUNT = 3


@dataclass(frozen=True, slots=True)
class Sorotan:
    """The strongest or weakest unsur, the most extreme first, and a sentence about ties.

    More than three where the third place is shared; fewer where it is shared with the other end;
    none where all unsur print alike.
    """

    unsur: tuple[HasilUnsur, ...]
    catatan: str = ""


def strongest(hasil: Hasil, count: int = COUNT) -> Sorotan:
    """Return the unsur with the highest IKM."""
    return _extreme(hasil, count, highest=True)


def weakest(hasil: Hasil, count: int = COUNT) -> Sorotan:
    """Return the unsur with the lowest IKM, the lowest first."""
    return _extreme(hasil, count, highest=False)


def printed_ikm(unsur: HasilUnsur) -> Decimal:
    """Return the IKM of a filled unsur as printed: unsur that print alike are tied."""
    if unsur.ikm is None:
        raise ValueError(unsur.kode)
    return round_half_up(unsur.ikm, IKM_PLACES)


def _extreme(hasil: Hasil, count: int, *, highest: bool) -> Sorotan:
    filled = sorted(hasil.terisi, key=lambda u: u.ikm or 0, reverse=highest)
    if not filled:
        return Sorotan((), "Belum ada jawaban.")
    # Of four unsur, three cannot be both strong and weak.
    count = max(1, min(count, len(filled) // 2))
    values = [printed_ikm(u) for u in filled]
    if len(filled) > 1 and values[0] == values[-1]:
        return Sorotan((), "Semua unsur bernilai sama.")
    edge = values[count - 1]
    if len(filled) > 1 and edge == values[-count]:
        # The unsur at the edge are as strong as they are weak: they belong to neither end.
        shared = [u for u in filled if printed_ikm(u) == edge]
        chosen = filled[: values.index(edge)]
        return Sorotan(tuple(chosen), " ".join(n for n in (_ties(chosen), _same(shared)) if n))
    chosen = [u for u in filled if (printed_ikm(u) >= edge if highest else printed_ikm(u) <= edge)]
    return Sorotan(tuple(chosen), _ties(chosen))


def _ties(chosen: Sequence[HasilUnsur]) -> str:
    groups: dict[Decimal, list[HasilUnsur]] = {}
    for unsur in chosen:
        groups.setdefault(printed_ikm(unsur), []).append(unsur)
    return " ".join(_same(group) for group in groups.values() if len(group) > 1)


def _same(unsur: Sequence[HasilUnsur]) -> str:
    return f"{_names(unsur)} bernilai sama."


def _names(unsur: Sequence[HasilUnsur]) -> str:
    codes = [u.kode for u in unsur]
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} dan {codes[-1]}"
