"""One answer file: read, mapped as the options say, and what the person should know about it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from skm.cli.files import read_bytes
from skm.cli.suggest import did_you_mean
from skm.intake import (
    Berkas,
    Butir,
    Opsi,
    Pemeriksaan,
    Pemetaan,
    propose,
    read_file,
    undecided_order,
)
from skm.intake.fold import fold
from skm.intake.places import PlaceReader
from skm.pesan import SkmError, message
from skm.survei import Layanan, Survei, Titik

ABAIKAN = "abaikan"
_ORDERS = ("tanggal-urutan-ragu", "tanggal-urutan-disimpulkan")
JENIS = {"layanan": "Jenis layanan", "titik": "Titik layanan"}


def read_berkas(path: Path) -> Berkas:
    """Return the sheets of a file. Raises SkmError."""
    return read_file(path.name if str(path) != "-" else "masukan", read_bytes(path))


def build_mapping(berkas: Berkas, survei: Survei, args: Namespace) -> Pemetaan:
    """Return the proposed mapping with the person's own columns in it. Raises SkmError."""
    pemetaan = propose(berkas, survei, args.lembar)
    for text in args.kolom:
        pemetaan = _with_column(pemetaan, text)
    if args.u8_u9 == "tukar":
        return pemetaan.swap_u8_u9()
    return pemetaan.confirmed() if args.u8_u9 == "benar" else pemetaan


def _with_column(pemetaan: Pemetaan, text: str) -> Pemetaan:
    judul, found, tujuan = text.rpartition("=")
    if not (found and judul.strip() and tujuan.strip()):
        raise SkmError("kolom-pilihan-bentuk", nilai=text)
    columns = {fold(k.judul): k for k in pemetaan.kolom if k.judul}
    letters = {k.huruf.lower(): k for k in pemetaan.kolom}
    column = columns.get(fold(judul)) or letters.get(judul.strip().lower())
    if column is None:
        usul = did_you_mean(judul, [k.judul for k in pemetaan.kolom if k.judul])
        raise SkmError("kolom-pilihan-judul", nilai=judul, lembar=pemetaan.lembar, usul=usul)
    return pemetaan.with_column(column.indeks, _target(pemetaan, tujuan.strip()))


def _target(pemetaan: Pemetaan, text: str) -> str:
    """Return the target that a word names: its code, its unsur's code, or its label."""
    survei = pemetaan.survei
    names = {fold(pemetaan.label(t)): t for t in pemetaan.targets}
    for unsur in survei.unsur:
        questions = [p.kode for p in survei.kuesioner.pertanyaan if p.unsur == unsur.nama]
        if len(questions) == 1:
            names[fold(unsur.kode)] = questions[0]
    names |= {fold(t): t for t in pemetaan.targets}
    found = names.get(fold(text))
    if found is None:
        usul = did_you_mean(text, names)
        known = ", ".join([*(u.kode for u in survei.unsur), *pemetaan.targets])
        raise SkmError("kolom-pilihan-tujuan", nilai=text, usul=usul, pilihan=known)
    return found


def find_place(jenis: str, survei: Survei, text: str) -> str:
    """Return the code of a layanan or titik by its name or code. Raises `tempat-tak-dikenal`."""
    daftar = survei.layanan if jenis == "layanan" else survei.titik
    reader = PlaceReader(jenis, daftar, {})
    kode = reader.read(text)
    if kode:
        return kode
    usul = next((u.usul for u in reader.unknown if u.usul), None)
    question = f" {message('maksud-anda', usul=_name(daftar, usul))}" if usul else ""
    raise SkmError("tempat-tak-dikenal", jenis=JENIS[jenis], nilai=text, usul=question)


def _name(daftar: tuple[Layanan, ...] | tuple[Titik, ...], kode: str) -> str:
    return next((item.nama for item in daftar if item.kode == kode), kode)


def parse_matches(survei: Survei, texts: list[str]) -> dict[tuple[str, str], str]:
    """Return what --padanan says: (jenis, text in the file) to code. Raises SkmError."""
    found = {}
    for given in texts:
        text, sign, name = given.partition("=")
        if not (sign and text.strip() and name.strip()):
            raise SkmError("padanan-bentuk", nilai=given)
        codes = {
            jenis: kode
            for jenis, daftar in (("layanan", survei.layanan), ("titik", survei.titik))
            if daftar and (kode := PlaceReader(jenis, daftar, {}).read(name.strip()))
        }
        if not codes:
            find_place("titik" if survei.titik and not survei.layanan else "layanan", survei, name)
        found.update({(jenis, text.strip()): kode for jenis, kode in codes.items()})
    return found


