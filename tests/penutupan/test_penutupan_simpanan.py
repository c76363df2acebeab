"""Archives are parsed once, also those of many years."""

from __future__ import annotations

import zlib
from collections import Counter
from pathlib import Path

from survei_tutup import T4, fill

from skm.penutupan.resmi import load_archive
from skm.penutupan.tutup import close
from skm.store import open_store

YEARS_OF_CLOSINGS = 7 * 30


class OneArchive:
    """A store in which every closing has the same content; it counts what is asked for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked: Counter[str] = Counter()

    def closing_file(self, survei_id: str, sha256: str, nama: str) -> bytes:
        self.asked[sha256] += 1
        return self.content


def test_thirty_years_of_closings_are_read_once(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
        fill(store)
        content = store.closing_file("uji", close(store, "uji", T4).sha256, "isi")
    assert zlib.decompress(content).startswith(b"{")
    source = OneArchive(content)
    for _ in range(2):
        for number in range(YEARS_OF_CLOSINGS):
            load_archive(source, "uji", f"{number:064}")  # type: ignore[arg-type]
    assert set(source.asked.values()) == {1}
    assert len(source.asked) == YEARS_OF_CLOSINGS
