"""What the program writes down of itself: when, what, where in the code; never what somebody sent.

A traceback's last line, and a database's own words, may quote an answer. So a fault is written as
its kind and the places it went through.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TextIO

Bentuk = Literal["teks", "json"]
_SHOWN = 12


def set_up_logging(bentuk: Bentuk, aliran: TextIO | None = None) -> None:
    """Send what the program logs to `aliran` (stderr), a line each; set up anew at every call."""
    logger = logging.getLogger("skm")
    for old in logger.handlers[:]:
        logger.removeHandler(old)
    handler = logging.StreamHandler(aliran or sys.stderr)
    handler.setFormatter(JsonLines() if bentuk == "json" else PlainLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


class PlainLines(logging.Formatter):
    """`2026-11-26T04:05:06Z ERROR skm.web.unduh a download failed (KeyError at unduh.py:93)`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = f"{_moment(record)} {record.levelname} {record.name} {_one_line(record)}"
        kind, places = _fault(record)
        return f"{line} ({kind} at {' < '.join(reversed(places))})" if kind else line


class JsonLines(logging.Formatter):
    """One JSON object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        found: dict[str, object] = {
            "waktu": _moment(record),
            "tingkat": record.levelname,
            "asal": record.name,
            "pesan": _one_line(record),
        }
        kind, places = _fault(record)
        if kind:
            found |= {"galat": kind, "jejak": places}
        return json.dumps(found, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _one_line(record: logging.LogRecord) -> str:
    """Return the message; a line end in it could pretend to be another entry."""
    return " ".join(record.getMessage().split())


def _fault(record: logging.LogRecord) -> tuple[str, list[str]]:
    """Return the kind of a fault and the places that it went through, the innermost last."""
    if not record.exc_info or record.exc_info[0] is None:
        return "", []
    kind, _, trace = record.exc_info
    frames = traceback.extract_tb(trace)[-_SHOWN:]
    return kind.__name__, [f"{Path(f.filename).name}:{f.lineno}" for f in frames]
