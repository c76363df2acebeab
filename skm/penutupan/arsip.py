"""The content of a closed period: canonical bytes, so that its SHA-256 means these figures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis.as_json import result_json, rules_json
from skm.analysis.groups import Per, group_results
from skm.angka import format_fixed
from skm.penutupan.hitungan import Hitungan, Profil, Sebaran, Skor, cells_of
from skm.periode import Periode, parse_period
from skm.pesan import SkmError
from skm.store import build_survei
from skm.survei import Kuesioner, Survei

BENTUK = 1
"""The number of this form; a later program reads earlier ones."""


@dataclass(frozen=True, slots=True)
class Naskah:
    """The survey's text that rules a closed period, with the questionnaire version in force."""

    periode: Periode
    toml: str
    berlaku: str

    def survei(self, survei_id: str) -> Survei:
        """Return the survey as this text has it."""
        return build_survei(self.toml, survei_id, self.berlaku)


@dataclass(frozen=True, slots=True)
class Jumlah:
    """Answers received, those that count, and of these the marked ones; and those left out."""

    diterima: int
    dipakai: int
    ditandai: int
    dikecualikan: int


@dataclass(frozen=True)
class Arsip:
    """All that a closed period's figures follow from.

    `naskah` begins with the period's own; others rule parts that were closed before under another
    text. `populasi` are the people served by period and layanan ('' is the whole unit), of the
    period and those inside it. `berkas` are the SHA-256 of the files with answers and remarks.
    Not slotted: figures are kept once computed.
    """

    survei_id: str
    periode: Periode
    batas: datetime
    jumlah: Jumlah
    naskah: tuple[Naskah, ...]
    kuesioner: Mapping[str, Kuesioner]
    hitungan: Hitungan
    populasi: Mapping[str, Mapping[str, int]]
    berkas: Mapping[str, str]

    @cached_property
    def survei(self) -> Survei:
        """Return the survey as it was when the period was closed."""
        return self.naskah[0].survei(self.survei_id)

    @cached_property
    def aturan(self) -> Aturan:
        """Return the rules that the period was closed under, with those of parts closed before."""
        own = self.survei.aturan
        parts = tuple((n.periode, n.survei(self.survei_id).aturan) for n in self.naskah[1:])
        return Aturan(own.unsur, own.metode, own.agregasi, own.dinilai_langsung, parts)

    @cached_property
    def hasil(self) -> HasilPeriode:
        """Return the period's figures, from the counts."""
        cells = cells_of(self.hitungan, self.survei, self.kuesioner, ())
        return compute_period(cells, self.periode, self.aturan)


def canonical(arsip: Arsip) -> bytes:
    """Return the archive as JSON with sorted keys and no spaces: the same content, the same bytes.

    It holds the printed figures too, so that the hash covers them.
    """
    content = {
        "bentuk": BENTUK,
        "survei": arsip.survei_id,
        "periode": arsip.periode.kode,
        "batas": arsip.batas.astimezone(UTC).isoformat(timespec="seconds"),
        "jumlah": {name: getattr(arsip.jumlah, name) for name in Jumlah.__slots__},
        "naskah": [
            {"periode": n.periode.kode, "toml": n.toml, "kuesioner_berlaku": n.berlaku}
            for n in arsip.naskah
        ],
        "kuesioner": {v: q.model_dump(mode="json") for v, q in arsip.kuesioner.items()},
        "sebaran": arsip.hitungan.sebaran,
        "skor": arsip.hitungan.skor,
        "profil": arsip.hitungan.profil,
        "populasi": {kode: dict(served) for kode, served in arsip.populasi.items()},
        "berkas": dict(arsip.berkas),
        "hasil": figures(arsip),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def figures(arsip: Arsip) -> dict[str, Any]:
    """Return every figure of the period as printed: the unit, its parts, layanan and titik.

    `nilai` is the IKM before its rounding, as an exact fraction.
    """
    groups = {}
    for per in (Per.LAYANAN, Per.TITIK):
        cells = cells_of(arsip.hitungan, arsip.survei, arsip.kuesioner, (per.value,))
        found = group_results(cells, arsip.aturan, arsip.periode, (per,))
        groups[per.value] = {g.kode(per) or "": _brief(g.hasil) for g in found}
    return {"aturan": rules_json(arsip.aturan), "unit": _unit(arsip.hasil), **groups}


def _unit(result: HasilPeriode) -> dict[str, Any]:
    nilai = result.hasil.nilai
    return {
        **result_json(result),
        "periode": result.periode.kode if result.periode else None,
        "nilai": None if nilai is None else f"{nilai.numerator}/{nilai.denominator}",
        "bagian": [_unit(part) for part in result.bagian],
    }


def _brief(result: HasilPeriode) -> dict[str, Any]:
    hasil = result.hasil
    ikm = None if hasil.ikm is None else format_fixed(hasil.ikm, 2)
    return {"responden": hasil.responden, "ikm": ikm, "mutu": hasil.mutu}


def parse_archive(content: bytes, berkas: str = "arsip.json") -> Arsip:
    """Return the archive of canonical bytes; its printed figures are computed anew, not read.

    Raises SkmError `arsip-tak-terbaca`, `arsip-versi`, or what the survey's text raises.
    """
    try:
        raw = json.loads(content)
        bentuk = raw["bentuk"]
        if bentuk > BENTUK:
            raise SkmError("arsip-versi", berkas=berkas, ada=bentuk, dikenal=BENTUK)
        return _build(raw)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SkmError("arsip-tak-terbaca", berkas=berkas, rincian="isinya berubah") from error


def _build(raw: Mapping[str, Any]) -> Arsip:
    kuesioner = {
        versi: Kuesioner.model_construct(
            versi=versi,
            pertanyaan=Kuesioner.model_validate({**q, "versi": "x"}).pertanyaan,
        )
        for versi, q in raw["kuesioner"].items()
    }
    hitungan = Hitungan(
        sebaran=tuple(_spread(row) for row in raw["sebaran"]),
        skor=tuple(Skor(*row) for row in raw["skor"]),
        profil=tuple(Profil(*row) for row in raw["profil"]),
    )
    return Arsip(
        survei_id=raw["survei"],
        periode=parse_period(raw["periode"]),
        batas=datetime.fromisoformat(raw["batas"]),
        jumlah=Jumlah(**raw["jumlah"]),
        naskah=tuple(
            Naskah(parse_period(n["periode"]), n["toml"], n["kuesioner_berlaku"])
            for n in raw["naskah"]
        ),
        kuesioner=kuesioner,
        hitungan=hitungan,
        populasi=raw["populasi"],
        berkas=raw["berkas"],
    )


def _spread(row: list[Any]) -> Sebaran:
    versi, periode, layanan, titik, kanal, responden, marks = row
    table = tuple((a, b, c, d) for a, b, c, d in marks)
    return Sebaran(versi, periode, layanan, titik, kanal, responden, table)
