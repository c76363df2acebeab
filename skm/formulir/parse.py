"""Read a submitted form: every fault with its field, and what was filled in kept as it was.

Nothing that a browser sends is trusted; nothing that it sends raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from skm.formulir.fields import (
    ARAH,
    CAP,
    DIMULAI,
    GANTI,
    ID_KIRIM,
    JEBAKAN,
    LANGKAH,
    META,
    TUNDA,
    Isian,
    build_fields,
)
from skm.formulir.stamp import Cap
from skm.intake.privacy import MAX_SARAN, clean_saran
from skm.jawaban import KOSONG, Jawaban
from skm.kiriman import is_submit_id
from skm.periode import Jenis, period_at
from skm.survei import Kuesioner, Profil, Survei

MAX_KEPT = 200
"""Longer values of a field with options or a number are nobody's answer and are cut."""
MAX_SARAN_KEPT = 20_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_STEP = re.compile(r"[0-9]{1,2}")
_SECONDS = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class Salah:
    """A fault of one field, as a code of the message catalogue with what fills it."""

    kode: str
    isi: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Terbaca:
    """What a submission holds. `jawaban` is None where there is a fault.

    `nilai` keeps what was filled in, by field name, to be shown again; `salah` has a fault per
    field. `id_kirim` is None where the page's own id is missing or damaged. `waktu` is when the
    answer was given. `cap` is the page's stamp as it came. `langkah` is the step that was sent
    (0: the whole form), `arah` the button, `ganti` the language asked for instead.
    """

    nilai: Mapping[str, str]
    salah: Mapping[str, Salah]
    jawaban: Jawaban | None
    id_kirim: str | None
    waktu: datetime
    cap: str = ""
    langkah: int = 0
    arah: str = ""
    ganti: str = ""
    terjebak: bool = False
    dimulai: bool = False


class Formulir:
    """A form as it is read: what does not change between two submissions is prepared once.

    `kuesioner` is the version that the respondent saw; None means the one in force.
    """

    def __init__(
        self, survei: Survei, layanan_tetap: str | None, kuesioner: Kuesioner | None = None
    ) -> None:
        self.survei, self.layanan_tetap, self.kuesioner = survei, layanan_tetap, kuesioner
        self.isian = build_fields(survei, None, layanan_tetap, kuesioner)
        self._names = frozenset({*(item.nama for item in self.isian), *META})
        self._options = {item.nama: frozenset(p.nilai for p in item.pilihan) for item in self.isian}
        self._questions = [item.nama for item in self.isian if item.bagian == "pertanyaan"]
        self._profile = [(item.profil.kode, item.nama) for item in self.isian if item.profil]

    def read(
        self,
        titik: str | None,
        pairs: Iterable[tuple[str, str]],
        now: datetime,
        cap: Cap | None = None,
    ) -> Terbaca:
        """Return what the (name, value) pairs of a submission say; other names are ignored.

        `cap` is the page's stamp where it is ours: only with it is an answer believed that it
        waited to be sent.
        """
        given = _collect(pairs, self._names)
        kept, faults = self._read_fields(given)
        meta = {name: _single(given.get(name, ())) for name in META}
        id_kirim = meta[ID_KIRIM] if is_submit_id(meta[ID_KIRIM]) else None
        if id_kirim is None and not faults:
            faults[ID_KIRIM] = Salah("formulir-kirim-ulang")
        waktu = _given_at(now, cap, meta[TUNDA])
        return Terbaca(
            nilai=kept,
            salah=faults,
            jawaban=None if faults else self._answer(kept, titik, waktu),
            id_kirim=id_kirim,
            waktu=waktu,
            cap=meta[CAP],
            langkah=int(meta[LANGKAH]) if _STEP.fullmatch(meta[LANGKAH]) else 0,
            arah=meta[ARAH],
            ganti=meta[GANTI],
            terjebak=bool(meta[JEBAKAN]),
            dimulai=meta[DIMULAI] == "1",
        )

    def _read_fields(
        self, given: Mapping[str, list[str]]
    ) -> tuple[dict[str, str], dict[str, Salah]]:
        """Return what is kept and the fault of each field."""
        kept: dict[str, str] = {}
        faults: dict[str, Salah] = {}
        for item in self.isian:
            value, fault = self._read_field(item, given.get(item.nama, ()))
            if value:
                kept[item.nama] = value
            if fault:
                faults[item.nama] = fault
        if not any(name in kept or name in faults for name in self._questions):
            faults[self._questions[0]] = Salah("formulir-tanpa-jawaban")
        return kept, faults

    def _read_field(self, item: Isian, found: Sequence[str]) -> tuple[str, Salah | None]:
        """Return the value to keep and the fault, if any."""
        if item.bagian == "saran":
            return _read_saran(found)
        if not found:
            missing = "formulir-pilih" if item.pilihan else "formulir-angka-kosong"
            return "", _fault(missing, item) if item.wajib else None
        if len(found) > 1:
            return "", _fault("formulir-ganda", item)
        value = found[0]
        if item.pilihan:
            if value not in self._options[item.nama]:
                return "", _fault("formulir-asing", item)
            return value, None
        assert item.profil is not None  # noqa: S101 - only profile fields have no options
        return _read_number(item, item.profil, value[:MAX_KEPT])

    def _answer(self, kept: Mapping[str, str], titik: str | None, waktu: datetime) -> Jawaban:
        return Jawaban(
            nilai="".join([kept.get(name, KOSONG) for name in self._questions]),
            periode=period_at(waktu, Jenis.TRIWULAN, self.survei.zona),
            waktu=waktu.astimezone(UTC),
            layanan=self.layanan_tetap or kept.get("layanan"),
            titik=titik,
            profil=tuple([(kode, kept[name]) for kode, name in self._profile if name in kept]),
            saran=clean_saran(kept["saran"]) if "saran" in kept else None,
        )


