"""Accounts as plain values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from skm.akun import Batas, Pelaku, Peran


@dataclass(frozen=True, slots=True)
class AkunBaru:
    """An account to make. `sandi_sidik` is a hash, '' for one that signs in elsewhere only."""

    nama: str
    peran: frozenset[Peran]
    sandi_sidik: str
    batas: tuple[Batas, ...] = ()
    luar: str = ""


@dataclass(frozen=True, slots=True)
class Akun:
    """An account as it is stored, without its secrets."""

    id: str
    nama: str
    peran: frozenset[Peran]
    batas: tuple[Batas, ...]
    aktif: bool
    berkode: bool
    bersandi: bool
    luar: str
    dibuat: datetime
    sandi_diganti: datetime
    terakhir: datetime | None = None

    def as_pelaku(self, sesi: str = "") -> Pelaku:
        """Return the account as the one who acts, from the browser of this digest."""
        return Pelaku(self.nama, self.peran, self.batas, sesi=sesi)


@dataclass(frozen=True, slots=True)
class Rahasia:
    """What a sign-in is compared with."""

    akun: Akun
    sandi_sidik: str
    kode_rahasia: str
    kode_terakhir: int


def dump_batas(batas: Sequence[Batas]) -> str:
    """Return limits as JSON; '' for none."""
    if not batas:
        return ""
    rows = [
        {"survei": b.survei_id, "titik": sorted(b.titik), "layanan": sorted(b.layanan)}
        for b in sorted(batas, key=lambda b: b.survei_id)
    ]
    return json.dumps(rows, separators=(",", ":"))


def load_batas(text: str) -> tuple[Batas, ...]:
    """Return the limits that `dump_batas` wrote."""
    return tuple(
        Batas(row["survei"], frozenset(row["titik"]), frozenset(row["layanan"]))
        for row in (json.loads(text) if text else ())
    )
