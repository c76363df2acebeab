"""The official view of a survey: closed periods as they were closed, all others as they are now."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from skm.agregasi import Aturan
from skm.penutupan.arsip import Arsip, parse_archive
from skm.penutupan.hitungan import Hitungan, cells_of, inside, scores_of
from skm.periode import Periode, parse_period
from skm.rekap import Cell, SkorCell, TabelNrr, table_of
from skm.store import Store, Tutupan
from skm.survei import Survei

ARSIP_DISIMPAN = 256
"""Archives that a process keeps. All of a survey's are asked for in turn, so that one too few would
parse every one anew each time; a year has at most seven. Those of the sample (14 layanan, 72 titik)
take 0,7 MB for a triwulan and 2,5 MB for the year: 36 years of such an office are 300 MB.
"""


@dataclass(frozen=True, slots=True)
class Beku:
    """A closing with its archive."""

    tutupan: Tutupan
    arsip: Arsip


@dataclass(frozen=True)
class Resmi:
    """What every page, report and command computes from, for one version of the data.

    Counts that were read once are kept, so that a report does not read them ten times.
    """

    store: Store
    survei: Survei
    beku: tuple[Beku, ...]
    _read: dict[tuple[object, ...], list[Cell]] = field(default_factory=dict, compare=False)

    @cached_property
    def aturan(self) -> Aturan:
        """Return the survey's rules, closed periods under those that they were closed under."""
        return self.rules(self.survei.aturan)

    def rules(self, aturan: Aturan) -> Aturan:
        """Return other rules for what is not closed.

        Which periods are measured directly was declared when they were closed, too.
        """
        frozen = tuple((b.tutupan.periode, b.arsip.aturan) for b in self.beku)
        direct = {d for d in aturan.dinilai_langsung if self.frozen(d) is None}
        for b in self._outer:
            declared = b.arsip.survei.dinilai_langsung
            direct |= {d for d in declared if b.tutupan.periode.contains(d)}
        return replace(aturan, beku=frozen, dinilai_langsung=frozenset(direct))

    def closing(self, periode: Periode) -> Tutupan | None:
        """Return the closing that froze a period: its own, or the shortest one around it."""
        found = self.frozen(periode)
        return found.tutupan if found else None

    def frozen(self, periode: Periode) -> Beku | None:
        """Return the closing around a period with its archive; None while the period is open."""
        found = [b for b in self.beku if b.tutupan.periode.contains(periode)]
        return min(found, key=lambda b: b.tutupan.periode.jenis.value, default=None)

    def parts(self, periode: Periode) -> tuple[Beku, ...]:
        """Return the closings inside a period that no other one inside it contains."""
        return _outermost([b for b in self.beku if periode.contains(b.tutupan.periode)])

    def survei_of(self, periode: Periode) -> Survei:
        """Return the survey as it was when the period was closed, or as it is."""
        found = self.frozen(periode)
        return found.arsip.survei if found else self.survei

    def populations(self, periode: Periode) -> dict[str | None, int]:
        """Return the people served in exactly this period, as they were known when it was closed.

        By layanan; None is the whole unit.
        """
        found = self.frozen(periode)
        if found is None:
            return self.store.populations(self.survei.id, periode)
        served = found.arsip.populasi.get(periode.kode, {})
        return {kode or None: n for kode, n in served.items()}

    def periods(self) -> tuple[Periode, ...]:
        """Return the stored periods with answers, in order."""
        live = {p for p in self.store.periods(self.survei.id) if self.frozen(p) is None}
        closed = {parse_period(s.periode) for b in self._outer for s in b.arsip.hitungan.sebaran}
        return tuple(sorted(live | closed))

    def cells(
        self,
        periode: Periode | None = None,
        per: Collection[str] = (),
        kanal: str | None = None,
    ) -> list[Cell]:
        """Return the counts by stored period and by what `per` names. Raises as `Store.cells`."""
        key = (periode, frozenset(per), kanal)
        if key not in self._read:
            self._read[key] = self._cells(periode, per, kanal)
        return self._read[key]

    def _cells(
        self, periode: Periode | None, per: Collection[str], kanal: str | None
    ) -> list[Cell]:
        live = self.store.cells(self.survei.id, periode, per, kanal=kanal, tanpa=self._closed)
        frozen = (
            cells_of(counts, b.arsip.survei, b.arsip.kuesioner, per)
            for b, counts in self._frozen(periode, kanal)
        )
        return [*(cell for cells in frozen for cell in cells), *live]

    def nrr_table(self, periode: Periode, per: Collection[str] = ()) -> TabelNrr:
        """Return the exact NRR of each question by stored period and by what `per` names."""
        if self._frozen(periode, None):
            return table_of(self.cells(periode, per))
        return self.store.nrr_table(self.survei.id, periode, per)

    def scores(self, periode: Periode | None = None, per: Collection[str] = ()) -> list[SkorCell]:
        """Return the sums of respondents' scores. Raises as `Store.scores`."""
        live = self.store.scores(self.survei.id, periode, per, tanpa=self._closed)
        frozen = (scores_of(counts, per) for _, counts in self._frozen(periode, None))
        return [*(cell for cells in frozen for cell in cells), *live]

    def group_counts(
        self, periode: Periode | None, dimension: str, kanal: str | None = None
    ) -> dict[str | None, int]:
        """Return respondents by layanan, titik or kanal; None is "not known"."""
        counts: Counter[str | None] = Counter()
        for cell in self.cells(periode, (dimension,), kanal):
            counts[getattr(cell, dimension)] += cell.responden
        return dict(counts)

    def profil_counts(
        self, periode: Periode | None, kanal: str | None = None
    ) -> dict[str, dict[str, int]]:
        """Return respondents by profile field and option; "" is no answer."""
        found: dict[str, Counter[str]] = {}
        live = self.store.profil_counts(self.survei.id, periode, kanal=kanal, tanpa=self._closed)
        for bidang, options in live.items():
            found.setdefault(bidang, Counter()).update(options)
        for _, counts in self._frozen(periode, kanal):
            for row in counts.profil:
                found.setdefault(row.bidang, Counter())[row.pilihan] += row.jumlah
        return {bidang: dict(options) for bidang, options in found.items()}

    @cached_property
    def _outer(self) -> tuple[Beku, ...]:
        """The closings that no other one contains: what is inside is theirs as well."""
        return _outermost(self.beku)

    @cached_property
    def _closed(self) -> frozenset[Periode]:
        return frozenset(b.tutupan.periode for b in self._outer)

    def _frozen(self, periode: Periode | None, kanal: str | None) -> list[tuple[Beku, Hitungan]]:
        return [
            (b, inside(b.arsip.hitungan, periode or b.tutupan.periode, kanal))
            for b in self._outer
            if periode is None
            or periode.contains(b.tutupan.periode)
            or b.tutupan.periode.contains(periode)
        ]


def _outermost(beku: Sequence[Beku]) -> tuple[Beku, ...]:
    return tuple(
        b
        for b in beku
        if not any(o is not b and o.tutupan.periode.contains(b.tutupan.periode) for o in beku)
    )


def open_official(store: Store, survei_id: str) -> Resmi:
    """Return the official view of a survey at this moment. Raises SkmError `survei-tak-ada`.

    It is of the whole office, whoever asks for it: only its being there is asked of `store`.
    """
    survei = store.load_survei(survei_id)
    store = store.dasar
    closings = store.closings(survei_id)
    return Resmi(
        store, survei, tuple(Beku(t, load_archive(store, survei_id, t.sha256)) for t in closings)
    )


@lru_cache(maxsize=ARSIP_DISIMPAN)
def load_archive(store: Store, survei_id: str, sha256: str) -> Arsip:
    """Return the archive of a closing; its hash names its content for ever, so it is kept.

    Raises SkmError `periode-tak-ditutup`.
    """
    return parse_archive(zlib.decompress(store.closing_file(survei_id, sha256, "isi")))
