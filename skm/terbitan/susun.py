"""Make what is public of a closed period from its archive, without what must stay hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from skm.agregasi import HasilPeriode
from skm.analysis.groups import Per, group_results
from skm.analysis.strength import strongest, weakest
from skm.analysis.tables import JUDUL, TAK_DIISI
from skm.hasil import names_of
from skm.ikm import HasilUnsur
from skm.penutupan.arsip import Arsip
from skm.penutupan.hitungan import cells_of
from skm.store import TindakLanjut
from skm.survei import Survei
from skm.terbitan.lindungan import PROFIL, Lindungan
from skm.terbitan.terbitan import Angka, Golongan, Identitas, NilaiUnsur, Rencana, Rincian


def identity(survei: Survei) -> Identitas:
    """Return whose survey it is."""
    return Identitas(
        survei.id,
        survei.judul,
        survei.instansi,
        survei.unit,
        survei.zona_waktu,
        survei.contoh,
        survei.keterangan,
    )


def unit_figures(arsip: Arsip, lindungan: Lindungan) -> Angka | None:
    """Return the unit's figures; None where the period has too few answers to show any."""
    if arsip.periode not in lindungan.terbuka:
        return None
    return _figures(arsip.hasil, lindungan)


def extremes(
    arsip: Arsip, lindungan: Lindungan
) -> tuple[tuple[NilaiUnsur, ...], tuple[NilaiUnsur, ...]]:
    """Return the strongest and weakest unsur; none where unsur have no figures."""
    if lindungan.tanpa_unsur or arsip.periode not in lindungan.terbuka:
        return (), ()
    hasil = arsip.hasil.hasil
    return (
        tuple(_unsur(u) for u in strongest(hasil).unsur),
        tuple(_unsur(u) for u in weakest(hasil).unsur),
    )


def places(arsip: Arsip, per: Per, lindungan: Lindungan) -> Rincian:
    """Return the groups of layanan or titik with their figures, in the survey's order."""
    names = names_of(arsip.survei, per)
    if arsip.periode not in lindungan.terbuka:
        return Rincian(per.value, JUDUL[per], (), (), 0)
    cells = cells_of(arsip.hitungan, arsip.survei, arsip.kuesioner, (per.value,))
    results = {
        g.kode(per) or "": g.hasil
        for g in group_results(cells, arsip.aturan, arsip.periode, (per,))
    }
    counts = {kode: result.hasil.responden for kode, result in results.items()}
    bare = lindungan.angka.get(per.value, frozenset())
    lettered = arsip.survei.publikasi.huruf_mulai
    figures = {
        k: _figures(r, lindungan) if counts[k] >= lettered else _unlettered(_figures(r, lindungan))
        for k, r in results.items()
        if k not in bare
    }
    return _breakdown(per.value, JUDUL[per], counts, names, lindungan, figures)


def profiles(arsip: Arsip, lindungan: Lindungan) -> tuple[Rincian, ...]:
    """Return the respondents by each profile field."""
    if arsip.periode not in lindungan.terbuka:
        return ()
    stored: dict[str, Counter[str]] = {}
    for row in arsip.hitungan.profil:
        stored.setdefault(row.bidang, Counter())[row.pilihan] += row.jumlah
    found = []
    for bidang in arsip.survei.profil:
        names = {o.kode: o.teks for o in bidang.pilihan} | {k.teks: k.teks for k in bidang.kelompok}
        counts = stored.get(bidang.kode, Counter())
        found.append(_breakdown(PROFIL + bidang.kode, bidang.label, counts, names, lindungan, {}))
    return tuple(found)


def plan(survei: Survei, tindak: Iterable[TindakLanjut]) -> tuple[Rencana, ...]:
    """Return the follow-up plan with the names that the survey had."""
    unsur = {u.kode: u.nama for u in survei.unsur}
    layanan = names_of(survei, Per.LAYANAN)
    return tuple(
        Rencana(
            kode_unsur=t.isi.unsur,
            unsur=unsur.get(t.isi.unsur, t.isi.unsur),
            layanan=layanan.get(t.isi.layanan, t.isi.layanan) if t.isi.layanan else None,
            kegiatan=t.isi.kegiatan,
            waktu=t.isi.waktu,
            penanggung_jawab=t.isi.penanggung_jawab,
            status=t.isi.status,
        )
        for t in tindak
    )


def _breakdown(
    dimensi: str,
    judul: str,
    counts: Mapping[str, int],
    names: Mapping[str, str],
    lindungan: Lindungan,
    figures: Mapping[str, Angka],
) -> Rincian:
    hidden = lindungan.kelompok.get(dimensi, frozenset())
    order = _order(counts.keys() | hidden, list(names))
    return Rincian(
        dimensi=dimensi.removeprefix(PROFIL),
        judul=judul,
        golongan=tuple(
            Golongan(kode, _name(kode, names), counts[kode], figures.get(kode))
            for kode in order
            if counts.get(kode) and kode not in hidden
        ),
        disembunyikan=tuple((kode, _name(kode, names)) for kode in order if kode in hidden),
        responden_disembunyikan=sum(counts.get(kode, 0) for kode in hidden),
    )


def _order(codes: Collection[str], order: Sequence[str]) -> list[str]:
    place = {kode: i for i, kode in enumerate(order)}
    return sorted(codes, key=lambda kode: (kode == "", place.get(kode, len(place)), kode))


def _name(kode: str, names: Mapping[str, str]) -> str:
    return names.get(kode, kode) if kode else TAK_DIISI


def _figures(result: HasilPeriode, lindungan: Lindungan) -> Angka:
    hasil = result.hasil
    return Angka(
        responden=hasil.responden,
        ikm=hasil.ikm,
        mutu=hasil.mutu,
        kinerja=hasil.kinerja,
        unsur=() if lindungan.tanpa_unsur else tuple(_unsur(u) for u in hasil.unsur),
        catatan=result.catatan,
    )


def _unlettered(angka: Angka) -> Angka:
    """Return the figures of a group so small that a few more answers would change its letters."""
    unsur = tuple(replace(u, mutu=None, kinerja=None) for u in angka.unsur)
    return replace(angka, mutu=None, kinerja=None, unsur=unsur)


def _unsur(unsur: HasilUnsur) -> NilaiUnsur:
    return NilaiUnsur(
        unsur.kode, unsur.nama, unsur.n, unsur.nrr, unsur.ikm, unsur.mutu, unsur.kinerja
    )
