"""Roles, what each may do, and where: the one table that pages, routes and the store ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from skm.pesan import SkmError


class Peran(StrEnum):
    """What somebody is in the survey of the office. One account may have several."""

    ADMIN = "admin"
    OPERATOR = "operator"
    MANAJER = "manajer"
    PEMERIKSA = "pemeriksa"


class Hak(StrEnum):
    """One thing that a role may do."""

    LIHAT = "lihat"
    MASUKKAN = "masukkan"
    TAUTAN = "tautan"
    KECUALIKAN = "kecualikan"
    NARASI = "narasi"
    SARAN = "saran"
    TUTUP = "tutup"
    TERBIT = "terbit"
    LAPORAN = "laporan"
    ARSIP = "arsip"
    JEJAK = "jejak"
    SURVEI = "survei"
    AKUN = "akun"
    CADANGAN = "cadangan"


_SEMUA = frozenset({Hak.LIHAT, Hak.LAPORAN})

HAK: Mapping[Peran, frozenset[Hak]] = {
    Peran.ADMIN: _SEMUA | {Hak.TAUTAN, Hak.SURVEI, Hak.AKUN, Hak.CADANGAN, Hak.JEJAK},
    Peran.OPERATOR: _SEMUA | {Hak.MASUKKAN, Hak.TAUTAN, Hak.KECUALIKAN, Hak.NARASI, Hak.SARAN},
    Peran.MANAJER: _SEMUA
    | {Hak.KECUALIKAN, Hak.NARASI, Hak.SARAN, Hak.TUTUP, Hak.TERBIT, Hak.ARSIP},
    Peran.PEMERIKSA: _SEMUA | {Hak.ARSIP, Hak.JEJAK},
}
"""What each role may do. Closing and publishing are not the admin's, nor the operator's: whoever
brings the answers in does not decide when the figures stand."""

NAMA_PERAN: Mapping[Peran, str] = {
    Peran.ADMIN: "Admin",
    Peran.OPERATOR: "Operator",
    Peran.MANAJER: "Manajer",
    Peran.PEMERIKSA: "Pemeriksa",
}

SEBAGIAN = frozenset({Hak.LIHAT, Hak.MASUKKAN, Hak.TAUTAN, Hak.KECUALIKAN, Hak.SARAN})
"""What an account that is limited to some places can still do there. All else concerns the whole
office: its figures, its archives, its accounts."""


@dataclass(frozen=True, slots=True)
class Batas:
    """The part of a survey that an account is limited to; an empty set leaves that side open."""

    survei_id: str
    titik: frozenset[str] = frozenset()
    layanan: frozenset[str] = frozenset()

    def holds(self, titik: str | None, layanan: str | None) -> bool:
        """Return whether a place is inside. An unknown titik or layanan is outside of any set."""
        return (not self.titik or titik in self.titik) and (
            not self.layanan or layanan in self.layanan
        )


@dataclass(frozen=True, slots=True)
class Pelaku:
    """Whoever acts: an account, or the program itself (`sistem`), with what that one may do.

    Without `batas` the account works on all surveys; with some, only on these. `sesi` is the
    browser that it acts from: whatever is changed from there, the store looks again whether that
    browser is still signed in.
    """

    nama: str
    peran: frozenset[Peran] = frozenset()
    batas: tuple[Batas, ...] = ()
    sistem: bool = False
    sesi: str = ""

    @property
    def terbatas(self) -> bool:
        """Return whether the account sees only parts of the surveys."""
        return bool(self.batas)

    def may(self, hak: Hak, survei_id: str | None = None) -> bool:
        """Return whether this is allowed, in this survey or at all."""
        if self.sistem:
            return True
        if not any(hak in HAK[peran] for peran in self.peran):
            return False
        if not self.batas:
            return True
        return hak in SEBAGIAN and (survei_id is None or self.part_of(survei_id) is not None)

    def need(self, hak: Hak, survei_id: str | None = None) -> None:
        """Raise SkmError `hak-kurang` where this is not allowed."""
        if not self.may(hak, survei_id):
            raise SkmError("hak-kurang")

    def part_of(self, survei_id: str) -> Batas | None:
        """Return the part of a survey that is this account's; None for none of it."""
        if self.sistem or not self.batas:
            return Batas(survei_id)
        return next((b for b in self.batas if b.survei_id == survei_id), None)

    def sees(self, survei_id: str, titik: str | None, layanan: str | None) -> bool:
        """Return whether an answer given at this place is this account's to see."""
        part = self.part_of(survei_id)
        return part is not None and part.holds(titik, layanan)

    def need_place(self, survei_id: str, titik: str | None, layanan: str | None) -> None:
        """Raise SkmError `di-luar-batas` for a place that is not this account's."""
        if not self.sees(survei_id, titik, layanan):
            raise SkmError("di-luar-batas")


SISTEM = Pelaku("sistem", sistem=True)
"""The program itself: the form, its start, its daily copies."""

TERMINAL = Pelaku("terminal", sistem=True)
"""Whoever may run commands on the machine may read its database anyway."""


def role_names(peran: Collection[Peran]) -> str:
    """Return the names of roles as a person reads them, in their order."""
    return ", ".join(NAMA_PERAN[p] for p in NAMA_PERAN if p in peran)


def parse_peran(names: Iterable[str]) -> frozenset[Peran]:
    """Return the roles of these names. Raises SkmError `peran-tak-dikenal`, `peran-kosong`."""
    found = set()
    for name in names:
        try:
            found.add(Peran(name.strip().lower()))
        except ValueError as error:
            known = ", ".join(Peran)
            raise SkmError("peran-tak-dikenal", nama=name, pilihan=known) from error
    if not found:
        raise SkmError("peran-kosong")
    return frozenset(found)
