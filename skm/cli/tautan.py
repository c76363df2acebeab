"""`tautan buat`, `daftar`, `tutup` and `buka`: placements and what became of them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from skm.angka import format_number
from skm.cli.as_json import dump
from skm.cli.reading import find_place
from skm.cli.storing import opened
from skm.cli.terminal import note, say, show
from skm.jawaban import Kanal
from skm.pesan import SkmError, message
from skm.settings import Settings, read_settings
from skm.store import Store, Tautan
from skm.survei import Survei
from skm.tautan import (
    CONTOH_SETELAN,
    KANAL,
    completion,
    create_placements,
    find_placement,
    only_here,
    plan_placements,
    select_placements,
)


def buat(args: Namespace) -> int:
    """Make what is missing; the output names every placement that was asked for."""
    with opened() as store:
        survei = store.load_survei(args.survei)
        titik, layanan = _titik(survei, args), _layanan(survei, args)
        asked = (titik, layanan, _kanal(args) or Kanal.QR, args.nama)
        passed = plan_placements(store, survei, *asked).ada
        made = create_placements(store, survei, *asked)
    counted = message("tautan-dibuat", jumlah=format_number(len(made)))
    (note if args.json else say)(counted)
    if passed:
        note(message("tautan-dilewati", jumlah=format_number(len(passed))))
    _print(survei, (*passed, *made), args)
    return 0


def daftar(args: Namespace) -> int:
    """Print the placements."""
    with opened() as store:
        survei = store.load_survei(args.survei)
        found = chosen(store, survei, args)
    _print(survei, found, args)
    return 0


def tutup(args: Namespace) -> int:
    """Close the open placements that are named, or all."""
    return _switch(args, aktif=False)


def buka(args: Namespace) -> int:
    """Open the closed placements that are named, or all."""
    return _switch(args, aktif=True)


def _switch(args: Namespace, *, aktif: bool) -> int:
    with opened() as store:
        survei = store.load_survei(args.survei)
        found = [t for t in chosen(store, survei, args) if t.aktif != aktif]
        changed = [store.change_tautan(t.kode, aktif=aktif) for t in found]
    count = format_number(len(changed))
    done = message("tautan-dibuka", jumlah=count) if aktif else ""
    (note if args.json else say)(done or message("tautan-ditutup", jumlah=count))
    _print(survei, changed, args)
    return 0


def chosen(
    store: Store, survei: Survei, args: Namespace, aktif: bool | None = None
) -> tuple[Tautan, ...]:
    """Return the placements that the options name, all without any. Raises SkmError."""
    codes = args.kode and [find_placement(store, survei, k.upper()).kode for k in args.kode]
    return select_placements(
        store.list_tautan(survei.id),
        titik=_titik(survei, args),
        layanan=_layanan(survei, args),
        kanal=_kanal(args),
        kode=codes,
        aktif=aktif,
    )


def _titik(survei: Survei, args: Namespace) -> list[str] | None:
    return [find_place("titik", survei, t) for t in args.titik] if args.titik else None


def _layanan(survei: Survei, args: Namespace) -> str | None:
    return find_place("layanan", survei, args.layanan) if args.layanan else None


def _kanal(args: Namespace) -> Kanal | None:
    given = getattr(args, "kanal", None)
    if given is None:
        return None
    if given.lower() not in KANAL:
        raise SkmError("tautan-kanal", kanal=given, pilihan=", ".join(KANAL))
    return Kanal(given.lower())


def _print(survei: Survei, tautan: Sequence[Tautan], args: Namespace) -> None:
    settings = read_settings()
    if args.json:
        say(dump([tautan_json(t, settings) for t in tautan]))
    elif tautan:
        show(completion(survei, tautan))
        for item in tautan:
            say(settings.form_address(item.kode))
    else:
        note(message("tautan-kosong", survei=survei.id))
    if tautan:
        warn_address(settings, tautan[0].kode)


def warn_address(settings: Settings, kode: str) -> None:
    """Say so where nobody but this machine can open what is printed."""
    address = settings.form_address(kode)
    if only_here(address):
        note(message("tautan-hanya-di-sini", alamat=address, contoh=CONTOH_SETELAN))


def tautan_json(tautan: Tautan, settings: Settings) -> dict[str, Any]:
    """Return a placement for other programs; titik and layanan are codes, null is "not fixed"."""
    return {
        "kode": tautan.kode,
        "alamat": settings.form_address(tautan.kode),
        "titik": tautan.titik,
        "layanan": tautan.layanan,
        "kanal": tautan.kanal.value,
        "nama": tautan.nama,
        "aktif": tautan.aktif,
        "dilihat": tautan.dilihat,
        "dimulai": tautan.dimulai,
        "dikirim": tautan.dikirim,
    }
