"""The restore drill: answers come in, a copy is made, everything is lost, and it is all back."""

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

from skm.store import Store, TautanBaru, open_store
from skm.store.backup_file import open_backup

from .running import ROOT, serve, stop
from .test_kill import SURVEI, send

ANSWERS = 5


def skm(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("SKM_")}
    env |= {"SKM_DATA": str(folder / "data"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "skm", *map(str, words)],
        cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def opened(folder: Path) -> Store:
    return open_store(f"sqlite:///{folder / 'data' / 'skm.db'}")


def figures(folder: Path) -> str:
    words = ("--survei", SURVEI, "--periode", "2026", "--per", "titik", "triwulan", "--json")
    outcome = skm(folder, "ikm", *words)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def daily_copy(folder: Path) -> Path:
    """The copy that the running program makes by itself, as soon as it is there."""
    deadline = time.monotonic() + 60
    while not (found := list(folder.glob("skm-*.zip"))):
        assert time.monotonic() < deadline, "no daily copy"
        time.sleep(0.1)
    return found[0]


def test_a_restore_drill(tmp_path: Path) -> None:
    server = serve(tmp_path)
    path = tmp_path / "cadangan.zip"
    try:
        with opened(tmp_path) as store:
            (tautan,) = store.add_tautan(SURVEI, [TautanBaru("dinas", None)])
        sent = {(i := uuid.uuid4().hex): send(server, tautan.kode, i) for _ in range(ANSWERS)}
        assert all(sent.values())
        made = skm(tmp_path, "cadangkan", path)  # while the program serves
        assert made.returncode == 0, made.stderr
        late = uuid.uuid4().hex
        assert send(server, tautan.kode, late)
    finally:
        stop(server)
    with opened(tmp_path) as store:
        everything = len(list(store.answers(SURVEI)))
    shutil.rmtree(tmp_path / "data")

    restored = skm(tmp_path, "pulihkan", path)
    assert restored.returncode == 0, restored.stderr
    with opened(tmp_path) as store:
        assert len(list(store.answers(SURVEI))) == everything - 1, "all but the late one"
        assert store.check_recap() == ()
    before = figures(tmp_path)
    again = serve(tmp_path)
    try:
        for id_kirim, receipt in sent.items():  # a phone that sends once more
            assert send(again, tautan.kode, id_kirim) == receipt
        assert figures(tmp_path) == before
        assert send(again, tautan.kode, late), "what the backup lacks is taken like a new one"
        with open_backup(daily_copy(tmp_path / "data" / "cadangan")) as cadangan:
            assert cadangan.isi.rows_of("survei") == 1
    finally:
        stop(again)
    with opened(tmp_path) as store:
        assert len(list(store.answers(SURVEI))) == everything


DYING = """
import os, signal, sys
from pathlib import Path
import skm.store.whole_file as whole
from skm.store import open_store
from skm.store.backup import write_backup

at, url, path = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
calls = 0

def die(*_):
    global calls
    calls += 1
    if calls > at:
        os.kill(os.getpid(), signal.SIGKILL)

real = whole._to_disk
whole._to_disk = lambda *args: (die(), real(*args))
write_backup(open_store(url).engine, path, die)
"""


def test_a_backup_that_is_killed_leaves_the_former_one_or_the_new_one(tmp_path: Path) -> None:
    stop(serve(tmp_path))
    url, path = f"sqlite:///{tmp_path / 'data' / 'skm.db'}", tmp_path / "cadangan.zip"
    assert skm(tmp_path, "cadangkan", path).returncode == 0
    former = path.read_bytes()
    for at in (0, 3, 8, 11, 1_000):  # the last one is never reached
        run = subprocess.run([sys.executable, "-c", DYING, str(at), url, str(path)], check=False)
        assert run.returncode == (0 if at == 1_000 else -signal.SIGKILL)
        with open_backup(path) as cadangan:
            assert cadangan.isi.rows_of("jawaban") > 5_000
        if at == 0:
            assert path.read_bytes() == former
    assert path.read_bytes() != former
