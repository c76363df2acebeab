"""What each remark is about and whom it is like. Nothing here is sent anywhere; see
`skm.analysis.kamus` and `skm.analysis.mirip`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from skm.analysis.kamus import Pembaca, built_in, plain_key
from skm.analysis.mirip import Grouping
from skm.peraturan import unsur_baku
from skm.store import Saran
from skm.survei import Survei, Unsur


@dataclass(frozen=True, slots=True)
class Ulasan:
    """A remark as it was read: its plain words, the codes of the unsur that it is about, and the
    remark that stands for those that say nearly the same. `kosong` says no more than "tidak ada".
    `hari` is the day by the office's calendar.
    """

    saran: Saran
    kunci: str
    unsur: tuple[str, ...]
    kosong: bool
    pokok: str
    hari: date | None


@dataclass(frozen=True, slots=True)
class _Teks:
    """What a text says: the words that tell it from others, and the unsur that it is about."""

    isi: frozenset[str]
    unsur: tuple[str, ...]


def dictionary_unsur(survei: Survei) -> dict[str, Unsur]:
    """Return the survey's unsur by the dictionary's name, by what either is called."""
    known = {
        name.casefold(): baku.pendek
        for baku in unsur_baku()
        for name in (baku.nama, baku.pendek, *baku.alias)
    }
    found: dict[str, Unsur] = {}
    for unsur in survei.unsur:
        names = (known.get(name.casefold()) for name in (unsur.nama, *unsur.alias))
        short = next((name for name in names if name), None)
        if short is not None:
            found.setdefault(short, unsur)
    return found


def read_remarks(survei: Survei, remarks: Sequence[Saran]) -> tuple[Ulasan, ...]:
    """Return the remarks with what they are about and whom they are like, in the same order."""
    return Bacaan(survei).read(remarks)


class Bacaan:
    """Reads the remarks of a survey as they grow: a new one costs little more than its own reading.

    It returns what a whole reading would, and knows no text that the remarks no longer have. For
    one thread at a time.
    """

    def __init__(self, survei: Survei) -> None:
        self._zona = survei.zona
        self._unsur = {name: unsur.kode for name, unsur in dictionary_unsur(survei).items()}
        self._reader = Pembaca(built_in())
        self._grouping = Grouping()
        self._remarks: tuple[Saran, ...] = ()
        self._ulasan: tuple[Ulasan, ...] = ()
        self._often: Counter[str] = Counter()
        self._told: dict[str, _Teks] = {}
        self._leader: dict[str, str] = {}

    def read(self, remarks: Sequence[Saran]) -> tuple[Ulasan, ...]:
        """Return what `read_remarks` returns: the same object where the remarks are the same."""
        given, old = tuple(remarks), self._ulasan
        often = self._often.copy()
        if given[: len(old)] != self._remarks:
            often, old = Counter(), ()
        new = given[len(old) :]
        if old and not new:
            return old
        keys = _keys(new)
        often.update(keys)
        before = self._leader
        self._tell(often)
        changed = {key for key, pokok in self._leader.items() if before.get(key, pokok) != pokok}
        if changed:
            old = tuple([self._led(u) if u.kunci in changed else u for u in old])
        found = (*old, *self._read_new(new, keys))
        self._often, self._remarks, self._ulasan = often, given, found
        return self._ulasan

    def _tell(self, often: Counter[str]) -> None:
        """Bring what the texts say, and whom they are like, up to date."""
        told, self._told = self._told, {}
        for key in often:
            if not self._reader.is_empty(key):
                self._told[key] = told.get(key) or self._read_text(key)
        texts = {key: teks.isi for key, teks in self._told.items()}
        self._leader = self._grouping.group(texts, often)

    def _read_text(self, key: str) -> _Teks:
        names = self._reader.about(key)
        unsur = tuple(self._unsur[name] for name in names if name in self._unsur)
        return _Teks(self._reader.content(key), unsur)

    def _led(self, ulasan: Ulasan) -> Ulasan:
        return replace(ulasan, pokok=self._leader[ulasan.kunci])

    def _read_new(self, new: Iterable[Saran], keys: Iterable[str]) -> Iterator[Ulasan]:
        same = dict[date, date]().setdefault
        for remark, key in zip(new, keys, strict=True):
            teks, pokok, hari = self._told.get(key), self._leader.get(key, key), None
            if remark.waktu is not None:
                day = remark.waktu.astimezone(self._zona).date()
                hari = same(day, day)
            yield Ulasan(remark, key, teks.unsur if teks else (), teks is None, pokok, hari)


def _keys(remarks: Iterable[Saran]) -> list[str]:
    """Return the plain words of each remark; equal texts are looked at once."""
    known: dict[str, str] = {}
    found = []
    for remark in remarks:
        key = known.get(remark.teks)
        if key is None:
            key = known[remark.teks] = plain_key(remark.teks)
        found.append(key)
    return found
