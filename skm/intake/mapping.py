"""Which column is what: proposed by the machine, confirmed and changed by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from skm.intake.alias import BIASA, numbering_trap
from skm.intake.sheets import column_letter
from skm.pesan import message
from skm.survei import Pertanyaan, Survei

SEVERAL = ("abaikan", "pribadi", "saran")
"""Targets that more than one column may have; several saran are joined."""


class Keyakinan(StrEnum):
    """How a column got its target."""

    PASTI = "pasti"
    NOMOR = "nomor"
    MANUSIA = "manusia"
    TIDAK = "tidak"


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column counted from 0, its header, what it is read as, and on what ground.

    `tujuan` is a question code, a profile field code, or one of `BIASA`.
    """

    indeks: int
    judul: str
    tujuan: str
    keyakinan: Keyakinan = Keyakinan.TIDAK

    @property
    def huruf(self) -> str:
        """Return the letter of the column, as a spreadsheet shows it."""
        return column_letter(self.indeks)

    @property
    def nama(self) -> str:
        """Return the header, or the letter of a column that has none."""
        return self.judul or self.huruf


@dataclass(frozen=True, slots=True)
class Butir:
    """A suggestion, confirmation, notice or problem of a mapping, in words."""

    kode: str
    pesan: str
    kolom: tuple[int, ...] = ()
    tujuan: str | None = None


@dataclass(frozen=True, slots=True)
class Pemetaan:
    """The columns of one sheet, bound to a survey. Change it with `with_column`.

    `baris_judul` is the header's row number (from 1). `usul` are suggestions for columns that
    stay unused until a person takes one; `catatan` are notices.
    """

    lembar: str
    baris_judul: int
    kolom: tuple[Kolom, ...]
    survei: Survei = field(repr=False)
    usul: tuple[Butir, ...] = ()
    catatan: tuple[Butir, ...] = ()

    def column(self, tujuan: str) -> Kolom | None:
        """Return the first column with this target."""
        return next((k for k in self.kolom if k.tujuan == tujuan), None)

    @property
    def targets(self) -> tuple[str, ...]:
        """Return every target that a column may have in this survey."""
        questions = (p.kode for p in self.survei.kuesioner.pertanyaan)
        return (*questions, *(p.kode for p in self.survei.profil), *BIASA)

    @property
    def saran(self) -> tuple[Butir, ...]:
        """Return the suggestions that still wait: "maksud Anda …?"."""
        return tuple(u for u in self.usul if self.kolom[u.kolom[0]].keyakinan is Keyakinan.TIDAK)

    @property
    def saran_wajib(self) -> tuple[Butir, ...]:
        """Return the suggestions to settle before storing: for questions without a column."""
        return tuple(b for b in self.saran if b.tujuan in self.belum)

    @property
    def belum(self) -> tuple[str, ...]:
        """Return the codes of the questions without a column."""
        bound = {k.tujuan for k in self.kolom}
        return tuple(p.kode for p in self.survei.kuesioner.pertanyaan if p.kode not in bound)

    @property
    def masalah(self) -> tuple[Butir, ...]:
        """Return what makes the mapping unusable: two columns for one target, no question."""
        counts = Counter(k.tujuan for k in self.kolom if k.tujuan not in SEVERAL)
        doubled = [t for t, n in counts.items() if n > 1]
        found = [self._doubled(t) for t in doubled]
        if len(self.belum) == len(self.survei.kuesioner.pertanyaan):
            found.append(Butir("kolom-tanpa-pertanyaan", message("kolom-tanpa-pertanyaan")))
        return tuple(found)

    @property
    def konfirmasi(self) -> tuple[Butir, ...]:
        """Return what must be confirmed once: the names that bare numbers U8 and U9 stand for."""
        numbered = [
            k
            for k in self.kolom
            if k.keyakinan is Keyakinan.NOMOR and self._unsur_kode(k.tujuan) in ("U8", "U9")
        ]
        if not numbered or not numbering_trap(self.survei):
            return ()
        bound = "; ".join(f"{k.nama} = {self.label(k.tujuan)}" for k in numbered)
        return (
            Butir(
                "kolom-u8-u9",
                message("kolom-u8-u9", isi=bound),
                tuple(k.indeks for k in numbered),
            ),
        )

    def label(self, tujuan: str) -> str:
        """Return a target in words: the unsur's name, the profile's label, or the target."""
        for question in self.survei.kuesioner.pertanyaan:
            if question.kode == tujuan:
                return question.unsur
        for profil in self.survei.profil:
            if profil.kode == tujuan:
                return profil.label
        return tujuan

    def unsur_codes(self, tujuan: Iterable[str]) -> tuple[str, ...]:
        """Return question codes as people know them: "U7", or the question's own code."""
        codes = [(t, self._unsur_kode(t)) for t in tujuan]
        return tuple(
            kode if kode and len(self._questions_of(kode)) == 1 else t for t, kode in codes
        )

    @property
    def unsur_tanpa_kolom(self) -> tuple[str, ...]:
        """Return the codes of the unsur of which no question has a column."""
        missing = set(self.belum)
        return tuple(
            u.kode
            for u in self.survei.unsur
            if (asked := self._questions_of(u.kode)) and missing.issuperset(asked)
        )

    def with_column(self, indeks: int, tujuan: str) -> Pemetaan:
        """Return the mapping with one column set by a person. Raises ValueError, IndexError."""
        if tujuan not in self.targets:
            raise ValueError(tujuan)
        changed = replace(self.kolom[indeks], tujuan=tujuan, keyakinan=Keyakinan.MANUSIA)
        return self._with([changed])

    def swap_u8_u9(self) -> Pemetaan:
        """Return the mapping with the columns of U8 and U9 exchanged, by a person's word."""
        eight, nine = self._questions_of("U8"), self._questions_of("U9")
        other = dict(zip(eight, nine, strict=False)) | dict(zip(nine, eight, strict=False))
        return self._with(
            replace(k, tujuan=other[k.tujuan], keyakinan=Keyakinan.MANUSIA)
            for k in self.kolom
            if k.tujuan in other
        )

    def confirmed(self) -> Pemetaan:
        """Return the mapping with its confirmations answered "yes"."""
        return self._with(
            replace(k, keyakinan=Keyakinan.MANUSIA)
            for k in self.kolom
            if k.keyakinan is Keyakinan.NOMOR
        )

    def _with(self, changed: Iterable[Kolom]) -> Pemetaan:
        by_index = {k.indeks: k for k in changed}
        return replace(self, kolom=tuple(by_index.get(k.indeks, k) for k in self.kolom))

    def _doubled(self, tujuan: str) -> Butir:
        both = [k for k in self.kolom if k.tujuan == tujuan]
        names = ", ".join(f"{k.nama} ({k.huruf})" for k in both)
        pesan = message("kolom-ganda", kolom=names, tujuan=self.label(tujuan))
        return Butir("kolom-ganda", pesan, tuple(k.indeks for k in both), tujuan)

    def _unsur_kode(self, tujuan: str) -> str | None:
        codes = {u.nama: u.kode for u in self.survei.unsur}
        for question in self.survei.kuesioner.pertanyaan:
            if question.kode == tujuan:
                return codes[question.unsur]
        return None

    def _questions_of(self, unsur_kode: str) -> list[str]:
        return [p.kode for p in self._asked() if self._unsur_kode(p.kode) == unsur_kode]

    def _asked(self) -> tuple[Pertanyaan, ...]:
        return self.survei.kuesioner.pertanyaan
