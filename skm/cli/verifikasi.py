"""`verifikasi`: compute an archived period anew, and say whether everything is equal."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from skm.analysis.tables import ikm_text
from skm.angka import format_number
from skm.cli.terminal import note_faults, say
from skm.penutupan.berkas import read_archive
from skm.penutupan.verifikasi import verify
from skm.pesan import SkmError, message


def run(args: Namespace) -> int:
    """Print the figure that comes out; 0 equal, 1 not."""
    path = Path(args.arsip)
    if not path.exists():
        raise SkmError("berkas-tak-ada", berkas=path, usul="")
    found = verify(read_archive(path))
    label = found.arsip.periode.label
    if not found.sama:
        title = message("verifikasi-beda", jumlah=format_number(len(found.temuan)), label=label)
        note_faults(title, [str(fault) for fault in found.temuan])
        return 1
    hasil = found.arsip.hasil.hasil
    say(
        message(
            "verifikasi-sama",
            label=label,
            ikm=ikm_text(hasil.ikm),
            mutu=hasil.mutu,
            responden=format_number(hasil.responden),
            sidik=found.sha256,
            jumlah=format_number(found.jawaban),
        )
    )
    return 0
