"""Results for other programs: every number a string with fixed decimals, null for "nobody"."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from skm.agregasi import Aturan, HasilPeriode
from skm.angka import format_fixed
from skm.ikm import IKM_PLACES, NRR_PLACES, Hasil, HasilUnsur
from skm.metode import Metode


def method_json(metode: Metode) -> dict[str, Any]:
    """Return a method: name, weight, and the decimals kept at each stage (null: not rounded)."""
    found: dict[str, Any] = {
        "nama": metode.nama,
        "bobot": metode.bobot.nama,
        "tahap": {
            "nrr": metode.nrr,
            "tertimbang": metode.tertimbang,
            "ikm_unsur": metode.ikm_unsur,
            "indeks": metode.indeks,
        },
        "keterangan": metode.keterangan,
    }
    if metode.bobot.sendiri:
        found["bobot_unsur"] = {k: str(v) for k, v in metode.bobot.sendiri}
    return found


def rules_json(aturan: Aturan) -> dict[str, Any]:
    """Return the method together with how longer periods come about."""
    return {**method_json(aturan.metode), "agregasi": aturan.agregasi.value}


def result_json(result: HasilPeriode) -> dict[str, Any]:
    """Return a result's figures, how it came about, and the periods that it lacks."""
    return {
        **figures_json(result.hasil),
        "cara": result.cara.value,
        "catatan": result.catatan,
        "hilang": [p.label for p in result.hilang],
    }


def figures_json(hasil: Hasil) -> dict[str, Any]:
    """Return NRR and weighted NRR with three decimals, IKM with two, mutu and kinerja."""

    def each(pick: Callable[[HasilUnsur], Fraction | None], places: int) -> dict[str, str | None]:
        return {u.kode: _fixed(pick(u), places) for u in hasil.unsur}

    return {
        "responden": hasil.responden,
        "n": {u.kode: u.n for u in hasil.unsur},
        "nrr": each(lambda u: u.nrr, NRR_PLACES),
        "nrr_tertimbang": each(lambda u: u.tertimbang, NRR_PLACES),
        "ikm_unsur": each(lambda u: u.ikm, IKM_PLACES),
        "jumlah_ikm_unsur": _fixed(
            hasil.jumlah_ikm_unsur if hasil.unsur_terisi else None, IKM_PLACES
        ),
        "unsur_terisi": hasil.unsur_terisi,
        "ikm": _fixed(hasil.nilai, IKM_PLACES),
        "mutu": hasil.mutu,
        "kinerja": hasil.kinerja,
    }


def _fixed(value: Fraction | None, places: int) -> str | None:
    return None if value is None else format_fixed(value, places)
