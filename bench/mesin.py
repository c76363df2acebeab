"""The machine and the versions that a figure was measured with."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("streamlit", "SQLAlchemy", "pandas", "duckdb", "polars", "python-calamine", "typst")


def describe() -> str:
    """Return one line: the day, processor, cores, memory, load before the run, versions."""
    parts = [
        date.today().isoformat(),  # noqa: DTZ011 - the day of the machine that measured
        f"{_processor()}, {os.cpu_count()} cores, {_memory()}",
        f"load before {_load()}",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        ", ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name))),
    ]
    return "; ".join(parts)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    info = Path("/proc/meminfo")
    if not info.exists():
        return "memory unknown"
    kib = int(info.read_text().split()[1])
    return f"{kib / 1024**2:.0f} GB"


def _load() -> str:
    try:
        return f"{os.getloadavg()[0]:.1f}"
    except (OSError, AttributeError):
        return "unknown"
