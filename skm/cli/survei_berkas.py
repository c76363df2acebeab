"""`survei ekspor` and `survei impor`: the survey as a file, out of the store and into it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from skm.atur.simpan import Tinjauan, create, decode, review, save
from skm.cli.files import check_target, read_bytes, write_bytes
from skm.cli.storing import opened
from skm.cli.terminal import note, say
from skm.pesan import SkmError, message
from skm.store import Store
from skm.survei import Survei, parse_survei


def export(args: Namespace) -> int:
    """Write the survey's file as it is in force, or a version of its history."""
    target = Path(args.keluaran)
    check_target(target, (".toml",), overwrite=args.timpa)
    with opened() as store:
        judul = store.load_survei(args.id).judul
        text = store.load_toml(args.id)
        if args.nomor is not None:
            text = store.load_version(args.id, args.nomor)
    write_bytes(target, text.encode())
    say(message("survei-berkas-diekspor", judul=judul, berkas=target))
    return 0


def take(args: Namespace) -> int:
    """Save a survey from a file; its faults are raised, all at once.

    With --periksa only say what would change. Raises SkmError `survei-belum-sah` where the store
    would refuse it.
    """
    path = Path(args.berkas)
    text = decode(read_bytes(path))
    survei = parse_survei(text, path.name)
    with opened() as store:
        if survei.id in {info.id for info in store.list_survei()}:
            return _change(store, survei, text, only_check=args.periksa)
        if not args.periksa:
            create(store, text)
    say(message("survei-akan-dibuat" if args.periksa else "survei-dibuat", judul=survei.judul))
    return 0


def _change(store: Store, survei: Survei, text: str, *, only_check: bool) -> int:
    dasar = store.load_toml(survei.id)
    if dasar == text:
        say(message("survei-tanpa-perubahan"))
        return 0
    found = review(store, survei.id, dasar, text)
    _print(found)
    if found.temuan:
        raise SkmError("survei-belum-sah", jumlah=len(found.temuan))
    if only_check:
        return 0
    words = save(store, survei.id, dasar, text)
    say(message("survei-tersimpan", jumlah=max(1, len(words))))
    return 0


def _print(found: Tinjauan) -> None:
    for sentence in found.beda:
        say(f"- {sentence}")
    for sentence in (*found.catatan, *(f"{t.tempat}: {t.pesan}" for t in found.temuan)):
        note(f"- {sentence}")
