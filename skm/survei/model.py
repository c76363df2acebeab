"""The survey file's shape (pydantic: unknown keys refused, all faults at once).

Keys are in Indonesian: offices write them. Faults are raised as codes of the message catalogue.
"""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from skm.agregasi import Agregasi, Aturan
from skm.metode import Bobot, Jalur, Metode, Terbawa, find_method, named_methods, own_weight
from skm.periode import Periode, find_zone, parse_period
from skm.pesan import SkmError, message
from skm.rekap import Slot, UnsurSpec


def fault(kode: str, /, **isi: object) -> PydanticCustomError:
    """Return a pydantic error that carries a code of the message catalogue."""
    return PydanticCustomError("skm", "{pesan}", {"kode": kode, "pesan": message(kode, **isi)})


def _as_period(value: object) -> Periode:
    if isinstance(value, Periode):
        return value
    try:
        return parse_period(str(value))
    except SkmError as error:
        raise fault(error.kode, **error.isi) from error


def _check_zone(value: str) -> str:
    try:
        find_zone(value)
    except SkmError as error:
        raise fault(error.kode, **error.isi) from error
    return value


PeriodeField = Annotated[Periode, BeforeValidator(_as_period)]
Kode = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]
Teks = Annotated[str, Field(min_length=1, max_length=500)]
Persen = Annotated[Decimal, Field(ge=25, le=100)]
Desimal = Annotated[int, Field(ge=0, le=6)]


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, ignored_types=(cached_property,)
    )


class Unsur(_Strict):
    """One unsur: its code as printed (U1), its name, and other names that files use for it."""

    kode: Kode
    nama: Teks
    alias: tuple[Teks, ...] = ()


class Pilihan(_Strict):
    """An answer option: its text and its value 1-4."""

    nilai: Literal[1, 2, 3, 4]
    teks: Teks


class Pertanyaan(_Strict):
    """A question bound to an unsur by name, with its four options."""

    kode: Kode
    unsur: Teks
    teks: Teks
    pilihan: tuple[Pilihan, ...]
    alias: tuple[Teks, ...] = ()

    @model_validator(mode="after")
    def _four_options(self) -> Pertanyaan:
        if sorted(p.nilai for p in self.pilihan) != [1, 2, 3, 4]:
            raise fault("survei-pilihan-empat", nama=self.kode)
        return self


class Kuesioner(_Strict):
    """The questions in order, under a version that every answer carries."""

    versi: Kode
    pertanyaan: Annotated[tuple[Pertanyaan, ...], Field(min_length=1, max_length=60)]


class OpsiProfil(_Strict):
    """An option of a profile field."""

    kode: Kode
    teks: Teks
    alias: tuple[Teks, ...] = ()


class KelompokProfil(_Strict):
    """A class of a numeric profile field, both ends included; no `sampai` means "and above"."""

    teks: Teks
    dari: Annotated[int, Field(ge=0, le=150)]
    sampai: Annotated[int | None, Field(ge=0, le=150)] = None