def mapping_notes(berkas: Berkas, pemetaan: Pemetaan, remedy: str | None) -> Iterator[str]:
    """Yield what a person should know of how the columns were read.

    `remedy` is the sentence that follows the names bound to bare numbers; None leaves both out.
    """
    others = [s.nama for s in berkas.lembar if s.nama != pemetaan.lembar]
    if others:
        yield message("lembar-dibaca", lembar=pemetaan.lembar, lain=", ".join(others))
    bound = bound_by_number(pemetaan)
    if bound and remedy:
        sentence = message("dibaca-sebagai", isi=bound)
        yield message(remedy, isi=sentence)
    for butir in pemetaan.saran:
        yield message("kolom-usul-cara", isi=butir.pesan, pilihan=_take_or_leave(pemetaan, butir))
    for butir in pemetaan.catatan:
        yield butir.pesan


def _take_or_leave(pemetaan: Pemetaan, butir: Butir) -> str:
    """Return the options that settle a suggestion, ready to copy."""
    column = pemetaan.kolom[butir.kolom[0]]
    (target,) = pemetaan.unsur_codes([butir.tujuan or ABAIKAN])
    return f'--kolom "{column.nama}={target}" atau --kolom "{column.nama}={ABAIKAN}"'


def refuse_unsettled(pemetaan: Pemetaan, args: Namespace) -> None:
    """Refuse a mapping that is not settled: what is stored must be what the file says.

    Raises SkmError `u8-u9-belum`, `kolom-usul-belum`, `pertanyaan-belum`.
    """
    if bound := bound_by_number(pemetaan):
        raise SkmError("u8-u9-belum", isi=bound)
    if waiting := pemetaan.saran_wajib:
        isi = " ".join(b.pesan for b in waiting)
        ways = "; ".join(_take_or_leave(pemetaan, b) for b in waiting)
        raise SkmError("kolom-usul-belum", isi=isi, pilihan=ways)
    words = [word.strip() for text in args.tanpa for word in text.split(",") if word.strip()]
    waived = {_target(pemetaan, word) for word in words}
    missing = [kode for kode in pemetaan.belum if kode not in waived]
    if missing:
        codes = pemetaan.unsur_codes(missing)
        named = zip(codes, missing, strict=True)
        raise SkmError(
            "pertanyaan-belum",
            isi=", ".join(f"{kode} ({pemetaan.label(tujuan)})" for kode, tujuan in named),
            unsur=",".join(pemetaan.unsur_codes(pemetaan.belum)),
        )


def refuse_open_dates(berkas: Berkas, pemetaan: Pemetaan, survei: Survei, opsi: Opsi) -> None:
    """Refuse dates that may be meant either way. Raises SkmError `tanggal-belum`."""
    if opsi.urutan_tanggal is not None:
        return
    found = undecided_order(berkas, pemetaan, survei, opsi.periode)
    if found is not None and not found.pasti:
        raise SkmError("tanggal-belum", **found.isi)


def bound_by_number(pemetaan: Pemetaan) -> str:
    """Return the columns that await confirmation and what they are read as: "U8 = Sarana"."""
    columns = [k for b in pemetaan.konfirmasi for k in b.kolom]
    return "; ".join(
        f"{k.nama} = {pemetaan.label(k.tujuan)}" for k in pemetaan.kolom if k.indeks in columns
    )


def check_notes(pemeriksaan: Pemeriksaan, survei: Survei) -> Iterator[str]:
    """Yield the warnings of a checked file: unknown places first, each with its remedy."""
    for unknown in pemeriksaan.tak_dikenal:
        isi = {"jenis": JENIS[unknown.jenis], "teks": unknown.teks, "jumlah": unknown.jumlah}
        daftar = survei.layanan if unknown.jenis == "layanan" else survei.titik
        if unknown.usul:
            yield message("tak-dikenal-usul", **isi, usul=_name(daftar, unknown.usul))
        else:
            yield message("tak-dikenal", **isi)
    for temuan in pemeriksaan.peringatan:
        way = " " + message("tanggal-cara") if temuan.kode in _ORDERS else ""
        yield temuan.pesan + way
    if pemeriksaan.kolom_pribadi:
        names = ", ".join(f'"{k.nama}"' for k in pemeriksaan.kolom_pribadi)
        yield message("kolom-pribadi", kolom=names)
