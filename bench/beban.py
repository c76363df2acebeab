"""Load, kills, restarts: `python -m bench.beban` runs what its options name, on this machine only,
and adds a section to `hasil-beban.md`.

After each scenario every thanked answer is there exactly once with the code that was given, and the
recaps are those of the raw answers; otherwise it ends with 1.

    python -m bench.beban                                   # the long one, about an hour
    python -m bench.beban --detik 60 --bunuh 20             # a modest one
    python -m bench.beban bunuh --bunuh 100 --basis-data postgres
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from bench.beban_alat import (
    Cluster,
    Kiriman,
    Program,
    cluster,
    faults,
    prepare,
    send,
    senders,
    viewers,
)
from bench.mesin import describe

HASIL = Path(__file__).with_name("hasil-beban.md")
PULIH = 5.0
"""Seconds within which the program should answer again."""


@dataclass
class Tugas:
    """What a run was asked for, and where it works; `cluster` is None on SQLite."""

    folder: Path
    url: str
    detik: float
    penonton: int
    kiriman: float
    bunuh: int
    cluster: Cluster | None = None
    baris: list[str] = field(default_factory=list)


def lama(tugas: Tugas) -> list[str]:
    """Let viewers watch and people send for the given time."""
    paths, sent = prepare(tugas.url), Kiriman()
    program = Program(tugas.url, tugas.folder)
    program.start()
    try:
        with (
            viewers(program, tugas.penonton) as runs,
            senders([program], paths, sent, tugas.kiriman, threads=16),
        ):
            time.sleep(tugas.detik)
    finally:
        program.stop()
    slow = quantiles(sent.lama, n=100)
    tugas.baris.append(
        f"{tugas.penonton} viewers ({sum(runs)} page runs) and {len(sent.lama):,} answers in "
        f"{tugas.detik:.0f} s ({len(sent.lama) / tugas.detik:.0f} a second): p50 "
        f"{slow[49] * 1e3:.0f} ms, p99 {slow[98] * 1e3:.0f} ms; {sent.gagal} without thanks"
    )
    found = faults(tugas.url, sent)
    if tugas.penonton and sum(runs) < tugas.penonton:
        found.append(f"only {sum(runs)} page runs")
    return found


def bunuh(tugas: Tugas) -> list[str]:
    """Kill the program again and again while people send."""
    paths, sent, dice = prepare(tugas.url), Kiriman(), random.Random(1)  # noqa: S311
    program = Program(tugas.url, tugas.folder)
    program.start()
    back: list[float] = []
    found: list[str] = []
    try:
        with senders([program], paths, sent, 400):
            for _ in range(tugas.bunuh):
                time.sleep(dice.uniform(0.2, 1.0))
                program.kill()
                back.append(program.start())
                if found := faults(tugas.url, _copy(sent)):
                    break
    finally:
        program.stop()
    late = sum(seconds > PULIH for seconds in back)
    tugas.baris.append(
        f"{len(back)} kills under load: {len(sent.diterima):,} thanked, {sent.gagal:,} unanswered "
        f"or refused; up again after {median(back):.1f} s (at most {max(back):.1f} s; {late} over "
        f"{PULIH:.0f} s)"
    )
    return found or faults(tugas.url, sent)


def mulai_ulang(tugas: Tugas) -> list[str]:
    """Restart the database server under load; the program stays."""
    if tugas.cluster is None:
        tugas.baris.append("restart of the database server: SQLite has none")
        return []
    paths, sent = prepare(tugas.url), Kiriman()
    program = Program(tugas.url, tugas.folder)
    program.start()
    back = []
    try:
        with senders([program], paths, sent, 200):
            for mode in ("fast", "immediate", "fast"):
                time.sleep(2)
                tugas.cluster.control("restart", "-m", mode)
                start = time.monotonic()
                once = secrets.token_urlsafe(16)
                while send(program.address(paths[0]), once) is None:
                    if time.monotonic() - start > 60:
                        return ["no answer is taken after the server's restart"]
                back.append(time.monotonic() - start)
    finally:
        program.stop()
    tugas.baris.append(
        f"{len(back)} restarts of the server under load: {len(sent.diterima):,} thanked, "
        f"{sent.gagal:,} refused; takes answers again at most {max(back):.1f} s later"
    )
    return faults(tugas.url, sent)


def penuh(tugas: Tugas) -> list[str]:
    """Fill the disk under load, and free it again; the program stays."""
    if tugas.cluster is not None:
        return []
    place = tugas.folder / "penuh"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        tugas.baris.append("full disk: left out, a small tmpfs cannot be mounted here")
        return []
    try:
        return _fill(tugas, place)
    finally:
        subprocess.run(["umount", str(place)], check=False)


def _fill(tugas: Tugas, place: Path) -> list[str]:
    url, sent = f"sqlite:///{place / 'skm.db'}", Kiriman()
    paths, program = prepare(url), Program(url, tugas.folder)
    program.start()
    ballast = place / "pemberat"
    try:
        with senders([program], paths, sent, 200):
            time.sleep(2)
            before = len(sent.diterima)
            with ballast.open("wb") as file:
                _write_until_full(file.fileno())
            time.sleep(4)
            refused = sent.gagal
            ballast.unlink()
            time.sleep(3)
        after = len(sent.diterima)
    finally:
        program.stop()
    tugas.baris.append(
        f"disk full for 4 s under load: {before:,} thanked before, {refused:,} refused politely "
        f"meanwhile, {after:,} thanked in all"
    )
    found = faults(url, sent)
    if not refused or after <= before:
        found.append("the disk was never full, or nothing was taken afterwards")
    return found


def _write_until_full(fd: int) -> None:
    size = 1 << 20
    while size:
        try:
            os.write(fd, b"\0" * size)
        except OSError:
            size //= 2


def jam(tugas: Tugas) -> list[str]:
    """Let the program's clock jump between answers, forwards and back."""
    from bench.peladen import ask_in_process

    paths, sent = prepare(tugas.url), Kiriman()
    now, dice = datetime.now(UTC), random.Random(2)  # noqa: S311
    jumps = (timedelta(dice.uniform(-400, 400)) for _ in range(200))
    moments = [now, *(now + jump for jump in jumps)]
    for id_kirim, code in asyncio.run(ask_in_process(tugas.url, paths, moments)):
        sent.note(id_kirim, code, 0)
    tugas.baris.append(f"clock: {len(moments) - 1} jumps of up to 400 days, {sent.gagal} refused")
    return faults(tugas.url, sent) + ["refused for a clock"] * bool(sent.gagal)


