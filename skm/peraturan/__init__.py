"""The regulation as data (TOML beside this file) and its typed readers."""

from skm.peraturan.mutu import Kelas, TabelMutu, tabel_mutu
from skm.peraturan.unsur import SKALA, PertanyaanBaku, UnsurBaku, pertanyaan_baku, unsur_baku

__all__ = [
    "SKALA",
    "Kelas",
    "PertanyaanBaku",
    "TabelMutu",
    "UnsurBaku",
    "pertanyaan_baku",
    "tabel_mutu",
    "unsur_baku",
]
