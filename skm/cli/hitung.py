"""`hitung`: from answer files to the IKM, without a database."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skm.agregasi import Aturan
from skm.analysis.as_json import rules_json
from skm.analysis.groups import Kelompok, Per, group_results
from skm.angka import format_number
from skm.cli.as_json import dump, groups_json
from skm.cli.bare import bare_survey
from skm.cli.files import expand
from skm.cli.groups import Nama, headline, in_order, result_tables
from skm.cli.printed import comparison_lines
from skm.cli.progress import progress
from skm.cli.reading import (
    build_mapping,
    check_notes,
    mapping_notes,
    parse_matches,
    read_berkas,
)
from skm.cli.rules import (
    build_rules,
    check_method,
    find_survei,
    is_per,
    parse_per,
    parse_result_period,
)
from skm.cli.terminal import note, note_faults, say, show
from skm.intake import Berkas, Opsi, Pemeriksaan, Temuan, check
from skm.jawaban import Kanal
from skm.metode import NINE
from skm.periode import Periode
from skm.pesan import SkmError, message
from skm.rekap import Cell, tally_answers
from skm.survei import Survei


@dataclass(frozen=True, slots=True)
class Dibaca:
    """One file's outcome: its name, its notes, what the check found, the unsur without a column."""

    nama: str
    catatan: tuple[str, ...]
    pemeriksaan: Pemeriksaan
    tanpa_kolom: tuple[str, ...] = ()


def run(args: Namespace) -> int:
    """Compute and print; 1 where rows were rejected, 2 where there was nothing to compute."""
    paths, per = _arguments(args)
    check_method(args)
    periode = parse_result_period(args.periode) if args.periode else None
    files = _read_all(paths)
    survei = _survey(files, args)
    aturan = build_rules(survei, args)
    read = [_check(berkas, survei, args) for berkas in files]
    cells = _cells(read, survei, periode)
    nama = Nama.of(survei)
    groups = in_order(group_results(cells, aturan, periode, per), nama)
    for line in (line for d in read for line in d.catatan):
        note(line)
    if args.json:
        say(dump(_as_json(read, groups, nama, aturan)))
    else:
        _print(read, groups, nama, per, periode)
    outside = _outside(cells, periode)
    if outside and periode:
        note(message("di-luar-periode", jumlah=format_number(outside), periode=periode.label))
    rejected = any(d.pemeriksaan.ditolak for d in read)
    if not any(g.hasil.hasil.responden for g in groups):
        note(message("tanpa-jawaban"))
        return 1 if rejected else 2
    return 1 if rejected else 0


def _arguments(args: Namespace) -> tuple[list[Path], tuple[Per, ...]]:
    """Return the files and dimensions; a file name that follows --per is a file name."""
    files = [*args.berkas, *(word for word in args.per if not is_per(word))]
    if not files:
        raise SkmError("tanpa-berkas")
    per = parse_per(word for word in args.per if is_per(word))
    return expand(files), per


def _read_all(paths: Sequence[Path]) -> list[Berkas]:
    """Return the files; the same content twice would count every answer twice."""
    files: list[Berkas] = []
    for path in paths:
        berkas = read_berkas(path)
        same = next((f for f in files if f.sha256 == berkas.sha256), None)
        if same is not None:
            raise SkmError("berkas-sama", berkas=path, lain=same.nama)
        files.append(berkas)
    return files


def _survey(files: Sequence[Berkas], args: Namespace) -> Survei:
    if args.survei:
        if args.urutan:
            raise SkmError("urutan-tanpa-survei")
        return find_survei(args.survei)
    surveys = [bare_survey(f, args.urutan or "peraturan", args.lembar) for f in files]
    first = len(surveys[0].unsur)
    for berkas, survei in zip(files, surveys, strict=True):
        if len(survei.unsur) != first:
            raise SkmError(
                "unsur-berbeda",
                berkas=berkas.nama,
                jumlah=len(survei.unsur),
                lain=files[0].nama,
                jumlah_lain=first,
            )
    return surveys[0]


