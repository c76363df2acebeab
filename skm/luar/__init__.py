"""Signing in with the office's own identity provider (OpenID Connect): settings, ticket, names.

The conversation with the provider is in `skm.luar.penyedia`, imported only where it is used.
"""

from skm.luar.berkas import MasukLuar, load_outside, outside_name
from skm.luar.nama import NamaLuar, Orang, clean_outside
from skm.luar.tiket import Tiket, new_ticket, read_ticket

__all__ = [
    "MasukLuar",
    "NamaLuar",
    "Orang",
    "Tiket",
    "clean_outside",
    "load_outside",
    "new_ticket",
    "outside_name",
    "read_ticket",
]