class Profil(_Strict):
    """A question about the respondent: a choice among options, or a number put into classes."""

    kode: Kode
    label: Teks
    alias: tuple[Teks, ...] = ()
    satuan: str = ""
    pilihan: tuple[OpsiProfil, ...] = ()
    kelompok: tuple[KelompokProfil, ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> Profil:
        if bool(self.pilihan) == bool(self.kelompok):
            raise fault("survei-profil-bentuk", nama=self.kode)
        return self

    def classify(self, angka: int) -> str | None:
        """Return the class text that holds a number; None where no class does."""
        for k in self.kelompok:
            if k.dari <= angka and (k.sampai is None or angka <= k.sampai):
                return k.teks
        return None


class Layanan(_Strict):
    """A jenis layanan; an inactive one keeps its answers but takes no new ones."""

    kode: Kode
    nama: Teks
    aktif: bool = True
    alias: tuple[Teks, ...] = ()


class Titik(_Strict):
    """A titik layanan: where people are served, its kind, and the titik above it."""

    kode: Kode
    nama: Teks
    jenis: str = ""
    induk: str | None = None
    aktif: bool = True
    alias: tuple[Teks, ...] = ()


class Tahap(_Strict):
    """The decimals that an office's own method keeps at each stage."""

    nrr: Desimal | None = None
    tertimbang: Desimal | None = None
    ikm_unsur: Desimal | None = None
    indeks: Desimal | None = None


class MetodeSurvei(_Strict):
    """A named method, or the office's own (`tahap` with `jalur` and `terbawa`), and a weight."""

    nama: Teks = "penuh"
    bobot: str = "1/k"
    bobot_sendiri: dict[str, Decimal] | None = None
    tahap: Tahap | None = None
    jalur: Jalur = Jalur.INDEKS
    terbawa: Terbawa = Terbawa.TERCETAK

    def build(self, unsur: tuple[Unsur, ...]) -> Metode:
        """Return the method; weights are given by unsur name. Raises SkmError."""
        weight = self._weight(unsur)
        if self.tahap is None:
            return find_method(self.nama).with_weight(weight)
        if self.nama in named_methods():
            raise SkmError("metode-nama-terpakai", nama=self.nama)
        return Metode(
            nama=self.nama,
            keterangan="Cara hitung sendiri, dari berkas survei.",
            jalur=self.jalur,
            terbawa=self.terbawa,
            bobot=weight,
            nrr=self.tahap.nrr,
            tertimbang=self.tahap.tertimbang,
            ikm_unsur=self.tahap.ikm_unsur,
            indeks=self.tahap.indeks,
        )

    def _weight(self, unsur: tuple[Unsur, ...]) -> Bobot:
        if self.bobot_sendiri is None:
            weight = find_method("penuh", self.bobot).bobot
            weight.shares([u.kode for u in unsur], [u.kode for u in unsur])
            return weight
        codes = {u.nama: u.kode for u in unsur}
        if set(codes) != set(self.bobot_sendiri):
            raise SkmError("bobot-unsur-berbeda", unsur=", ".join(codes))
        return own_weight({codes[n]: Fraction(w) for n, w in self.bobot_sendiri.items()})


class JamLayanan(_Strict):
    """When the office serves, by its own clock; `hari` counts from 1 (Monday) to 7."""

    mulai: time
    selesai: time
    hari: tuple[Annotated[int, Field(ge=1, le=7)], ...] = (1, 2, 3, 4, 5)


class Formulir(_Strict):
    """How the web form asks. `wajib` names questions, profile fields and "layanan"; None means
    layanan and every question. Answers given in under `waktu_minimum` seconds are flagged, as are
    those outside `jam_layanan`. Raw answers are kept `simpan_bulan` months.
    """

    halaman: Literal["satu", "per-pertanyaan"] = "satu"
    wajib: tuple[str, ...] | None = None
    waktu_minimum: Annotated[int, Field(ge=0, le=600)] = 15
    jam_layanan: JamLayanan | None = None
    simpan_bulan: Annotated[int, Field(ge=1, le=120)] = 24


class Publikasi(_Strict):
    """How figures of groups are shown: those with fewer respondents than `huruf_mulai` have no
    letter, for a few more answers would change it.
    """

    huruf_mulai: Annotated[int, Field(ge=5, le=1000)] = 30


class Bahasa(_Strict):
    """Another language of the form: its own name, and texts by what they translate.

    Keys: "judul", "unit", "pertanyaan.u1", "pilihan.u1.4", "profil.usia", "profil.usia.satuan",
    "profil.pekerjaan.pns", "layanan.akta-lahir", or one of the form's own ("formulir.kirim").
    A text that is missing stays Indonesian.
    """

    nama: Teks
    teks: dict[str, Teks] = Field(default_factory=dict)


class Survei(_Strict):
    """A survey: whose it is, what it asks, where, and how it is calculated."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
    judul: Teks
    instansi: Teks
    unit: Teks
    zona_waktu: Annotated[str, AfterValidator(_check_zone)] = "WIB"
    contoh: bool = False
    keterangan: str = ""
    agregasi: Agregasi = Agregasi.RATA_RATA
    dinilai_langsung: tuple[PeriodeField, ...] = ()
    data: tuple[str, ...] = ()
    metode: MetodeSurvei = MetodeSurvei()
    target: dict[PeriodeField, Persen] = Field(default_factory=dict)
    target_responden: dict[PeriodeField, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    unsur: Annotated[tuple[Unsur, ...], Field(min_length=1, max_length=30)]
    kuesioner: Kuesioner
    profil: tuple[Profil, ...] = ()
    formulir: Formulir = Formulir()
    publikasi: Publikasi = Publikasi()
    bahasa: dict[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], Bahasa] = Field(
        default_factory=dict
    )
    layanan: tuple[Layanan, ...] = ()
    titik: tuple[Titik, ...] = ()

    @cached_property
    def zona(self) -> ZoneInfo:
        """Return the office's time zone."""
        return find_zone(self.zona_waktu)

    @cached_property
    def aturan(self) -> Aturan:
        """Return what the calculation needs: unsur, method, aggregation."""
        return self.rules()

    def rules(self, metode: Metode | None = None) -> Aturan:
        """Return the calculation rules, with another method where one is given."""
        per_unsur = [p.unsur for p in self.kuesioner.pertanyaan]
        return Aturan(
            unsur=tuple(UnsurSpec(u.kode, u.nama, per_unsur.count(u.nama)) for u in self.unsur),
            metode=metode or self.metode.build(self.unsur),
            agregasi=self.agregasi,
            dinilai_langsung=frozenset(self.dinilai_langsung),
        )

    def slots(self, kuesioner: Kuesioner | None = None) -> tuple[Slot, ...]:
        """Return the unsur place of each question, in the questionnaire's order.

        `kuesioner` may be an earlier version; a question whose unsur the survey no longer has
        raises SkmError `kuesioner-unsur-hilang`.
        """
        codes = {u.nama: u.kode for u in self.unsur}
        seen: dict[str, int] = {}
        slots = []
        for question in (kuesioner or self.kuesioner).pertanyaan:
            kode = codes.get(question.unsur)
            if kode is None:
                raise SkmError("kuesioner-unsur-hilang", unsur=question.unsur)
            slots.append(Slot(kode, seen.get(kode, 0)))
            seen[kode] = seen.get(kode, 0) + 1
        return tuple(slots)

    def layanan_by_kode(self) -> dict[str, Layanan]:
        """Return the layanan by code, in the survey's order."""
        return {item.kode: item for item in self.layanan}

    def titik_by_kode(self) -> dict[str, Titik]:
        """Return the titik by code, in the survey's order."""
        return {item.kode: item for item in self.titik}
