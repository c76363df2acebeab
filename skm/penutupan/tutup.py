"""Close a period: freeze its answers, its rules and its figures (PermenPANRB 14/2017 Pasal 4).

What comes in later, or is corrected later, goes to an addendum and moves no closed figure.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from skm.agregasi import HasilPeriode, compute_period
from skm.analysis.tables import ikm_text
from skm.angka import format_number
from skm.penutupan.arsip import Arsip, canonical, fingerprint
from skm.penutupan.hitungan import DIMENSI, cells_of, count_rows
from skm.penutupan.isian import write_remarks, write_rows
from skm.penutupan.kumpulan import JAWABAN, SARAN, Kumpulan, collect
from skm.penutupan.resmi import Resmi, open_official
from skm.periode import Jenis, Periode
from skm.pesan import SkmError
from skm.rekap import Cell
from skm.store import Store, Tutupan, TutupanBaru

DAPAT_DITUTUP = (Jenis.TRIWULAN, Jenis.SEMESTER, Jenis.TAHUN)


@dataclass(frozen=True, slots=True)
class Tambahan:
    """What has changed in a period since it was closed, and its figures if all of it counted.

    `masuk` and `keluar` are answers by the places that they count at; `koreksi` is whether answers
    were changed in place. The closed figures stay.
    """

    masuk: int
    keluar: int
    koreksi: bool
    hasil: HasilPeriode


def close(store: Store, survei_id: str, periode: Periode) -> Tutupan:
    """Freeze a period at this moment and return its closing.

    Answers that arrive while it runs belong to the addendum. Raises SkmError `survei-tak-ada`,
    `penutupan-bulan`, `penutupan-di-dalam`, `penutupan-kosong`, `penutupan-rekap-berbeda`,
    `periode-sudah-ditutup`, `penutupan-ikut`, `penutupan-berubah`.
    """
    resmi = open_official(store, survei_id)
    _check(resmi, periode)
    found = collect(resmi, periode)
    if not found.baris:
        raise SkmError("penutupan-kosong", label=periode.label)
    if not found.terhitung:  # never freeze counts that `periksa` would refute
        raise SkmError("penutupan-rekap-berbeda", label=periode.label)
    files = {JAWABAN: write_rows(found.baris), SARAN: write_remarks(found.saran)}
    arsip = _archive(resmi, periode, found, files)
    content = canonical(arsip)
    inside = (b.tutupan for b in resmi.beku if periode.contains(b.tutupan.periode))
    baru = TutupanBaru(
        periode=periode,
        batas=arsip.batas,
        sha256=fingerprint(content),
        isi=zlib.compress(content),
        jawaban=zlib.compress(files[JAWABAN]),
        saran=zlib.compress(files[SARAN]),
        dasar=frozenset(t.sha256 for t in inside),
    )
    return store.close_period(survei_id, baru)


def addendum(resmi: Resmi, periode: Periode) -> Tambahan | None:
    """Return what differs from a closed period now; None where nothing does.

    Raises SkmError `periode-tak-ditutup`.
    """
    found = resmi.frozen(periode)
    if found is None or found.tutupan.periode != periode:
        raise SkmError("periode-tak-ditutup", label=periode.label)
    arsip = found.arsip
    now = resmi.store.cells(resmi.survei.id, periode, DIMENSI)
    then = cells_of(arsip.hitungan, arsip.survei, arsip.kuesioner, DIMENSI)
    after, before = _people(now), _people(then)
    came, went = after - before, before - after
    if not came and not went and _figures(now) == _figures(then):
        return None
    return Tambahan(
        masuk=came.total(),
        keluar=went.total(),
        koreksi=not came and not went,
        hasil=compute_period(now, periode, arsip.aturan),
    )


def describe_addendum(tambahan: Tambahan, periode: Periode) -> str:
    """Return what an addendum holds, as sentences."""
    parts = []
    if tambahan.masuk:
        parts.append(f"{format_number(tambahan.masuk)} jawaban masuk")
    if tambahan.keluar:
        parts.append(f"{format_number(tambahan.keluar)} jawaban keluar dari hitungan")
    if tambahan.koreksi:
        parts.append("ada jawaban yang diperbaiki")
    what = " dan ".join(parts)
    hasil = tambahan.hasil.hasil
    mutu = f" ({hasil.mutu})" if hasil.mutu else ""
    return (
        f"{what[:1].upper()}{what[1:]} setelah {periode.label} ditutup; angka resmi tidak berubah. "
        f"Bila ikut dihitung: {ikm_text(hasil.ikm)}{mutu}."
    )


def _check(resmi: Resmi, periode: Periode) -> None:
    """Refuse a period that has no official figure of its own, or is frozen already."""
    if periode.jenis not in DAPAT_DITUTUP:
        raise SkmError("penutupan-bulan", label=periode.label)
    for direct in resmi.aturan.dinilai_langsung:
        if direct.contains(periode) and direct != periode:
            raise SkmError("penutupan-di-dalam", label=periode.label, luar=direct.label)
    known = resmi.closing(periode)
    if known is None:
        return
    if known.periode == periode:
        raise SkmError("periode-sudah-ditutup", label=periode.label)
    raise SkmError("penutupan-ikut", label=periode.label, luar=known.periode.label)


def _archive(resmi: Resmi, periode: Periode, found: Kumpulan, files: dict[str, bytes]) -> Arsip:
    assert found.jumlah is not None  # noqa: S101 - `_check` has refused what is frozen
    served = {p.kode: resmi.populations(p) for p in _inside(periode)}
    return Arsip(
        survei_id=resmi.survei.id,
        periode=periode,
        batas=found.waktu,
        jumlah=found.jumlah,
        naskah=found.naskah,
        kuesioner=found.kuesioner,
        hitungan=count_rows(found.baris),
        populasi={
            kode: {layanan or "": n for layanan, n in known.items()}
            for kode, known in served.items()
            if known
        },
        berkas={name: fingerprint(content) for name, content in files.items()},
    )


def _inside(periode: Periode) -> list[Periode]:
    """Return a period and the semesters and triwulan inside it."""
    if periode.jenis is Jenis.TRIWULAN:
        return [periode]
    return [periode, *(found for part in periode.children for found in _inside(part))]


def _people(cells: Iterable[Cell]) -> Counter[tuple[object, ...]]:
    return Counter({(c.periode, c.layanan, c.titik, c.kanal): c.responden for c in cells})


def _figures(cells: Iterable[Cell]) -> dict[tuple[object, ...], object]:
    return {(c.periode, c.layanan, c.titik, c.kanal): dict(c.tallies) for c in cells}
