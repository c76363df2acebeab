"""The first minute: open the store, load the survey files, and bring the sample on a first run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from skm.pesan import SkmError
from skm.settings import SURVEYS, Settings
from skm.store import KeadaanBerkas, Store, open_store
from skm.survei import Survei, load_survei


def prepare(
    settings: Settings,
    folder: Path = SURVEYS,
    report: Callable[[SkmError], None] = lambda _: None,
) -> Store:
    """Return the open store with every survey file of `folder` loaded into it.

    A file is taken when it is new or has changed. One with faults is handed to `report` and leaves
    what the store already has of that survey; so does one that changed after the office edited
    the survey itself: a person then decides on the page Pengaturan. The sample's answers come with
    it until somebody removes the sample.
    Raises SkmError for a database that cannot be used.
    """
    store = open_store(settings.database_url)
    try:
        for path in sorted(folder.glob("*.toml")):
            try:
                survei = load_survei(path)
            except SkmError as error:
                report(error)
                continue
            if survei.contoh and store.was_deleted(survei.id):
                continue
            if _load_file(store, survei, path) is KeadaanBerkas.BERBEDA:
                report(SkmError("survei-berkas-berbeda", berkas=path.name, judul=survei.judul))
            _load_sample(store, survei, folder)
    except BaseException:
        store.close()
        raise
    return store


def _load_file(store: Store, survei: Survei, path: Path) -> KeadaanBerkas:
    return store.load_file(survei, path.read_text(encoding="utf-8-sig"))


def _load_sample(store: Store, survei: Survei, folder: Path) -> None:
    """Take the sample's files that are not stored yet: a first start may have been cut short.

    A stored one is known by its bytes alone: no later start reads its rows.
    """
    for name in survei.data:
        content = (folder / name).read_bytes()
        if not store.has_file(survei.id, hashlib.sha256(content).hexdigest()):
            _take_sample(store, survei, name, content)


def _take_sample(store: Store, survei: Survei, name: str, content: bytes) -> None:
    # Imported here: every start but the first does without it.
    from skm.intake import Opsi
    from skm.unggah import inspect, propose, read, take

    berkas = read(name, content)
    plan = inspect(store, survei, berkas, propose(berkas, survei), Opsi())
    try:
        take(store, plan)
    except SkmError as error:
        if error.kode != "berkas-sudah-diunggah":  # another node was faster
            raise
