"""The daily copies: one a day, older ones ever farther apart, never in the way of the program."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine
from survei_kecil import CONTOH, PENUH, UNGGAH, save

from skm.pesan import SkmError
from skm.store import DailyCopies, Store, open_store
from skm.store import backup as backup_module
from skm.store.backup_file import open_backup
from skm.store.copies import copy_name, days_kept, list_copies, make_copy

NEW_YEAR = date(2025, 1, 1)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'kecil.db'}") as store:
        save(store)
        store.add_batch("kecil", UNGGAH, CONTOH)
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cadangan"


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_after_a_year_the_last_week_four_weeks_and_six_months_are_there():
    """Day by day, as it happens: what was removed once cannot be chosen later."""
    there: set[date] = set()
    for number in range(366):
        there = set(days_kept(there | {date(2024, 1, 1) + timedelta(number)}))
    assert sorted(there) == [
        date(2024, 7, 31),
        date(2024, 8, 31),
        date(2024, 9, 30),
        date(2024, 10, 31),
        date(2024, 11, 30),
        date(2024, 12, 15),  # the Sundays before the week of Tuesday 31 December
        date(2024, 12, 22),
        *(date(2024, 12, day) for day in range(25, 32)),
    ]


def test_a_machine_that_is_off_at_weekends_keeps_as_many():
    workdays = [d for n in range(200) if (d := date(2024, 1, 1) + timedelta(n)).weekday() < 5]
    there: set[date] = set()
    for day in workdays:
        there = set(days_kept(there | {day}))
    assert max(workdays) == date(2024, 7, 18)
    assert sorted(there) == [
        date(2024, 2, 29),
        date(2024, 3, 29),
        date(2024, 4, 30),
        date(2024, 5, 31),
        date(2024, 6, 28),
        date(2024, 7, 5),
        *(date(2024, 7, day) for day in (10, 11, 12, 15, 16, 17, 18)),
    ]


def test_one_copy_a_day_that_can_be_restored(small: Store, folder: Path):
    path = make_copy(small.engine, folder, NEW_YEAR)
    assert path == folder / "skm-20250101.zip"
    first = path.read_bytes()
    assert make_copy(small.engine, folder, NEW_YEAR) is None
    assert path.read_bytes() == first
    with open_backup(path) as cadangan:
        assert cadangan.isi.rows_of("jawaban") == len(CONTOH)


def test_a_copy_of_this_moment_takes_the_place_of_the_days(small: Store, folder: Path):
    path = make_copy(small.engine, folder, NEW_YEAR)
    small.add_batch("kecil", UNGGAH, [PENUH])
    assert make_copy(small.engine, folder, NEW_YEAR, anew=True) == path
    assert list_copies(folder) == {NEW_YEAR: path}
    with open_backup(path) as cadangan:
        assert cadangan.isi.rows_of("jawaban") == len(CONTOH) + 1


def test_only_copies_are_ever_removed(small: Store, folder: Path):
    folder.mkdir(parents=True)
    own = ["skm-20200101.zip.bak", "skm-2020.zip", "skm-20209999.zip", "sebelum-pindah.zip"]
    old = [copy_name(date(2020, 1, 1) + timedelta(n)) for n in range(12)]
    half = ".skm-20241231.zip.4711.tmp"
    for name in (*own, *old, half):
        (folder / name).write_bytes(b"x")
    make_copy(small.engine, folder, NEW_YEAR)
    # Of 1-12 January 2020 (Wednesday to Sunday): six days, and the last of the first week.
    kept = [f"skm-202001{day:02}.zip" for day in (5, 7, 8, 9, 10, 11, 12)]
    assert names(folder) == sorted([".kunci", *own, *kept, "skm-20250101.zip"])
    assert len(list_copies(folder)) == 8


def test_a_copy_that_fails_removes_nothing(small: Store, folder: Path, monkeypatch):
    folder.mkdir(parents=True)
    old = [copy_name(date(2020, 1, 1) + timedelta(n)) for n in range(40)]
    for name in old:
        (folder / name).write_bytes(b"x")

    def full(*_: object) -> None:
        raise SkmError("cadangan-disk-penuh", folder=folder)

    monkeypatch.setattr(backup_module, "write_backup", full)
    with pytest.raises(SkmError):
        make_copy(small.engine, folder, NEW_YEAR)
    assert names(folder) == sorted([".kunci", *old])


HOLD = """
import sys
from pathlib import Path
from skm.store.copies import _alone
with _alone(Path(sys.argv[1])) as alone:
    print(alone, flush=True)
    sys.stdin.read()
