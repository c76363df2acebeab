"""Placements and sheets for the tests of the form's part of the store."""

from __future__ import annotations

import secrets

from survei_kecil import WAKTU, save

from skm.jawaban import Jawaban
from skm.kiriman import Kiriman, Tanda
from skm.store import Store, Tautan, TautanBaru


def place(store: Store, titik: str | None = "dinas", layanan: str | None = "ktp") -> Tautan:
    """The small survey with one placement."""
    save(store)
    return store.add_tautan("kecil", [TautanBaru(titik, layanan)])[0]


def sheet(nilai: str = "434", *tanda: Tanda, id_kirim: str | None = None, **own) -> Kiriman:
    """A sheet of the last day of 2024, by an id of its own."""
    answer = {"waktu": WAKTU, "profil": (("jk", "P"), ("usia", "39")), **own}
    return Kiriman(
        id_kirim or secrets.token_urlsafe(16), Jawaban(nilai, **answer), frozenset(tanda)
    )


def counted(store: Store) -> tuple:
    """Everything that is counted of the small survey."""
    return (
        store.cells("kecil", per=("layanan", "titik", "kanal")),
        store.scores("kecil", per=("titik",)),
        store.profil_counts("kecil"),
        store.daily_counts("kecil", WAKTU.date().replace(day=1), WAKTU.date().replace(year=2030)),
    )
