"""A published period as the sheet that hangs in the service room and is shared as a picture."""

from __future__ import annotations

from skm.analysis.tables import TANPA, ikm_text
from skm.angka import format_number
from skm.pesan import message
from skm.report.publikasi import Publikasi, UnsurTerbit
from skm.store import StatusTindak
from skm.tanggal import day_text
from skm.terbitan.terbitan import Angka, NilaiUnsur, Rencana, Rincian, Terbitan

JENIS_KELAMIN, PENDIDIKAN = "jenis_kelamin", "pendidikan"
"""The profile fields that Lampiran IV prints, by their codes."""
CONTOH = "CONTOH"
"""Stamped on the sheet of the sample, whose figures are nobody's."""


def poster_content(terbitan: Terbitan, angka: Angka, alamat: str | None) -> Publikasi:
    """Return what the sheet prints of a period that shows figures, with `alamat` as its QR."""
    t = terbitan
    profil = {p.dimensi: p for p in t.profil}
    return Publikasi(
        judul=t.identitas.judul,
        instansi=t.identitas.instansi,
        unit=t.identitas.unit,
        periode=t.periode.label,
        ikm=ikm_text(angka.ikm),
        mutu=angka.mutu or "",
        kinerja=angka.kinerja or "",
        layanan=_names(t.layanan),
        responden=format_number(angka.responden),
        jenis_kelamin=_counts(profil.get(JENIS_KELAMIN)),
        pendidikan=_counts(profil.get(PENDIDIKAN)),
        mulai=day_text(t.periode.mulai),
        selesai=day_text(t.periode.selesai),
        unsur=tuple(_unsur(u) for u in angka.unsur),
        metode=method_text(t, angka),
        tindak_lanjut=tuple(_step(r) for r in t.rencana if r.status is not StatusTindak.BATAL),
        alamat_hasil=alamat,
        kode_periksa=t.kode_periksa,
        keadaan=CONTOH if t.identitas.contoh else "",
    )


def method_text(terbitan: Terbitan, angka: Angka) -> str:
    """Return how the survey was done and its figures made, as Pasal 4 wants it beside them."""
    metode = terbitan.metode
    parts = [message("hasil-metode", metode=metode.label), metode.keterangan]
    if angka.catatan:
        parts.append(message("hasil-cara", catatan=angka.catatan))
    return " ".join(parts)


def _names(layanan: Rincian) -> tuple[str, ...]:
    shown = [g.nama for g in layanan.golongan if g.kode]
    return (*shown, *(nama for kode, nama in layanan.disembunyikan if kode))


def _counts(rincian: Rincian | None) -> tuple[tuple[str, str], ...]:
    """Return the groups in print; a hidden one is a dash: "< 5" would not be true of all."""
    if rincian is None:
        return ()
    shown = [(g.nama, format_number(g.responden)) for g in rincian.golongan]
    return (*shown, *((nama, TANPA) for _, nama in rincian.disembunyikan))


def _unsur(unsur: NilaiUnsur) -> UnsurTerbit:
    length = None if unsur.ikm is None else float(unsur.ikm)
    return UnsurTerbit(unsur.kode, unsur.nama, ikm_text(unsur.ikm), length, unsur.mutu or "")


def _step(rencana: Rencana) -> str:
    added = "; ".join(filter(None, (rencana.waktu, rencana.penanggung_jawab)))
    text = f"{rencana.unsur}: {rencana.kegiatan}"
    return f"{text.removesuffix('.')} ({added})." if added else text