def _collect(pairs: Iterable[tuple[str, str]], known: frozenset[str]) -> dict[str, list[str]]:
    """Return the distinct non-blank values by name, in the order they came."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        clean = _CONTROL.sub("", value).strip()
        if name in known and clean and clean not in given.setdefault(name, []):
            given[name].append(clean)
    return given


def _single(found: Sequence[str]) -> str:
    """Return the one value of a hidden field; two that differ are as good as none."""
    return found[0][:MAX_KEPT] if len(found) == 1 else ""


def _given_at(now: datetime, cap: Cap | None, tunda: str) -> datetime:
    """Return when an answer was given; what cannot be proved or read was given now."""
    if cap is None or not _SECONDS.fullmatch(tunda):
        return now
    return cap.moment(now, int(tunda))


def _read_saran(values: Sequence[str]) -> tuple[str, Salah | None]:
    if not values:
        return "", None
    text = "\n".join(values)[:MAX_SARAN_KEPT]
    length = len(" ".join(text.split()))
    if length > MAX_SARAN:
        return text, Salah("formulir-saran-panjang", {"ada": length, "batas": MAX_SARAN})
    return text, None


def _read_number(item: Isian, profil: Profil, value: str) -> tuple[str, Salah | None]:
    words = value.casefold().removesuffix(item.satuan.casefold()) if item.satuan else value
    digits = words.strip()
    if not (digits.isascii() and digits.isdigit()):
        return value, _fault("formulir-angka", item)
    # A longer number than any class holds is not made an int: its length is the sender's choice.
    if len(digits.lstrip("0")) > 3 or profil.classify(int(digits)) is None or int(digits) > 150:
        return value, _fault("formulir-rentang", item)
    return str(int(digits)), None


def _fault(kode: str, item: Isian) -> Salah:
    return Salah(kode, {"isian": item.sebutan})
