"""Work in a fresh process, so that its memory and its imports are its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Jejak:
    """What a process took: seconds of its work, its memory before it, and at most (MB)."""

    detik: float
    awal: float
    puncak: float


def run_apart(module: str, arguments: Sequence[object]) -> Jejak:
    """Return what `python -m module arguments…` took; the module calls `report` at its end.

    Raises RuntimeError with what the process wrote to its standard error where it failed.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Jejak(**json.loads(done.stdout.splitlines()[-1]))


def report(detik: float, awal: float) -> None:
    """Print what `run_apart` reads."""
    sys.stdout.write(json.dumps({"detik": detik, "awal": awal, "puncak": peak()}) + "\n")


def peak(pid: int | None = None) -> float:
    """Return the most memory that a process (this one) has held so far, in MB.

    Of Linux's own record: what getrusage says begins with the parent's memory.
    """
    return _status("VmHWM", pid)


def memory(pid: int | None = None) -> float:
    """Return the memory that a process (this one) holds now, in MB."""
    return _status("VmRSS", pid)


def _status(name: str, pid: int | None) -> float:
    status = Path(f"/proc/{pid or 'self'}/status")
    if not status.exists():  # macOS and Windows keep no such file
        return float("nan")
    line = next(x for x in status.read_text().splitlines() if x.startswith(name))
    return int(line.split()[1]) / 1024
