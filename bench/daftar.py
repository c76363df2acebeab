"""The benchmarks by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bench import agregasi, impor
from bench.ukur import Tolok

DAFTAR: Mapping[str, Tolok] = MappingProxyType({t.nama: t for t in (agregasi.TOLOK, impor.TOLOK)})
