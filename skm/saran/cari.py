"""Which remarks are looked for, how many they are, and which stand together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from operator import attrgetter

from skm.analysis.kamus import Pembaca, built_in, plain_key
from skm.analysis.saran import readability
from skm.periode import Periode
from skm.saran.baca import Ulasan
from skm.store import StatusSaran, Tanggapan

BARU = Tanggapan(StatusSaran.BARU)
BULAN_TERAKHIR = 12
"""Months that the chart looks back from the latest remark."""

_number = attrgetter("saran.id")
_unsur = attrgetter("unsur")
_day = attrgetter("hari")


@dataclass(frozen=True, slots=True)
class Cari:
    """Which remarks; None is no filter. `unsur` "" are those that no word assigns to one."""

    teks: str = ""
    unsur: str | None = None
    layanan: str | None = None
    titik: str | None = None
    kanal: str | None = None
    status: StatusSaran | None = None


@dataclass(frozen=True)
class Kelompok:
    """Remarks that say nearly the same and stand alike, newest first."""

    tanggapan: Tanggapan
    anggota: tuple[Ulasan, ...]

    @cached_property
    def teks(self) -> str:
        """Return the text to show: the most readable of those that stand for the group."""
        pokok = self.anggota[0].pokok
        same = {u.saran.teks for u in self.anggota if u.kunci == pokok}
        return max(same or {u.saran.teks for u in self.anggota}, key=readability)

    @property
    def ids(self) -> list[int]:
        """Return the numbers of the remarks."""
        return [u.saran.id for u in self.anggota]

    @property
    def berkode(self) -> int:
        """Return how many of the writers hold a code to read the reply with."""
        return sum(u.saran.berkode for u in self.anggota)

    @cached_property
    def unsur(self) -> tuple[str, ...]:
        """Return the unsur that any of them is about, the most frequent first."""
        return tuple(kode for kode, _ in _count_unsur(self.anggota).most_common())


@dataclass(frozen=True, slots=True)
class Ringkas:
    """How many of the remarks that were found have which status, and are about which unsur."""

    jumlah: int
    status: Mapping[StatusSaran, int] = field(default_factory=dict)
    unsur: Mapping[str, int] = field(default_factory=dict)

    @property
    def ditanggapi(self) -> int:
        """Return how many the office did something about."""
        return self.status[StatusSaran.DITINDAK] + self.status[StatusSaran.SELESAI]


def find_remarks(
    ulasan: Iterable[Ulasan], tanggapan: Mapping[int, Tanggapan], cari: Cari
) -> list[Ulasan]:
    """Return the remarks that are looked for; those that say nothing only if their words are."""
    if says := _words_asked(cari.teks):
        found = [u for u in ulasan if says(u.kunci)]
    else:
        found = [u for u in ulasan if not u.kosong]
    # One after the other: most of them are not asked for, and cost nothing then.
    if cari.unsur is not None:
        found = [u for u in found if (cari.unsur in u.unsur if cari.unsur else not u.unsur)]
    for name in ("layanan", "titik", "kanal"):
        wanted = getattr(cari, name)
        if wanted is not None:
            place = attrgetter(f"saran.{name}")
            found = [u for u in found if place(u) == wanted]
    return of_status(found, tanggapan, cari.status)


def _words_asked(teks: str) -> Callable[[str], bool] | None:
    """Return what tells whether plain words hold all that are asked for; None for none."""
    words = plain_key(teks).split()
    if not words:
        return None
    reader = Pembaca(built_in())
    wanted = [(word, reader.stem(word)) for word in words]

    @cache
    def says(kunci: str) -> bool:
        return all(word in kunci or stem in kunci for word, stem in wanted)

    return says


def of_status(
    found: Sequence[Ulasan], tanggapan: Mapping[int, Tanggapan], status: StatusSaran | None
) -> list[Ulasan]:
    """Return the remarks of a status, all of them for None."""
    if status is None:
        return list(found)
    return [u for u in found if status_of(tanggapan, u) is status]


def within(found: Sequence[Ulasan], periode: Periode | None) -> list[Ulasan]:
    """Return the remarks of a period and of those inside it, all of them for None."""
    if periode is None:
        return list(found)
    known = {u.saran.periode.kode: u.saran.periode for u in found}
    shown = {kode for kode, own in known.items() if periode.contains(own)}
    return [u for u in found if u.saran.periode.kode in shown]


def status_of(tanggapan: Mapping[int, Tanggapan], ulasan: Ulasan) -> StatusSaran:
    """Return the status of a remark; one that nobody has touched is new."""
    return tanggapan.get(ulasan.saran.id, BARU).status


def summarize(found: Collection[Ulasan], tanggapan: Mapping[int, Tanggapan]) -> Ringkas:
    """Return the remarks by status and by unsur ("" are those of none); a remark about two unsur
    counts at both.
    """
    status = Counter(tanggapan[n].status for n in map(_number, found) if n in tanggapan)
    status[StatusSaran.BARU] = len(found) - sum(
        n for known, n in status.items() if known is not StatusSaran.BARU
    )
    counts = {s: status[s] for s in StatusSaran}
    return Ringkas(len(found), counts, _count_unsur(found, ""))


def _count_unsur(found: Iterable[Ulasan], *none: str) -> Counter[str]:
    """Return how many remarks are about each unsur, and of what stands for those of none."""
    counts: Counter[str] = Counter()
    # Few combinations differ: these are counted, not each remark.
    for unsur, n in Counter(map(_unsur, found)).items():
        for kode in unsur or none:
            counts[kode] += n
    return counts


def group_found(
    found: Iterable[Ulasan], tanggapan: Mapping[int, Tanggapan], *, mirip: bool = True
) -> list[Kelompok]:
    """Return the remarks in groups of those that say nearly the same and have the same status and
    reply, the largest first, then the newest; without `mirip` each by itself, newest first.
    """
    newest = sorted(found, key=_number, reverse=True)
    if not mirip:
        return [Kelompok(tanggapan.get(u.saran.id, BARU), (u,)) for u in newest]
    new: dict[str, list[Ulasan]] = defaultdict(list)
    answered: dict[tuple[str, StatusSaran, str], list[Ulasan]] = defaultdict(list)
    for u in newest:
        state = tanggapan.get(u.saran.id)
        if state is None or (state.status, state.balasan) == (BARU.status, BARU.balasan):
            new[u.pokok].append(u)
        else:
            answered[u.pokok, state.status, state.balasan].append(u)
    made = [
        Kelompok(tanggapan.get(members[0].saran.id, BARU), tuple(members))
        for members in (*new.values(), *answered.values())
    ]
    return sorted(made, key=lambda k: (-len(k.anggota), -k.anggota[0].saran.id))


def per_month(found: Iterable[Ulasan], sampai: date | None = None) -> list[tuple[date, int]]:
    """Return how many remarks were written in each month of the office's calendar: the last twelve
    up to the latest one, or up to the day `sampai`. Those without a day are not among them.
    """
    counts: Counter[date] = Counter()
    for day, n in Counter(map(_day, found)).items():
        if day is not None and (sampai is None or day <= sampai):
            counts[day.replace(day=1)] += n
    if not counts:
        return []
    at, first, months = max(counts), min(counts), list[date]()
    while at >= first and len(months) < BULAN_TERAKHIR:
        months.append(at)
        at = date(at.year - (at.month == 1), (at.month - 2) % 12 + 1, 1)
    return [(month, counts[month]) for month in reversed(months)]
