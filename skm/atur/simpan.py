"""Look at a draft against the store, and save it: the one place where a survey is written."""

from __future__ import annotations

from dataclasses import dataclass

from skm.atur import beda
from skm.atur.daftar import Daftar, entries
from skm.atur.dokumen import read
from skm.atur.periksa import Temuan, check
from skm.pesan import SkmError, message
from skm.store import Store, file_digest
from skm.survei import Survei

MAX_BERKAS = 1_000_000
_PLACES = {
    "kuesioner-unsur-hilang": "Daftar unsur",
    "survei-unsur-beku": "Daftar unsur",
    "survei-langsung-beku": "Periode yang dinilai langsung",
    "survei-layanan-terpakai": "Daftar layanan",
    "survei-titik-terpakai": "Daftar titik",
}


@dataclass(frozen=True, slots=True)
class Tinjauan:
    """A draft before it is saved: what it changes, what stands against it, what to look at.

    `survei` is None while there is a fault in the draft itself.
    """

    survei: Survei | None
    beda: tuple[str, ...]
    temuan: tuple[Temuan, ...]
    catatan: tuple[str, ...]

    @property
    def boleh(self) -> bool:
        """Return whether it can be saved."""
        return self.survei is not None and not self.temuan


def review(store: Store, survei_id: str, dasar: str, teks: str) -> Tinjauan:
    """Return what saving `teks` would do; `dasar` is the text that the editing began with."""
    before, after = read(dasar), read(teks)
    checked = check(teks, survei_id)
    faults = checked.temuan
    if checked.survei is not None:
        faults = tuple(
            Temuan(_PLACES.get(error.kode, "Survei"), error.kode, str(error))
            for error in store.refusals(checked.survei)
        )
    notes = [*beda.notes(before, after), *_placement_notes(store, survei_id, dasar, teks)]
    if before.get("zona_waktu", "WIB") != after.get("zona_waktu", "WIB"):
        notes.append(message("survei-zona-baru"))
    return Tinjauan(checked.survei, beda.changes(before, after), faults, tuple(notes))


def save(store: Store, survei_id: str, dasar: str, teks: str) -> tuple[str, ...]:
    """Save a draft of a survey; return what changed, in words.

    Raises SkmError `survei-belum-sah`, and as `Store.edit_survei`.
    """
    checked = check(teks, survei_id)
    if checked.survei is None:
        raise SkmError("survei-belum-sah", jumlah=len(checked.temuan))
    words = beda.changes(read(dasar), read(teks))
    store.edit_survei(checked.survei, teks, file_digest(dasar), "\n".join(words))
    return words


def create(store: Store, teks: str) -> Survei:
    """Save a new survey and return it. Raises SkmError `survei-belum-sah`, `survei-sudah-ada`."""
    checked = check(teks)
    if checked.survei is None:
        raise SkmError("survei-belum-sah", jumlah=len(checked.temuan))
    store.edit_survei(checked.survei, teks, None, "Survei baru.")
    return checked.survei


def decode(content: bytes) -> str:
    """Return the text of an uploaded survey file.

    Raises SkmError `survei-berkas-besar`, `survei-berkas-bukan-teks`.
    """
    if len(content) > MAX_BERKAS:
        raise SkmError("survei-berkas-besar")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SkmError("survei-berkas-bukan-teks") from error
    return text.replace("\r\n", "\n")


def _placement_notes(store: Store, survei_id: str, dasar: str, teks: str) -> list[str]:
    """Return a note about placements that still stand for what is retired now."""
    used = store.used_places(survei_id)
    found = []
    for daftar, known in ((Daftar.LAYANAN, used.layanan), (Daftar.TITIK, used.titik)):
        before = {b.kode: b.aktif for b in entries(read(dasar), daftar)}
        for b in entries(read(teks), daftar):
            open_now = known.get(b.kode, (0, 0))[1]
            if open_now and before.get(b.kode) and not b.aktif:
                found.append((b.nama, open_now))
    if not found:
        return []
    total = sum(n for _, n in found)
    return [
        message("survei-tautan-terbuka", jumlah=total, nama=", ".join(name for name, _ in found))
    ]
