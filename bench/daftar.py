"""The benchmarks by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bench import agregasi, dasbor, formulir, impor, laporan, muat_pertama, mulai
from bench.ukur import Tolok

_ALL = (agregasi, formulir, impor, dasbor, laporan, muat_pertama, mulai)

DAFTAR: Mapping[str, Tolok] = MappingProxyType({m.TOLOK.nama: m.TOLOK for m in _ALL})
