"""`unggah` and `batal-unggah`: answers into the store, and out of it again."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Literal

from skm.angka import format_number
from skm.cli.files import check_target, write_bytes
from skm.cli.printed import comparison_lines
from skm.cli.progress import progress
from skm.cli.reading import (
    build_mapping,
    check_notes,
    find_place,
    mapping_notes,
    parse_matches,
    read_berkas,
    refuse_open_dates,
    refuse_unsettled,
)
from skm.cli.rules import parse_result_period
from skm.cli.storing import opened
from skm.cli.terminal import note, note_faults, say
from skm.intake import Opsi, write_rejects
from skm.pesan import SkmError, message
from skm.store import Store
from skm.survei import Survei
from skm.unggah import Kembar, Rencana, closed_periods, inspect, take


def run(args: Namespace) -> int:
    """Check a file and store its good rows; 1 where rows were rejected."""
    target = Path(args.tolakan) if args.tolakan else None
    if target:
        source = target.resolve() == Path(args.berkas).resolve()
        check_target(target, (".csv", ".xlsx"), overwrite=args.timpa and not source)
    berkas = read_berkas(Path(args.berkas))
    with opened() as store:
        survei = store.load_survei(args.survei)
        pemetaan = build_mapping(berkas, survei, args)
        opsi = _options(survei, args)
        if not args.periksa:
            refuse_unsettled(pemetaan, args)
            refuse_open_dates(berkas, pemetaan, survei, opsi)
        with progress(berkas.nama, len(berkas.sheet(pemetaan.lembar).baris)) as watch:
            rencana = inspect(
                store,
                survei,
                berkas,
                pemetaan,
                opsi,
                (lambda done, _: watch(done)) if watch else None,
            )
        _report(rencana, survei, args)
        if target:
            _write_rejects(rencana, target)
        if not args.periksa:
            _store(store, rencana, args)
    return 1 if rencana.pemeriksaan.ditolak else 0


def _options(survei: Survei, args: Namespace) -> Opsi:
    return Opsi(
        periode=parse_result_period(args.periode) if args.periode else None,
        layanan=find_place("layanan", survei, args.layanan) if args.layanan else None,
        titik=find_place("titik", survei, args.titik) if args.titik else None,
        padanan=parse_matches(survei, args.padanan),
        urutan_tanggal=args.tanggal,
    )


def _report(rencana: Rencana, survei: Survei, args: Namespace) -> None:
    """Say what was found, before anything is stored."""
    checked = rencana.pemeriksaan
    for line in mapping_notes(rencana.berkas, rencana.pemetaan, "dibaca-tukar"):
        note(line)
    for line in check_notes(checked, survei):
        note(line)
    if checked.ditolak:
        title = message("ditolak-judul", jumlah=format_number(checked.jumlah_ditolak))
        note_faults(title, [t.pesan for t in checked.ditolak])
    for line in comparison_lines(checked.pembanding):
        say(line)
    if rencana.sama is not None:
        nama = rencana.berkas.nama
        say(message("unggah-sama", berkas=nama, batch=rencana.sama.id))
        return
    if rencana.dikenal:
        say(message("unggah-dikenal", jumlah=format_number(rencana.dikenal)))
    if rencana.kembar and (args.periksa or args.kembar is None):
        title = message("unggah-kembar", jumlah=format_number(len(rencana.kembar)))
        note_faults(title, [_twin(k) for k in rencana.kembar])
    if args.periksa:
        say(
            message(
                "unggah-periksa",
                berkas=rencana.berkas.nama,
                diterima=format_number(checked.jumlah_diterima),
                ditolak=format_number(checked.jumlah_ditolak),
            )
        )


def _twin(kembar: Kembar) -> str:
    answer = kembar.jawaban
    places = [p for p in (answer.layanan, answer.titik) if p]
    if answer.periode:
        places.append(answer.periode.label)
    return message(
        "unggah-kembar-baris",
        baris=kembar.baris,
        nilai=" ".join(answer.nilai),
        tempat=f" ({', '.join(places)})" if places else "",
        tersimpan=kembar.tersimpan,
    )


def _write_rejects(rencana: Rencana, target: Path) -> None:
    if not rencana.pemeriksaan.baris_ditolak:
        note(message("tolakan-kosong", berkas=target))
        return
    bentuk: Literal["csv", "xlsx"] = "xlsx" if target.suffix.lower() == ".xlsx" else "csv"
    isi = write_rejects(rencana.berkas, rencana.pemetaan, rencana.pemeriksaan, bentuk)
    write_bytes(target, isi)
    say(message("tolakan-ditulis", berkas=target))


def _store(store: Store, rencana: Rencana, args: Namespace) -> None:
    """Store the new rows and say so. Raises SkmError for what must be decided first."""
    nama = rencana.berkas.nama
    if rencana.sama is not None:
        return
    if not rencana.pemeriksaan.diterima:
        raise SkmError("unggah-tanpa-terima", berkas=nama)
    if rencana.kembar and args.kembar is None:
        raise SkmError("unggah-kembar-putusan")
    if not rencana.baru and not (rencana.kembar and args.kembar == "ambil"):
        say(message("unggah-tanpa-baru", berkas=nama))
        return
    if closed := closed_periods(store, rencana):
        label = ", ".join(periode.label for periode in closed)
        note(message("unggah-periode-ditutup", label=label))
    with progress(nama, len(rencana.baru)) as watch:
        batch = take(store, rencana, args.kembar, watch)
    count = format_number(batch.diterima)
    say(message("unggah-diterima", jumlah=count, berkas=nama, batch=batch.id))
    say(message("unggah-batal-petunjuk", batch=batch.id))


def undo(args: Namespace) -> int:
    """Take a batch's answers out of the store again."""
    with opened() as store:
        batch = store.undo_batch(args.batch.strip(" .").upper())
    count = format_number(batch.diterima)
    say(message("batal-selesai", batch=batch.id, berkas=batch.nama_berkas, jumlah=count))
    return 0
