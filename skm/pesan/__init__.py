"""The one catalogue of messages: a code gives an Indonesian sentence, where and what to do next.

The sentences are in the TOML files beside this module, one file an area.
Code raises `SkmError(kode, …)` near the cause; the edges print `str(error)`.
Tests compare codes, never prose.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


class SkmError(Exception):
    """A problem a person can act on. `kode` is its code in the catalogue; `isi` fills it."""

    def __init__(self, kode: str, /, **isi: object) -> None:
        self.kode = kode
        self.isi = isi
        super().__init__(kode)

    def __str__(self) -> str:
        return message(self.kode, **self.isi)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, str]:
    """Return every code with its sentence, from all the TOML files beside this one."""
    sentences: dict[str, str] = {}
    for path in files("skm.pesan").iterdir():
        if path.name.endswith(".toml"):
            sentences.update(tomllib.loads(path.read_text(encoding="utf-8")))
    return sentences


def message(kode: str, /, **isi: object) -> str:
    """Return the sentence for `kode`. Raises KeyError for a code that the catalogue lacks."""
    return catalogue()[kode].format(**isi)