def migrasi(tugas: Tugas) -> list[str]:
    """Start two nodes at once on an empty database, and send to both."""
    programs = [Program(tugas.url, tugas.folder) for _ in range(2)]
    for program in programs:
        program.launch()
    try:
        took = [program.wait() for program in programs]
        paths, sent = prepare(tugas.url), Kiriman()
        with senders(programs, paths, sent, 200):
            time.sleep(5)
    finally:
        for program in programs:
            program.stop()
    tugas.baris.append(
        f"two nodes begun at once on an empty database: both answer after {max(took):.1f} s; "
        f"{len(sent.diterima):,} thanked, {sent.gagal} refused"
    )
    return faults(tugas.url, sent)


CAKUPAN: dict[str, Callable[[Tugas], list[str]]] = {
    "migrasi": migrasi,
    "lama": lama,
    "bunuh": bunuh,
    "mulai-ulang": mulai_ulang,
    "penuh": penuh,
    "jam": jam,
}


@contextmanager
def _place(kind: str, folder: Path) -> Iterator[tuple[str, Cluster | None]]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'skm.db'}", None
        return
    with cluster(folder / "pg") as own:
        yield own.url, own


def _copy(sent: Kiriman) -> Kiriman:
    """Return what was thanked so far: the senders go on while it is looked for."""
    with sent.lock:
        return Kiriman(dict(sent.diterima), sent.gagal, [], list(sent.berbeda))


def main() -> int:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.beban",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("cakupan", nargs="*", help=f"of {', '.join(CAKUPAN)}; all without any")
    parser.add_argument("--detik", type=float, default=600, help="of load (600)")
    parser.add_argument("--penonton", type=int, default=40, help="dashboards (40)")
    parser.add_argument("--kiriman", type=float, default=50, help="answers a second (50)")
    parser.add_argument("--bunuh", type=int, default=100, help="kills a database (100)")
    parser.add_argument("--basis-data", choices=["sqlite", "postgres"], help="only this one")
    given = parser.parse_args()
    if unknown := set(given.cakupan) - set(CAKUPAN):
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}")
    bad, lines = 0, []
    kinds = [given.basis_data] if given.basis_data else ["sqlite", "postgres"]
    for kind in kinds:
        for name in given.cakupan or CAKUPAN:
            sys.stderr.write(f"{kind} {name} …\n")
            with tempfile.TemporaryDirectory(prefix="skm-beban-") as text:
                folder = Path(text)
                folder.chmod(0o755)  # the database server's own user goes through it
                with _place(kind, folder) as (url, own):
                    options = given.detik, given.penonton, given.kiriman, given.bunuh
                    tugas = Tugas(folder, url, *options, own)
                    found = CAKUPAN[name](tugas)
            bad += len(found)
            proof = f"**{len(found)} faults: {found[:3]}**" if found else "nothing lost or double"
            lines += [f"- {kind}: {line}; {proof}" for line in tugas.baris]
            sys.stderr.write("\n".join(lines[-1:]) + "\n")
    head = f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n\n{describe()}.\n\n"
    old = HASIL.read_text(encoding="utf-8") if HASIL.exists() else "# Under load\n"
    HASIL.write_text(f"{old}\n{head}" + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
