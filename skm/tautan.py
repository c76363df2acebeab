"""Placements: made in bulk, what became of their visitors, and what is printed for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlsplit

from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, percent_text
from skm.angka import format_number
from skm.jawaban import NAMA_KANAL, Kanal
from skm.pesan import SkmError
from skm.report import Tempelan
from skm.settings import LOOPBACK
from skm.store import Store, Tautan, TautanBaru
from skm.survei import Survei

KANAL = (Kanal.QR, Kanal.KIOS, Kanal.PETUGAS, Kanal.PESAN)
"""The channels that a placement can have: answers of the others come in without one."""
TERBUKA, DITUTUP = "Terbuka", "Ditutup"
SEMUA_TITIK = "Semua titik layanan"
PILIH_SENDIRI = "Dipilih responden"

CONTOH_SETELAN = "SKM_URL_PUBLIK=https://skm.kota.go.id"

Alamat = Callable[[str], str]
"""The printed address of a code: `Settings.form_address`."""


@dataclass(frozen=True, slots=True)
class Rencana:
    """What `create_placements` would do: the placements to make, and the open ones that do."""

    baru: tuple[TautanBaru, ...]
    ada: tuple[Tautan, ...]


def plan_placements(
    store: Store,
    survei: Survei,
    titik: Sequence[str] | None,
    layanan: str | None = None,
    kanal: Kanal = Kanal.QR,
    nama: str = "",
) -> Rencana:
    """Return what is missing so that each titik has an open placement; None means all active ones.

    A placement of another name is another one: a titik may have one for each counter. Raises
    SkmError `tautan-kanal`.
    """
    if kanal not in KANAL:
        raise SkmError("tautan-kanal", kanal=kanal, pilihan=", ".join(KANAL))
    wanted: Sequence[str | None]
    if titik is None:
        wanted = [t.kode for t in survei.titik if t.aktif] or [None]
    else:
        wanted = list(dict.fromkeys(titik))
    found = {_key(t): t for t in store.list_tautan(survei.id) if t.aktif}
    asked = [TautanBaru(kode, layanan, kanal, nama.strip()) for kode in wanted]
    return Rencana(
        baru=tuple(t for t in asked if _key(t) not in found),
        ada=tuple(found[_key(t)] for t in asked if _key(t) in found),
    )


def create_placements(
    store: Store,
    survei: Survei,
    titik: Sequence[str] | None,
    layanan: str | None = None,
    kanal: Kanal = Kanal.QR,
    nama: str = "",
) -> tuple[Tautan, ...]:
    """Make the placements that are missing, in one action, and return them.

    Combinations with an open placement are passed over: `plan_placements` names them. Raises
    SkmError as it does, `tautan-titik-asing` and `tautan-layanan-asing`.
    """
    missing = plan_placements(store, survei, titik, layanan, kanal, nama).baru
    return store.add_tautan(survei.id, missing) if missing else ()


def _key(tautan: Tautan | TautanBaru) -> tuple[str | None, str | None, Kanal, str]:
    return tautan.titik, tautan.layanan, tautan.kanal, tautan.nama.casefold()


def select_placements(
    tautan: Sequence[Tautan],
    titik: Collection[str] | None = None,
    layanan: str | None = None,
    kanal: Kanal | None = None,
    kode: Collection[str] | None = None,
    aktif: bool | None = None,
) -> tuple[Tautan, ...]:
    """Return the placements that fit everything that is given."""
    return tuple(
        t
        for t in tautan
        if (titik is None or t.titik in titik)
        and (layanan is None or t.layanan == layanan)
        and (kanal is None or t.kanal == kanal)
        and (kode is None or t.kode in kode)
        and (aktif is None or t.aktif == aktif)
    )


def find_placement(store: Store, survei: Survei, kode: str) -> Tautan:
    """Return a placement of this survey. Raises SkmError `tautan-tak-ada`."""
    found = store.find_tautan(kode)
    if found is None or found.survei_id != survei.id:
        raise SkmError("tautan-tak-ada", kode=kode)
    return found


def completion_rate(tautan: Sequence[Tautan]) -> Fraction | None:
    """Return how many percent of the views ended in a stored answer; None before the first.

    Views are counted from memory and may fall behind: a sheet that was sent was also seen.
    """
    seen = sum(max(t.dilihat, t.dimulai, t.dikirim) for t in tautan)
    return Fraction(sum(t.dikirim for t in tautan) * 100, seen) if seen else None


def place_names(survei: Survei, tautan: Tautan) -> tuple[str, str]:
    """Return the names of titik and layanan as lists show them."""
    places, services = survei.titik_by_kode(), survei.layanan_by_kode()
    place = places.get(tautan.titik or "")
    service = services.get(tautan.layanan or "")
    return (
        place.nama if place else tautan.titik or SEMUA_TITIK,
        service.nama if service else tautan.layanan or PILIH_SENDIRI,
    )


def completion(survei: Survei, tautan: Sequence[Tautan], alamat: Alamat | None = None) -> Tabel:
    """Return each placement with its views, starts, answers and completion rate."""
    rows = tuple(_row(survei, t, alamat) for t in tautan)
    kolom = (
        Kolom("Titik layanan"),
        Kolom("Jenis layanan"),
        Kolom("Kanal"),
        Kolom("Nama"),
        Kolom("Kode"),
        *([Kolom("Alamat")] if alamat else []),
        Kolom("Dilihat", angka=True),
        Kolom("Dimulai", angka=True),
        Kolom("Dikirim", angka=True),
        Kolom("Selesai", angka=True),
        Kolom("Keadaan"),
    )
    texts = ("Jumlah", "", "", "", "", *([""] if alamat else []))
    kaki = (*texts, *_counts(tautan), "")
    note = "Selesai: jawaban yang dikirim dari setiap seratus kali formulir dilihat."
    return Tabel("tautan", "Tautan survei", kolom, rows, kaki, note)


def _row(survei: Survei, tautan: Tautan, alamat: Alamat | None) -> tuple[str, ...]:
    return (
        *place_names(survei, tautan),
        NAMA_KANAL[tautan.kanal],
        tautan.nama,
        tautan.kode,
        *([alamat(tautan.kode)] if alamat else []),
        *_counts([tautan]),
        TERBUKA if tautan.aktif else DITUTUP,
    )


def _counts(tautan: Sequence[Tautan]) -> tuple[str, str, str, str]:
    rate = completion_rate(tautan)
    return (
        format_number(sum(t.dilihat for t in tautan)),
        format_number(sum(t.dimulai for t in tautan)),
        format_number(sum(t.dikirim for t in tautan)),
        TANPA if rate is None else percent_text(rate),
    )


def to_print(survei: Survei, tautan: Sequence[Tautan], alamat: Alamat) -> tuple[Tempelan, ...]:
    """Return what the posters of placements say; one for no titik in particular names the unit."""
    places, services = survei.titik_by_kode(), survei.layanan_by_kode()
    return tuple(
        Tempelan(
            t.kode,
            alamat(t.kode),
            places[t.titik].nama if t.titik in places else survei.unit,
            services[t.layanan].nama if t.layanan in services else None,
        )
        for t in tautan
    )


def only_here(address: str) -> bool:
    """Return whether an address leads nowhere but to the machine that opens it."""
    return (urlsplit(address).hostname or "") in LOOPBACK