def _check(berkas: Berkas, survei: Survei, args: Namespace) -> Dibaca:
    pemetaan = build_mapping(berkas, survei, args)
    notes = mapping_notes(berkas, pemetaan, _remedy(survei, args))
    opsi = Opsi(
        padanan=parse_matches(survei, args.padanan),
        wajib_periode=False,
        urutan_tanggal=args.tanggal,
    )
    total = len(berkas.sheet(pemetaan.lembar).baris)
    with progress(berkas.nama, total) as watch:
        step = (lambda done, _: watch(done)) if watch else None
        checked = check(berkas, pemetaan, survei, opsi, step)
    catatan = (*notes, *check_notes(checked, survei))
    return Dibaca(berkas.nama, catatan, checked, pemetaan.unsur_tanpa_kolom)


def _remedy(survei: Survei, args: Namespace) -> str | None:
    """Return what to say of columns that are only numbered: which order they may have instead."""
    if args.survei:
        return "dibaca-tukar"
    return "dibaca-urutan" if len(survei.unsur) == NINE and not args.urutan else None


def _cells(read: Sequence[Dibaca], survei: Survei, periode: Periode | None) -> list[Cell]:
    """Return the counts of all files; --periode also dates the rows that have no day."""
    cells = [
        cell
        for d in read
        for cell in tally_answers(d.pemeriksaan.diterima, survei.slots(), Kanal.UNGGAH.value)
    ]
    return [c._replace(periode=c.periode or periode) for c in cells]


def _outside(cells: Sequence[Cell], periode: Periode | None) -> int:
    if periode is None:
        return 0
    return sum(c.responden for c in cells if not (c.periode and periode.contains(c.periode)))


def _as_json(
    read: Sequence[Dibaca], groups: Sequence[Kelompok], nama: Nama, aturan: Aturan
) -> dict[str, Any]:
    return {
        "metode": rules_json(aturan),
        "diterima": sum(d.pemeriksaan.jumlah_diterima for d in read),
        "ditolak": [_fault(d.nama, t) for d in read for t in d.pemeriksaan.ditolak],
        "tanpa_kolom": _without_column(read),
        "kelompok": groups_json(groups, nama),
    }


def _without_column(read: Sequence[Dibaca]) -> list[str]:
    """Return the unsur that no file has a column for."""
    return [u for u in read[0].tanpa_kolom if all(u in d.tanpa_kolom for d in read)]


def _fault(berkas: str, temuan: Temuan) -> dict[str, Any]:
    return {
        "berkas": berkas,
        "lembar": temuan.lembar,
        "baris": temuan.baris,
        "kolom": temuan.kolom,
        "nilai": temuan.nilai,
        "kode": temuan.kode,
        "pesan": temuan.pesan,
    }


def _print(
    read: Sequence[Dibaca],
    groups: Sequence[Kelompok],
    nama: Nama,
    per: Sequence[Per],
    periode: Periode | None,
) -> None:
    accepted = sum(d.pemeriksaan.jumlah_diterima for d in read)
    title = "IKM per unsur" if not per else "IKM per kelompok"
    if any(g.hasil.hasil.responden for g in groups):
        for line in headline(groups, periode):
            say(line)
        if missing := _without_column(read):
            count = len(groups[0].hasil.hasil.unsur) - len(missing)
            say(message("hitung-tanpa-unsur", jumlah=count, unsur=", ".join(missing)))
        for tabel in result_tables(groups, nama, per, title):
            show(tabel)
    if accepted:
        names = ", ".join(d.nama for d in read)
        say(message("hitung-diterima", jumlah=format_number(accepted), berkas=names))
    for d in read:
        for line in comparison_lines(d.pemeriksaan.pembanding):
            say(line)
    several = len(read) > 1
    faults = [
        f"{d.nama}: {t.pesan}" if several else t.pesan for d in read for t in d.pemeriksaan.ditolak
    ]
    if faults:
        count = sum(d.pemeriksaan.jumlah_ditolak for d in read)
        note_faults(message("ditolak-judul", jumlah=format_number(count)), faults)
