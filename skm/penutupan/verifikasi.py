"""Compute a closed period anew from its archive: equal or not, and where not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from skm.penutupan.arsip import Arsip, canonical, figures, fingerprint, parse_archive
from skm.penutupan.berkas import ISI, stated_hash
from skm.penutupan.hitungan import count_rows
from skm.penutupan.isian import read_rows
from skm.penutupan.kumpulan import JAWABAN, SARAN, question_counts
from skm.pesan import SkmError

_SPOILT = (
    ArithmeticError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)
"""What computing raises where a value is of another kind than we write."""
_NONE = "(tidak ada)"
"""What stands for a hash that the archive does not state."""


@dataclass(frozen=True, slots=True)
class Verifikasi:
    """An archive with its SHA-256, how many answers it holds, and everything that is not equal."""

    arsip: Arsip
    sha256: str
    jawaban: int
    temuan: tuple[SkmError, ...]

    @property
    def sama(self) -> bool:
        """Return whether every figure follows from the answers, and nothing was changed."""
        return not self.temuan


def verify(files: Mapping[str, bytes]) -> Verifikasi:
    """Return what comes of computing an archive anew.

    The chain: the hash stands for the content, the content for the files, the counts for the
    answers, the figures for the counts. Raises SkmError `arsip-tak-terbaca`, `arsip-versi`.
    """
    try:
        return _verify(files)
    except _SPOILT as error:
        # Whoever edits an archive by hand can make anything of it.
        raise SkmError("arsip-tak-terbaca", berkas=ISI, rincian="isinya berubah") from error


def _verify(files: Mapping[str, bytes]) -> Verifikasi:
    content = files[ISI]
    arsip = parse_archive(content, ISI)
    rows = read_rows(files[JAWABAN], question_counts(arsip), JAWABAN)
    found = [
        *_hash_faults(files, arsip),
        *_count_faults(arsip, count_rows(rows), len(rows)),
        *_figure_faults(json.loads(content)["hasil"], arsip),
    ]
    if not found and canonical(arsip) != content:
        found.append(SkmError("verifikasi-bentuk"))
    return Verifikasi(arsip, fingerprint(content), len(rows), tuple(found))


def _hash_faults(files: Mapping[str, bytes], arsip: Arsip) -> Iterator[SkmError]:
    stated, real = stated_hash(files), fingerprint(files[ISI])
    if stated != real:
        yield SkmError("verifikasi-sidik", tertulis=stated[:16], seharusnya=real[:16])
    for name, stated in {JAWABAN: _NONE, **arsip.berkas}.items():
        if name == SARAN and name not in files:  # deleted when their time was over
            continue
        real = fingerprint(files.get(name, b""))
        if stated != real:
            yield SkmError(
                "verifikasi-berkas", berkas=name, tertulis=stated[:16], seharusnya=real[:16]
            )


def _count_faults(arsip: Arsip, counted: object, rows: int) -> Iterator[SkmError]:
    for part in ("sebaran", "skor", "profil"):
        if getattr(arsip.hitungan, part) != getattr(counted, part):
            yield SkmError("verifikasi-hitungan", bagian=part)
    if arsip.jumlah.dipakai != rows:
        yield SkmError("verifikasi-jumlah", tertulis=arsip.jumlah.dipakai, seharusnya=rows)
    amounts = arsip.jumlah
    whole = amounts.dipakai + amounts.dikecualikan
    if amounts.diterima != whole or amounts.dikecualikan < 0:
        yield SkmError("verifikasi-diterima", tertulis=amounts.diterima, seharusnya=whole)
    if not 0 <= amounts.ditandai <= amounts.dipakai:
        yield SkmError("verifikasi-ditandai", tertulis=amounts.ditandai, batas=amounts.dipakai)


def _figure_faults(stated: Any, arsip: Arsip) -> Iterator[SkmError]:  # noqa: ANN401 - any JSON
    should = json.loads(json.dumps(figures(arsip)))
    for place, written, real in _differences(stated, should, ""):
        yield SkmError("verifikasi-angka", tempat=place, tertulis=written, seharusnya=real)


def _differences(
    stated: Any,  # noqa: ANN401
    should: Any,  # noqa: ANN401
    place: str,
) -> Iterator[tuple[str, object, object]]:
    """Yield every leaf that differs, with its path."""
    if isinstance(stated, dict) and isinstance(should, dict):
        for key in sorted(stated.keys() | should.keys()):
            below = f"{place}.{key}" if place else str(key)
            yield from _differences(stated.get(key), should.get(key), below)
    elif isinstance(stated, list) and isinstance(should, list) and len(stated) == len(should):
        for i, pair in enumerate(zip(stated, should, strict=True), start=1):
            yield from _differences(*pair, f"{place}[{i}]")
    elif stated != should:
        yield place, stated, should
