"""The file of a survey in the folder of surveys, where it says something else than the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from skm.pesan import SkmError
from skm.settings import SURVEYS
from skm.store import KeadaanBerkas, Store
from skm.survei import Survei, load_survei


@dataclass(frozen=True, slots=True)
class BerkasLain:
    """A file that changed after the office edited the survey; nothing of it is in force."""

    nama: str
    teks: str
    survei: Survei


def differing_file(store: Store, survei_id: str, folder: Path = SURVEYS) -> BerkasLain | None:
    """Return the folder's file of a survey that waits for a decision; None where none does."""
    for path in sorted(folder.glob("*.toml")):
        try:
            survei = load_survei(path)
        except SkmError:
            continue  # told at the start
        if survei.id != survei_id:
            continue
        text = path.read_text(encoding="utf-8-sig")
        if store.judge_file(survei_id, text) is KeadaanBerkas.BERBEDA:
            return BerkasLain(path.name, text, survei)
    return None
