"""Mutu and kinerja of a value, from the table in force (PermenPANRB 14/2017, Tabel II)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from skm.angka import Number, round_half_up


@dataclass(frozen=True, slots=True)
class Kelas:
    """One row of the table: the letter, its name, and its printed interval on the scale 25-100."""

    mutu: str
    kinerja: str
    nilai_persepsi: int
    dari: Decimal
    sampai: Decimal


@dataclass(frozen=True, slots=True)
class TabelMutu:
    """The classes of one regulation, best first, valid from `berlaku` on."""

    peraturan: str
    lokasi: str
    berlaku: date
    kelas: tuple[Kelas, ...]

    def classify(self, nilai: Number) -> Kelas:
        """Return the class of an IKM (25-100), looked up on the value rounded to two decimals.

        Rounding first closes the gaps that the printed table leaves (76,605 is 76,61: B). A value
        under 25, which the weights 0,111 and 0,11 can give, belongs to the lowest class.
        """
        rounded = round_half_up(nilai, 2)
        return next((k for k in self.kelas if rounded >= k.dari), self.kelas[-1])


@lru_cache(maxsize=1)
def _tables() -> tuple[TabelMutu, ...]:
    text = files("skm.peraturan").joinpath("mutu.toml").read_text(encoding="utf-8")
    tables = (
        TabelMutu(
            peraturan=raw["peraturan"],
            lokasi=raw["lokasi"],
            berlaku=raw["berlaku"],
            kelas=tuple(
                Kelas(
                    mutu=k["mutu"],
                    kinerja=k["kinerja"],
                    nilai_persepsi=k["nilai_persepsi"],
                    dari=Decimal(k["dari"]),
                    sampai=Decimal(k["sampai"]),
                )
                for k in raw["kelas"]
            ),
        )
        for raw in tomllib.loads(text)["tabel"]
    )
    return tuple(sorted(tables, key=lambda t: t.berlaku))


def tabel_mutu(pada: date | None = None) -> TabelMutu:
    """Return the table in force on `pada`: without a date the newest, before all the oldest."""
    tables = _tables()
    if pada is None:
        return tables[-1]
    valid = [t for t in tables if t.berlaku <= pada]
    return valid[-1] if valid else tables[0]
