"""A small office that collects, closes and publishes."""

from __future__ import annotations

from arsip_uji import survey_text

from skm.jawaban import Jawaban, Kanal
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.store import BatchBaru, Store, Tutupan
from skm.survei import parse_survei
from skm.terbitan.etalase import Etalase, open_showcase

UNIT, SAMPLE = "uji", "contoh-disdukcapil-bekasi-2024"


def save(store: Store) -> None:
    text = survey_text()
    store.save_survei(parse_survei(text, UNIT), text)


def collect(store: Store, kode: str, nilai: str = "44444", **jumlah: int) -> None:
    """Take in the same answer so many times for each layanan."""
    sheets = [
        Jawaban(
            nilai,
            periode=parse_period(kode),
            layanan=layanan,
            profil=(("usia", "muda"),),
            identitas=f"{kode}-{nilai}-{layanan}-{i}",
        )
        for layanan, n in jumlah.items()
        for i in range(n)
    ]
    store.add_batch(UNIT, BatchBaru(Kanal.UNGGAH), sheets)


def publish(store: Store, kode: str) -> Tutupan:
    close(store, UNIT, parse_period(kode))
    return store.publish_period(UNIT, parse_period(kode))


def showcase(store: Store) -> Etalase:
    return open_showcase(store, UNIT)


def codes(store: Store) -> list[str]:
    return [row.periode.kode for row in showcase(store).periode]
