"""Stored sheets, totals and comparisons as the page reads them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from skm.angka import format_number
from skm.entri import Banding, Hitung
from skm.pengumpulan import clock_text
from skm.store import Lembar
from skm.store.double_entry import EntriGanda
from skm.survei import Survei
from skm.web.entri.read import Salah


def lembar_json(lembar: Lembar, survei: Survei) -> dict[str, Any]:
    """Return a stored sheet in the shape in which the page sends one, with when it was keyed."""
    answer = lembar.jawaban
    shown: dict[str, Any] = {
        "id_kirim": lembar.id_kirim,
        "nomor": answer.identitas or "",
        "nilai": answer.nilai,
        "titik": answer.titik,
        "layanan": answer.layanan,
        "profil": dict(answer.profil),
        "saran": answer.saran or "",
        "versi": lembar.kuesioner_versi,
        "jam": f"{lembar.diterima.astimezone(survei.zona):%H.%M}",
    }
    if answer.waktu is not None:
        shown["tanggal"] = answer.waktu.astimezone(survei.zona).date().isoformat()
    elif answer.periode is not None:
        shown["periode"] = answer.periode.kode
    return shown


def hitung_json(hitung: Hitung) -> dict[str, Any]:
    """Return the totals of a sitting."""
    return {"lembar": hitung.lembar, "terisi": hitung.terisi, "jumlah": hitung.jumlah}


def banding_json(banding: Banding, sheets: Mapping[str, Lembar], survei: Survei) -> dict[str, Any]:
    """Return a comparison; every difference carries its sheet, so that it can be put right."""
    return {
        "lembar": banding.lembar,
        "jawaban": banding.jawaban,
        "jawaban_beda": banding.jawaban_beda,
        "tingkat": _percent(banding.tingkat),
        "data": banding.data,
        "data_beda": banding.data_beda,
        "tingkat_data": _percent(banding.tingkat_data),
        "beda": [
            {
                "isian": item.isian,
                "pertama": item.pertama,
                "kedua": item.kedua,
                "lembar": lembar_json(sheets[item.id_kirim], survei),
            }
            for item in banding.beda
        ],
    }


def ganda_json(ganda: EntriGanda | None, survei: Survei) -> dict[str, Any] | None:
    """Return the kept result of a double entry: the figures that the dashboard shows too."""
    if ganda is None:
        return None
    return {
        "lembar": ganda.lembar,
        "isian": ganda.isian,
        "berbeda": ganda.berbeda,
        "tingkat": _percent(ganda.tingkat),
        "waktu": clock_text(ganda.waktu, survei),
    }


def salah_json(salah: Salah) -> dict[str, str]:
    """Return a fault: its field, its code, its sentence."""
    return {"isian": salah.isian, "kode": salah.kode, "pesan": salah.pesan}


def _percent(rate: Fraction | None) -> str | None:
    return None if rate is None else f"{format_number(rate * 100, 2)} %"
