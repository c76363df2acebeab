"""The nine unsur and the sample questionnaire (PermenPANRB 14/2017, BAB I F and Lampiran III)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

SKALA = ("Tidak baik", "Kurang baik", "Baik", "Sangat baik")
"""The general texts of the values 1, 2, 3, 4 (BAB IV A.2.c, hlm. 16)."""


@dataclass(frozen=True, slots=True)
class UnsurBaku:
    """An unsur in the order of the definition list, with the short name of the processing sheet."""

    kode: str
    nama: str
    pendek: str
    alias: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PertanyaanBaku:
    """A question of the sample questionnaire; `pilihan` are the texts of the values 1, 2, 3, 4."""

    nomor: int
    unsur: str
    teks: str
    pilihan: tuple[str, str, str, str]


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    return tomllib.loads(files("skm.peraturan").joinpath("unsur.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def unsur_baku() -> tuple[UnsurBaku, ...]:
    """Return U1-U9 in the order of the definition list (U8 = Pengaduan, U9 = Sarana)."""
    return tuple(
        UnsurBaku(kode=u["kode"], nama=u["nama"], pendek=u["pendek"], alias=tuple(u["alias"]))
        for u in _raw()["unsur"]
    )


@lru_cache(maxsize=1)
def pertanyaan_baku() -> tuple[PertanyaanBaku, ...]:
    """Return the nine questions in the order of the questionnaire (8 = Sarana, 9 = Pengaduan)."""
    return tuple(
        PertanyaanBaku(
            nomor=p["nomor"],
            unsur=p["unsur"],
            teks=p["teks"],
            pilihan=tuple(o["teks"] for o in sorted(p["pilihan"], key=lambda o: int(o["nilai"]))),
        )
        for p in _raw()["pertanyaan"]
    )
