"""`periode`: close, publish, withdraw and reopen periods, list them, and export their archive."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, ikm_text
from skm.angka import format_number
from skm.cli.files import check_target, write_bytes
from skm.cli.rules import parse_result_period
from skm.cli.storing import opened
from skm.cli.terminal import note, say, show
from skm.penutupan.berkas import write_archive
from skm.penutupan.resmi import Beku, Resmi, open_official
from skm.penutupan.tutup import Tambahan, addendum, close
from skm.periode import Periode
from skm.pesan import SkmError, message
from skm.store import Keadaan
from skm.tanggal import moment_text

NAMA_KEADAAN = {Keadaan.DITUTUP: "Ditutup", Keadaan.DITERBITKAN: "Diterbitkan"}


def daftar(args: Namespace) -> int:
    """Print the closed periods with their figures and check codes."""
    with opened() as store:
        resmi = open_official(store, args.survei)
        rows = tuple(_row(resmi, beku) for beku in resmi.beku)
    if not rows:
        say(message("periode-belum-ada", survei=args.survei))
        return 0
    kolom = (
        Kolom("Periode"),
        Kolom("Keadaan"),
        Kolom("IKM", angka=True),
        Kolom("Mutu"),
        Kolom("Data sampai"),
        Kolom("Kode periksa"),
        Kolom("Susulan"),
    )
    show(Tabel("periode", "", kolom, rows))
    return 0


def _row(resmi: Resmi, beku: Beku) -> tuple[str, ...]:
    closed, hasil, survei = beku.tutupan, beku.arsip.hasil.hasil, resmi.survei
    later = addendum(resmi, closed.periode)
    return (
        closed.periode.label,
        NAMA_KEADAAN[closed.keadaan],
        ikm_text(hasil.ikm),
        hasil.mutu or TANPA,
        moment_text(closed.batas, survei.zona, survei.zona_waktu),
        closed.sha256[:16],
        _later(later) if later else TANPA,
    )


def _later(tambahan: Tambahan) -> str:
    if tambahan.koreksi:
        return "ada perbaikan"
    return f"+{format_number(tambahan.masuk)} −{format_number(tambahan.keluar)}"


def tutup(args: Namespace) -> int:
    """Close a period and print its figure and its check code."""
    periode = parse_result_period(args.periode)
    with opened() as store:
        close(store, args.survei, periode)
        beku = _find(open_official(store, args.survei), periode)
    hasil = beku.arsip.hasil.hasil
    say(
        message(
            "periode-ditutup",
            label=periode.label,
            ikm=ikm_text(hasil.ikm),
            mutu=hasil.mutu,
            sidik=beku.tutupan.sha256,
        )
    )
    return 0


def terbitkan(args: Namespace) -> int:
    """Make a closed period public."""
    periode = parse_result_period(args.periode)
    with opened() as store:
        store.publish_period(args.survei, periode)
    say(message("periode-diterbitkan", label=periode.label, survei=args.survei, kode=periode.kode))
    return 0


def tarik(args: Namespace) -> int:
    """Take a period off the public page."""
    periode = parse_result_period(args.periode)
    with opened() as store:
        store.withdraw_period(args.survei, periode, args.alasan)
    say(message("periode-ditarik", label=periode.label))
    return 0


def buka(args: Namespace) -> int:
    """Let answers move a period's figures again."""
    periode = parse_result_period(args.periode)
    with opened() as store:
        store.reopen_period(args.survei, periode, args.alasan)
    say(message("periode-dibuka", label=periode.label))
    return 0


def arsip(args: Namespace) -> int:
    """Write a closed period's archive."""
    periode, path = parse_result_period(args.periode), Path(args.keluaran)
    check_target(path, (".zip",), overwrite=args.timpa)
    with opened() as store:
        content = write_archive(store, _find(open_official(store, args.survei), periode))
    write_bytes(path, content)
    say(message("arsip-ditulis", berkas=path, label=periode.label))
    note(message("arsip-periksa", berkas=path))
    return 0


def _find(resmi: Resmi, periode: Periode) -> Beku:
    found = resmi.frozen(periode)
    if found is None or found.tutupan.periode != periode:
        raise SkmError("periode-tak-ditutup", label=periode.label)
    return found
