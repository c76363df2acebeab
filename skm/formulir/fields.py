"""The fields of a survey's form: their names, texts and options, in the order they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from skm.formulir.texts import Teks
from skm.survei import Kuesioner, Profil, Survei

LAYANAN = "layanan"
SARAN = "saran"
ID_KIRIM = "id_kirim"
CAP = "cap"
JEBAKAN = "kosongkan"
DIMULAI = "dimulai"
LANGKAH = "langkah"
ARAH = "arah"
GANTI = "ganti"
TUNDA = "tunda"
META = (ID_KIRIM, CAP, JEBAKAN, DIMULAI, LANGKAH, ARAH, GANTI, TUNDA)
"""What travels with the answers: the page's id and stamp, the trap, where it goes next, and how
many seconds it waited to be sent.
"""
RESERVED = frozenset({LAYANAN, SARAN, *META})

Bagian = Literal["layanan", "pertanyaan", "profil", "saran"]


@dataclass(frozen=True, slots=True)
class Pilihan:
    """One option: the value that is sent and its words. `wajah` 1-4 is a decoration, 0 none."""

    nilai: str
    teks: str
    wajah: int = 0


@dataclass(frozen=True, slots=True)
class Isian:
    """One field. `sebutan` is how a fault calls it; no `pilihan` means that it is written."""

    nama: str
    bagian: Bagian
    label: str
    sebutan: str
    wajib: bool
    pilihan: tuple[Pilihan, ...] = ()
    satuan: str = ""
    profil: Profil | None = None

    @property
    def anchor(self) -> str:
        """Return the id of the element that a fault links to: the first option, or the field."""
        return f"{self.nama}-{self.pilihan[0].nilai}" if self.pilihan else self.nama


def question_names(kuesioner: Kuesioner) -> tuple[str, ...]:
    """Return the field names of the questions: u1, u2, … in their order."""
    return tuple(f"u{i}" for i in range(1, len(kuesioner.pertanyaan) + 1))


def profil_name(survei: Survei, profil: Profil) -> str:
    """Return a profile field's name: its code, unless the form uses that name itself."""
    taken = profil.kode in RESERVED or profil.kode in question_names(survei.kuesioner)
    return f"profil_{profil.kode}" if taken else profil.kode


def build_fields(
    survei: Survei,
    teks: Teks | None = None,
    layanan_tetap: str | None = None,
    kuesioner: Kuesioner | None = None,
) -> tuple[Isian, ...]:
    """Return the form's fields; `kuesioner` may be an earlier version of the questions."""
    teks = teks or Teks(survei=survei)
    questions = kuesioner or survei.kuesioner
    fields = [*_questions(survei, questions, teks), *_profile(survei, teks)]
    active = [item for item in survei.layanan if item.aktif]
    if layanan_tetap is None and active:
        options = tuple(
            Pilihan(item.kode, teks.of(f"layanan.{item.kode}", item.nama)) for item in active
        )
        label = teks("layanan")
        required = _is_required(survei, "layanan")
        fields.insert(0, Isian(LAYANAN, "layanan", label, teks("layanan-tetap"), required, options))
    saran = Isian(SARAN, "saran", teks("saran"), teks("saran"), wajib=False)
    return (*fields, saran)


def _questions(survei: Survei, kuesioner: Kuesioner, teks: Teks) -> list[Isian]:
    fields = []
    for nomor, (name, question) in enumerate(
        zip(question_names(kuesioner), kuesioner.pertanyaan, strict=True), start=1
    ):
        options = tuple(
            Pilihan(
                str(p.nilai), teks.of(f"pilihan.{question.kode}.{p.nilai}", p.teks), wajah=p.nilai
            )
            for p in question.pilihan
        )
        label = teks.of(f"pertanyaan.{question.kode}", question.teks)
        called = teks("pertanyaan", nomor=nomor)
        required = _is_required(survei, question.kode, question=True)
        fields.append(Isian(name, "pertanyaan", label, called, required, options))
    return fields


def _profile(survei: Survei, teks: Teks) -> list[Isian]:
    fields = []
    for profil in survei.profil:
        label = teks.of(f"profil.{profil.kode}", profil.label)
        options = tuple(
            Pilihan(o.kode, teks.of(f"profil.{profil.kode}.{o.kode}", o.teks))
            for o in profil.pilihan
        )
        fields.append(
            Isian(
                nama=profil_name(survei, profil),
                bagian="profil",
                label=label,
                sebutan=label,
                wajib=_is_required(survei, profil.kode),
                pilihan=options,
                satuan=teks.of(f"profil.{profil.kode}.satuan", profil.satuan),
                profil=profil,
            )
        )
    return fields


def _is_required(survei: Survei, kode: str, question: bool = False) -> bool:
    chosen = survei.formulir.wajib
    if chosen is None:
        return question or kode == "layanan"
    return kode in chosen
