"""The answers behind official figures: frozen ones from their closings, live ones as they are."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from skm.jawaban import Baris, Kutipan
from skm.penutupan.arsip import Arsip, Jumlah, Naskah
from skm.penutupan.isian import read_remarks, read_rows
from skm.penutupan.resmi import Beku, Resmi
from skm.periode import Periode, parse_period
from skm.store import Salinan, Store
from skm.survei import Kuesioner

JAWABAN, SARAN = "jawaban.csv", "saran.csv"
"""The files beside an archive's content, by name."""


@dataclass(frozen=True, slots=True)
class Kumpulan:
    """All counted answers of a period with their remarks, sorted by content.

    `jumlah` is None for a part of a closed longer period, whose amounts are known as a whole only.
    `terhitung` is whether the recap counts just as many, `saran_dihapus` whether remarks that the
    period had are gone, because their time of keeping is over.
    """

    waktu: datetime
    baris: tuple[Baris, ...]
    saran: tuple[Kutipan, ...]
    jumlah: Jumlah | None
    kuesioner: Mapping[str, Kuesioner]
    naskah: tuple[Naskah, ...]
    terhitung: bool
    saran_dihapus: bool = False


def collect(resmi: Resmi, periode: Periode) -> Kumpulan:
    """Return the answers that a period's official figures are of."""
    around = resmi.frozen(periode)
    if around is not None:
        return _from_closing(resmi.store, around, periode)
    store, survei_id = resmi.store, resmi.survei.id
    parts = resmi.parts(periode)
    closed = frozenset(b.tutupan.periode for b in parts)
    live = store.snapshot(survei_id, periode, closed)
    rows = [*live.baris, *(row for b in parts for row in stored_rows(store, b))]
    remarks = [*live.saran, *(remark for b in parts for remark in stored_remarks(store, b))]
    return Kumpulan(
        waktu=live.waktu.replace(microsecond=0),
        baris=tuple(sorted(rows)),
        saran=tuple(sorted(remarks)),
        jumlah=_amounts(live, parts, len(rows)),
        kuesioner=_used(rows, live.kuesioner, *(b.arsip.kuesioner for b in parts)),
        naskah=_texts(live, parts, periode),
        terhitung=live.terekap == len(live.baris),
        saran_dihapus=any(not closing_content(store, b, "saran") for b in parts),
    )


def stored_rows(store: Store, beku: Beku) -> list[Baris]:
    """Return the answers that a closing counted, in the order of its file."""
    lengths = question_counts(beku.arsip)
    return read_rows(closing_content(store, beku, "jawaban"), lengths, JAWABAN)


def stored_remarks(store: Store, beku: Beku) -> list[Kutipan]:
    """Return the remarks of a closing's answers; none after their time is over."""
    content = closing_content(store, beku, "saran")
    return read_remarks(content, SARAN) if content else []


def question_counts(arsip: Arsip) -> dict[str, int]:
    """Return how many questions each questionnaire version of an archive has."""
    return {versi: len(q.pertanyaan) for versi, q in arsip.kuesioner.items()}


def closing_content(store: Store, beku: Beku, nama: str) -> bytes:
    """Return the "isi", "jawaban" or "saran" of a closing; b"" for remarks that were deleted."""
    known = beku.tutupan
    packed = store.closing_file(known.survei_id, known.sha256, nama)
    return zlib.decompress(packed) if packed else b""


def _from_closing(store: Store, beku: Beku, periode: Periode) -> Kumpulan:
    def inside(kode: str) -> bool:
        return periode.contains(parse_period(kode))

    arsip, whole = beku.arsip, beku.tutupan.periode == periode
    rows = [row for row in stored_rows(store, beku) if whole or inside(row.periode)]
    remarks = [r for r in stored_remarks(store, beku) if whole or inside(r.periode)]
    return Kumpulan(
        waktu=arsip.batas,
        baris=tuple(rows),
        saran=tuple(remarks),
        jumlah=arsip.jumlah if whole else None,
        kuesioner=_used(rows, arsip.kuesioner),
        naskah=arsip.naskah,
        terhitung=True,
        saran_dihapus=not closing_content(store, beku, "saran"),
    )


def _amounts(live: Salinan, parts: Sequence[Beku], dipakai: int) -> Jumlah:
    out = live.dikecualikan + sum(b.arsip.jumlah.dikecualikan for b in parts)
    marked = live.ditandai + sum(b.arsip.jumlah.ditandai for b in parts)
    return Jumlah(dipakai + out, dipakai, marked, out)


def _texts(live: Salinan, parts: Iterable[Beku], periode: Periode) -> tuple[Naskah, ...]:
    """Return the survey's text, and each text of a part that differs from the one around it."""
    kept = [Naskah(periode, live.toml, live.berlaku)]
    earlier = [naskah for part in parts for naskah in part.arsip.naskah]
    for naskah in sorted(earlier, key=lambda n: -n.periode.jenis.value):
        holding = [known for known in kept if known.periode.contains(naskah.periode)]
        around = min(holding, key=lambda known: known.periode.jenis.value)
        if (naskah.toml, naskah.berlaku) != (around.toml, around.berlaku):
            kept.append(naskah)
    return tuple(kept)


def _used(rows: Iterable[Baris], *known: Mapping[str, Kuesioner]) -> dict[str, Kuesioner]:
    """Return the questionnaires that the answers name."""
    used = {row.kuesioner for row in rows}
    return {v: q for found in known for v, q in found.items() if v in used}
