"""Where a period stands, in words: draft, closed or published, and what has come in since."""

from __future__ import annotations

from datetime import datetime
from html import escape

from skm.dashboard import source
from skm.dashboard.source import Sumber
from skm.penutupan.tutup import describe_addendum
from skm.periode import Periode
from skm.store import Keadaan, Tutupan
from skm.survei import Survei
from skm.tanggal import day_text

NAMA_KEADAAN = {
    Keadaan.DRAF: "Draf",
    Keadaan.DITUTUP: "Ditutup",
    Keadaan.DITERBITKAN: "Diterbitkan",
}
SHORT = 16
"""Digits of a SHA-256 that tell one closing from another at a glance."""


def office_day(waktu: datetime, survei: Survei) -> str:
    """Return the day of a moment by the office's clock: "5 Januari 2025"."""
    return day_text(waktu.astimezone(survei.zona).date())


def state_of(tutupan: Tutupan | None) -> Keadaan:
    """Return the state of a period with this closing, or without one."""
    return tutupan.keadaan if tutupan else Keadaan.DRAF


def state_html(sumber: Sumber, periode: Periode) -> str:
    """Return one line about a period: its state, since when, and its check code."""
    tutupan = sumber.resmi.closing(periode)
    keadaan = state_of(tutupan)
    badge = f'<span class="skm-tahap skm-{keadaan}">{NAMA_KEADAAN[keadaan]}</span>'
    if tutupan is None:
        return f'<p class="skm-keadaan">{badge} masih mengikuti jawaban yang masuk</p>'
    words = office_day(tutupan.diterbitkan or tutupan.ditutup, sumber.survei)
    if tutupan.periode != periode:
        words += f", bersama {tutupan.periode.label}"
    return (
        f'<p class="skm-keadaan">{badge} {escape(words)} · kode periksa '
        f"<code>{tutupan.sha256[:SHORT]}</code></p>"
    )


def addendum_text(sumber: Sumber, periode: Periode) -> str:
    """Return what has changed since a period was closed; empty for a draft, or where nothing has.

    A part of a closed longer period tells of that one.
    """
    tutupan = sumber.resmi.closing(periode)
    if tutupan is None:
        return ""
    found = source.addendum(sumber, tutupan.periode)
    return describe_addendum(found, tutupan.periode) if found else ""
