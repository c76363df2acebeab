"""The paper questionnaire: PermenPANRB 14/2017, Lampiran III, with the survey's own texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from skm.pesan import SkmError
from skm.report.document import compile_pdf, plain
from skm.report.poster import typed_address
from skm.report.qr import qr_svg
from skm.survei import Layanan, Pertanyaan, Profil, Survei, Titik

NOON, AFTERNOON = time(12), time(13)


def write_questionnaire(
    survei: Survei,
    alamat_qr: str | None = None,
    titik: str | None = None,
    layanan: str | None = None,
) -> bytes:
    """Return the questionnaire as an A4 PDF: one side, or both where the questions need it.

    `titik` and `layanan` are codes of the survey; a given one is printed, a missing one is left to
    the respondent. The corner's QR holds `alamat_qr`, else what the sheet is (`sheet_mark`).
    Raises SkmError `kuesioner-titik`, `kuesioner-layanan`, `qr-terlalu-panjang`.
    """
    places, services = survei.titik_by_kode(), survei.layanan_by_kode()
    if titik is not None and titik not in places:
        raise SkmError("kuesioner-titik", kode=titik)
    if layanan is not None and layanan not in services:
        raise SkmError("kuesioner-layanan", kode=layanan)
    mark = sheet_mark(survei, titik, layanan)
    return compile_pdf(
        "kuesioner.typ",
        {
            "judul": plain(survei.judul),
            "instansi": plain(survei.instansi),
            "unit": plain(survei.unit),
            "tanda": mark,
            "qr": qr_svg(alamat_qr or mark).decode(),
            "alamat": typed_address(alamat_qr) if alamat_qr else None,
            "jam": _hours(survei),
            "titik": _name(places, titik),
            "ada_titik": bool(survei.titik),
            "layanan": _name(services, layanan),
            "daftar_layanan": [plain(item.nama) for item in survei.layanan if item.aktif],
            "profil": [_field(field) for field in survei.profil],
            "pertanyaan": [_question(question) for question in survei.kuesioner.pertanyaan],
        },
    )


def sheet_mark(survei: Survei, titik: str | None = None, layanan: str | None = None) -> str:
    """Return what names a sheet: `skm:<survey>:<version>:<titik>:<layanan>`, absent ones empty."""
    return f"skm:{survei.id}:{survei.kuesioner.versi}:{titik or ''}:{layanan or ''}"


def _name(items: Mapping[str, Layanan | Titik], kode: str | None) -> str | None:
    return None if kode is None else plain(items[kode].nama)


def _hours(survei: Survei) -> list[str]:
    """Return the two halves of a day: the regulation's, or those of the office's own hours."""
    own = survei.formulir.jam_layanan
    start, end = (own.mulai, own.selesai) if own else (time(8), time(17))
    if not start < NOON < AFTERNOON < end:
        return [_span(start, end)]
    return [_span(start, NOON), _span(AFTERNOON, end)]


def _span(start: time, end: time) -> str:
    return f"{start:%H.%M} – {end:%H.%M}"


def _field(field: Profil) -> dict[str, object]:
    return {
        "label": plain(field.label),
        "satuan": plain(field.satuan),
        "pilihan": [
            {"teks": plain(o.teks), "sebutkan": o.teks.casefold().startswith("lain")}
            for o in field.pilihan
        ],
    }


def _question(question: Pertanyaan) -> dict[str, object]:
    return {
        "teks": plain(question.teks),
        "pilihan": [{"nilai": o.nilai, "teks": plain(o.teks)} for o in question.pilihan],
    }
