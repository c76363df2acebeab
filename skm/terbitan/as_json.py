"""A published period for other programs; numbers as `skm.analysis.as_json` writes them.

Whatever is hidden is null or left to the list `disembunyikan`, never a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from skm.analysis.as_json import method_json
from skm.analysis.target import Realisasi
from skm.angka import format_fixed
from skm.ikm import IKM_PLACES, NRR_PLACES
from skm.periode import Periode
from skm.pesan import message
from skm.survei import Kuesioner
from skm.terbitan.terbitan import Angka, Golongan, Identitas, NilaiUnsur, Rincian, Ringkas, Terbitan


def period_json(terbitan: Terbitan) -> dict[str, Any]:
    """Return everything that is public of a period."""
    t = terbitan
    return {
        "survei": survey_json(t.identitas),
        "periode": _period(t.periode),
        "diterbitkan": utc_text(t.diterbitkan),
        "jawaban_sampai": utc_text(t.sampai),
        "sha256": t.sha256,
        "kode_periksa": t.kode_periksa,
        "sumber": source(t),
        "metode": {**method_json(t.metode), "agregasi": t.agregasi.value},
        "jawaban": t.jumlah and {"diterima": t.jumlah.diterima, "dipakai": t.jumlah.dipakai},
        "unit": t.angka and _unit(t.angka),
        "layanan": _places(t.layanan),
        "titik": _places(t.titik),
        "profil": [_profile(p) for p in t.profil],
        "kuesioner": [_questionnaire(versi, q) for versi, q in t.kuesioner.items()],
        "tindak_lanjut": [
            {
                "unsur": r.kode_unsur,
                "layanan": r.layanan,
                "kegiatan": r.kegiatan,
                "waktu": r.waktu,
                "penanggung_jawab": r.penanggung_jawab,
                "status": r.status.value,
            }
            for r in t.rencana
        ],
        "tahun": [_year(r) for r in t.tahun],
    }


def survey_json(identitas: Identitas, periode: Iterable[Ringkas] | None = None) -> dict[str, Any]:
    """Return whose survey it is, with its published periods where they are given."""
    found: dict[str, Any] = {
        "id": identitas.id,
        "judul": identitas.judul,
        "instansi": identitas.instansi,
        "unit": identitas.unit,
        "contoh": identitas.contoh,
        "keterangan": identitas.keterangan,
    }
    if periode is not None:
        found["periode"] = [_listed(row) for row in periode]
    return found


def source(terbitan: Terbitan) -> str:
    """Return the sentence that names the source."""
    i = terbitan.identitas
    label = terbitan.periode.label
    return message("hasil-sumber", judul=i.judul, label=label, unit=i.unit, instansi=i.instansi)


def utc_text(waktu: datetime) -> str:
    """Return a moment as "2025-01-14T03:20:00Z"."""
    return f"{waktu.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _listed(row: Ringkas) -> dict[str, Any]:
    return {
        **_period(row.periode),
        "diterbitkan": utc_text(row.diterbitkan),
        "unit": row.angka and _brief(row.angka),
    }


def _period(periode: Periode) -> dict[str, str]:
    return {
        "kode": periode.kode,
        "label": periode.label,
        "mulai": periode.mulai.isoformat(),
        "selesai": periode.selesai.isoformat(),
    }


def _brief(angka: Angka) -> dict[str, Any]:
    return {
        "responden": angka.responden,
        "ikm": fixed(angka.ikm, IKM_PLACES),
        "mutu": angka.mutu,
        "kinerja": angka.kinerja,
        "catatan": angka.catatan,
    }


def _unit(angka: Angka) -> dict[str, Any]:
    return {**_brief(angka), "unsur": [_unsur(u) for u in angka.unsur]}


def _unsur(unsur: NilaiUnsur) -> dict[str, Any]:
    return {
        "kode": unsur.kode,
        "nama": unsur.nama,
        "terisi": unsur.n,
        "nrr": fixed(unsur.nrr, NRR_PLACES),
        "ikm": fixed(unsur.ikm, IKM_PLACES),
        "mutu": unsur.mutu,
        "kinerja": unsur.kinerja,
    }


def _places(rincian: Rincian) -> dict[str, Any]:
    return {
        "kelompok": [_group(g) for g in rincian.golongan],
        "disembunyikan": _hidden(rincian),
    }


def _group(golongan: Golongan) -> dict[str, Any]:
    angka = golongan.angka
    return {
        "kode": golongan.kode or None,
        "nama": golongan.nama,
        "responden": golongan.responden,
        "ikm": fixed(angka.ikm, IKM_PLACES) if angka else None,
        "mutu": angka.mutu if angka else None,
        "catatan": angka.catatan if angka else "",
        "unsur": angka and {u.kode: fixed(u.ikm, IKM_PLACES) for u in angka.unsur},
    }


def _profile(rincian: Rincian) -> dict[str, Any]:
    return {
        "kode": rincian.dimensi,
        "label": rincian.judul,
        "pilihan": [
            {"kode": g.kode or None, "teks": g.nama, "responden": g.responden}
            for g in rincian.golongan
        ],
        "disembunyikan": _hidden(rincian),
    }


def _hidden(rincian: Rincian) -> dict[str, Any]:
    return {
        "kelompok": [{"kode": k or None, "nama": nama} for k, nama in rincian.disembunyikan],
        "responden": rincian.responden_disembunyikan,
    }


def _questionnaire(versi: str, kuesioner: Kuesioner) -> dict[str, Any]:
    return {
        "versi": versi,
        "pertanyaan": [
            {
                "kode": p.kode,
                "unsur": p.unsur,
                "teks": p.teks,
                "pilihan": [{"nilai": o.nilai, "teks": o.teks} for o in p.pilihan],
            }
            for p in kuesioner.pertanyaan
        ],
    }


def _year(row: Realisasi) -> dict[str, Any]:
    return {
        "tahun": row.periode.tahun,
        "ikm": fixed(row.ikm, IKM_PLACES),
        "mutu": row.mutu,
        "target": fixed(row.target, IKM_PLACES),
        "capaian_persen": fixed(row.persen, IKM_PLACES),
        "terbitan_terdahulu": row.terbit,
        "keterangan": row.keterangan,
    }


def fixed(value: Fraction | Decimal | None, places: int) -> str | None:
    """Return digits with a decimal point, or null for "nobody" and "hidden"."""
    return None if value is None else format_fixed(value, places)
