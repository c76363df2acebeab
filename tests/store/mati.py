"""A process that works on a database and is killed at a chosen moment, and who sends it there.

Moments are counted, not timed: before and after every statement, before every commit, every few
steps inside SQLite, every chunk of progress, every file that is opened, renamed or flushed. So
each number is another point of the work, whatever the machine does meanwhile.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, event
from survei_kecil import BERKAS, KOSONG_SATU, PENUH

from skm.store import make_engine, open_store
from skm.store.copies import make_copy
from skm.store.migrations import migrate

KEMATIAN = 20
ISI_BERKAS = [PENUH, KOSONG_SATU] * 1_500
HARI = date(2025, 1, 1)
_STEPS = 2_000
_FILES = ("open", "os.rename", "os.remove", "os.truncate")


def moments_of(work: str, url: str, *words: object) -> int:
    """Let the work end in peace; return how many moments it has."""
    done = _run(work, url, 0, *words)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def kill_at(moment: int, work: str, url: str, *words: object) -> None:
    """Kill the work at a moment; one beyond its last is right after it."""
    dead = _run(work, url, moment, *words)
    assert dead.returncode == -signal.SIGKILL, dead.stderr


def moments(last: int, seed: int) -> Iterator[int]:
    """Give the first moment, one by chance of each equal part of the work, and the end."""
    draw, rest, parts = random.Random(seed), last - 1, KEMATIAN - 2  # noqa: S311 - no secret
    assert last >= KEMATIAN, "too little work to die in"
    yield 1
    for part in range(parts):
        yield draw.randrange(2 + rest * part // parts, 2 + rest * (part + 1) // parts)
    yield 10 * last


def _run(work: str, url: str, moment: int, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, __file__, work, url, str(moment), *map(str, words)]
    return subprocess.run(
        command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


class Ajal:
    """Counts the moments of this process and ends it at one of them; 0 lets it live."""

    def __init__(self, moment: int) -> None:
        self.moment, self.seen = moment, 0

    def __call__(self, *_: object) -> int:
        self.seen += 1
        if self.seen == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def watch(self, engine: Engine) -> Engine:
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(engine, name, lambda *_: self() and None)
        if engine.dialect.name == "sqlite":
            event.listen(
                engine, "connect", lambda dbapi, _: dbapi.set_progress_handler(self, _STEPS)
            )
        return engine

    def watch_files(self, folder: Path) -> None:
        def hook(name: str, args: tuple[object, ...]) -> None:
            if name in _FILES and str(args[0]).startswith(str(folder)):
                self()

        sys.addaudithook(hook)
        real = os.fsync

        def flushed(opened: int) -> None:
            self()
            real(opened)
            self()

        os.fsync = flushed


def main(work: str, url: str, moment: str, *words: str) -> None:
    ajal = Ajal(int(moment))
    match work:
        case "impor":
            with open_store(url) as store:
                ajal.watch(store.engine)
                store.engine.dispose()  # connections of before are not watched
                store.add_batch("kecil", BERKAS, ISI_BERKAS, ajal)
        case "migrasi":
            migrate(ajal.watch(make_engine(url)))
        case "cadangan":
            (folder,) = map(Path, words)
            ajal.watch_files(folder)
            make_copy(ajal.watch(make_engine(url)), folder, HARI, ajal, anew=True)
    if ajal.moment:
        os.kill(os.getpid(), signal.SIGKILL)
    sys.stdout.write(f"{ajal.seen}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
