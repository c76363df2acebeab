"""The answers that an account limited to some titik or layanan may see."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from skm.akun import Batas
from skm.store.schema import jawaban


def places_of(bagian: Batas | None) -> list[ColumnElement[bool]]:
    """Return the conditions on the answers; None is all of the survey."""
    found: list[ColumnElement[bool]] = []
    if bagian and bagian.titik:
        found.append(jawaban.c.titik.in_(sorted(bagian.titik)))
    if bagian and bagian.layanan:
        found.append(jawaban.c.layanan.in_(sorted(bagian.layanan)))
    return found
