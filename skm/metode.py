"""How an office calculates, as data: a weight and the decimals kept at each stage.

PermenPANRB 14/2017 BAB V prints the weight as 1/9, 0,11 and 0,111 and prescribes no rounding, so
the method is named on every result. The methods found in published reports are in
`peraturan/metode.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files

from skm.pesan import SkmError

NINE = 9


class Jalur(StrEnum):
    """Which figures the IKM is made of: the weighted NRR, or the IKM per unsur."""

    INDEKS = "indeks"
    UNSUR = "unsur"


class Terbawa(StrEnum):
    """What the mean of several periods takes: the unrounded value, or the printed one."""

    PENUH = "penuh"
    TERCETAK = "tercetak"


@dataclass(frozen=True, slots=True)
class Bobot:
    """The weight of each unsur: 1/k, a constant printed by the regulation, or the office's own.

    `tetap` is the constant (only for nine unsur); `sendiri` are (unsur code, weight) that sum to 1.
    """

    nama: str
    tetap: Fraction | None = None
    sendiri: tuple[tuple[str, Fraction], ...] = ()

    def shares(self, unsur: Sequence[str], terisi: Sequence[str]) -> dict[str, Fraction]:
        """Return the weight of each unsur in `terisi`, of all those in `unsur`.

        An unsur that nobody answered leaves the average ("total unsur yang terisi", BAB V A): its
        weight is shared out in proportion, so that the weights keep their sum.
        Raises SkmError `bobot-tetap-sembilan` or `bobot-unsur-berbeda`.
        """
        whole = self._whole(unsur)
        if len(terisi) == len(unsur):
            return {kode: whole[kode] for kode in terisi}
        filled_sum = sum((whole[kode] for kode in terisi), Fraction(0))
        if not filled_sum:
            return {}
        factor = sum(whole.values(), Fraction(0)) / filled_sum
        return {kode: whole[kode] * factor for kode in terisi}

    def _whole(self, unsur: Sequence[str]) -> dict[str, Fraction]:
        if self.sendiri:
            own = dict(self.sendiri)
            if set(own) != set(unsur):
                raise SkmError("bobot-unsur-berbeda", unsur=", ".join(unsur))
            return own
        if self.tetap is None:
            return dict.fromkeys(unsur, Fraction(1, len(unsur))) if unsur else {}
        if len(unsur) != NINE:
            raise SkmError("bobot-tetap-sembilan", bobot=self.nama, jumlah=len(unsur))
        return dict.fromkeys(unsur, self.tetap)


SAMA = Bobot("1/k")
BOBOT: Mapping[str, Bobot] = {
    "1/k": SAMA,
    "0.111": Bobot("0.111", tetap=Fraction(111, 1000)),
    "0.11": Bobot("0.11", tetap=Fraction(11, 100)),
}


@dataclass(frozen=True, slots=True)
class Metode:
    """A way to calculate. A stage holds the decimals kept there; None does not round."""

    nama: str
    keterangan: str
    jalur: Jalur
    terbawa: Terbawa
    bobot: Bobot = SAMA
    nrr: int | None = None
    tertimbang: int | None = None
    ikm_unsur: int | None = None
    indeks: int | None = None

    def with_weight(self, bobot: Bobot) -> Metode:
        """Return the same stages with another weight."""
        return replace(self, bobot=bobot)

    @property
    def label(self) -> str:
        """Return the name that every result carries: "penuh · bobot 1/k"."""
        return f"{self.nama} · bobot {self.bobot.nama.replace('.', ',')}"


def own_weight(weights: Mapping[str, Fraction]) -> Bobot:
    """Return the office's own weights by unsur code (BAB V A: they must sum to 1).

    Raises SkmError `bobot-jumlah` or `bobot-negatif`.
    """
    if any(w <= 0 for w in weights.values()):
        raise SkmError("bobot-negatif")
    total = sum(weights.values(), Fraction(0))
    if total != 1:
        raise SkmError("bobot-jumlah", jumlah=str(float(total)).replace(".", ","))
    return Bobot("sendiri", sendiri=tuple(weights.items()))


@lru_cache(maxsize=1)
def named_methods() -> Mapping[str, Metode]:
    """Return the methods found in published reports, by name, the default first."""
    text = files("skm.peraturan").joinpath("metode.toml").read_text(encoding="utf-8")
    return {
        nama: Metode(
            nama=nama,
            keterangan=raw["keterangan"],
            jalur=Jalur(raw["jalur"]),
            terbawa=Terbawa(raw["terbawa"]),
            nrr=raw.get("nrr"),
            tertimbang=raw.get("tertimbang"),
            ikm_unsur=raw.get("ikm_unsur"),
            indeks=raw.get("indeks"),
        )
        for nama, raw in tomllib.loads(text).items()
    }


def find_method(nama: str = "penuh", bobot: str = "1/k") -> Metode:
    """Return a named method with a named weight.

    Raises SkmError `metode-tak-dikenal` or `bobot-tak-dikenal`.
    """
    methods = named_methods()
    if nama not in methods:
        raise SkmError("metode-tak-dikenal", nama=nama, pilihan=", ".join(methods))
    weight = BOBOT.get(bobot.strip().replace(",", "."))
    if weight is None:
        raise SkmError("bobot-tak-dikenal", nama=bobot, pilihan=", ".join(BOBOT))
    return methods[nama].with_weight(weight)
