"""Find the methods that reproduce published figures, and by how much the others miss.

Published NRR are rounded, so the exact NRR lies in an interval. Every stage of a method is
monotone, so each method maps the lower ends to its lowest and the upper ends to its highest
possible figure: a printed figure inside reproduces, and where both ends print alike it is proven.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from skm.angka import decimals_of, round_half_up, round_to
from skm.ikm import IKM_PLACES, KONVERSI, UnsurTally
from skm.metode import BOBOT, NINE, Jalur, Metode, named_methods
from skm.pesan import SkmError

# Just under the open upper end of a half-up interval. Different means of fewer than a hundred
# million answers lie further apart than this.
_BELOW = Fraction(1, 10**16)


@dataclass(frozen=True, slots=True)
class Cetakan:
    """Figures as a report prints them, by unsur code; what it does not print stays empty.

    `jumlah` are the sums of the answered values and `responden` who answered: with both the NRR
    is exact, with `responden` alone it is narrowed to the sums that print so.
    """

    nrr: Mapping[str, Decimal] = field(default_factory=dict)
    ikm: Decimal | None = None
    tertimbang: Mapping[str, Decimal] = field(default_factory=dict)
    ikm_unsur: Mapping[str, Decimal] = field(default_factory=dict)
    jumlah: Mapping[str, int] = field(default_factory=dict)
    responden: int | None = None


@dataclass(frozen=True, slots=True)
class Beda:
    """A printed figure that a method does not give: it gives `dihitung` to `sampai`."""

    besaran: str
    unsur: str | None
    tercetak: Decimal
    dihitung: Decimal
    sampai: Decimal

    @property
    def selisih(self) -> Decimal:
        """Return how far the printed figure is from the nearest possible one (>= 0)."""
        return max(self.dihitung - self.tercetak, self.tercetak - self.sampai, Decimal(0))


@dataclass(frozen=True, slots=True)
class Kecocokan:
    """How a method fits: `ikm` is the range it can give; `pasti` when the fit is proven."""

    metode: Metode
    ikm: tuple[Decimal, Decimal]
    beda: tuple[Beda, ...]
    pasti: bool

    @property
    def cocok(self) -> bool:
        """Return whether every printed figure can come out of this method."""
        return not self.beda

    @property
    def selisih(self) -> Decimal:
        """Return the largest miss; 0 for a fit."""
        return max((b.selisih for b in self.beda), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class _Range:
    low: Fraction
    high: Fraction

    def map(self, step: Callable[[Fraction], Fraction]) -> _Range:
        return _Range(step(self.low), step(self.high))

    def printed(self, places: int) -> tuple[Decimal, Decimal]:
        return round_half_up(self.low, places), round_half_up(self.high, places)


def match_printed(cetakan: Cetakan) -> tuple[Kecocokan, ...]:
    """Return every named method with every weight against the printed figures, best fit first.

    Raises SkmError `rekonsiliasi-kosong` without NRR or sums, `rekonsiliasi-rentang` for an NRR
    outside 1-4 or one that no whole sum of `responden` answers can give.
    """
    means = _mean_ranges(cetakan)
    if not means:
        raise SkmError("rekonsiliasi-kosong")
    return _rank(means, cetakan, list(means), None, exact_means=bool(cetakan.jumlah))


def match_counts(
    unsur: Sequence[UnsurTally], cetakan: Cetakan, own: Metode | None = None
) -> tuple[Kecocokan, ...]:
    """Return every named method with every weight, computed from counts, against the print.

    `own` is the survey's method, tried first: an office may have one of its own. `unsur` are all
    of the survey, also those that nobody answered: they decide the weights.
    """
    means = {u.kode: _Range(mean, mean) for u in unsur if (mean := u.mean) is not None}
    if not means:
        raise SkmError("rekonsiliasi-kosong")
    return _rank(means, cetakan, [u.kode for u in unsur], own, exact_means=True)


def _mean_ranges(cetakan: Cetakan) -> dict[str, _Range]:
    if cetakan.jumlah and cetakan.responden:
        n = cetakan.responden
        ranges = {
            kode: _Range(Fraction(s, n), Fraction(s, n)) for kode, s in cetakan.jumlah.items()
        }
    else:
        # Trailing zeros are dropped in print (3.85 beside 3.369): the longest number tells.
        places = max((decimals_of(v) for v in cetakan.nrr.values()), default=0)
        ranges = {k: _rounded_range(v, places, cetakan.responden) for k, v in cetakan.nrr.items()}
    if any(r.high < 1 or r.low > 4 for r in ranges.values()):
        raise SkmError("rekonsiliasi-rentang")
    return ranges


def _rounded_range(value: Decimal, places: int, responden: int | None) -> _Range:
    half = Fraction(1, 2 * 10**places)
    low = max(Fraction(value) - half, Fraction(1))
    high = min(Fraction(value) + half - _BELOW, Fraction(4))
    if responden is None:
        return _Range(low, high)
    least = -((-low * responden).__floor__())
    most = (high * responden).__floor__()
    if least > most:
        raise SkmError("rekonsiliasi-rentang")
    return _Range(Fraction(least, responden), Fraction(most, responden))


def _candidates(count: int, own: Metode | None) -> list[Metode]:
    named = [
        metode.with_weight(bobot)
        for metode in named_methods().values()
        for bobot in BOBOT.values()
        if bobot.tetap is None or count == NINE
    ]
    return named if own is None or own in named else [own, *named]


def _rank(
    means: Mapping[str, _Range],
    cetakan: Cetakan,
    unsur: Sequence[str],
    own: Metode | None,
    *,
    exact_means: bool,
) -> tuple[Kecocokan, ...]:
    """Return the fits, then the misses: one wrong figure is likelier than nine."""
    fits = [
        _fit(metode, means, cetakan, unsur, exact_means) for metode in _candidates(len(unsur), own)
    ]
    return tuple(sorted(fits, key=lambda f: (not f.cocok, len(f.beda), f.selisih, not f.pasti)))


def _fit(
    metode: Metode,
    means: Mapping[str, _Range],
    cetakan: Cetakan,
    unsur: Sequence[str],
    exact_means: bool,
) -> Kecocokan:
    shares = metode.bobot.shares(unsur, list(means))
    nrr = {k: r.map(lambda v: round_to(v, metode.nrr)) for k, r in means.items()}
    weighted = {
        k: r.map(lambda v, w=shares[k]: round_to(v * w, metode.tertimbang))  # type: ignore[misc]
        for k, r in nrr.items()
    }
    per_unsur = {
        k: r.map(lambda v: round_to(v * KONVERSI, metode.ikm_unsur)) for k, r in nrr.items()
    }
    ikm = _unit(metode, weighted, per_unsur, shares)
    checks: list[Beda] = []
    if cetakan.ikm is not None:
        checks += _compare("ikm", {"": cetakan.ikm}, {"": ikm}, least=IKM_PLACES)
    checks += _compare("ikm_unsur", cetakan.ikm_unsur, per_unsur)
    checks += _compare("tertimbang", cetakan.tertimbang, weighted)
    if exact_means:
        checks += _compare("nrr", cetakan.nrr, nrr)
    return Kecocokan(
        metode=metode,
        ikm=ikm.printed(IKM_PLACES),
        beda=tuple(c for c in checks if c.selisih),
        pasti=all(c.dihitung == c.sampai for c in checks),
    )


def _unit(
    metode: Metode,
    weighted: Mapping[str, _Range],
    per_unsur: Mapping[str, _Range],
    shares: Mapping[str, Fraction],
) -> _Range:
    if metode.jalur is Jalur.UNSUR:
        return _Range(
            sum((r.low * shares[k] for k, r in per_unsur.items()), Fraction(0)),
            sum((r.high * shares[k] for k, r in per_unsur.items()), Fraction(0)),
        )
    index = _Range(
        sum((r.low for r in weighted.values()), Fraction(0)),
        sum((r.high for r in weighted.values()), Fraction(0)),
    )
    return index.map(lambda v: round_to(v, metode.indeks) * KONVERSI)


def _compare(
    besaran: str,
    printed: Mapping[str, Decimal],
    computed: Mapping[str, _Range],
    least: int = 0,
) -> list[Beda]:
    """Return each printed figure beside the computed range, at the decimals of the print."""
    places = max([least, *(decimals_of(v) for v in printed.values())])
    rows = []
    for kode, value in printed.items():
        if kode in computed:
            low, high = computed[kode].printed(places)
            rows.append(Beda(besaran, kode or None, value, low, high))
    return rows
