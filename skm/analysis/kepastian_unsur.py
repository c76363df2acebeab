"""How far the IKM of one unsur, or of one group, may be off by chance; changes of all unsur.

The IKM of an unsur is 25 times a mean of answers 1-4, so its tally holds all that is needed:
SE = 25 · sqrt((1 - n/N) · s² / n) with s² = (Σ v²·f - (Σ v·f)² / n) / (n - 1) over the values v
and how many chose them, f (Cochran, Sampling Techniques, 2.5). Chance only, as in `kepastian`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from skm.agregasi import Cara, HasilPeriode
from skm.analysis.groups import Kelompok, place
from skm.analysis.holm import ALPHA, holm, p_value
from skm.analysis.kepastian import (
    FEWEST,
    HIGHEST,
    LOWEST,
    Beda,
    Kepastian,
    Z,
    difference,
    ikm_certainty,
    sampling_variance,
    square_root,
)
from skm.analysis.strength import printed_ikm
from skm.ikm import KONVERSI, HasilUnsur, Tally
from skm.peraturan.mutu import TabelMutu
from skm.periode import Periode
from skm.rekap import SkorCell


class Sebab(StrEnum):
    """Why no certainty is stated for an unsur.

    `SEDIKIT`: fewer than thirty answers. `GANDA`: several questions, whose tallies do not say
    which answers are one person's. `SERAGAM`: all answered alike, so the answers show no spread to
    reckon with.
    """

    SEDIKIT = "sedikit"
    GANDA = "ganda"
    SERAGAM = "seragam"


class Arah(StrEnum):
    """What can be said of a change."""

    NAIK = "naik"
    TURUN = "turun"
    BELUM = "belum dapat dibedakan"


@dataclass(frozen=True, slots=True)
class PerubahanUnsur:
    """The change of one unsur between two periods; `p` is Holm's, over all unsur compared."""

    kode: str
    nama: str
    beda: Beda
    p: Fraction

    @property
    def arah(self) -> Arah:
        """Return the verdict at 5 % over all unsur together."""
        if self.p > ALPHA:
            return Arah.BELUM
        return Arah.NAIK if self.beda.selisih > 0 else Arah.TURUN


def refusal(hasil: HasilPeriode, kode: str) -> Sebab | None:
    """Return why `unsur_certainty` states nothing of an unsur; None where it does.

    A mean of several periods needs each of its parts that filled the unsur.
    """
    if hasil.cara is Cara.RATA_RATA:
        parts = _filled(hasil, kode)
        reasons = (why for part in parts if (why := refusal(part, kode)) is not None)
        return next(reasons, None if parts else Sebab.SEDIKIT)
    unsur = find_unsur(hasil, kode)
    if unsur is None or unsur.n < FEWEST:
        return Sebab.SEDIKIT
    if unsur.tally.n != unsur.n:
        return Sebab.GANDA
    return Sebab.SERAGAM if max(unsur.tally.counts) == unsur.n else None


def unsur_certainty(
    hasil: HasilPeriode, kode: str, populasi: Mapping[Periode, int] | None = None
) -> Kepastian | None:
    """Return how certain the IKM of an unsur is (25-100); None as `refusal` says.

    The mean of several periods has the variance of a mean of independent samples. `populasi` are
    the people served by period.
    """
    unsur, error = find_unsur(hasil, kode), unsur_error(hasil, kode, populasi)
    if unsur is None or unsur.ikm is None or error is None:
        return None
    return Kepastian(
        ikm=printed_ikm(unsur),
        galat=error,
        dari=max(LOWEST, unsur.ikm - Z * error),
        sampai=min(HIGHEST, unsur.ikm + Z * error),
    )


def unsur_error(
    hasil: HasilPeriode, kode: str, populasi: Mapping[Periode, int] | None = None
) -> Fraction | None:
    """Return the standard error of an unsur's IKM, in points; None as `unsur_certainty`."""
    unsur = find_unsur(hasil, kode)
    if unsur is None or unsur.ikm is None or refusal(hasil, kode) is not None:
        return None
    return KONVERSI * square_root(_variance(hasil, kode, populasi or {}))


def group_certainty(
    group: Kelompok, scores: Sequence[SkorCell], populasi: Mapping[Periode, int] | None = None
) -> Kepastian | None:
    """Return how certain a layanan's, titik's or channel's IKM is; None as `ikm_certainty`.

    `scores` are split at least by what the group is split by.
    """
    own = [s for s in scores if all(place(s, per) == kode for per, kode in group.kunci)]
    return ikm_certainty(group.hasil, own, populasi)


def letter_text(kepastian: Kepastian, tabel: TabelMutu) -> str:
    """Return how sure the letter is: "A, hampir pasti", "A, bisa B", "B, bisa A atau C"."""
    own = tabel.classify(kepastian.ikm).mutu
    best, worst = tabel.classify(kepastian.sampai), tabel.classify(kepastian.dari)
    within = tabel.kelas[tabel.kelas.index(best) : tabel.kelas.index(worst) + 1]
    others = [k.mutu for k in within if k.mutu != own]
    return f"{own}, bisa {' atau '.join(others)}" if others else f"{own}, hampir pasti"


def unsur_changes(now: HasilPeriode, before: HasilPeriode) -> tuple[PerubahanUnsur, ...]:
    """Return the change of every unsur that is certain enough in both, corrected over all of them.

    The samples of the two periods are independent; unsur that `refusal` names are left out.
    """
    pairs = [
        (u, difference(here, there))
        for u in now.hasil.unsur
        if (here := unsur_certainty(now, u.kode)) and (there := unsur_certainty(before, u.kode))
    ]
    adjusted = holm([p_value(Fraction(b.selisih), b.jarak / Z) for _, b in pairs])
    return tuple(
        PerubahanUnsur(u.kode, u.nama, beda, p)
        for (u, beda), p in zip(pairs, adjusted, strict=True)
    )


def find_unsur(hasil: HasilPeriode, kode: str) -> HasilUnsur | None:
    """Return an unsur's figures; None where the period's survey does not have it."""
    for unsur in hasil.hasil.unsur:
        if unsur.kode == kode:
            return unsur
    return None


def _variance(hasil: HasilPeriode, kode: str, populasi: Mapping[Periode, int]) -> Fraction:
    """Return the variance of an unsur's NRR that is not refused."""
    if hasil.cara is Cara.RATA_RATA:
        parts = [_variance(part, kode, populasi) for part in _filled(hasil, kode)]
        return sum(parts, Fraction(0)) / len(parts) ** 2
    unsur = find_unsur(hasil, kode)
    tally = unsur.tally if unsur else Tally()
    squares = sum(value * value * count for value, count in enumerate(tally.counts, start=1))
    served = populasi.get(hasil.periode) if hasil.periode else None
    return sampling_variance(tally.n, tally.total, squares, served)


def _filled(hasil: HasilPeriode, kode: str) -> list[HasilPeriode]:
    """Return the parts of a mean that take part in the mean of this unsur."""
    return [part for part in hasil.bagian if (u := find_unsur(part, kode)) and u.nrr is not None]