"""


def test_two_processes_do_not_both_make_it(small: Store, folder: Path):
    folder.mkdir(parents=True)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder / ".kunci")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert other.stdout.readline().strip() == b"True"
        assert make_copy(small.engine, folder, NEW_YEAR) is None
        assert names(folder) == [".kunci"]
    finally:
        other.kill()  # as a crash would: its lock goes with it
        other.communicate()
    assert make_copy(small.engine, folder, NEW_YEAR) is not None


DYING = """
import os, signal, sys
from datetime import date
from pathlib import Path
from skm.store import open_store
from skm.store.copies import make_copy

def die(_):
    os.kill(os.getpid(), signal.SIGKILL)

make_copy(open_store(sys.argv[1]).engine, Path(sys.argv[2]), date(2025, 1, 1), die)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_copy_that_was_killed_is_made_again(small: Store, folder: Path):
    url = small.engine.url.render_as_string()
    dead = subprocess.run([sys.executable, "-c", DYING, url, str(folder)], check=False)
    assert dead.returncode == -signal.SIGKILL
    assert list_copies(folder) == {}
    assert len(names(folder)) == 2, "the lock and a draft"
    make_copy(small.engine, folder, NEW_YEAR)
    assert names(folder) == [".kunci", "skm-20250101.zip"]


class Days(Event):
    """Time that passes while the thread waits: a day each time; `done` after some of them."""

    def __init__(self, days: int) -> None:
        super().__init__()
        self.now, self.left, self.done = datetime(2025, 1, 1, 7), days, Event()  # noqa: DTZ001

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout
        self.now += timedelta(1)
        self.left -= 1
        if self.left:
            return False
        self.done.set()
        return super().wait(30)


def run(store_of: Callable[[], Store], folder: Path | None, days: int) -> list[str]:
    """Let the thread live through some days; return the codes that it reported."""
    told: list[SkmError] = []
    time = Days(days)
    copies = DailyCopies(store_of, folder, told.append, lambda: time.now, time)
    copies.start()
    if folder is not None:
        assert time.done.wait(30)
    copies.stop()
    assert all(str(error) for error in told)
    return [error.kode for error in told]


def test_the_thread_makes_the_copy_of_each_day(small: Store, folder: Path):
    assert run(lambda: small, folder, 3) == []
    assert names(folder) == [".kunci", *(f"skm-2025010{day}.zip" for day in (1, 2, 3))]


def test_what_goes_wrong_is_told_and_tried_again(small: Store, folder: Path, monkeypatch):
    outcomes = iter([SkmError("cadangan-disk-penuh", folder=folder), ZeroDivisionError(), None])
    real = backup_module.write_backup

    def write(*args: object) -> object:
        error = next(outcomes)
        if error:
            raise error
        return real(*args)

    monkeypatch.setattr(backup_module, "write_backup", write)
    assert run(lambda: small, folder, 3) == ["cadangan-disk-penuh", "cadangan-gagal"]
    assert names(folder) == [".kunci", "skm-20250103.zip"]


def test_a_folder_that_cannot_be_made(small: Store, folder: Path):
    folder.parent.write_text("a file, not a folder")
    assert run(lambda: small, folder, 1) == ["cadangan-tak-tertulis"]


def test_turned_off_nothing_is_made(small: Store):
    assert run(lambda: small, None, 1) == []


def test_the_end_of_the_program_does_not_wait_for_a_copy(small: Store, folder: Path, monkeypatch):
    begun, told = Event(), []
    real = backup_module.write_backup

    def write(engine: Engine, path: Path, kemajuan: Callable[[int], None]) -> object:
        def seen(done: int) -> None:
            begun.set()
            over.wait(30)
            kemajuan(done)

        return real(engine, path, seen)

    monkeypatch.setattr(backup_module, "write_backup", write)
    over = Event()
    copies = DailyCopies(lambda: small, folder, told.append, over=over)
    copies.start()
    assert begun.wait(30)
    copies.stop()
    assert told == []
    assert names(folder) == [".kunci"]
