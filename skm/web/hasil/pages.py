"""What each address under /hasil hands out; None where nothing is public there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from skm.report.publikasi import BENTUK, publication_png, write_publication
from skm.settings import Settings
from skm.terbitan.as_csv import write_open_data
from skm.terbitan.as_json import period_json, survey_json
from skm.terbitan.etalase import Etalase
from skm.terbitan.poster import poster_content
from skm.terbitan.terbitan import Ringkas
from skm.web.hasil.render import render_list, render_period
from skm.web.hasil.shelf import Shelf, Siap, ready

HTML, JSON = "text/html", "application/json"
CSV, PNG, PDF = "text/csv", "image/png", "application/pdf"
PPI = 100
"""Pixels an inch of the picture: 827 wide, enough for a phone and for a preview."""


class Results:
    """The public results. Each method takes what a visitor wrote, and trusts none of it."""

    def __init__(self, shelf: Shelf, settings_of: Callable[[], Settings]) -> None:
        self._shelf = shelf
        self._settings_of = settings_of

    def listing(self) -> Siap:
        """Return the list of surveys with published results."""
        found = self._shelf.showcases()
        key = (HTML, *(e.sidik for e in found))
        return self._shelf.keep(key, lambda: ready(render_list(found), HTML))

    def page(self, survei_id: str, kode: str | None, akar: str) -> Siap | None:
        """Return the page of a period, without `kode` that of the newest one."""
        found, alamat = self._find(survei_id, kode), self._settings_of().public_url
        if found is None:
            return None
        etalase, row = found

        def make() -> Siap:
            terbitan = etalase.terbitan(row.periode)
            return ready(render_period(etalase, terbitan, akar, alamat), HTML)

        return self._shelf.keep((etalase.sidik, HTML, row.periode.kode, akar, alamat), make)

    def open_data(self, survei_id: str, kode: str, jenis: str) -> Siap | None:
        """Return a period as CSV or JSON."""
        found = self._find(survei_id, kode)
        if found is None:
            return None
        etalase, row = found

        def make() -> Siap:
            terbitan = etalase.terbitan(row.periode)
            if jenis == CSV:
                return ready(write_open_data(terbitan), jenis)
            return ready(_json_bytes(period_json(terbitan)), jenis)

        return self._shelf.keep((etalase.sidik, jenis, row.periode.kode), make)

    def sheet(self, survei_id: str, kode: str, jenis: str, bentuk: str) -> Siap | None:
        """Return the sheet to hang or to share, as PDF or PNG; None also for an unknown form."""
        found, public = self._find(survei_id, kode), self._settings_of().public_url
        chosen = next((b for b in BENTUK if b == bentuk), None)
        if found is None or chosen is None or found[1].angka is None:
            return None
        etalase, periode, angka = found[0], found[1].periode, found[1].angka

        def make() -> Siap:
            alamat = f"{public}/hasil/{survei_id}/{periode.kode}" if public else None
            content = poster_content(etalase.terbitan(periode), angka, alamat)
            if jenis == PNG:
                return ready(publication_png(content, chosen, PPI), jenis)
            return ready(write_publication(content, chosen), jenis)

        return self._shelf.keep((etalase.sidik, jenis, periode.kode, chosen, public), make)

    def surveys(self) -> Siap:
        """Return the list of surveys for programs."""
        found = self._shelf.showcases()

        def make() -> Siap:
            rows = [survey_json(e.identitas, e.periode) for e in found]
            return ready(_json_bytes({"survei": rows}), JSON)

        return self._shelf.keep((JSON, *(e.sidik for e in found)), make)

    def survey(self, survei_id: str) -> Siap | None:
        """Return a survey with its published periods for programs."""
        found = self._shelf.showcase(survei_id)
        if found is None:
            return None

        def make() -> Siap:
            return ready(_json_bytes(survey_json(found.identitas, found.periode)), JSON)

        return self._shelf.keep((found.sidik, JSON), make)

    def _find(self, survei_id: str, kode: str | None) -> tuple[Etalase, Ringkas] | None:
        """Return a public period by its code, also in small letters; without one the newest."""
        etalase = self._shelf.showcase(survei_id)
        rows = etalase.periode if etalase else ()
        wanted = kode.upper() if kode and kode.isascii() else kode
        row = next((r for r in rows if wanted in (None, r.periode.kode)), None)
        return (etalase, row) if etalase and row else None


def _json_bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
