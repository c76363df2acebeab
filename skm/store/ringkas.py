"""Which of the recaps answers a question."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Table

from skm.store.schema import RINGKAS, rekap_responden, rekap_tempat


def smallest(needed: Collection[str]) -> tuple[Table, Table]:
    """Return the smallest recaps of marks and of respondents that know the `needed` columns."""
    for place, other in (("layanan", "titik"), ("titik", "layanan")):
        if other not in needed:
            return RINGKAS[place]
    return rekap_tempat, rekap_responden
