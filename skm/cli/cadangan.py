"""`cadangkan` and `pulihkan`: the whole database into one file, and back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from skm.akun import TERMINAL, Tindakan
from skm.angka import format_number
from skm.cli.files import check_target
from skm.cli.progress import progress
from skm.cli.storing import plain_store
from skm.cli.terminal import note, say
from skm.pesan import message
from skm.store.backup import write_backup
from skm.store.backup_file import open_backup
from skm.store.backup_format import Isi
from skm.store.restore import restore_backup
from skm.tanggal import day_text


def write(args: Namespace) -> int:
    """Write a backup, also while the program serves and answers come in."""
    path = Path(args.berkas)
    check_target(path, (".zip",), overwrite=args.timpa)
    with plain_store() as store:
        isi = write_backup(store.engine, path)
        store.acting(TERMINAL).record(Tindakan.CADANGAN_BUAT)
    say(message("cadangan-ditulis", berkas=path, **_content(isi)))
    note(message("cadangan-jaga"))
    return 0


def restore(args: Namespace) -> int:
    """Restore a backup whole or not at all; 1 where its counts were not those of its answers."""
    with open_backup(Path(args.berkas)) as cadangan:
        found = _content(cadangan.isi)
        if args.periksa:
            say(message("cadangan-utuh", berkas=cadangan.path, **found))
            return 0
        with plain_store() as store:
            with progress(message("pulihkan-judul"), cadangan.isi.baris) as seen:
                restore_backup(store.engine, cadangan, ganti=args.ganti, kemajuan=seen)
            say(message("pulihkan-selesai", berkas=cadangan.path, **found))
            faults = store.check_recap()
    if faults:
        note(message("pulihkan-beda", jumlah=format_number(len(faults))))
        return 1
    say(message("pulihkan-sama"))
    return 0


def _content(isi: Isi) -> dict[str, str]:
    local = isi.waktu.astimezone()
    return {
        "waktu": f"{day_text(local.date())} pukul {local:%H.%M}",
        "survei": format_number(isi.rows_of("survei")),
        "jawaban": format_number(isi.rows_of("jawaban")),
    }
